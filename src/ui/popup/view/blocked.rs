//! A page without a visitor to show: the reason and the next step.

use super::calls::WaitingCalls;
use super::code_card::CodeCard;
use super::copy_value::CopyValue;
use super::details::Details;
use super::field::Fields;
use super::frames::Frames;
use super::status::Oddities;
use crate::ui::components::{Button, Icon, IconName};
use crate::ui::focus::{focus_if_lost, has_focus};
use crate::ui::i18n::*;
use crate::ui::popup::state::{CopyTarget, Event};
use crate::ui::popup::store::{FocusTarget, PopupStore};
use crate::ui::popup::text::blocked::{Blocked, BlockedKind, blocked};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn BlockedPage() -> impl IntoView {
    let screen = expect_context::<PopupStore>().slice(blocked);
    let is_present = Memo::new(move |_| screen.with(|screen| screen.as_ref().is_some_and(|screen| screen.present)));
    view! {
        <div class="blocked" class:present=move || is_present.get()>
            <Frames />
            <Oddities />
            <ShowLet some=screen let:screen>
                <Screen screen=screen />
            </ShowLet>
            <Show when=move || is_present.get()>
                // If Upscope is present but doesn't work, the queued calls and the browser's storage are still useful.
                <WaitingCalls />
                <CodeCard />
                <Fields />
                <Details />
            </Show>
        </div>
    }
}

/// An answer replaces it, by the visitor or by another screen. Then what follows gets the focus that its buttons had.
#[component]
fn Screen(screen: Blocked) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let (section, refresh_button) = (NodeRef::<html::Section>::new(), NodeRef::<html::Button>::new());
    focus_if_lost(refresh_button, store.view_state.wants_focus(FocusTarget::Panels));
    on_cleanup(move || {
        if has_focus(section) {
            store.view_state.move_focus(FocusTarget::Panels);
        }
    });
    let Blocked { kind, title, text, why, can_give_access, can_show_tab, present } = screen;
    let refresh = if can_give_access || can_show_tab { "btn" } else { "btn primary" };
    let copy_report = present || kind == BlockedKind::Nothing;
    view! {
        <section class="empty" data-why=why node_ref=section>
            <span class="glyph">
                <Icon name=icon(kind) />
            </span>
            <h2>{title}</h2>
            {text.into_iter().map(|text| view! { <p><bdi>{text}</bdi></p> }).collect_view()}
            <div class="actions">
                {can_give_access.then(|| view! {
                    <Button class="btn primary" action="give-access" on_click=move || store.dispatch(Event::GiveAccess)>
                        {GIVE_ACCESS}
                    </Button>
                })}
                {can_show_tab.then(|| view! { <ShowTab /> })}
                <Button
                    class=refresh
                    action="refresh"
                    node_ref=refresh_button
                    on_click=move || store.dispatch(Event::Refresh)
                >
                    {REFRESH}
                </Button>
                {copy_report.then(|| view! {
                    <CopyValue action="copy-report" label=COPY_REPORT what=CopyTarget::Report />
                })}
            </div>
        </section>
    }
}

/// Activates the page's tab.
#[component]
pub fn ShowTab() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    view! {
        <Button class="btn primary" action="show-tab" on_click=move || store.dispatch(Event::ShowTab)>
            {SHOW_TAB}
        </Button>
    }
}

fn icon(kind: BlockedKind) -> IconName {
    match kind {
        BlockedKind::Closed => IconName::Blocked,
        BlockedKind::NeedsAccess => IconName::Key,
        BlockedKind::Missing => IconName::Missing,
        BlockedKind::Nothing => IconName::Search,
        BlockedKind::Waiting => IconName::Waiting,
    }
}
