//! Replays a timeline to derive its history. No other module decides who set a value.
//!
//! Each document is replayed separately in the order of its entries, so the arrival order across frames has no effect.
//! Missing entries make values unknown; they are never guessed. How the SDK handles a call is *seen* in 2.2.119
//! (docs/sdk-reference.md#refusals and docs/sdk-reference.md#waiting-calls). If an entry contradicts these rules, the
//! entry takes precedence.

mod acts;
mod apply;
mod calls;
mod frames;
mod marks;
mod queue;

pub use queue::hangs;

use super::Timeline;
use super::document::Document;
use super::entry::{Entry, EntryData, EntryId};
use super::history::{
    CallEffect, CallResult, Cause, DocumentHistory, Gap, HistoryStep, LossReason, Observations, Phase, RecordedCall,
    ScriptFailure, TabHistory, ValueKey,
};
use crate::visitor::PerField;
use crate::visitor::page_value::PageValue;
use acts::ExpectedCall;
use enum_map::EnumMap;
use marks::note;
use std::collections::HashMap;

/// Derives the history of a timeline. Never fails.
pub fn replay(timeline: &Timeline) -> TabHistory {
    // A document may have lost all of its entries.
    let documents = timeline.in_order().into_iter().filter(|document| document.next() > 0 || !document.is_empty());
    TabHistory { documents: documents.map(replay_document).collect(), gone: timeline.forgotten() > 0 }
}

fn replay_document(document: &Document) -> DocumentHistory {
    let mut replay = Replay::new(document);
    let mut gaps = document.gaps().into_iter().peekable();
    for (_, entry) in document.entries() {
        let number = entry.id.seq.page_number();
        if let Some(gap) = gaps.next_if(|gap| number.is_some_and(|n| gap.first < n)) {
            replay.gap(gap.first);
        }
        replay.entry(entry);
    }
    if let Some(gap) = gaps.next() {
        replay.gap(gap.first);
    }
    replay.finish()
}

/// The state of a replay.
struct Replay {
    history: DocumentHistory,
    /// The index in `history.calls` of each call's number.
    by_id: HashMap<u64, usize>,
    /// Waiting calls, oldest first.
    waiting: Vec<usize>,
    /// The effective `init`.
    init: Option<usize>,
    init_done: bool,
    /// The index in `history.calls` of the last `reset` that a ready SDK processed.
    last_reset: Option<usize>,
    /// The short ID in the last observed `hello`: the SDK's stored one at that time.
    hello: Option<Option<PageValue>>,
    /// Calls that lost values because they waited.
    lost: Vec<usize>,
    /// The newest socket.
    socket: Option<EntryId>,
    /// The index in `history.calls` of the last call that named each field.
    last_given: PerField<Option<usize>>,
    /// Calls of the inspector's edits that were not observed yet.
    expected: Vec<ExpectedCall>,
    /// Entries after a gap are later than those before it, although a page's clock may not show it.
    floor: i64,
    /// `__upscope_unique_id` and `__upscope_short_id` of the first URL.
    parameters: [Option<String>; 2],
}

impl Replay {
    fn new(document: &Document) -> Self {
        let sender = &document.sender;
        let history = DocumentHistory {
            document: document.id,
            frame: sender.frame,
            url: sender.url.clone(),
            top: sender.top,
            less_trusted: sender.less_trusted,
            origin: sender.origin,
            complete: document.losses().total() == 0,
            gaps: vec![],
            last: 0,
            phase: Phase::Before,
            in_session: false,
            calls: vec![],
            marks: Observations::default(),
            init: None,
            values: EnumMap::default(),
        };
        Self {
            history,
            by_id: HashMap::new(),
            waiting: vec![],
            init: None,
            init_done: false,
            last_reset: None,
            hello: None,
            lost: vec![],
            socket: None,
            last_given: PerField::default(),
            expected: vec![],
            floor: i64::MIN,
            parameters: [None, None],
        }
    }

    fn entry(&mut self, entry: &Entry) {
        if let EntryData::Drop { count: 1.., .. } = entry.what {
            self.gap(entry.id.seq.page_number().unwrap_or(0));
        }
        match entry.t < self.floor {
            true => self.observe(&Entry { t: self.floor, ..entry.clone() }),
            false => self.observe(entry),
        }
    }

    fn observe(&mut self, entry: &Entry) {
        self.history.last = self.history.last.max(entry.t);
        match &entry.what {
            EntryData::Page(page) => self.page(entry, page),
            EntryData::Call(call) => self.call(entry, call),
            EntryData::Done { call } => self.done(entry, *call),
            EntryData::Change { call, keys } => self.change(entry, *call, keys),
            EntryData::Sdk(sdk) => self.sdk(entry, sdk),
            EntryData::Socket { what, .. } => self.socket(entry, *what),
            EntryData::Frame(frame) => self.frame(entry, frame),
            EntryData::Stored { area, key, value } => self.stored(entry, *area, key, value.as_deref()),
            EntryData::Script { fault, url, why, ours } => {
                let fault = ScriptFailure { fault: *fault, url: url.clone(), why: why.clone(), ours: *ours };
                note(&mut self.history.marks.faults, entry, fault);
            }
            EntryData::Inspector { command, .. } => self.inspector_edit(entry, command),
            EntryData::Drop { .. } | EntryData::Unknown { .. } => {}
        }
    }

    /// Handles missing entries, from the number `first` on. Waiting calls may have been processed or lost meanwhile, a
    /// reconnect may have ended a dead queue, and a frame may have carried what seemed to be lost.
    fn gap(&mut self, first: u64) {
        let t = if first == 0 { i64::MIN } else { self.history.last.saturating_add(1) };
        self.history.gaps.push(Gap { first, t });
        self.floor = t.saturating_add(1);
        self.history.marks.dead_queue = None;
        for index in std::mem::take(&mut self.lost) {
            self.history.calls[index].effects.retain(|(_, effect)| *effect != CallEffect::LostWaiting);
        }
        for index in std::mem::take(&mut self.waiting) {
            self.history.calls[index].result = CallResult::Unknown;
        }
    }

    fn finish(mut self) -> DocumentHistory {
        self.judge_init();
        let left = self.history.marks.left.is_some();
        for index in std::mem::take(&mut self.waiting) {
            let call = &mut self.history.calls[index];
            if left && call.result == CallResult::Waiting {
                call.result = CallResult::Lost(LossReason::PageLeft);
            }
        }
        self.history.init = self.history.find_init();
        self.history
    }

    /// A first command that is not `init` is lost, and later ones are ignored. `init` without a key has no effect
    /// (docs/sdk-reference.md#refusals). Evaluated at the end, because the SDK may load long after the calls.
    fn judge_init(&mut self) {
        let worked = self.history.marks.config.is_some() || !self.history.marks.handshakes.is_empty();
        if worked || !self.history.is_version_2() || !self.history.complete {
            return;
        }
        let Some(first) = self.history.calls.first() else { return };
        let loss = if !first.is("init") {
            LossReason::NotInitFirst
        } else if self.history.keys().next().is_none() && !self.may_have_key(first) {
            LossReason::NoPublicKey
        } else {
            return;
        };
        for call in &mut self.history.calls {
            call.result = CallResult::Lost(loss);
            call.effects.clear();
        }
        for value in self.history.values.values_mut() {
            value.steps.retain(|step| !matches!(step.cause, Cause::Call | Cause::OwnEdit));
        }
    }

    /// Whether `init` or the account settings may contain a public key.
    fn may_have_key(&self, init: &RecordedCall) -> bool {
        let may_have = |settings: &PageValue| match settings {
            PageValue::Map(_, 0) => settings.get("apiKey").is_some_and(|key| !key.is_whole()),
            _ => true,
        };
        let account = self.history.marks.account.as_ref();
        let given = init.call.given("apiKey").filter(|key| **key != PageValue::Undefined);
        init.is_unread() || given.is_some() || account.is_some_and(|mark| may_have(&mark.value))
    }

    /// Adds a step to the history of `key`.
    fn add_step(&mut self, key: ValueKey, at: (EntryId, i64), cause: Cause, value: Option<PageValue>) {
        let (entry, t) = at;
        self.history.values[key].steps.push(HistoryStep { entry, t, cause, value, read: None, sent: None });
    }

    fn now(&self, key: ValueKey) -> Option<&HistoryStep> {
        self.history.value_history(key).now()
    }

    fn now_mut(&mut self, key: ValueKey) -> Option<&mut HistoryStep> {
        self.history.values[key].steps.last_mut()
    }

    /// Whether `value` in the configuration is consistent with the current value. A whole one replaces what could not
    /// be read.
    fn agrees(&self, key: ValueKey, value: Option<&PageValue>) -> bool {
        match (self.history.value_history(key).value(), value) {
            (Some(now), Some(value)) if !value.is_whole() => value.may_equal(now),
            (now, value) => now == value,
        }
    }

    /// The configuration shows that a value was the one seen, although the call's argument may have been a proxy.
    fn reveal(&mut self, key: ValueKey, plain: Option<&PageValue>) {
        let Some(now) = self.now_mut(key) else { return };
        if !matches!(&now.value, Some(PageValue::Proxied(seen)) if something(seen).as_ref() == plain) {
            return;
        }
        now.value = plain.cloned();
        let entry = now.entry;
        if plain.is_none() {
            let calls = self.history.calls.iter_mut().filter(|call| call.entry == entry);
            let effects = calls.flat_map(|call| &mut call.effects).filter(|effect| **effect == (key, CallEffect::Set));
            effects.for_each(|effect| effect.1 = CallEffect::Removed);
        }
    }

    fn has_value(&self, key: ValueKey) -> bool {
        self.history.value_history(key).value().is_some()
    }
}

/// Returns the value, or `None` for `null` and `undefined`.
fn something(value: &PageValue) -> Option<PageValue> {
    (!value.is_nothing()).then(|| value.clone())
}

#[cfg(test)]
mod tests;
