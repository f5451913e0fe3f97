//! The calls in the page's queue, as JavaScript.

use crate::lazy::lazy;
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::Model;
use crate::ui::popup::store::PopupStore;
use crate::ui::text::number::grouped;
use inspector_core::js_text;
use inspector_core::page_report::WaitingCall;
use inspector_core::visitor::page_value::PageValue;
use leptos::prelude::*;

/// The queued calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Each call as JavaScript.
    texts: Vec<String>,
    /// The number of further calls.
    more: u64,
}

impl Calls {
    pub fn read(model: &Model) -> Self {
        let Some(report) = model.report() else { return Self::default() };
        let text = |call: &WaitingCall| {
            let arguments: Vec<_> = call.arguments.iter().map(PageValue::to_json).collect();
            js_text::call(&call.name, &arguments)
        };
        let more = report.waiting.unwrap_or(0).saturating_sub(report.calls.len() as u64);
        Self { texts: report.calls.iter().map(text).collect(), more }
    }

    pub fn count(&self) -> u64 {
        self.texts.len() as u64 + self.more
    }
}

/// The calls as a block of code.
#[component]
pub fn CallsBlock(calls: Memo<Calls>) -> impl IntoView {
    let more = move || Some(calls.with(|calls| calls.more)).filter(|more| *more > 0);
    let has_text = Memo::new(move |_| calls.with(|calls| !calls.texts.is_empty()));
    view! {
        <Show when=move || has_text.get()>
            <pre class="code">{move || calls.with(|calls| calls.texts.join("\n"))}</pre>
        </Show>
        {move || more().map(|more| view! { <p class="note">{words::detail_more_calls(&grouped(more))}</p> })}
    }
}

/// The calls in a collapsed section, if there are any.
#[component]
pub fn WaitingCalls() -> impl IntoView {
    let is_waiting = expect_context::<PopupStore>().slice(has_calls);
    view! {
        <LazyShow when=move || is_waiting.get() load=load_waiting_calls />
    }
}

fn has_calls(model: &Model) -> bool {
    model.report().is_some_and(|report| !report.calls.is_empty() || report.waiting.is_some_and(|waiting| waiting > 0))
}

lazy! {
    /// The collapsed section.
    #[part(edit)]
    async fn load_waiting_calls() -> AnyView {
        view! { <CallsSection /> }.into_any()
    }
}

#[component]
fn CallsSection() -> impl IntoView {
    let calls = expect_context::<PopupStore>().slice(Calls::read);
    let count = Memo::new(move |_| calls.with(Calls::count));
    let label = move || match count.get() {
        1 => SHOW_CALL.text(),
        many => words::show_calls(&grouped(many)),
    };
    view! {
        <details class="calls">
            <summary class="btn" data-action="show-calls">
                {label}
            </summary>
            <CallsBlock calls=calls />
        </details>
    }
}
