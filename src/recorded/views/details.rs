//! Everything that is known of one entry.

use super::value::{code, copy, whole};
use crate::app::recorded::{CopyWhat, Event, Model, Place as Go, View, entry_text};
use crate::recorded::store::Store;
use crate::ui::dom::components::{bare_button, button};
use crate::ui::dom::{Node, bdi, el, fragment, text};
use crate::ui::i18n::*;
use crate::ui::words::{clock, entry as words};
use inspector_core::recording::entry::*;
use inspector_core::recording::story::{CallStory, DocStory, Fate, Subject};
use inspector_core::recording::summary;

/// The entry's data, place, fate and effects, and what can be done with it.
pub fn details(model: &Model, store: Store, entry: &Entry, story: Option<&DocStory>) -> Node {
    let origin = model.data.timeline.document(entry.id.doc).map_or(0, |document| document.sender.origin);
    let when = format!("{} · {}", clock::date_time(origin.saturating_add(entry.t)), clock::since(entry.t));
    let mut list = List(el("dl"));
    list.add(DETAIL_WHEN, text(when));
    list.what(&entry.what);
    if let (Some(call), Some(story)) = (model.data.story.call(entry.id), story) {
        list.add(DETAIL_FATE, fate(store, story, call));
        list.add(DETAIL_EFFECTS, effects(store, call));
    }
    if let Some(event) = summary::line(entry).event {
        list.add(DETAIL_EVENT, bdi(event));
    }
    if story.is_some_and(|story| story.less_trusted) {
        list.add(MARK_LESS_TRUSTED, text(LESS_TRUSTED_TEXT.text()));
    }
    let as_code = summary::code(entry).is_some();
    let as_code = as_code.then(|| copy(store, "copy-code", COPY_AS_CODE.text(), CopyWhat::Code(entry.id)));
    let actions = el("div").class("actions").maybe(as_code).child(copy(
        store,
        "copy-json",
        COPY_JSON.text(),
        CopyWhat::Json(entry.id),
    ));
    fragment([list.0, actions])
}

/// Pairs of a name and what is known under it.
struct List(Node);

impl List {
    fn add(&mut self, name: Message, value: Node) {
        let list = std::mem::replace(&mut self.0, el("dl"));
        self.0 = list.child(el("dt").words(name)).child(el("dd").child(value));
    }

    fn some<T>(&mut self, name: Message, value: Option<T>, show: impl FnOnce(T) -> Node) {
        if let Some(value) = value {
            self.add(name, show(value));
        }
    }

    /// What the entry itself says.
    fn what(&mut self, what: &What) {
        let address = |url: &String| bdi(url.clone());
        match what {
            What::Page(page) => {
                self.add(DETAIL_ADDRESS, address(&page.url));
                self.some(DETAIL_REFERRER, page.referrer.as_ref().filter(|url| !url.is_empty()), address);
                let quiet = page.start.filter(|start| start.quiet);
                self.some(KIND_PAGE, quiet, |_| text(DETAIL_QUIET.text()));
            }
            What::Call(call) => self.call(call),
            What::Done { .. } | What::Unknown { .. } => {}
            What::Change { keys, .. } => {
                for (field, value) in keys {
                    self.add(words::subject(Subject::Field(*field)), whole(value));
                }
            }
            What::Sdk(sdk) => self.sdk(sdk),
            What::Socket { url, code, .. } => {
                self.some(DETAIL_ADDRESS, url.as_ref(), address);
                self.some(DETAIL_CODE, *code, |code| text(code.to_string()));
            }
            What::Frame(frame) => self.some(DETAIL_DATA, frame.data.as_ref(), whole),
            What::Stored { area, value, .. } => {
                self.some(DETAIL_VALUE, value.clone(), code);
                self.add(DETAIL_AREA, text(words::area(*area).text()));
            }
            What::Script { url, why, .. } => {
                self.add(DETAIL_ADDRESS, address(url));
                self.some(DETAIL_POLICY, why.as_ref(), address);
            }
            What::Drop { why, .. } => self.add(KIND_DROP, text(words::drop_why(*why).text())),
            What::Own { ask, reply, .. } => {
                self.add(DETAIL_ASK, whole(ask));
                self.some(DETAIL_REPLY, reply.as_ref(), whole);
            }
        }
    }

    fn call(&mut self, call: &Call) {
        self.add(DETAIL_ARGUMENTS, code(inspector_core::js_text::page_call(&call.name, &call.args)));
        let place = |at: &Place| bdi(format!("{}:{}:{}", at.url, at.line, at.column));
        self.add(DETAIL_PLACE, call.at.as_ref().map_or_else(|| text(DETAIL_NO_PLACE.text()), place));
        let outer = |name: String| if name.is_empty() { text(DETAIL_INSIDE_UNKNOWN.text()) } else { bdi(name) };
        self.some(DETAIL_INSIDE, call.inside.clone(), outer);
    }

    fn sdk(&mut self, sdk: &SdkEntry) {
        self.some(DETAIL_SDK_VERSION, sdk.version.clone(), bdi);
        self.some(DETAIL_SDK_REGION, sdk.region.clone(), bdi);
        self.some(DETAIL_CONFIG, sdk.config.as_ref(), whole);
        self.some(DETAIL_ACCOUNT, sdk.account.as_ref(), whole);
        self.some(DETAIL_LIVE_CHATS, sdk.chats.as_ref(), whole);
        self.some(KIND_SDK, sdk.parent_sdk.then_some(DETAIL_SDK_FRAME), |words| text(words.text()));
        self.some(KIND_SDK, sdk.to_json.then_some(DETAIL_PROTOTYPE), |words| text(words.text()));
    }
}

/// What became of a call, with the entry that shows it.
fn fate(store: Store, story: &DocStory, call: &CallStory) -> Node {
    let Fate::Processed(entry) = call.fate else { return text(words::fate(call.fate, None)) };
    // The time at which it left the queue is that of its entry; nothing else in the story has it.
    let left = store.read(|model| model.data.timeline.entry(entry).map(|entry| entry.t));
    let after = left.map(|left| clock::length(left - call.t)).filter(|_| story.document == entry.doc);
    let words = text(words::fate(call.fate, after.as_deref()));
    fragment([words, text(" "), to_entry(store, entry).words(SHOW_ENTRY)])
}

/// A button that goes to an entry; what it says is added to it.
pub fn to_entry(store: Store, entry: EntryId) -> Node {
    bare_button("btn link", "show-entry", store.on(Event::Go(Go::Entry(entry))))
        .attr("data-evidence", entry_text(entry))
        .attr("title", SHOW_ENTRY.text())
}

fn effects(store: Store, call: &CallStory) -> Node {
    if call.effects.is_empty() {
        return el("span").class("none").words(DETAIL_NO_EFFECTS);
    }
    let effect = |(subject, effect): &(Subject, _)| {
        let name = words::subject(*subject).text();
        let history = store.on(Event::Go(Go::View(View::History(*subject))));
        let link = button("btn link", "show-history", name.clone(), history).attr("title", history_of(&name));
        el("li").child(link).text(" ").text(words::effect(*effect).text())
    };
    el("ul").class("effects").children(call.effects.iter().map(effect))
}
