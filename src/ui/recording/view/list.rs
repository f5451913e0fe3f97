//! The rows of the timeline and their keyboard commands.

use super::row::{ListRow, dom_id};
use super::virtual_list::VirtualList;
use crate::ui::components::Button;
use crate::ui::focus::focus_if_lost;
use crate::ui::i18n::*;
use crate::ui::recording::state::{CursorMove, Event};
use crate::ui::recording::store::RecordingStore;
use crate::ui::text::number::grouped;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn EntryList(
    /// The element with the keyboard focus.
    grid: NodeRef<html::Div>,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let list = VirtualList::new(store, grid);
    list.start_effects();
    focus_if_lost(grid, store.view_state.restores_focus());
    let count = Memo::new(move |_| list.count());
    let cursor = store.slice(|model| model.list.cursor);
    // The current row can be out of view, and then isn't in the document.
    let active = Memo::new(move |_| cursor.get().filter(|key| list.row(*key).is_some()).map(dom_id));
    view! {
        <div class="list">
            <div
                class="scroll"
                id="entries"
                role="treegrid"
                tabindex="0"
                aria-label=REC_TIMELINE
                aria-rowcount=move || count.get().to_string()
                aria-activedescendant=move || active.get()
                node_ref=grid
                on:scroll=move |_| list.update_scroll_position()
                on:keydown=move |event| handle_key(store, &event)
            >
                <div class="rows" role="presentation" style:height=move || format!("{}px", list.total_height())>
                    <div class="block" role="rowgroup" style:top=move || format!("{}px", list.top())>
                        <For each=move || list.rows() key=|row| row.key() let(row)>
                            <ListRow key=row.key() list=list />
                        </For>
                    </div>
                </div>
            </div>
            <Show when=move || !list.is_at_end()>
                <JumpToNewest list=list />
            </Show>
            <Show when=move || count.get() == 0>
                <NothingMatches list=list />
            </Show>
        </div>
    }
}

fn handle_key(store: RecordingStore, event: &KeyboardEvent) {
    // A key on a button in a row belongs to that button.
    if event.target() != event.current_target() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let step = match event.key().as_str() {
        "ArrowUp" => CursorMove::Up,
        "ArrowDown" => CursorMove::Down,
        "PageUp" => CursorMove::PageUp,
        "PageDown" => CursorMove::PageDown,
        "Home" => CursorMove::First,
        "End" => CursorMove::Last,
        "Enter" | " " => CursorMove::Toggle,
        _ => return,
    };
    event.prevent_default();
    store.dispatch(Event::Move(step));
}

/// Scrolls to the end. The list gets the focus, because the button then disappears.
#[component]
fn JumpToNewest(list: VirtualList) -> impl IntoView {
    let text = move || match list.unseen() {
        0 => JUMP_NEWEST.text(),
        new => format!("{} · {}", JUMP_NEWEST.text(), words::jump_newest_many(&grouped(new))),
    };
    let jump = move || {
        list.scroll_to_end();
        list.focus();
    };
    view! {
        <Button class="btn newest" action="jump-newest" on_click=jump>
            {text}
        </Button>
    }
}

/// Shows all entries. The list gets the focus, because the button then disappears.
#[component]
fn NothingMatches(list: VirtualList) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let show_all = move || {
        store.dispatch(Event::ShowAll);
        list.focus();
    };
    view! {
        <section class="empty">
            <h2>{NOTHING_MATCHES}</h2>
            <p>{NOTHING_MATCHES_TEXT}</p>
            <div class="actions">
                <Button action="show-all" on_click=show_all>
                    {REC_SHOW_ALL}
                </Button>
            </div>
        </section>
    }
}
