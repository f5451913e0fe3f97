//! The details of an entry, as pairs of name and value.

use crate::ui::i18n::*;
use crate::ui::recording::state::Model;
use crate::ui::recording::text::entry_text;
use crate::ui::text::clock;
use inspector_core::js_text;
use inspector_core::json_text::pretty;
use inspector_core::recording::entry::*;
use inspector_core::recording::history::ValueKey;
use inspector_core::recording::summary::summary_line;
use inspector_core::visitor::page_value::PageValue;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    pub name: Message,
    pub value: DetailValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailValue {
    /// A text of the extension.
    Text(String),
    PageText(String),
    Code(String),
}

/// When the entry was made, and its content.
pub fn read_details(model: &Model, id: EntryId) -> Vec<Detail> {
    let mut details = Details::default();
    let document = model.data.timeline.document(id.doc);
    if let Some((document, entry)) = document.and_then(|document| Some((document, document.entry(id.seq)?))) {
        let at = clock::date_time(document.time(entry.t));
        details.add_text(DETAIL_WHEN, format!("{at} · {}", clock::since(entry.t)));
        details.add_content(&entry.what);
    }
    details.0
}

/// What follows from the entry: its SDK event, and a lower trust in its frame.
pub fn read_notes(model: &Model, id: EntryId) -> Vec<Detail> {
    let mut details = Details::default();
    if let Some(event) = model.data.timeline.entry(id).and_then(|entry| summary_line(entry).event) {
        details.add_page_text(DETAIL_EVENT, event);
    }
    if model.data.history.document(id.doc).is_some_and(|history| history.less_trusted) {
        details.add_text(MARK_LESS_TRUSTED, LESS_TRUSTED_TEXT);
    }
    details.0
}

#[derive(Default)]
struct Details(Vec<Detail>);

impl Details {
    fn add(&mut self, name: Message, value: DetailValue) {
        self.0.push(Detail { name, value });
    }

    fn add_text(&mut self, name: Message, text: impl Into<String>) {
        self.add(name, DetailValue::Text(text.into()));
    }

    fn add_page_text(&mut self, name: Message, text: &str) {
        self.add(name, DetailValue::PageText(text.to_owned()));
    }

    /// Adds a value that may take several lines.
    fn add_value(&mut self, name: Message, value: &PageValue) {
        self.add(name, DetailValue::Code(pretty(&value.to_json())));
    }

    fn add_content(&mut self, what: &EntryData) {
        match what {
            EntryData::Page(page) => self.add_page(page),
            EntryData::Call(call) => self.add_call(call),
            EntryData::Done { .. } | EntryData::Unknown { .. } => {}
            EntryData::Change { keys, .. } => {
                for (field, value) in keys {
                    self.add_value(entry_text::subject(ValueKey::Field(*field)), value);
                }
            }
            EntryData::Sdk(sdk) => self.add_sdk(sdk),
            EntryData::Socket { url, code, .. } => {
                url.iter().for_each(|url| self.add_page_text(DETAIL_ADDRESS, url));
                code.iter().for_each(|code| self.add_text(DETAIL_CODE, code.to_string()));
            }
            EntryData::Frame(frame) => frame.data.iter().for_each(|data| self.add_value(DETAIL_DATA, data)),
            EntryData::Stored { area, value, .. } => {
                value.iter().for_each(|value| self.add(DETAIL_VALUE, DetailValue::Code(value.clone())));
                self.add_text(DETAIL_AREA, entry_text::area(*area));
            }
            EntryData::Script { url, why, .. } => {
                self.add_page_text(DETAIL_ADDRESS, url);
                why.iter().for_each(|policy| self.add_page_text(DETAIL_POLICY, policy));
            }
            EntryData::Drop { why, .. } => self.add_text(KIND_DROP, entry_text::drop_why(*why)),
            EntryData::Inspector { command, reply, .. } => {
                self.add_value(DETAIL_COMMAND, command);
                reply.iter().for_each(|reply| self.add_value(DETAIL_REPLY, reply));
            }
        }
    }

    fn add_page(&mut self, page: &PageEntry) {
        self.add_page_text(DETAIL_ADDRESS, &page.url);
        let referrer = page.referrer.iter().filter(|url| !url.is_empty());
        referrer.for_each(|url| self.add_page_text(DETAIL_REFERRER, url));
        if page.start.is_some_and(|start| start.quiet) {
            self.add_text(KIND_PAGE, DETAIL_QUIET);
        }
    }

    fn add_call(&mut self, call: &Call) {
        self.add(DETAIL_ARGUMENTS, DetailValue::Code(js_text::page_call(&call.name, &call.args)));
        match &call.at {
            Some(at) => self.add_page_text(DETAIL_PLACE, &format!("{}:{}:{}", at.url, at.line, at.column)),
            None => self.add_text(DETAIL_PLACE, DETAIL_NO_PLACE),
        }
        match call.inside.as_deref() {
            Some("") => self.add_text(DETAIL_INSIDE, DETAIL_INSIDE_UNKNOWN),
            Some(outer) => self.add_page_text(DETAIL_INSIDE, outer),
            None => {}
        }
    }

    fn add_sdk(&mut self, sdk: &SdkEntry) {
        for (name, text) in [(DETAIL_SDK_VERSION, &sdk.version), (DETAIL_SDK_REGION, &sdk.region)] {
            text.iter().for_each(|text| self.add_page_text(name, text));
        }
        let values = [(DETAIL_CONFIG, &sdk.config), (DETAIL_ACCOUNT, &sdk.account), (DETAIL_LIVE_CHATS, &sdk.chats)];
        for (name, value) in values {
            value.iter().for_each(|value| self.add_value(name, value));
        }
        for (is_so, text) in [(sdk.parent_sdk, DETAIL_SDK_FRAME), (sdk.to_json, DETAIL_PROTOTYPE)] {
            if is_so {
                self.add_text(KIND_SDK, text);
            }
        }
    }
}
