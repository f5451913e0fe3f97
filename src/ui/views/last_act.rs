//! What was done last and what became of it.

use crate::app::popup::{Event, Model};
use crate::ui::components::{Icon, Tone, button, icon_button};
use crate::ui::dom::{Node, bdi, el, live};
use crate::ui::focus::scroll_soon;
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::act::{Told, ToldField, tell};
use crate::ui::words::field;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use leptos::prelude::Effect;

pub fn last_act(store: Store) -> Node {
    live(move || Some(banner(store, store.with(told)?)))
}

/// Scrolls to the act when it begins and when its outcome arrives: both are told at the top. Later changes of it leave the
/// person where they are.
pub fn scroll_to_news(store: Store) {
    Effect::new(move |was_running: Option<bool>| {
        let is_running = store.with(|model| told(model).is_some_and(|told| told.state == "running"));
        if was_running.is_some_and(|was_running| was_running != is_running) {
            scroll_soon("[data-act]");
        }
        is_running
    });
}

/// The newest act on this page, in words.
pub fn told(model: &Model) -> Option<Told> {
    let (act, report) = (model.last.as_ref()?, model.report()?);
    let dead_queue = report.sdk == Sdk::Loaded(Link::NotConnected(Idle::DeadQueue));
    let mut told = tell(act, report, dead_queue);
    told.can_undo &= model.hold().is_none();
    told.confirm(|field| model.is_confirmed(field));
    Some(told)
}

fn tone(told: &Told) -> Tone {
    match told.state {
        "running" => Tone::Info,
        "done" if told.outcomes.iter().any(|field| matches!(field.outcome, "lost" | "differs")) => Tone::Warn,
        "done" => Tone::Good,
        "waiting" => Tone::Warn,
        _ => Tone::Bad,
    }
}

fn banner(store: Store, told: Told) -> Node {
    let dismiss = (told.state != "running")
        .then(|| icon_button(Icon::Close, "dismiss", DISMISS.text(), store.on(Event::DismissLast)));
    let head = el("div").class("notice-head").child(el("h2").child(bdi(told.title.clone()))).maybe(dismiss);
    let undo = told.can_undo.then(|| button("btn", "undo", UNDO_DO.text(), store.on(Event::Undo)));
    let class = move || store.with(self::told).map(|told| tone(&told).class().to_owned());
    let section = el("section").live_attr("class", class).attr("data-act", told.state);
    let section = if told.is_personal { section.attr("data-personal", "") } else { section };
    let section = told.error.into_iter().fold(section, |section, error| section.attr("data-error", error));
    section
        .child(head)
        // On its own: what becomes of a field is told anew while the person may be on a button of the banner.
        .live(move || store.with(self::told).and_then(|told| outcomes(&told)))
        .children(told.text.into_iter().map(|text| el("p").child(bdi(text))))
        .maybe(undo.map(|undo| el("div").class("actions").child(undo)))
}

fn outcomes(told: &Told) -> Option<Node> {
    let list = el("ul").class("outcomes").children(told.outcomes.iter().map(outcome));
    (!told.outcomes.is_empty()).then_some(list)
}

fn outcome(told: &ToldField) -> Node {
    el("li")
        .attr("data-outcome", told.outcome)
        .attr("data-outcome-field", told.field.key())
        .child(el("b").words(field::name(told.field)))
        .child(bdi(told.words.clone()))
}
