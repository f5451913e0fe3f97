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
use crate::report::{ExpectationReport, PartReport, RecordingReport, Report, Summary, VisitReport};

/// The report as one text.
///
/// # Errors
/// If a library can't write it.
pub fn write(report: &Report, format: Format, allow_unknown: bool) -> Result<String> {
    Ok(match format {
        Format::Text => text::write(report),
        Format::Json => serde_json::to_string_pretty(report)? + "\n",
        Format::Junit => junit::write(report, &Marks::new(report, allow_unknown))?,
        Format::Github => github::write(report, &Marks::new(report, allow_unknown)),
        Format::Tap => tap::write(report, &Marks::new(report, allow_unknown)),
    })
}

/// The status of an expectation in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Passed,
    Failed,
    /// It couldn't be judged, which counts as a failure.
    Undecided,
    /// It doesn't apply, or doesn't have to be judged.
    Skipped,
}

/// The marks of a report. If the exit code isn't 0, at least one of them fails.
struct Marks<'a> {
    summary: &'a [Summary],
    allow_unknown: bool,
}

impl<'a> Marks<'a> {
    fn new(report: &'a Report, allow_unknown: bool) -> Self {
        Self { summary: &report.summary, allow_unknown }
    }

    /// The mark of the expectation at this index, in a recording with this outcome.
    fn of(&self, number: usize, outcome: Outcome) -> Mark {
        let is_judged_elsewhere = outcome == Outcome::NotJudged && self.summary[number].outcome != outcome;
        match outcome {
            Outcome::Met => Mark::Passed,
            Outcome::NotMet => Mark::Failed,
            // The recordings contain no page that the expectation applies to.
            Outcome::NotVisited if self.summary.iter().all(|one| one.outcome == outcome) => Mark::Undecided,
            Outcome::NotVisited => Mark::Skipped,
            _ if self.allow_unknown || is_judged_elsewhere => Mark::Skipped,
            Outcome::CannotBeKnown | Outcome::NotYet | Outcome::NotJudged => Mark::Undecided,
        }
    }

    /// The expectations of a recording, each with its mark.
    fn in_recording<'b>(&self, recording: &'b RecordingReport) -> impl Iterator<Item = (&'b ExpectationReport, Mark)> {
        let all = recording.expectations.iter().enumerate();
        all.map(|(number, expectation)| (expectation, self.of(number, expectation.outcome)))
    }
}

/// The details of an expectation that isn't met or wasn't judged: a line for each part, with the URL.
fn details(expectation: &ExpectationReport) -> Vec<String> {
    let visits = expectation.visits.iter().filter(|visit| visit.outcome == expectation.outcome);
    let parts = visits.flat_map(|visit| visit.parts.iter().map(move |part| (visit, part)));
    let open = parts.filter(|(_, part)| part.outcome != Outcome::Met);
    let place = |visit: &VisitReport| if visit.url.is_empty() { String::new() } else { format!("{}: ", visit.url) };
    open.map(|(visit, part)| place(visit) + &detail(part)).collect()
}

/// The details of one part, in one line.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{exit_code, summarize};
    use Outcome::*;

    const ALL: [Outcome; 6] = [NotMet, CannotBeKnown, NotYet, Met, NotJudged, NotVisited];

    fn recording(outcomes: &[Outcome]) -> RecordingReport {
        let expectation =
            |outcome: &Outcome| ExpectationReport { name: "it".into(), outcome: *outcome, visits: vec![] };
        RecordingReport { file: "a.json".into(), expectations: outcomes.iter().map(expectation).collect() }
    }

    /// Two recordings with two expectations, each with these outcomes.
    fn report([a, b, c, d]: [Outcome; 4]) -> Report {
        let recordings = vec![recording(&[a, b]), recording(&[c, d])];
        let summary = summarize(&recordings);
        Report { schema: "", expectations: String::new(), recordings, summary }
    }

    #[test]
    fn the_marks_fail_when_the_exit_code_does() {
        let outcomes = |number: usize| [1, 6, 36, 216].map(|place| ALL[number / place % ALL.len()]);
        for (number, allow_unknown) in (0..6_usize.pow(4)).flat_map(|number| [(number, false), (number, true)]) {
            let report = report(outcomes(number));
            let marks = Marks::new(&report, allow_unknown);
            let all: Vec<_> =
                report.recordings.iter().flat_map(|one| marks.in_recording(one)).map(|(_, mark)| mark).collect();
            let expected = match exit_code(&report.summary, allow_unknown) {
                0 => [false, false],
                1 => [true, all.contains(&Mark::Undecided)],
                _ => [false, true],
            };
            let has = [all.contains(&Mark::Failed), all.contains(&Mark::Undecided)];
            assert_eq!(has, expected, "{:?} {allow_unknown}", outcomes(number));
        }
    }
}
