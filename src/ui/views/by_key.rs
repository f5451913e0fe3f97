//! What became of the shortcut that copies the lookup code.

use crate::app::copying::Copied;
use crate::app::popup::{ByKey, CopyWhat, Model, NoCode};
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, el, live, paragraph};
use crate::ui::i18n::*;
use crate::ui::store::Store;

pub fn by_key(store: Store) -> Node {
    live(move || {
        let (state, tone, title, text) = store.with(told)?;
        let notice = notice(tone, Some(title.text()), [text.map_or_else(|| el(""), paragraph)]);
        Some(notice.attr("role", "alert").attr("data-by-key", state))
    })
}

/// The value of `data-by-key`, and what to say.
fn told(model: &Model) -> Option<(&'static str, Tone, Message, Option<Message>)> {
    let missing = |state, text| (state, Tone::Warn, CODE_NOT_COPIED, text);
    Some(match model.by_key()? {
        ByKey::Trying => return None,
        ByKey::Copied if Copied::how(model.copied.as_ref(), &CopyWhat::LookupCode) == Some(true) => {
            ("masked", Tone::Warn, COPIED_MASKED, Some(COPY_AGAIN))
        }
        ByKey::Copied => ("copied", Tone::Good, CODE_COPIED, None),
        ByKey::Refused => ("press", Tone::Info, CODE_PRESS_ENTER, None),
        ByKey::NoCode(NoCode::NoVisitor) => missing("no-visitor", None),
        ByKey::NoCode(NoCode::NotKnown) => missing("not-known", Some(CODE_NOT_COPIED_NONE)),
        ByKey::NoCode(NoCode::Expired) => missing("expired", Some(CODE_EXPIRED_TEXT)),
        ByKey::NoCode(NoCode::NotACode) => missing("not-a-code", Some(FIND_WRONG_CODE)),
    })
}
