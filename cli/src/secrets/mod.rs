//! Secrets of steps: values from the environment, which no output, error or recording has.

mod escaped;

use std::cmp::Reverse;
use std::env;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use inspector_core::recording::Timeline;
use inspector_core::recording::file;
use inspector_core::recording::wire::LONG;
use inspector_core::visitor::page_value::PageValue;
use serde_json::{Map, Number, Value};

use crate::recording;
use escaped::Needle;

const OPEN: &str = "${ENV:";
const CLOSE: &str = "}";

/// The members of an entry in a recording's file that are values of the page: its keys, numbers and texts may be secrets.
const VALUES: [&str; 7] = ["args", "config", "account", "chats", "data", "ask", "reply"];

/// The member with values of the page by field.
const FIELDS: &str = "keys";

/// The members that are words of the format.
const WORDS: [&str; 6] = ["k", "what", "dir", "area", "via", "mode"];

/// The secrets that were used.
#[derive(Debug, Default)]
pub struct Secrets {
    needles: Vec<Needle>,
    /// Each secret's placeholder and number, if it is one, in the order of the needles.
    known: Vec<(String, Option<f64>)>,
}

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
        self.needles.push(Needle::new(value));
        self.known.push((format!("{OPEN}{name}{CLOSE}"), value.trim().parse().ok()));
    }

    /// The text without secrets. A text of the greatest length counts as cut: it may end in the beginning of a secret.
    pub fn hide(&self, text: &str) -> String {
        self.hide_text(text, text.encode_utf16().count() >= LONG)
    }

    fn hide_text(&self, text: &str, is_cut: bool) -> String {
        let mut found = escaped::find(&self.needles, text, is_cut);
        // Of those that overlap, the longest stands for all.
        found.sort_by_key(|(number, place)| (place.start, Reverse(place.end), *number));
        let mut hidden: Vec<(usize, usize, Range<usize>)> = vec![];
        for (number, place) in found {
            match hidden.last_mut().filter(|(.., last)| place.start < last.end) {
                Some((of, length, last)) => {
                    last.end = last.end.max(place.end);
                    if place.len() > *length {
                        (*of, *length) = (number, place.len());
                    }
                }
                None => hidden.push((number, place.len(), place)),
            }
        }
        let mut out = text.to_owned();
        hidden.iter().rev().for_each(|(of, _, place)| out.replace_range(place.clone(), &self.known[*of].0));
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

    /// A page that makes a number of a secret may write it in another way.
    fn hide_number(&self, number: &Number) -> PageValue {
        let text = number.to_string();
        let hidden = self.hide(&text);
        let equal = self.known.iter().find(|(_, known)| known.is_some() && *known == number.as_f64());
        match equal {
            Some((placeholder, _)) => PageValue::Text(placeholder.clone()),
            None if hidden == text => PageValue::Number(number.clone()),
            None => PageValue::Text(hidden),
        }
    }

    /// The recording without secrets; `None` if it has none.
    ///
    /// # Errors
    /// If it can't be read without them. It must not be written then.
    pub fn hide_recording(&self, timeline: &Timeline, at: i64) -> Result<Option<Timeline>> {
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

    /// The texts that the format has, without secrets. Its numbers count and are no values of the page.
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
