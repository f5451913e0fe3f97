//! The section about the global keyboard shortcuts: which are set, and where to change them.

use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::webext::commands;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The commands of the manifest, by their names there.
const COMMANDS: [(&str, Message); 2] = [("_execute_action", KEYS_OPEN), ("copy-code", COMMAND_COPY_CODE)];

/// The name and the keys of each command; the keys are empty if none are set.
type Shortcuts = RwSignal<Vec<(String, String)>>;

#[component]
pub fn ShortcutsSection() -> impl IntoView {
    let shortcuts = Shortcuts::new(vec![]);
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
    spawn_local(async move { shortcuts.set(commands::all().await) });
}

/// Reads the shortcuts again when the page gets the focus: they may have been changed in another tab.
fn read_on_focus(shortcuts: Shortcuts) {
    let listener = window_event_listener(ev::focus, move |_| read(shortcuts));
    on_cleanup(move || listener.remove());
}

#[component]
fn Row(command: &'static str, label: Message, shortcuts: Shortcuts) -> impl IntoView {
    let shortcut = Memo::new(move |_| {
        let shortcuts = shortcuts.read();
        let (_, shortcut) = shortcuts.iter().find(|(name, _)| name == command)?;
        (!shortcut.is_empty()).then(|| shortcut.clone())
    });
    let shortcut = move || match shortcut.get() {
        Some(shortcut) => view! { <kbd>{shortcut}</kbd> }.into_any(),
        None => view! { <span class="none">{KEYS_UNSET}</span> }.into_any(),
    };
    view! {
        <dt>{label}</dt>
        <dd data-shortcut=command>{shortcut}</dd>
    }
}
