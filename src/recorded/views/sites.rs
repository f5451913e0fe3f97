//! Recording a site, and the sites that are recorded.

use crate::app::recorded::{Event, Given, Model, Site};
use crate::recorded::store::Store;
use crate::ui::dom::components::{Icon, Tone, bare_button, button, icon, notice};
use crate::ui::dom::{Node, bdi, el, fragment, live, on};
use crate::ui::i18n::*;
use inspector_core::recording::storage::HELD;
use js_sys::Date;

/// Instead of a view that has nothing to show.
pub fn not_recorded(store: Store) -> Node {
    el("div").class("pane").live(move || Some(offer(store))).live(move || store.with(has_sites).then(|| list(store)))
}

/// The recorded sites, and the offer to add this one.
pub fn sites(store: Store) -> Node {
    el("div").class("pane").live(move || Some(offer(store))).child(list(store))
}

fn has_sites(model: &Model) -> bool {
    model.recording.sites.as_ref().is_some_and(|sites| !sites.is_empty())
}

fn offer(store: Store) -> Node {
    let (site, recorded) = store.with(|model| (model.recording.site.clone(), model.is_site_recorded()));
    let page =
        el("section").class("empty").attr("data-record", "").child(el("span").class("glyph").child(icon(Icon::Record)));
    match site {
        Site::Website { host, .. } if recorded => page
            .child(el("h2").child(bdi(site_is_recorded(&host))))
            .child(el("p").words(SITE_IS_RECORDED_TEXT))
            .child(progress(store)),
        Site::Website { host, .. } => page
            .child(el("h2").words(SITE_RECORD_TITLE))
            .child(el("p").child(bdi(site_record_text(&host))))
            .child(el("p").words(SITE_RECORD_SEES))
            .child(record(store))
            .child(progress(store)),
        Site::NoWebsite => page.child(el("h2").words(SITE_RECORD_TITLE)).child(el("p").words(SITE_NO_WEBSITE)),
        Site::Held => {
            page.child(el("h2").words(SITE_RECORD_TITLE)).child(el("p").attr("data-hold", "not-here").words(SITE_HELD))
        }
        Site::Unseen => page.child(el("h2").words(SITE_RECORD_TITLE)).child(el("p").words(SITE_UNSEEN)),
    }
}

fn record(store: Store) -> Node {
    let busy = |model: &Model| matches!(model.recording.wish, Given::Asking | Given::Starting);
    let ask = on(move |()| store.dispatch(Event::Record(Date::now() as i64)));
    let button = bare_button("btn primary", "record", ask).words(SITE_RECORD);
    let button = button.live_flag("disabled", move || store.with(busy));
    fragment([el("div").class("actions").child(button), el("p").class("src").words(SITE_RELOADS)])
}

/// How far the wish has come.
fn progress(store: Store) -> Node {
    live(move || {
        let (tone, words) = store.with(|model| match &model.recording.wish {
            Given::No => None,
            Given::Asking => Some((Tone::Info, SITE_ASKING.text())),
            Given::Starting | Given::Started => Some((Tone::Good, SITE_STARTING.text())),
            Given::Refused => Some((Tone::Quiet, SITE_REFUSED.text())),
            Given::Failed(why) if why == HELD => Some((Tone::Warn, SITE_HELD.text())),
            Given::Failed(why) => Some((Tone::Bad, site_failed(why))),
        })?;
        Some(notice(tone, None, [el("p").attr("role", "status").child(bdi(words))]))
    })
}

fn list(store: Store) -> Node {
    let sites = move || {
        let sites = store.with(|model| model.recording.sites.clone().unwrap_or_default());
        Some(match sites.is_empty() {
            true => el("p").class("none").words(SITES_NONE),
            false => el("ul").class("sites").children(sites.into_iter().map(|pattern| site(store, pattern))),
        })
    };
    el("section")
        .class("recorded-sites")
        .child(el("h2").words(SITES_TITLE))
        .live(sites)
        .live(move || store.with(has_sites).then(|| el("p").class("src").words(SITE_STOP_TEXT)))
}

fn site(store: Store, pattern: String) -> Node {
    let name = pattern.trim_end_matches("/*").to_owned();
    let stop = button("btn", "stop-recording", SITE_STOP.text(), store.on(Event::Stop(pattern.clone())));
    let stop = stop.attr("aria-label", site_stop_of(&name));
    el("li").attr("data-site", pattern).child(bdi(name)).child(stop)
}
