//! The next steps after the practice.

use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::ui::welcome::effects::WelcomeStore;
use crate::ui::welcome::state::Event;
use leptos::prelude::*;

#[component]
pub fn NextSection() -> impl IntoView {
    let store = expect_context::<WelcomeStore>();
    let keys = store.slice(|model| Some(model.keys.clone()).filter(|keys| !keys.is_empty()));
    view! {
        // The skip link leads here, so it takes the focus.
        <section class="next" id="next" tabindex="-1" aria-labelledby="next-title">
            <h2 id="next-title">{WELCOME_NEXT}</h2>
            <ul>
                <li>{WELCOME_PIN}</li>
                {move || keys.get().map(|keys| view! { <li>{words::welcome_keys(&keys)}</li> })}
                <li>{WELCOME_REAL}</li>
                <li>{words::welcome_record(&PANEL_TIMELINE.text())}</li>
                <li>
                    {WELCOME_ACCOUNT} " " <a href="options.html" data-action="options">
                        {WELCOME_ACCOUNT_OPEN}
                    </a>
                </li>
                <li>{words::welcome_again(&OPTIONS_TITLE.text())}</li>
            </ul>
            <div class="actions">
                <Button class="btn primary" action="close" on_click=move || store.dispatch(Event::Close)>
                    {WELCOME_CLOSE}
                </Button>
            </div>
        </section>
    }
}
