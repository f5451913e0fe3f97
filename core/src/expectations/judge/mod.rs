//! Compares a recording with expectations.

mod calls;
mod fields;
mod sdk;

use super::file::Expectation;
use super::page::Page;
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
        let unjudged = |page: &Page, url: &str, since, verdict| {
            let (document, verdicts) = (page.history.document, vec![(Subject::Visit, verdict)]);
            VisitVerdict { document, url: url.to_owned(), since, verdicts }
        };
        let visit = match visit {
            Ok(visit) => visit,
            Err((page, address, reason)) => {
                let verdict = Verdict::CannotBeKnown { reason };
                out.push(unjudged(page, address.url, address.entry, verdict));
                continue;
            }
        };
        let begin = visit.begin();
        let windows = visit.windows(tab, expectation);
        if windows.is_empty() {
            out.push(unjudged(visit.page, begin.url, begin.entry, visit.untriggered()));
        }
        if let Some(next) = windows.get(MAX_WINDOWS) {
            out.push(unjudged(visit.page, begin.url, next.since, Verdict::CannotBeKnown { reason: Reason::TooMany }));
        }
        out.extend(windows.iter().take(MAX_WINDOWS).map(|window| VisitVerdict {
            document: visit.page.history.document,
            url: begin.url.to_owned(),
            since: window.since,
            verdicts: judge_window(tab, window, expectation),
        }));
    }
    out
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
