//! Compares a recording with expectations.

mod calls;
mod fields;
mod sdk;

use super::file::Expectation;
use super::recorded::{Recorded, Tab};
use super::verdict::{Judged, Reason, Subject, Verdict, VisitVerdict};
use super::visit::{MAX_WINDOWS, Window, visits};

/// Compares the recorded pages with every expectation. Never fails. The result depends only on the entries, not on the
/// order in which they arrived.
pub fn judge<'e>(expectations: impl IntoIterator<Item = &'e Expectation>, recorded: &Recorded) -> Vec<Judged<'e>> {
    let tab = Tab::new(recorded);
    let judged = |expectation| Judged { expectation, visits: judge_visits(&tab, expectation) };
    expectations.into_iter().map(judged).collect()
}

fn judge_visits(tab: &Tab, expectation: &Expectation) -> Vec<VisitVerdict> {
    let mut out = vec![];
    for visit in visits(tab, expectation) {
        let visit = match visit {
            Ok(visit) => visit,
            Err((page, address, reason)) => {
                let document = Some(page.history.document);
                out.push(VisitVerdict::unjudged(document, address.url, address.entry, unknown(reason)));
                continue;
            }
        };
        let (document, begin) = (Some(visit.page.history.document), visit.begin());
        let windows = visit.windows(tab, expectation);
        if windows.is_empty() {
            out.push(VisitVerdict::unjudged(document, begin.url, begin.entry, visit.untriggered(tab)));
        }
        if let Some(next) = windows.get(MAX_WINDOWS) {
            out.push(VisitVerdict::unjudged(document, begin.url, next.since, unknown(Reason::TooMany)));
        }
        out.extend(windows.iter().take(MAX_WINDOWS).map(|window| VisitVerdict {
            document,
            url: begin.url.to_owned(),
            since: window.since,
            verdicts: judge_window(tab, window, expectation),
        }));
    }
    if tab.is_in_part {
        out.push(VisitVerdict::unjudged(None, "", None, unknown(Reason::PagesMissing)));
    }
    out
}

fn unknown(reason: Reason) -> Verdict {
    Verdict::CannotBeKnown { reason }
}

fn judge_window(tab: &Tab, window: &Window, expectation: &Expectation) -> Vec<(Subject, Verdict)> {
    let expected = &expectation.expect;
    let mut verdicts = vec![];
    for (field, expected) in &expected.fields {
        if let Some(expected) = expected {
            fields::judge(tab, window, field, expected, &mut verdicts);
        }
    }
    if let Some(expected) = &expected.calls {
        calls::judge(tab, window, expected, &mut verdicts);
    }
    if let Some(expected) = &expected.findings {
        verdicts.push((Subject::Findings, sdk::findings(tab, window, expected)));
    }
    if let Some(is_expected) = expected.connected {
        verdicts.push((Subject::Connected, sdk::connected(window, is_expected)));
    }
    if let Some(expected) = &expected.sdk {
        verdicts.extend(expected.at_least.as_ref().map(|least| (Subject::SdkVersion, sdk::version(window, least))));
        verdicts.extend(expected.region.as_ref().map(|regions| (Subject::Region, sdk::region(window, regions))));
    }
    verdicts
}
