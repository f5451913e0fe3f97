//! Pages without a visitor to show: the reason and the next step.

use crate::messages::{AccessProblem, InspectedTab};
use crate::ui::i18n::*;
use crate::ui::popup::state::{Model, View};
use crate::ui::text::address::host;
use crate::ui::text::number::grouped;
use inspector_core::page_report::connection::{Refusal, Sdk};
use inspector_core::page_report::parked::{ParkedSnippet, WakeEvent};

/// A page without a visitor to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked {
    pub kind: BlockedKind,
    pub title: Message,
    /// Paragraphs.
    pub text: Vec<String>,
    /// The value of `data-why`, if the page can't be inspected.
    pub why: Option<&'static str>,
    /// The browser can grant access to this site.
    pub can_give_access: bool,
    /// The next step is to activate the page's tab.
    pub can_show_tab: bool,
    /// Upscope is present, so the known data is worth showing.
    pub present: bool,
}

/// The kind of obstacle, for the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockedKind {
    Closed,
    NeedsAccess,
    Missing,
    Nothing,
    Waiting,
}

/// Whether there is no visitor to show, so that [`blocked`] has a text in its place.
pub fn is_blocked(model: &Model) -> bool {
    let is_loaded = model.report().is_some_and(|report| matches!(report.sdk, Sdk::Loaded(_)));
    !is_loaded || model.state() == "restricted"
}

/// The text in place of the visitor; `None` if there is a visitor to show.
pub fn blocked(model: &Model) -> Option<Blocked> {
    match &model.view {
        View::Loading => Some(plain(BlockedKind::Waiting, STATE_LOADING, vec![])),
        View::NoAnswer(why) => {
            Some(plain(BlockedKind::Missing, NO_ANSWER_TITLE, with_error_text(NO_ANSWER_TEXT, &why.to_string())))
        }
        View::NoAccess { tab, why } => Some(no_access(tab.as_ref(), why)),
        View::Page(_) if model.state() == "restricted" => {
            Some(plain(BlockedKind::Closed, DOCUMENT_TITLE, texts(&[DOCUMENT_TEXT])))
        }
        View::Page(shown) => describe_sdk(&shown.frame().report.sdk, shown.frame().report.waiting.unwrap_or(0)),
    }
}

fn plain(kind: BlockedKind, title: Message, text: Vec<String>) -> Blocked {
    Blocked { kind, title, text, why: None, can_give_access: false, can_show_tab: false, present: false }
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(|message| message.text()).collect()
}

fn with_error_text(message: Message, text: &str) -> Vec<String> {
    let said = (!text.is_empty()).then(|| words::browser_said(text));
    [Some(message.text()), said].into_iter().flatten().collect()
}

fn no_access(tab: Option<&InspectedTab>, why: &AccessProblem) -> Blocked {
    let can_show_tab = matches!(
        why,
        AccessProblem::Frozen | AccessProblem::Discarded | AccessProblem::Busy | AccessProblem::ErrorPage
    );
    Blocked { why: Some(name(why)), can_show_tab, ..closed(tab, why) }
}

fn name(why: &AccessProblem) -> &'static str {
    match why {
        AccessProblem::Restricted => "restricted",
        AccessProblem::Policy => "policy",
        AccessProblem::ClosedSite => "closed-site",
        AccessProblem::Document => "document",
        AccessProblem::ErrorPage => "error-page",
        AccessProblem::Frozen => "frozen",
        AccessProblem::Discarded => "discarded",
        AccessProblem::Busy => "busy",
        AccessProblem::NeedsGrant => "needs-grant",
        AccessProblem::NoTab => "no-tab",
        AccessProblem::Failed(_) => "failed",
    }
}

fn closed(tab: Option<&InspectedTab>, why: &AccessProblem) -> Blocked {
    let waits = |title, text: Message| plain(BlockedKind::Waiting, title, texts(&[text]));
    match why {
        AccessProblem::Policy => plain(BlockedKind::Closed, POLICY_TITLE, texts(&[POLICY_TEXT, POLICY_NEXT])),
        AccessProblem::ClosedSite => {
            plain(BlockedKind::Closed, CLOSED_SITE_TITLE, texts(&[CLOSED_SITE_TEXT, CLOSED_SITE_NEXT]))
        }
        AccessProblem::Document => plain(BlockedKind::Closed, DOCUMENT_TITLE, texts(&[DOCUMENT_TEXT])),
        AccessProblem::ErrorPage => plain(BlockedKind::Missing, ERROR_PAGE_TITLE, texts(&[ERROR_PAGE_TEXT])),
        AccessProblem::Frozen => waits(FROZEN_TITLE, FROZEN_TEXT),
        AccessProblem::Discarded => waits(DISCARDED_TITLE, DISCARDED_TEXT),
        AccessProblem::Busy => waits(BUSY_TITLE, BUSY_TEXT),
        AccessProblem::Restricted => {
            plain(BlockedKind::Closed, RESTRICTED_TITLE, texts(&[RESTRICTED_TEXT, RESTRICTED_NEXT]))
        }
        AccessProblem::NoTab => plain(BlockedKind::Missing, NO_TAB_TITLE, texts(&[NO_TAB_TEXT, RESTRICTED_NEXT])),
        AccessProblem::Failed(text) => {
            plain(BlockedKind::Missing, FAILED_TITLE, vec![FAILED_TEXT.text(), words::browser_said(text)])
        }
        AccessProblem::NeedsGrant => needs_access(tab.and_then(|tab| tab.url.as_deref())),
    }
}

fn needs_access(url: Option<&str>) -> Blocked {
    let website = url.filter(|url| url.starts_with("http"));
    let text = website.map_or_else(|| NEEDS_ACCESS_TEXT.text(), |url| words::needs_access_site(host(url)));
    Blocked { can_give_access: website.is_some(), ..plain(BlockedKind::NeedsAccess, NEEDS_ACCESS_TITLE, vec![text]) }
}

fn describe_sdk(sdk: &Sdk, waiting: u64) -> Option<Blocked> {
    let present = |kind, title, text| Some(Blocked { present: true, ..plain(kind, title, vec![text]) });
    match sdk {
        Sdk::Unread => Some(plain(BlockedKind::Missing, UNREAD_STATE_TITLE, texts(&[UNREAD_STATE_TEXT]))),
        Sdk::Absent => Some(plain(BlockedKind::Nothing, NO_UPSCOPE_TITLE, texts(&[NO_UPSCOPE_TEXT]))),
        Sdk::SnippetParked(parked) => {
            let (title, text) = parked_text(parked);
            Some(Blocked { present: true, ..plain(BlockedKind::Waiting, title, text) })
        }
        Sdk::SnippetOnly => present(BlockedKind::Missing, SNIPPET_TITLE, snippet(waiting)),
        Sdk::NotInitialised => present(BlockedKind::Waiting, NOT_INITIALISED_TITLE, NOT_INITIALISED_TEXT.text()),
        Sdk::Refused(why) => present(BlockedKind::Closed, REFUSED_TITLE, refusal(*why).text()),
        Sdk::Loaded(_) => None,
    }
}

fn parked_text(parked: &ParkedSnippet) -> (Message, Vec<String>) {
    match parked.until {
        WakeEvent::Consent => {
            let category = parked.category.as_deref().map(words::parked_consent_category);
            let paragraphs =
                [Some(words::parked_consent_text(&parked.kind)), category, Some(PARKED_CONSENT_NEXT.text())];
            (PARKED_CONSENT_TITLE, paragraphs.into_iter().flatten().collect())
        }
        WakeEvent::FirstMove => {
            (PARKED_MOVE_TITLE, vec![words::parked_move_text(&parked.kind), PARKED_MOVE_NEXT.text()])
        }
    }
}

fn snippet(waiting: u64) -> String {
    match waiting {
        0 => SNIPPET_TEXT.text(),
        1 => SNIPPET_CALL.text(),
        many => words::snippet_calls(&grouped(many)),
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
