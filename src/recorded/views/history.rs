//! The history of one value: who set it, what it was before, and what became of it.

use super::details::to_entry;
use super::value::short;
use crate::app::recorded::{self, Event, Held, Model, Past, Place, Told, View};
use crate::recorded::store::Store;
use crate::ui::dom::components::{Seg, holdable, seg};
use crate::ui::dom::{Node, bdi, el, fragment, on};
use crate::ui::i18n::*;
use crate::ui::words::{clock, entry, told};
use inspector_core::recording::story::Subject;
use std::sync::Arc;

pub fn history(store: Store) -> Node {
    let subject = move || match store.with(|model| model.view) {
        View::History(subject) => subject,
        _ => Subject::ALL[0],
    };
    let chosen = move || Subject::ALL.iter().position(|one| *one == subject()).unwrap_or(0);
    let choice = seg(Seg {
        id: "history".into(),
        label: HISTORY_CHOOSE.text(),
        options: Subject::ALL.map(|one| (one.key(), entry::subject(one).text())).into(),
        chosen: Arc::new(chosen),
        on: on(move |index: usize| store.dispatch(Event::Go(Place::View(View::History(Subject::ALL[index]))))),
    });
    el("div")
        .class("pane")
        .child(el("div").class("subjects").child(choice))
        .live(move || Some(store.with(|model| told(store, model, subject()))))
}

fn told(store: Store, model: &Model, subject: Subject) -> Node {
    let past = recorded::history(&model.data.story, subject);
    if past.is_empty() {
        let words = [el("h2").words(HISTORY_NOTHING), el("p").words(HISTORY_NOTHING_TEXT)];
        return el("section").class("empty").children(words);
    }
    fragment(past.iter().map(|past| document(store, subject, past)))
}

fn document(store: Store, subject: Subject, past: &Past) -> Node {
    let title = el("h2")
        .class("load")
        .child(el("time").text(clock::date_time(past.doc.origin)))
        .child(bdi(past.doc.url.clone()));
    let steps = past.held.iter().map(|held| step(store, Told::new(past.doc, subject, held.step), held));
    el("section").attr("data-history", subject.key()).child(title).child(el("ol").class("steps").children(steps))
}

fn step(store: Store, of: Told, held: &Held) -> Node {
    let after = short(held.step.value.as_ref());
    let value = match (held.now, held.before) {
        (_, Some(before)) => fragment([el("del").child(short(Some(before))), el("ins").child(after)]),
        (_, None) => el("ins").child(after),
    };
    let lasted = held.lasted.map(|ms| el("span").class("badge").text(history_lasted(&clock::length(ms))));
    let now = held.now.then(|| el("span").class("badge good").words(HISTORY_NOW));
    let at = of.doc.time(held.step.t);
    let time = el("time").class("since").attr("title", clock::date_time(at)).text(clock::since(held.step.t));
    let links = [
        Some(to_entry(store, held.step.entry).words(SHOW_ENTRY)),
        held.step.sent.map(|entry| to_entry(store, entry).words(HISTORY_SENT)),
        held.step
            .read
            .filter(|entry| *entry != held.step.entry)
            .map(|entry| to_entry(store, entry).words(HISTORY_READ)),
    ];
    el("li")
        .class("step")
        .class_if("over", !held.now)
        .attr("data-cause", held.step.cause.name())
        .child(el("div").class("step-head").child(time).child(bdi(told::cause(&of))).maybe(now).maybe(lasted))
        .child(holdable(el("div")).class("change").child(value))
        .child(el("div").class("links").children(links.into_iter().flatten()))
}
