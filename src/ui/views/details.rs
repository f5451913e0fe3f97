//! Everything else that is known: ids, links and the SDK's settings.

use super::calls;
use super::copy::copy;
use super::reading::{json_of, quiet, source_of};
use super::server;
use crate::app::popup::{CopyWhat, Model};
use crate::ui::dom::{Node, bdi, el, fragment};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::address::is_vendors;
use crate::ui::words::reading;
use inspector_core::page_report::Report;
use inspector_core::visitor::observed::{Observed, Source};

/// One setting: its name, and its value in words.
type Setting = (Message, Observed<String>);

pub fn details(store: Store) -> Node {
    let waiting = |model: &Model| !calls::texts(model).0.is_empty();
    let queue =
        move || Some(if store.with(waiting) { calls::block(store) } else { quiet("none", DETAIL_NOTHING_WAITS) });
    let list = el("dl")
        .live(move || Some(fragment(store.with(settings).into_iter().map(setting))))
        .child(el("dt").words(DETAIL_QUEUE))
        .child(el("dd").live(queue));
    fragment([
        identifier(store, "shortId", FIELD_SHORT_ID, short_id, CopyWhat::ShortId),
        identifier(store, "watchLink", FIELD_WATCH_LINK, watch_link, CopyWhat::WatchLink),
        el("details").class("details").child(el("summary").words(DETAILS)).child(list),
    ])
}

fn short_id(report: &Report) -> &Observed<String> {
    &report.visitor.short_id
}

fn watch_link(report: &Report) -> &Observed<String> {
    &report.visitor.watch_link
}

fn identifier(
    store: Store,
    key: &'static str,
    name: Message,
    read: fn(&Report) -> &Observed<String>,
    what: CopyWhat,
) -> Node {
    let action = if what == CopyWhat::ShortId { "copy-short-id" } else { "copy-watch-link" };
    let known = move || store.with(|model| read(model.report()?).value().map(drop));
    let copied = move || known().map(|()| copy(store, action, copy_what(&name.text()), true, what.clone()));
    el("section")
        .class("field")
        .attr("data-field", key)
        .live_attr("data-value", move || store.with(|model| json_of(read(model.report()?))))
        .live_attr("data-source", move || store.with(|model| source_of(read(model.report()?)).map(str::to_owned)))
        .child(el("h2").class("name").words(name))
        .child(
            el("div")
                .class("read")
                .live(move || store.with(|model| Some(observed(read(model.report()?)))))
                .child(server::line(store, key)),
        )
        .live(copied)
}

fn observed(value: &Observed<String>) -> Node {
    let (shown, from) = match value {
        Observed::Unknown(why) => (quiet("unknown", UNKNOWN), reading::why(*why)),
        Observed::Unset(source) => (quiet("none", UNSET), reading::source(source)),
        Observed::Value(text, source) => (link_or_text(text.clone()), reading::source(source)),
    };
    fragment([el("div").class("val").child(shown), el("p").class("src").text(from.text())])
}

/// A page can name any link: only the vendor's own can be clicked.
fn link_or_text(text: String) -> Node {
    match is_vendors(&text) {
        true => {
            let link =
                el("a").class("id").attr("href", text.clone()).attr("target", "_blank").attr("rel", "noreferrer");
            link.text(text)
        }
        false => el("bdi").class("id").text(text),
    }
}

fn settings(model: &Model) -> Vec<Setting> {
    let Some(report) = model.report() else { return vec![] };
    let settings = &report.settings;
    let flag = |value: &Observed<bool>| value.clone().map(|on| if on { YES } else { NO }.text());
    let chats = settings.chats.clone().map(|chats| if chats.is_empty() { NONE.text() } else { chats.join(", ") });
    let mut rows = vec![
        (DETAIL_SDK, settings.version.clone()),
        (DETAIL_REGION, settings.region.clone()),
        (DETAIL_PUBLIC_KEY, settings.public_key.clone()),
        (DETAIL_DOMAIN, settings.account_domain.clone()),
        (DETAIL_AUTOCONNECT, flag(&settings.autoconnect)),
        (DETAIL_OVERRIDES, flag(&settings.page_overrides)),
        (DETAIL_CHATS, chats),
    ];
    if let Some(key) = &settings.testing_key {
        let words = detail_testing_key_text(key);
        rows.push((DETAIL_TESTING_KEY, Observed::Value(words, Source::LocalStorage)));
    }
    rows.push((DETAIL_FRAME_ADDRESS, Observed::Value(report.page.url.clone(), Source::Answer)));
    rows
}

fn setting((name, value): Setting) -> Node {
    let (shown, from) = match value {
        Observed::Value(text, source) => (bdi(text), reading::source(&source)),
        Observed::Unset(source) => (quiet("none", UNSET), reading::source(&source)),
        Observed::Unknown(why) => (quiet("unknown", UNKNOWN), reading::why(why)),
    };
    fragment([el("dt").words(name), el("dd").attr("title", from.text()).child(shown)])
}
