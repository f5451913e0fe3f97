//! All presets in the options: order, names, sites, values, and their file.

use super::super::store::{self, Store};
use super::{keep, row, words};
use crate::app::presets::manager::{Effect, Event, Import, Model, update};
use crate::browser::file::{self, File};
use crate::browser::property;
use crate::ui::dom::components::{Tone, button, holdable, notice};
use crate::ui::dom::{Node, bdi, el, fragment, paragraph, value_of};
use crate::ui::focus::focus_soon;
use crate::ui::i18n::*;
use inspector_core::presets::Preset;
use inspector_core::presets::file::{Entry, MAX_FILE};
use inspector_core::presets::list::free_name;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// The name of the file that is exported.
const FILE_NAME: &str = "upscope-presets.json";

impl store::Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;
    const FIRST: Option<Effect> = Some(Effect::Load);

    fn perform(store: Store<Self>, effect: Effect) {
        match effect {
            Effect::Load => spawn_local(async move { store.dispatch(Event::Loaded(keep::read().await)) }),
            Effect::Change(change) => {
                spawn_local(async move { store.dispatch(Event::Kept(keep::change(change).await)) });
            }
            Effect::File(text) => {
                if let Err(why) = file::save(FILE_NAME, &text) {
                    store.dispatch(Event::Chosen(Err(why)));
                }
            }
            Effect::Focus(css) => focus_soon(css),
        }
    }
}

pub fn view(store: Store<Model>) -> Node {
    keep::follow(move |kept| store.dispatch(Event::Loaded(kept)));
    let none = move || store.with(|model| model.presets.as_ref().is_some_and(Vec::is_empty));
    el("section")
        .class("presets")
        .attr("id", "presets")
        .attr("aria-labelledby", "presets-title")
        .live_attr("data-presets", move || store.with(|model| Some(model.presets.as_ref()?.len().to_string())))
        .child(el("h2").attr("id", "presets-title").words(PRESETS_TITLE))
        .child(el("p").class("lead").words(PRESETS_INTRO))
        .live(move || store.with(failed))
        .live(move || store.with(|model| model.removed.clone()).map(|(_, preset)| removed(store, &preset)))
        .live(move || none().then(|| fragment([paragraph(PRESETS_NONE).class("none"), paragraph(PRESETS_NONE_TEXT)])))
        .live(move || store.with(|model| model.presets().len() > 5).then(|| search(store)))
        .live(move || Some(list(store)))
        .child(actions(store))
        .live(move || store.with(|model| model.import.as_ref().map(|import| imported(store, model, import))))
}

fn failed(model: &Model) -> Option<Node> {
    // While one is edited it stands there.
    let why = model.failed.as_ref().filter(|_| model.editing.is_none())?;
    Some(notice(Tone::Bad, None, [el("p").child(bdi(words::not_kept(why)))]).attr("role", "alert"))
}

fn removed(store: Store<Model>, preset: &Preset) -> Node {
    let undo = button("btn small", "undo-preset", UNDO_DO.text(), store.on(Event::PutBack));
    let told = el("p").attr("role", "status").child(words::about(preset_deleted, preset.name()));
    notice(Tone::Quiet, None, [told, el("div").class("actions").child(undo)])
}

fn search(store: Store<Model>) -> Node {
    let input = el("input")
        .attr("type", "search")
        .attr("id", "presets-search")
        .attr("aria-label", PRESETS_SEARCH.text())
        .attr("placeholder", PRESETS_SEARCH.text())
        .attr("autocomplete", "off")
        .live_value(move || store.with(|model| model.query.clone()))
        .on("input", move |event| store.dispatch(Event::Search(value_of(&event))));
    el("div").class("search").child(input)
}

fn list(store: Store<Model>) -> Node {
    store.with(|model| {
        let rows = model.rows();
        let edited = model.editing.as_ref().map(|editing| editing.of.clone());
        let row =
            |(at, preset): (usize, &Preset)| row::row(store, at, preset, edited.as_deref() == Some(preset.name()));
        if rows.is_empty() { fragment([]) } else { el("ul").class("preset-list").children(rows.into_iter().map(row)) }
    })
}

fn actions(store: Store<Model>) -> Node {
    let input = el("input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .attr("data-action", "import-presets")
        .class("sr-only")
        .on("change", move |event| take(store, event.target().map(JsValue::from).unwrap_or_default()));
    let export = move || {
        let export = || button("btn", "export-presets", PRESETS_EXPORT.text(), store.on(Event::Export));
        store.with(|model| !model.presets().is_empty()).then(export)
    };
    el("div").class("actions").child(el("label").class("btn").words(PRESETS_IMPORT).child(input)).live(export)
}

/// Reads the file that an input holds, which is emptied so that the same one can be chosen again.
fn take(store: Store<Model>, input: JsValue) {
    let file = Reflect::get_u32(&property(&input, "files"), 0).ok().filter(JsValue::is_object);
    let Some(file) = file.map(|file| file.unchecked_into::<File>()) else { return };
    if file.size() > MAX_FILE as f64 {
        return store.dispatch(Event::TooLarge);
    }
    spawn_local(async move {
        store.dispatch(Event::Chosen(file.text().await));
        let _ = Reflect::set(&input, &"value".into(), &"".into());
    });
}

fn imported(store: Store<Model>, model: &Model, import: &Import) -> Node {
    let refused = |title: Message, why: String| {
        let body = el("p").attr("role", "alert").attr("data-error", "not-imported").child(bdi(why));
        notice(Tone::Bad, Some(title.text()), [body])
    };
    match import {
        Import::Not(why) => refused(PRESETS_NOT_IMPORTED, words::not_read(why)),
        Import::Unreadable(why) => refused(FILE_UNREADABLE, why.clone()),
        Import::Done(count) => {
            notice(Tone::Good, None, [el("p").attr("role", "status").text(presets_import_done(&count.to_string()))])
        }
        Import::Read(entries) => offered(store, model, entries),
    }
}

/// What is in the file, and what is wrong with it: the person takes it or leaves it.
fn offered(store: Store<Model>, model: &Model, entries: &[Entry]) -> Node {
    let mut known = model.presets().to_vec();
    let count = model.importable().len();
    let rows: Vec<_> = entries.iter().map(|entry| offer(&mut known, entry)).collect();
    let take =
        button("btn primary", "take-import", presets_import_take(&count.to_string()), store.on(Event::TakeImport));
    let none = (count == 0).then(|| paragraph(PRESETS_IMPORT_NONE));
    let actions = el("div")
        .class("actions")
        .child(button("btn", "drop-import", CANCEL.text(), store.on(Event::DropImport)))
        .maybe((count > 0).then_some(take));
    el("section")
        .class("import")
        .attr("data-import", count.to_string())
        .attr("role", "status")
        .child(el("h3").text(presets_import_title(&entries.len().to_string())))
        .maybe(none)
        .child(el("ul").class("preset-list").children(rows))
        .child(actions)
}

fn offer(known: &mut Vec<Preset>, entry: &Entry) -> Node {
    let named = holdable(el("li")).attr("data-entry", entry.name.clone()).child(if entry.name.is_empty() {
        el("em").words(PRESETS_NO_NAME)
    } else {
        words::name(&entry.name)
    });
    let preset = match &entry.preset {
        Ok(preset) => preset,
        Err(problems) => {
            let line = |problem| {
                let words = bdi(words::problem(problem));
                el("p").class("error").attr("data-error", words::problem_key(problem)).child(words)
            };
            return named.children(problems.iter().take(5).map(line));
        }
    };
    let name = free_name(known, preset.name());
    let clash = (name != preset.name()).then(|| {
        el("p").class("warn").attr("data-warning", "name-taken").child(words::about(presets_import_clash, &name))
    });
    known.push(preset.named(&name));
    named.child(row::about(preset)).maybe(clash)
}
