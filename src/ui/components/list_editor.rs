//! An editor for a list of texts: add, change, remove and reorder.

use super::button::IconButton;
use super::error_line::{ErrorLine, ItemError};
use super::icon::IconName;
use super::text_editor::TextInput;
use crate::ui::focus::{focus, focus_when};
use crate::ui::i18n::*;
use crate::ui::shortcut::is_unmodified;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// The edited list. A handle: copies are the same list.
#[derive(Clone, Copy)]
struct List {
    id: StoredValue<String>,
    label: StoredValue<String>,
    placeholder: StoredValue<String>,
    items: Signal<Vec<String>>,
    errors: Signal<Vec<ItemError>>,
    on_change: Callback<Vec<String>>,
    /// The input of each row.
    inputs: StoredValue<Vec<NodeRef<html::Input>>>,
}

/// A row for each text, and an empty last row, whose first character makes it an item. So no input is lost if the
/// person doesn't add it. Rows are keyed by index: an edit changes their content and never their elements, so caret and
/// selection stay.
#[component]
pub fn ListEditor(
    /// The prefix of each input's ID: `<id>-0` and so on.
    #[prop(into)]
    id: String,
    /// The name of the list.
    #[prop(into)]
    label: String,
    /// The placeholder of the empty last input.
    #[prop(into)]
    placeholder: String,
    #[prop(into)] items: Signal<Vec<String>>,
    #[prop(into)] errors: Signal<Vec<ItemError>>,
    /// Called with the whole list after a change.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// The first input gets the focus while this is true.
    #[prop(optional, into)]
    focused: Option<Signal<bool>>,
) -> impl IntoView {
    let list = List {
        id: StoredValue::new(id),
        label: StoredValue::new(label),
        placeholder: StoredValue::new(placeholder),
        items,
        errors,
        on_change,
        inputs: StoredValue::default(),
    };
    let count = Memo::new(move |_| items.with(Vec::len));
    view! {
        <div class="items">
            <For each=move || 0..=count.get() key=|index| *index let(index)>
                <ListRow list=list index=index focused=focused.filter(|_| index == 0) />
            </For>
        </div>
    }
}

#[component]
fn ListRow(list: List, index: usize, focused: Option<Signal<bool>>) -> impl IntoView {
    let number = (index + 1).to_string();
    let id = list.id.with_value(|id| format!("{id}-{index}"));
    let input = list.add_input(index);
    if let Some(focused) = focused {
        focus_when(input, focused);
    }
    let is_item = Memo::new(move |_| list.items.with(|items| index < items.len()));
    let is_last = move || list.items.with(|items| index + 1 == items.len());
    let text = Memo::new(move |_| list.items.with(|items| items.get(index).cloned().unwrap_or_default()));
    let placeholder = Memo::new(move |_| (!is_item.get()).then(|| list.placeholder.get_value()));
    let error = Memo::new(move |_| list.error(index));
    let type_text = move |text| list.type_text(index, text);
    let repair = move |text| {
        list.type_text(index, text);
        list.focus(index);
    };
    view! {
        <div class="item" class:adding=move || !is_item.get()>
            <span class="moves" class:first=(index == 0) class:last=is_last>
                <IconButton
                    icon=IconName::Up
                    action="move-up"
                    label=words::move_up(&number)
                    on_click=move || list.swap(index, index.saturating_sub(1))
                />
                <IconButton
                    icon=IconName::Down
                    action="move-down"
                    label=words::move_down(&number)
                    on_click=move || list.swap(index, index + 1)
                />
            </span>
            <span class="plus">
                <IconButton
                    icon=IconName::Plus
                    action="add-item"
                    label=ADD_ITEM
                    on_click=move || list.focus(index)
                />
            </span>
            <TextInput
                id=id.clone()
                label=list.label.with_value(|label| words::item_of(label, &number))
                placeholder=placeholder
                text=text
                error=error
                on_input=type_text
                node_ref=input
                on:keydown=move |event| list.handle_key(index, &event)
            />
            <IconButton
                icon=IconName::Close
                action="remove-item"
                label=words::remove_item(&number)
                on_click=move || list.remove(index)
            />
        </div>
        <ErrorLine input=id error=error on_repair=repair />
    }
}

impl List {
    /// The error of an item. The first row also shows the error of the whole list, which is that it is empty.
    fn error(self, index: usize) -> Option<ItemError> {
        self.errors.with(|errors| errors.iter().find(|error| error.item.unwrap_or(0) == index).cloned())
    }

    /// Changes the list and passes it on.
    fn change(self, change: impl FnOnce(&mut Vec<String>)) {
        let mut items = self.items.get_untracked();
        change(&mut items);
        self.on_change.run(items);
    }

    fn type_text(self, index: usize, text: String) {
        self.change(|items| match items.len() {
            count if index >= count => items.push(text),
            count if index + 1 == count && text.is_empty() => drop(items.pop()),
            _ => items[index] = text,
        });
    }

    fn remove(self, index: usize) {
        self.change(|items| drop((index < items.len()).then(|| items.remove(index))));
        self.focus(index);
    }

    /// Swaps two neighbors. The focus follows the item.
    fn swap(self, index: usize, with: usize) {
        if index != with && index.max(with) < self.items.with_untracked(Vec::len) {
            self.change(|items| items.swap(index, with));
            self.focus(with);
        }
    }

    fn add_input(self, index: usize) -> NodeRef<html::Input> {
        let input = NodeRef::new();
        self.inputs.update_value(|inputs| {
            inputs.truncate(index);
            inputs.push(input);
        });
        input
    }

    /// Focuses the input of a row, which already exists before the change.
    fn focus(self, index: usize) {
        if let Some(input) = self.inputs.with_value(|inputs| inputs.get(index).copied()) {
            focus(input);
        }
    }

    fn handle_key(self, index: usize, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowUp" if event.alt_key() && index > 0 => self.swap(index, index - 1),
            "ArrowDown" if event.alt_key() => self.swap(index, index + 1),
            "Enter" if is_unmodified(event) => self.focus(index + 1),
            _ => return,
        }
        event.prevent_default();
    }
}
