//! Searching visitors on the server, viewing one, and starting to watch.

use crate::messages::AccountView;
use crate::ui::copying::CopyState;
use inspector_core::ordered;
use inspector_core::recording::mask::{MaskContext, Masker};
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::query::{Presence, Query, SearchKind};
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{ServerValue, ServerVisitor};

/// The number of visitors that a search requests. A single one is much faster to find (vendor), and a lookup code has
/// only one.
const MAX_FOUND: u32 = 25;

/// The model of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The connected account; `None` until it is known.
    pub account: Option<Result<Option<AccountView>, ApiProblem>>,
    pub form: Form,
    pub results: Results,
    pub open: Option<OpenedVisitor>,
    /// The last copied value, by the name of its button.
    pub copied: Option<CopyState<&'static str>>,
    /// The visitor to open once an account is connected, from the page's URL.
    pub wanted: Option<ShortId>,
    /// The number of the last request, to recognize late answers.
    pub request: u32,
}

/// The search form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// A query in the server's syntax.
    pub by_hand: bool,
    pub kind: SearchKind,
    /// The value of that kind.
    pub value: String,
    pub presence: Presence,
    pub by_hand_query: String,
}

/// The search results.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Results {
    #[default]
    Nothing,
    /// With the number of the request.
    Searching(u32),
    Canceled,
    Found(Vec<ServerVisitor>),
    Failed(ApiProblem),
}

/// The visitor in the panel beside the results, and what is under way for it.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedVisitor {
    pub short_id: ShortId,
    pub visitor: Option<ServerVisitor>,
    /// The number of the request in progress.
    pub request: Option<u32>,
    pub problem: Option<ApiProblem>,
    pub watch: WatchState,
    /// This browser's tab that shows the visitor.
    pub tab: Option<i32>,
}

/// The progress of starting to watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WatchState {
    #[default]
    Idle,
    /// The visitor is requested again: only an online visitor can be watched.
    Checking,
    Starting,
    Started,
    Failed(ApiProblem),
}

/// An event of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Loaded(Result<Option<AccountView>, ApiProblem>),
    ByHand(bool),
    Kind(SearchKind),
    Value(String),
    Presence(Presence),
    ByHandQuery(String),
    Search,
    Found(u32, Result<Vec<ServerVisitor>, ApiProblem>),
    Cancel,
    Open(ShortId),
    Read(u32, Box<Result<ServerVisitor, ApiProblem>>),
    Close,
    /// A tab that shows this visitor.
    Tab(ShortId, i32),
    Jump,
    Copy {
        /// The name of the button.
        name: &'static str,
        text: String,
        /// Personal data is masked on the screen.
        masked: bool,
    },
    /// The browser refused to copy.
    NotCopied,
    Watch,
    Watched(Result<(), ApiProblem>),
}

/// An effect of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Load,
    Search { request: u32, query: String, limit: u32 },
    Read { request: u32, short_id: ShortId },
    Cancel { request: u32 },
    FindTab(ShortId),
    Jump(i32),
    Copy(String),
    Watch(ShortId),
}

impl Form {
    /// The search of the form; `None` if the input is invalid for its kind.
    pub fn query(&self) -> Option<Query> {
        if self.by_hand {
            return Some(Query::read(&self.by_hand_query));
        }
        let presence = self.presence;
        match self.kind.token(&self.value) {
            Some(token) => Some(Query { tokens: vec![token], presence }),
            // An empty input finds the latest visitors.
            None if self.value.trim().is_empty() => Some(Query { tokens: vec![], presence }),
            None => None,
        }
    }

    /// The query to send, in the server's syntax; empty if the input is invalid.
    pub fn server_query(&self) -> String {
        if self.by_hand {
            self.by_hand_query.trim().to_owned()
        } else {
            self.query().map(|query| query.text()).unwrap_or_default()
        }
    }

    /// The same search in the server's syntax and back. Further tokens stay in the text.
    fn converted(&self, by_hand: bool) -> Self {
        let by_hand_query = self.server_query();
        let query = Query::read(&by_hand_query);
        match (by_hand, query.tokens.as_slice()) {
            (true, _) => Self { by_hand, by_hand_query, ..self.clone() },
            (false, [token]) => {
                Self { by_hand, kind: token.kind(), value: token.typed(), presence: query.presence, by_hand_query }
            }
            (false, _) => {
                Self { by_hand, value: String::new(), presence: query.presence, by_hand_query, ..self.clone() }
            }
        }
    }
}

impl Model {
    pub fn connected(&self) -> Option<&AccountView> {
        self.account.as_ref()?.as_ref().ok()?.as_ref().filter(|account| account.mask.is_some())
    }

    /// The number of a new request.
    fn next_request(&mut self) -> u32 {
        self.request += 1;
        self.request
    }
}

/// Applies one event to the model.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded(account) => {
            model.account = Some(account);
            return open_wanted(model);
        }
        Event::ByHand(by_hand) => model.form = model.form.converted(by_hand),
        Event::Kind(kind) => model.form.kind = kind,
        Event::Value(value) => model.form.value = value,
        Event::Presence(presence) => model.form.presence = presence,
        Event::ByHandQuery(text) => model.form.by_hand_query = text,
        Event::Search => return search(model),
        Event::Found(request, found) if model.results == Results::Searching(request) => {
            model.results = found.map_or_else(Results::Failed, |found| Results::Found(sorted(found)));
        }
        Event::Cancel => return cancel(model),
        Event::Open(short_id) => return open(model, short_id),
        Event::Read(request, read) => return self::read(model, request, *read),
        Event::Close => model.open = None,
        Event::Tab(short_id, tab) => {
            if let Some(open) = model.open.as_mut().filter(|open| open.short_id == short_id) {
                open.tab = Some(tab);
            }
        }
        Event::Jump => return model.open.as_ref().and_then(|open| open.tab).map(Effect::Jump).into_iter().collect(),
        Event::Copy { name, text, masked } => {
            let copied = CopyState::next(model.copied.as_ref(), name, masked);
            let text = if copied.masked { Masker::default().text(&text, MaskContext::ShortId) } else { text };
            model.copied = Some(copied);
            return vec![Effect::Copy(text)];
        }
        Event::NotCopied => model.copied = None,
        Event::Watch => return watch(model),
        Event::Watched(done) => {
            if let Some(open) = &mut model.open {
                open.watch = done.map_or_else(WatchState::Failed, |()| WatchState::Started);
            }
        }
        // The answer to a search that isn't the newest.
        Event::Found(..) => {}
    }
    vec![]
}

fn search(model: &mut Model) -> Vec<Effect> {
    let Some(query) = model.form.query() else { return vec![] };
    let mut effects = cancel(model);
    let request = model.next_request();
    let code = matches!(query.tokens.as_slice(), [token] if token.kind() == SearchKind::LookupCode);
    model.results = Results::Searching(request);
    effects.push(Effect::Search { request, query: model.form.server_query(), limit: if code { 1 } else { MAX_FOUND } });
    effects
}

fn cancel(model: &mut Model) -> Vec<Effect> {
    let Results::Searching(request) = model.results else { return vec![] };
    model.results = Results::Canceled;
    vec![Effect::Cancel { request }]
}

/// Online visitors first, then those seen last, else in the server's order.
fn sorted(found: Vec<ServerVisitor>) -> Vec<ServerVisitor> {
    let place = |visitor: &ServerVisitor| {
        (visitor.is_online == ServerValue::Value(true), visitor.last_seen_at.value().copied())
    };
    let mut sorted = Vec::with_capacity(found.len());
    for visitor in found {
        ordered::insert(&mut sorted, visitor, |one, other| place(one) > place(other));
    }
    sorted
}

fn open_wanted(model: &mut Model) -> Vec<Effect> {
    let wanted = if model.connected().is_some() { model.wanted.take() } else { None };
    wanted.map(|short_id| open(model, short_id)).unwrap_or_default()
}

fn open(model: &mut Model, short_id: ShortId) -> Vec<Effect> {
    let request = model.next_request();
    let known = match &model.results {
        Results::Found(found) => found.iter().find(|visitor| visitor.short_id == short_id).cloned(),
        _ => None,
    };
    model.open = Some(OpenedVisitor {
        short_id: short_id.clone(),
        visitor: known,
        request: Some(request),
        problem: None,
        watch: WatchState::Idle,
        tab: None,
    });
    vec![Effect::Read { request, short_id: short_id.clone() }, Effect::FindTab(short_id)]
}

fn read(model: &mut Model, request: u32, read: Result<ServerVisitor, ApiProblem>) -> Vec<Effect> {
    let Some(open) = model.open.as_mut().filter(|open| open.request == Some(request)) else { return vec![] };
    open.request = None;
    let checking = open.watch == WatchState::Checking;
    match read {
        Ok(visitor) => {
            let online = visitor.is_online.clone();
            (open.visitor, open.problem) = (Some(visitor), None);
            if checking && online == ServerValue::Value(false) {
                open.watch = WatchState::Failed(ApiProblem::VisitorOffline);
            } else if checking {
                open.watch = WatchState::Starting;
                return vec![Effect::Watch(open.short_id.clone())];
            }
        }
        Err(problem) if checking => open.watch = WatchState::Failed(problem),
        Err(problem) => open.problem = Some(problem),
    }
    vec![]
}

fn watch(model: &mut Model) -> Vec<Effect> {
    let request = model.next_request();
    let Some(open) = &mut model.open else { return vec![] };
    if matches!(open.watch, WatchState::Checking | WatchState::Starting) {
        return vec![];
    }
    (open.watch, open.request) = (WatchState::Checking, Some(request));
    vec![Effect::Read { request, short_id: open.short_id.clone() }]
}

#[cfg(test)]
mod tests;
