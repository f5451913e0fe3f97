//! One row of the timeline.

use super::details::details;
use super::sight::Sight;
use crate::app::recorded::{Event, Model, Row, RowKey, entry_text};
use crate::recorded::store::Store;
use crate::ui::dom::{Node, bdi, el, fragment};
use crate::ui::i18n::*;
use crate::ui::words::address::host;
use crate::ui::words::{clock, entry as words};
use inspector_core::recording::document::Document;
use inspector_core::recording::entry::{Entry, EntryId, What};
use inspector_core::recording::story::{DocStory, Fate};
use inspector_core::recording::summary::{Line, Tone, line};

/// The row at `place`, where there is one.
pub fn row(store: Store, sight: Sight, place: usize) -> Option<Node> {
    store
        .with(|model| match model.list.rows.get(place)? {
            Row::Entry(id) => entry_row(model, store, sight, *id),
            Row::Run { first, count, open } => Some(run_row(store, *first, *count, *open)),
            Row::Gap { first, count, dropped } => Some(gap_row(store, *first, *count, *dropped)),
        })
        .map(|node| node.attr("aria-rowindex", (place + 1).to_string()))
}

/// The id of a row's element.
pub fn dom_id(key: RowKey) -> String {
    match key {
        RowKey::Entry(id) => format!("entry-{}", entry_text(id)),
        RowKey::Run(first) => format!("run-{}", entry_text(first)),
        RowKey::Gap(first) => format!("gap-{}", entry_text(first)),
    }
}

/// What every row has.
fn base(store: Store, key: RowKey, line: Node) -> Node {
    let is_here = move || store.with(|model| model.list.cursor == Some(key));
    el("div")
        .class("row")
        .attr("role", "row")
        .attr("id", dom_id(key))
        .live_class("here", is_here)
        .child(line.class("line").attr("role", "gridcell").on("click", move |_| store.dispatch(Event::Toggle(key))))
}

fn run_row(store: Store, first: EntryId, count: usize, open: bool) -> Node {
    let count = count.to_string();
    let words = if open { quiet_run_open(&count) } else { quiet_run(&count) };
    base(store, RowKey::Run(first), words_alone(words)).class("run").attr("aria-expanded", open.to_string())
}

/// Entries that are not here.
fn gap_row(store: Store, first: EntryId, count: u64, dropped: bool) -> Node {
    let count = count.to_string();
    let words = if dropped { gap_dropped(&count) } else { gap_absent(&count) };
    base(store, RowKey::Gap(first), words_alone(words)).class("gap").attr("data-gap", count)
}

fn words_alone(words: String) -> Node {
    el("div").child(el("span").class("what").text(words))
}

fn entry_row(model: &Model, store: Store, sight: Sight, id: EntryId) -> Option<Node> {
    let document = model.data.timeline.document(id.doc)?;
    let entry = document.entry(id.seq)?;
    let story = model.data.story.document(id.doc);
    let told = line(entry);
    let open = model.list.expanded == Some(id);
    let data = open.then(|| {
        let data = el("div").class("data").attr("role", "gridcell").child(details(model, store, entry, story));
        data.setup(move |element| sight.watch_data(element))
    });
    let row = base(store, RowKey::Entry(id), one_line(model, document, entry, story, &told));
    Some(
        row.class(tone_class(told.tone))
            .attr("aria-expanded", open.to_string())
            .attr("data-kind", entry.what.kind().name())
            .attr("data-entry", entry_text(id))
            .maybe(data),
    )
}

fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Landmark => "landmark",
        Tone::Quiet => "quiet",
        Tone::Waiting => "waits",
        Tone::Own => "own",
        Tone::Bad => "bad",
    }
}

fn one_line(model: &Model, document: &Document, entry: &Entry, story: Option<&DocStory>, told: &Line) -> Node {
    let at = document.sender.origin.saturating_add(entry.t);
    let time = match told.tone {
        Tone::Landmark => clock::time(at),
        _ => clock::since(entry.t),
    };
    let (name, is_code) = words::name(&entry.what, story);
    let brief = if shows_brief(&entry.what) { told.brief.clone() } else { String::new() };
    el("div").children([
        el("time").class("since").attr("title", clock::date_time(at)).text(time),
        el("i").class("mark").attr("aria-hidden", "true").text(glyph(&entry.what)),
        el("span").class("sr-only").words(words::kind(&entry.what)),
        el("span").class("what").child(bdi(name).class_if("code", is_code)).child(marks(model, document, entry, told)),
        bdi(brief).class("brief"),
    ])
}

/// The names of these already say it.
fn shows_brief(what: &What) -> bool {
    !matches!(what, What::Done { .. })
}

fn glyph(what: &What) -> &'static str {
    match what {
        What::Page(_) => "◌",
        What::Call(_) => "ƒ",
        What::Done { .. } => "✓",
        What::Change { .. } => "=",
        What::Sdk(_) => "●",
        What::Socket { .. } => "⇄",
        What::Frame(frame) if frame.out => "↑",
        What::Frame(_) => "↓",
        What::Stored { .. } => "▪",
        What::Script { .. } => "!",
        What::Drop { .. } => "…",
        What::Own { .. } => "✎",
        What::Unknown { .. } => "?",
    }
}

/// What is worth a word beside the name.
fn marks(model: &Model, document: &Document, entry: &Entry, told: &Line) -> Node {
    let call = model.data.story.call(entry.id);
    let mark = |class: &'static str, words: String| el("span").class(class).child(bdi(words));
    let fate = call.and_then(|call| match call.fate {
        Fate::Waiting => Some(mark("badge warn", MARK_WAITING.text())),
        Fate::Processed(_) => Some(mark("badge", MARK_WAITED.text())),
        Fate::Lost(_) => Some(mark("badge bad", MARK_LOST.text())),
        Fate::AtOnce | Fate::Unknown => None,
    });
    let own = call.is_some_and(|call| call.own.is_some()).then(|| mark("badge own", MARK_OWN.text()));
    let event = told.event.map(|event| mark("badge", mark_event(event)));
    let times = (told.count > 1).then(|| mark("badge", mark_times(&told.count.to_string())));
    let sender = &document.sender;
    let frame = (!sender.top).then(|| mark("badge", mark_frame(host(&sender.url))));
    let less = sender.less_trusted.then(|| mark("badge warn", MARK_LESS_TRUSTED.text()));
    fragment([fate, own, event, times, frame, less].into_iter().flatten())
}
