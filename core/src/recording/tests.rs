use super::document::{Gap, Sender};
use super::entry::{Seq, What};
use super::*;

fn sender(frame: i64, origin: i64) -> Sender {
    let (document, url) = (origin.to_string(), "https://acme.test/".to_owned());
    Sender { frame, document, url, top: frame == 0, less_trusted: false, origin }
}

fn entry(doc: DocId, n: u64, t: i64) -> Entry {
    Entry { id: EntryId { doc, seq: Seq::Page(n) }, t, task: None, what: What::Done { call: n } }
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
fn gaps_are_counted_until_they_are_filled_and_nothing_stands_twice() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 0));
    assert_eq!(timeline.push(entry(doc, 0, 0)), Arrived::Appended);
    assert_eq!(timeline.push(entry(doc, 3, 3)), Arrived::Appended);
    assert_eq!(timeline.losses().missing, 2);
    assert_eq!(timeline.push(entry(doc, 1, 1)), Arrived::Inserted);
    assert_eq!(timeline.push(entry(doc, 3, 3)), Arrived::Again);
    assert_eq!((timeline.losses().missing, timeline.len()), (1, 3));
    let order: Vec<_> = timeline.ordered().into_iter().map(|(_, entry)| entry.t).collect();
    assert_eq!(order, [0, 1, 3]);
    assert_eq!(timeline.entry(EntryId { doc, seq: Seq::Page(1) }).map(|entry| entry.t), Some(1));
}

#[test]
fn the_oldest_go_first_whatever_their_document() {
    let mut timeline = Timeline::with_cap(4);
    let (old, new) = (timeline.open(sender(0, 0)), timeline.open(sender(1, 100)));
    for n in 0..3 {
        timeline.push(entry(new, n, n as i64));
        timeline.push(entry(old, n, n as i64));
    }
    assert_eq!((timeline.len(), timeline.losses().evicted), (4, 2));
    let left: Vec<_> = timeline.ordered().into_iter().map(|(at, _)| at).collect();
    // But for the beginning, which in so small a timeline is one entry.
    assert_eq!(left, [0, 100, 101, 102]);
    // One that was dropped does not come back.
    assert_eq!(timeline.push(entry(old, 1, 1)), Arrived::Again);
}

#[test]
fn the_middle_goes_and_the_beginning_stays() {
    let mut timeline = Timeline::with_cap(40);
    let doc = timeline.open(sender(0, 0));
    (0..100).for_each(|n| _ = timeline.push(entry(doc, n, n as i64)));
    let gaps = timeline.documents()[0].gaps();
    assert_eq!(gaps, [Gap { first: 10, count: 60 }]);
    assert_eq!(timeline.losses(), Losses { evicted: 60, ..Losses::default() });
    assert_eq!(timeline.push(entry(doc, 30, 30)), Arrived::Again);
    assert_eq!(timeline.len(), 40);
}

#[test]
fn the_beginnings_of_many_documents_give_way_oldest_first() {
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
fn what_was_dropped_before_is_told_from_what_never_arrived() {
    let losses = |dropped| {
        let mut timeline = Timeline::default();
        let doc = timeline.open(sender(0, 0));
        for n in [0, 1, 5, 7] {
            timeline.push(entry(doc, n, n as i64));
        }
        timeline.heard(doc, 10);
        timeline.dropped_before(dropped);
        let count = timeline.documents()[0].gaps().iter().map(|gap| gap.count).sum::<u64>();
        assert_eq!(count, 6);
        (timeline.losses().evicted, timeline.losses().missing, timeline.forgotten())
    };
    assert_eq!(losses(0), (0, 6, 0));
    assert_eq!(losses(4), (4, 2, 0));
    assert_eq!(losses(9), (9, 0, 3), "the rest is of documents that are not here");
}

#[test]
fn what_was_before_a_recording_was_cleared_did_arrive() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 0));
    timeline.push(entry(doc, 500, 0));
    timeline.push(entry(doc, 502, 0));
    assert_eq!(timeline.losses(), Losses { before: 500, missing: 1, ..Losses::default() });
}

#[test]
fn what_the_story_cannot_do_without_outlives_the_cap() {
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
    let story = fold::fold(&small);
    assert!(!story.documents[0].complete);
    assert_eq!(story.documents[0].init().unwrap().call.given("uniqueId").unwrap().as_text(), Some("1"));
}

#[test]
fn documents_are_bounded_too() {
    let mut timeline = Timeline::default();
    for n in 0..MAX_DOCUMENTS as u64 + 5 {
        let doc = timeline.open(sender(n as i64, n as i64));
        timeline.push(entry(doc, 0, 0));
    }
    assert_eq!((timeline.documents().len(), timeline.len()), (MAX_DOCUMENTS, MAX_DOCUMENTS));
    assert_eq!(timeline.losses().evicted, 5);
    assert_eq!(timeline.push(entry(DocId(0), 1, 0)), Arrived::Again);
}

#[test]
fn ours_stand_where_they_happened() {
    let mut timeline = Timeline::default();
    let doc = timeline.open(sender(0, 1000));
    for (n, t) in [(0, 0), (1, 10), (2, 5), (3, 20)] {
        timeline.push(entry(doc, n, t));
    }
    let ask = crate::visitor::page_value::PageValue::Null;
    // By a clock that is an hour ahead.
    let own = |n, after| Entry {
        id: EntryId { doc, seq: Seq::Own(n) },
        t: 3_600_000,
        task: None,
        what: What::Own { ask: ask.clone(), reply: None, after },
    };
    assert_eq!(timeline.push(own(1, Some(3))), Arrived::Inserted);
    timeline.push(own(2, None));
    timeline.push(entry(doc, 4, 30));
    assert_eq!(timeline.push(own(1, Some(9))), Arrived::Again);
    let order: Vec<_> = timeline.ordered().into_iter().map(|(at, entry)| (at, entry.id.seq)).collect();
    let expected = [
        (1000, Seq::Page(0)),
        (1010, Seq::Page(1)),
        (1010, Seq::Page(2)),
        (1010, Seq::Own(1)),
        (1020, Seq::Page(3)),
        (1020, Seq::Own(2)),
        (1030, Seq::Page(4)),
    ];
    assert_eq!(order, expected);
}
