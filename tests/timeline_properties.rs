//! Properties of any recording: replaying never fails. The result doesn't depend on the order in which frames arrive,
//! and is the same after export and import. The checks find the same in a masked recording.

#[path = "support/any_expectations.rs"]
mod any_expectations;
#[path = "support/history_json.rs"]
mod history_json;
#[path = "support/judged.rs"]
mod judged;
#[path = "support/sample.rs"]
mod sample;

use inspector_core::expectations::{Expectations, Outcome, Recorded, Verdict, judge};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::Sender;
use inspector_core::recording::entry::{Entry, EntryData, EntryId, EntryKind};
use inspector_core::recording::file;
use inspector_core::recording::filter::Filter;
use inspector_core::recording::replay::replay;
use inspector_core::recording::summary::{call_code, summary_line};
use inspector_core::recording::wire;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::HashMap;

const FUNCTIONS: [&str; 7] =
    ["init", "updateConnection", "updateConnection", "reset", "getShortId", "getLookupCode", "nonsense"];

fn text() -> BoxedStrategy<Value> {
    let texts = [
        "ada",
        "bob",
        "ada@acme.example",
        "#VIP",
        "#vip",
        "crm:1",
        "crm:2",
        "intercom:",
        "Zendesk:1",
        "",
        "undefined",
        "${id}",
        "USER UNIQUE ID",
        "list",
        "0042",
        "S1",
        "https://acme.test/logout?x=1",
        "Ada undefined",
        "O&#039;Brien",
        "&quot;#vip&quot;",
        "&quot;%s&quot;",
        " ada ",
        "#VIP\u{a0}",
        "\u{200b}crm:1",
        "@Model.Id",
        "twilio_flex:CH1",
    ];
    prop_oneof![select(texts.to_vec()).prop_map(Value::from), "\\PC{0,6}".prop_map(Value::from)].boxed()
}

fn value() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        6 => text(),
        1 => (0..3_i64).prop_map(Value::from),
        1 => Just(json!(10203040506070808_u64)),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => select(vec!["undefined", "function", "deep"]).prop_map(|kind| json!({ "$": kind })),
        1 => text().prop_map(|start| json!({ "$": "text", "v": start, "n": 9000 })),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("[a-c$]{1,2}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
    .boxed()
}

fn settings() -> BoxedStrategy<Value> {
    let keys = ["uniqueId", "identities", "tags", "integrationIds", "metadata", "lookupCode", "apiKey", "autoconnect"];
    prop::collection::hash_map(select(keys.to_vec()), value(), 0..4).prop_map(|map| json!(map)).boxed()
}

/// The members of an entry that depend on its kind.
fn body() -> BoxedStrategy<Value> {
    let id = 0..6_u64;
    let urls = select(vec![
        "https://acme.test/",
        "https://acme.test/logout",
        "https://b.test/?__upscope_unique_id=ada",
        "https://acme.test/app#/log-out?ada=1",
        "https://acme.test/wp-login.php?action=logout&user=ada",
        "https://acme.test/ada/login",
        "https://acme.test/help/logout",
        "https://acme.test/?task=ada.logout",
        "https://acme.test/ada/impersonate",
    ]);
    let names = select(vec!["youAre", "hello", "connectionUpdate", "doNotReconnect", "dataError", "endSession"]);
    prop_oneof![
        6 => (id.clone(), select(FUNCTIONS.to_vec()), settings(), any::<bool>(), select(vec![None, Some("getShortId")]))
            .prop_map(|(id, name, argument, wait, inside)| {
                json!({"k": "call", "id": id, "name": name, "args": [argument], "wait": wait, "in": inside})
            }),
        2 => id.clone().prop_map(|id| json!({"k": "done", "id": id})),
        2 => (id, settings()).prop_map(|(id, keys)| json!({"k": "change", "id": id, "keys": keys})),
        2 => (settings(), settings(), text()).prop_map(|(config, account, chat)| {
            json!({"k": "sdk", "what": "config", "version": "2.2.119", "config": config, "account": account, "chats": [chat]})
        }),
        1 => select(vec!["snippet", "replaced", "second"]).prop_map(|what| json!({"k": "sdk", "what": what})),
        2 => select(vec!["new", "open", "close", "error"]).prop_map(|what| json!({"k": "sock", "what": what, "c": 0})),
        2 => (any::<bool>(), names, prop_oneof![settings(), value(), prop::collection::vec(text(), 1..3).prop_map(Value::from)])
            .prop_map(|(out, name, data)| {
                json!({"k": "frame", "dir": if out { "out" } else { "in" }, "c": 0, "name": name, "data": data})
            }),
        1 => (select(vec!["shortId", "lookupCode", "region"]), text())
            .prop_map(|(key, text)| json!({"k": "store", "area": "local", "key": key, "value": text.to_string()})),
        2 => (select(vec!["start", "load", "hide", "show", "route"]), urls)
            .prop_map(|(what, url)| json!({"k": "page", "what": what, "url": url})),
        1 => (select(vec!["error", "blocked"]), any::<bool>(), select(vec!["https://c.test/K.js", "https://code.upscope.io/K.js"])).prop_map(
            |(what, ours, url)| json!({"k": "script", "what": what, "url": url, "ours": ours})
        ),
        1 => settings().prop_map(|update| json!({"k": "own", "ask": {"act": "update", "document": "1", "update": update}})),
        1 => value().prop_map(|value| json!({"k": value, "id": value, "what": value})),
        1 => (0..3_u64).prop_map(|count| json!({"k": "drop", "count": count, "why": "rate"})),
    ]
    .boxed()
}

/// The entries of one document as texts with numbers, each in a separate task or in the previous one's.
fn entries() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec((body(), 0..2_u64, 0..50_i64), 0..25).prop_map(|bodies| {
        let (mut t, mut task) = (0, 0);
        let number = |(n, (mut body, step, ms)): (usize, (Value, u64, i64))| {
            t += ms;
            task += step;
            body["n"] = json!(n);
            body["t"] = json!(t);
            body["task"] = json!(task);
            body.to_string()
        };
        bodies.into_iter().enumerate().map(number).collect()
    })
}

/// Acts of the inspector with the number of the page entry that follows. Without it, as in older versions, they follow
/// all entries that had arrived.
fn with_places(mut texts: Vec<String>) -> Vec<String> {
    for (n, text) in texts.iter_mut().enumerate().filter(|(_, text)| text.contains(r#""k":"own""#)) {
        let mut own: Value = serde_json::from_str(text).unwrap();
        own["after"] = json!(n);
        *text = own.to_string();
    }
    texts
}

fn documents() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(entries(), 1..4)
}

fn sender(place: usize) -> Sender {
    let (frame, origin) = ((place % 2) as i64, 1000 * (place / 2) as i64);
    let url = "https://acme.test/app".to_owned();
    Sender { frame, document: origin.to_string(), url, top: frame == 0, less_trusted: false, origin }
}

/// The timeline of these documents, which arrive in the order of `arrivals` (indexes of documents), then the rest.
fn timeline(documents: &[Vec<String>], arrivals: &[usize]) -> Timeline {
    let mut timeline = Timeline::default();
    let mut next = vec![0; documents.len()];
    let rest = (0..documents.len()).flat_map(|place| vec![place; documents[place].len()]);
    for place in arrivals.iter().map(|place| place % documents.len()).chain(rest) {
        let Some(text) = documents[place].get(next[place]) else { continue };
        let doc = timeline.open(sender(place));
        timeline.push(wire::read(text, doc, next[place] as u64).0);
        next[place] += 1;
    }
    timeline
}

/// The timeline of these documents without the evicted entries `gone`, as read from storage.
fn kept(documents: &[Vec<String>], gone: &[bool], arrivals: &[usize]) -> Timeline {
    let whole = timeline(documents, arrivals);
    let mut kept = Timeline::default();
    let mut gone = gone.iter().copied().cycle();
    let mut dropped = 0;
    for document in whole.in_order() {
        let doc = kept.open(document.sender.clone());
        for (_, entry) in document.entries() {
            match gone.next().unwrap_or(false) && entry.id.seq.page_number().is_some() {
                true => dropped += 1,
                false => _ = kept.push(Entry { id: EntryId { doc, ..entry.id }, ..entry.clone() }),
            }
        }
        kept.record_next(doc, document.next());
    }
    kept.add_dropped(dropped);
    kept
}

/// The verdicts of each visit by what began it, which names the same visit in a recording with fewer entries.
fn judged_by_start(timeline: &Timeline, expectations: &Expectations) -> HashMap<String, Vec<Verdict>> {
    let history = replay(timeline);
    let mut out = HashMap::new();
    for judged in judge(expectations, &Recorded::ended(timeline, &history, i64::MAX, false)) {
        for visit in judged.visits {
            let document = visit.document.map(|document| judged::document_place(timeline, document));
            let since = visit.since.map(|id| id.seq);
            let key = format!("{} at {} since {document:?}#{since:?}", &*judged.expectation.name, visit.url);
            let subjects = visit.verdicts.iter().map(|(subject, _)| subject.name()).collect::<Vec<_>>();
            let verdicts = visit.verdicts.into_iter().map(|(_, verdict)| verdict).collect();
            out.insert(format!("{key}: {}", subjects.join(", ")), verdicts);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_any_text_never_fails(text in "\\PC*", n in any::<u64>()) {
        let mut timeline = Timeline::default();
        let doc = timeline.open(sender(0));
        timeline.push(wire::read(&text, doc, n).0);
        prop_assert_eq!(history_json::history_json(&timeline)["documents"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn an_entry_is_written_as_it_is_read(documents in documents()) {
        let timeline = timeline(&documents, &[]);
        for (_, entry) in timeline.ordered() {
            let text = wire::write(entry).to_string();
            let (again, _) = wire::read(&text, entry.id.doc, 0);
            prop_assert_eq!(&again, entry, "{}", text);
        }
    }

    #[test]
    fn the_order_of_arrival_changes_nothing(documents in documents(), arrivals in prop::collection::vec(0..9_usize, 0..60)) {
        prop_assert_eq!(history_json::history_json(&timeline(&documents, &arrivals)), history_json::history_json(&timeline(&documents, &[])));
    }

    #[test]
    fn entries_that_come_late_or_twice_change_nothing(documents in documents(), again in prop::collection::vec(0..25_usize, 0..9)) {
        let documents: Vec<_> = documents.into_iter().map(with_places).collect();
        let straight = timeline(&documents, &[]);
        let mut turned = Timeline::default();
        for (place, texts) in documents.iter().enumerate() {
            let again = again.iter().filter_map(|n| Some((*n, texts.get(*n)?)));
            for (n, text) in again.chain(texts.iter().enumerate()) {
                let doc = turned.open(sender(place));
                turned.push(wire::read(text, doc, n as u64).0);
            }
        }
        prop_assert_eq!(turned.len(), straight.len());
        prop_assert_eq!(history_json::history_json(&turned), history_json::history_json(&straight));
    }

    #[test]
    fn a_file_shows_the_same(documents in documents()) {
        let timeline = timeline(&documents, &[]);
        let file = file::write(&timeline, 1, false);
        let read = file::read(&file).unwrap();
        prop_assert_eq!(history_json::history_json(&read.timeline), history_json::history_json(&timeline));
        prop_assert_eq!(file::write(&read.timeline, 1, false), file);
    }

    #[test]
    fn a_masked_file_is_judged_the_same(documents in documents()) {
        let timeline = timeline(&documents, &[]);
        let masked = file::read(&file::write(&timeline, 1, true)).unwrap();
        prop_assert_eq!(history_json::finding_locations(&masked.timeline), history_json::finding_locations(&timeline));
    }

    #[test]
    fn dropped_entries_are_counted_and_the_rest_is_replayed(
        documents in documents(),
        gone in prop::collection::vec(any::<bool>(), 1..40),
        arrivals in prop::collection::vec(0..9_usize, 0..60),
    ) {
        let whole = timeline(&documents, &[]);
        let kept = kept(&documents, &gone, &[]);
        prop_assert_eq!(history_json::history_json(&kept), history_json::history_json(&self::kept(&documents, &gone, &arrivals)));
        let lost = (whole.len() - kept.len()) as u64;
        // The inspector's acts have numbers that the page's entries may use too.
        let gaps = |timeline: &Timeline| -> u64 {
            timeline.documents().iter().flat_map(|document| document.gaps()).map(|gap| gap.count).sum()
        };
        prop_assert_eq!((gaps(&kept), kept.losses().evicted), (gaps(&whole) + lost, lost));
        for (document, story) in kept.in_order().into_iter().filter(|document| document.next() > 0 || !document.is_empty()).zip(replay(&kept).documents) {
            let drops = document.entries().filter(|(_, entry)| matches!(entry.what, EntryData::Drop { count: 1.., .. }));
            prop_assert_eq!(document.gaps().len() + drops.count(), story.gaps.len());
            prop_assert!(story.gaps.is_empty() || !story.complete);
        }
        let file = file::write(&kept, 1, false);
        let read = file::read(&file).unwrap().timeline;
        prop_assert_eq!((read.losses(), history_json::history_json(&read)), (kept.losses(), history_json::history_json(&kept)));
        let masked = file::read(&file::write(&kept, 1, true)).unwrap().timeline;
        prop_assert_eq!((masked.losses(), history_json::finding_locations(&masked)), (kept.losses(), history_json::finding_locations(&kept)));
    }

    #[test]
    fn every_entry_has_a_line_and_finding_nothing_finds_all(documents in documents()) {
        let timeline = timeline(&documents, &[]);
        for (_, entry) in timeline.ordered() {
            let line = summary_line(entry);
            prop_assert!(line.brief.chars().count() <= 121 && !line.brief.contains('\n'));
            prop_assert!(Filter::default().matches(entry));
            prop_assert!(Filter::new(vec![entry.what.kind()], "").matches(entry));
            prop_assert_eq!(call_code(entry).is_some(), entry.what.kind() == EntryKind::Call);
        }
    }

    #[test]
    fn a_verdict_depends_on_the_entries_and_not_on_how_they_arrived(
        documents in documents(),
        arrivals in prop::collection::vec(0..9_usize, 0..60),
        until in prop_oneof![0..5000_i64, any::<i64>()],
        masked in any::<bool>(),
        goes_on in any::<bool>(),
        expectations in any_expectations::file(),
    ) {
        let verdicts = |arrivals| {
            let timeline = &timeline(&documents, arrivals);
            let recorded = Recorded { timeline, history: &replay(timeline), until, masked, goes_on };
            judged::verdict_lines(&recorded, &expectations)
        };
        prop_assert_eq!(verdicts(&arrivals), verdicts(&[]));
    }

    #[test]
    fn a_mask_hides_verdicts_and_changes_none(documents in documents(), until in 0..5000_i64) {
        let expectations = judged::expectations();
        let timeline = timeline(&documents, &[]);
        let masked = file::read(&file::write(&timeline, 1, true)).unwrap().timeline;
        let whole = judged::judged(&Recorded::ended(&timeline, &replay(&timeline), until, false), &expectations);
        let hidden = judged::judged(&Recorded::ended(&masked, &replay(&masked), until, true), &expectations);
        prop_assert_eq!(whole.len(), hidden.len());
        for ((name, whole), (_, hidden)) in whole.iter().zip(&hidden) {
            let is_same = [whole.outcome(), Outcome::CannotBeKnown].contains(&hidden.outcome());
            prop_assert!(is_same, "{}: {:?}, masked {:?}", name, whole, hidden);
        }
    }

    #[test]
    fn what_is_missing_accuses_nobody(documents in documents(), gone in prop::collection::vec(any::<bool>(), 1..40)) {
        let expectations = judged::expectations();
        let whole = judged_by_start(&timeline(&documents, &[]), &expectations);
        let kept = judged_by_start(&kept(&documents, &gone, &[]), &expectations);
        for (visit, kept) in kept {
            // If URLs or triggers are missing, a page may have visits that it doesn't have in the whole recording.
            let Some(whole) = whole.get(&visit) else { continue };
            for (whole, kept) in whole.iter().zip(&kept) {
                let is_wrong = kept.outcome() == Outcome::NotMet && whole.outcome() == Outcome::Met;
                prop_assert!(!is_wrong, "{}: {:?}, without some {:?}", visit, whole, kept);
            }
        }
    }

    #[test]
    fn any_text_is_no_recording_or_one(text in "\\PC*") {
        prop_assert!(file::read(&text).is_err());
    }
}

#[test]
fn a_long_recording_is_complete_and_summarized() {
    let texts = sample::sample(20_000);
    let mut timeline = Timeline::with_cap(texts.len());
    let doc = timeline.open(sender(0));
    for (text, n) in texts.iter().zip(0..) {
        let (entry, oddity) = wire::read(text, doc, n);
        assert_eq!(oddity, None, "{text}");
        timeline.push(entry);
    }
    assert_eq!((timeline.len(), timeline.losses().total()), (texts.len(), 0));
    let calls = texts.iter().filter(|text| text.contains(r#""k":"call""#)).count();
    assert_eq!(replay(&timeline).documents[0].calls.len(), calls);
}
