//! One preset of the list: what it is, and the form that changes it.

use super::super::store::Store;
use super::words;
use crate::app::presets::manager::{Editing, Event, Model, Wrong};
use crate::ui::dom::components::{Icon, ItemError, TextEditor, button, holdable, icon_button, text_editor};
use crate::ui::dom::{Node, bdi, el, fragment, live, value_of};
use crate::ui::i18n::*;
use inspector_core::presets::placeholder::placeholders;
use inspector_core::presets::{Preset, Problem};
use std::sync::Arc;

pub fn row(store: Store<Model>, at: usize, preset: &Preset, edited: bool) -> Node {
    let name = preset.name();
    let row = el("li").attr("data-preset", name.to_owned()).attr("data-preset-at", at.to_string());
    if edited {
        return row.class("edited").child(form(store));
    }
    let move_by = |up| store.on(Event::Move { name: name.to_owned(), up });
    let edit = store.on(Event::Edit(name.to_owned()));
    let remove = store.on(Event::Remove(name.to_owned()));
    // A tooltip cannot be masked: it does without the name.
    let button = |picture, action, label: fn(&str) -> String, on| {
        icon_button(picture, action, label(name), on).attr("title", label("…"))
    };
    let buttons = el("span")
        .class("row-actions")
        .child(button(Icon::Up, "preset-up", preset_up, move_by(true)))
        .child(button(Icon::Down, "preset-down", preset_down, move_by(false)))
        .child(button(Icon::Pencil, "edit-preset", preset_edit, edit))
        .child(button(Icon::Bin, "delete-preset", preset_delete, remove));
    row.child(holdable(el("div")).class("preset-about").child(words::name(name)).child(about(preset))).child(buttons)
}

/// Its fields, sites and placeholders in a line.
pub fn about(preset: &Preset) -> Node {
    let mut parts = vec![words::fields(preset.fields()), words::sites(preset)];
    parts.extend(placeholders(preset.values()).into_iter().map(|hole| format!("{{{{{}}}}}", hole.name)));
    el("small").child(bdi(parts.join(" · ")))
}

fn form(store: Store<Model>) -> Node {
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        store.dispatch(Event::Save);
    };
    let save = el("button")
        .attr("type", "submit")
        .class("btn primary")
        .attr("data-action", "save-preset")
        .live_flag("disabled", move || store.with(|model| wrong(model).is_some()))
        .words(PRESET_SAVE);
    let failed = move || {
        let why = store.with(|model| model.failed.as_ref().map(words::not_kept))?;
        Some(el("p").class("error").attr("role", "alert").attr("data-error", "not-kept").child(bdi(why)))
    };
    el("form")
        .on("submit", submit)
        .child(labelled(PRESET_NAME, name(store)))
        .child(labelled(PRESET_SITES, area(store, PRESET_SITES, "edited-sites", |edit| &edit.sites, Event::Sites)))
        .child(errors(store, |problem| matches!(problem, Problem::Site(_) | Problem::TooManySites)))
        .child(el("p").class("src").words(PRESET_SITES_TEXT))
        .child(labelled(PRESET_VALUES, area(store, PRESET_VALUES, "edited-values", |edit| &edit.values, Event::Values)))
        .child(errors(store, |problem| {
            !is_of_name(problem) && !matches!(problem, Problem::Site(_) | Problem::TooManySites)
        }))
        .child(el("p").class("src").text(preset_hint("{{name}}", "{{name:Ada}}")))
        .live(failed)
        .child(
            el("div")
                .class("actions")
                .child(button("btn", "cancel-edit", CANCEL.text(), store.on(Event::Cancel)))
                .child(save),
        )
}

fn labelled(label: Message, input: Node) -> Node {
    el("div").class("labelled").child(el("span").words(label)).child(input)
}

fn typed(store: Store<Model>, read: fn(&Editing) -> &String) -> String {
    store.with(|model| model.editing.as_ref().map(|editing| read(editing).clone()).unwrap_or_default())
}

fn wrong(model: &Model) -> Option<Wrong> {
    model.editing.as_ref()?.finish().err()
}

fn is_of_name(problem: &Problem) -> bool {
    matches!(problem, Problem::NoName | Problem::NameTooLong)
}

fn name(store: Store<Model>) -> Node {
    let error = |model: &Model| {
        let Some(Wrong::Problems(problems)) = wrong(model) else { return None };
        let problem = problems.into_iter().find(is_of_name)?;
        let (kind, words) = (words::problem_key(&problem), words::problem(&problem));
        Some(ItemError { item: None, kind, words, repair: None, quiet: false })
    };
    text_editor(TextEditor {
        id: "edited-name".into(),
        label: PRESET_NAME.text(),
        placeholder: String::new(),
        text: Arc::new(move || typed(store, |edit| &edit.name)),
        error: Arc::new(move || store.with(error)),
        on: store.on_value(Event::Name),
    })
}

fn area(
    store: Store<Model>,
    label: Message,
    id: &'static str,
    read: fn(&Editing) -> &String,
    event: fn(String) -> Event,
) -> Node {
    el("textarea")
        .attr("id", id)
        .attr("dir", "auto")
        .attr("spellcheck", "false")
        .attr("rows", if id == "edited-sites" { "2" } else { "8" })
        .attr("aria-label", label.text())
        .live_value(move || typed(store, read))
        .on("input", move |input| store.dispatch(event(value_of(&input))))
}

/// The errors of one part of the form, JSON that is none among those of the values.
fn errors(store: Store<Model>, is_of: fn(&Problem) -> bool) -> Node {
    let line = |kind: &'static str, words: String| el("p").class("error").attr("data-error", kind).child(bdi(words));
    live(move || match store.with(wrong)? {
        Wrong::NotJson(at) if is_of(&Problem::Values) => {
            Some(line("not-json", error_not_json(&at.line.to_string(), &at.column.to_string())))
        }
        Wrong::NotJson(_) => None,
        Wrong::Problems(problems) => {
            let of = problems.iter().filter(|problem| is_of(problem)).take(5);
            Some(fragment(of.map(|problem| line(words::problem_key(problem), words::problem(problem)))))
        }
    })
}
