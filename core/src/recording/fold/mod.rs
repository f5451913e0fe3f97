//! `fold`: a timeline becomes a story. The only place that says who set what.
//!
//! Each document is folded by itself in the order of its entries, so the order in which those of several frames arrived
//! changes nothing. Where entries are not here, what they would have told is not known, and is not guessed. What the SDK
//! does with a call is *seen* in 2.2.119 (docs/sdk-reference.md#refusals and docs/sdk-reference.md#waiting-calls); where an
//! entry
//! shows what really happened, the entry wins.

mod apply;
mod calls;
mod frames;
mod marks;
mod own;
mod queue;

pub use queue::hangs;

use super::Timeline;
use super::document::Document;
use super::entry::{Entry, EntryId, What};
use super::story::{Cause, DocStory, Fate, Fault, Gap, Loss, Marks, Phase, Step, Story, Subject, Trace};
use crate::visitor::page_value::PageValue;
use marks::note;
use own::Expected;
use std::collections::HashMap;

/// Tells the story of a timeline. Never fails, and never asks more of an entry than to be what it is.
pub fn fold(timeline: &Timeline) -> Story {
    let documents = timeline.in_order().into_iter().filter(|document| !document.is_empty());
    Story { documents: documents.map(fold_document).collect() }
}

fn fold_document(document: &Document) -> DocStory {
    let mut fold = Fold::new(document);
    let mut gaps = document.gaps().into_iter().peekable();
    for (_, entry) in document.entries() {
        let number = entry.id.seq.of_page();
        if let Some(gap) = gaps.next_if(|gap| number.is_some_and(|n| gap.first < n)) {
            fold.gap(gap.first);
        }
        fold.entry(entry);
    }
    if let Some(gap) = gaps.next() {
        fold.gap(gap.first);
    }
    fold.finish()
}

/// A story in the making.
struct Fold {
    story: DocStory,
    /// The place in `story.calls` of each call's number.
    by_id: HashMap<u64, usize>,
    /// Calls that wait, oldest first.
    waiting: Vec<usize>,
    /// The `init` that counts.
    init: Option<usize>,
    init_done: bool,
    /// Where the last `reset` of a ready SDK stands in `story.calls`.
    last_reset: Option<usize>,
    /// The short ID that the last `hello` named, where one was seen: what the SDK had stored by then.
    hello: Option<Option<PageValue>>,
    /// Calls of which something was lost because they waited.
    lost: Vec<usize>,
    /// The newest socket.
    socket: Option<EntryId>,
    /// The last call that gave each field, by the field's place.
    last_given: [Option<usize>; 5],
    /// Calls that our own edits must have made and that were not seen yet.
    expected: Vec<Expected>,
    /// `__upscope_unique_id` and `__upscope_short_id` of the first address.
    parameters: [Option<String>; 2],
}

impl Fold {
    fn new(document: &Document) -> Self {
        let sender = &document.sender;
        let story = DocStory {
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
            marks: Marks::default(),
            init: None,
            traces: std::array::from_fn(|_| Trace::default()),
        };
        Self {
            story,
            by_id: HashMap::new(),
            waiting: vec![],
            init: None,
            init_done: false,
            last_reset: None,
            hello: None,
            lost: vec![],
            socket: None,
            last_given: [None; 5],
            expected: vec![],
            parameters: [None, None],
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.story.last = self.story.last.max(entry.t);
        match &entry.what {
            What::Page(page) => self.page(entry, page),
            What::Call(call) => self.call(entry, call),
            What::Done { call } => self.done(entry, *call),
            What::Change { call, keys } => self.change(entry, *call, keys),
            What::Sdk(sdk) => self.sdk(entry, sdk),
            What::Socket { what, .. } => self.socket(entry, *what),
            What::Frame(frame) => self.frame(entry, frame),
            What::Stored { area, key, value } => self.stored(entry, *area, key, value.as_deref()),
            What::Script { fault, url, why, ours } => {
                let fault = Fault { fault: *fault, url: url.clone(), why: why.clone(), ours: *ours };
                note(&mut self.story.marks.faults, entry, fault);
            }
            What::Own { ask, .. } => self.own(entry, ask),
            What::Drop { .. } | What::Unknown { .. } => {}
        }
    }

    /// Entries are not here, from the number `first` on. What waited may have been taken or lost meanwhile.
    fn gap(&mut self, first: u64) {
        let t = if first == 0 { i64::MIN } else { self.story.last };
        self.story.gaps.push(Gap { first, t });
        for index in std::mem::take(&mut self.waiting) {
            self.story.calls[index].fate = Fate::Unknown;
        }
    }

    fn finish(mut self) -> DocStory {
        self.judge_init();
        let left = self.story.marks.left.is_some();
        for index in std::mem::take(&mut self.waiting) {
            let call = &mut self.story.calls[index];
            if left && call.fate == Fate::Waiting {
                call.fate = Fate::Lost(Loss::PageLeft);
            }
        }
        self.story.init = self.story.find_init();
        self.story
    }

    /// A first command that is not `init` is lost and nothing after it is taken; `init` without a key does nothing
    /// (docs/sdk-reference.md#refusals). Told at the end: the SDK may come long after the calls, and what it did shows.
    fn judge_init(&mut self) {
        let worked = self.story.marks.config.is_some() || !self.story.marks.handshakes.is_empty();
        if worked || !self.story.is_version_2() || !self.story.complete {
            return;
        }
        let Some(first) = self.story.calls.first() else { return };
        let loss = if !first.is("init") {
            Loss::NotInitFirst
        } else if self.story.marks.keys.is_empty() && first.call.given("apiKey").is_none() {
            Loss::NoPublicKey
        } else {
            return;
        };
        for call in &mut self.story.calls {
            call.fate = Fate::Lost(loss);
            call.effects.clear();
        }
        for subject in Subject::ALL {
            self.story.traces[subject.index()].steps.retain(|step| !matches!(step.cause, Cause::Call | Cause::OwnEdit));
        }
    }

    /// Adds a step to the history of `subject`, unless that is what holds anyway.
    fn step(&mut self, subject: Subject, at: (EntryId, i64), cause: Cause, value: Option<PageValue>) {
        let (entry, t) = at;
        self.story.traces[subject.index()].steps.push(Step { entry, t, cause, value, read: None, sent: None });
    }

    fn now(&self, subject: Subject) -> Option<&Step> {
        self.story.trace(subject).now()
    }

    fn now_mut(&mut self, subject: Subject) -> Option<&mut Step> {
        self.story.traces[subject.index()].steps.last_mut()
    }

    /// Whether the configuration may read as `value` while what is known holds: what could not be read contradicts nothing.
    fn agrees(&self, subject: Subject, value: Option<&PageValue>) -> bool {
        let unread = value.is_some_and(|value| !value.is_whole()) && self.has_value(subject);
        unread || self.story.trace(subject).value() == value
    }

    fn has_value(&self, subject: Subject) -> bool {
        self.story.trace(subject).value().is_some()
    }
}

/// What a value says once it is in the configuration: nothing, or something.
fn something(value: &PageValue) -> Option<PageValue> {
    (!value.is_nothing()).then(|| value.clone())
}

#[cfg(test)]
mod tests;
