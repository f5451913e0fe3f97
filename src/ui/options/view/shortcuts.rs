//! The section about the global keyboard shortcuts: which are set, and where to change them.

use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::webext::commands;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The commands of the manifest, by their names there.
const COMMANDS: [(&str, Message); 2] = [("_execute_action", KEYS_OPEN), ("copy-code", COMMAND_COPY_CODE)];

/// The name and the keys of each command; the keys are empty if none are set. `None` until they are read.
type Shortcuts = RwSignal<Option<Vec<(String, String)>>>;

#[component]
pub fn ShortcutsSection() -> impl IntoView {
    let shortcuts = Shortcuts::new(None);
    Effect::new(move |_| read(shortcuts));
    read_on_focus(shortcuts);
    let row = |(command, label)| view! { <Row command=command label=label shortcuts=shortcuts /> };
    view! {
        <section data-section="keys">
            <h2>{KEYS_TITLE}</h2>
            <p>{KEYS_TEXT}</p>
            <dl class="keys">{COMMANDS.map(row).collect_view()}</dl>
            <div class="actions">
                <Button action="change-keys" on_click=|| spawn_local(commands::open_settings())>
                    {KEYS_CHANGE}
                </Button>
            </div>
        </section>
    }
}

fn read(shortcuts: Shortcuts) {
    spawn_local(async move { shortcuts.set(Some(commands::all().await)) });
}

/// Reads the shortcuts again when the page gets the focus: they may have been changed in another tab.
fn read_on_focus(shortcuts: Shortcuts) {
    let listener = window_event_listener(ev::focus, move |_| read(shortcuts));
    on_cleanup(move || listener.remove());
}

#[component]
fn Row(command: &'static str, label: Message, shortcuts: Shortcuts) -> impl IntoView {
    let keys = Memo::new(move |_| {
        shortcuts.with(|shortcuts| {
            let found = shortcuts.as_ref()?.iter().find(|(name, _)| name == command);
            Some(found.map(|(_, keys)| keys.clone()).unwrap_or_default())
        })
    });
    let shortcut = move || {
        let keys = keys.get()?;
        Some(match keys.is_empty() {
            true => view! { <span class="none">{KEYS_UNSET}</span> }.into_any(),
            false => view! { <kbd>{keys}</kbd> }.into_any(),
        })
    };
    view! {
        <dt>{label}</dt>
        <dd data-shortcut=command>{shortcut}</dd>
    }
}
