//! The section about the permissions and the sites with a granted permission.

use crate::ui::i18n::*;
use crate::webext::permissions;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The permissions of the manifest.
const PERMISSIONS: [(&str, Message); 5] = [
    ("activeTab", PERM_ACTIVE_TAB),
    ("scripting", PERM_SCRIPTING),
    ("storage", PERM_STORAGE),
    ("contextMenus", PERM_MENUS),
    ("sidePanel", PERM_PANEL),
];

#[component]
pub fn PermissionsSection() -> impl IntoView {
    let permission = |(name, text): (&'static str, Message)| {
        view! {
            <dt>
                <code>{name}</code>
            </dt>
            <dd>{text}</dd>
        }
    };
    view! {
        <section data-section="permissions">
            <h2>{PERM_TITLE}</h2>
            <dl class="permissions">
                {PERMISSIONS.map(permission).collect_view()}
                <dt>{PERM_HOSTS_NAME}</dt>
                <dd>
                    <p>{PERM_HOSTS}</p>
                    <GrantedSites />
                </dd>
            </dl>
        </section>
    }
}

/// The match patterns of the sites; `None` until they are read.
type Origins = RwSignal<Option<Vec<String>>>;

fn read(origins: Origins) {
    spawn_local(async move { origins.set(Some(permissions::origins().await)) });
}

#[component]
fn GrantedSites() -> impl IntoView {
    let origins = Origins::new(None);
    Effect::new(move |_| {
        read(origins);
        // The account's form on this page changes them, and so does the end of a recording.
        permissions::on_changed(move || read(origins));
    });
    let origin = |origin: String| {
        view! {
            <li>
                <bdi>{origin}</bdi>
            </li>
        }
    };
    move || {
        let origins = origins.get()?;
        Some(match origins.is_empty() {
            true => view! { <p class="none">{PERM_HOSTS_NONE}</p> }.into_any(),
            false => view! { <ul>{origins.into_iter().map(origin).collect_view()}</ul> }.into_any(),
        })
    }
}
