//! Verdicts on the SDK and on the findings of the checks.

use crate::expectations::limited::{List, Name};
use crate::expectations::page::RegionSource;
use crate::expectations::parts::FindingsExpectation;
use crate::expectations::recorded::Tab;
use crate::expectations::sdk_version::SdkVersion;
use crate::expectations::verdict::{Reason, Requirement, Verdict};
use crate::expectations::visit::Window;
use crate::recording::entry::EntryId;
use crate::recording::history::Phase;
use crate::visitor::page_value::PageValue;

pub(super) fn findings(tab: &Tab, window: &Window, expected: &FindingsExpectation) -> Verdict {
    let fails = |check: &str, severity| {
        severity <= expected.fail && expected.allow.iter().all(|allowed| allowed.as_str() != check)
    };
    let findings = tab.checked().findings.iter();
    for finding in findings.filter(|finding| fails(finding.check, finding.severity)) {
        if let Some(entry) = window.page.first_of(&finding.evidence, window.first, window.until) {
            // A missing entry may disprove it.
            if window.page.has_hole_until(window.end) {
                return Verdict::CannotBeKnown { reason: Reason::EntriesMissing };
            }
            let value = finding.about.value.clone();
            let requirement = Requirement::NoFinding(finding.check);
            return Verdict::NotMet { requirement, value, entry: Some(entry) };
        }
    }
    window.never_seen(tab.omitted(window.page, |omission| fails(omission.check, omission.severity)))
}

/// Whether the SDK connects in the time, or never in the visit.
pub(super) fn connected(window: &Window, is_expected: bool) -> Verdict {
    let history = window.page.history;
    let handshake =
        history.marks.handshakes.iter().find(|mark| mark.t <= if is_expected { window.to } else { window.end });
    match (is_expected, handshake) {
        (true, Some(mark)) => Verdict::Met { entry: Some(mark.entry) },
        // The entry of the handshake is missing, and later entries show it.
        (true, None) if history.phase == Phase::Ready && history.marks.handshakes.is_empty() => {
            Verdict::CannotBeKnown { reason: Reason::EntriesMissing }
        }
        (true, None) => window.missing(None, || (Requirement::Connected, None, None)),
        (false, Some(mark)) => {
            Verdict::NotMet { requirement: Requirement::NotConnected, value: None, entry: Some(mark.entry) }
        }
        (false, None) => window.never_seen(None),
    }
}

pub(super) fn version(window: &Window, least: &SdkVersion) -> Verdict {
    let requirement = || Requirement::AtLeast(least.as_str().to_owned());
    let seen = window.page.history.marks.versions.iter().rfind(|mark| mark.t <= window.to);
    let Some(seen) = seen else { return window.missing(None, || (requirement(), None, None)) };
    match SdkVersion::parse(&seen.value) {
        None => Verdict::CannotBeKnown { reason: Reason::NotReported },
        Some(version) if version.is_at_least(least) => Verdict::Met { entry: Some(seen.entry) },
        Some(_) => {
            let value = Some(PageValue::Text(seen.value.clone()));
            Verdict::NotMet { requirement: requirement(), value, entry: Some(seen.entry) }
        }
    }
}

pub(super) fn region(window: &Window, regions: &List<Name>) -> Verdict {
    let Some((entry, region)) = find_region(window) else {
        return window.missing(Some(Reason::NotReported), || (Requirement::Present, None, None));
    };
    if regions.iter().any(|one| **one == *region) {
        return Verdict::Met { entry: Some(entry) };
    }
    let expected = regions.iter().map(|one| one.to_string().into()).collect();
    window.missing(None, || (Requirement::OneOf(expected), Some(PageValue::Text(region.to_owned())), Some(entry)))
}

/// The region in effect: that of the configuration, the stored one or the account's, in this order
/// (docs/sdk-reference.md#configuration).
fn find_region<'a>(window: &Window<'_, 'a>) -> Option<(EntryId, &'a str)> {
    let regions = || window.page.regions.iter().rev().filter(|region| region.t <= window.to);
    let last = |source| regions().find(|region| region.source == source);
    let found =
        [RegionSource::Configuration, RegionSource::Storage, RegionSource::Account].into_iter().find_map(last)?;
    (!found.name.is_empty()).then_some((found.entry, found.name))
}
