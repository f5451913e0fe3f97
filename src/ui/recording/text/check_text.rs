//! The texts of each check: its title, its importance, and its repair.

use crate::ui::i18n::*;

/// The texts of one check.
pub struct CheckTexts {
    pub title: Message,
    pub why: Message,
    pub repair: Message,
}

/// The texts by the check's ID; `None` for an unknown ID.
pub fn texts(id: &str) -> Option<CheckTexts> {
    let (_, [title, why, repair]) = TEXTS.iter().find(|(known, _)| *known == id)?;
    Some(CheckTexts { title: *title, why: *why, repair: *repair })
}

#[rustfmt::skip]
const TEXTS: &[(&str, [Message; 3])] = &[
    ("script-blocked", [CHECK_SCRIPT_BLOCKED, CHECK_SCRIPT_BLOCKED_WHY, CHECK_SCRIPT_BLOCKED_DO]),
    ("script-failed", [CHECK_SCRIPT_FAILED, CHECK_SCRIPT_FAILED_WHY, CHECK_SCRIPT_FAILED_DO]),
    ("sdk-never-came", [CHECK_SDK_NEVER_CAME, CHECK_SDK_NEVER_CAME_WHY, CHECK_SDK_NEVER_CAME_DO]),
    ("snippet-missing", [CHECK_SNIPPET_MISSING, CHECK_SNIPPET_MISSING_WHY, CHECK_SNIPPET_MISSING_DO]),
    ("snippet-twice", [CHECK_SNIPPET_TWICE, CHECK_SNIPPET_TWICE_WHY, CHECK_SNIPPET_TWICE_DO]),
    ("prototype-js", [CHECK_PROTOTYPE_JS, CHECK_PROTOTYPE_JS_WHY, CHECK_PROTOTYPE_JS_DO]),
    ("framed", [CHECK_FRAMED, CHECK_FRAMED_WHY, CHECK_FRAMED_DO]),
    ("no-public-key", [CHECK_NO_PUBLIC_KEY, CHECK_NO_PUBLIC_KEY_WHY, CHECK_NO_PUBLIC_KEY_DO]),
    ("init-missing", [CHECK_INIT_MISSING, CHECK_INIT_MISSING_WHY, CHECK_INIT_MISSING_DO]),
    ("init-not-first", [CHECK_INIT_NOT_FIRST, CHECK_INIT_NOT_FIRST_WHY, CHECK_INIT_NOT_FIRST_DO]),
    ("init-repeated", [CHECK_INIT_REPEATED, CHECK_INIT_REPEATED_WHY, CHECK_INIT_REPEATED_DO]),
    ("init-late", [CHECK_INIT_LATE, CHECK_INIT_LATE_WHY, CHECK_INIT_LATE_DO]),
    ("template", [CHECK_TEMPLATE, CHECK_TEMPLATE_WHY, CHECK_TEMPLATE_DO]),
    ("placeholder", [CHECK_PLACEHOLDER, CHECK_PLACEHOLDER_WHY, CHECK_PLACEHOLDER_DO]),
    ("escaped-text", [CHECK_ESCAPED_TEXT, CHECK_ESCAPED_TEXT_WHY, CHECK_ESCAPED_TEXT_DO]),
    ("padded-text", [CHECK_PADDED_TEXT, CHECK_PADDED_TEXT_WHY, CHECK_PADDED_TEXT_DO]),
    ("wrong-type", [CHECK_WRONG_TYPE, CHECK_WRONG_TYPE_WHY, CHECK_WRONG_TYPE_DO]),
    ("empty-member", [CHECK_EMPTY_MEMBER, CHECK_EMPTY_MEMBER_WHY, CHECK_EMPTY_MEMBER_DO]),
    ("tag-pattern", [CHECK_TAG_PATTERN, CHECK_TAG_PATTERN_WHY, CHECK_TAG_PATTERN_DO]),
    ("integration-pattern", [CHECK_INTEGRATION_PATTERN, CHECK_INTEGRATION_PATTERN_WHY, CHECK_INTEGRATION_PATTERN_DO]),
    ("metadata-not-flat", [CHECK_METADATA_NOT_FLAT, CHECK_METADATA_NOT_FLAT_WHY, CHECK_METADATA_NOT_FLAT_DO]),
    ("metadata-too-large", [CHECK_METADATA_TOO_LARGE, CHECK_METADATA_TOO_LARGE_WHY, CHECK_METADATA_TOO_LARGE_DO]),
    ("two-sdks", [CHECK_TWO_SDKS, CHECK_TWO_SDKS_WHY, CHECK_TWO_SDKS_DO]),
    ("server-complaint", [CHECK_SERVER_COMPLAINT, CHECK_SERVER_COMPLAINT_WHY, CHECK_SERVER_COMPLAINT_DO]),
    ("stopped-by-server", [CHECK_STOPPED_BY_SERVER, CHECK_STOPPED_BY_SERVER_WHY, CHECK_STOPPED_BY_SERVER_DO]),
    ("testing-key", [CHECK_TESTING_KEY, CHECK_TESTING_KEY_WHY, CHECK_TESTING_KEY_DO]),
    ("reset-same-tick", [CHECK_RESET_SAME_TICK, CHECK_RESET_SAME_TICK_WHY, CHECK_RESET_SAME_TICK_DO]),
    ("lost-waiting", [CHECK_LOST_WAITING, CHECK_LOST_WAITING_WHY, CHECK_LOST_WAITING_DO]),
    ("hanging-update", [CHECK_HANGING_UPDATE, CHECK_HANGING_UPDATE_WHY, CHECK_HANGING_UPDATE_DO]),
    ("nested-call", [CHECK_NESTED_CALL, CHECK_NESTED_CALL_WHY, CHECK_NESTED_CALL_DO]),
    ("dead-queue", [CHECK_DEAD_QUEUE, CHECK_DEAD_QUEUE_WHY, CHECK_DEAD_QUEUE_DO]),
    ("metadata-only-init", [CHECK_METADATA_ONLY_INIT, CHECK_METADATA_ONLY_INIT_WHY, CHECK_METADATA_ONLY_INIT_DO]),
    ("waiting-reset", [CHECK_WAITING_RESET, CHECK_WAITING_RESET_WHY, CHECK_WAITING_RESET_DO]),
    ("unique-id-changed", [CHECK_UNIQUE_ID_CHANGED, CHECK_UNIQUE_ID_CHANGED_WHY, CHECK_UNIQUE_ID_CHANGED_DO]),
    ("silent-logout", [CHECK_SILENT_LOGOUT, CHECK_SILENT_LOGOUT_WHY, CHECK_SILENT_LOGOUT_DO]),
    ("logout-leftovers", [CHECK_LOGOUT_LEFTOVERS, CHECK_LOGOUT_LEFTOVERS_WHY, CHECK_LOGOUT_LEFTOVERS_DO]),
    ("integration-ids-growing", [CHECK_INTEGRATION_IDS_GROWING, CHECK_INTEGRATION_IDS_GROWING_WHY, CHECK_INTEGRATION_IDS_GROWING_DO]),
    ("live-chat-replaced", [CHECK_LIVE_CHAT_REPLACED, CHECK_LIVE_CHAT_REPLACED_WHY, CHECK_LIVE_CHAT_REPLACED_DO]),
    ("undefined-overwrites", [CHECK_UNDEFINED_OVERWRITES, CHECK_UNDEFINED_OVERWRITES_WHY, CHECK_UNDEFINED_OVERWRITES_DO]),
    ("forced-connection", [CHECK_FORCED_CONNECTION, CHECK_FORCED_CONNECTION_WHY, CHECK_FORCED_CONNECTION_DO]),
    ("unknown-function", [CHECK_UNKNOWN_FUNCTION, CHECK_UNKNOWN_FUNCTION_WHY, CHECK_UNKNOWN_FUNCTION_DO]),
    ("overwritten", [CHECK_OVERWRITTEN, CHECK_OVERWRITTEN_WHY, CHECK_OVERWRITTEN_DO]),
    ("settings-override", [CHECK_SETTINGS_OVERRIDE, CHECK_SETTINGS_OVERRIDE_WHY, CHECK_SETTINGS_OVERRIDE_DO]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::checks::CHECKS;

    #[test]
    fn every_check_has_texts() {
        let mut checks: Vec<_> = CHECKS.iter().map(|check| check.id).collect();
        let mut texts: Vec<_> = TEXTS.iter().map(|(id, _)| *id).collect();
        checks.sort_unstable();
        texts.sort_unstable();
        assert_eq!(texts, checks);
    }

    #[test]
    fn every_check_has_a_unique_title() {
        let mut titles: Vec<_> = TEXTS.iter().map(|(_, [title, ..])| title.text()).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), TEXTS.len());
    }
}
