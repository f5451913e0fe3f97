//! What a refused injection means. Decided by what the browser answers, never by a list of addresses.

use crate::protocol::message::{NoAccess, NotDone};

/// How much of the browser's own words is kept, in characters.
const WORDS: usize = 300;

/// What a tab shows, where its address is that of a website.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Website {
    Page,
    /// A document that the browser shows by itself, as its address says.
    Document,
    /// The browser's own error page in its place.
    Error,
}

/// The website a tab shows, by its address where that is seen. `icon_of_browser`: the tab's icon is one of the browser's
/// own, which in Firefox tells an error page from the page that did not load (*seen*); no website can have one.
pub fn website(url: Option<&str>, icon_of_browser: bool) -> Option<Website> {
    let url = url.filter(|url| url.starts_with("http"))?;
    let path = url.split(['?', '#']).next().unwrap_or_default();
    Some(match () {
        () if icon_of_browser => Website::Error,
        () if path.ends_with(".pdf") => Website::Document,
        () => Website::Page,
    })
}

/// Why nothing runs in a tab that the browser has stopped.
pub fn asleep(frozen: bool, discarded: bool) -> Option<NoAccess> {
    match (frozen, discarded) {
        (_, true) => Some(NoAccess::Discarded),
        (true, false) => Some(NoAccess::Frozen),
        (false, false) => None,
    }
}

/// Reads the error text of `scripting.executeScript` (texts *seen* in Chromium 156 and Firefox 153). `granted`: the
/// extension is known to have access to the tab's page. Both browsers refuse for want of permission a page that nobody
/// gave access to *and* some pages that are closed to extensions as such (`about:blank` and `view-source:` in Chromium;
/// in Firefox the stores, error pages, viewers, and websites closed by policy or quarantine); only that knowledge tells
/// them apart, and `website` of the latter as much as can be told.
pub fn no_access(error: &str, granted: bool, website: Option<Website>) -> NoAccess {
    let says = |words: &[&str]| words.iter().any(|word| has(error, word));
    if says(&["No tab with id", "Invalid tab ID"]) {
        NoAccess::NoTab
    } else if says(&["ExtensionsSettings policy"]) {
        NoAccess::Policy
    } else if says(&["showing error page"]) {
        NoAccess::ErrorPage
    } else if says(&["Cannot access a ", "cannot be scripted"]) {
        NoAccess::Restricted
    } else if !says(&["Missing host permission", "Cannot access contents of"]) {
        NoAccess::Failed(error.chars().take(WORDS).collect())
    } else if !granted {
        NoAccess::NeedsGrant
    } else {
        match website {
            Some(Website::Page) => NoAccess::ClosedSite,
            Some(Website::Document) => NoAccess::Document,
            Some(Website::Error) => NoAccess::ErrorPage,
            None => NoAccess::Restricted,
        }
    }
}

/// Why an act cannot be begun in a tab that the browser has stopped.
pub fn not_begun(frozen: bool, discarded: bool) -> Option<NotDone> {
    match asleep(frozen, discarded)? {
        NoAccess::Discarded => Some(NotDone::Discarded),
        _ => Some(NotDone::Frozen),
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

    /// Every answer to an error text: without access, and with it on what the tab may show.
    fn answers(text: &str) -> Vec<NoAccess> {
        let shows = [None, Some(Website::Page), Some(Website::Document), Some(Website::Error)];
        let granted = shows.map(|website| no_access(text, true, website));
        [no_access(text, false, None)].into_iter().chain(granted).collect()
    }

    #[test]
    fn what_chromium_names_is_told_whatever_was_granted() {
        let texts = [
            ("Cannot access a chrome:// URL", NoAccess::Restricted),
            ("Cannot access a chrome-extension:// URL of different extension", NoAccess::Restricted),
            ("The extensions gallery cannot be scripted.", NoAccess::Restricted),
            ("Frame with ID 0 is showing error page", NoAccess::ErrorPage),
            ("This page cannot be scripted due to an ExtensionsSettings policy.", NoAccess::Policy),
            ("No tab with id: 3.", NoAccess::NoTab),
        ];
        for (text, why) in texts {
            assert!(answers(text).iter().all(|answer| *answer == why), "{text}: {:?}", answers(text));
        }
    }

    #[test]
    fn a_want_of_permission_is_one_only_where_none_was_given() {
        for text in
            [CHROMIUM_UNGRANTED, "Missing host permission for the tab", "Missing host permission for the tab or frames"]
        {
            let expected = [
                NoAccess::NeedsGrant,
                NoAccess::Restricted,
                NoAccess::ClosedSite,
                NoAccess::Document,
                NoAccess::ErrorPage,
            ];
            assert_eq!(answers(text), expected, "{text}");
        }
    }

    #[test]
    fn a_website_is_told_by_its_address_and_icon() {
        assert_eq!(website(None, false), None);
        assert_eq!(website(Some("about:license"), true), None);
        assert_eq!(website(Some("https://acme.test/pdf"), false), Some(Website::Page));
        assert_eq!(website(Some("https://acme.test/terms.pdf?x#2"), false), Some(Website::Document));
        assert_eq!(website(Some("https://acme.test/terms.pdf"), true), Some(Website::Error));
    }

    #[test]
    fn a_tab_that_was_unloaded_is_not_only_asleep() {
        assert_eq!((asleep(false, false), not_begun(false, false)), (None, None));
        assert_eq!((asleep(true, false), not_begun(true, false)), (Some(NoAccess::Frozen), Some(NotDone::Frozen)));
        assert_eq!((asleep(true, true), not_begun(true, true)), (Some(NoAccess::Discarded), Some(NotDone::Discarded)));
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
        assert_eq!(no_access("No tab with id: 3", true, None), NoAccess::NoTab);
    }

    #[test]
    fn anything_else_is_told_in_the_browsers_words() {
        let long = "x".repeat(1000);
        assert_eq!(no_access("odd", false, None), NoAccess::Failed("odd".into()));
        assert_eq!(not_done(&long), NotDone::Failed("x".repeat(WORDS)));
    }
}
