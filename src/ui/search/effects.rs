//! Performs the effects that `state` returns, and dispatches their results.

use super::state::{Effect, Event, Model};
use crate::messages::{FrameReport, Reply, Request};
use crate::ui::api;
use crate::ui::api::{open_watching, request_name};
use crate::ui::background_client::send;
use crate::ui::store::Store;
use crate::webext::{clipboard, tabs};
use inspector_core::page_report::raw_report;
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::ShortId;
use wasm_bindgen_futures::spawn_local;

/// How many tabs are searched for the visitor.
const TABS: usize = 60;

/// The search's store. Views get it from context.
pub type SearchStore = Store<Model, Event, Effect>;

pub fn perform(store: SearchStore, effect: Effect) {
    spawn_local(async move {
        if let Some(event) = result_of(store, effect).await {
            store.dispatch(event);
        }
    });
}

/// Performs an effect and returns the event that follows.
async fn result_of(store: SearchStore, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Load => Some(Event::Loaded(api::get_account().await)),
        Effect::Search { request, query, limit } => {
            Some(Event::Found(request, api::search_visitors(&query, limit, &request_name(request)).await))
        }
        Effect::Read { request, short_id } => {
            Some(Event::Read(request, Box::new(api::get_visitor(&short_id, &request_name(request)).await)))
        }
        Effect::Cancel { request } => {
            api::cancel(&request_name(request));
            None
        }
        Effect::FindTab(short_id) => {
            let tab = find_tab(&short_id).await?;
            Some(Event::Tab(short_id, tab))
        }
        Effect::Jump(tab) => {
            tabs::show(tab).await;
            None
        }
        Effect::Copy(text) => {
            let copied = clipboard::write_text(&text).await;
            copied.is_err().then_some(Event::NotCopied)
        }
        Effect::Watch(short_id) => Some(Event::Watched(watch(store, &short_id).await)),
    }
}

async fn watch(store: SearchStore, short_id: &ShortId) -> Result<(), ApiProblem> {
    let account = store.with_untracked(|model| model.connected().cloned()).ok_or(ApiProblem::NoAccount)?;
    open_watching(short_id, &account).await
}

/// This browser's tab that shows the visitor, among the tabs the extension may access. Inspecting them changes nothing
/// in the pages.
async fn find_tab(short_id: &ShortId) -> Option<i32> {
    for tab in tabs::all().await.into_iter().take(TABS) {
        if let Ok(Reply::Inspected { frames, .. }) = send(&Request::Inspect { tab: Some(tab) }).await
            && frames.iter().any(|frame| is_shown_in(frame, short_id))
        {
            return Some(tab);
        }
    }
    None
}

fn is_shown_in(frame: &FrameReport, short_id: &ShortId) -> bool {
    let (report, _) = raw_report::read(&frame.text, |_| false);
    report.visitor.short_id.value().map(String::as_str) == Some(short_id.as_str())
}
