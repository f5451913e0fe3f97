use super::document::{MissingEntries, Sender};
use super::entry::{EntryData, Seq};
use super::*;

fn sender(frame: i64, origin: i64) -> Sender {
    let (document, url) = (origin.to_string(), "https://acme.test/".to_owned());
    Sender { frame, document, url, top: frame == 0, less_trusted: false, origin }
}

fn entry(doc: DocId, n: u64, t: i64) -> Entry {
    Entry { id: EntryId { doc, seq: Seq::Page(n) }, t, task: None, what: EntryData::Done { call: n } }
}

#[test]
fn a_document_converts_its_times() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 1000));
    let document = timeline.document(doc).unwrap();
    assert_eq!([-1, 0, 234].map(|t| document.time(t)), [999, 1000, 1234]);
    assert_eq!(document.time(i64::MAX), i64::MAX, "a page may claim any time");
}

#[test]
fn a_document_is_known_by_frame_and_document() {
    let mut timeline = Timeline::default();
    let first = timeline.open(sender(0, 1000));
    assert_eq!(timeline.open(sender(0, 1000)), first);
    assert_ne!(timeline.open(sender(1, 1000)), first);
    assert_ne!(timeline.open(sender(0, 2000)), first);
}

#[test]
fn gaps_are_counted_and_duplicates_rejected() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 0));
    assert_eq!(timeline.push(entry(doc, 0, 0)), PushResult::Appended);
    assert_eq!(timeline.push(entry(doc, 3, 3)), PushResult::Appended);
    assert_eq!(timeline.losses().missing, 2);
    assert_eq!(timeline.push(entry(doc, 1, 1)), PushResult::Inserted);
    assert_eq!(timeline.push(entry(doc, 3, 3)), PushResult::Duplicate);
    assert_eq!((timeline.losses().missing, timeline.len()), (1, 3));
    let order: Vec<_> = timeline.ordered().into_iter().map(|(_, entry)| entry.t).collect();
    assert_eq!(order, [0, 1, 3]);
    assert_eq!(timeline.entry(EntryId { doc, seq: Seq::Page(1) }).map(|entry| entry.t), Some(1));
}

#[test]
fn the_oldest_entries_are_evicted_first() {
    let mut timeline = Timeline::with_cap(4);
    let (old, new) = (timeline.open(sender(0, 0)), timeline.open(sender(1, 100)));
    for n in 0..3 {
        timeline.push(entry(new, n, n as i64));
        timeline.push(entry(old, n, n as i64));
    }
    assert_eq!((timeline.len(), timeline.losses().evicted), (4, 2));
    let left: Vec<_> = timeline.ordered().into_iter().map(|(at, _)| at).collect();
    // Except the beginning, which is one entry in a timeline of this size.
    assert_eq!(left, [0, 100, 101, 102]);
    // A dropped entry isn't added again.
    assert_eq!(timeline.push(entry(old, 1, 1)), PushResult::Duplicate);
}

#[test]
fn the_beginning_survives_eviction() {
    let mut timeline = Timeline::with_cap(40);
    let doc = timeline.open(sender(0, 0));
    (0..100).for_each(|n| _ = timeline.push(entry(doc, n, n as i64)));
    let gaps = timeline.documents()[0].gaps();
    assert_eq!(gaps, [MissingEntries { first: 10, count: 60 }]);
    assert_eq!(timeline.losses(), LossCounts { evicted: 60, ..LossCounts::default() });
    assert_eq!(timeline.push(entry(doc, 30, 30)), PushResult::Duplicate);
    assert_eq!(timeline.len(), 40);
}

#[test]
fn the_oldest_beginnings_are_evicted_first() {
    let mut timeline = Timeline::with_cap(40);
    for n in 0..20 {
        let doc = timeline.open(sender(0, 1000 * n));
        (0..15).for_each(|n| _ = timeline.push(entry(doc, n, n as i64)));
        assert!(timeline.len() <= 40);
    }
    let [.., last] = timeline.documents() else { panic!() };
    assert_eq!((timeline.len(), last.len(), last.gaps()), (40, 15, vec![]));
    assert!(timeline.documents()[0].is_empty());
}

#[test]
fn dropped_and_missing_entries_are_counted_separately() {
    let losses = |dropped| {
        let mut timeline = Timeline::default();
        let doc = timeline.open(sender(0, 0));
        for n in [0, 1, 5, 7] {
            timeline.push(entry(doc, n, n as i64));
        }
        timeline.record_next(doc, 10);
        timeline.add_dropped(dropped);
        let count = timeline.documents()[0].gaps().iter().map(|gap| gap.count).sum::<u64>();
        assert_eq!(count, 6);
        (timeline.losses().evicted, timeline.losses().missing, timeline.forgotten())
    };
    assert_eq!(losses(0), (0, 6, 0));
    assert_eq!(losses(4), (4, 2, 0));
    assert_eq!(losses(9), (9, 0, 3), "the rest is of documents that are not here");
}

#[test]
fn entries_before_a_cleared_recording_are_not_missing() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 0));
    timeline.push(entry(doc, 500, 0));
    timeline.push(entry(doc, 502, 0));
    assert_eq!(timeline.losses(), LossCounts { before: 500, missing: 1, ..LossCounts::default() });
}

#[test]
fn entries_that_provenance_needs_survive_eviction() {
    let mut tab = fixture::Tab::connected(serde_json::json!({"uniqueId": "1"}));
    let mut small = Timeline::with_cap(8);
    for _ in 0..50 {
        tab.call("logEvent", serde_json::json!([]));
    }
    let document = &tab.timeline.documents()[0];
    let doc = small.open(document.sender.clone());
    assert_eq!(doc, document.id);
    document.entries().for_each(|(_, entry)| _ = small.push(entry.clone()));
    assert_eq!(small.len(), 8);
    let history = replay::replay(&small);
    assert!(!history.documents[0].complete);
    assert_eq!(history.documents[0].init().unwrap().call.given("uniqueId").unwrap().as_text(), Some("1"));
}

#[test]
fn the_number_of_documents_is_limited() {
    let mut timeline = Timeline::default();
    for n in 0..MAX_DOCUMENTS as u64 + 5 {
        let doc = timeline.open(sender(n as i64, n as i64));
        timeline.push(entry(doc, 0, 0));
    }
    assert_eq!((timeline.documents().len(), timeline.len()), (MAX_DOCUMENTS, MAX_DOCUMENTS));
    assert_eq!(timeline.losses().evicted, 5);
    assert_eq!(timeline.push(entry(DocId(0), 1, 0)), PushResult::Duplicate);
}

#[test]
fn a_larger_timeline_holds_more_documents() {
    let mut timeline = Timeline::with_cap(50 * MAX_ENTRIES);
    for n in 0..2 * MAX_DOCUMENTS as u64 {
        let doc = timeline.open(sender(0, n as i64));
        timeline.push(entry(doc, 0, 0));
        timeline.record_next(doc, 3);
    }
    let masked = mask::mask(&timeline);
    for whole in [&timeline, &masked] {
        assert_eq!((whole.documents().len(), whole.forgotten()), (2 * MAX_DOCUMENTS, 0));
    }
    let text = file::write(&timeline, 0, false);
    assert_eq!(file::read_up_to(&text, 50 * MAX_ENTRIES).unwrap().timeline, timeline);
    let smaller = file::read(&text).unwrap().timeline;
    assert_eq!((smaller.documents().len(), smaller.forgotten()), (MAX_DOCUMENTS, 3 * MAX_DOCUMENTS as u64));
    assert_eq!(smaller.documents()[0].sender.origin, MAX_DOCUMENTS as i64, "the oldest are dropped");
    assert!(replay::replay(&smaller).gone);
}

#[test]
fn acts_are_placed_where_they_happened() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 1000));
    for (n, t) in [(0, 0), (1, 10), (2, 5), (3, 20)] {
        timeline.push(entry(doc, n, t));
    }
    let command = crate::visitor::page_value::PageValue::Null;
    // With a clock that is one hour ahead.
    let own = |n, after| Entry {
        id: EntryId { doc, seq: Seq::Inspector(n) },
        t: 3_600_000,
        task: None,
        what: EntryData::Inspector { command: command.clone(), reply: None, after },
    };
    assert_eq!(timeline.push(own(1, Some(3))), PushResult::Inserted);
    timeline.push(own(2, None));
    timeline.push(entry(doc, 4, 30));
    assert_eq!(timeline.push(own(1, Some(9))), PushResult::Duplicate);
    let order: Vec<_> = timeline.ordered().into_iter().map(|(at, entry)| (at, entry.id.seq)).collect();
    let expected = [
        (1000, Seq::Page(0)),
        (1010, Seq::Page(1)),
        (1010, Seq::Page(2)),
        (1010, Seq::Inspector(1)),
        (1020, Seq::Page(3)),
        (1020, Seq::Inspector(2)),
        (1030, Seq::Page(4)),
    ];
    assert_eq!(order, expected);
}
