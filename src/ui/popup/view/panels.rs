//! The tabs for the visitor and the recorded views, and the element of the recorded views.

use super::conditions::is_recorded_view_shown;
use super::presets::PresetsButton;
use crate::ui::components::Button;
use crate::ui::focus::focus_if_lost;
use crate::ui::i18n::*;
use crate::ui::popup::lazy_parts::VIEWS_ID;
use crate::ui::popup::state::{Event, Panel, RecordedView};
use crate::ui::popup::store::{FocusTarget, PopupStore};
use crate::ui::recording::summary::RecordingSummary;
use leptos::html;
use leptos::prelude::*;

/// The choice of panels; nothing if no page can be inspected.
#[component]
pub fn PanelTabs() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_shown = store.slice(|model| model.page().is_some() || is_recorded_view_shown(model));
    view! {
        <Show when=move || is_shown.get()>
            <nav class="panels" aria-label=PANELS>
                <VisitorTab />
                <PanelTab action="show-timeline" panel=Panel::Recorded(RecordedView::Timeline)>
                    {PANEL_TIMELINE}
                </PanelTab>
                <PanelTab action="show-checks" panel=Panel::Recorded(RecordedView::Checks)>
                    {PANEL_CHECKS}
                    <Count read=|summary| summary.problems text=problems />
                </PanelTab>
                <PanelTab action="show-expectations" panel=Panel::Recorded(RecordedView::Expectations)>
                    {EXPECTATIONS}
                    <Count read=|summary| summary.failing text=failing />
                </PanelTab>
                <PresetsButton />
            </nav>
        </Show>
    }
}

#[component]
fn VisitorTab() -> impl IntoView {
    let tab = NodeRef::<html::Button>::new();
    focus_if_lost(tab, expect_context::<PopupStore>().view_state.wants_focus(FocusTarget::Panels));
    view! {
        <PanelTab action="show-visitor" panel=Panel::Visitor node_ref=tab>
            {PANEL_VISITOR}
        </PanelTab>
    }
}

#[component]
fn PanelTab(
    action: &'static str,
    panel: Panel,
    #[prop(optional)] node_ref: NodeRef<html::Button>,
    children: Children,
) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_current = store.slice(move |model| tab_of(model.panel) == panel);
    view! {
        <Button
            class="panel-tab"
            action=action
            node_ref=node_ref
            on_click=move || store.dispatch(Event::Show(panel))
            attr:aria-current=move || is_current.get().then_some("page")
        >
            {children()}
        </Button>
    }
}

/// A number of the recording in a tab, and what it counts; nothing for zero.
#[component]
fn Count(read: fn(&RecordingSummary) -> u32, text: fn(u32) -> String) -> impl IntoView {
    let count = expect_context::<PopupStore>().slice(move |model| model.summary.as_ref().map_or(0, read));
    let text = move || text(count.get());
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="count" title=text aria-label=text>
                {move || count.get()}
            </span>
        </Show>
    }
}

fn problems(count: u32) -> String {
    match count {
        1 => PROBLEMS_ONE.text(),
        count => words::problems_many(&count.to_string()),
    }
}

fn failing(count: u32) -> String {
    words::expectations_failing(&count.to_string())
}

/// The element in which `lazy_parts::show` mounts the recorded views, and the note on why they couldn't be shown.
#[component]
pub fn RecordedPanel() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let is_shown = store.slice(is_recorded_view_shown);
    let not_loaded = store.slice(|model| model.not_loaded);
    view! {
        <div class="panel" role="main" hidden=move || !is_shown.get()>
            <Show when=move || not_loaded.get()>
                <p class="error" role="alert">
                    {PANEL_BROKEN}
                </p>
            </Show>
            <section id=VIEWS_ID></section>
        </div>
    }
}

/// The panel whose tab is selected. The views without a tab belong to the timeline.
fn tab_of(panel: Panel) -> Panel {
    match panel {
        Panel::Recorded(RecordedView::History(_) | RecordedView::Sites) => Panel::Recorded(RecordedView::Timeline),
        panel => panel,
    }
}
