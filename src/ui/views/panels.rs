//! The visitor now, and what was recorded: turning from one to the other.

use super::presets;
use crate::app::popup::{Event, Model, Origin, Panel};
use crate::ui::components::bare_button;
use crate::ui::dom::{Node, el, live};
use crate::ui::i18n::*;
use crate::ui::parts::PLACE;
use crate::ui::store::Store;

/// The recorded views that are panels.
const TIMELINE: &str = "timeline";
const CHECKS: &str = "checks";

/// The choice of panels; nothing where no page can be looked at.
pub fn choice(store: Store) -> Node {
    let choice = move || {
        let panels = [
            panel(store, "show-visitor", PANEL_VISITOR, Panel::Visitor),
            panel(store, "show-timeline", PANEL_TIMELINE, recorded(TIMELINE)),
            panel(store, "show-checks", PANEL_CHECKS, recorded(CHECKS)).live(move || problems(store)),
        ];
        el("nav")
            .class("panels")
            .attr("aria-label", PANELS.text())
            .children(panels)
            .live(move || presets::open_button(store))
    };
    live(move || store.with(|model| model.shown().is_some() || is_recorded(model)).then(choice))
}

/// The place of the recorded views, and what stands there when they cannot be loaded.
pub fn place(store: Store) -> Node {
    let broken = move || {
        let told = || el("p").class("error").attr("role", "alert").words(PANEL_BROKEN);
        store.with(|model| model.not_loaded).then(told)
    };
    let hidden = move || (!store.with(is_recorded)).then(String::new);
    el("div")
        .class("panel")
        .attr("role", "main")
        .live_attr("hidden", hidden)
        .live(broken)
        .child(el("section").attr("id", PLACE))
}

/// Whether a recorded view is in front.
pub fn is_recorded(model: &Model) -> bool {
    model.panel != Panel::Visitor
}

/// What set a value, with the way to its history; nothing where it was not recorded. The button stays while the words
/// change under the pointer.
pub fn origin(store: Store, key: &'static str) -> Node {
    let of = move |read: fn(&Origin) -> &String| store.with(|model| model.origin(key).map(read).cloned());
    let line = move || {
        let history = Event::Show(recorded(&format!("history:{key}")));
        let link = bare_button("btn link src", "show-history", store.on(history))
            .attr("title", SHOW_HISTORY.text())
            .live_attr("data-cause", move || of(|origin| &origin.cause))
            .child(el("bdi").live_text(move || of(|origin| &origin.words).unwrap_or_default()));
        el("p").class("origin").child(link)
    };
    live(move || store.with(|model| model.origin(key).is_some()).then(line))
}

fn recorded(view: &str) -> Panel {
    Panel::Recorded(view.to_owned())
}

fn panel(store: Store, action: &'static str, name: Message, panel: Panel) -> Node {
    let to = panel.clone();
    let current = move || is_in_front(&store.with(|model| model.panel.clone()), &panel).then(|| "page".to_owned());
    bare_button("panel-tab", action, store.on(Event::Show(to))).live_attr("aria-current", current).words(name)
}

/// The history of a value belongs to the timeline.
fn is_in_front(panel: &Panel, tab: &Panel) -> bool {
    match (panel, tab) {
        (Panel::Recorded(view), Panel::Recorded(tab)) => view == tab || (tab == TIMELINE && view != CHECKS),
        (panel, tab) => panel == tab,
    }
}

fn problems(store: Store) -> Option<Node> {
    let count = store.with(|model| model.told.as_ref().map(|told| told.problems)).filter(|count| *count > 0)?;
    let words = if count == 1 { PROBLEMS_ONE.text() } else { problems_many(&count.to_string()) };
    Some(el("span").class("count").attr("title", words.clone()).attr("aria-label", words).text(count.to_string()))
}
