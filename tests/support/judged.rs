//! The verdicts on a recording as texts that a test can compare. They don't depend on the order in which frames
//! arrived.

use inspector_core::expectations::{Expectations, Format, Recorded, Verdict, judge, read};
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::{DocId, EntryId};

/// Expectations of every kind at every page.
pub fn expectations() -> Expectations {
    read(include_str!("../replay/expectations.json"), Format::Json).unwrap()
}

/// A line for each part of each expectation at each visit: its name, and the verdict.
pub fn judged(recorded: &Recorded, expectations: &Expectations) -> Vec<(String, Verdict)> {
    let mut out = vec![];
    for judged in judge(expectations, recorded) {
        for (number, visit) in judged.visits.iter().enumerate() {
            for (subject, verdict) in &visit.verdicts {
                let name = &*judged.expectation.name;
                out.push((format!("{name}, visit {number}: {}", subject.name()), verdict.clone()));
            }
        }
    }
    out
}

/// The index of a document in the recording, independent of the order of arrival.
pub fn document_place(timeline: &Timeline, id: DocId) -> usize {
    timeline.in_order().iter().position(|document| document.id == id).unwrap_or(usize::MAX)
}

/// The same as one text each.
pub fn verdict_lines(recorded: &Recorded, expectations: &Expectations) -> Vec<String> {
    let place = |id: EntryId| format!("{}#{:?}", document_place(recorded.timeline, id.doc), id.seq);
    let verdict = |verdict: Verdict| match verdict {
        Verdict::Met { entry } => format!("met {}", entry.map(place).unwrap_or_default()),
        Verdict::NotMet { requirement, value, entry } => {
            let value = value.map(|value| value.to_json().to_string()).unwrap_or_default();
            format!("not met {requirement:?} {value} {}", entry.map(place).unwrap_or_default())
        }
        other => format!("{other:?}"),
    };
    let all = judged(recorded, expectations).into_iter();
    all.map(|(name, it)| format!("{name} {}", verdict(it))).collect()
}
