//! The practice shop, as a page in a browser, with the inspector over it.

use crate::ui::i18n::*;
use crate::ui::welcome::effects::WelcomeStore;
use leptos::prelude::*;

#[component]
pub fn Stage() -> impl IntoView {
    view! {
        <section class="stage" aria-label=SHOP_NAME>
            <div class="bar" aria-hidden="true">
                <i class="lights"></i>
                <span class="address">"shop.example"</span>
                <i class="own"></i>
            </div>
            <div class="window">
                <Shop />
                <div class="inspector">
                    // The practice has one tab, whatever its number.
                    <iframe id="practice" title=WELCOME_FRAME src="practice.html?tab=1"></iframe>
                </div>
            </div>
            <Refusal />
        </section>
    }
}

/// An action that was refused because it needs a real page. A new element each time, so that screen readers announce it
/// again.
#[component]
fn Refusal() -> impl IntoView {
    let times = expect_context::<WelcomeStore>().slice(|model| Some(model.report.refused).filter(|times| *times > 0));
    view! {
        <div class="refused" role="status">
            <For each=move || times.get() key=|times| *times let(times)>
                <p data-refused=times.to_string()>{PRACTICE_ONLY}</p>
            </For>
        </div>
    }
}

#[component]
fn Shop() -> impl IntoView {
    let store = expect_context::<WelcomeStore>();
    let code = store.slice(|model| model.report.code.clone());
    let code = move || Some(code.get()).filter(|code| !code.is_empty()).unwrap_or_else(|| "····".to_owned());
    let calls = store.slice(|model| model.report.calls.clone());
    let call = |call: String| {
        view! {
            <li>
                <code>{call}</code>
            </li>
        }
    };
    view! {
        <div class="shop">
            <h2>
                <i class="sign"></i>
                {SHOP_NAME}
            </h2>
            <p class="hello">{words::shop_hello("Ada")}</p>
            <p class="goods">{SHOP_GOODS}</p>
            <p class="code-for">
                {SHOP_CODE} <b data-code="">{code}</b>
            </p>
            <h3>{SHOP_HEARD}</h3>
            <ol>{move || calls.get().into_iter().map(call).collect_view()}</ol>
        </div>
    }
}
