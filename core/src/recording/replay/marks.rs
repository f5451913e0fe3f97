//! Replays observations of the page, the SDK and its stored values.

use super::super::entry::{Entry, EntryId, PageEntry, PageMoment, SdkEntry, SdkMoment, StorageArea};
use super::super::history::{Cause, MAX_ADDRESSES, Observation, ValueKey};
use super::{Replay, something};
use crate::json_read::unquote;
use crate::visitor::Field;
use crate::visitor::integration_id::chats_on;
use crate::visitor::page_value::PageValue;

/// Maximum number of different values of one kind (versions, keys, chats …).
const MANY: usize = 100;

/// Stored values that are unique to one visitor: the ID, and times to the millisecond.
const OF_ONE_VISITOR: [&str; 3] = ["shortId", "lastConnectedAt", "lookupCodeSetAt"];

impl Replay {
    pub(super) fn page(&mut self, entry: &Entry, page: &PageEntry) {
        let marks = &mut self.history.marks;
        match page.what {
            PageMoment::Start => {
                marks.start = Some(entry.id);
                marks.ahead = page.start.is_some_and(|start| start.prerendered);
            }
            PageMoment::Load => (marks.load, marks.parked) = (Some(Observation::new(entry, ())), page.parked),
            PageMoment::Hide => marks.left = Some(entry.id),
            PageMoment::Show => (marks.left, marks.shown) = (None, entry.t),
            PageMoment::Activate => (marks.ahead, marks.shown) = (false, entry.t),
            PageMoment::Route => {}
        }
        if !page.url.is_empty() {
            self.address(entry, &page.url);
        }
        if page.what == PageMoment::Start {
            let parameter = |name| parameter(&page.url, name).map(str::to_owned);
            self.parameters = [parameter("__upscope_unique_id"), parameter("__upscope_short_id")];
        }
    }

    /// Adds a change of the URL. A page may come back to an earlier one.
    fn address(&mut self, entry: &Entry, url: &str) {
        let marks = &mut self.history.marks;
        if marks.addresses.last().is_some_and(|last| last.value == url) {
            return;
        }
        match marks.addresses.len() {
            0..MAX_ADDRESSES => marks.addresses.push(Observation::new(entry, url.to_owned())),
            _ => _ = marks.addresses_end.get_or_insert(entry.t),
        }
    }

    /// The parameters of the URL take effect with `init`: the unique ID undecoded, the short ID only if none is stored.
    pub(super) fn take_parameters(&mut self, init: usize) {
        let [unique_id, short_id] = std::mem::take(&mut self.parameters);
        let entry = self.history.marks.start.unwrap_or(self.history.calls[init].entry);
        let at = (entry, self.history.last);
        let text = |text: String| Some(PageValue::Text(text));
        if let Some(id) = unique_id {
            self.add_step(ValueKey::Field(Field::UniqueId), at, Cause::UrlParameter, text(id));
        }
        if let Some(id) = short_id.filter(|_| !self.has_value(ValueKey::ShortId)) {
            self.add_step(ValueKey::ShortId, at, Cause::UrlParameter, text(id));
        }
    }

    pub(super) fn sdk(&mut self, entry: &Entry, sdk: &SdkEntry) {
        let marks = &mut self.history.marks;
        if matches!(sdk.what, SdkMoment::Snippet | SdkMoment::Replaced | SdkMoment::Second)
            && marks.snippets.len() < MANY
        {
            marks.snippets.push(Observation::new(entry, sdk.what));
        }
        if let Some(version) = &sdk.version {
            note(&mut marks.versions, entry, version.clone());
        }
        if sdk.what == SdkMoment::Replaced {
            self.replaced();
        }
        let marks = &mut self.history.marks;
        for (keys, settings) in [(&mut marks.account_keys, &sdk.account), (&mut marks.config_keys, &sdk.config)] {
            let key = settings.as_ref().and_then(|settings| settings.get("apiKey")?.as_text());
            if let Some(key) = key.filter(|key| !key.is_empty()) {
                note(keys, entry, key.to_owned());
            }
        }
        for chat in sdk.chats.iter().flat_map(chat_names) {
            note(&mut marks.chats, entry, chat);
        }
        if sdk.to_json && sdk.prototype {
            marks.prototype_js.get_or_insert(entry.id);
        }
        if sdk.parent_sdk {
            marks.parent_sdk.get_or_insert(entry.id);
        }
        if let Some(account) = &sdk.account {
            marks.account = Some(Observation::new(entry, account.clone()));
        }
        if let Some(config) = &sdk.config {
            self.config(entry, config);
        }
    }

    /// The effective configuration exists, so `init` was processed.
    fn config(&mut self, entry: &Entry, config: &PageValue) {
        self.history.marks.config = Some(Observation::new(entry, config.clone()));
        if let Some(init) = self.init.filter(|_| !self.init_done) {
            self.init_ran(init, entry);
        }
        let whole = matches!(config, PageValue::Map(_, 0));
        for field in Field::ALL {
            match config.get(field.key()) {
                None if whole && field.is_identity() => self.read(entry, field, None),
                None => {}
                Some(value) => self.read(entry, field, Some(value)),
            }
        }
    }

    /// Applies a field of the configuration: confirms the current value, or adds a step.
    pub(super) fn read(&mut self, entry: &Entry, field: Field, value: Option<&PageValue>) {
        let key = ValueKey::Field(field);
        let value = value.and_then(something);
        self.reveal(key, value.as_ref());
        if self.agrees(key, value.as_ref()) {
            if let Some(now) = self.now_mut(key) {
                now.read = Some(entry.id);
            }
        } else if !self.is_old_news(entry, field, value.as_ref()) {
            let (at, cause) = self.explain(entry, field, value.as_ref());
            self.add_step(key, (at, entry.t), cause, value);
            if let Some(now) = self.now_mut(key) {
                now.read = Some(entry.id);
            }
        }
    }

    /// Whether a value of the configuration is older than what is known. In the tick of a `reset` the configuration
    /// still has the earlier values, and 2.x never writes the `metadata` of an update to it.
    fn is_old_news(&self, entry: &Entry, field: Field, value: Option<&PageValue>) -> bool {
        if field == Field::Metadata {
            return self.has_value(ValueKey::Field(field));
        }
        let steps = &self.history.value_history(ValueKey::Field(field)).steps;
        let [.., before, now] = steps.as_slice() else { return false };
        let task = || self.history.call(now.entry).and_then(|call| call.task);
        now.cause == Cause::Reset && before.value.as_ref() == value && entry.task.is_some() && task() == entry.task
    }

    /// Finds the cause of a field's value, and the entry that shows it.
    pub(super) fn explain(&self, entry: &Entry, field: Field, value: Option<&PageValue>) -> (EntryId, Cause) {
        if let Some(index) = self.last_given[field].filter(|_| value.is_some()) {
            let call = &self.history.calls[index];
            if call.call.given(field.key()) == value {
                return (call.entry, self.cause_of(index));
            }
        }
        let account = self.history.marks.account.as_ref();
        if let Some(account) = account.filter(|account| value.is_some() && account.value.get(field.key()) == value) {
            return (account.entry, Cause::AccountSettings);
        }
        match self.history.marks.chats.last() {
            Some(chat) if field == Field::IntegrationIds && value.is_some() => (chat.entry, Cause::LiveChat),
            _ => (entry.id, Cause::Unrecorded),
        }
    }

    pub(super) fn stored(&mut self, entry: &Entry, area: StorageArea, key: &str, value: Option<&str>) {
        if let (StorageArea::Cookie, Some(value)) = (area, value.filter(|_| OF_ONE_VISITOR.contains(&key))) {
            note(&mut self.history.marks.cookies, entry, (key.to_owned(), value.to_owned()));
        }
        let key = match key {
            "shortId" => ValueKey::ShortId,
            "lookupCode" => ValueKey::LookupCode,
            _ => return,
        };
        // The cookie is a fallback for localStorage.
        if area == StorageArea::Cookie && (value.is_none() || self.has_value(key)) {
            return;
        }
        let value = value.map(|text| PageValue::Text(unquote(text))).filter(|v| v.as_text() != Some(""));
        if self.history.value_history(key).value() != value.as_ref() {
            let (at, cause) = self.explain_stored(entry, key, value.as_ref());
            self.add_step(key, (at, entry.t), cause, value);
        }
        if let Some(now) = self.now_mut(key) {
            now.read = Some(entry.id);
        }
    }

    fn explain_stored(&self, entry: &Entry, key: ValueKey, value: Option<&PageValue>) -> (EntryId, Cause) {
        let asked = self.history.calls.iter().rposition(|call| call.is("getLookupCode") && call.took_effect());
        match (key, asked) {
            (ValueKey::LookupCode, Some(index)) => (self.history.calls[index].entry, self.cause_of(index)),
            (ValueKey::LookupCode, None) if self.init_done => (entry.id, Cause::Sdk),
            // After a `reset` only the server provides an ID. It may be stored before its frame is observed.
            (ValueKey::ShortId, _) if value.is_some() && self.is_new_visitor() => (entry.id, Cause::Server),
            _ => (entry.id, Cause::Storage),
        }
    }

    fn is_new_visitor(&self) -> bool {
        self.now(ValueKey::ShortId).is_some_and(|now| now.cause == Cause::Reset)
    }
}

/// Adds an observation of a new value.
pub(super) fn note<T: PartialEq>(marks: &mut Vec<Observation<T>>, entry: &Entry, value: T) {
    if marks.len() < MANY && marks.iter().all(|mark| mark.value != value) {
        marks.push(Observation::new(entry, value));
    }
}

fn chat_names(chats: &PageValue) -> Vec<String> {
    match chats {
        PageValue::List(found, _) => found.iter().filter_map(PageValue::as_text).map(str::to_owned).collect(),
        PageValue::Map(found, _) => chats_on(found).map(str::to_owned).collect(),
        _ => vec![],
    }
}

/// Returns a parameter of a URL, undecoded as the SDK reads it.
fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let query = url.split('#').next()?.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).filter(|value| !value.is_empty())
}
