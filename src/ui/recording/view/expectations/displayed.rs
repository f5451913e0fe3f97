//! A handle of one displayed expectation.

use crate::ui::recording::state::Model;
use crate::ui::recording::state::expectations::{ExpectationKey, Place};
use crate::ui::recording::store::RecordingStore;
use inspector_core::expectations::VisitVerdict;
use inspector_core::recording::entry::DocId;
use leptos::prelude::*;

/// A displayed expectation. A handle: copies are the same expectation.
#[derive(Clone, Copy)]
pub struct DisplayedExpectation {
    store: RecordingStore,
    key: StoredValue<ExpectationKey>,
    place: Place,
}

impl DisplayedExpectation {
    pub fn new(key: ExpectationKey, place: Place) -> Self {
        Self { store: expect_context::<RecordingStore>(), key: StoredValue::new(key), place }
    }

    /// A slice of the state, which depends on the expectation.
    pub fn slice<T>(self, read: impl Fn(&Model, &ExpectationKey) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.store.slice(move |model| self.key.with_value(|key| read(model, key)))
    }

    /// A slice of one visit; `None` while there is no such visit.
    pub fn visit_slice<T>(
        self,
        visit: usize,
        read: impl Fn(&Model, &VisitVerdict) -> Option<T> + Send + Sync + 'static,
    ) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.slice(move |model, key| {
            let (_, visits) = model.expectations.find(key)?;
            read(model, visits.get(visit)?)
        })
    }

    /// The shown page load, if only its visits count; `None` if all visits count: of an expectation for other pages,
    /// and in a file.
    pub fn counted_page(self, model: &Model) -> Option<DocId> {
        model.page().filter(|_| self.place == Place::Here)
    }
}
