//! The sections of the options about our own pages: language, appearance, masked values.

use crate::browser::preferences::{get, is_masked, set, set_masked};
use crate::ui::components::{Seg, seg};
use crate::ui::dom::{Node, el, on, value_of};
use crate::ui::i18n::*;
use leptos::prelude::{Get, RwSignal, Set};
use std::sync::Arc;

/// The languages there are, each by its own name, which is the same in every one.
const LANGUAGES: [(&str, &str); 6] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("pt_BR", "Português (Brasil)"),
    ("ja", "日本語"),
];

const THEMES: [&str; 3] = ["system", "light", "dark"];

/// `locked`: the organisation has set the language.
pub fn look(locked: impl Fn() -> bool + 'static) -> Node {
    el("section")
        .attr("data-section", "preferences")
        .child(el("h2").words(PREFS_TITLE))
        .child(language(locked))
        .child(el("div").class("labelled").child(el("span").words(PREF_THEME)).child(theme()))
}

fn language(locked: impl Fn() -> bool + 'static) -> Node {
    let chosen = get("language").unwrap_or_default();
    let options = [("", PREF_LANGUAGE_BROWSER.text())].into_iter();
    let options = options.chain(LANGUAGES.map(|(code, name)| (code, name.to_owned())));
    let option = |(code, name): (&'static str, String)| {
        let is_chosen = code == chosen;
        let option = el("option").attr("value", code).text(name).live_flag("selected", move || is_chosen);
        if code.is_empty() { option } else { option.attr("lang", code.replace('_', "-")) }
    };
    let select = el("select")
        .attr("data-action", "language")
        .live_flag("disabled", locked)
        .on("change", |event| drop(set("language", Some(value_of(&event).as_str()).filter(|code| !code.is_empty()))))
        .children(options.map(option));
    el("label")
        .class("labelled")
        .child(el("span").words(PREF_LANGUAGE))
        .child(select)
        .child(el("p").class("src").words(PREF_LANGUAGE_TEXT))
}

fn theme() -> Node {
    let place = |name: &str| THEMES.iter().position(|theme| *theme == name);
    let chosen = RwSignal::new(get("theme").as_deref().and_then(place).unwrap_or(0));
    let words = [PREF_THEME_SYSTEM, PREF_THEME_LIGHT, PREF_THEME_DARK].map(Message::text);
    seg(Seg {
        id: "theme".into(),
        label: PREF_THEME.text(),
        options: THEMES.into_iter().zip(words).collect(),
        chosen: Arc::new(move || chosen.get()),
        on: on(move |index: usize| {
            chosen.set(index);
            drop(set("theme", Some(THEMES[index]).filter(|_| index > 0)));
        }),
    })
}

pub fn privacy() -> Node {
    let masked = RwSignal::new(is_masked());
    let check = el("input")
        .attr("type", "checkbox")
        .attr("data-action", "masked")
        .live_flag("checked", move || masked.get())
        .on("change", move |_| {
            masked.set(!masked.get());
            set_masked(masked.get());
        });
    let words = el("span").words(MASK).child(el("small").words(PRIVACY_MASK_TEXT));
    el("section")
        .attr("data-section", "privacy")
        .child(el("h2").words(PRIVACY_TITLE))
        .child(el("label").class("check").child(check).child(words))
}
