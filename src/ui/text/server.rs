//! The server's view, as text.

use crate::ui::i18n::*;
use inspector_core::upscope_api::base_url::BaseUrlError;
use inspector_core::upscope_api::compare::{Agreement, ComparisonLine, Missing, Pending, Reason};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::query::SearchKind;
use inspector_core::upscope_api::visitor::ServerValue;

/// The maximum length of a server's value in a sentence, in characters.
const SHOWN: usize = 300;

/// Why there is no answer, and how to fix that.
pub fn problem(problem: &ApiProblem) -> String {
    match problem {
        ApiProblem::NoAccount => PROBLEM_NO_ACCOUNT,
        ApiProblem::KeyGone => ACCOUNT_KEY_GONE,
        ApiProblem::NoPermission => PROBLEM_NO_PERMISSION,
        ApiProblem::InvalidKey => PROBLEM_INVALID_KEY,
        ApiProblem::NoSubscription => PROBLEM_NO_SUBSCRIPTION,
        ApiProblem::NotEnabled => PROBLEM_NOT_ENABLED,
        ApiProblem::ContactTeam => PROBLEM_CONTACT_TEAM,
        ApiProblem::OverLimit => PROBLEM_OVER_LIMIT,
        ApiProblem::NotFound => PROBLEM_NOT_FOUND,
        ApiProblem::RateLimited(None) => PROBLEM_RATE_LIMITED,
        ApiProblem::RateLimited(Some(seconds)) => return words::problem_rate_limited_for(&seconds.to_string()),
        ApiProblem::ServerFailed(status) => return words::problem_server_failed(&status.to_string()),
        ApiProblem::Refused(status, text) => return words::problem_refused(&status.to_string(), text),
        ApiProblem::Redirected => PROBLEM_REDIRECTED,
        ApiProblem::Offline => PROBLEM_OFFLINE,
        ApiProblem::Unreachable => PROBLEM_UNREACHABLE,
        ApiProblem::TimedOut => PROBLEM_TIMED_OUT,
        ApiProblem::TooLarge => PROBLEM_TOO_LARGE,
        ApiProblem::CutOff => PROBLEM_CUT_OFF,
        ApiProblem::NotJson => PROBLEM_NOT_JSON,
        ApiProblem::NotUnderstood => PROBLEM_NOT_UNDERSTOOD,
        ApiProblem::Cancelled => PROBLEM_CANCELLED,
        ApiProblem::NoBackground => PROBLEM_NO_BACKGROUND,
        ApiProblem::BackgroundFailed(why) => return words::problem_background_failed(why),
        ApiProblem::NoTab(why) => return words::problem_no_tab(why),
        ApiProblem::NotStored => PROBLEM_NOT_KEPT,
        ApiProblem::NoWatching => PROBLEM_NO_WATCHING,
        ApiProblem::VisitorOffline => PROBLEM_VISITOR_OFFLINE,
        ApiProblem::Managed => PROBLEM_MANAGED,
        ApiProblem::NoAgent => WATCH_NO_NAME,
    }
    .text()
}

/// The error in a typed URL.
pub fn base_error(error: BaseUrlError) -> Message {
    match error {
        BaseUrlError::Empty => BASE_EMPTY,
        BaseUrlError::NotAnAddress => BASE_NOT_AN_ADDRESS,
        BaseUrlError::NotEncrypted => BASE_NOT_ENCRYPTED,
        BaseUrlError::NoVersion => BASE_NO_VERSION,
    }
}

/// The stable name of an error in a URL.
pub fn base_error_key(error: BaseUrlError) -> &'static str {
    match error {
        BaseUrlError::Empty => "empty",
        BaseUrlError::NotAnAddress => "not-an-address",
        BaseUrlError::NotEncrypted => "not-encrypted",
        BaseUrlError::NoVersion => "no-version",
    }
}

/// The name of a kind of token.
pub fn search_kind(kind: SearchKind) -> Message {
    match kind {
        SearchKind::LookupCode => FIELD_LOOKUP_CODE,
        SearchKind::UniqueId => FIELD_UNIQUE_ID,
        SearchKind::Email => FIND_EMAIL,
        SearchKind::Tag => FIND_TAG,
        SearchKind::IntegrationId => FIND_INTEGRATION_ID,
        SearchKind::Ip => FIND_IP,
        SearchKind::Text => FIND_TEXT,
    }
}

/// A line of the comparison.
pub fn line(line: &ComparisonLine) -> String {
    let there = || value(&line.there);
    match line.agreement {
        Agreement::Same => SERVER_SAME.text(),
        Agreement::NotYet(Pending::InQueue) => SERVER_IN_QUEUE.text(),
        Agreement::NotYet(Pending::OnTheWay) if line.there.value().is_none() => SERVER_NONE_YET.text(),
        Agreement::NotYet(Pending::OnTheWay) => words::server_on_the_way(&there()),
        Agreement::Unknown(Missing::There) => SERVER_UNKNOWN_THERE.text(),
        Agreement::Unknown(Missing::Here) if line.there.value().is_none() => SERVER_UNKNOWN_BOTH.text(),
        Agreement::Unknown(Missing::Here) => words::server_unknown_here(&there()),
        Agreement::Differs(reason) => difference(reason, &there()),
    }
}

fn difference(reason: Reason, there: &str) -> String {
    match reason {
        Reason::OtherAccount => words::server_other_account(there),
        Reason::OtherVisitor => words::server_other_visitor(there),
        Reason::Placeholder => words::server_placeholder(there),
        Reason::LiveChat => words::server_live_chat(there),
        Reason::Additive => words::server_additive(there),
        Reason::RemovedElsewhere => SERVER_REMOVED.text(),
        Reason::ChangedElsewhere => words::server_changed(there),
        Reason::CodeExpired => SERVER_CODE_EXPIRED.text(),
        Reason::Overrides => words::server_overrides(there),
    }
}

/// A server's value in a sentence.
fn value(value: &ServerValue<Vec<String>>) -> String {
    let Some(texts) = value.value() else { return SERVER_NO_VALUE.text() };
    let whole = texts.join(", ");
    match whole.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

/// Yes or no; nothing if it is unknown.
pub fn yes_no(known: &ServerValue<bool>) -> Option<String> {
    known.value().map(|yes| if *yes { YES } else { NO }.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_shortened() {
        let long = ComparisonLine {
            key: "uniqueId",
            there: ServerValue::Value(vec!["é".repeat(1000)]),
            agreement: Agreement::Differs(Reason::ChangedElsewhere),
        };
        let text = line(&long);
        assert!(text.contains(&format!("{}…", "é".repeat(SHOWN))) && !text.contains(&"é".repeat(SHOWN + 1)), "{text}");
    }

    #[test]
    fn a_missing_value_is_shown_as_none() {
        let line = |agreement, there| line(&ComparisonLine { key: "tags", there, agreement });
        assert_eq!(line(Agreement::NotYet(Pending::OnTheWay), ServerValue::None), "Not on the server yet");
        let texts = line(Agreement::Differs(Reason::Placeholder), ServerValue::None);
        assert!(texts.starts_with("Server: none."), "{texts}");
    }
}
