//! The site, Upscope's state, and the popup's buttons.

use crate::ui::components::{Icon, IconButton, IconName};
use crate::ui::i18n::*;
use crate::ui::popup::state::{Event, Model, View};
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::state::headline;
use crate::ui::preference::follow_preference;
use crate::ui::text::address::host;
use crate::webext::preferences::{is_masked, toggle_masked};
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let address = store.slice(address);
    let site = store.slice(site);
    let headline = store.slice(headline);
    let version = store.slice(|model| Some(model.report()?.settings.version.value()?.clone()));
    let has_account = store.slice(|model| model.server.is_some());
    let version = move || version.get().map(|version| format!(" · {}", words::sdk_version(&version)));
    view! {
        <header class="head">
            // The styles color it by the `data-state` of the root.
            <i class="dot"></i>
            <div class="where">
                <h1 class="host" title=move || address.get()>
                    <bdi>{move || site.get()}</bdi>
                </h1>
                <span class="meta">
                    <span>{move || headline.get().text()}</span>
                    <bdi>{version}</bdi>
                </span>
            </div>
            <Show when=move || has_account.get()>
                <PageLink icon=IconName::Search page="find" name=FIND_TITLE />
            </Show>
            <MaskButton />
            <PageLink icon=IconName::Gear page="options" name=OPTIONS_OPEN />
            <IconButton
                icon=IconName::Refresh
                action="refresh"
                label=REFRESH
                on_click=move || store.dispatch(Event::Refresh)
            />
        </header>
    }
}

/// The button that masks personal data, for a person who shares their screen.
#[component]
fn MaskButton() -> impl IntoView {
    let is_pressed = follow_preference(is_masked);
    view! {
        <IconButton
            icon=IconName::Eye
            action="mask"
            label=MASK
            on_click=|| toggle_masked()
            attr:aria-pressed=move || is_pressed.get().to_string()
        />
    }
}

/// A button that opens another page of the extension in a new tab.
#[component]
fn PageLink(icon: IconName, page: &'static str, name: Message) -> impl IntoView {
    view! {
        <a
            class="icon-btn"
            href=format!("{page}.html")
            target="_blank"
            data-action=page
            title=name
            aria-label=name
        >
            <Icon name=icon />
        </a>
    }
}

/// The site, or the extension's name if the site is unknown.
fn site(model: &Model) -> String {
    match host(&url(model)) {
        "" => EXT_SHORT_NAME.text(),
        host => host.to_owned(),
    }
}

/// The URL without its query and fragment: they may identify the visitor, and a tooltip can't be masked.
fn address(model: &Model) -> String {
    url(model).split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The URL of the page, if it is known.
fn url(model: &Model) -> String {
    let tab = match &model.view {
        View::NoAccess { tab, .. } => tab.as_ref().and_then(|tab| tab.url.clone()),
        View::Page(shown) => shown.tab.url.clone().or_else(|| Some(shown.frames[0].report.page.url.clone())),
        _ => None,
    };
    tab.unwrap_or_default()
}
