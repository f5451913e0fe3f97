//! Other known data: IDs, links and the SDK's settings.

use super::calls::{Calls, CallsBlock};
use super::copy_value::CopyValue;
use super::origins::shows_origin_below;
use super::reading::{VALUE_CLASS, json_of, source_of};
use super::server::ServerViewLine;
use crate::lazy::lazy;
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{CopyTarget, Model};
use crate::ui::popup::store::PopupStore;
use crate::ui::text::address::is_vendors;
use crate::ui::text::reading_text;
use inspector_core::page_report::Report;
use inspector_core::visitor::observed::{Observed, Source};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

/// One setting: its name, and its value as text.
type Setting = (Message, Observed<String>);

#[component]
pub fn Details() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    view! {
        <Identifier
            key="shortId"
            name=FIELD_SHORT_ID
            read=|report| &report.visitor.short_id
            copy_action="copy-short-id"
            copy_label=COPY_SHORT_ID
            what=CopyTarget::ShortId
        />
        <Identifier
            key="watchLink"
            name=FIELD_WATCH_LINK
            read=|report| &report.visitor.watch_link
            copy_action="copy-watch-link"
            copy_label=COPY_WATCH_LINK
            what=CopyTarget::WatchLink
            above=|report| &report.visitor.short_id
        />
        <details class="details">
            <summary>{DETAILS}</summary>
            <LazyShow when=move || store.view_state.is_painted() load=load_settings />
        </details>
    }
}

lazy! {
    /// The settings, which are first hidden.
    #[part(edit)]
    async fn load_settings() -> AnyView {
        view! { <Settings /> }.into_any()
    }
}

#[component]
fn Settings() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let settings = store.slice(read_settings);
    let calls = store.slice(Calls::read);
    let has_calls = Memo::new(move |_| calls.with(|calls| calls.count() > 0));
    view! {
        <dl>
            {move || settings.get().into_iter().map(setting).collect_view()}
            <dt>{DETAIL_QUEUE}</dt>
            <dd>
                <Show
                    when=move || has_calls.get()
                    fallback=|| view! { <span class="none">{DETAIL_NOTHING_WAITS}</span> }
                >
                    <CallsBlock calls=calls />
                </Show>
            </dd>
        </dl>
    }
}

#[component]
fn Identifier(
    /// The value of `data-field`.
    key: &'static str,
    name: Message,
    read: fn(&Report) -> &Observed<String>,
    copy_action: &'static str,
    copy_label: Message,
    what: CopyTarget,
    /// The value above this one, if both are usually unknown for the same reason. Then the reason is shown only above.
    #[prop(optional)]
    above: Option<fn(&Report) -> &Observed<String>>,
) -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let value = store.slice(move |model| Some(read(model.report()?).clone()));
    let above = store.slice(move |model| Some(above?(model.report()?).origin()));
    let origin = move || value.with(|value| Some(value.as_ref()?.origin()));
    let shows_origin = shows_origin_below(origin, move || above.get());
    let is_known = move || value.with(|value| value.as_ref().is_some_and(|value| value.value().is_some()));
    view! {
        <section
            class="field"
            data-field=key
            data-value=move || value.with(|value| json_of(value.as_ref()?))
            data-source=move || value.with(|value| source_of(value.as_ref()?))
        >
            <h2 class="name">{name}</h2>
            <div class="read ids">
                <ShowLet some=value let:value>
                    <IdentifierValue value=value shows_origin=shows_origin />
                </ShowLet>
                <ServerViewLine key=key />
            </div>
            <Show when=is_known>
                <CopyValue action=copy_action label=copy_label icon_only=true what=what.clone() />
            </Show>
        </section>
    }
}

#[component]
fn IdentifierValue(value: Observed<String>, shows_origin: Memo<bool>) -> impl IntoView {
    let origin = reading_text::origin(&value);
    let value = match value {
        Observed::Unknown(_) => EitherOf3::A(view! { <span class="unknown">{UNKNOWN}</span> }),
        Observed::Unset(_) => EitherOf3::B(view! { <span class="none">{UNSET}</span> }),
        Observed::Value(text, _) => EitherOf3::C(view! { <LinkOrText text=text /> }),
    };
    view! {
        <div class=VALUE_CLASS>{value}</div>
        <Show when=move || shows_origin.get()>
            <p class="src">{origin}</p>
        </Show>
    }
}

/// A page can report any link. Only Upscope's are clickable.
#[component]
fn LinkOrText(text: String) -> impl IntoView {
    if is_vendors(&text) {
        Either::Left(view! {
            <a class="id" href=text.clone() target="_blank" rel="noreferrer">
                {text.clone()}
            </a>
        })
    } else {
        Either::Right(view! { <bdi class="id">{text}</bdi> })
    }
}

fn read_settings(model: &Model) -> Vec<Setting> {
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
        let text = words::detail_testing_key_text(key);
        rows.push((DETAIL_TESTING_KEY, Observed::Value(text, Source::LocalStorage)));
    }
    rows.push((DETAIL_FRAME_ADDRESS, Observed::Value(report.page.url.clone(), Source::Answer)));
    rows
}

fn setting((name, value): Setting) -> impl IntoView {
    let origin = reading_text::origin(&value);
    let value = match value {
        Observed::Value(text, _) => EitherOf3::A(view! { <bdi>{text}</bdi> }),
        Observed::Unset(_) => EitherOf3::B(view! { <span class="none">{UNSET}</span> }),
        Observed::Unknown(_) => EitherOf3::C(view! { <span class="unknown">{UNKNOWN}</span> }),
    };
    view! {
        <dt>{name}</dt>
        <dd title=origin>{value}</dd>
    }
}
