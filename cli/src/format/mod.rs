//! The formats of a report.

mod github;
mod junit;
mod tap;
mod text;

pub use text::one_line;

use anyhow::Result;
use inspector_core::expectations::Outcome;

use crate::arguments::Format;
use crate::describe;
use crate::report::{ExpectationReport, PartReport, Report, VisitReport};

/// The report as one text.
///
/// # Errors
/// If a library can't write it.
pub fn write(report: &Report, format: Format, allow_unknown: bool) -> Result<String> {
    Ok(match format {
        Format::Text => text::write(report),
        Format::Json => serde_json::to_string_pretty(report)? + "\n",
        Format::Junit => junit::write(report, allow_unknown)?,
        Format::Github => github::write(report, allow_unknown),
        Format::Tap => tap::write(report, allow_unknown),
    })
}

/// How a format marks an expectation.
enum Mark {
    Passed,
    Failed,
    /// It could not be judged, which fails.
    Undecided,
    /// It does not apply, or needs not be judged.
    Skipped,
}

fn mark(outcome: Outcome, allow_unknown: bool) -> Mark {
    match outcome {
        Outcome::Met => Mark::Passed,
        Outcome::NotMet => Mark::Failed,
        Outcome::NotVisited => Mark::Skipped,
        Outcome::CannotBeKnown | Outcome::NotYet | Outcome::NotJudged if allow_unknown => Mark::Skipped,
        Outcome::CannotBeKnown | Outcome::NotYet | Outcome::NotJudged => Mark::Undecided,
    }
}

/// What is to be said of an expectation that is not met or not judged: a line for each part, with the URL.
fn details(expectation: &ExpectationReport) -> Vec<String> {
    let visits = expectation.visits.iter().filter(|visit| visit.outcome == expectation.outcome);
    let parts = visits.flat_map(|visit| visit.parts.iter().map(move |part| (visit, part)));
    let told = parts.filter(|(_, part)| part.outcome != Outcome::Met);
    let place = |visit: &VisitReport| if visit.url.is_empty() { String::new() } else { format!("{}: ", visit.url) };
    told.map(|(visit, part)| place(visit) + &detail(part)).collect()
}

/// What is to be said of one part, in one line.
fn detail(part: &PartReport) -> String {
    let mut out = format!("{}: {}", part.subject, describe::outcome(part.outcome));
    let mut add = |text: String| {
        out.push_str(", ");
        out.push_str(&text);
    };
    if let Some(expected) = &part.expected {
        add(format!("expected {expected}"));
    }
    part.seen.iter().for_each(|seen| add(format!("seen {seen}")));
    part.reason.iter().for_each(|reason| add((*reason).to_owned()));
    part.left.iter().for_each(|left| add(format!("{} left", describe::seconds(*left))));
    if let Some(entry) = part.entry.as_ref().filter(|_| part.outcome == Outcome::NotMet) {
        let code = entry.code.iter().map(|code| format!(" ({code})")).collect::<String>();
        add(format!("shown by {} {} at {}{code}", entry.kind, entry.name, describe::seconds(entry.t)));
    }
    out
}
