//! Reads a policy from the browser's managed storage.

use super::{
    ALLOWED_ORIGINS, API_BASE, EXPECTATIONS, ExpectationsFile, LANGUAGE, MAX_ORIGINS, PRESETS, Policy, READ_ONLY,
    Rules, Setting,
};
use crate::json_read;
use crate::json_text::compact;
use crate::match_pattern::is_site;
use crate::policy::language;
use crate::presets::MAX_PRESETS;
use crate::presets::file::{MAX_FILE, NAME, SITES, VALUES, is_valid};
use crate::upscope_api::base_url::{BaseUrl, CLOUD, Deployment};
use serde_json::Value;

/// Maximum size of a preset as JSON, in bytes.
const MAX_PRESET: usize = 20_000;

/// Maximum size of a file of expectations in bytes. The reader of such files, behind a feature, has the same.
pub const MAX_EXPECTATIONS_FILE: usize = 1_000_000;

/// Maximum number of characters of a reported item, and of reported items.
const MAX_ITEM: usize = 100;
const MAX_REPORTED: usize = 10;

/// All keys.
pub const KEYS: [&str; 6] = [READ_ONLY, ALLOWED_ORIGINS, API_BASE, LANGUAGE, PRESETS, EXPECTATIONS];

/// The keys of a preset. Others are dropped.
const PRESET_KEYS: [&str; 3] = [NAME, VALUES, SITES];

/// A problem with the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyProblem {
    pub key: &'static str,
    pub why: PolicyProblemKind,
    /// The invalid item or text, if any.
    pub item: Option<String>,
}

/// The reason of a [`PolicyProblem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyProblemKind {
    WrongType,
    /// Not a match pattern of whole sites.
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
    let mut collector = ProblemCollector(&mut policy.problems);
    let read_only = collector.given(set, READ_ONLY, Value::as_bool);
    let origins = collector.given(set, ALLOWED_ORIGINS, Value::as_array).map(|list| collector.origins(list));
    policy.rules = Rules::new(&read_only, origins);
    policy.api_base = match collector.given(set, API_BASE, Value::as_str) {
        Setting::Nothing => None,
        Setting::Wrong => Some(None),
        Setting::Value(text) => Some(collector.api_base(text)),
    };
    if let Setting::Value(text) = collector.given(set, LANGUAGE, Value::as_str) {
        policy.language = collector.language(text);
    }
    policy.presets = collector.presets(set);
    policy.expectations = collector.expectations(set);
    policy
}

impl<T> Setting<T> {
    fn map<U>(self, with: impl FnOnce(T) -> U) -> Setting<U> {
        match self {
            Self::Nothing => Setting::Nothing,
            Self::Wrong => Setting::Wrong,
            Self::Value(value) => Setting::Value(with(value)),
        }
    }
}

/// Collects problems.
struct ProblemCollector<'a>(&'a mut Vec<PolicyProblem>);

impl ProblemCollector<'_> {
    fn add(&mut self, key: &'static str, why: PolicyProblemKind, item: Option<&str>) {
        if self.0.iter().filter(|problem| problem.key == key).count() < MAX_REPORTED {
            let item = item.map(|item| item.chars().take(MAX_ITEM).collect());
            self.0.push(PolicyProblem { key, why, item });
        }
    }

    fn given<'v, T>(&mut self, set: &'v Value, key: &'static str, of: impl Fn(&'v Value) -> Option<T>) -> Setting<T> {
        let Some(value) = set.get(key) else { return Setting::Nothing };
        match of(value) {
            Some(value) => Setting::Value(value),
            None => {
                self.add(key, PolicyProblemKind::WrongType, None);
                Setting::Wrong
            }
        }
    }

    fn origins(&mut self, list: &[Value]) -> Vec<String> {
        for item in list.iter().take(MAX_ORIGINS) {
            match item.as_str() {
                Some(text) if is_site(text) => {}
                Some(text) => self.add(ALLOWED_ORIGINS, PolicyProblemKind::NotASite, Some(text)),
                None => self.add(ALLOWED_ORIGINS, PolicyProblemKind::WrongType, None),
            }
        }
        if list.len() > MAX_ORIGINS {
            self.add(ALLOWED_ORIGINS, PolicyProblemKind::TooMany, None);
        }
        list.iter().take(MAX_ORIGINS).map(|item| item.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The vendor's cloud by its name or URL, which ends in a version. Anything else is an on-premise server.
    fn api_base(&mut self, text: &str) -> Option<BaseUrl> {
        let address = if text.trim() == Deployment::Cloud.name() { CLOUD } else { text };
        let base =
            BaseUrl::parse(Deployment::Cloud, address).or_else(|_| BaseUrl::parse(Deployment::OnPremise, address));
        base.map_err(|_| self.add(API_BASE, PolicyProblemKind::NotAnAddress, Some(text))).ok()
    }

    fn language(&mut self, text: &str) -> Option<&'static str> {
        let known = language::named(text);
        if known.is_none() {
            self.add(LANGUAGE, PolicyProblemKind::NotALanguage, Some(text));
        }
        known
    }

    /// A list, or the JSON text of one: a Chrome policy has one type for each value, so it can contain numbers in
    /// metadata and removals only as text.
    fn presets(&mut self, set: &Value) -> Vec<Value> {
        let Some(value) = set.get(PRESETS) else { return vec![] };
        let text = value.as_str().unwrap_or_default();
        if text.len() > MAX_FILE {
            self.add(PRESETS, PolicyProblemKind::TooLarge, None);
            return vec![];
        }
        let read = value.as_str().and_then(|text| json_read::read(text).ok());
        let Some(list) = read.as_ref().unwrap_or(value).as_array() else {
            self.add(PRESETS, PolicyProblemKind::WrongType, None);
            return vec![];
        };
        if list.len() > MAX_PRESETS {
            self.add(PRESETS, PolicyProblemKind::TooMany, None);
        }
        list.iter().take(MAX_PRESETS).filter_map(|preset| self.preset(preset)).collect()
    }

    /// A file of expectations, or its JSON text, which Chrome needs for the same reason. A text stays as it is written,
    /// because errors in it have a line and a column.
    fn expectations(&mut self, set: &Value) -> Option<ExpectationsFile> {
        let value = set.get(EXPECTATIONS)?;
        let text = value.as_str().map_or_else(|| compact(value), str::to_owned);
        if text.len() > MAX_EXPECTATIONS_FILE {
            self.add(EXPECTATIONS, PolicyProblemKind::TooLarge, None);
            return None;
        }
        let file = json_read::read(&text).ok();
        let count = file.as_ref().and_then(|file| Some(file.get("expectations")?.as_array()?.len()));
        if count.is_none() {
            self.add(EXPECTATIONS, PolicyProblemKind::WrongType, None);
        }
        count.map(|count| ExpectationsFile { text, count })
    }

    fn preset(&mut self, preset: &Value) -> Option<Value> {
        let name = preset.get(NAME).and_then(Value::as_str);
        let known = preset.as_object().into_iter().flatten().filter(|(key, _)| PRESET_KEYS.contains(&key.as_str()));
        let known = Value::Object(known.map(|(key, value)| (key.clone(), value.clone())).collect());
        if compact(&known).len() > MAX_PRESET {
            self.add(PRESETS, PolicyProblemKind::TooLarge, name);
            return None;
        }
        if !is_valid(&known) {
            self.add(PRESETS, PolicyProblemKind::NotAPreset, name);
            return None;
        }
        Some(known)
    }
}
