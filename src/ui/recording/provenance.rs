//! The provenance of the current values, for the visitor view.

use super::store::RecordingStore;
use crate::i18n::words;
use crate::ui::recording::state::{Model, Provenance, provenance};
use crate::ui::recording::summary::{RecordedOrigin, RecordingSummary};
use crate::ui::recording::text::provenance_text::cause_and_time;
use inspector_core::visitor::page_value::PageValue;
use std::cell::RefCell;
use std::rc::Rc;

/// Receives the summary for a document; `None` for a tab without a recording.
pub type OnChange = Rc<dyn Fn(Option<RecordingSummary>)>;

thread_local! {
    /// The followed document and its callback.
    static FOLLOWED: RefCell<Option<(String, OnChange)>> = const { RefCell::new(None) };
}

/// Follows this document instead of any other.
pub fn follow(document: String, on_change: OnChange) {
    FOLLOWED.set(Some((document, on_change)));
}

/// Passes the current provenance to the callback.
pub fn notify(store: RecordingStore) {
    let Some((document, on_change)) = FOLLOWED.with_borrow(Option::clone) else { return };
    on_change(store.with_untracked(|model| summarize(model, &document)));
}

fn summarize(model: &Model, document: &str) -> Option<RecordingSummary> {
    let origins = provenance(model, document)?.iter().map(origin).collect();
    Some(RecordingSummary { origins, problems: model.problems() as u32, failing: model.failing() as u32 })
}

fn origin(provenance: &Provenance) -> RecordedOrigin {
    RecordedOrigin {
        key: provenance.subject,
        text: words::last_set(&cause_and_time(provenance)),
        cause: provenance.step.cause.name().to_owned(),
        sent: sent(provenance),
    }
}

/// The value, if a frame sent it to the server.
fn sent(provenance: &Provenance) -> Option<PageValue> {
    let value = provenance.step.value.as_ref().filter(|_| provenance.step.sent.is_some())?;
    Some(PageValue::decode_plain(&value.to_wire_json()?))
}
