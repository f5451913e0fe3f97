//! What is seen of the page, the SDK and its stored values.

use super::super::entry::{Area, Entry, EntryId, PageEntry, PageMoment, SdkEntry, SdkMoment};
use super::super::story::{Cause, Mark, Subject};
use super::{Fold, something};
use crate::json_read;
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

/// How many different values of one kind (versions, keys, chats, addresses …) are told of.
const MANY: usize = 100;

/// Stored values that no two visitors share: the id, and times to the millisecond.
const OF_ONE_VISITOR: [&str; 3] = ["shortId", "lastConnectedAt", "lookupCodeSetAt"];

impl Fold {
    pub(super) fn page(&mut self, entry: &Entry, page: &PageEntry) {
        let marks = &mut self.story.marks;
        match page.what {
            PageMoment::Start => {
                marks.start = Some(entry.id);
                marks.ahead = page.start.is_some_and(|start| start.prerendered);
            }
            PageMoment::Load => marks.load = Some(Mark::new(entry, ())),
            PageMoment::Hide => marks.left = Some(entry.id),
            PageMoment::Show => (marks.left, marks.shown) = (None, entry.t),
            PageMoment::Activate => (marks.ahead, marks.shown) = (false, entry.t),
            PageMoment::Route => {}
        }
        if !page.url.is_empty() {
            note(&mut marks.addresses, entry, page.url.clone());
        }
        if page.what == PageMoment::Start {
            let parameter = |name| parameter(&page.url, name).map(str::to_owned);
            self.parameters = [parameter("__upscope_unique_id"), parameter("__upscope_short_id")];
        }
    }

    /// The address's parameters count with `init`; the unique id undecoded, the short id only if none is stored.
    pub(super) fn take_parameters(&mut self, init: usize) {
        let [unique_id, short_id] = std::mem::take(&mut self.parameters);
        let entry = self.story.marks.start.unwrap_or(self.story.calls[init].entry);
        let at = (entry, self.story.last);
        let text = |text: String| Some(PageValue::Text(text));
        if let Some(id) = unique_id {
            self.step(Subject::Field(Field::UniqueId), at, Cause::UrlParameter, text(id));
        }
        if let Some(id) = short_id.filter(|_| !self.has_value(Subject::ShortId)) {
            self.step(Subject::ShortId, at, Cause::UrlParameter, text(id));
        }
    }

    pub(super) fn sdk(&mut self, entry: &Entry, sdk: &SdkEntry) {
        let marks = &mut self.story.marks;
        if matches!(sdk.what, SdkMoment::Snippet | SdkMoment::Replaced | SdkMoment::Second)
            && marks.snippets.len() < MANY
        {
            marks.snippets.push(Mark::new(entry, sdk.what));
        }
        if let Some(version) = &sdk.version {
            note(&mut marks.versions, entry, version.clone());
        }
        if sdk.what == SdkMoment::Replaced {
            self.replaced();
        }
        let marks = &mut self.story.marks;
        for settings in [&sdk.account, &sdk.config].into_iter().flatten() {
            if let Some(key) = settings.get("apiKey").and_then(PageValue::as_text).filter(|key| !key.is_empty()) {
                note(&mut marks.keys, entry, key.to_owned());
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
            marks.account = Some(Mark::new(entry, account.clone()));
        }
        if let Some(config) = &sdk.config {
            self.config(entry, config);
        }
    }

    /// The effective configuration is there: `init` was read.
    fn config(&mut self, entry: &Entry, config: &PageValue) {
        self.story.marks.config = Some(Mark::new(entry, config.clone()));
        if let Some(init) = self.init.filter(|_| !self.init_done) {
            self.init_ran(init, entry);
        }
        let whole = matches!(config, PageValue::Map(_, 0));
        for field in Field::ALL {
            match config.get(field.key()) {
                None if whole && field != Field::Metadata => self.read(entry, field, None),
                None => {}
                Some(value) => self.read(entry, field, Some(value)),
            }
        }
    }

    /// A field as the configuration reads: confirms what is known or tells what was not.
    pub(super) fn read(&mut self, entry: &Entry, field: Field, value: Option<&PageValue>) {
        let subject = Subject::Field(field);
        let value = value.and_then(something);
        if self.agrees(subject, value.as_ref()) {
            if let Some(now) = self.now_mut(subject) {
                now.read = Some(entry.id);
            }
        } else if !self.is_old_news(entry, field, value.as_ref()) {
            let (at, cause) = self.explain(entry, field, value.as_ref());
            self.step(subject, (at, entry.t), cause, value);
            if let Some(now) = self.now_mut(subject) {
                now.read = Some(entry.id);
            }
        }
    }

    /// In the tick of a `reset` the configuration still reads as before; and 2.x never shows there what an update said
    /// of `metadata`.
    fn is_old_news(&self, entry: &Entry, field: Field, value: Option<&PageValue>) -> bool {
        if field == Field::Metadata {
            return self.has_value(Subject::Field(field));
        }
        let steps = &self.story.trace(Subject::Field(field)).steps;
        let [.., before, now] = steps.as_slice() else { return false };
        let task = self.story.calls.iter().rev().find(|call| call.entry == now.entry).and_then(|call| call.task);
        now.cause == Cause::Reset && before.value.as_ref() == value && task.is_some() && task == entry.task
    }

    /// What may have given a field this value, and the entry that shows it.
    pub(super) fn explain(&self, entry: &Entry, field: Field, value: Option<&PageValue>) -> (EntryId, Cause) {
        if let Some(index) = self.last_given[field.index()].filter(|_| value.is_some()) {
            let call = &self.story.calls[index];
            if call.call.given(field.key()) == value {
                return (call.entry, self.cause_of(index));
            }
        }
        let account = self.story.marks.account.as_ref();
        if let Some(account) = account.filter(|account| value.is_some() && account.value.get(field.key()) == value) {
            return (account.entry, Cause::AccountSettings);
        }
        match self.story.marks.chats.last() {
            Some(chat) if field == Field::IntegrationIds && value.is_some() => (chat.entry, Cause::LiveChat),
            _ => (entry.id, Cause::Unrecorded),
        }
    }

    pub(super) fn stored(&mut self, entry: &Entry, area: Area, key: &str, value: Option<&str>) {
        if let (Area::Cookie, Some(value)) = (area, value.filter(|_| OF_ONE_VISITOR.contains(&key))) {
            note(&mut self.story.marks.cookies, entry, (key.to_owned(), value.to_owned()));
        }
        let subject = match key {
            "shortId" => Subject::ShortId,
            "lookupCode" => Subject::LookupCode,
            _ => return,
        };
        // The cookie stands beside localStorage and counts where that has none.
        if area == Area::Cookie && (value.is_none() || self.has_value(subject)) {
            return;
        }
        let value = value.map(|text| PageValue::Text(unquote(text))).filter(|v| v.as_text() != Some(""));
        if self.story.trace(subject).value() != value.as_ref() {
            let (at, cause) = self.explain_stored(entry, subject, value.as_ref());
            self.step(subject, (at, entry.t), cause, value);
        }
        if let Some(now) = self.now_mut(subject) {
            now.read = Some(entry.id);
        }
    }

    fn explain_stored(&self, entry: &Entry, subject: Subject, value: Option<&PageValue>) -> (EntryId, Cause) {
        let asked = self.story.calls.iter().rposition(|call| call.is("getLookupCode") && call.took_effect());
        match (subject, asked) {
            (Subject::LookupCode, Some(index)) => (self.story.calls[index].entry, self.cause_of(index)),
            (Subject::LookupCode, None) if self.init_done => (entry.id, Cause::Sdk),
            // After a `reset` there is no other source of an id. It may be stored before the frame that brings it is seen.
            (Subject::ShortId, _) if value.is_some() && self.is_new_visitor() => (entry.id, Cause::Server),
            _ => (entry.id, Cause::Storage),
        }
    }

    fn is_new_visitor(&self) -> bool {
        self.now(Subject::ShortId).is_some_and(|now| now.cause == Cause::Reset)
    }
}

/// Notes a value that was not noted before.
pub(super) fn note<T: PartialEq>(marks: &mut Vec<Mark<T>>, entry: &Entry, value: T) {
    if marks.len() < MANY && marks.iter().all(|mark| mark.value != value) {
        marks.push(Mark::new(entry, value));
    }
}

fn chat_names(chats: &PageValue) -> Vec<String> {
    match chats {
        PageValue::List(found, _) => found.iter().filter_map(PageValue::as_text).map(str::to_owned).collect(),
        PageValue::Map(found, _) => {
            let on = found.iter().filter(|(_, value)| !value.is_nothing() && *value != PageValue::Bool(false));
            on.map(|(name, _)| name.clone()).collect()
        }
        _ => vec![],
    }
}

/// A parameter of an address, undecoded as the SDK takes it.
fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let query = url.split('#').next()?.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).filter(|value| !value.is_empty())
}

/// The text inside a stored JSON string; other text as it is.
fn unquote(text: &str) -> String {
    json_read::read_string(text).unwrap_or_else(|| text.to_owned())
}
