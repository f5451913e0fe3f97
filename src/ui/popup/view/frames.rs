//! The choice of a frame, and a note on frames that aren't shown.

use crate::lazy::lazy;
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{Event, InspectedFrame, Model};
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::state::sdk_headline;
use crate::ui::text::number::grouped;
use leptos::prelude::*;

#[component]
pub fn Frames() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let can_choose = store.slice(|model| model.page().is_some_and(|shown| shown.pickable().len() > 1));
    let left_out = store.slice(|model| Some(model.page()?.left_out).filter(|count| *count > 0));
    let hidden = store.slice(|model| Some(model.page()?.hidden_frames).filter(|hidden| *hidden > 0));
    view! {
        <LazyShow when=move || can_choose.get() load=load_choice />
        <ShowLet some=left_out let:count>
            <FrameNote name="left-out" text=words::frames_left_out(&grouped(count)) />
        </ShowLet>
        <ShowLet some=hidden let:count>
            <FrameNote name="hidden" text=hidden_text(count) />
        </ShowLet>
    }
}

lazy! {
    /// The choice. Few pages have Upscope in several frames.
    #[part(edit)]
    async fn load_choice() -> AnyView {
        view! { <FrameSelect /> }.into_any()
    }
}

/// The frames to choose from: index and name.
fn read_options(model: &Model) -> Vec<(usize, String)> {
    let Some(shown) = model.page() else { return vec![] };
    shown.pickable().into_iter().map(|index| (index, name(&shown.frames[index]))).collect()
}

fn name(frame: &InspectedFrame) -> String {
    let report = &frame.report;
    let url = report.plain_url();
    let address = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or(url);
    let address = if report.page.top { words::frame_top(address) } else { address.to_owned() };
    words::frame_option(&address, &sdk_headline(&report.sdk).text())
}

#[component]
fn FrameSelect() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let options = store.slice(read_options);
    let chosen = store.slice(|model| model.page().map(|shown| shown.frame_index));
    let choose = move |value: String| {
        if let Ok(index) = value.parse() {
            store.dispatch(Event::ChooseFrame(index));
        }
    };
    let option = move |(index, name): (usize, String)| {
        view! {
            <option value=index.to_string() prop:selected=move || chosen.get() == Some(index)>
                {name}
            </option>
        }
    };
    view! {
        <label class="frames">
            <span>{FRAME_LABEL}</span>
            <select data-action="choose-frame" on:change:target=move |event| choose(event.target().value())>
                <For each=move || options.get() key=Clone::clone children=option />
            </select>
        </label>
    }
}

fn hidden_text(hidden: u64) -> String {
    if hidden == 1 { HIDDEN_FRAME.text() } else { words::hidden_frames(&grouped(hidden)) }
}

#[component]
fn FrameNote(
    /// The value of `data-frames`.
    name: &'static str,
    text: String,
) -> impl IntoView {
    view! {
        <p class="note" data-frames=name>
            {words::two_sentences(&text, &HIDDEN_FRAMES_NEXT.text())}
        </p>
    }
}
