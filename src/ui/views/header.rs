//! Where we are: the site, how far Upscope has come there, and looking again.

use crate::app::popup::{Event, Model, View};
use crate::browser::preferences::{is_masked, set_masked};
use crate::ui::components::{Icon, icon, icon_button};
use crate::ui::dom::{Node, el, on};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::address::host;
use crate::ui::words::state::headline;

pub fn header(store: Store) -> Node {
    let version = |model: &Model| Some(format!(" · {}", sdk_version(model.report()?.settings.version.value()?)));
    // Without what comes behind the path: it may name the visitor, and a tooltip cannot be masked.
    let address = move || Some(store.with(url).split(['?', '#']).next()?.to_owned());
    let host = el("h1").class("host").live_attr("title", address).child(el("bdi").live_text(move || store.with(name)));
    let meta = el("span")
        .class("meta")
        .child(el("span").live_text(move || store.with(headline).text()))
        .child(el("bdi").live_text(move || store.with(version).unwrap_or_default()));
    el("header")
        .class("head")
        .child(el("i").class("dot"))
        .child(el("div").class("where").child(host).child(meta))
        .live(move || store.with(|model| model.server.is_some()).then(|| page_link(Icon::Nothing, "find", FIND_TITLE)))
        .child(mask())
        .child(page_link(Icon::Gear, "options", OPTIONS_OPEN))
        .child(icon_button(Icon::Refresh, "refresh", REFRESH.text(), store.on(Event::Refresh)))
}

/// Masks personal values, for a person who shares their screen. `settings.js` keeps `aria-pressed` true to other pages.
fn mask() -> Node {
    icon_button(Icon::Eye, "mask", MASK.text(), on(|()| drop(set_masked(!is_masked()))))
        .attr("aria-pressed", is_masked().to_string())
}

/// The way to another page of ours, in a tab of its own.
fn page_link(picture: Icon, page: &'static str, name: Message) -> Node {
    el("a")
        .class("icon-btn")
        .attr("href", format!("{page}.html"))
        .attr("target", "_blank")
        .attr("data-action", page)
        .attr("title", name.text())
        .attr("aria-label", name.text())
        .child(icon(picture))
}

/// The site, or the extension's own name where it is not known.
fn name(model: &Model) -> String {
    match host(&url(model)) {
        "" => EXT_SHORT_NAME.text(),
        host => host.to_owned(),
    }
}

/// The address of the page itself, as far as it is known.
fn url(model: &Model) -> String {
    let tab = match &model.view {
        View::NoAccess { tab, .. } => tab.as_ref().and_then(|tab| tab.url.clone()),
        View::Page(shown) => shown.tab.url.clone().or_else(|| Some(shown.frames[0].report.page.url.clone())),
        _ => None,
    };
    tab.unwrap_or_default()
}
