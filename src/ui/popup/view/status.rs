//! The state of the connection, and oddities in the page's report.

use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::popup::state::Model;
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::state::link_text;
use inspector_core::page_report::connection::{Link, Sdk};
use inspector_core::page_report::{Oddity, Report};
use leptos::either::Either;
use leptos::prelude::*;

#[component]
pub fn Status() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let link = store.slice(|model| link(model).cloned());
    let reset_waits = store.slice(|model| model.report().is_some_and(Report::reset_waits));
    view! {
        <ShowLet some=link let:link>
            <LinkNotice link=link />
        </ShowLet>
        <Show when=move || reset_waits.get()>
            // A queued reset clears more than its fields show.
            <Notice tone=Tone::Warn title=WAITING_RESET_TITLE attr:data-pending="reset">
                <p>{WAITING_RESET}</p>
            </Notice>
        </Show>
        <Oddities />
    }
}

fn link(model: &Model) -> Option<&Link> {
    match &model.report()?.sdk {
        Sdk::Loaded(link) => Some(link),
        _ => None,
    }
}

#[component]
fn LinkNotice(link: Link) -> impl IntoView {
    let (title, text) = link_text(&link);
    let tone = match link {
        Link::NotConnected(_) => Tone::Warn,
        Link::InSession(_) => Tone::Info,
        Link::HandshakeSeen | Link::NotReported => return Either::Left(view! { <p class="note">{text}</p> }),
    };
    Either::Right(view! {
        <Notice tone=tone title=title.map(Message::text)>
            <p>
                <bdi>{text}</bdi>
            </p>
        </Notice>
    })
}

/// The oddities in the page's report; usually none.
#[component]
pub fn Oddities() -> impl IntoView {
    let oddities = expect_context::<PopupStore>()
        .slice(|model| model.page().map(|shown| shown.frame().oddities.clone()).unwrap_or_default());
    move || oddities.get().into_iter().map(oddity_notice).collect_view()
}

fn oddity_notice(oddity: Oddity) -> impl IntoView {
    let text = match oddity {
        Oddity::Unreadable => ODD_UNREADABLE,
        Oddity::Accessor => ODD_ACCESSOR,
        Oddity::ListsAsText => ODD_LISTS_AS_TEXT,
    };
    view! {
        <Notice tone=Tone::Warn>
            <p>{text}</p>
        </Notice>
    }
}
