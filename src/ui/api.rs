//! Requests to the background, as `crate::protocol::server` has them.

use crate::protocol::server::AccountView;
use crate::ui::options::state::account::Form;
use crate::webext::runtime::send_message;
use crate::webext::tabs;
use crate::webext::{object, property};
use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base::{Base, Kind};
use inspector_core::upscope_api::problem::Problem;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::upscope_api::visitor::{ServerVisitor, read_list, read_one, read_watch};
use js_sys::Math;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// What is connected.
pub async fn state() -> Result<Option<AccountView>, Problem> {
    account(&ask("state", object([])).await?)
}

/// Tests and keeps an account.
pub async fn connect(form: &Form) -> Result<Option<AccountView>, Problem> {
    let wish = object([
        ("kind", form.kind.name().into()),
        ("base", form.base.as_str().into()),
        ("key", form.key.as_str().into()),
        ("disk", form.disk.into()),
        ("agentId", form.agent_id.as_str().into()),
        ("agentName", form.agent_name.as_str().into()),
    ]);
    let told = ask("connect", wish).await?;
    // A refusal comes as the server's answer.
    match answer(&told) {
        Ok(_) => Err(Problem::NotUnderstood),
        Err(Problem::NoBackground) => account(&told),
        Err(problem) => Err(problem),
    }
}

/// Forgets the account.
pub async fn remove() -> Result<Option<AccountView>, Problem> {
    account(&ask("remove", object([])).await?)
}

/// The visitor with this id. `id` names the request, to cancel it by.
pub async fn visitor(short_id: &ShortId, id: &str) -> Result<ServerVisitor, Problem> {
    let wanted = object([("shortId", short_id.as_str().into()), ("id", id.into())]);
    read_one(&answer(&ask("visitor", wanted).await?)?)
}

/// The visitors that a search finds.
pub async fn search(query: &str, most: u32, id: &str) -> Result<Vec<ServerVisitor>, Problem> {
    let wanted = object([("query", query.into()), ("most", most.into()), ("id", id.into())]);
    read_list(&answer(&ask("search", wanted).await?)?)
}

/// An address at which the agent watches, safe to open. `own`: the API's own origin without its port.
pub async fn watch(short_id: &ShortId, id: &str, own: &str) -> Result<String, Problem> {
    let wanted = object([("shortId", short_id.as_str().into()), ("id", id.into())]);
    read_watch(&answer(&ask("watch", wanted).await?)?, own)
}

/// Nobody waits any more for what is named so.
pub fn cancel(id: &str) {
    // What it answers says nothing.
    drop(send_message(&message("cancel", object([("id", id.into())]))));
}

fn message(what: &str, wanted: JsValue) -> JsValue {
    object([("server", object([(what, wanted)]))])
}

async fn ask(what: &str, wanted: JsValue) -> Result<JsValue, Problem> {
    let told = JsFuture::from(send_message(&message(what, wanted))).await.map_err(|_| Problem::NoBackground)?;
    let told = property(&told, "server");
    match property(&told, "problem").as_string() {
        Some(name) => Err(Problem::from_name(&name).unwrap_or(Problem::NotUnderstood)),
        None if told.is_object() => Ok(told),
        None => Err(Problem::NoBackground),
    }
}

/// The text of a good answer, or what is wrong.
fn answer(told: &JsValue) -> Result<String, Problem> {
    let answer = property(told, "answer");
    let number = |name: &str| property(&answer, name).as_f64();
    let status = number("status").ok_or(Problem::NoBackground)? as u16;
    let text = property(&answer, "text").as_string().unwrap_or_default();
    let retry_after = number("retryAfter").map(|seconds| seconds as u32);
    Problem::of(status, retry_after, &text).map_or(Ok(text), Err)
}

fn account(told: &JsValue) -> Result<Option<AccountView>, Problem> {
    let account = property(told, "account");
    if account.is_null() {
        return Ok(None);
    }
    read_account(&account).map(Some).ok_or(Problem::NoBackground)
}

fn read_account(account: &JsValue) -> Option<AccountView> {
    let text = |name: &str| property(account, name).as_string();
    Some(AccountView {
        kind: Kind::from_name(&text("kind")?)?,
        base: text("base")?,
        mask: text("mask"),
        disk: property(account, "disk").is_truthy(),
        agent: Agent::new(&text("agentId")?, &text("agentName")?),
    })
}

thread_local! {
    /// Distinguishes this document's requests from those of another one.
    static DOCUMENT: u32 = (Math::random() * f64::from(u32::MAX)) as u32;
}

/// What a request of this document is called, to cancel it by.
pub fn request_name(asked: u32) -> String {
    format!("{}-{asked}", DOCUMENT.with(|document| *document))
}

/// Opens an address at which the agent watches the visitor.
pub async fn open_watching(short_id: &ShortId, account: &AccountView) -> Result<(), Problem> {
    let base = Base::parse(account.kind, &account.base).map_err(|_| Problem::NotUnderstood)?;
    let own = base.pattern();
    let address = watch(short_id, &request_name(0), own.trim_end_matches("/*")).await?;
    tabs::open(&address).await.map_err(|_| Problem::NotUnderstood)
}
