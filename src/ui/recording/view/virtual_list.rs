//! A virtual list: only the rows around the visible part are in the document.
//!
//! All rows have the same height, except the expanded one, which shows its data below. So the position of a row follows
//! from its index, and the rows in the document are placed as one block. See `row.rs` for a row and `list.rs` for the
//! element.

use super::size_observer::observe_size;
use crate::ui::focus::focus;
use crate::ui::recording::state::{Model, Row, RowKey};
use crate::ui::recording::store::RecordingStore;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Element;

/// Rows are added and removed in chunks of this size, so that a short scroll changes nothing in the document.
const CHUNK: usize = 16;

/// The distance from the end that still counts as the end, in pixels.
const END_MARGIN: i32 = 8;

/// The heights of the list and of a row before they are measured, in pixels: about those of the popup.
const FIRST_HEIGHT: i32 = 600;
const FIRST_ROW_HEIGHT: i32 = 42;

/// The list's scroll position and sizes, in whole CSS pixels, and the rows in the document. A handle: copies are the
/// same list.
#[derive(Clone, Copy)]
pub struct VirtualList {
    store: RecordingStore,
    /// The element that scrolls.
    node_ref: NodeRef<html::Div>,
    scroll_top: RwSignal<i32>,
    height: RwSignal<i32>,
    row_height: RwSignal<i32>,
    /// The height of the data of the expanded row.
    data_height: RwSignal<i32>,
    is_at_end: RwSignal<bool>,
    /// The number of rows when the end was last visible.
    seen: RwSignal<usize>,
    /// The first visible row and its index. It stays in position when rows before it are added or removed.
    anchor: StoredValue<Option<(RowKey, usize)>>,
    count: Memo<usize>,
    geometry: Memo<Geometry>,
    rows: Memo<Vec<IndexedRow>>,
}

/// A row and its index in the whole list.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexedRow {
    pub index: usize,
    pub row: Row,
}

impl IndexedRow {
    pub fn key(&self) -> RowKey {
        self.row.key()
    }
}

/// The heights from which the position of each row follows.
#[derive(Clone, Copy, PartialEq)]
struct Geometry {
    row_height: i32,
    /// The index of the expanded row, and the height of its data.
    expanded: Option<(usize, i32)>,
}

impl VirtualList {
    /// `node_ref` is the element that scrolls.
    pub fn new(store: RecordingStore, node_ref: NodeRef<html::Div>) -> Self {
        let (scroll_top, height) = (RwSignal::new(0), RwSignal::new(FIRST_HEIGHT));
        let (row_height, data_height) = (RwSignal::new(FIRST_ROW_HEIGHT), RwSignal::new(0));
        let count = store.slice(|model| model.list.rows.len());
        let expanded = store.slice(expanded_index);
        let geometry = Memo::new(move |_| Geometry {
            row_height: row_height.get(),
            expanded: expanded.get().map(|index| (index, data_height.get())),
        });
        let chunks = Memo::new(move |_| {
            let geometry = geometry.get();
            let chunk_at = |y| geometry.index_at(y).min(count.get().saturating_sub(1)) / CHUNK;
            (chunk_at(scroll_top.get()).saturating_sub(1), chunk_at(scroll_top.get() + height.get()) + 2)
        });
        let rows = store.slice(move |model| {
            let (first, end) = chunks.get();
            indexed_rows(model, first * CHUNK, end * CHUNK)
        });
        Self {
            store,
            node_ref,
            scroll_top,
            height,
            row_height,
            data_height,
            is_at_end: RwSignal::new(true),
            seen: RwSignal::new(0),
            anchor: StoredValue::new(None),
            count,
            geometry,
            rows,
        }
    }

    /// The number of all rows.
    pub fn count(self) -> usize {
        self.count.get()
    }

    /// The height of all rows together.
    pub fn total_height(self) -> i32 {
        self.geometry.get().top_of(self.count())
    }

    /// The rows in the document.
    pub fn rows(self) -> Vec<IndexedRow> {
        self.rows.get()
    }

    /// The row with this key, while it is in the document.
    pub fn row(self, key: RowKey) -> Option<IndexedRow> {
        self.rows.with(|rows| rows.iter().find(|row| row.key() == key).cloned())
    }

    /// The position of the first row in the document.
    pub fn top(self) -> i32 {
        let first = self.rows.with(|rows| rows.first().map_or(0, |row| row.index));
        self.geometry.get().top_of(first)
    }

    pub fn is_at_end(self) -> bool {
        self.is_at_end.get()
    }

    /// How many rows were added since the end was visible.
    pub fn unseen(self) -> usize {
        self.count().saturating_sub(self.seen.get())
    }

    pub fn scroll_to_end(self) {
        self.is_at_end.set(true);
        self.after_update(move |element| element.set_scroll_top(element.scroll_height()));
    }

    /// Starts the effects that follow the sizes of the list, the number of rows, and the row to scroll to.
    pub fn start_effects(self) {
        Effect::new(move |_| {
            if let Some(element) = self.node_ref.get() {
                self.measure();
                observe_size(&element, move || self.measure());
            }
        });
        Effect::new(move |_| self.follow_count(self.count()));
        Effect::new(move |_| {
            if let Some(key) = self.store.view_state.scroll_target() {
                self.after_update(move |element| self.scroll_to(key, element));
            }
        });
    }

    /// Moves the keyboard focus to the list.
    pub fn focus(self) {
        focus(self.node_ref);
    }

    /// Follows the height of the expanded row's data.
    pub fn observe_data_height(self, element: &Element) {
        let data = element.clone();
        observe_size(element, move || {
            // A hidden panel has no height. The previous one stays valid.
            let height = data.get_bounding_client_rect().height() as i32;
            if height > 0 {
                self.data_height.set(height);
            }
        });
    }

    /// The element that scrolls. An event can still arrive after the list is removed.
    fn element(self) -> Option<Element> {
        self.node_ref.try_get_untracked().flatten().map(Into::into)
    }

    /// Handles a scroll event.
    pub fn update_scroll_position(self) {
        let Some(element) = self.element() else { return };
        let top = element.scroll_top();
        let is_at_end = top + element.client_height() >= element.scroll_height() - END_MARGIN;
        self.scroll_top.set(top);
        self.is_at_end.set(is_at_end);
        if is_at_end {
            self.seen.set(self.count.get_untracked());
        }
        let first = self.geometry.get_untracked().index_at(top);
        self.anchor.set_value(self.store.with_untracked(|model| Some((model.list.rows.get(first)?.key(), first))));
    }

    fn measure(self) {
        let Some(element) = self.element() else { return };
        self.height.set(element.client_height());
        // The style sheet sets the row height according to the list's width.
        let style = window().get_computed_style(&element).ok().flatten();
        let row = style.and_then(|style| style.get_property_value("--row").ok());
        if let Some(row) = row.and_then(|row| row.trim().trim_end_matches("px").parse().ok()) {
            self.row_height.set(row);
        }
        if self.is_following_end() {
            self.scroll_to_end();
        }
    }

    /// Whether new rows scroll the list: the end is visible and no entry is expanded.
    fn is_following_end(self) -> bool {
        self.is_at_end.get_untracked() && self.store.with_untracked(|model| model.list.expanded.is_none())
    }

    /// Stays at the end, or at the first visible row, after rows were added or removed.
    fn follow_count(self, count: usize) {
        if self.is_following_end() {
            self.seen.set(count);
            return self.scroll_to_end();
        }
        let Some((key, before)) = self.anchor.get_value() else { return };
        let Some(index) = self.store.with_untracked(|model| index_of(model, key)).filter(|index| *index != before)
        else {
            return;
        };
        self.anchor.set_value(Some((key, index)));
        let moved = (index as i32 - before as i32) * self.row_height.get_untracked();
        self.after_update(move |element| element.set_scroll_top(element.scroll_top() + moved));
    }

    /// Scrolls to a row unless it is visible. Some of the rows before it stay visible.
    fn scroll_to(self, key: RowKey, element: &Element) {
        self.store.view_state.clear_scroll_target();
        let Some(index) = self.store.with_untracked(|model| index_of(model, key)) else { return };
        let geometry = self.geometry.get_untracked();
        let (top, row) = (geometry.top_of(index), geometry.row_height);
        let shows_data = geometry.expanded.is_some_and(|(expanded, _)| expanded == index);
        let (above, below) = (element.scroll_top(), element.scroll_top() + element.client_height());
        let needed = if shows_data { row * 4 } else { row };
        if top < above || top + needed > below {
            let before = if shows_data { row } else { element.client_height() / 3 };
            element.set_scroll_top(top - before);
        }
    }

    /// Runs `act` with the element once the document reflects the current change.
    fn after_update(self, act: impl FnOnce(&Element) + 'static) {
        queue_microtask(move || {
            if let Some(element) = self.element() {
                act(&element);
            }
        });
    }
}

impl Geometry {
    /// The position of the row with this index.
    fn top_of(self, index: usize) -> i32 {
        let data = self.expanded.filter(|(expanded, _)| *expanded < index).map_or(0, |(_, height)| height);
        index as i32 * self.row_height + data
    }

    /// The index of the row at `y`, as if the list had no end.
    fn index_at(self, y: i32) -> usize {
        let plain = |y: i32| (y.max(0) / self.row_height.max(1)) as usize;
        match self.expanded {
            Some((expanded, height)) if plain(y) > expanded => plain(y - height).max(expanded),
            _ => plain(y),
        }
    }
}

fn indexed_rows(model: &Model, first: usize, end: usize) -> Vec<IndexedRow> {
    let rows = model.list.rows.iter().enumerate().take(end).skip(first);
    rows.map(|(index, row)| IndexedRow { index, row: row.clone() }).collect()
}

fn index_of(model: &Model, key: RowKey) -> Option<usize> {
    model.list.rows.iter().position(|row| row.key() == key)
}

fn expanded_index(model: &Model) -> Option<usize> {
    index_of(model, RowKey::Entry(model.list.expanded?))
}
