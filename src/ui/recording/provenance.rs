//! Who set what holds now, for the visitor view.

use super::store::Store;
use crate::i18n::last_set;
use crate::ui::popup::state::{Origin, Told};
use crate::ui::recording::state::{Model, Told as Set, provenance};
use crate::ui::text::told::cause_and_time;
use inspector_core::visitor::page_value::PageValue;
use std::cell::RefCell;
use std::rc::Rc;

/// Takes what a recording says of a document; `None` for a tab without a recording.
pub type Tell = Rc<dyn Fn(Option<Told>)>;

thread_local! {
    /// The document that is followed, and who follows it.
    static FOLLOWED: RefCell<Option<(String, Tell)>> = const { RefCell::new(None) };
}

/// Follows this document from here on, and no other.
pub fn set(document: String, tell: Tell) {
    FOLLOWED.set(Some((document, tell)));
}

/// Hands on what holds now.
pub fn tell(store: Store) {
    let Some((document, tell)) = FOLLOWED.with_borrow(Option::clone) else { return };
    tell(store.read(|model| told(model, &document)));
}

fn told(model: &Model, document: &str) -> Option<Told> {
    let origins = provenance(model, document)?.iter().map(origin).collect();
    Some(Told { origins, problems: model.problems() as u32 })
}

fn origin(set: &Set) -> Origin {
    Origin {
        key: set.subject.key(),
        words: last_set(&cause_and_time(set)),
        cause: set.step.cause.name().to_owned(),
        sent: sent(set),
    }
}

/// The value, where a frame carried it to the server.
fn sent(set: &Set) -> Option<PageValue> {
    let value = set.step.value.as_ref().filter(|_| set.step.sent.is_some())?;
    Some(PageValue::decode_plain(&value.to_wire_json()?))
}
