//! `init` long after the page load.
//!
//! Why it matters: The visitor can't be found before `init`. If the page makes another call before `init`, SDK 2.x
//! doesn't start at all: see `init-not-first`.
//!
//! Rule: The inspector's own limit: more than five seconds after `load`. A page that asks for consent first may do this
//! on purpose.
//!
//! False positive if: the page waits for consent, for a login, or for a request for help. Therefore, this is a note. If
//! the page calls `init` again, also after it replaced the snippet, the first call counts. The time is measured from
//! `load`, or from when the browser showed a prerendered page or a page in the back/forward cache. So a page that loads
//! slowly has no finding.
//!
//! Example:
//!
//! ```js
//! setTimeout(() => Upscope('init'), 30_000);
//! ```

use super::{About, Check, Evidence, Facts, Findings, Severity};
use crate::recording::history::CallResult;

pub static CHECK: Check = Check { id: "init-late", severity: Severity::Note, run };

const LATE_MS: i64 = 5_000;

fn run(facts: &Facts, findings: &mut Findings) {
    for doc in facts.docs().iter().filter(|doc| !doc.marks.ahead) {
        // If the page replaced the snippet, its first `init` may have been processed.
        let init = doc.calls_of("init").next().filter(|init| init.result != CallResult::Unknown);
        let (Some(init), Some(load)) = (init, &doc.marks.load) else { continue };
        // A prerendered page waits until it is shown.
        let shown = Some(doc.marks.shown).filter(|shown| *shown <= init.t).unwrap_or(0);
        if init.t - load.t.max(shown) > LATE_MS {
            findings.add(About::default(), Evidence::Entry(init.entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::found;
    use crate::recording::entry::{PageMoment, SdkMoment};
    use crate::recording::fixture::Tab;
    use serde_json::json;

    #[test]
    fn it_is_measured_from_load() {
        for (after, count) in [(100, 0), (8_000, 1)] {
            let mut tab = Tab::new();
            tab.later(30_000).moment(PageMoment::Load, "").later(after).call("init", json!([]));
            assert_eq!(found(&CHECK, &tab).len(), count);
        }
    }

    #[test]
    fn a_prerendered_page_may_wait_until_it_is_shown() {
        for (after, count) in [(100, 0), (8_000, 1)] {
            let mut tab = Tab::new();
            tab.prerendered("https://acme.test/2").moment(PageMoment::Load, "").later(60_000);
            tab.moment(PageMoment::Activate, "").later(after).call("init", json!([]));
            assert_eq!(found(&CHECK, &tab).len(), count);
        }
    }

    #[test]
    fn a_later_init_is_not_the_first() {
        let mut tab = Tab::connected(json!({}));
        tab.moment(PageMoment::Load, "").later(60_000).call("init", json!([]));
        assert_eq!(found(&CHECK, &tab.without(0..6)), []);
    }

    #[test]
    fn an_init_in_time_counts_although_a_later_one_replaced_it() {
        let page = |first: i64| {
            let mut tab = Tab::new();
            tab.snippet(SdkMoment::Snippet).version("2.2.119").moment(PageMoment::Load, "").later(first);
            tab.call("init", json!([])).later(60_000).snippet(SdkMoment::Replaced).call("init", json!([]));
            found(&CHECK, &tab).len()
        };
        assert_eq!((page(100), page(8_000)), (0, 1));
    }
}
