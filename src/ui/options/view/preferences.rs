//! The sections of the options about the extension's pages: language, appearance, privacy.

use crate::errors::BrowserError;
use crate::ui::components::{Checkbox, Notice, Segmented, Tone};
use crate::ui::i18n::*;
use crate::ui::preference::follow_preference;
use crate::ui::suggestions;
use crate::webext::preferences::{self, await_stored, is_masked, name_of, set_masked};
use inspector_core::policy::language::{self, LANGUAGES};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The values of a preference, each with its label. The first one follows the system. A value is also the `data-action`
/// of its radio button, and names of actions are unique on a page: so there is `system-contrast` beside `system`.
type Choices = [(&'static str, Message)];
const THEMES: [(&str, Message); 3] =
    [("system", PREF_THEME_SYSTEM), ("light", PREF_THEME_LIGHT), ("dark", PREF_THEME_DARK)];
const CONTRASTS: [(&str, Message); 2] = [("system-contrast", PREF_THEME_SYSTEM), ("high", PREF_CONTRAST_HIGH)];

/// Why the last choice in a section wasn't stored.
type Failure = RwSignal<Option<BrowserError>>;

/// Waits until a choice is stored, and reports if it isn't.
fn report_failure(failure: Failure, storing: impl Future<Output = Result<(), BrowserError>> + 'static) {
    spawn_local(async move { failure.set(storing.await.err()) });
}

/// A choice that isn't stored is lost when the page reloads.
#[component]
fn NotStored(failure: Failure) -> impl IntoView {
    move || {
        let why = failure.get()?;
        Some(view! {
            <Notice tone=Tone::Bad attr:data-error="not-kept">
                <p role="alert">
                    <bdi>{words::error_not_stored(&why.to_string())}</bdi>
                </p>
            </Notice>
        })
    }
}

#[component]
pub fn AppearanceSection(
    /// The organization has set the language.
    is_language_locked: Memo<bool>,
) -> impl IntoView {
    let failure = Failure::new(None);
    view! {
        <section data-section="preferences">
            <h2>{PREFS_TITLE}</h2>
            <LanguageSelect failure=failure is_locked=is_language_locked />
            <Choice failure=failure name="theme" label=PREF_THEME choices=&THEMES />
            <Choice failure=failure name="contrast" label=PREF_CONTRAST choices=&CONTRASTS />
            <NotStored failure=failure />
        </section>
    }
}

#[component]
fn LanguageSelect(failure: Failure, is_locked: Memo<bool>) -> impl IntoView {
    let chosen = preferences::get("language").unwrap_or_default();
    let choose = move |folder: String| {
        report_failure(
            failure,
            await_stored(preferences::set("language", Some(folder.as_str()).filter(|folder| !folder.is_empty()))),
        );
    };
    let option = |folder: &'static str| {
        view! {
            <option value=folder lang=language::tag(folder) prop:selected={chosen == folder}>
                {name_of(folder)}
            </option>
        }
    };
    view! {
        <label class="labelled">
            <span>{PREF_LANGUAGE}</span>
            <select
                data-action="language"
                disabled=move || is_locked.get()
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="" prop:selected=chosen.is_empty()>
                    {PREF_LANGUAGE_BROWSER}
                </option>
                {LANGUAGES.iter().copied().map(option).collect_view()}
            </select>
            <p class="src">{PREF_LANGUAGE_TEXT}</p>
        </label>
    }
}

/// A preference.
#[component]
fn Choice(
    failure: Failure,
    /// The key under which it is stored.
    name: &'static str,
    label: Message,
    choices: &'static Choices,
) -> impl IntoView {
    let (system, _) = choices[0];
    let chosen = follow_preference(move || {
        let stored = preferences::get(name);
        let is_stored = |choice: &&str| stored.as_deref() == Some(*choice);
        choices.iter().map(|(choice, _)| *choice).find(is_stored).unwrap_or(system)
    });
    let choose = move |choice: &'static str| {
        chosen.set(choice);
        report_failure(failure, await_stored(preferences::set(name, Some(choice).filter(|choice| *choice != system))));
    };
    let options: Vec<_> = choices.iter().map(|(choice, label)| (*choice, *choice, label.text())).collect();
    view! {
        <div class="labelled">
            <span>{label}</span>
            <Segmented id=name label=label options=options chosen=chosen on_choose=choose />
        </div>
    }
}

#[component]
pub fn PrivacySection() -> impl IntoView {
    let failure = Failure::new(None);
    let mask = move |is_on| report_failure(failure, await_stored(set_masked(is_on)));
    let remember = move |is_on| report_failure(failure, suggestions::set_remembering(is_on));
    view! {
        <section data-section="privacy">
            <h2>{PRIVACY_TITLE}</h2>
            <Checkbox action="masked" is_checked=follow_preference(is_masked) on_change=mask>
                {MASK}
                <small>{PRIVACY_MASK_TEXT}</small>
            </Checkbox>
            <Checkbox action="remember" is_checked=follow_preference(suggestions::is_wanted) on_change=remember>
                {REMEMBER_TITLE}
                <small>{REMEMBER_TEXT}</small>
            </Checkbox>
            <NotStored failure=failure />
        </section>
    }
}
