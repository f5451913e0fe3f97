//! One row of the timeline.

use super::details::EntryDetails;
use super::virtual_list::VirtualList;
use crate::ui::i18n::*;
use crate::ui::recording::state::{Event, Model, Row, RowKey, format_entry};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::entry_text;
use crate::ui::text::address::host;
use crate::ui::text::clock;
use crate::ui::text::number::grouped;
use inspector_core::recording::document::Document;
use inspector_core::recording::entry::{Entry, EntryData, EntryId};
use inspector_core::recording::history::CallResult;
use inspector_core::recording::summary::{SummaryLine, SummaryTone, summary_line};
use leptos::either::Either;
use leptos::html;
use leptos::prelude::*;

/// An entry, a run of entries, or a gap.
#[component]
pub fn ListRow(key: RowKey, list: VirtualList) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let row = Memo::new(move |_| list.row(key));
    let content = store.slice(move |model| RowContent::read(model, &row.get()?.row));
    let class = move || content.with(|content| content.as_ref().map(|content| content.class));
    let line = move || content.with(|content| content.as_ref().map(|content| content.line.clone()));
    let is_current = store.slice(move |model| model.list.cursor == Some(key));
    let is_expanded = store.slice(move |model| model.list.expanded.map(RowKey::Entry) == Some(key));
    let is_open = move || match row.get()?.row {
        Row::Entry(_) => Some(is_expanded.get().to_string()),
        Row::Run { open, .. } => Some(open.to_string()),
        Row::Gap { .. } => None,
    };
    let entry = match key {
        RowKey::Entry(id) => Some(id),
        RowKey::Run(_) | RowKey::Gap(_) => None,
    };
    view! {
        <div
            class=move || row_class(class(), is_current.get())
            role="row"
            id=dom_id(key)
            aria-rowindex=move || row.get().map(|row| (row.index + 1).to_string())
            aria-expanded=is_open
            data-kind=move || content.with(|content| content.as_ref()?.kind)
            data-entry=entry.map(format_entry)
            data-gap=move || row.get().and_then(|row| gap_count(&row.row))
        >
            <div class="line" role="gridcell" on:click=move |_| store.dispatch(Event::ToggleRow(key))>
                <ShowLet some=line let(line)>
                    <LineContent line=line />
                </ShowLet>
            </div>
            <Show when=move || is_expanded.get()>
                {entry.map(|id| view! { <ExpandedData id=id list=list /> })}
            </Show>
        </div>
    }
}

/// The id of a row's element.
pub fn dom_id(key: RowKey) -> String {
    match key {
        RowKey::Entry(id) => format!("entry-{}", format_entry(id)),
        RowKey::Run(first) => format!("run-{}", format_entry(first)),
        RowKey::Gap(first) => format!("gap-{}", format_entry(first)),
    }
}

fn row_class(class: Option<&str>, is_current: bool) -> String {
    ["row", class.unwrap_or_default(), if is_current { "here" } else { "" }].join(" ").trim_end().to_owned()
}

fn gap_count(row: &Row) -> Option<String> {
    match row {
        Row::Gap { count, .. } => Some(count.to_string()),
        Row::Entry(_) | Row::Run { .. } => None,
    }
}

/// The data below the line of the expanded entry.
#[component]
fn ExpandedData(id: EntryId, list: VirtualList) -> impl IntoView {
    let data = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(data) = data.get() {
            list.observe_data_height(&data);
        }
    });
    view! {
        <div class="data" role="gridcell" node_ref=data>
            <EntryDetails id=id />
        </div>
    }
}

/// The content of a row.
#[derive(Clone, Debug, PartialEq)]
struct RowContent {
    class: &'static str,
    /// The value of `data-kind`, for an entry.
    kind: Option<&'static str>,
    line: RowLine,
}

#[derive(Clone, Debug, PartialEq)]
enum RowLine {
    /// A text of the extension.
    Text(String),
    Entry(EntryLine),
}

/// The line of an entry.
#[derive(Clone, Debug, PartialEq)]
struct EntryLine {
    /// Its time, in milliseconds since the page load.
    t: i64,
    /// The same moment, since the epoch.
    at: i64,
    /// It begins a section, so it shows the time of day.
    is_landmark: bool,
    glyph: &'static str,
    kind: Message,
    name: String,
    /// The name is code.
    is_code: bool,
    marks: Vec<Mark>,
    brief: String,
}

/// A short text beside the name.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    class: &'static str,
    text: String,
}

impl RowContent {
    fn read(model: &Model, row: &Row) -> Option<Self> {
        let text = |class, text| Some(Self { class, kind: None, line: RowLine::Text(text) });
        match row {
            Row::Entry(id) => Self::read_entry(model, *id),
            Row::Run { count, open: true, .. } => text("run", words::quiet_run_open(&grouped(count))),
            Row::Run { count, .. } => text("run", words::quiet_run(&grouped(count))),
            Row::Gap { count, dropped: true, .. } => text("gap", words::gap_dropped(&grouped(count))),
            Row::Gap { count, .. } => text("gap", words::gap_absent(&grouped(count))),
        }
    }

    fn read_entry(model: &Model, id: EntryId) -> Option<Self> {
        let document = model.data.timeline.document(id.doc)?;
        let entry = document.entry(id.seq)?;
        let summary = summary_line(entry);
        Some(Self {
            class: tone_class(summary.tone),
            kind: Some(entry.what.kind().name()),
            line: RowLine::Entry(EntryLine::read(model, document, entry, summary)),
        })
    }
}

#[component]
fn LineContent(line: RowLine) -> impl IntoView {
    match line {
        RowLine::Text(text) => Either::Left(view! { <span class="what">{text}</span> }),
        RowLine::Entry(line) => Either::Right(view! { <EntryLineContent line=line /> }),
    }
}

impl EntryLine {
    fn read(model: &Model, document: &Document, entry: &Entry, summary: SummaryLine) -> Self {
        let (name, is_code) = entry_text::name(&entry.what, model.data.history.document(entry.id.doc));
        Self {
            t: entry.t,
            at: document.time(entry.t),
            is_landmark: summary.tone == SummaryTone::Landmark,
            glyph: glyph(&entry.what),
            kind: entry_text::kind(&entry.what),
            name,
            is_code,
            marks: read_marks(model, document, entry, &summary),
            brief: if shows_brief(&entry.what) { summary.brief } else { String::new() },
        }
    }
}

#[component]
fn EntryLineContent(line: EntryLine) -> impl IntoView {
    let EntryLine { t, at, is_landmark, glyph, kind, name, is_code, marks, brief } = line;
    let mark = |Mark { class, text }| view! { <span class=class><bdi>{text}</bdi></span> };
    view! {
        <time class="since" title=clock::date_time(at)>
            {if is_landmark { clock::time(at) } else { clock::since(t) }}
        </time>
        <i class="mark" aria-hidden="true">
            {glyph}
        </i>
        <span class="sr-only">{kind}</span>
        <span class="what">
            <bdi class:code=is_code>{name}</bdi>
            {marks.into_iter().map(mark).collect_view()}
        </span>
        <bdi class="brief">{brief}</bdi>
    }
}

fn tone_class(tone: SummaryTone) -> &'static str {
    match tone {
        SummaryTone::Plain => "plain",
        SummaryTone::Landmark => "landmark",
        SummaryTone::Quiet => "quiet",
        SummaryTone::Waiting => "waits",
        SummaryTone::Inspector => "own",
        SummaryTone::Bad => "bad",
    }
}

/// Whether the name leaves out what the summary contains.
fn shows_brief(what: &EntryData) -> bool {
    !matches!(what, EntryData::Done { .. })
}

fn glyph(what: &EntryData) -> &'static str {
    match what {
        EntryData::Page(_) => "◌",
        EntryData::Call(_) => "ƒ",
        EntryData::Done { .. } => "✓",
        EntryData::Change { .. } => "=",
        EntryData::Sdk(_) => "●",
        EntryData::Socket { .. } => "⇄",
        EntryData::Frame(frame) if frame.out => "↑",
        EntryData::Frame(_) => "↓",
        EntryData::Stored { .. } => "▪",
        EntryData::Script { .. } => "!",
        EntryData::Drop { .. } => "…",
        EntryData::Inspector { .. } => "✎",
        EntryData::Unknown { .. } => "?",
    }
}

fn read_marks(model: &Model, document: &Document, entry: &Entry, summary: &SummaryLine) -> Vec<Mark> {
    let mark = |class: &'static str, text: String| Mark { class, text };
    let call = model.data.history.call(entry.id);
    let fate = call.and_then(|call| match call.result {
        CallResult::Waiting => Some(mark("badge warn", MARK_WAITING.text())),
        CallResult::Processed(_) => Some(mark("badge", MARK_WAITED.text())),
        CallResult::Lost(_) => Some(mark("badge bad", MARK_LOST.text())),
        CallResult::AtOnce | CallResult::Unknown => None,
    });
    let sender = &document.sender;
    let marks = [
        fate,
        call.and_then(|call| call.own).map(|_| mark("badge own", MARK_OWN.text())),
        summary.event.map(|event| mark("badge", words::mark_event(event))),
        (summary.count > 1).then(|| mark("badge", words::mark_times(&grouped(summary.count)))),
        (!document.is_main_frame()).then(|| mark("badge", words::mark_frame(host(&sender.url)))),
        sender.less_trusted.then(|| mark("badge warn", MARK_LESS_TRUSTED.text())),
    ];
    marks.into_iter().flatten().collect()
}
