//! The meaning of a rejected injection, derived from the browser's error, never from a list of URLs.

use crate::messages::{AccessProblem, ActionRefusal};

/// The maximum length of the browser's error text, in characters.
const MAX_ERROR: usize = 300;

/// The content of a tab with a website's URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Website {
    Page,
    /// A document that the browser displays itself, according to its URL.
    Document,
    /// The browser's error page.
    Error,
}

/// Classifies a tab by its URL, if that is visible. `icon_of_browser`: the icon is one of the browser's own. In Firefox
/// this distinguishes an error page from the page that didn't load (*seen*). No website can have such an icon.
pub fn website(url: Option<&str>, icon_of_browser: bool) -> Option<Website> {
    let url = url.filter(|url| url.starts_with("http"))?;
    let path = url.split(['?', '#']).next().unwrap_or_default();
    Some(match () {
        () if icon_of_browser => Website::Error,
        () if path.ends_with(".pdf") => Website::Document,
        () => Website::Page,
    })
}

/// Whether a tab with a visible URL shows a page of an extension. No extension can run scripts in the pages of another
/// one, and Firefox logs a warning for each attempt in its own pages (*seen*).
pub fn is_extension_page(url: Option<&str>) -> bool {
    let schemes = ["chrome-extension:", "moz-extension:"];
    url.is_some_and(|url| schemes.iter().any(|scheme| url.starts_with(scheme)))
}

/// Why a tab that the browser has stopped runs no scripts.
pub fn stopped_tab(frozen: bool, discarded: bool) -> Option<AccessProblem> {
    match (frozen, discarded) {
        (_, true) => Some(AccessProblem::Discarded),
        (true, false) => Some(AccessProblem::Frozen),
        (false, false) => None,
    }
}

/// Reads the error text of `scripting.executeScript` (texts *seen* in Chromium 156 and Firefox 153). `granted`: the
/// extension is known to have access to the tab's page. Both browsers report a missing permission for pages without
/// access *and* for some pages that are closed to all extensions: `about:blank` and `view-source:` in Chromium; stores,
/// error pages, viewers, and websites closed by policy or quarantine in Firefox. Only `granted` distinguishes them, and
/// `website` distinguishes the latter where possible.
pub fn access_problem(error: &str, granted: bool, website: Option<Website>) -> AccessProblem {
    let says = |words: &[&str]| words.iter().any(|word| error.contains(word));
    if says(&["No tab with id", "Invalid tab ID"]) {
        AccessProblem::NoTab
    } else if says(&["ExtensionsSettings policy"]) {
        AccessProblem::Policy
    } else if says(&["showing error page"]) {
        AccessProblem::ErrorPage
    } else if says(&["Cannot access a ", "cannot be scripted"]) {
        AccessProblem::Restricted
    } else if !is_ungranted(error) {
        AccessProblem::Failed(error.chars().take(MAX_ERROR).collect())
    } else if !granted {
        AccessProblem::NeedsGrant
    } else {
        match website {
            Some(Website::Page) => AccessProblem::ClosedSite,
            Some(Website::Document) => AccessProblem::Document,
            Some(Website::Error) => AccessProblem::ErrorPage,
            None => AccessProblem::Restricted,
        }
    }
}

/// Why an act can't begin in a tab that the browser has stopped.
pub fn stopped_tab_refusal(frozen: bool, discarded: bool) -> Option<ActionRefusal> {
    match stopped_tab(frozen, discarded)? {
        AccessProblem::Discarded => Some(ActionRefusal::Discarded),
        _ => Some(ActionRefusal::Frozen),
    }
}

/// Reads the error text of `scripting.executeScript` for the question before an act. Nothing of the act has begun yet.
pub fn action_refusal(error: &str) -> ActionRefusal {
    not_begun(error).unwrap_or_else(|| ActionRefusal::Failed(error.chars().take(MAX_ERROR).collect()))
}

/// Reads the error text of `scripting.executeScript` for the act itself. Only a document that was missing or closed when
/// the script was to begin shows that nothing was sent. Browsers also reject when a document goes away while its script
/// runs.
pub fn interruption(error: &str) -> ActionRefusal {
    not_begun(error).unwrap_or(ActionRefusal::NoAnswer)
}

/// Why the browser did not begin a script in the document. `None`: nothing shows that it did not.
fn not_begun(error: &str) -> Option<ActionRefusal> {
    let gone = [
        "No tab with id",
        "Invalid tab ID",
        "No frame with id",
        "Invalid frame ID",
        "Invalid document",
        "No document with id",
    ];
    if gone.iter().any(|words| error.contains(words)) {
        return Some(ActionRefusal::Moved);
    }
    is_ungranted(error).then_some(ActionRefusal::NoAccess)
}

fn is_ungranted(error: &str) -> bool {
    ["Missing host permission", "Cannot access contents of"].iter().any(|words| error.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROMIUM_UNGRANTED: &str =
        "Cannot access contents of the page. Extension manifest must request permission to access the respective host.";

    /// The results for an error text: without access, and with access for each kind of website.
    fn answers(text: &str) -> Vec<AccessProblem> {
        let shows = [None, Some(Website::Page), Some(Website::Document), Some(Website::Error)];
        let granted = shows.map(|website| access_problem(text, true, website));
        [access_problem(text, false, None)].into_iter().chain(granted).collect()
    }

    #[test]
    fn a_reason_named_by_chromium_is_reported() {
        let texts = [
            ("Cannot access a chrome:// URL", AccessProblem::Restricted),
            ("Cannot access a chrome-extension:// URL of different extension", AccessProblem::Restricted),
            ("The extensions gallery cannot be scripted.", AccessProblem::Restricted),
            ("Frame with ID 0 is showing error page", AccessProblem::ErrorPage),
            ("This page cannot be scripted due to an ExtensionsSettings policy.", AccessProblem::Policy),
            ("No tab with id: 3.", AccessProblem::NoTab),
        ];
        for (text, why) in texts {
            assert!(answers(text).iter().all(|answer| *answer == why), "{text}: {:?}", answers(text));
        }
    }

    #[test]
    fn a_permission_error_means_missing_access_only_without_access() {
        for text in
            [CHROMIUM_UNGRANTED, "Missing host permission for the tab", "Missing host permission for the tab or frames"]
        {
            let expected = [
                AccessProblem::NeedsGrant,
                AccessProblem::Restricted,
                AccessProblem::ClosedSite,
                AccessProblem::Document,
                AccessProblem::ErrorPage,
            ];
            assert_eq!(answers(text), expected, "{text}");
        }
    }

    #[test]
    fn a_website_is_classified_by_url_and_icon() {
        assert_eq!(website(None, false), None);
        assert_eq!(website(Some("about:license"), true), None);
        assert_eq!(website(Some("https://acme.test/pdf"), false), Some(Website::Page));
        assert_eq!(website(Some("https://acme.test/terms.pdf?x#2"), false), Some(Website::Document));
        assert_eq!(website(Some("https://acme.test/terms.pdf"), true), Some(Website::Error));
    }

    #[test]
    fn a_page_of_an_extension_is_recognized() {
        assert!(is_extension_page(Some("moz-extension://f2ef/options.html")));
        assert!(is_extension_page(Some("chrome-extension://knen/options.html")));
        assert!(!is_extension_page(Some("https://acme.test/moz-extension:")));
        assert!(!is_extension_page(None));
    }

    #[test]
    fn a_discarded_tab_is_not_frozen() {
        assert_eq!((stopped_tab(false, false), stopped_tab_refusal(false, false)), (None, None));
        assert_eq!(
            (stopped_tab(true, false), stopped_tab_refusal(true, false)),
            (Some(AccessProblem::Frozen), Some(ActionRefusal::Frozen))
        );
        assert_eq!(
            (stopped_tab(true, true), stopped_tab_refusal(true, true)),
            (Some(AccessProblem::Discarded), Some(ActionRefusal::Discarded))
        );
    }

    #[test]
    fn a_missing_document_means_no_act() {
        let gone = [
            "Invalid document id 0A1B",
            "No document with id 0A1B in tab with id 3",
            "Invalid documentId: 2c5e",
            "No frame with id 7 in tab with id 3",
            "Invalid frame IDs: [7].",
            "No tab with id: 3",
            "Invalid tab ID: 3",
        ];
        for text in gone {
            assert_eq!(action_refusal(text), ActionRefusal::Moved, "{text}");
            assert_eq!(interruption(text), ActionRefusal::Moved, "{text}");
        }
        for text in [CHROMIUM_UNGRANTED, "Missing host permission for the tab"] {
            assert_eq!(action_refusal(text), ActionRefusal::NoAccess, "{text}");
            assert_eq!(interruption(text), ActionRefusal::NoAccess, "{text}");
        }
        assert_eq!(access_problem("No tab with id: 3", true, None), AccessProblem::NoTab);
    }

    /// Texts of Chromium and Firefox for a document that goes away while its script runs.
    #[test]
    fn an_act_that_was_interrupted_may_have_been_made() {
        for text in [
            "Frame with ID 0 was removed.",
            "The tab was closed.",
            "Actor 'ExtensionContent' destroyed before query 'Execute' was resolved",
            "An unexpected error occurred",
            "",
        ] {
            assert_eq!(interruption(text), ActionRefusal::NoAnswer, "{text}");
        }
    }

    #[test]
    fn another_error_is_reported_with_its_text() {
        let long = "x".repeat(1000);
        assert_eq!(access_problem("odd", false, None), AccessProblem::Failed("odd".into()));
        assert_eq!(action_refusal(&long), ActionRefusal::Failed("x".repeat(MAX_ERROR)));
    }
}
