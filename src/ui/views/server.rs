//! The server's word: on the visitor as a whole, and on each thing the page says.

use crate::app::popup::{Event, Model, Server, Watching};
use crate::ui::components::{Icon, Tone, button, icon_button};
use crate::ui::dom::{Node, bdi, el, fragment, live};
use crate::ui::i18n::*;
use crate::ui::store::Store;

/// What has no field of its own in the visitor view.
const ELSEWHERE: &str = "jsConfiguration";

/// The card of the account's server; nothing where none is connected. Its buttons stay while answers arrive.
pub fn card(store: Store) -> Node {
    live(move || store.with(|model| model.server.is_some()).then(|| shown(store)))
}

/// The server's word on one thing; nothing while it was not asked.
pub fn line(store: Store, key: &'static str) -> Node {
    live(move || {
        let line = store.with(|model| model.server_line(key).cloned())?;
        let told = el("p").class("server-line").attr("data-agreement", line.agreement).attr("data-reason", line.reason);
        Some(told.attr("data-server-line", key).child(bdi(line.words)))
    })
}

fn shown(store: Store) -> Node {
    let of = move |read: fn(&Server) -> Option<String>| store.with(|model| model.server.as_deref().and_then(read));
    let is_connected = move || of(|server| Some(server.state.clone())).as_deref() == Some("connected");
    let ask = icon_button(Icon::Refresh, "ask-server", SERVER_ASK.text(), store.on(Event::AskServer));
    let ask = ask.live_flag("disabled", move || store.with(|model| model.server.as_ref().is_some_and(|it| it.asking)));
    let head =
        el("div").class("notice-head").child(el("h2").live_text(move || of(title).unwrap_or_default())).child(ask);
    let tone = move || store.with(|model| model.server.as_deref().map_or(Tone::Quiet, tone).class().to_owned());
    el("section")
        .live_attr("class", move || Some(tone()))
        .attr("data-server", "")
        .live_attr("data-server", move || of(|server| Some(server.state.clone())))
        .live_attr("data-problem", move || of(|server| server.problem.clone()))
        .live_attr("data-agrees", move || of(|server| Some(server.agrees.to_string())))
        .child(head)
        .live(move || of(|server| server.facts.clone()).map(|facts| el("p").attr("data-facts", "").child(bdi(facts))))
        .live(move || store.with(elsewhere))
        .live(move || is_connected().then(|| actions(store)))
        .live(move || of(needs_options).map(|_| el("p").child(options_link())))
        .live(move || store.with(not_watching))
}

/// The state in a few words, which are the whole of it.
fn title(server: &Server) -> Option<String> {
    Some(server.words.clone())
}

fn tone(server: &Server) -> Tone {
    match server.state.as_str() {
        "connected" if server.agrees => Tone::Good,
        "connected" | "no-account" => Tone::Warn,
        "error" => Tone::Bad,
        _ => Tone::Quiet,
    }
}

/// A difference in what has no field of its own.
fn elsewhere(model: &Model) -> Option<Node> {
    let line = model.server_line(ELSEWHERE).filter(|line| line.agreement == "differs")?;
    Some(el("p").attr("data-server-line", ELSEWHERE).child(bdi(line.words.clone())))
}

fn actions(store: Store) -> Node {
    let watch = move || store.with(|model| model.server.as_ref().is_some_and(|server| server.can_watch));
    let is_starting = move || store.with(|model| model.watching == Watching::Starting);
    let watch = move || {
        let button = button("btn small", "watch", WATCH_START.text(), store.on(Event::Watch));
        watch().then(|| button.live_flag("disabled", is_starting))
    };
    let all = move || {
        let id = store.with(|model| model.server.as_ref()?.short_id.clone())?;
        let link = el("a").class("btn small plain").attr("href", format!("find.html#{id}")).attr("target", "_blank");
        Some(link.attr("data-action", "show-all").words(SERVER_SHOW_ALL))
    };
    el("div").class("actions").live(watch).live(all)
}

/// The state is mended in the options.
fn needs_options(server: &Server) -> Option<String> {
    let there = ["no-account", "no-permission", "invalid-key", "not-enabled"];
    let state = server.problem.as_ref().unwrap_or(&server.state);
    there.contains(&state.as_str()).then(|| state.clone())
}

fn options_link() -> Node {
    el("a").attr("href", "options.html").attr("target", "_blank").attr("data-action", "options").words(FIND_OPTIONS)
}

fn not_watching(model: &Model) -> Option<Node> {
    let Watching::Failed(why) = &model.watching else { return None };
    Some(fragment([el("p").class("error").attr("role", "alert").child(bdi(why.clone()))]))
}
