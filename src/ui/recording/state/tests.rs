//! Tests of the recorded views' state machine.

mod expectations;
mod site;

use super::*;
use crate::ui::copying::CopyState;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::expectations::IN_TRANSIT;
use inspector_core::page_report::raw_report;
use inspector_core::recording::document::Sender;
use inspector_core::recording::entry::{DocId, EntryId, Seq};
use inspector_core::recording::file;
use inspector_core::recording::history::ValueKey;
use inspector_core::recording::storage::{Batch, BatchHeader, DocumentProgress, Index};
use inspector_core::recording::wire;
use inspector_core::visitor::Field;
use serde_json::{Value, json};

/// A second after the start of the recorded page, plus the time for which entries may be in transit.
const NOW: i64 = 1_795_383_001_000 + IN_TRANSIT;

fn model() -> Model {
    Model::new(Source::Tab(3))
}

fn id(n: u64) -> EntryId {
    EntryId { doc: DocId(0), seq: Seq::Page(n) }
}

/// A batch of these entries, the first of which has this number.
fn batch(first: u64, entries: &[Value]) -> Batch {
    batch_of("d1", 1_795_383_000_000, first, entries)
}

/// The same of a page load that began at `origin`.
fn batch_of(document: &str, origin: i64, first: u64, entries: &[Value]) -> Batch {
    let (document, url) = (document.to_owned(), "https://acme.test/".to_owned());
    let sender = Sender { frame: 0, document, url, top: true, less_trusted: false, origin };
    let head = BatchHeader { sender, first, own: false }.to_text();
    Batch { head, texts: entries.iter().map(Value::to_string).collect() }
}

fn stored(model: &mut Model, index: Index, batches: Vec<Batch>) -> Vec<Effect> {
    update(model, Event::Stored { at: NOW, index: Some(Some(index)), batches })
}

fn call(id: u64, name: &str, args: Value) -> Value {
    json!({"t": id * 100, "k": "call", "id": id, "name": name, "args": args, "via": "fn", "wait": false})
}

/// Start, version, init, four quiet entries, an update.
fn recorded() -> Model {
    let mut model = model();
    let store = |key: &str| json!({"t": 50, "k": "store", "area": "local", "key": key, "value": "\"x\""});
    let entries = [
        json!({"t": 0, "k": "page", "what": "start", "url": "https://acme.test/", "origin": 1795383000000_i64, "top": true}),
        json!({"t": 1, "k": "sdk", "what": "version", "version": "2.2.119", "account": {"apiKey": "K"}}),
        call(0, "init", json!([{"uniqueId": "ada"}])),
        store("a"),
        store("b"),
        store("c"),
        store("d"),
        call(1, "updateConnection", json!([{"tags": ["#vip"]}])),
    ];
    stored(&mut model, Index { entries: 8, ..Index::default() }, vec![batch(0, &entries)]);
    model
}

#[test]
fn a_tab_without_a_recording_is_empty() {
    let mut model = model();
    assert_eq!(model.data.state, RecordingState::Loading);
    update(&mut model, Event::Stored { at: NOW, index: Some(None), batches: vec![] });
    assert_eq!(model.data.state, RecordingState::Nothing);
    assert_eq!(provenance(&model, "d1"), None);
}

#[test]
fn a_repeated_batch_is_ignored_and_clearing_removes_entries() {
    let mut model = recorded();
    let more = [call(1, "updateConnection", json!([])), call(2, "reset", json!([]))];
    stored(&mut model, Index { entries: 9, ..Index::default() }, vec![batch(7, &more)]);
    assert_eq!(model.data.timeline.len(), 9);
    stored(&mut model, Index { entries: 0, ..Index::default() }, vec![]);
    assert!(model.data.timeline.is_empty() && model.is_recorded());
    assert_eq!(model.list.rows, vec![]);
}

#[test]
fn quiet_entries_are_collapsed_until_expanded() {
    let mut model = recorded();
    let run = RowKey::Run(id(3));
    assert_eq!(model.list.rows.len(), 5);
    assert_eq!(model.list.rows[3].key(), run);
    update(&mut model, Event::ToggleRow(run));
    assert_eq!(model.list.rows.len(), 9);
    update(&mut model, Event::ToggleRow(run));
    // Hidden entries are found too.
    let effects = update(&mut model, Event::Go(Destination::Entry(id(5))));
    assert_eq!(effects, [Effect::Reveal(RowKey::Entry(id(5)))]);
    assert_eq!((model.list.rows.len(), model.list.expanded), (9, Some(id(5))));
    // A filter shows every matching entry, so nothing is collapsed.
    update(&mut model, Event::ToggleGroup(Group::Values));
    assert_eq!(model.list.rows.len(), 4);
}

#[test]
fn missing_entries_have_a_gap_row() {
    let mut model = model();
    let reset = |n| call(n, "reset", json!([]));
    let batches = vec![batch(2, &[reset(2)]), batch(100, &[reset(3), reset(4)])];
    let progress = DocumentProgress { frame: 0, document: "d1".into(), next: 110 };
    stored(&mut model, Index { entries: 3, dropped: 107, progress: vec![progress] }, batches);
    let gap = |n, count| Row::Gap { first: id(n), count, dropped: true };
    let rows = [gap(0, 2), Row::Entry(id(2)), gap(3, 97), Row::Entry(id(100)), Row::Entry(id(101)), gap(102, 8)];
    assert_eq!((&model.list.rows[..], model.list.shown), (&rows[..], 3));
    assert_eq!(model.data.timeline.losses().evicted, 107);
    update(&mut model, Event::ToggleRow(RowKey::Gap(id(3))));
    assert_eq!((model.list.cursor, model.list.rows.len()), (Some(RowKey::Gap(id(3))), 6));
    // They belong to the gaps.
    update(&mut model, Event::ToggleGroup(Group::Gaps));
    assert_eq!((model.list.rows.len(), model.list.shown), (3, 0));
    update(&mut model, Event::ToggleGroup(Group::Gaps));
    update(&mut model, Event::ToggleGroup(Group::Calls));
    assert_eq!(model.list.rows.len(), 3);
}

#[test]
fn an_unexplained_gap_is_not_called_dropped() {
    let mut model = model();
    stored(&mut model, Index::default(), vec![]);
    stored(&mut model, Index { entries: 1, ..Index::default() }, vec![batch(5, &[call(0, "reset", json!([]))])]);
    assert_eq!(model.list.rows[0], Row::Gap { first: id(0), count: 5, dropped: false });
}

#[test]
fn a_run_does_not_span_a_gap() {
    let mut model = model();
    let quiet = |n: u64| json!({"n": n, "t": n, "k": "done", "id": n});
    let batches = vec![batch(0, &[quiet(0), quiet(1)]), batch(9, &[quiet(9), quiet(10)])];
    stored(&mut model, Index { entries: 4, dropped: 7, progress: vec![] }, batches);
    assert_eq!(model.list.rows.len(), 5);
}

#[test]
fn a_requested_entry_clears_the_filters() {
    let mut model = recorded();
    update(&mut model, Event::Find("no such text".into()));
    assert!(model.list.rows.is_empty() && model.list.counts.values().all(|count| *count == 0));
    model.view = View::Checks;
    let effects = update(&mut model, Event::Go(Destination::Entry(id(2))));
    assert_eq!(effects, [Effect::NotifyHost, Effect::Reveal(RowKey::Entry(id(2)))]);
    assert_eq!((model.view, model.list.text.as_str()), (View::Timeline, ""));
    assert_eq!(update(&mut model, Event::Go(Destination::Entry(id(99)))), []);
}

#[test]
fn the_value_of_the_history_stays_chosen() {
    let mut model = recorded();
    let tags = ValueKey::Field(Field::Tags);
    update(&mut model, Event::Go(Destination::View(View::History(tags))));
    update(&mut model, Event::Go(Destination::View(View::Timeline)));
    assert_eq!((model.view, model.subject), (View::Timeline, tags));
}

#[test]
fn the_keyboard_moves_the_cursor() {
    let mut model = recorded();
    let mut walk = |step| {
        update(&mut model, Event::Move(step));
        model.list.cursor
    };
    assert_eq!(walk(CursorMove::Toggle), None);
    assert_eq!(walk(CursorMove::Up), Some(RowKey::Entry(id(7))), "the newest comes first");
    assert_eq!(walk(CursorMove::Up), Some(RowKey::Run(id(3))));
    assert_eq!(walk(CursorMove::First), Some(RowKey::Entry(id(0))));
    assert_eq!(walk(CursorMove::Up), Some(RowKey::Entry(id(0))));
    assert_eq!(walk(CursorMove::PageDown), Some(RowKey::Entry(id(7))));
    walk(CursorMove::Toggle);
    assert_eq!(model.list.expanded, Some(id(7)));
}

#[test]
fn a_copy_is_reported() {
    let mut model = recorded();
    let copied = |model: &mut Model, what| match &update(model, Event::Copy { what, masked: false })[..] {
        [Effect::CopyText(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&mut model, CopyTarget::Code(id(2))), "Upscope('init', {\n  uniqueId: 'ada',\n});");
    let json = copied(&mut model, CopyTarget::Json(id(7)));
    assert!(wire::read(&json, DocId(0), 0).1.is_none(), "{json}");
    assert_eq!(copied(&mut model, CopyTarget::Calls).matches("Upscope(").count(), 2);
    assert_eq!(model.copied, Some(CopyState { what: CopyTarget::Calls, masked: false, nth: 2 }));
    assert_eq!(
        update(&mut model, Event::Copy { what: CopyTarget::Code(id(0)), masked: false }),
        [],
        "a page load is no code"
    );
    update(&mut model, Event::ShowAll);
    assert_eq!(model.copied, None);
    // Only listed calls are copied.
    update(&mut model, Event::ToggleGroup(Group::Values));
    assert_eq!(model.list.calls, 0);
    assert_eq!(update(&mut model, Event::Copy { what: CopyTarget::Calls, masked: false }), []);
    assert_eq!(model.copied, None);
}

#[test]
fn copies_are_masked_while_values_are_masked() {
    let mut model = recorded();
    let mut copied = |what: CopyTarget| match &update(&mut model, Event::Copy { what, masked: true })[..] {
        [Effect::CopyText(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    for what in [CopyTarget::Code(id(2)), CopyTarget::Json(id(2)), CopyTarget::Calls] {
        let (first, again) = (copied(what.clone()), copied(what));
        assert!(!first.contains("ada") && first.contains("‹id 1›"), "{first}");
        assert!(again.contains("ada"), "{again}");
    }
}

#[test]
fn a_repair_is_proposed_for_review() {
    let mut model = recorded();
    let at = model.findings.iter().position(|finding| finding.check == "tag-pattern").unwrap();
    let effects = update(&mut model, Event::Review(at));
    assert_eq!(effects, [Effect::Propose(VisitorPatch::from_argument(&json!({ "tags": ["#VIP"] })).unwrap())]);
    assert!(model.problems() >= 1);
    assert_eq!(update(&mut model, Event::Review(99)), []);
}

#[test]
fn the_page_is_checked_without_a_recording() {
    let mut model = model();
    update(&mut model, Event::Stored { at: NOW, index: Some(None), batches: vec![] });
    let raw = include_str!("../../../../tests/contract/raw/malformed.json");
    let report = Box::new(raw_report::read(raw, |_| false).0);
    assert_eq!(update(&mut model, Event::Inspected(Some(report.clone()))), [Effect::NotifyFollower]);
    assert!(model.problems() > 0);
    assert_eq!(update(&mut model, Event::Inspected(Some(report))), [], "nothing has changed");
    update(&mut model, Event::Inspected(None));
    assert_eq!(model.findings, []);
}

#[test]
fn provenance_belongs_to_the_requested_document() {
    let model = recorded();
    let origins = provenance(&model, "d1").unwrap();
    let subjects: Vec<_> = origins.iter().map(|origins| (origins.subject.key(), origins.step.entry)).collect();
    assert_eq!(subjects, [("uniqueId", id(2)), ("tags", id(7))]);
    assert_eq!(provenance(&model, "another"), Some(vec![]));
}

fn choose_file(model: &mut Model, text: &str) {
    update(model, Event::FileChosen);
    let choice = model.file_choice;
    read_file(model, choice, text);
}

fn read_file(model: &mut Model, choice: u32, text: &str) {
    update(model, Event::FileRead { choice, name: "x.json".into(), text: Ok(text.into()) });
}

#[test]
fn the_file_that_was_chosen_last_is_opened() {
    let text = file::write(&recorded().data.timeline, 5000, true);
    let mut reader = Model::new(Source::File(None));
    update(&mut reader, Event::FileChosen);
    update(&mut reader, Event::FileChosen);
    read_file(&mut reader, 2, &text);
    assert_eq!(reader.data.timeline.len(), 8);
    // The first file is larger, so it is read later.
    read_file(&mut reader, 1, "{");
    assert_eq!((reader.not_opened, reader.data.timeline.len()), (None, 8));
}

#[test]
fn a_recording_file_round_trips_and_others_are_refused() {
    let mut model = recorded();
    update(&mut model, Event::Open(Dialog::Export));
    let [Effect::Save { text, .. }] = &update(&mut model, Event::Confirm(5000 + IN_TRANSIT))[..] else { panic!() };
    assert!(file::read(text).unwrap().masked && !text.contains("ada"));
    let mut reader = Model { is_standalone: true, ..Model::new(Source::File(None)) };
    choose_file(&mut reader, "{");
    assert_eq!(reader.not_opened, Some(OpenError::NotARecording));
    // The next file can be refused for the same reason, which is then announced again.
    update(&mut reader, Event::FileChosen);
    assert_eq!(reader.not_opened, None);
    choose_file(&mut reader, text);
    let file = FileInfo { name: "x.json".into(), at: 5000, masked: true, unreadable: 0 };
    assert_eq!((&reader.source, &reader.not_opened), (&Source::File(Some(file)), &None));
    assert!(reader.is_standalone && reader.data.timeline.len() == 8);
    // A file is read-only.
    update(&mut reader, Event::Open(Dialog::Clear));
    assert_eq!(update(&mut reader, Event::Confirm(0)), []);
}
