//! Which rows of the list are in sight, and moving it.

use super::list::{BLOCK, SLOTS};
use crate::app::recorded::{Model, Row, RowKey};
use crate::recorded::store::Store;
use leptos::prelude::*;
use leptos::web_sys::Element;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// How near to the end counts as being there, in pixels.
const NEAR: i32 = 8;

/// Where the list stands, in whole CSS pixels.
#[derive(Clone, Copy)]
pub struct Sight {
    store: Store,
    element: StoredValue<Option<Element>, LocalStorage>,
    top: RwSignal<i32>,
    height: RwSignal<i32>,
    /// The height of a row.
    row: RwSignal<i32>,
    /// The height of the data of the expanded row.
    data: RwSignal<i32>,
    at_end: RwSignal<bool>,
    /// How many rows there were when the end was last in sight.
    seen: RwSignal<usize>,
    /// The first row in sight and its place, to stay there when rows before it come or go.
    anchor: StoredValue<Option<(RowKey, usize)>>,
    count: Memo<usize>,
    /// The place of the expanded row.
    expanded: Memo<Option<usize>>,
    blocks: Memo<(usize, usize)>,
}

impl Sight {
    pub fn new(store: Store) -> Self {
        let (top, height, row, data) = (RwSignal::new(0), RwSignal::new(600), RwSignal::new(42), RwSignal::new(0));
        let count = Memo::new(move |_| store.with(|model| model.list.rows.len()));
        let expanded = Memo::new(move |_| store.with(expanded_place));
        let place_at = move |y: i32| place_at(y, row.get(), expanded.get().map(|place| (place, data.get())));
        let blocks = Memo::new(move |_| {
            let (first, last) = (place_at(top.get()) / BLOCK, place_at(top.get() + height.get()) / BLOCK);
            (first.saturating_sub(1), last + 1)
        });
        Self {
            store,
            element: StoredValue::new_local(None),
            top,
            height,
            row,
            data,
            at_end: RwSignal::new(true),
            seen: RwSignal::new(0),
            anchor: StoredValue::new(None),
            count,
            expanded,
            blocks,
        }
    }

    pub fn count(self) -> usize {
        self.count.get()
    }

    /// The height of all rows together.
    pub fn total(self) -> i32 {
        self.top_of(self.count())
    }

    /// Where the row at `place` begins.
    pub fn top_of(self, place: usize) -> i32 {
        let before = self.expanded.get().is_some_and(|expanded| expanded < place);
        place as i32 * self.row.get() + if before { self.data.get() } else { 0 }
    }

    /// The block that `slot` shows, if it has one in sight.
    pub fn block_of(self, slot: usize) -> Option<usize> {
        let (first, last) = self.blocks.get();
        let block = first + (slot + SLOTS - first % SLOTS) % SLOTS;
        (block <= last && block * BLOCK < self.count()).then_some(block)
    }

    /// The row where the keyboard is, while it exists.
    pub fn cursor(self) -> Option<RowKey> {
        let (first, last) = self.blocks.get();
        self.store.with(|model| {
            let key = model.list.cursor?;
            let place = model.list.rows.iter().position(|row| row.key() == key)?;
            (first..=last).contains(&(place / BLOCK)).then_some(key)
        })
    }

    pub fn is_at_end(self) -> bool {
        self.at_end.get()
    }

    /// How many rows came since the end was in sight.
    pub fn unseen(self) -> usize {
        self.count().saturating_sub(self.seen.get())
    }

    /// Goes to the newest.
    pub fn to_end(self) {
        self.at_end.set(true);
        self.soon(move |element| element.set_scroll_top(element.scroll_height()));
    }

    /// Follows the element that scrolls.
    pub fn watch(self, element: &Element) {
        self.element.set_value(Some(element.clone()));
        let scrolled = Closure::<dyn FnMut()>::new(move || self.scrolled()).into_js_value();
        let _ = element.add_event_listener_with_callback("scroll", scrolled.unchecked_ref());
        observe(element, move |_| self.measure());
        Effect::new(move |_| self.follow(self.count()));
        Effect::new(move |_| {
            if let Some(key) = self.store.revealed() {
                self.soon(move |element| self.reveal(key, element));
            }
        });
    }

    /// Follows the height of the data that the expanded row shows.
    pub fn watch_data(self, element: &Element) {
        observe(element, move |element| {
            // Out of sight it is taken out of the page, and keeps its place.
            let height = element.get_bounding_client_rect().height() as i32;
            if height > 0 && self.element().is_some() && self.data.get_untracked() != height {
                self.data.set(height);
            }
        });
    }

    /// The element that scrolls; the browser may still tell of it when the list is gone, and its signals with it.
    fn element(self) -> Option<Element> {
        self.element.try_get_value().flatten()
    }

    fn scrolled(self) {
        let Some(element) = self.element() else { return };
        let top = element.scroll_top();
        self.top.set(top);
        let at_end = top + element.client_height() >= element.scroll_height() - NEAR;
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
        if at_end {
            self.seen.set(self.count.get_untracked());
        }
        let first = self.first_in_sight();
        self.anchor.set_value(self.store.read(|model| Some((model.list.rows.get(first)?.key(), first))));
    }

    fn first_in_sight(self) -> usize {
        let expanded = self.expanded.get_untracked().map(|place| (place, self.data.get_untracked()));
        place_at(self.top.get_untracked(), self.row.get_untracked(), expanded)
    }

    fn measure(self) {
        let Some(element) = self.element() else { return };
        self.height.set(element.client_height());
        // The style sheet says how high a row is in this width.
        let style = window().get_computed_style(&element).ok().flatten();
        let row = style.and_then(|style| style.get_property_value("--row").ok());
        if let Some(row) = row.and_then(|row| row.trim().trim_end_matches("px").parse().ok()) {
            self.row.set(row);
        }
        if self.sticks() {
            self.to_end();
        }
    }

    /// Whether the newest is to stay in sight: it is, and nobody reads the data of an entry.
    fn sticks(self) -> bool {
        self.at_end.get_untracked() && self.store.read(|model| model.list.expanded.is_none())
    }

    /// Stays at the end, or at the row that is in sight, when there are other rows than before.
    fn follow(self, count: usize) {
        if self.sticks() {
            self.seen.set(count);
            return self.to_end();
        }
        let Some((key, before)) = self.anchor.get_value() else { return };
        let place = self.store.read(|model| model.list.rows.iter().position(|row| row.key() == key));
        if let Some(place) = place.filter(|place| *place != before) {
            self.anchor.set_value(Some((key, place)));
            let moved = (place as i32 - before as i32) * self.row.get_untracked();
            self.soon(move |element| element.set_scroll_top(element.scroll_top() + moved));
        }
    }

    /// Brings a row into sight, with some of what comes before it.
    fn reveal(self, key: RowKey, element: &Element) {
        self.store.is_revealed();
        let place = self.store.read(|model| model.list.rows.iter().position(|row| row.key() == key));
        let Some(place) = place else { return };
        let (top, row) = (untrack(|| self.top_of(place)), self.row.get_untracked());
        let with_data = self.expanded.get_untracked() == Some(place);
        let (above, below) = (element.scroll_top(), element.scroll_top() + element.client_height());
        let needed = if with_data { row * 4 } else { row };
        if top < above || top + needed > below {
            let before = if with_data { row } else { element.client_height() / 3 };
            element.set_scroll_top(top - before);
        }
    }

    /// Does something with the element once the views have followed the change that is being made now.
    fn soon(self, act: impl FnOnce(&Element) + 'static) {
        let act = move || {
            if let Some(element) = self.element() {
                act(&element);
            }
        };
        set_timeout(act, Duration::ZERO);
    }
}

/// The place of the row at `y`. `expanded`: the place of the row that shows its data, and their height.
fn place_at(y: i32, row: i32, expanded: Option<(usize, i32)>) -> usize {
    let plain = |y: i32| (y.max(0) / row.max(1)) as usize;
    match expanded {
        Some((place, data)) if plain(y) > place => plain(y - data).max(place),
        _ => plain(y),
    }
}

fn expanded_place(model: &Model) -> Option<usize> {
    let id = model.list.expanded?;
    model.list.rows.iter().position(|row| *row == Row::Entry(id))
}

/// Tells of every change of an element's size, for as long as it exists.
fn observe(element: &Element, tell: impl Fn(&Element) + 'static) {
    let watched = element.clone();
    let changed = Closure::<dyn Fn()>::new(move || tell(&watched)).into_js_value();
    if let Ok(observer) = ResizeObserver::new(changed.unchecked_ref()) {
        observer.observe(element);
    }
}
