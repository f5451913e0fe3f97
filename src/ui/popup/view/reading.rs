//! A value as read, with its source and flaws. Unknown and empty values look different.

use crate::ui::components::{Button, Chip, Chips};
use crate::ui::i18n::*;
use crate::ui::text::{field_text, reading_text};
use inspector_core::json_text::compact;
use inspector_core::page_report::export::plain_text;
use inspector_core::visitor::edges;
use inspector_core::visitor::flaw::{Flaw, FlawKind};
use inspector_core::visitor::observed::Observed;
use inspector_core::visitor::page_value::PageValue;
use inspector_core::visitor::{Field, FieldReading, Shape};
use leptos::either::Either;
use leptos::prelude::*;

/// The value as JSON, for `data-value`: `null` if it is known to be unset, `None` if it is unknown.
pub fn json_of(value: &Observed<String>) -> Option<String> {
    field_json(&value.clone().map(PageValue::Text))
}

/// The field's value as JSON, for `data-value`.
pub fn field_json(value: &Observed<PageValue>) -> Option<String> {
    match value {
        Observed::Unknown(_) => None,
        Observed::Unset(_) => Some("null".into()),
        Observed::Value(value, _) => Some(compact(&value.to_json())),
    }
}

/// The stable name of the source, for `data-source`.
pub fn source_of<T>(value: &Observed<T>) -> Option<&'static str> {
    value.source().map(|source| source.name())
}

/// The class of the element that shows a value.
pub const VALUE_CLASS: &str = "val";

/// One field as read.
#[component]
pub fn Reading(
    field: Field,
    reading: FieldReading,
    /// Applies the repair of a flaw; `None` if the field can't be edited.
    on_repair: Option<Callback<Flaw>>,
    /// Whether the origin is shown with the value.
    shows_origin: Memo<bool>,
) -> impl IntoView {
    let origin = reading_text::origin(&reading.now);
    let value = match &reading.now {
        Observed::Value(value, _) => value_view(field, value, &reading.flaws),
        Observed::Unset(_) => view! { <span class="none">{UNSET}</span> }.into_any(),
        Observed::Unknown(_) => view! { <span class="unknown">{UNKNOWN}</span> }.into_any(),
    };
    let flaws = reading.flaws.iter().map(|flaw| {
        let subject = flaw.item.and_then(|index| subject(reading.now.value()?, index));
        view! { <FlawLine field=field flaw=flaw.clone() subject=subject on_repair=on_repair /> }
    });
    view! {
        // Focusable: a long value is scrolled with the keyboard, and Enter edits it. An origin that is shown once for
        // several values is far from them, so that each has it as its description.
        <div class=VALUE_CLASS tabindex="0" role="group" aria-label=field_text::name(field) aria-description=origin.text()>
            {value}
        </div>
        {flaws.collect_view()}
        {reading.now.value().map(notes)}
        {reading.queued.as_ref().map(queued)}
        <Show when=move || shows_origin.get()>
            <p class="src">{origin}</p>
        </Show>
    }
}

fn queued(value: &PageValue) -> impl IntoView + use<> {
    let text = match value {
        nothing if nothing.is_nothing() => WAITING_REMOVAL.text(),
        value => words::waiting_value(&joined(value)),
    };
    view! {
        <p class="waiting">
            <bdi>{text}</bdi>
        </p>
        {notes(value)}
    }
}

/// A note on a value: its name in `data-note`, its condition and its text.
type Note = (&'static str, fn(&PageValue) -> bool, Message);

/// A part that couldn't be read, or is shown as text instead. That is no flaw of the page.
fn notes(value: &PageValue) -> impl IntoView + use<> {
    let notes: [Note; 4] = [
        ("code", PageValue::needs_page_code, UNREAD_CODE),
        ("cut", PageValue::is_cut, FLAW_CUT),
        ("torn", PageValue::has_lone_surrogate, FLAW_TORN),
        ("date", |value| matches!(value, PageValue::Converted { .. }), CONVERTED_DATE),
    ];
    let found = notes.into_iter().filter(|(_, test, _)| value.any(*test));
    let note = |(name, _, text)| {
        view! {
            <p class="src" data-note=name>
                {text}
            </p>
        }
    };
    found.map(note).collect_view()
}

fn value_view(field: Field, value: &PageValue, flaws: &[Flaw]) -> AnyView {
    let is_bad = |index| flaws.iter().any(|flaw| flaw.item == Some(index) || flaw.item.is_none());
    let chip =
        |value: &PageValue, bad| Chip { text: edges::visible(&shown(value)), bad, code: value.as_text().is_none() };
    if let Some(target) = value.proxy_target() {
        return value_view(field, target, flaws);
    }
    match value {
        unread if is_unread(unread) => view! { <span class="unknown">{NOT_READ}</span> }.into_any(),
        PageValue::List(items, _) if items.is_empty() => view! { <span class="none">{EMPTY_LIST}</span> }.into_any(),
        PageValue::List(items, _) => {
            let chips = items.iter().enumerate().map(|(index, item)| chip(item, is_bad(index))).collect();
            view! { <Chips chips=chips /> }.into_any()
        }
        PageValue::Map(entries, _) if field.shape() == Shape::Metadata => table(entries, flaws),
        PageValue::Text(text) if field.shape() == Shape::Text => {
            let is_bad = !flaws.is_empty();
            view! {
                <bdi class="text" class:bad=is_bad>
                    {edges::visible(text)}
                </bdi>
            }
            .into_any()
        }
        other => view! { <Chips chips=vec![chip(other, !flaws.is_empty())] /> }.into_any(),
    }
}

/// One value in short form, or a note that it couldn't be read.
fn shown(value: &PageValue) -> String {
    if is_unread(value) { NOT_READ.text() } else { plain_text(value) }
}

/// Whether no part of the value is known.
fn is_unread(value: &PageValue) -> bool {
    value.needs_page_code() || matches!(value, PageValue::Opaque(_)) && value.is_cut()
}

fn table(entries: &[(String, PageValue)], flaws: &[Flaw]) -> AnyView {
    if entries.is_empty() {
        return view! { <span class="none">{EMPTY_MAP}</span> }.into_any();
    }
    let row = |(index, (key, value)): (usize, &(String, PageValue))| {
        let is_bad = flaws.iter().any(|flaw| flaw.item == Some(index));
        view! {
            <tr class:bad=is_bad>
                <th scope="row">
                    <bdi>{key.clone()}</bdi>
                </th>
                <td>{cell(value)}</td>
            </tr>
        }
    };
    view! { <table>{entries.iter().enumerate().map(row).collect_view()}</table> }.into_any()
}

fn cell(value: &PageValue) -> impl IntoView + use<> {
    let text = match value {
        unread if is_unread(unread) && unread.proxy_target().is_none() => {
            return Either::Left(view! { <span class="unknown">{NOT_READ}</span> });
        }
        PageValue::Converted { text, .. } => text.clone(),
        other => compact(&other.to_json()),
    };
    Either::Right(view! { <bdi>{text}</bdi> })
}

#[component]
fn FlawLine(
    field: Field,
    flaw: Flaw,
    /// The item that it concerns, if there are several.
    subject: Option<String>,
    on_repair: Option<Callback<Flaw>>,
) -> impl IntoView {
    let text = reading_text::flaw(field, flaw.kind, flaw.item.is_some());
    let name = flaw.kind.name();
    let offer = on_repair.zip(flaw.repair.clone()).map(|(on_repair, repair)| {
        let is_type = matches!(flaw.kind, FlawKind::WrongType(_));
        let label = if is_type { words::use_as_text(&repair) } else { words::use_repair(&repair) };
        view! {
            <Button class="btn small" action="repair" on_click=move || on_repair.run(flaw.clone())>
                {label}
            </Button>
        }
    });
    view! {
        <p class="error" data-flaw=name>
            <span>{subject.map(|subject| view! { <bdi class="subject">{subject}</bdi> })}{text}</span>
            {offer}
        </p>
    }
}

/// The item that a flaw concerns, if there are several.
fn subject(value: &PageValue, index: usize) -> Option<String> {
    match value {
        PageValue::List(items, _) if items.len() > 1 => {
            items.get(index).map(|item| beginning(&edges::visible(&shown(item))))
        }
        PageValue::Map(entries, _) => entries.get(index).map(|(key, _)| beginning(key)),
        _ => None,
    }
    .filter(|subject| !subject.is_empty())
}

/// The beginning of a text, long enough to recognize it.
fn beginning(text: &str) -> String {
    const ENOUGH: usize = 32;
    let mut start: String = text.chars().take(ENOUGH).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// A whole value on one line.
pub fn joined(value: &PageValue) -> String {
    match value.proxy_target().unwrap_or(value) {
        list @ PageValue::List(items, _) if !list.is_cut() => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => shown(other),
    }
}
