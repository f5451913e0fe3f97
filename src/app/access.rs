//! What a refused injection means. Decided by what the browser answers, never by a list of addresses.

use crate::protocol::message::{NoAccess, NotDone};

/// How much of the browser's own words is kept, in characters.
const WORDS: usize = 300;

/// Reads the error text of `scripting.executeScript` (texts *seen* in Chromium 156 and Firefox 153). `granted`: the
/// extension is known to have access to the tab's page. Both browsers refuse for want of permission a page that nobody
/// gave access to *and* some pages that are closed to extensions as such (`about:blank` and `view-source:` in Chromium,
/// the stores, error pages and viewers in Firefox); only that knowledge tells them apart.
pub fn no_access(error: &str, granted: bool) -> NoAccess {
    let says = |words: &[&str]| words.iter().any(|word| has(error, word));
    if says(&["No tab with id", "Invalid tab ID"]) {
        NoAccess::NoTab
    } else if says(&["Cannot access a ", "cannot be scripted", "showing error page", "ExtensionsSettings policy"]) {
        NoAccess::Restricted
    } else if !says(&["Missing host permission", "Cannot access contents of"]) {
        NoAccess::Failed(error.chars().take(WORDS).collect())
    } else if granted {
        NoAccess::Restricted
    } else {
        NoAccess::NeedsGrant
    }
}

/// Reads the error text of an act's `scripting.executeScript`.
pub fn not_done(error: &str) -> NotDone {
    let gone = [
        "No tab with id",
        "Invalid tab ID",
        "No frame with id",
        "Invalid frame ID",
        "Invalid document",
        "No document with id",
    ];
    // Access that ended means that the page it was for is not there any more.
    let ungranted = ["Missing host permission", "Cannot access contents of"];
    match gone.iter().chain(&ungranted).any(|words| has(error, words)) {
        true => NotDone::Moved,
        false => NotDone::Failed(error.chars().take(WORDS).collect()),
    }
}

/// `text.contains(words)`, whose fast search is 2 % of the background's program.
fn has(text: &str, words: &str) -> bool {
    text.as_bytes().windows(words.len()).any(|part| part == words.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROMIUM_UNGRANTED: &str =
        "Cannot access contents of the page. Extension manifest must request permission to access the respective host.";

    #[test]
    fn pages_closed_to_extensions_are_restricted_whatever_was_granted() {
        let texts = [
            "Cannot access a chrome:// URL",
            "Cannot access a chrome-extension:// URL of different extension",
            "The extensions gallery cannot be scripted.",
            "Frame with ID 0 is showing error page",
            "This page cannot be scripted due to an ExtensionsSettings policy.",
        ];
        for text in texts {
            assert_eq!(
                [no_access(text, false), no_access(text, true)],
                [NoAccess::Restricted, NoAccess::Restricted],
                "{text}"
            );
        }
    }

    #[test]
    fn a_want_of_permission_is_one_only_where_none_was_given() {
        for text in
            [CHROMIUM_UNGRANTED, "Missing host permission for the tab", "Missing host permission for the tab or frames"]
        {
            assert_eq!(
                [no_access(text, false), no_access(text, true)],
                [NoAccess::NeedsGrant, NoAccess::Restricted],
                "{text}"
            );
        }
    }

    #[test]
    fn a_document_that_is_gone_was_not_acted_on() {
        let gone = [
            "Invalid document id 0A1B",
            "No document with id 0A1B in tab with id 3",
            "Invalid documentId: 2c5e",
            "No frame with id 7 in tab with id 3",
            "Invalid frame IDs: [7].",
            "No tab with id: 3",
            "Invalid tab ID: 3",
            CHROMIUM_UNGRANTED,
        ];
        for text in gone {
            assert_eq!(not_done(text), NotDone::Moved, "{text}");
        }
        assert_eq!(no_access("No tab with id: 3", true), NoAccess::NoTab);
    }

    #[test]
    fn anything_else_is_told_in_the_browsers_words() {
        let long = "x".repeat(1000);
        assert_eq!(no_access("odd", false), NoAccess::Failed("odd".into()));
        assert_eq!(not_done(&long), NotDone::Failed("x".repeat(WORDS)));
    }
}
