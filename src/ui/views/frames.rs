//! Choosing among frames, and a word on those that cannot be seen.

use crate::app::popup::{Event, Model, ShownFrame};
use crate::ui::dom::{Node, el, fragment, live, value_of};
use crate::ui::i18n::*;
use crate::ui::store::Store;
use crate::ui::words::state::of_sdk;

pub fn frames(store: Store) -> Node {
    let hidden = |model: &Model| Some(model.shown()?.hidden_frames).filter(|hidden| *hidden > 0);
    let left_out = |model: &Model| Some(model.shown()?.left_out).filter(|count| *count > 0);
    fragment([
        live(move || (store.with(options).len() > 1).then(|| picker(store))),
        live(move || store.with(left_out).map(|count| note("left-out", &frames_left_out(&count.to_string())))),
        live(move || store.with(hidden).map(|hidden| note("hidden", &hidden_words(hidden)))),
    ])
}

/// The frames to choose among: their index and what to call them.
fn options(model: &Model) -> Vec<(usize, String)> {
    let Some(shown) = model.shown() else { return vec![] };
    shown.pickable().into_iter().map(|index| (index, name(&shown.frames[index]))).collect()
}

fn name(frame: &ShownFrame) -> String {
    let report = &frame.report;
    let url = report.plain_url();
    let address = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or(url);
    let address = if report.page.top { frame_top(address) } else { address.to_owned() };
    frame_option(&address, &of_sdk(&report.sdk).text())
}

fn picker(store: Store) -> Node {
    let option = move |(index, name): (usize, String)| {
        let chosen = move || store.with(|model| model.shown().is_some_and(|shown| shown.at == index));
        el("option").attr("value", index.to_string()).live_flag("selected", chosen).text(name)
    };
    let choose = move |event| {
        if let Ok(index) = value_of(&event).parse() {
            store.dispatch(Event::ChooseFrame(index));
        }
    };
    let select = el("select")
        .attr("data-action", "choose-frame")
        .on("change", choose)
        .live(move || Some(fragment(store.with(options).into_iter().map(option))));
    el("label").class("frames").child(el("span").words(FRAME_LABEL)).child(select)
}

fn hidden_words(hidden: u64) -> String {
    if hidden == 1 { HIDDEN_FRAME.text() } else { hidden_frames(&hidden.to_string()) }
}

fn note(frames: &'static str, words: &str) -> Node {
    el("p").class("note").attr("data-frames", frames).text(format!("{words} {}", HIDDEN_FRAMES_NEXT.text()))
}
