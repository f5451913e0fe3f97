//! The page's visitor beside the server's, while a person looks: asked once, again on demand, and after each change in the
//! page, of the visitor or of the connection, until both agree or a time limit passes.

use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::page_report::connection::{Link, Sdk};
use inspector_core::upscope_api::base::Kind;
use inspector_core::upscope_api::compare::{Agreement, ComparisonLine, PageSide, compare};
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::ServerVisitor;
use inspector_core::visitor::observed::Observed;

/// How long something new in the page may take to reach the server, in milliseconds.
const SETTLE: i64 = 20_000;

/// How long to wait, in milliseconds, before the server is asked the first time after a change; each next wait is twice as
/// long, up to the last.
const PAUSES: (i64, i64) = (400, 4_000);

/// What is known of both sides.
#[derive(Debug, Default)]
pub struct Watcher {
    /// The account that is connected, if any; `None`: not known yet.
    connected: Option<Result<Option<Kind>, Problem>>,
    /// What was sent from here last.
    sent: Option<VisitorPatch>,
    page: Option<Box<Report>>,
    there: Option<ServerVisitor>,
    problem: Option<Problem>,
    asking: Option<u32>,
    /// Counts the requests, to tell a late answer.
    asked: u32,
    /// The page's connection changed since the server was asked.
    is_link_new: bool,
    now: i64,
    settle_until: i64,
    next_at: i64,
    pause: i64,
}

/// What happens.
pub enum Event {
    /// The account that is connected, if any: it is asked, be it for the first time or once more.
    Account(Result<Option<Kind>, Problem>),
    /// The person sent this to the page, which was looked at since.
    Edited(VisitorPatch),
    /// The page as last seen, at this time in milliseconds; only while the person can see it.
    Looked(i64, Box<Report>),
    Answered(u32, Box<Result<ServerVisitor, Problem>>),
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Ask { asked: u32, short_id: ShortId },
    Cancel { asked: u32 },
}

/// How far the comparison has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not known yet, or the first answer is under way.
    Asking,
    NoAccount,
    /// The page has no short ID to ask for.
    NoShortId,
    Failed(Problem),
    Compared,
}

impl Watcher {
    pub fn state(&self) -> State {
        match (&self.connected, &self.problem, &self.there) {
            (Some(Ok(None)), ..) => State::NoAccount,
            (Some(Err(problem)), ..) | (_, Some(problem), _) => State::Failed(problem.clone()),
            _ if self.page.is_some() && self.short_id().is_none() => State::NoShortId,
            (.., Some(_)) => State::Compared,
            (.., None) => State::Asking,
        }
    }

    /// The visitor as the server told them last.
    pub fn there(&self) -> Option<&ServerVisitor> {
        self.there.as_ref()
    }

    /// Both sides, line by line; empty until there are two.
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

    /// Whether a request is under way.
    pub fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    /// Whether the account's API tells addresses at which an agent watches: the cloud's does.
    pub fn can_watch(&self) -> bool {
        self.connected == Some(Ok(Some(Kind::Cloud)))
    }

    /// The id that both sides know the visitor by.
    pub fn short_id(&self) -> Option<ShortId> {
        ShortId::parse(self.page.as_ref()?.visitor.short_id.value()?)
    }

    fn ask(&mut self) -> Vec<Effect> {
        let Some(short_id) = self.short_id().filter(|_| matches!(self.connected, Some(Ok(Some(_))))) else {
            return vec![];
        };
        self.asked += 1;
        self.is_link_new = false;
        let before = self.asking.replace(self.asked).map(|asked| Effect::Cancel { asked });
        before.into_iter().chain([Effect::Ask { asked: self.asked, short_id }]).collect()
    }

    fn looked(&mut self, now: i64, report: Box<Report>) -> Vec<Effect> {
        self.now = now;
        let visitor_before = self.short_id();
        let before = self.page.replace(report);
        if self.short_id() != visitor_before {
            (self.there, self.problem, self.sent) = (None, None, None);
            if before.is_some() {
                self.settle();
            }
            return self.ask();
        }
        let page = self.page.as_ref();
        let (is_visitor_new, is_link_new) = before
            .zip(page)
            .map_or((false, false), |(before, page)| (before.visitor != page.visitor, before.sdk != page.sdk));
        self.is_link_new |= is_link_new;
        // A connection that comes and goes all the time does not begin the pauses anew.
        if is_visitor_new || (is_link_new && now >= self.settle_until) {
            self.settle();
        }
        if !self.may_settle() || self.asking.is_some() || now < self.next_at {
            return vec![];
        }
        self.pause = (self.pause * 2).min(PAUSES.1);
        self.next_at = now + self.pause;
        self.ask()
    }

    /// Something new was said in the page: the server may take a while to have it.
    fn settle(&mut self) {
        self.settle_until = self.now + SETTLE;
        (self.pause, self.next_at) = (PAUSES.0, self.now + PAUSES.0);
    }

    /// Whether asking again soon may bring the two together. A new visitor may not be found at first.
    fn may_settle(&self) -> bool {
        let is_new = self.problem == Some(Problem::NotFound) && self.now < self.settle_until;
        is_new
            || self.is_link_new
            || self.presence_may_settle()
            || self.lines().iter().any(|line| line.agreement.may_settle())
    }

    /// Whether the server does not know yet that the visitor is online or in a session, or that a session ended.
    fn presence_may_settle(&self) -> bool {
        let (Some(page), Some(there)) = (&self.page, &self.there) else { return false };
        let in_session = matches!(page.sdk, Sdk::Loaded(Link::InSession(_)));
        let connected = in_session || page.sdk == Sdk::Loaded(Link::HandshakeSeen);
        let is_behind = there.is_in_session.value().is_some_and(|there| *there != in_session)
            || there.is_online.value().is_some_and(|there| !there && connected);
        is_behind && self.now < self.settle_until
    }

    fn answered(&mut self, asked: u32, answer: Result<ServerVisitor, Problem>) {
        if self.asking != Some(asked) {
            return;
        }
        self.asking = None;
        match answer {
            Ok(there) => (self.there, self.problem) = (Some(there), None),
            Err(problem) => (self.there, self.problem) = (None, Some(problem)),
        }
    }
}

/// Takes the comparison through one event.
pub fn update(watcher: &mut Watcher, event: Event) -> Vec<Effect> {
    match event {
        Event::Account(connected) => {
            watcher.connected = Some(connected);
            watcher.ask()
        }
        Event::Looked(now, report) => watcher.looked(now, report),
        Event::Edited(patch) => {
            watcher.sent = Some(patch);
            watcher.settle();
            vec![]
        }
        Event::Answered(asked, answer) => {
            watcher.answered(asked, *answer);
            vec![]
        }
    }
}

/// Whether nothing of what both sides tell differs.
pub fn agrees(lines: &[ComparisonLine]) -> bool {
    lines.iter().all(|line| matches!(line.agreement, Agreement::Same | Agreement::Unknown(_)))
}

#[cfg(test)]
mod tests;
