//! All of it: which view, and around it what a page of its own needs.

use super::{announce, checks, dialogs, file, history, sites, timeline};
use crate::app::recorded::{Event, Known, Model, Place, Source, View};
use crate::recorded::store::Store;
use crate::ui::dom::components::{Tone, bare_button, notice};
use crate::ui::dom::{Node, bdi, el, live};
use crate::ui::i18n::*;
use inspector_core::recording::story::Subject;
use inspector_core::visitor::Field;
use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::JsCast;

pub fn root(store: Store) -> Node {
    window_event_listener_untyped("keydown", |event| timeline::focus_by_key(event.unchecked_ref()));
    let has_data = |model: &Model| model.is_recorded() || model.tab().is_some();
    let nav = move || store.with(|model| model.alone && has_data(model)).then(|| nav(store));
    el("div")
        .class("recorded")
        .live_class("alone", move || store.with(|model| model.alone))
        .live_attr("data-view", move || Some(store.with(view_name).to_owned()))
        .live(move || store.with(|model| model.alone).then(|| head(store)))
        .live(nav)
        .live(move || store.with(|model| model.failed.as_deref().map(failed)))
        .live(move || Some(pane(store)))
        .child(dialogs::dialogs(store))
        .child(announce::announce(store))
}

/// The value of `data-view`; `file` while none is open.
fn view_name(model: &Model) -> &'static str {
    if model.source == Source::File(None) { "file" } else { model.view.name() }
}

/// The view in front, with its name: views may be live through and through, and then only that tells them apart.
fn pane(store: Store) -> Node {
    let (no_file, known, view) = store.with(|model| (model.source == Source::File(None), model.data.known, model.view));
    let (name, view) = match (no_file, known, view) {
        (true, ..) => ("choose", file::choose(store)),
        (_, Known::Loading, _) => ("loading", el("p").class("note loading").words(REC_LOADING)),
        (_, _, View::Checks) => ("checks", checks::checks(store)),
        (_, _, View::Sites) => ("sites", sites::sites(store)),
        (_, Known::Nothing, _) => ("nothing", sites::not_recorded(store)),
        (_, _, View::Timeline) => ("timeline", timeline::timeline(store)),
        (_, _, View::History(_)) => ("history", history::history(store)),
    };
    el("div").class("view").attr("data-pane", name).child(view)
}

/// What could not be done.
fn failed(why: &str) -> Node {
    notice(Tone::Bad, Some(REC_FAILED.text()), [el("p").attr("role", "alert").child(bdi(why.to_owned()))])
}

/// What this page is: a file's, or a tab's.
fn head(store: Store) -> Node {
    let title = el("h1").class("host").words(RECORDED_PAGE_TITLE);
    el("header").class("head").child(title).live(move || store.with(file::info))
}

fn nav(store: Store) -> Node {
    let history = View::History(Subject::Field(Field::UniqueId));
    let all =
        [(View::Timeline, REC_TIMELINE), (View::Checks, REC_CHECKS), (history, REC_HISTORY), (View::Sites, REC_SITES)];
    let is_tab = store.read(|model| model.tab().is_some());
    let shown = all.into_iter().filter(|(view, _)| is_tab || *view != View::Sites);
    let tab = move |(view, words): (View, Message)| {
        let is_here = move || store.with(|model| model.view.name() == view.name());
        bare_button("tab", action(view), store.on(Event::Go(Place::View(view))))
            .live_attr("aria-current", move || is_here().then(|| "page".to_owned()))
            .words(words)
            .child(live(move || (view == View::Checks).then(|| problems(store)).flatten()))
    };
    el("nav").class("tabs").attr("aria-label", RECORDED_PAGE_TITLE.text()).children(shown.map(tab))
}

fn problems(store: Store) -> Option<Node> {
    let count = store.with(Model::problems);
    (count > 0).then(|| el("span").class("count").text(count.to_string()))
}

fn action(view: View) -> &'static str {
    match view {
        View::Timeline => "show-timeline",
        View::Checks => "show-checks",
        View::History(_) => "show-history",
        View::Sites => "show-sites",
    }
}
