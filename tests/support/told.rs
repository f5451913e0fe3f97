//! A story and its findings as JSON lines that a person can read and a test can compare. Entries are named by the place of
//! their document in the story (`1#4`, ours `1#own4`), so nothing depends on the order in which frames were heard of.

use inspector_core::checks::{About, Evidence, Facts, Finding, check};
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::{EntryId, Seq};
use inspector_core::recording::history::{DocumentHistory, HistoryStep, RecordedCall, TabHistory, ValueKey};
use inspector_core::recording::replay::replay;
use serde_json::{Map, Value, json};

/// The whole of it.
pub fn told(timeline: &Timeline) -> Value {
    let story = replay(timeline);
    let findings: Vec<_> = check(&Facts::new(&story, None)).iter().map(|found| finding(&story, found)).collect();
    json!({ "documents": story.documents.iter().map(|doc| document(&story, doc)).collect::<Vec<_>>(), "findings": findings })
}

/// What must not change when the values are masked: which checks found how much of what, and where.
pub fn found_where(timeline: &Timeline) -> Vec<String> {
    let story = replay(timeline);
    let bare = |found: &Finding| {
        let about = About { value: None, name: None, ..found.about.clone() };
        finding(&story, &Finding { about, fix: None, ..found.clone() })
    };
    check(&Facts::new(&story, None)).iter().map(bare).collect()
}

fn document(story: &TabHistory, doc: &DocumentHistory) -> Value {
    let mut values = Map::new();
    for subject in ValueKey::ALL {
        let steps: Vec<_> = doc.value_history(subject).steps.iter().map(|it| step(story, it)).collect();
        if !steps.is_empty() {
            values.insert(subject.key().into(), json!(steps));
        }
    }
    let calls: Vec<_> = doc.calls.iter().map(|it| call(story, it)).collect();
    json!({
        "url": doc.url,
        "frame": doc.frame,
        "version": doc.version(),
        "complete": doc.complete,
        "handshakes": doc.marks.handshakes.len(),
        "calls": calls,
        "values": values,
    })
}

fn call(story: &TabHistory, call: &RecordedCall) -> String {
    let fate = match call.result {
        inspector_core::recording::history::CallResult::Processed(by) => format!("processed by {}", entry(story, by)),
        other => format!("{other:?}"),
    };
    let effects: Vec<_> =
        call.effects.iter().map(|(subject, effect)| format!("{} {effect:?}", subject.key())).collect();
    let own = call.own.map(|own| format!(" (ours: {})", entry(story, own))).unwrap_or_default();
    format!("{} {}: {fate} [{}]{own}", entry(story, call.entry), call.call.name, effects.join(", "))
}

fn step(story: &TabHistory, step: &HistoryStep) -> String {
    let value = step.value.as_ref().map_or("nothing".to_owned(), |value| value.to_json().to_string());
    let mut out = format!("{} {}: {value}", entry(story, step.entry), step.cause.name());
    for (how, at) in [("read", step.read), ("sent", step.sent)] {
        out.extend(at.map(|at| format!(", {how} {}", entry(story, at))));
    }
    out
}

fn finding(story: &TabHistory, found: &Finding) -> String {
    let mut out = format!("{} {}", found.severity.name(), found.check);
    out.extend(found.about.field.map(|field| format!(" {}", field.key())));
    out.extend(found.about.name.as_ref().map(|name| format!(" {name:?}")));
    out.extend(found.about.flaw.map(|flaw| format!(" {flaw:?}")));
    out.extend(found.about.value.as_ref().map(|value| format!(" {}", value.to_json())));
    let evidence = found.evidence.iter().map(|evidence| match evidence {
        Evidence::Entry(id) => entry(story, *id),
        Evidence::Report(seen) => format!("{seen:?}"),
    });
    out.push_str(&format!(" at {}", evidence.collect::<Vec<_>>().join(" ")));
    out.push_str(&format!(" ({}×)", found.count));
    if let Some(fix) = &found.fix {
        out.extend(fix.edit.as_ref().map(|edit| format!(" edit {}", edit.argument())));
        out.extend(fix.code.as_ref().map(|code| format!(" code {}", code.replace('\n', " "))));
    }
    out
}

fn entry(story: &TabHistory, id: EntryId) -> String {
    let place = story.documents.iter().position(|doc| doc.document == id.doc);
    let place = place.map_or("?".to_owned(), |place| place.to_string());
    match id.seq {
        Seq::Page(n) => format!("{place}#{n}"),
        Seq::Inspector(n) => format!("{place}#own{n}"),
    }
}
