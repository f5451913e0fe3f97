//! The state of Upscope on a page, derived only from marks, without a call (docs/sdk-reference.md#snippet-and-loader
//! and docs/sdk-reference.md#marks).

use crate::page_report::parked::{ParkedSnippet, WakeEvent};
use crate::sdk_version::is_version_2;

/// The state of Upscope in one frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sdk {
    /// The report could not be read, so nothing is known.
    Unread,
    /// No `window.Upscope`, or one that is not Upscope.
    Absent,
    /// The page has the snippet as a script that the browser did not run, so no call was made.
    SnippetParked(ParkedSnippet),
    /// The snippet's function exists without the SDK: blocked, a wrong key, or still loading.
    SnippetOnly,
    /// The SDK is loaded, and `init` was not called.
    NotInitialised,
    /// The SDK is loaded and will not work on this page load.
    Refused(Refusal),
    Loaded(Link),
}

/// Why the SDK will not work on this page load (*seen*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The first command was not `init`: it is lost, and later ones are ignored.
    NotInitFirst,
    /// Neither the loader nor `init` has a public key.
    NoPublicKey,
    /// The page is in a frame whose parent has Upscope.
    Framed,
    /// The page has Prototype.js, whose `toJSON` changes the JSON of lists.
    PrototypeJs,
}

/// What the marks show about the socket of a loaded SDK. Its current state is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    NotConnected(Idle),
    /// A handshake happened in this page load. Whether the socket is open now is unknown.
    HandshakeSeen,
    /// This SDK version runs, and no mark shows whether it connected.
    NotReported,
    /// A co-browsing session with these observers, as far as their names can be read.
    InSession(Vec<String>),
}

/// Why no connection was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Account settings or `init` disable the automatic connection, and nothing has requested one.
    AutoconnectOff,
    /// A connection was attempted without a handshake: in progress, unreachable, or not to be repeated.
    NoHandshake,
    /// No mark shows an attempt to connect.
    NotStarted,
    /// The visitor was logged out in this page load, and no handshake followed: `reset(false)`, or a connection in
    /// progress.
    AfterReset,
    /// Calls wait in a plain queue after a handshake: the SDK's *dead queue* (docs/sdk-reference.md#dead-queue).
    DeadQueue,
    /// It uses the Upscope of the parent page and has no socket.
    ThroughParent,
}

impl Sdk {
    /// The value of the stable attribute `data-state`.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Absent => "no-upscope",
            Self::SnippetParked(_) => "snippet-parked",
            Self::SnippetOnly => "snippet-only",
            Self::NotInitialised => "not-initialised",
            Self::Refused(_) => "refused",
            Self::Loaded(Link::NotConnected(_)) => "not-connected",
            Self::Loaded(Link::HandshakeSeen | Link::NotReported) => "connected",
            Self::Loaded(Link::InSession(_)) => "in-session",
        }
    }

    /// A stable name of the cause, where a state has several causes.
    pub fn cause(&self) -> Option<&'static str> {
        Some(match self {
            Self::SnippetParked(ParkedSnippet { until: WakeEvent::Consent, .. }) => "consent",
            Self::SnippetParked(ParkedSnippet { until: WakeEvent::FirstMove, .. }) => "first-move",
            Self::Refused(Refusal::NotInitFirst) => "not-init-first",
            Self::Refused(Refusal::NoPublicKey) => "no-public-key",
            Self::Refused(Refusal::Framed) => "framed",
            Self::Refused(Refusal::PrototypeJs) => "prototype-js",
            Self::Loaded(Link::NotConnected(Idle::AutoconnectOff)) => "autoconnect-off",
            Self::Loaded(Link::NotConnected(Idle::NoHandshake)) => "no-handshake",
            Self::Loaded(Link::NotConnected(Idle::NotStarted)) => "not-started",
            Self::Loaded(Link::NotConnected(Idle::AfterReset)) => "after-reset",
            Self::Loaded(Link::NotConnected(Idle::DeadQueue)) => "dead-queue",
            Self::Loaded(Link::NotConnected(Idle::ThroughParent)) => "through-parent",
            Self::Loaded(Link::HandshakeSeen) => "handshake-seen",
            Self::Loaded(Link::NotReported) => "not-reported",
            _ => return None,
        })
    }

    /// Whether the frame is known to have any part of Upscope.
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Unread | Self::Absent)
    }

    /// Whether the SDK accepts calls, at once or in its queue.
    pub fn takes_calls(&self) -> bool {
        matches!(self, Self::Loaded(_))
    }
}

/// The marks from which [`Sdk`] is derived. Each is a property or element that the SDK reference names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// `window.Upscope` is a function.
    pub function: bool,
    /// The function has properties of the snippet (`c` or `q`) or the SDK (`_version`).
    pub snippet: bool,
    /// `Upscope._version`.
    pub version: Option<String>,
    /// `Upscope._config` exists.
    pub configured: bool,
    /// Whether the account settings or the configuration have a public key; `None` if that could not be read.
    pub has_key: Option<bool>,
    /// `autoconnect` in the effective configuration; `None` if absent or the configuration can't be read.
    pub autoconnect: Option<bool>,
    /// The number of calls in `Upscope.q`; `None` without such a list.
    pub queued: Option<u64>,
    /// `Upscope.q.push` is not the built-in method.
    pub hooked: bool,
    /// `__upscopeIdleManagerActive`: a connection was attempted.
    pub attempted: bool,
    /// `#upscope___remote-control-container`: the manager runs, not refused, not attached.
    pub manager: bool,
    /// `document.__upscopeTrackingActive` or an active promo link.
    pub session: bool,
    pub observers: Vec<String>,
    /// The page is in a frame whose parent has Upscope.
    pub parent_has_sdk: bool,
    /// The page is not the top document.
    pub framed: bool,
    /// `window.Prototype` and `Array.prototype.toJSON` exist. A `toJSON` alone stops nothing
    /// (docs/sdk-reference.md#refusals).
    pub prototype_js: bool,
    /// A `reset` without a later handshake: the identity keys are `undefined`, and no short ID is stored where this SDK
    /// stores one (docs/sdk-reference.md#waiting-calls).
    pub logged_out: bool,
    /// An earlier report of the same document showed a handshake.
    pub seen_handshake: bool,
    /// A snippet that the browser did not run.
    pub parked: Option<ParkedSnippet>,
}

impl Marks {
    /// Derives the state of Upscope.
    pub fn sdk(&self) -> Sdk {
        if !self.function || !self.snippet {
            return self.parked.clone().map_or(Sdk::Absent, Sdk::SnippetParked);
        }
        if self.configured {
            return Sdk::Loaded(self.link());
        }
        match &self.version {
            None if self.parent_has_sdk => Sdk::Refused(Refusal::Framed),
            // The SDK stops before it sets its version. The account settings show that the loader ran.
            None if self.prototype_js && self.has_key == Some(true) => Sdk::Refused(Refusal::PrototypeJs),
            None => Sdk::SnippetOnly,
            Some(version) => self.unconfigured(version),
        }
    }

    /// An SDK without `_config`: 2.x had no valid `init`; later versions may hide their configuration.
    fn unconfigured(&self, version: &str) -> Sdk {
        let hides_config = !is_version_2(version);
        if hides_config && self.session {
            return Sdk::Loaded(Link::InSession(self.observers.clone()));
        }
        if hides_config && (self.manager || self.attempted) {
            return Sdk::Loaded(Link::NotReported);
        }
        // Before `init` the SDK hooks an empty queue (docs/sdk-reference.md#snippet-and-loader). A plain queue means
        // that a first command was made.
        match (self.hooked, self.has_key) {
            (true, _) => Sdk::NotInitialised,
            // How a later version handles a first command is not known.
            (false, _) if hides_config => Sdk::Loaded(Link::NotConnected(Idle::NotStarted)),
            (false, Some(false)) => Sdk::Refused(Refusal::NoPublicKey),
            (false, Some(true)) => Sdk::Refused(Refusal::NotInitFirst),
            (false, None) => Sdk::Loaded(Link::NotConnected(Idle::NotStarted)),
        }
    }

    fn link(&self) -> Link {
        if self.session {
            return Link::InSession(self.observers.clone());
        }
        if self.hooked && self.logged_out {
            return Link::NotConnected(Idle::AfterReset);
        }
        if self.hooked {
            return Link::HandshakeSeen;
        }
        Link::NotConnected(self.idle())
    }

    fn idle(&self) -> Idle {
        if self.seen_handshake {
            return Idle::DeadQueue;
        }
        if self.attempted {
            return Idle::NoHandshake;
        }
        if self.framed && !self.manager {
            return Idle::ThroughParent;
        }
        match self.autoconnect {
            Some(true) => Idle::NotStarted,
            _ => Idle::AutoconnectOff,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded() -> Marks {
        Marks {
            function: true,
            snippet: true,
            version: Some("2.2.119".into()),
            configured: true,
            has_key: Some(true),
            autoconnect: Some(true),
            queued: Some(0),
            manager: true,
            ..Marks::default()
        }
    }

    #[test]
    fn another_object_named_upscope_is_ignored() {
        assert_eq!(Marks::default().sdk(), Sdk::Absent);
        assert_eq!(Marks { function: true, ..Marks::default() }.sdk(), Sdk::Absent);
    }

    #[test]
    fn a_parked_snippet_is_shown_only_without_another() {
        let parked = ParkedSnippet { until: WakeEvent::Consent, kind: "text/plain".into(), category: None };
        let waits = Marks { parked: Some(parked.clone()), ..Marks::default() };
        assert_eq!(waits.sdk(), Sdk::SnippetParked(parked.clone()));
        assert_eq!((waits.sdk().state(), waits.sdk().cause()), ("snippet-parked", Some("consent")));
        assert_eq!(
            Marks { parked: Some(parked), queued: Some(0), hooked: true, ..loaded() }.sdk().state(),
            "connected"
        );
    }

    #[test]
    fn a_snippet_without_the_sdk_is_reported() {
        let snippet = Marks { function: true, snippet: true, queued: Some(2), ..Marks::default() };
        assert_eq!(snippet.sdk(), Sdk::SnippetOnly);
        assert_eq!(Marks { parent_has_sdk: true, ..snippet }.sdk(), Sdk::Refused(Refusal::Framed));
    }

    #[test]
    fn prototype_js_stops_the_sdk_after_the_loader() {
        let snippet = Marks { function: true, snippet: true, prototype_js: true, ..Marks::default() };
        assert_eq!(snippet.sdk(), Sdk::SnippetOnly);
        assert_eq!(Marks { has_key: Some(true), ..snippet }.sdk(), Sdk::Refused(Refusal::PrototypeJs));
        let running = Marks { prototype_js: true, hooked: true, ..loaded() };
        assert_eq!(running.sdk(), Sdk::Loaded(Link::HandshakeSeen), "a handshake overrules it");
    }

    #[test]
    fn an_unconfigured_2_x_is_uninitialized_or_refused() {
        let bare = Marks { configured: false, manager: false, ..loaded() };
        assert_eq!(Marks { hooked: true, ..bare.clone() }.sdk(), Sdk::NotInitialised);
        assert_eq!(bare.sdk(), Sdk::Refused(Refusal::NotInitFirst));
        assert_eq!(Marks { has_key: Some(false), ..bare.clone() }.sdk(), Sdk::Refused(Refusal::NoPublicKey));
        let unread = Marks { has_key: None, ..bare };
        assert_eq!(unread.sdk(), Sdk::Loaded(Link::NotConnected(Idle::NotStarted)), "either may be the reason");
    }

    #[test]
    fn a_later_version_without_configuration_runs_with_its_manager() {
        let hidden = Marks { version: Some("2026.3.2".into()), configured: false, hooked: true, ..loaded() };
        assert_eq!(hidden.sdk(), Sdk::Loaded(Link::NotReported));
        assert_eq!(Marks { manager: false, ..hidden.clone() }.sdk(), Sdk::NotInitialised);
        let idle = Marks { manager: false, hooked: false, ..hidden.clone() };
        assert_eq!(idle.sdk(), Sdk::Loaded(Link::NotConnected(Idle::NotStarted)));
        assert_eq!(Marks { has_key: Some(false), ..idle }.sdk(), Sdk::Loaded(Link::NotConnected(Idle::NotStarted)));
        assert_eq!(Marks { session: true, ..hidden }.sdk().state(), "in-session");
    }

    #[test]
    fn the_link_is_derived_from_queue_and_marks() {
        let link = |marks: Marks| match marks.sdk() {
            Sdk::Loaded(link) => link,
            other => panic!("{other:?}"),
        };
        assert_eq!(link(Marks { hooked: true, attempted: true, ..loaded() }), Link::HandshakeSeen);
        assert_eq!(link(Marks { attempted: true, ..loaded() }), Link::NotConnected(Idle::NoHandshake));
        assert_eq!(link(Marks { autoconnect: Some(false), ..loaded() }), Link::NotConnected(Idle::AutoconnectOff));
        assert_eq!(link(Marks { autoconnect: None, ..loaded() }), Link::NotConnected(Idle::AutoconnectOff));
        assert_eq!(link(loaded()), Link::NotConnected(Idle::NotStarted));
        assert_eq!(link(Marks { framed: true, manager: false, ..loaded() }), Link::NotConnected(Idle::ThroughParent));
        let logged_out = Marks { hooked: true, attempted: true, logged_out: true, ..loaded() };
        assert_eq!(link(logged_out), Link::NotConnected(Idle::AfterReset));
        let dead = Marks { seen_handshake: true, attempted: true, queued: Some(1), ..loaded() };
        assert_eq!(link(dead), Link::NotConnected(Idle::DeadQueue));
        let watched = Marks { session: true, hooked: true, observers: vec!["Ann".into()], ..loaded() };
        assert_eq!(link(watched), Link::InSession(vec!["Ann".into()]));
    }
}
