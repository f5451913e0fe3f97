//! Lists in `storage.local` that every page of the extension may change: read, changed and followed.

use crate::errors::BrowserError;
use inspector_core::named_list::{ListChange, ListChangeError, Named};

#[cfg(feature = "popup")]
use crate::webext::{live_storage, lock, property, storage};
#[cfg(feature = "popup")]
use wasm_bindgen::JsValue;

/// An item of a stored list.
pub trait StoredItem: Named + 'static {
    /// The key in `storage.local`.
    const KEY: &str;

    /// The web lock for changes, so that two pages don't overwrite each other's changes.
    const LOCK: &str;

    /// Reads the stored text. `None` if any part can't be read, so that it is not overwritten.
    fn read_stored(text: &str) -> Option<Vec<Self>>;

    /// The text to store.
    fn write(items: &[Self]) -> String;

    /// Returns the list after a change.
    ///
    /// # Errors
    /// If a name is taken or a limit is exceeded.
    fn changed(items: Vec<Self>, change: ListChange<Self>) -> Result<Vec<Self>, ListChangeError>;
}

/// The result of changing or reading a list.
pub type ListResult<T> = Result<Vec<T>, ListError>;

/// Why a list wasn't read or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListError {
    Refused(ListChangeError),
    /// The stored list has another version and isn't changed.
    OtherVersion,
    /// The browser failed to read or write it.
    Browser(BrowserError),
}

impl From<BrowserError> for ListError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

/// Shows a list that was read, or why it wasn't read. A list that is read for the first time ends that error.
pub fn show_loaded<T>(items: &mut Option<Vec<T>>, failed: &mut Option<ListError>, result: ListResult<T>) {
    match result {
        Ok(read) => {
            if items.replace(read).is_none() {
                *failed = None;
            }
        }
        Err(why) => *failed = Some(why),
    }
}

/// The last item that the person removed, with its index, until the next change. A change that fails brings it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal<T> {
    last: Option<(usize, T)>,
    /// The item before the change that is being stored.
    before: Option<(usize, T)>,
}

impl<T> Default for Removal<T> {
    fn default() -> Self {
        Self { last: None, before: None }
    }
}

impl<T> Removal<T> {
    pub fn last(&self) -> Option<&(usize, T)> {
        self.last.as_ref()
    }

    /// A change begins.
    pub fn begin(&mut self) {
        self.before = self.last.take().or(self.before.take());
    }

    /// The change that began removes this item; `None` if there is no such item.
    pub fn set(&mut self, removed: Option<(usize, T)>) {
        self.last = removed;
    }

    /// The change is stored.
    pub fn finish(&mut self) {
        self.before = None;
    }

    /// The change failed.
    pub fn revert(&mut self) {
        self.last = self.before.take();
    }
}

/// A button of an item in a list that a person orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowButton {
    Up,
    Down,
    Edit,
    Delete,
}

/// The button to focus after an item was moved to the index `at` of `len` items: the one that moves it further in the
/// same direction; at the end of the list, the edit button.
pub fn button_after_move(at: usize, len: usize, up: bool) -> RowButton {
    match up {
        true if at > 0 => RowButton::Up,
        false if at + 1 < len => RowButton::Down,
        _ => RowButton::Edit,
    }
}

/// All items.
#[cfg(feature = "popup")]
pub async fn read<T: StoredItem>() -> ListResult<T> {
    parse(&storage::local::get(T::KEY).await?)
}

#[cfg(feature = "popup")]
fn parse<T: StoredItem>(stored: &JsValue) -> ListResult<T> {
    match stored.as_string() {
        Some(text) => T::read_stored(&text).ok_or(ListError::OtherVersion),
        None if stored.is_undefined() => Ok(vec![]),
        None => Err(ListError::OtherVersion),
    }
}

/// Changes the stored list under a lock. Other pages wait.
#[cfg(feature = "popup")]
pub async fn change<T: StoredItem>(change: ListChange<T>) -> ListResult<T> {
    lock::with_lock(T::LOCK, change_now(change)).await
}

#[cfg(feature = "popup")]
async fn change_now<T: StoredItem>(change: ListChange<T>) -> ListResult<T> {
    let items = T::changed(read().await?, change).map_err(ListError::Refused)?;
    storage::local::set(T::KEY, T::write(&items).into()).await?;
    Ok(items)
}

/// Calls `on_change` with the list after every change by any page.
#[cfg(feature = "popup")]
pub fn follow<T: StoredItem>(on_change: impl Fn(ListResult<T>) + 'static) {
    live_storage::on_changed(move |changes, area| {
        let change = property(&changes, T::KEY);
        if area == "local" && change.is_object() {
            on_change(parse(&property(&change, "newValue")));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_read_at_last_ends_the_error() {
        let (mut items, mut failed) = (None, None);
        show_loaded::<u8>(&mut items, &mut failed, Err(ListError::OtherVersion));
        assert_eq!((&items, &failed), (&None, &Some(ListError::OtherVersion)));
        show_loaded(&mut items, &mut failed, Ok(vec![1]));
        assert_eq!((&items, &failed), (&Some(vec![1]), &None));
        // A failed change is not undone by another page's change.
        failed = Some(ListError::Refused(ListChangeError::Full));
        show_loaded(&mut items, &mut failed, Ok(vec![2]));
        assert_eq!((items, failed), (Some(vec![2]), Some(ListError::Refused(ListChangeError::Full))));
    }
}
