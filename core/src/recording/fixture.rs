//! A tab to which tests add entries.

pub mod missing;

use super::Timeline;
use super::document::Sender;
use super::entry::*;
use super::history::TabHistory;
use super::replay::replay;
use crate::visitor::Field;
use crate::visitor::argument::argument;
use crate::visitor::page_value::PageValue;
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;

/// A tab with one document, to which more can be added. Each entry is 10 ms after the previous one, in a separate task.
pub struct Tab {
    pub timeline: Timeline,
    doc: DocId,
    next: u64,
    calls: u64,
    t: i64,
    task: u64,
    origin: i64,
    /// The number of acts, and the one that announces the current calls.
    acts: u64,
    own: Option<u64>,
}

impl Default for Tab {
    fn default() -> Self {
        Self::new()
    }
}

impl Tab {
    pub fn new() -> Self {
        let (doc, timeline) = (DocId(0), Timeline::default());
        let mut tab = Self { timeline, doc, next: 0, calls: 0, t: 0, task: 0, origin: 0, acts: 0, own: None };
        tab.page("https://acme.test/");
        tab
    }

    /// A tab whose SDK 2.2.119 processed this `init` and is connected as visitor `S1`.
    pub fn connected(init: Value) -> Self {
        let mut tab = Self::new();
        tab.version("2.2.119").call("init", json!([init])).connect("S1");
        tab
    }

    /// From now on, no entry is evicted.
    pub fn uncapped(&mut self) -> &mut Self {
        self.timeline.cap = usize::MAX;
        self
    }

    /// A new document in the top frame.
    pub fn page(&mut self, url: &str) -> &mut Self {
        self.document(0, url)
    }

    pub fn document(&mut self, frame: i64, url: &str) -> &mut Self {
        self.begin(frame, url, false)
    }

    fn begin(&mut self, frame: i64, url: &str, prerendered: bool) -> &mut Self {
        self.origin += 100_000;
        let (document, url) = (format!("{}", self.origin), url.to_owned());
        let sender =
            Sender { frame, document, url: url.clone(), top: frame == 0, less_trusted: false, origin: self.origin };
        self.doc = self.timeline.open(sender);
        (self.next, self.calls, self.t) = (0, 0, 0);
        let (origin, top) = (self.origin, frame == 0);
        let start = PageStart { origin, top, opener: false, less_trusted: false, quiet: false, prerendered };
        self.add(EntryData::Page(PageEntry {
            what: PageMoment::Start,
            url,
            referrer: None,
            start: Some(start),
            parked: None,
        }))
    }

    /// A new prerendered document in the top frame.
    pub fn prerendered(&mut self, url: &str) -> &mut Self {
        self.begin(0, url, true)
    }

    /// The position in the current document, for [`Self::back_to`].
    pub fn here(&self) -> (DocId, u64, i64) {
        (self.doc, self.next, self.t)
    }

    /// Later entries are added to that document again.
    pub fn back_to(&mut self, (doc, next, t): (DocId, u64, i64)) -> &mut Self {
        (self.doc, self.next, self.t) = (doc, next, t);
        self
    }

    pub fn moment(&mut self, what: PageMoment, url: &str) -> &mut Self {
        let parked = (what == PageMoment::Load).then_some(false);
        self.add(EntryData::Page(PageEntry { what, url: url.to_owned(), referrer: None, start: None, parked }))
    }

    /// The page has loaded, and a script that the browser doesn't run may have the snippet; `None` in older recordings.
    pub fn loaded(&mut self, parked: Option<bool>) -> &mut Self {
        let what = PageMoment::Load;
        self.add(EntryData::Page(PageEntry { what, url: String::new(), referrer: None, start: None, parked }))
    }

    /// Later by so many milliseconds.
    pub fn later(&mut self, ms: i64) -> &mut Self {
        self.t += ms;
        self
    }

    /// The next entry happens in the task of the last one.
    pub fn same_task(&mut self) -> &mut Self {
        self.task -= 1;
        self
    }

    pub fn call(&mut self, name: &str, args: Value) -> &mut Self {
        self.make_call(name, args, false, None)
    }

    pub fn waits(&mut self, name: &str, args: Value) -> &mut Self {
        self.make_call(name, args, true, None)
    }

    pub fn nested(&mut self, name: &str, args: Value, inside: &str) -> &mut Self {
        self.make_call(name, args, false, Some(inside.to_owned()))
    }

    fn make_call(&mut self, name: &str, args: Value, waits: bool, inside: Option<String>) -> &mut Self {
        let PageValue::List(args, _) = PageValue::decode(args) else { panic!("arguments are a list") };
        let args = args.into_iter().map(|value| argument(name, value)).collect();
        let (id, name) = (self.calls, name.to_owned());
        self.calls += 1;
        let at = Some(ScriptLocation { url: "https://acme.test/app.js".into(), line: 7, column: 3 });
        let own = self.own;
        self.add(EntryData::Call(Arc::new(Call { id, name, args, at, via: CallSource::Function, waits, inside, own })))
    }

    /// The call of this number, counted from 0, leaves the queue.
    pub fn done(&mut self, call: u64) -> &mut Self {
        self.add(EntryData::Done { call })
    }

    /// The configuration as read after the last call.
    pub fn change(&mut self, keys: Value) -> &mut Self {
        let read = |field: Field| Some((field, PageValue::decode(keys.get(field.key())?.clone())));
        self.add(EntryData::Change {
            call: Some(self.calls - 1),
            keys: Field::ALL.into_iter().filter_map(read).collect(),
        })
    }

    /// The SDK is loaded, with the account settings of the public key `K`.
    pub fn version(&mut self, version: &str) -> &mut Self {
        let account = Some(PageValue::decode(json!({ "apiKey": "K" })));
        self.sdk(SdkEntry { version: Some(version.into()), account, ..sdk(SdkMoment::Version) })
    }

    pub fn config(&mut self, config: Value) -> &mut Self {
        self.sdk(SdkEntry { config: Some(PageValue::decode(config)), ..sdk(SdkMoment::Config) })
    }

    pub fn account(&mut self, account: Value) -> &mut Self {
        self.sdk(SdkEntry { account: Some(PageValue::decode(account)), ..sdk(SdkMoment::Config) })
    }

    pub fn chats(&mut self, chats: Value) -> &mut Self {
        self.sdk(SdkEntry { chats: Some(PageValue::decode(chats)), ..sdk(SdkMoment::Config) })
    }

    pub fn snippet(&mut self, what: SdkMoment) -> &mut Self {
        self.sdk(sdk(what))
    }

    pub fn sdk(&mut self, sdk: SdkEntry) -> &mut Self {
        self.add(EntryData::Sdk(Arc::new(sdk)))
    }

    /// A connection up to the handshake.
    pub fn connect(&mut self, short_id: &str) -> &mut Self {
        self.socket(SocketMoment::New).socket(SocketMoment::Open).frame_in("youAre", json!([short_id, "c"]))
    }

    pub fn socket(&mut self, what: SocketMoment) -> &mut Self {
        self.add(EntryData::Socket { what, connection: 0, url: None, code: None })
    }

    pub fn frame_in(&mut self, name: &str, data: Value) -> &mut Self {
        self.frame(false, name, data)
    }

    pub fn frame_out(&mut self, name: &str, data: Value) -> &mut Self {
        self.frame(true, name, data)
    }

    fn frame(&mut self, out: bool, name: &str, data: Value) -> &mut Self {
        let data = Some(PageValue::decode(data));
        self.add(EntryData::Frame(Arc::new(Frame { out, connection: 0, name: name.into(), data, count: 1 })))
    }

    pub fn stored(&mut self, key: &str, value: Option<&str>) -> &mut Self {
        self.add(EntryData::Stored { area: StorageArea::Local, key: key.into(), value: value.map(str::to_owned) })
    }

    pub fn cookie(&mut self, key: &str, value: &str) -> &mut Self {
        self.add(EntryData::Stored { area: StorageArea::Cookie, key: key.into(), value: Some(value.to_owned()) })
    }

    pub fn script(&mut self, fault: ScriptFault, url: &str, why: Option<&str>) -> &mut Self {
        self.add(EntryData::Script { fault, url: url.into(), why: why.map(str::to_owned), ours: true })
    }

    /// A script of which only the URL is known.
    pub fn foreign_script(&mut self, fault: ScriptFault, url: &str, why: Option<&str>) -> &mut Self {
        self.add(EntryData::Script { fault, url: url.into(), why: why.map(str::to_owned), ours: false })
    }

    /// An act as older versions recorded it, whose calls are recognized by content.
    pub fn own(&mut self, command: Value) -> &mut Self {
        self.ours(command, None)
    }

    /// An act of the inspector; [`Self::acted`] makes its calls.
    pub fn act(&mut self, command: Value) -> &mut Self {
        self.ours(command, Some(self.next))
    }

    fn ours(&mut self, command: Value, after: Option<u64>) -> &mut Self {
        self.t += 10;
        self.acts += 1;
        let id = EntryId { doc: self.doc, seq: Seq::Inspector(self.acts) };
        let what = EntryData::Inspector { command: PageValue::decode(command), reply: None, after };
        self.timeline.push(Entry { id, t: 0, task: None, what });
        self
    }

    /// A call that the newest act announced.
    pub fn acted(&mut self, name: &str, args: Value) -> &mut Self {
        self.own = Some(self.acts);
        self.call(name, args);
        self.own = None;
        self
    }

    fn add(&mut self, what: EntryData) -> &mut Self {
        self.t += 10;
        self.task += 1;
        let id = EntryId { doc: self.doc, seq: Seq::Page(self.next) };
        self.next += 1;
        self.timeline.push(Entry { id, t: self.t, task: Some(self.task), what });
        self
    }

    /// The number the next entry of the page will have.
    pub fn next(&self) -> EntryId {
        EntryId { doc: self.doc, seq: Seq::Page(self.next) }
    }

    /// The last entry.
    pub fn last(&self) -> EntryId {
        EntryId { doc: self.doc, seq: Seq::Page(self.next - 1) }
    }

    /// An entry never arrives.
    pub fn lose(&mut self) -> &mut Self {
        self.next += 1;
        self
    }

    /// The recorder omits entries and reports it.
    pub fn dropped(&mut self, count: u64) -> &mut Self {
        self.add(EntryData::Drop { count, why: DropReason::Rate })
    }

    /// Returns the tab with these entries of the first document dropped.
    pub fn without(mut self, numbers: Range<u64>) -> Self {
        let gone = |id: EntryId| id.doc == DocId(0) && id.seq.page_number().is_some_and(|n| numbers.contains(&n));
        let mut timeline = Timeline::default();
        for document in self.timeline.documents() {
            timeline.open(document.sender.clone());
            document
                .entries()
                .filter(|(_, entry)| !gone(entry.id))
                .for_each(|(_, entry)| _ = timeline.push(entry.clone()));
            timeline.record_next(document.id, document.next());
        }
        timeline.add_dropped(numbers.end - numbers.start);
        self.timeline = timeline;
        self
    }

    pub fn history(&self) -> TabHistory {
        replay(&self.timeline)
    }
}

/// An entry that reports the SDK without details.
pub fn sdk(what: SdkMoment) -> SdkEntry {
    SdkEntry {
        what,
        version: None,
        config: None,
        account: None,
        region: None,
        chats: None,
        to_json: false,
        prototype: false,
        parent_sdk: false,
    }
}
