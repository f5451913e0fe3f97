//! The result of the shortcut that copies the lookup code.

use crate::lazy::lazy;
use crate::ui::components::{Notice, Tone};
use crate::ui::copying::Copied;
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{CopyTarget, Model, NoCode, ShortcutResult};
use crate::ui::popup::store::PopupStore;
use leptos::prelude::*;

#[component]
pub fn ShortcutNotice() -> impl IntoView {
    let is_shown = expect_context::<PopupStore>().slice(|model| model.shortcut_result().is_some());
    view! {
        <LazyShow when=move || is_shown.get() load=load_notice />
    }
}

lazy! {
    /// The notice.
    #[part(edit)]
    async fn load_notice() -> AnyView {
        view! { <ResultNotice /> }.into_any()
    }
}

#[component]
fn ResultNotice() -> impl IntoView {
    let result = expect_context::<PopupStore>().slice(read_result);
    move || {
        let CopyResult { name, tone, title, text } = result.get()?;
        Some(view! {
            <Notice tone=tone title=title attr:role="alert" attr:data-by-key=name>
                {text.map(|text| view! { <p>{text}</p> })}
            </Notice>
        })
    }
}

#[derive(Clone, Copy, PartialEq)]
struct CopyResult {
    /// The value of `data-by-key`.
    name: &'static str,
    tone: Tone,
    title: Message,
    text: Option<Message>,
}

fn was_copied_masked(model: &Model) -> bool {
    Copied::of(&CopyTarget::LookupCode, model.copied.as_ref()) == Copied::Masked
}

fn read_result(model: &Model) -> Option<CopyResult> {
    let result = |name, tone, title, text| Some(CopyResult { name, tone, title, text });
    let missing = |name, text| result(name, Tone::Warn, CODE_NOT_COPIED, text);
    match model.shortcut_result()? {
        ShortcutResult::Pending => None,
        ShortcutResult::Copied if was_copied_masked(model) => {
            result("masked", Tone::Warn, COPIED_MASKED, Some(COPY_AGAIN))
        }
        ShortcutResult::Copied => result("copied", Tone::Good, CODE_COPIED, None),
        ShortcutResult::NeedsClick => result("press", Tone::Info, CODE_PRESS_ENTER, None),
        ShortcutResult::NoCode(NoCode::NoVisitor) => missing("no-visitor", None),
        ShortcutResult::NoCode(NoCode::NotKnown) => missing("not-known", Some(CODE_NOT_COPIED_NONE)),
        ShortcutResult::NoCode(NoCode::Expired) => missing("expired", Some(CODE_EXPIRED_TEXT)),
        ShortcutResult::NoCode(NoCode::NotACode) => missing("not-a-code", Some(CODE_NOT_COPIED_NOT_A_CODE)),
    }
}
