//! The result of the shortcut that copies the lookup code.

use crate::ui::components::{Notice, Tone};
use crate::ui::copying::Copied;
use crate::ui::i18n::*;
use crate::ui::popup::state::{ByKey, CopyWhat, Model, NoCode};
use crate::ui::popup::store::Store;
use leptos::prelude::*;

#[component]
pub fn CopyByKey() -> impl IntoView {
    let result = expect_context::<Store>().slice(read_result);
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

fn read_result(model: &Model) -> Option<CopyResult> {
    let result = |name, tone, title, text| Some(CopyResult { name, tone, title, text });
    let missing = |name, text| result(name, Tone::Warn, CODE_NOT_COPIED, text);
    match model.by_key()? {
        ByKey::Trying => None,
        ByKey::Copied if Copied::how(model.copied.as_ref(), &CopyWhat::LookupCode) == Some(true) => {
            result("masked", Tone::Warn, COPIED_MASKED, Some(COPY_AGAIN))
        }
        ByKey::Copied => result("copied", Tone::Good, CODE_COPIED, None),
        ByKey::Refused => result("press", Tone::Info, CODE_PRESS_ENTER, None),
        ByKey::NoCode(NoCode::NoVisitor) => missing("no-visitor", None),
        ByKey::NoCode(NoCode::NotKnown) => missing("not-known", Some(CODE_NOT_COPIED_NONE)),
        ByKey::NoCode(NoCode::Expired) => missing("expired", Some(CODE_EXPIRED_TEXT)),
        ByKey::NoCode(NoCode::NotACode) => missing("not-a-code", Some(FIND_WRONG_CODE)),
    }
}
