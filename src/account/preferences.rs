//! The sections of the options about our own pages: language, appearance, masked values.

use super::last_used;
use crate::browser::preferences::{get, is_masked, kept, name_of, set, set_masked};
use crate::ui::dom::components::{Seg, Tone, notice, seg};
use crate::ui::dom::{Node, bdi, el, on, value_of};
use crate::ui::i18n::*;
use inspector_core::policy::language::LANGUAGES;
use leptos::prelude::{Get, GetUntracked, RwSignal, Set, Update};
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Choices of how our pages look, each by its name and its words. The first leaves it to the system.
type Looks = [(&'static str, Message)];
const THEMES: [(&str, Message); 3] =
    [("system", PREF_THEME_SYSTEM), ("light", PREF_THEME_LIGHT), ("dark", PREF_THEME_DARK)];
const CONTRASTS: [(&str, Message); 2] = [("system-contrast", PREF_THEME_SYSTEM), ("high", PREF_CONTRAST_HIGH)];

/// Why the last choice of a section is not kept.
type Failed = RwSignal<Option<String>>;

/// Waits until a choice is kept.
fn keep(failed: Failed, keeping: impl Future<Output = Result<(), String>> + 'static) {
    spawn_local(async move { failed.set(keeping.await.err()) });
}

/// What is not kept is lost when the page is loaded again: the person is told.
fn not_kept(failed: Failed) -> Option<Node> {
    let why = el("p").attr("role", "alert").child(bdi(preset_error_kept(&failed.get()?)));
    Some(notice(Tone::Bad, None, [why]).attr("data-error", "not-kept"))
}

/// `locked`: the organisation has set the language.
pub fn look(locked: impl Fn() -> bool + 'static) -> Node {
    let failed = Failed::new(None);
    el("section")
        .attr("data-section", "preferences")
        .child(el("h2").words(PREFS_TITLE))
        .child(language(failed, locked))
        .child(choice(failed, "theme", PREF_THEME, &THEMES))
        .child(choice(failed, "contrast", PREF_CONTRAST, &CONTRASTS))
        .live(move || not_kept(failed))
}

fn language(failed: Failed, locked: impl Fn() -> bool + 'static) -> Node {
    let chosen = get("language").unwrap_or_default();
    let options = [("", PREF_LANGUAGE_BROWSER.text())].into_iter();
    let options = options.chain(LANGUAGES.iter().map(|code| (*code, name_of(code))));
    let option = |(code, name): (&'static str, String)| {
        let is_chosen = code == chosen;
        let option = el("option").attr("value", code).text(name).live_flag("selected", move || is_chosen);
        if code.is_empty() { option } else { option.attr("lang", code.replace('_', "-")) }
    };
    let select = el("select")
        .attr("data-action", "language")
        .live_flag("disabled", locked)
        .on("change", move |event| {
            let choice = set("language", Some(value_of(&event).as_str()).filter(|code| !code.is_empty()));
            keep(failed, kept(choice));
        })
        .children(options.map(option));
    el("label")
        .class("labelled")
        .child(el("span").words(PREF_LANGUAGE))
        .child(select)
        .child(el("p").class("src").words(PREF_LANGUAGE_TEXT))
}

/// A choice of this name, with what it is about before it.
fn choice(failed: Failed, name: &'static str, about: Message, looks: &'static Looks) -> Node {
    let place = |chosen: String| looks.iter().position(|(look, _)| *look == chosen);
    let chosen = RwSignal::new(get(name).and_then(place).unwrap_or(0));
    let options = seg(Seg {
        id: name.into(),
        label: about.text(),
        options: looks.iter().map(|(look, words)| (*look, words.text())).collect(),
        chosen: Arc::new(move || chosen.get()),
        on: on(move |index: usize| {
            chosen.set(index);
            keep(failed, kept(set(name, Some(looks[index].0).filter(|_| index > 0))));
        }),
    });
    el("div").class("labelled").child(el("span").words(about)).child(options)
}

pub fn privacy() -> Node {
    let failed = Failed::new(None);
    let mask = move |on| keep(failed, kept(set_masked(on)));
    let remember = move |on| keep(failed, last_used::want(on));
    el("section")
        .attr("data-section", "privacy")
        .child(el("h2").words(PRIVACY_TITLE))
        .child(check("masked", MASK, PRIVACY_MASK_TEXT, is_masked(), mask))
        .child(check("remember", REMEMBER_TITLE, REMEMBER_TEXT, last_used::is_wanted(), remember))
        .live(move || not_kept(failed))
}

/// A box to tick, with what it means below its words.
fn check(action: &'static str, words: Message, text: Message, on: bool, choose: impl Fn(bool) + 'static) -> Node {
    let checked = RwSignal::new(on);
    let input = el("input")
        .attr("type", "checkbox")
        .attr("data-action", action)
        .live_flag("checked", move || checked.get())
        .on("change", move |_| {
            checked.update(|checked| *checked = !*checked);
            choose(checked.get_untracked());
        });
    let words = el("span").words(words).child(el("small").words(text));
    el("label").class("check").child(input).child(words)
}
