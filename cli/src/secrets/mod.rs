//! Secrets of steps: values from the environment, which no output, error or recording has.

mod escaped;

use std::cmp::Reverse;
use std::env;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use inspector_core::recording::Timeline;
use inspector_core::recording::file;
use inspector_core::recording::wire::MAX_VALUE;
use inspector_core::visitor::page_value::PageValue;
use serde_json::{Map, Number, Value};

use crate::recording;
use escaped::{Needle, Text};

const OPEN: &str = "${ENV:";
const CLOSE: &str = "}";

/// The members of a recording's entry that contain values of the page. Their keys, numbers and texts may be secrets.
const VALUES: [&str; 7] = ["args", "config", "account", "chats", "data", "ask", "reply"];

/// The member that contains values of the page by field.
const FIELDS: &str = "keys";

/// The members that contain only words of the format.
const WORDS: [&str; 6] = ["k", "what", "dir", "area", "via", "mode"];

/// A secret that was used.
#[derive(Debug)]
struct Secret {
    needle: Needle,
    /// Its number, if it is one.
    number: Option<f64>,
    /// The placeholder that replaces it.
    placeholder: String,
}

/// The secrets that were used.
#[derive(Debug, Default)]
pub struct Secrets(Vec<Secret>);

impl Secrets {
    /// The text with each `${ENV:NAME}` replaced by the value of that variable.
    ///
    /// # Errors
    /// If a variable is not set or blank, or a placeholder has no end.
    pub fn resolve(&mut self, text: &str) -> Result<String> {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (name, after) = after.split_once(CLOSE).with_context(|| format!("`{OPEN}` has no `{CLOSE}`"))?;
            out.push_str(before);
            match env::var(name) {
                Ok(value) if !value.trim().is_empty() => {
                    self.add(&value, name);
                    out.push_str(&value);
                }
                _ => bail!("the environment variable {name} is not set or blank"),
            }
            rest = after;
        }
        Ok(out + rest)
    }

    fn add(&mut self, value: &str, name: &str) {
        let placeholder = format!("{OPEN}{name}{CLOSE}");
        self.0.push(Secret { needle: Needle::new(value), number: value.trim().parse().ok(), placeholder });
    }

    /// The text without secrets. A text of the maximum length counts as cut, because it may end with the beginning of a
    /// secret.
    pub fn hide(&self, text: &str) -> String {
        self.hide_text(text, text.encode_utf16().count() >= MAX_VALUE)
    }

    fn hide_text(&self, text: &str, is_cut: bool) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let written = Text::new(text);
        let places = |secret: &Secret| secret.needle.places(&written, is_cut);
        let found = self.0.iter().flat_map(|secret| places(secret).into_iter().map(move |place| (place, secret)));
        let mut found: Vec<_> = found.collect();
        // If several overlap, the longest one replaces all.
        found.sort_by_key(|(place, _)| (place.start, Reverse(place.end)));
        let mut hidden: Vec<(Range<usize>, usize, &Secret)> = vec![];
        for (place, secret) in found {
            match hidden.last_mut().filter(|(last, ..)| place.start < last.end) {
                Some((last, longest, of)) => {
                    last.end = last.end.max(place.end);
                    if place.len() > *longest {
                        (*longest, *of) = (place.len(), secret);
                    }
                }
                None => hidden.push((place.clone(), place.len(), secret)),
            }
        }
        let mut out = text.to_owned();
        hidden.into_iter().rev().for_each(|(place, _, secret)| out.replace_range(place, &secret.placeholder));
        out
    }

    /// The value without secrets.
    pub fn hide_value(&self, value: &PageValue) -> PageValue {
        match value {
            PageValue::Text(text) => PageValue::Text(self.hide(text)),
            PageValue::CutText { start, length } => {
                PageValue::CutText { start: self.hide_text(start, true), length: *length }
            }
            PageValue::Number(number) => self.hide_number(number),
            PageValue::List(items, cut) => {
                PageValue::List(items.iter().map(|item| self.hide_value(item)).collect(), *cut)
            }
            PageValue::Map(entries, cut) => {
                let hidden = entries.iter().map(|(key, value)| (self.hide(key), self.hide_value(value)));
                PageValue::Map(hidden.collect(), *cut)
            }
            PageValue::Converted { class, text } => {
                PageValue::Converted { class: class.clone(), text: self.hide(text) }
            }
            PageValue::Proxied(seen) => PageValue::Proxied(Box::new(self.hide_value(seen))),
            PageValue::Opaque(kind) => PageValue::Opaque(self.hide(kind)),
            PageValue::Null | PageValue::Undefined | PageValue::Bool(_) | PageValue::Original => value.clone(),
        }
    }

    /// A page that converts a secret to a number may write it in another form.
    fn hide_number(&self, number: &Number) -> PageValue {
        let text = number.to_string();
        let hidden = self.hide(&text);
        let equal = self.0.iter().find(|secret| secret.number.is_some() && secret.number == number.as_f64());
        match equal {
            Some(secret) => PageValue::Text(secret.placeholder.clone()),
            None if hidden == text => PageValue::Number(number.clone()),
            None => PageValue::Text(hidden),
        }
    }

    /// The recording without secrets; `None` if it has none.
    ///
    /// # Errors
    /// If it can't be read without them. It must not be written in this case.
    pub fn hide_recording(&self, timeline: &Timeline, at: i64) -> Result<Option<Timeline>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let mut file: Value = serde_json::from_str(&file::write(timeline, at, false))?;
        let whole = file.clone();
        for document in file["documents"].as_array_mut().into_iter().flatten() {
            self.hide_texts(&mut document["url"]);
            let entries = document["entries"].as_array_mut().into_iter().flatten();
            entries.filter_map(Value::as_object_mut).for_each(|entry| self.hide_entry(entry));
        }
        if file == whole {
            return Ok(None);
        }
        Ok(Some(recording::read_text(&file.to_string()).context("hiding secrets in the recording")?.timeline))
    }

    fn hide_entry(&self, entry: &mut Map<String, Value>) {
        let hide = |value: &mut Value| *value = self.hide_value(&PageValue::decode(value.take())).encode();
        for (member, value) in entry {
            match member.as_str() {
                name if VALUES.contains(&name) => hide(value),
                FIELDS => value.as_object_mut().into_iter().flatten().for_each(|(_, value)| hide(value)),
                name if WORDS.contains(&name) => {}
                _ => self.hide_texts(value),
            }
        }
    }

    /// The texts of the format, without secrets. Its numbers are counts, not values of the page.
    fn hide_texts(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hide(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_texts(item)),
            Value::Object(members) => members.values_mut().for_each(|value| self.hide_texts(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
