//! The first-run page: steps to try, a practice shop, and the inspector beside it in a frame. What the inspector does there
//! reaches `extension/practice/page.js` alone.

mod next;
mod shop;
mod steps;

use super::store::{Page, Store};
use crate::app::welcome::{Effect, Event, Model, Sight, update};
use crate::browser::{commands, practice, property, tabs};
use crate::ui::dom::{Node, el};
use crate::ui::i18n::*;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

impl Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;
    const FIRST: Option<Effect> = Some(Effect::Follow);

    fn perform(store: Store<Self>, effect: Effect) {
        match effect {
            Effect::Follow => {
                practice::follow(move |seen| store.dispatch(Event::Seen(sight(&seen))));
                spawn_local(async move { store.dispatch(Event::Keys(commands::of("_execute_action").await)) });
            }
            Effect::Close => spawn_local(tabs::close_own()),
        }
    }
}

/// What `extension/practice/page.js` told.
fn sight(seen: &JsValue) -> Sight {
    let flag = |name: &str| property(seen, name).is_truthy();
    let text = |name: &str| property(seen, name).as_string().unwrap_or_default();
    Sight {
        copied: flag("copied"),
        call_seen: flag("callSeen"),
        read_back: flag("readBack"),
        masked: flag("masked"),
        refused: property(seen, "refused").as_f64().unwrap_or_default() as u32,
        visitor: text("visitor"),
        short_id: text("shortId"),
        code: text("code"),
        calls: Array::from(&property(seen, "calls")).iter().filter_map(|call| call.as_string()).collect(),
    }
}

pub fn page(store: Store<Model>) -> Node {
    let progress = move || if store.with(|model| model.next().is_none()) { "done" } else { "begun" };
    el("main")
        .class("welcome")
        .live_attr("data-practice", move || Some(progress().to_owned()))
        .child(intro())
        .child(el("div").class("tryout").child(steps::list(store)).child(shop::stage(store)))
        .child(next::section(store))
        .child(steps::announce(store))
}

fn intro() -> Node {
    // In front of all else for who uses the keyboard.
    let skip = el("a").class("btn").attr("href", "#next").attr("data-action", "skip").words(WELCOME_SKIP);
    let words = el("div").child(el("h1").words(WELCOME_TITLE)).child(el("p").class("lead").words(WELCOME_LEAD));
    el("header").class("intro").child(words).child(skip)
}
