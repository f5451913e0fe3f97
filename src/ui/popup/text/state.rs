//! Upscope's state on the page.

use crate::messages::AccessProblem;
use crate::ui::i18n::*;
use crate::ui::popup::state::{Model, View};
use crate::ui::text::list;
use inspector_core::page_report::connection::{Idle, Link, Sdk};

/// The state of the page in two words.
pub fn headline(model: &Model) -> Message {
    match (&model.view, model.state()) {
        (View::NoAnswer(_), _) => STATE_NO_ANSWER,
        (View::Page(_), "restricted") => STATE_RESTRICTED,
        (View::Page(shown), _) => sdk_headline(&shown.frame().report.sdk),
        (View::NoAccess { why, .. }, _) => access_headline(why),
        (_, "loading") => STATE_LOADING,
        _ => STATE_RESTRICTED,
    }
}

fn access_headline(why: &AccessProblem) -> Message {
    match why {
        AccessProblem::NeedsGrant => STATE_NEEDS_ACCESS,
        AccessProblem::ErrorPage => STATE_NOT_LOADED,
        AccessProblem::Frozen => STATE_ASLEEP,
        AccessProblem::Discarded => STATE_UNLOADED,
        AccessProblem::Busy => STATE_BUSY,
        AccessProblem::NoTab => STATE_TAB_CLOSED,
        AccessProblem::Failed(_) => NOT_READ,
        _ => STATE_RESTRICTED,
    }
}

/// The state of one frame in two words.
pub fn sdk_headline(sdk: &Sdk) -> Message {
    match sdk {
        Sdk::Unread => NOT_READ,
        Sdk::Absent => STATE_NO_UPSCOPE,
        Sdk::SnippetParked(_) => STATE_SNIPPET_PARKED,
        Sdk::SnippetOnly => STATE_SNIPPET_ONLY,
        Sdk::NotInitialised => STATE_NOT_INITIALISED,
        Sdk::Refused(_) => STATE_REFUSED,
        Sdk::Loaded(Link::NotConnected(_)) => STATE_NOT_CONNECTED,
        Sdk::Loaded(Link::HandshakeSeen) => STATE_CONNECTED,
        Sdk::Loaded(Link::NotReported) => STATE_RUNNING,
        Sdk::Loaded(Link::InSession(_)) => STATE_IN_SESSION,
    }
}

/// The text for a connection: a title, if there is one, and what is known.
pub fn link_text(link: &Link) -> (Option<Message>, String) {
    match link {
        Link::HandshakeSeen => (None, CONNECTED_NOTE.text()),
        Link::NotReported => (None, RUNNING_NOTE.text()),
        Link::InSession(names) if names.is_empty() => (Some(SESSION_TITLE), SESSION_NOBODY_NAMED.text()),
        Link::InSession(names) => (Some(SESSION_TITLE), words::session_watchers(&list::joined(names))),
        Link::NotConnected(idle) => {
            let (title, text) = idle_text(*idle);
            (Some(title), text.text())
        }
    }
}

fn idle_text(idle: Idle) -> (Message, Message) {
    match idle {
        Idle::AutoconnectOff => (IDLE_AUTOCONNECT_TITLE, IDLE_AUTOCONNECT),
        Idle::NoHandshake => (IDLE_NO_HANDSHAKE_TITLE, IDLE_NO_HANDSHAKE),
        Idle::NotStarted => (IDLE_NOT_STARTED_TITLE, IDLE_NOT_STARTED),
        Idle::AfterReset => (IDLE_AFTER_RESET_TITLE, IDLE_AFTER_RESET),
        Idle::DeadQueue => (IDLE_DEAD_QUEUE_TITLE, IDLE_DEAD_QUEUE),
        Idle::ThroughParent => (IDLE_THROUGH_PARENT_TITLE, IDLE_THROUGH_PARENT),
    }
}
