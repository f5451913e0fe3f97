//! Reading what the browser holds of a policy.

use super::{ALLOWED_ORIGINS, API_BASE, Given, LANGUAGE, MAX_ORIGINS, PRESETS, Policy, READ_ONLY, Rules};
use crate::json_read;
use crate::json_text::compact;
use crate::match_pattern::is_site;
use crate::policy::language;
use crate::presets::MAX_PRESETS;
use crate::upscope_api::base::{Base, CLOUD, Kind};
use serde_json::Value;

/// How long each preset may be as JSON, in bytes.
const MAX_PRESET: usize = 20_000;

/// How long a list of presets in one text may be, in bytes.
const MAX_TEXT: usize = 1_000_000;

/// How much of a wrong item is told, in characters, and of how many.
const SHOWN: usize = 100;
const MAX_TOLD: usize = 10;

/// Every key.
pub const KEYS: [&str; 5] = [READ_ONLY, ALLOWED_ORIGINS, API_BASE, LANGUAGE, PRESETS];

/// The keys of a preset; what else stands in it is not passed on.
const PRESET_KEYS: [&str; 3] = ["name", "values", "sites"];

/// Something that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub key: &'static str,
    pub why: Why,
    /// What it is about, as far as it is one item or a text.
    pub item: Option<String>,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    WrongType,
    /// No match pattern of whole sites.
    NotASite,
    NotAnAddress,
    NotALanguage,
    NotAPreset,
    TooMany,
    TooLarge,
}

pub fn policy(set: &Value) -> Policy {
    let mut policy = Policy::default();
    if !set.is_object() {
        return policy;
    }
    policy.keys = KEYS.into_iter().filter(|key| set.get(key).is_some()).collect();
    let mut told = Told(&mut policy.problems);
    let read_only = told.given(set, READ_ONLY, Value::as_bool);
    let origins = told.given(set, ALLOWED_ORIGINS, Value::as_array).map(|list| told.origins(list));
    policy.rules = Rules::of(&read_only, origins);
    policy.api_base = match told.given(set, API_BASE, Value::as_str) {
        Given::Nothing => None,
        Given::Wrong => Some(None),
        Given::Value(text) => Some(told.api_base(text)),
    };
    if let Given::Value(text) = told.given(set, LANGUAGE, Value::as_str) {
        policy.language = told.language(text);
    }
    policy.presets = told.presets(set);
    policy
}

impl<T> Given<T> {
    fn map<U>(self, with: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Nothing => Given::Nothing,
            Self::Wrong => Given::Wrong,
            Self::Value(value) => Given::Value(with(value)),
        }
    }
}

/// Collects what could not be understood.
struct Told<'a>(&'a mut Vec<Problem>);

impl Told<'_> {
    fn tell(&mut self, key: &'static str, why: Why, item: Option<&str>) {
        if self.0.iter().filter(|problem| problem.key == key).count() < MAX_TOLD {
            let item = item.map(|item| item.chars().take(SHOWN).collect());
            self.0.push(Problem { key, why, item });
        }
    }

    fn given<'v, T>(&mut self, set: &'v Value, key: &'static str, of: impl Fn(&'v Value) -> Option<T>) -> Given<T> {
        let Some(value) = set.get(key) else { return Given::Nothing };
        match of(value) {
            Some(value) => Given::Value(value),
            None => {
                self.tell(key, Why::WrongType, None);
                Given::Wrong
            }
        }
    }

    fn origins(&mut self, list: &[Value]) -> Vec<String> {
        for item in list.iter().take(MAX_ORIGINS) {
            match item.as_str() {
                Some(text) if is_site(text) => {}
                Some(text) => self.tell(ALLOWED_ORIGINS, Why::NotASite, Some(text)),
                None => self.tell(ALLOWED_ORIGINS, Why::WrongType, None),
            }
        }
        if list.len() > MAX_ORIGINS {
            self.tell(ALLOWED_ORIGINS, Why::TooMany, None);
        }
        list.iter().take(MAX_ORIGINS).map(|item| item.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The vendor's cloud by its name or address, which ends in a version; anything else is a server of one's own.
    fn api_base(&mut self, text: &str) -> Option<Base> {
        let address = if text.trim() == Kind::Cloud.name() { CLOUD } else { text };
        let base = Base::parse(Kind::Cloud, address).or_else(|_| Base::parse(Kind::OnPremise, address));
        base.map_err(|_| self.tell(API_BASE, Why::NotAnAddress, Some(text))).ok()
    }

    fn language(&mut self, text: &str) -> Option<&'static str> {
        let known = language::named(text);
        if known.is_none() {
            self.tell(LANGUAGE, Why::NotALanguage, Some(text));
        }
        known
    }

    /// A list, or the JSON text of one: a Chrome policy has one type for each value, so that numbers in metadata and
    /// removals can only be written as text there.
    fn presets(&mut self, set: &Value) -> Vec<Value> {
        let Some(value) = set.get(PRESETS) else { return vec![] };
        let text = value.as_str().unwrap_or_default();
        if text.len() > MAX_TEXT {
            self.tell(PRESETS, Why::TooLarge, None);
            return vec![];
        }
        let read = value.as_str().and_then(|text| json_read::read(text).ok());
        let Some(list) = read.as_ref().unwrap_or(value).as_array() else {
            self.tell(PRESETS, Why::WrongType, None);
            return vec![];
        };
        if list.len() > MAX_PRESETS {
            self.tell(PRESETS, Why::TooMany, None);
        }
        list.iter().take(MAX_PRESETS).filter_map(|preset| self.preset(preset)).collect()
    }

    fn preset(&mut self, preset: &Value) -> Option<Value> {
        let name = preset.get("name").and_then(Value::as_str);
        if name.is_none() || !preset.get("values").is_some_and(Value::is_object) {
            self.tell(PRESETS, Why::NotAPreset, name);
            return None;
        }
        let known = preset.as_object()?.iter().filter(|(key, _)| PRESET_KEYS.contains(&key.as_str()));
        let known = Value::Object(known.map(|(key, value)| (key.clone(), value.clone())).collect());
        if compact(&known).len() > MAX_PRESET {
            self.tell(PRESETS, Why::TooLarge, name);
            return None;
        }
        Some(known)
    }
}
