//! `test`: visits pages in a browser and judges what they tell Upscope.

use std::time::Duration;

use anyhow::Result;
use inspector_core::expectations::{Awaited, Expectations, Judged, Recorded, Trigger, Verdict, When, judge};

use crate::arguments::TestArguments;
use crate::report::Writer;
use crate::visit::{self, Recorder, recorded_until};
use crate::{check, record};

/// Visits, prints the verdicts, and returns the exit code.
///
/// # Errors
/// If a file can't be read or written, or a page or a step fails.
pub fn run(arguments: &TestArguments) -> Result<u8> {
    let expectations = check::read_expectations(&arguments.expect)?;
    let outcome = visit::run(&arguments.visit, &|recorder, since| is_decided(&expectations, recorder, since))?;
    if let Some(out) = &arguments.out {
        record::write(&outcome, out, arguments.verdicts.mask)?;
    }
    let (timeline, history) = (outcome.recorder.timeline(), outcome.recorder.history());
    let mut writer = Writer::new(timeline, arguments.verdicts.mask, &outcome.secrets);
    let name = arguments.visit.urls.first().map_or_else(|| "the steps".to_owned(), |url| writer.url(url));
    let report = writer.recording(name, &judge(&expectations, &Recorded::ended(timeline, history, outcome.at, false)));
    record::finish(outcome)?;
    check::print(&arguments.expect, vec![report], &arguments.verdicts)
}

/// Whether no verdict on the current page, open for `since`, is worth waiting for.
fn is_decided(expectations: &Expectations, recorder: &Recorder, since: Duration) -> bool {
    let (timeline, history) = (recorder.timeline(), recorder.history());
    let recorded = Recorded { timeline, history, until: recorded_until(), masked: false, goes_on: true };
    let judged = judge(expectations, &recorded);
    let is_awaited = |judged: &Judged| {
        let mut verdicts = judged.visits.iter().flat_map(|visit| &visit.verdicts);
        verdicts.any(|(_, verdict)| may_change(verdict, &judged.expectation.when, since))
    };
    !judged.iter().any(is_awaited)
}

/// Whether a verdict is worth waiting for. A page is expected to connect, so a connection is awaited until the time
/// limit. Any other trigger may never happen on this page, so it is awaited only as long as the time that it would
/// start.
fn may_change(verdict: &Verdict, when: &When, since: Duration) -> bool {
    match verdict {
        Verdict::NotYet { awaited: Awaited::End(_) } => true,
        Verdict::NotYet { awaited: Awaited::Trigger } if when.after == Trigger::Connected => true,
        Verdict::NotYet { .. } => since < Duration::from_millis(when.within.millis().unsigned_abs()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::expectations::{Format, SCHEMA, read};

    #[test]
    fn a_page_waits_for_what_may_happen_on_it() {
        let when = |after: &str| {
            let text = format!(
                r#"{{"schema": "{SCHEMA}", "expectations": [{{"name": "it", "pages": ["https://acme.test/*"],
                "when": {{"after": "{after}", "within": 2}}, "expect": {{"connected": true}}}}]}}"#
            );
            read(&text, Format::Json).unwrap().expectations[0].when.clone()
        };
        let waits = |awaited, after: &str, seconds| {
            may_change(&Verdict::NotYet { awaited }, &when(after), Duration::from_secs(seconds))
        };
        assert!(waits(Awaited::End(1), "load", 9) && waits(Awaited::Trigger, "connected", 9));
        assert!(waits(Awaited::Trigger, "logout", 1) && !waits(Awaited::Trigger, "logout", 2));
        assert!(waits(Awaited::LogOut, "connected", 1) && !waits(Awaited::LogOut, "connected", 2));
        assert!(!may_change(&Verdict::Met { entry: None }, &when("load"), Duration::ZERO));
    }
}
