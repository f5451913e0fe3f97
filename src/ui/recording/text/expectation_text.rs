//! Texts for verdicts on expectations.

use crate::ui::i18n::*;
use crate::ui::recording::text::check_text;
use crate::ui::stored_list::ListError;
use crate::ui::text::number::grouped;
use crate::ui::text::{clock, field_text};
use inspector_core::expectations::{
    Awaited, Count, Expectation, NotExpectations, Outcome, Reason, Requirement, Subject, Trigger, Verdict,
};
use inspector_core::named_list::ListChangeError;

/// Maximum number of characters of a value of the file, which may be long.
const MAX_VALUE: usize = 300;

pub fn outcome(outcome: Outcome) -> Message {
    match outcome {
        Outcome::NotMet => OUTCOME_NOT_MET,
        Outcome::CannotBeKnown => OUTCOME_UNKNOWN,
        Outcome::NotYet => OUTCOME_NOT_YET,
        Outcome::Met => OUTCOME_MET,
        Outcome::NotJudged => OUTCOME_NOT_JUDGED,
        Outcome::NotVisited => OUTCOME_NOT_VISITED,
    }
}

/// When an expectation must hold.
pub fn when(expectation: &Expectation) -> String {
    when_with(expectation, str::to_owned)
}

/// The same, with the name of a call in another form.
pub fn when_with(expectation: &Expectation, format_call: impl FnOnce(&str) -> String) -> String {
    let time = clock::length(expectation.when.within.millis());
    match &expectation.when.after {
        Trigger::Load => words::when_load(&time),
        Trigger::Connected => words::when_connected(&time),
        Trigger::Login => words::when_login(&time),
        Trigger::Logout => words::when_logout(&time),
        Trigger::Call(name) => words::when_call(&time, &format_call(name)),
    }
}

/// The part of an expectation.
pub fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Visit => SUBJECT_VISIT.text(),
        Subject::Field(one) => field_text::name(*one).text(),
        Subject::Key(key) => words::subject_key(key),
        Subject::Calls(_) => CALLS_WORD.text(),
        Subject::Findings => REC_CHECKS.text(),
        Subject::Connected => SUBJECT_CONNECTED.text(),
        Subject::SdkVersion => DETAIL_SDK.text(),
        Subject::Region => DETAIL_REGION.text(),
    }
}

/// What was expected.
pub fn requirement(requirement: &Requirement) -> String {
    match requirement {
        Requirement::Present => REQ_PRESENT.text(),
        Requirement::Absent => REQ_ABSENT.text(),
        Requirement::OneOf(values) => one_of(values),
        Requirement::Matches(pattern) => words::req_matches(pattern),
        Requirement::Type(name) => words::req_type(name),
        Requirement::Count(count) => self::count(*count),
        Requirement::Includes(item) => words::req_includes(item),
        Requirement::Excludes(item) => words::req_excludes(item),
        Requirement::System(system) => words::req_system(system),
        Requirement::Never(flaw) => words::req_never(flaw),
        Requirement::SetBy(setters) => words::req_set_by(&setters.join(", ")),
        Requirement::Before(ms) => words::req_before(&clock::length(*ms)),
        Requirement::NotOverwritten => REQ_NOT_OVERWRITTEN.text(),
        Requirement::Called(name) => words::req_called(name),
        Requirement::NotCalled(name) => words::req_not_called(name),
        Requirement::CalledOnce(name) => words::req_called_once(name),
        Requirement::CalledAfter(first, second) => words::req_called_after(first, second),
        Requirement::ResetOnLogout => REQ_RESET.text(),
        Requirement::NoFinding(id) => {
            let title = check_text::texts(id).map_or_else(|| (*id).to_owned(), |texts| texts.title.text());
            words::req_no_finding(&title)
        }
        Requirement::Connected => REQ_CONNECTED.text(),
        Requirement::NotConnected => REQ_NOT_CONNECTED.text(),
        Requirement::AtLeast(version) => words::req_version(version),
    }
}

fn one_of(values: &[serde_json::Value]) -> String {
    let texts: Vec<_> = values.iter().map(|value| shorten(&value.to_string())).collect();
    match &texts[..] {
        [only] => only.clone(),
        all => words::req_one_of(&all.join(", ")),
    }
}

/// The text, cut with a mark.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn count(count: Count) -> String {
    match (count.at_least, count.at_most) {
        (least, None) => words::req_count_least(&grouped(least)),
        (0, Some(most)) => words::req_count_most(&grouped(most)),
        (least, Some(most)) => words::req_count_range(&grouped(least), &grouped(most)),
    }
}

/// Why a verdict is open or can't be known; `None` for any other.
pub fn reason(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::NotYet { awaited } => Some(match awaited {
            Awaited::End(left) => words::expectation_left(&clock::length(*left)),
            Awaited::Trigger => EXPECTATION_AWAITED.text(),
            Awaited::LogOut => EXPECTATION_NO_LOG_OUT_YET.text(),
        }),
        Verdict::CannotBeKnown { reason } => Some(unknown(*reason).text()),
        Verdict::Met { .. } | Verdict::NotMet { .. } => None,
    }
}

fn unknown(reason: Reason) -> Message {
    match reason {
        Reason::EntriesMissing => UNKNOWN_ENTRIES,
        Reason::PagesMissing => UNKNOWN_PAGES,
        Reason::Unread => UNKNOWN_UNREAD,
        Reason::Masked => UNKNOWN_MASKED,
        Reason::SetterUnknown => UNKNOWN_SETTER,
        Reason::Edited => UNKNOWN_EDITED,
        Reason::CallsUnseen => UNKNOWN_CALLS,
        Reason::NotReported => UNKNOWN_NOT_REPORTED,
        Reason::TooMany => UNKNOWN_TOO_MANY,
        Reason::FindingsOmitted => UNKNOWN_FINDINGS,
        Reason::PageLeft => UNKNOWN_LEFT,
        Reason::NotTriggered => UNKNOWN_NOT_TRIGGERED,
        Reason::NotLoggedOut => UNKNOWN_NOT_LOGGED_OUT,
    }
}

/// Where a file is wrong, and what was expected there.
pub fn not_expectations(error: &NotExpectations) -> String {
    words::expectation_error_at(&error.line.to_string(), &error.column.to_string(), &error.message)
}

pub fn storage_error(why: &ListError) -> String {
    match why {
        ListError::Refused(ListChangeError::NameTaken(_)) => EXPECTATION_ERROR_TAKEN.text(),
        ListError::Refused(ListChangeError::Full) => EXPECTATION_ERROR_FULL.text(),
        ListError::OtherVersion => EXPECTATION_ERROR_VERSION.text(),
        ListError::Browser(why) => words::error_not_stored(&why.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_value_is_marked() {
        assert_eq!(requirement(&Requirement::OneOf(vec!["é".into()])), "\"é\"");
        let long = requirement(&Requirement::OneOf(vec!["é".repeat(MAX_VALUE).into()]));
        assert_eq!(long, format!("\"{}…", "é".repeat(MAX_VALUE - 1)));
    }
}
