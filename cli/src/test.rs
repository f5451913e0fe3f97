//! `test`: visits pages in a browser and judges what they tell Upscope.

use std::time::Duration;

use anyhow::Result;
use inspector_core::expectations::{Expectations, Outcome, Recorded, judge};

use crate::arguments::TestArguments;
use crate::report::Writer;
use crate::visit::{self, Recorder, now};
use crate::{check, record};

/// How long a relay may take to hand over what happened. What is younger is not judged, because something may be missing.
const IN_TRANSIT: Duration = Duration::from_millis(250);

/// Visits, prints the verdicts, and returns the exit code.
///
/// # Errors
/// If a file can't be read or written, or a page or a step fails.
pub fn run(arguments: &TestArguments) -> Result<u8> {
    let expectations = check::read_expectations(&arguments.expect)?;
    let outcome = visit::run(&arguments.visit, &|recorder, _| is_decided(&expectations, recorder))?;
    if let Some(out) = &arguments.out {
        record::write(&outcome, out, arguments.verdicts.mask)?;
    }
    let recorded = recorded(&outcome.recorder, outcome.at);
    let mut writer = Writer::new(recorded.timeline, arguments.verdicts.mask, &outcome.secrets);
    let name = arguments.visit.urls.first().map_or_else(|| "the steps".to_owned(), |url| writer.url(url));
    let report = writer.recording(name, &judge(&expectations, &recorded));
    record::finish(outcome)?;
    check::print(&arguments.expect, vec![report], &arguments.verdicts)
}

fn recorded(recorder: &Recorder, now: i64) -> Recorded<'_> {
    let now = now.saturating_sub_unsigned(IN_TRANSIT.as_millis() as u64);
    Recorded { timeline: recorder.timeline(), history: recorder.history(), now, masked: false }
}

/// Whether nothing is awaited on the page that is shown.
fn is_decided(expectations: &Expectations, recorder: &Recorder) -> bool {
    let judged = judge(expectations, &recorded(recorder, now()));
    let mut verdicts = judged.iter().flat_map(|judged| &judged.visits).flat_map(|visit| &visit.verdicts);
    !verdicts.any(|(_, verdict)| verdict.outcome() == Outcome::NotYet)
}
