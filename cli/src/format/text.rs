//! The format for people.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use inspector_core::expectations::Outcome;

use super::details;
use crate::describe;
use crate::report::Report;

const ALL: [Outcome; 6] =
    [Outcome::Met, Outcome::NotMet, Outcome::CannotBeKnown, Outcome::NotYet, Outcome::NotJudged, Outcome::NotVisited];

pub fn write(report: &Report) -> String {
    let mut out = String::new();
    for recording in &report.recordings {
        line(&mut out, &one_line(&recording.file));
        for expectation in &recording.expectations {
            let (sign, style) = sign(expectation.outcome);
            let name = one_line(&expectation.name);
            line(&mut out, &format!("  {style}{sign} {}{style:#} {name}", describe::outcome(expectation.outcome)));
            if expectation.outcome != Outcome::Met {
                details(expectation).iter().for_each(|detail| line(&mut out, &format!("      {}", one_line(detail))));
            }
        }
    }
    let counts =
        ALL.iter().map(|outcome| (report.summary.iter().filter(|one| one.outcome == *outcome).count(), outcome));
    let counts = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, outcome)| format!("{count} {}", describe::outcome(*outcome)));
    line(&mut out, &counts.collect::<Vec<_>>().join(", "));
    out
}

fn line(out: &mut String, text: &str) {
    _ = writeln!(out, "{text}");
}

fn sign(outcome: Outcome) -> (char, Style) {
    let color = |color: AnsiColor| color.on_default();
    match outcome {
        Outcome::Met => ('✓', color(AnsiColor::Green)),
        Outcome::NotMet => ('✗', color(AnsiColor::Red)),
        Outcome::CannotBeKnown | Outcome::NotYet | Outcome::NotJudged => ('?', color(AnsiColor::Yellow)),
        Outcome::NotVisited => ('-', Style::new().dimmed()),
    }
}

/// A page controls its values, so characters that control a terminal or change the direction of text are removed.
pub fn one_line(text: &str) -> String {
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || turns(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_page_controls_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2J\nb\u{202e}c é"), "a\u{fffd}[2J\u{fffd}b\u{fffd}c é");
    }
}
