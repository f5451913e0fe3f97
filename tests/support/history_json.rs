//! A history and its findings as readable JSON lines that tests compare. Entries are named by the index of their
//! document in the history (`1#4`, acts of the inspector `1#own4`), so nothing depends on the order in which frames
//! arrived.

use inspector_core::checks::{About, Evidence, Facts, Finding, check};
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::{EntryId, Seq};
use inspector_core::recording::history::{DocumentHistory, HistoryStep, RecordedCall, TabHistory, ValueKey};
use inspector_core::recording::replay::replay;
use serde_json::{Map, Value, json};

/// The history and the findings.
pub fn history_json(timeline: &Timeline) -> Value {
    let history = replay(timeline);
    let findings: Vec<_> = check(&Facts::new(&history, None)).iter().map(|found| finding(&history, found)).collect();
    json!({ "documents": history.documents.iter().map(|doc| document(&history, doc)).collect::<Vec<_>>(), "findings": findings })
}

/// The parts that masking must not change: the number and the locations of each check's findings.
pub fn finding_locations(timeline: &Timeline) -> Vec<String> {
    let history = replay(timeline);
    let bare = |found: &Finding| {
        let about = About { value: None, name: None, ..found.about.clone() };
        finding(&history, &Finding { about, fix: None, ..found.clone() })
    };
    check(&Facts::new(&history, None)).iter().map(bare).collect()
}

fn document(history: &TabHistory, doc: &DocumentHistory) -> Value {
    let mut values = Map::new();
    for subject in ValueKey::all() {
        let steps: Vec<_> = doc.value_history(subject).steps.iter().map(|it| step(history, it)).collect();
        if !steps.is_empty() {
            values.insert(subject.key().into(), json!(steps));
        }
    }
    let calls: Vec<_> = doc.calls.iter().map(|it| call(history, it)).collect();
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

fn call(history: &TabHistory, call: &RecordedCall) -> String {
    let fate = match call.result {
        inspector_core::recording::history::CallResult::Processed(by) => format!("processed by {}", entry(history, by)),
        other => format!("{other:?}"),
    };
    let effects: Vec<_> =
        call.effects.iter().map(|(subject, effect)| format!("{} {effect:?}", subject.key())).collect();
    let own = call.own.map(|own| format!(" (ours: {})", entry(history, own))).unwrap_or_default();
    format!("{} {}: {fate} [{}]{own}", entry(history, call.entry), call.call.name, effects.join(", "))
}

fn step(history: &TabHistory, step: &HistoryStep) -> String {
    let value = step.value.as_ref().map_or("nothing".to_owned(), |value| value.to_json().to_string());
    let mut out = format!("{} {}: {value}", entry(history, step.entry), step.cause.name());
    for (how, at) in [("read", step.read), ("sent", step.sent)] {
        out.extend(at.map(|at| format!(", {how} {}", entry(history, at))));
    }
    out
}

fn finding(history: &TabHistory, found: &Finding) -> String {
    let mut out = format!("{} {}", found.severity.name(), found.check);
    out.extend(found.about.field.map(|field| format!(" {}", field.key())));
    out.extend(found.about.name.as_ref().map(|name| format!(" {name:?}")));
    out.extend(found.about.flaw.map(|flaw| format!(" {flaw:?}")));
    out.extend(found.about.value.as_ref().map(|value| format!(" {}", value.to_json())));
    let evidence = found.evidence.iter().map(|evidence| match evidence {
        Evidence::Entry(id) => entry(history, *id),
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

fn entry(history: &TabHistory, id: EntryId) -> String {
    let place = history.documents.iter().position(|doc| doc.document == id.doc);
    let place = place.map_or("?".to_owned(), |place| place.to_string());
    match id.seq {
        Seq::Page(n) => format!("{place}#{n}"),
        Seq::Inspector(n) => format!("{place}#own{n}"),
    }
}
