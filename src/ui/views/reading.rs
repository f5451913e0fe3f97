//! A value as it was read: what it is, where from, what is wrong with it. Unknown and empty look different.

use crate::ui::components::{Chip, button, chips};
use crate::ui::dom::{Node, On, bdi, el, fragment, on};
use crate::ui::i18n::*;
use crate::ui::words::{field, reading};
use inspector_core::json_text::compact;
use inspector_core::visitor::edges;
use inspector_core::visitor::flaw::{Flaw, FlawKind};
use inspector_core::visitor::observed::{Observed, Source};
use inspector_core::visitor::page_value::PageValue;
use inspector_core::visitor::{Field, FieldReading};

/// The value as JSON, for `data-value`: `null` when it is known to be unset, `None` when nothing is known.
pub fn json_of(value: &Observed<String>) -> Option<String> {
    field_json(&value.clone().map(PageValue::Text))
}

/// The same for a field.
pub fn field_json(value: &Observed<PageValue>) -> Option<String> {
    match value {
        Observed::Unknown(_) => None,
        Observed::Unset(_) => Some("null".into()),
        Observed::Value(value, _) => Some(compact(&value.to_json())),
    }
}

/// The stable name of where it was read, for `data-source`.
pub fn source_of<T>(value: &Observed<T>) -> Option<&'static str> {
    value.source().map(|source| source.name())
}

/// One field as read. `repair` takes up the repair of a flaw; `None` where nothing can be edited.
pub fn reading(field: Field, read: &FieldReading, repair: Option<&On<Flaw>>) -> Node {
    let value = match &read.now {
        Observed::Value(value, _) => value_view(field, value, &read.flaws),
        Observed::Unset(_) => quiet("none", UNSET),
        Observed::Unknown(_) => quiet("unknown", UNKNOWN),
    };
    let flaws = read.flaws.iter().map(|flaw| flaw_line(field, read, flaw, repair));
    fragment([
        // A stop of the keyboard: a long value is scrolled there, and Enter edits it.
        el("div")
            .class("val")
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", field::name(field).text())
            .child(value),
        fragment(flaws),
        fragment(read.now.value().map(notes)),
        fragment(read.waiting.as_ref().map(waiting)),
        el("p").class("src").text(provenance(&read.now).text()),
    ])
}

/// A word in the place of a value.
pub fn quiet(class: &'static str, words: Message) -> Node {
    el("span").class(class).words(words)
}

fn provenance(value: &Observed<PageValue>) -> Message {
    match value {
        Observed::Value(_, source) => reading::source(source),
        Observed::Unset(Source::Queue) => UNSET_BY_QUEUE,
        Observed::Unset(_) => UNSET_BY_PAGE,
        Observed::Unknown(why) => reading::why(*why),
    }
}

fn waiting(value: &PageValue) -> Node {
    let words = match value {
        nothing if nothing.is_nothing() => WAITING_REMOVAL.text(),
        value => waiting_value(&joined(value)),
    };
    el("p").class("waiting").child(bdi(words))
}

/// A note on a value: its name in `data-note`, the test, and its text.
type Note = (&'static str, fn(&PageValue) -> bool, Message);

/// What could not be read, or is shown as a text in its place. That is no flaw of the page.
fn notes(value: &PageValue) -> Node {
    let notes: [Note; 3] = [
        ("code", PageValue::needs_code, UNREAD_CODE),
        ("cut", PageValue::is_cut, FLAW_CUT),
        ("date", |value| matches!(value, PageValue::Converted { .. }), CONVERTED_DATE),
    ];
    let found = notes.into_iter().filter(|(_, test, _)| value.any(*test));
    fragment(found.map(|(kind, _, words)| el("p").class("src").attr("data-note", kind).words(words)))
}

/// A text as it is, anything else as JSON.
pub use inspector_core::page_report::export::as_text as short;

fn value_view(field: Field, value: &PageValue, flaws: &[Flaw]) -> Node {
    let is_bad = |index| flaws.iter().any(|flaw| flaw.item == Some(index) || flaw.item.is_none());
    let chip =
        |value: &PageValue, bad| Chip { text: edges::visible(&shown(value)), bad, code: value.as_text().is_none() };
    match value {
        PageValue::Proxied(seen) if seen.has_parts() => value_view(field, seen, flaws),
        unread if unread.needs_code() => quiet("unknown", NOT_READ),
        PageValue::List(items, _) if items.is_empty() => quiet("none", EMPTY_LIST),
        PageValue::List(items, _) => {
            chips(items.iter().enumerate().map(|(index, item)| chip(item, is_bad(index))).collect())
        }
        PageValue::Map(entries, _) if field == Field::Metadata => table(entries, flaws),
        PageValue::Text(text) if field == Field::UniqueId => {
            el("bdi").class("text").class_if("bad", !flaws.is_empty()).text(edges::visible(text))
        }
        other => chips(vec![chip(other, !flaws.is_empty())]),
    }
}

/// One value in short; in the place of one that could not be read, the word for that.
fn shown(value: &PageValue) -> String {
    if value.needs_code() { NOT_READ.text() } else { short(value) }
}

fn table(entries: &[(String, PageValue)], flaws: &[Flaw]) -> Node {
    if entries.is_empty() {
        return quiet("none", EMPTY_MAP);
    }
    let row = |(index, (key, value)): (usize, &(String, PageValue))| {
        el("tr")
            .class_if("bad", flaws.iter().any(|flaw| flaw.item == Some(index)))
            .child(el("th").attr("scope", "row").child(bdi(key.clone())))
            .child(el("td").child(cell(value)))
    };
    el("table").children(entries.iter().enumerate().map(row))
}

fn cell(value: &PageValue) -> Node {
    match value {
        unread if unread.needs_code() && !matches!(unread, PageValue::Proxied(seen) if seen.has_parts()) => {
            quiet("unknown", NOT_READ)
        }
        PageValue::Converted { text, .. } => bdi(text.clone()),
        other => bdi(compact(&other.to_json())),
    }
}

fn flaw_line(field: Field, read: &FieldReading, flaw: &Flaw, repair: Option<&On<Flaw>>) -> Node {
    let words = reading::flaw(field, flaw.kind, flaw.item.is_some());
    let subject = flaw.item.and_then(|index| subject(read.now.value()?, index));
    let offer = repair.zip(flaw.repair.as_ref()).map(|(take_up, text)| {
        let (take_up, flaw) = (take_up.clone(), flaw.clone());
        let label = if matches!(flaw.kind, FlawKind::WrongType(_)) { use_as_text(text) } else { use_repair(text) };
        button("btn small", "repair", label, on(move |()| take_up(flaw.clone())))
    });
    let line = el("span").maybe(subject.map(|subject| el("bdi").class("subject").text(subject))).text(words);
    el("p").class("error").attr("data-flaw", flaw.kind.name()).child(line).maybe(offer)
}

/// The item a flaw is about, where there are several to tell apart.
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

/// The beginning of a text, enough to know it by.
fn beginning(text: &str) -> String {
    const ENOUGH: usize = 32;
    let mut start: String = text.chars().take(ENOUGH).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// A whole value in one line.
pub fn joined(value: &PageValue) -> String {
    match value {
        PageValue::List(items, 0) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        PageValue::Proxied(seen) if seen.has_parts() => joined(seen),
        other => shown(other),
    }
}
