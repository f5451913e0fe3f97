//! The comparison of the page's visitor with the server's, while the page is visible. The server is asked once, on
//! request, and after each change of the visitor or connection, until both agree or a time limit passes.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::page_report::connection::{Link, Sdk};
use inspector_core::upscope_api::base_url::Deployment;
use inspector_core::upscope_api::compare::{Agreement, ComparisonLine, PageSide, compare};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::ServerVisitor;
use inspector_core::visitor::observed::Observed;

/// How long a change in the page may take to reach the server, in milliseconds.
const SETTLE: i64 = 20_000;

/// The wait before the first request after a change, in milliseconds. Each wait is twice as long as the one before, up
/// to the last.
const PAUSES: (i64, i64) = (400, 4_000);

/// The model of the comparison.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The connected account, if there is one; `None` until it is known.
    connected: Option<Result<Option<Deployment>, ApiProblem>>,
    /// The last edit that was sent.
    sent: Option<VisitorPatch>,
    page: Option<Box<Report>>,
    there: Option<ServerVisitor>,
    problem: Option<ApiProblem>,
    asking: Option<u32>,
    /// The number of the last request, to recognize late answers.
    request: u32,
    /// The page's connection changed after the last request.
    is_link_new: bool,
    now: i64,
    settle_until: i64,
    next_at: i64,
    pause: i64,
}

/// An event of the comparison.
pub enum Event {
    /// The connected account, if there is one. Starts a request.
    Account(Result<Option<Deployment>, ApiProblem>),
    /// The person sent this edit to the page, which has been inspected since.
    Edited(VisitorPatch),
    /// The page as inspected at this time in milliseconds, while it is visible.
    Inspected(i64, Box<Report>),
    Answered(u32, Box<Result<ServerVisitor, ApiProblem>>),
}

/// An effect of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    GetVisitor { request: u32, short_id: ShortId },
    Cancel { request: u32 },
}

/// The state of the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// Not known yet, or the first request is in progress.
    #[default]
    Asking,
    NoAccount,
    /// The page has no short ID to request.
    NoShortId,
    Failed(ApiProblem),
    Compared,
}

impl State {
    /// A stable name, for the attribute `data-server`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Asking => "asking",
            Self::NoAccount => "no-account",
            Self::NoShortId => "no-short-id",
            Self::Failed(_) => "error",
            Self::Compared => "connected",
        }
    }

    /// Why there is no comparison, if a request failed.
    pub fn problem(&self) -> Option<&ApiProblem> {
        match self {
            Self::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}

impl Comparison {
    pub fn state(&self) -> State {
        match (&self.connected, &self.problem, &self.there) {
            (Some(Ok(None)), ..) => State::NoAccount,
            (Some(Err(problem)), ..) | (_, Some(problem), _) => State::Failed(problem.clone()),
            _ if self.page.is_some() && self.short_id().is_none() => State::NoShortId,
            (.., Some(_)) => State::Compared,
            (.., None) => State::Asking,
        }
    }

    /// The newest visitor from the server.
    pub fn there(&self) -> Option<&ServerVisitor> {
        self.there.as_ref()
    }

    /// The compared lines; empty until both sides are known.
    pub fn lines(&self) -> Vec<ComparisonLine> {
        let (Some(page), Some(there)) = (&self.page, &self.there) else { return vec![] };
        let here = PageSide {
            visitor: &page.visitor,
            public_key: page.settings.public_key.value().map(String::as_str),
            page_overrides: &page.settings.page_overrides,
            live_chat: matches!(&page.settings.chats, Observed::Value(chats, _) if !chats.is_empty()),
            settling: self.now < self.settle_until,
            sent: self.sent.as_ref(),
        };
        compare(&here, there)
    }

    /// Whether a request is in progress.
    pub fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    /// Whether the account's API returns URLs for watching: only the cloud's API does.
    pub fn can_watch(&self) -> bool {
        self.connected == Some(Ok(Some(Deployment::Cloud)))
    }

    /// The visitor's ID on both sides.
    pub fn short_id(&self) -> Option<ShortId> {
        ShortId::parse(self.page.as_ref()?.visitor.short_id.value()?)
    }

    fn request_visitor(&mut self) -> Vec<Effect> {
        let Some(short_id) = self.short_id().filter(|_| matches!(self.connected, Some(Ok(Some(_))))) else {
            return vec![];
        };
        self.request += 1;
        self.is_link_new = false;
        let before = self.asking.replace(self.request).map(|request| Effect::Cancel { request });
        before.into_iter().chain([Effect::GetVisitor { request: self.request, short_id }]).collect()
    }

    fn inspected(&mut self, now: i64, report: Box<Report>) -> Vec<Effect> {
        self.now = now;
        let visitor_before = self.short_id();
        let before = self.page.replace(report);
        if self.short_id() != visitor_before {
            (self.there, self.problem, self.sent) = (None, None, None);
            if before.is_some() {
                self.settle();
            }
            return self.request_visitor();
        }
        let page = self.page.as_ref();
        let (is_visitor_new, is_link_new) = before
            .zip(page)
            .map_or((false, false), |(before, page)| (before.visitor != page.visitor, before.sdk != page.sdk));
        self.is_link_new |= is_link_new;
        // A connection that changes all the time doesn't restart the waits.
        if is_visitor_new || (is_link_new && now >= self.settle_until) {
            self.settle();
        }
        if !self.may_settle() || self.asking.is_some() || now < self.next_at {
            return vec![];
        }
        self.pause = (self.pause * 2).min(PAUSES.1);
        self.next_at = now + self.pause;
        self.request_visitor()
    }

    /// The page has a new value, which the server may receive later.
    fn settle(&mut self) {
        self.settle_until = self.now + SETTLE;
        (self.pause, self.next_at) = (PAUSES.0, self.now + PAUSES.0);
    }

    /// Whether another request may resolve the difference. A new visitor may not be found at first.
    fn may_settle(&self) -> bool {
        let is_new = self.problem == Some(ApiProblem::NotFound) && self.now < self.settle_until;
        is_new
            || self.is_link_new
            || self.presence_may_settle()
            || self.lines().iter().any(|line| line.agreement.may_settle())
    }

    /// Whether the server doesn't know yet that the visitor is online, is in a session, or has left one.
    fn presence_may_settle(&self) -> bool {
        let (Some(page), Some(there)) = (&self.page, &self.there) else { return false };
        let in_session = matches!(page.sdk, Sdk::Loaded(Link::InSession(_)));
        let connected = in_session || page.sdk == Sdk::Loaded(Link::HandshakeSeen);
        let is_behind = there.is_in_session.value().is_some_and(|there| *there != in_session)
            || there.is_online.value().is_some_and(|there| !there && connected);
        is_behind && self.now < self.settle_until
    }

    fn answered(&mut self, request: u32, answer: Result<ServerVisitor, ApiProblem>) {
        if self.asking != Some(request) {
            return;
        }
        self.asking = None;
        match answer {
            Ok(there) => (self.there, self.problem) = (Some(there), None),
            Err(problem) => (self.there, self.problem) = (None, Some(problem)),
        }
    }
}

/// Applies one event to the model.
pub fn update(comparison: &mut Comparison, event: Event) -> Vec<Effect> {
    match event {
        Event::Account(connected) => {
            comparison.connected = Some(connected);
            comparison.request_visitor()
        }
        Event::Inspected(now, report) => comparison.inspected(now, report),
        Event::Edited(patch) => {
            comparison.sent = Some(patch);
            comparison.settle();
            vec![]
        }
        Event::Answered(request, answer) => {
            comparison.answered(request, *answer);
            vec![]
        }
    }
}

/// Whether no known value differs.
pub fn agrees(lines: &[ComparisonLine]) -> bool {
    lines.iter().all(|line| matches!(line.agreement, Agreement::Same | Agreement::Unknown(_)))
}

#[cfg(test)]
mod tests;
