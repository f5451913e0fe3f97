//! Pages without a visitor to show: what it means and what to do next.

use super::address::host;
use crate::protocol::message::{NoAccess, Tab};
use crate::ui::i18n::*;
use crate::ui::popup::state::{Model, View};
use inspector_core::page_report::connection::{Refusal, Sdk};
use inspector_core::page_report::parked::{Parked, WakeEvent};

/// A page without a visitor to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked {
    pub kind: Kind,
    pub title: Message,
    /// Paragraphs.
    pub text: Vec<String>,
    /// The value of `data-why`, where the page cannot be looked at.
    pub why: Option<&'static str>,
    /// The browser can be asked for access to this site.
    pub can_give_access: bool,
    /// The next step is to turn to the page's tab.
    pub in_tab: bool,
    /// There is something of Upscope, so that what is known is worth showing.
    pub present: bool,
}

/// What stands in the way, roughly: for the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Closed,
    NeedsAccess,
    Missing,
    Nothing,
    Waiting,
}

/// What to say instead of the visitor; `None` when there is a visitor to show.
pub fn blocked(model: &Model) -> Option<Blocked> {
    match &model.view {
        View::Loading => Some(plain(Kind::Waiting, STATE_LOADING, vec![])),
        View::NoAnswer(words) => Some(plain(Kind::Missing, NO_ANSWER_TITLE, with_words(NO_ANSWER_TEXT, words))),
        View::NoAccess { tab, why } => Some(no_access(tab.as_ref(), why)),
        View::Page(_) if model.state() == "restricted" => {
            Some(plain(Kind::Closed, DOCUMENT_TITLE, texts(&[DOCUMENT_TEXT])))
        }
        View::Page(shown) => of_sdk(&shown.frame().report.sdk, shown.frame().report.waiting.unwrap_or(0)),
    }
}

fn plain(kind: Kind, title: Message, text: Vec<String>) -> Blocked {
    Blocked { kind, title, text, why: None, can_give_access: false, in_tab: false, present: false }
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(|message| message.text()).collect()
}

fn with_words(message: Message, words: &str) -> Vec<String> {
    let said = (!words.is_empty()).then(|| browser_said(words));
    [Some(message.text()), said].into_iter().flatten().collect()
}

fn no_access(tab: Option<&Tab>, why: &NoAccess) -> Blocked {
    let in_tab = matches!(why, NoAccess::Frozen | NoAccess::Discarded | NoAccess::Busy | NoAccess::ErrorPage);
    Blocked { why: Some(name(why)), in_tab, ..closed(tab, why) }
}

fn name(why: &NoAccess) -> &'static str {
    match why {
        NoAccess::Restricted => "restricted",
        NoAccess::Policy => "policy",
        NoAccess::ClosedSite => "closed-site",
        NoAccess::Document => "document",
        NoAccess::ErrorPage => "error-page",
        NoAccess::Frozen => "frozen",
        NoAccess::Discarded => "discarded",
        NoAccess::Busy => "busy",
        NoAccess::NeedsGrant => "needs-grant",
        NoAccess::NoTab => "no-tab",
        NoAccess::Failed(_) => "failed",
    }
}

fn closed(tab: Option<&Tab>, why: &NoAccess) -> Blocked {
    let waits = |title, text: Message| plain(Kind::Waiting, title, texts(&[text]));
    match why {
        NoAccess::Policy => plain(Kind::Closed, POLICY_TITLE, texts(&[POLICY_TEXT, POLICY_NEXT])),
        NoAccess::ClosedSite => plain(Kind::Closed, CLOSED_SITE_TITLE, texts(&[CLOSED_SITE_TEXT, CLOSED_SITE_NEXT])),
        NoAccess::Document => plain(Kind::Closed, DOCUMENT_TITLE, texts(&[DOCUMENT_TEXT])),
        NoAccess::ErrorPage => plain(Kind::Missing, ERROR_PAGE_TITLE, texts(&[ERROR_PAGE_TEXT])),
        NoAccess::Frozen => waits(FROZEN_TITLE, FROZEN_TEXT),
        NoAccess::Discarded => waits(DISCARDED_TITLE, DISCARDED_TEXT),
        NoAccess::Busy => waits(BUSY_TITLE, BUSY_TEXT),
        NoAccess::Restricted => plain(Kind::Closed, RESTRICTED_TITLE, texts(&[RESTRICTED_TEXT, RESTRICTED_NEXT])),
        NoAccess::NoTab => plain(Kind::Missing, NO_TAB_TITLE, texts(&[NO_TAB_TEXT, RESTRICTED_NEXT])),
        NoAccess::Failed(words) => plain(Kind::Missing, FAILED_TITLE, vec![browser_said(words)]),
        NoAccess::NeedsGrant => needs_access(tab.and_then(|tab| tab.url.as_deref())),
    }
}

fn needs_access(url: Option<&str>) -> Blocked {
    let website = url.filter(|url| url.starts_with("http"));
    let text = website.map_or_else(|| NEEDS_ACCESS_TEXT.text(), |url| needs_access_site(host(url)));
    Blocked { can_give_access: website.is_some(), ..plain(Kind::NeedsAccess, NEEDS_ACCESS_TITLE, vec![text]) }
}

fn of_sdk(sdk: &Sdk, waiting: u64) -> Option<Blocked> {
    let present = |kind, title, text| Some(Blocked { present: true, ..plain(kind, title, vec![text]) });
    match sdk {
        Sdk::Absent => Some(plain(Kind::Nothing, NO_UPSCOPE_TITLE, texts(&[NO_UPSCOPE_TEXT]))),
        Sdk::SnippetParked(parked) => {
            let (title, text) = of_parked(parked);
            Some(Blocked { present: true, ..plain(Kind::Waiting, title, text) })
        }
        Sdk::SnippetOnly => present(Kind::Missing, SNIPPET_TITLE, snippet(waiting)),
        Sdk::NotInitialised => present(Kind::Waiting, NOT_INITIALISED_TITLE, NOT_INITIALISED_TEXT.text()),
        Sdk::Refused(why) => present(Kind::Closed, REFUSED_TITLE, refusal(*why).text()),
        Sdk::Loaded(_) => None,
    }
}

fn of_parked(parked: &Parked) -> (Message, Vec<String>) {
    match parked.until {
        WakeEvent::Consent => {
            let category = parked.category.as_deref().map(parked_consent_category);
            let told = [Some(parked_consent_text(&parked.kind)), category, Some(PARKED_CONSENT_NEXT.text())];
            (PARKED_CONSENT_TITLE, told.into_iter().flatten().collect())
        }
        WakeEvent::FirstMove => (PARKED_MOVE_TITLE, vec![parked_move_text(&parked.kind), PARKED_MOVE_NEXT.text()]),
    }
}

fn snippet(waiting: u64) -> String {
    match waiting {
        0 => SNIPPET_TEXT.text(),
        1 => SNIPPET_CALL.text(),
        many => snippet_calls(&many.to_string()),
    }
}

fn refusal(why: Refusal) -> Message {
    match why {
        Refusal::NotInitFirst => REFUSED_NOT_INIT_FIRST,
        Refusal::NoPublicKey => REFUSED_NO_PUBLIC_KEY,
        Refusal::Framed => REFUSED_FRAMED,
        Refusal::PrototypeJs => REFUSED_PROTOTYPE_JS,
    }
}
