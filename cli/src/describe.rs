//! Describes the expected value, and why a verdict can't be known, in English.

use inspector_core::expectations::{Awaited, Count, Outcome, Reason, Requirement};

/// Why a verdict is still open. Empty if only the time isn't over.
pub fn awaited(awaited: Awaited) -> Option<&'static str> {
    match awaited {
        Awaited::End(_) => None,
        Awaited::Trigger => Some("what begins the time has not happened yet"),
        Awaited::LogOut => Some("the visitor has not logged out yet"),
    }
}

/// The expected value.
pub fn requirement(requirement: &Requirement) -> String {
    match requirement {
        Requirement::Present => "a value that is not empty".to_owned(),
        Requirement::Absent => "no value".to_owned(),
        Requirement::OneOf(values) => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
        Requirement::Matches(pattern) => format!("text that matches `{pattern}`"),
        Requirement::Type(name @ ("array" | "object")) => format!("an {name}"),
        Requirement::Type(name) => format!("a {name}"),
        Requirement::Count(count) => self::count(*count),
        Requirement::Includes(item) => format!("the item {item:?}"),
        Requirement::Excludes(item) => format!("no item {item:?}"),
        Requirement::System(system) => format!("an ID of the system `{system}`"),
        Requirement::Never(flaw) => format!("no value with the flaw `{flaw}`"),
        Requirement::SetBy(setters) => format!("a value set by `{}`", setters.join("` or `")),
        Requirement::Before(ms) => format!("a value set within {} of the start of the page load", seconds(*ms)),
        Requirement::NotOverwritten => "a value that is not overwritten in the same page load".to_owned(),
        Requirement::Called(name) => format!("a call to `{name}`"),
        Requirement::NotCalled(name) => format!("no call to `{name}`"),
        Requirement::CalledOnce(name) => format!("at most one call to `{name}`"),
        Requirement::CalledAfter(before, after) => format!("`{before}` called before `{after}`"),
        Requirement::ResetOnLogout => {
            "a call to `reset`, or `null` as the unique ID, when the visitor logs out".to_owned()
        }
        Requirement::NoFinding(check) => format!("no finding of the check `{check}`"),
        Requirement::Connected => "a connection".to_owned(),
        Requirement::NotConnected => "no connection".to_owned(),
        Requirement::AtLeast(version) => format!("version {version} or later"),
    }
}

/// Why a verdict can't be known.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::EntriesMissing => "entries of the recording are missing",
        Reason::PagesMissing => "page loads of the recording are missing",
        Reason::Unread => "the value was not recorded as a whole",
        Reason::Masked => "the recording is masked",
        Reason::SetterUnknown => "nothing shows who set the value",
        Reason::Edited => "a person edited the value with the inspector",
        Reason::CallsUnseen => "the page passes calls past the recorder",
        Reason::NotReported => "the SDK does not report the value, or not in a known form",
        Reason::TooMany => "there are more visits, triggers or URLs than are judged",
        Reason::FindingsOmitted => "a check found more in the page than is kept",
        Reason::PageLeft => "the visitor left the page before the time was over",
        Reason::NotTriggered => "what begins the time did not happen",
        Reason::NotLoggedOut => "the visitor did not log out",
    }
}

/// The outcome in words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotMet => "not met",
        Outcome::CannotBeKnown => "cannot be known",
        Outcome::NotYet => "not yet",
        Outcome::Met => "met",
        Outcome::NotJudged => "not judged",
        Outcome::NotVisited => "not visited",
    }
}

/// A time in seconds: `1.25 s`.
pub fn seconds(ms: i64) -> String {
    format!("{} s", ms as f64 / 1000.0)
}

fn count(count: Count) -> String {
    match (count.at_least, count.at_most) {
        (least, None) => format!("{least} items or more"),
        (0, Some(most)) => format!("at most {most} items"),
        (least, Some(most)) if least == most => format!("{least} items"),
        (least, Some(most)) => format!("{least} to {most} items"),
    }
}
