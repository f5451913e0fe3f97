//! Compares the page's visitor with the server's, field by field, with the likely reason of a difference.

use super::visitor::{ServerValue, ServerVisitor};
use crate::edit::change::Change;
use crate::edit::patch::VisitorPatch;
use crate::visitor::flaw::FlawKind;
use crate::visitor::integration_id::is_clearing;
use crate::visitor::observed::{Observed, Source};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, FieldReading, Visitor};

/// The page's side of the comparison.
pub struct PageSide<'a> {
    pub visitor: &'a Visitor,
    /// The public key of the page's account.
    pub public_key: Option<&'a str>,
    /// Whether the page overrides account settings.
    pub page_overrides: &'a Observed<bool>,
    /// A live chat was detected, which may add missing values (docs/sdk-reference.md#live-chats).
    pub live_chat: bool,
    /// The page changed a value recently, so that it may not have arrived yet.
    pub settling: bool,
    /// The last edit that was sent. It replaces values that the page doesn't expose.
    pub sent: Option<&'a VisitorPatch>,
}

/// One compared value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonLine {
    /// The SDK's key of the field.
    pub key: &'static str,
    /// The server's value.
    pub there: ServerValue<Vec<String>>,
    pub agreement: Agreement,
}

/// Whether the two sides agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Same,
    NotYet(Pending),
    Differs(Reason),
    Unknown(Missing),
}

/// Why the server can't have the value yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// The call is still in the SDK's queue.
    InQueue,
    /// The value is recent.
    OnTheWay,
}

/// The side whose value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// This page load did not set it.
    Here,
    /// The API doesn't return it.
    There,
}

/// The likely reason of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The visitor belongs to the account of another public key.
    OtherAccount,
    /// The server's visitor is another one than the page's.
    OtherVisitor,
    /// A snippet's placeholder, which the SDK silently ignores.
    Placeholder,
    /// A live chat on the page adds it, only in frames.
    LiveChat,
    /// The server adds integration IDs to the earlier ones.
    Additive,
    /// The server no longer has a value.
    RemovedElsewhere,
    /// The server has another value.
    ChangedElsewhere,
    /// A lookup code expires an hour after the page last showed it.
    CodeExpired,
    /// The page and the server disagree on whether the page overrides account settings.
    Overrides,
}

impl Agreement {
    /// A stable name, for the attribute `data-agreement`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotYet(_) => "not-yet",
            Self::Differs(_) => "differs",
            Self::Unknown(_) => "unknown",
        }
    }

    /// A stable name of the reason, for the attribute `data-reason`; empty if there is none.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::NotYet(Pending::InQueue) => "in-queue",
            Self::NotYet(Pending::OnTheWay) => "on-the-way",
            Self::Unknown(Missing::Here) => "here",
            Self::Unknown(Missing::There) => "there",
            Self::Differs(Reason::OtherAccount) => "other-account",
            Self::Differs(Reason::OtherVisitor) => "other-visitor",
            Self::Differs(Reason::Placeholder) => "placeholder",
            Self::Differs(Reason::LiveChat) => "live-chat",
            Self::Differs(Reason::Additive) => "additive",
            Self::Differs(Reason::RemovedElsewhere) => "removed-elsewhere",
            Self::Differs(Reason::ChangedElsewhere) => "changed-elsewhere",
            Self::Differs(Reason::CodeExpired) => "code-expired",
            Self::Differs(Reason::Overrides) => "overrides",
        }
    }

    /// Whether a later request to the server may resolve the difference.
    pub fn may_settle(self) -> bool {
        matches!(self, Self::NotYet(Pending::OnTheWay))
    }
}

/// Compares all values.
pub fn compare(here: &PageSide, there: &ServerVisitor) -> Vec<ComparisonLine> {
    let mut lines = vec![short_id(here, there)];
    lines.extend(Field::ALL.map(|field| line(here, there, field)));
    lines.push(lookup_code(here, there));
    lines.push(overrides(here, there));
    lines
}

/// The texts of a value; an empty list is `None`.
type Texts = ServerValue<Vec<String>>;

fn line(here: &PageSide, there: &ServerVisitor, field: Field) -> ComparisonLine {
    let reading = here.visitor.field(field);
    let page = Some(page_texts(reading)).filter(|page| !page.is_unknown()).unwrap_or_else(|| sent(here, field));
    let server = server_texts(there, field);
    let agreement = judge(&page, &server).unwrap_or_else(|| difference(here, there, field, &page, &server));
    ComparisonLine { key: field.key(), there: server, agreement }
}

/// Compares without a reason.
fn judge(page: &Texts, server: &Texts) -> Option<Agreement> {
    match (page, server) {
        (_, ServerValue::Unknown) => Some(Agreement::Unknown(Missing::There)),
        (ServerValue::Unknown, ServerValue::None) => Some(Agreement::Unknown(Missing::Here)),
        (page, server) if page == server => Some(Agreement::Same),
        // The server doesn't keep the order of lists.
        (ServerValue::Value(_), ServerValue::Value(_)) if contains_all(page, server) && contains_all(server, page) => {
            Some(Agreement::Same)
        }
        _ => None,
    }
}

fn difference(here: &PageSide, there: &ServerVisitor, field: Field, page: &Texts, server: &Texts) -> Agreement {
    let reading = here.visitor.field(field);
    let is_filled = matches!(field, Field::UniqueId | Field::Identities | Field::IntegrationIds);
    let chat_fills = here.live_chat && is_filled && reading.is_whole();
    let queued = reading.queued.is_some() || reading.now.source() == Some(&Source::Queue);
    match stranger(here, there) {
        Some(reason) => Agreement::Differs(reason),
        None if page.is_unknown() && chat_fills => Agreement::Differs(Reason::LiveChat),
        None if page.is_unknown() => Agreement::Unknown(Missing::Here),
        None if queued => Agreement::NotYet(Pending::InQueue),
        None if reading.flaws.iter().any(|flaw| flaw.kind == FlawKind::Placeholder) => {
            Agreement::Differs(Reason::Placeholder)
        }
        None if field == Field::IntegrationIds && contains_all(server, page) => Agreement::Differs(Reason::Additive),
        None if here.settling => Agreement::NotYet(Pending::OnTheWay),
        None if chat_fills && field == Field::IntegrationIds => Agreement::Differs(Reason::LiveChat),
        None if *server == ServerValue::None => Agreement::Differs(Reason::RemovedElsewhere),
        None => Agreement::Differs(Reason::ChangedElsewhere),
    }
}

/// Why the two sides have different visitors; `None` if nothing shows that they do.
fn stranger(here: &PageSide, there: &ServerVisitor) -> Option<Reason> {
    let other =
        |page: Option<&str>, server: Option<&str>| page.zip(server).is_some_and(|(page, server)| page != server);
    if other(here.visitor.short_id.value().map(String::as_str), Some(there.short_id.as_str())) {
        return Some(Reason::OtherVisitor);
    }
    other(here.public_key, there.api_key.value().map(String::as_str)).then_some(Reason::OtherAccount)
}

fn short_id(here: &PageSide, there: &ServerVisitor) -> ComparisonLine {
    let agreement = stranger(here, there).map_or(Agreement::Same, Agreement::Differs);
    ComparisonLine { key: "shortId", there: ServerValue::Value(vec![there.short_id.as_str().to_owned()]), agreement }
}

fn lookup_code(here: &PageSide, there: &ServerVisitor) -> ComparisonLine {
    let page = texts(&here.visitor.lookup_code.code, |code| vec![code.clone()]);
    let server = one(&there.lookup_code);
    let different = || match (stranger(here, there), &server) {
        (Some(reason), _) => Agreement::Differs(reason),
        _ if page.is_unknown() => Agreement::Unknown(Missing::Here),
        _ if here.settling => Agreement::NotYet(Pending::OnTheWay),
        (_, ServerValue::None) => Agreement::Differs(Reason::CodeExpired),
        _ => Agreement::Differs(Reason::ChangedElsewhere),
    };
    let agreement = judge(&page, &server).unwrap_or_else(different);
    ComparisonLine { key: "lookupCode", there: server, agreement }
}

fn overrides(here: &PageSide, there: &ServerVisitor) -> ComparisonLine {
    let words = |yes: &bool| vec![yes.to_string()];
    let server = match &there.js_configuration {
        ServerValue::Value(yes) => ServerValue::Value(words(yes)),
        ServerValue::None => ServerValue::None,
        ServerValue::Unknown => ServerValue::Unknown,
    };
    // The SDK exposes the setting only if it is true.
    let page = match here.page_overrides {
        Observed::Unset(_) => ServerValue::Value(words(&false)),
        overrides => texts(overrides, words),
    };
    let agreement = judge(&page, &server).unwrap_or(match page {
        ServerValue::Unknown => Agreement::Unknown(Missing::Here),
        _ => Agreement::Differs(Reason::Overrides),
    });
    ComparisonLine { key: "jsConfiguration", there: server, agreement }
}

/// The page's value of a field. One that could not be read is unknown, and so is one without texts to compare.
fn page_texts(reading: &FieldReading) -> Texts {
    match &reading.now {
        Observed::Unknown(_) => ServerValue::Unknown,
        Observed::Unset(_) => ServerValue::None,
        Observed::Value(value, _) => value_texts(value).map_or(ServerValue::Unknown, filled),
    }
}

/// The texts of a value that was read completely.
fn value_texts(value: &PageValue) -> Option<Vec<String>> {
    match value {
        _ if !value.is_whole() => None,
        PageValue::Null | PageValue::Undefined => Some(vec![]),
        PageValue::List(items, _) => Some(items.iter().filter_map(member).collect()),
        other => member(other).map(|text| vec![text]),
    }
}

/// The value of a field in the last edit.
fn sent(here: &PageSide, field: Field) -> Texts {
    match here.sent.map_or(&Change::Keep, |patch| patch.change(field)) {
        Change::Keep => ServerValue::Unknown,
        Change::Set(value) => {
            let mut values = value_texts(&PageValue::decode_plain(value)).unwrap_or_default();
            // The clearing form isn't a value.
            values.retain(|one| field != Field::IntegrationIds || !is_clearing(one));
            filled(values)
        }
        Change::Remove => ServerValue::None,
    }
}

/// A value as the server stores it: as text, whatever type a page sent.
fn member(item: &PageValue) -> Option<String> {
    match item {
        PageValue::Number(number) => Some(number.as_str().to_owned()),
        PageValue::Converted { text, .. } => Some(text.clone()),
        other => other.as_text().map(str::to_owned),
    }
}

fn texts<T>(observed: &Observed<T>, read: impl FnOnce(&T) -> Vec<String>) -> Texts {
    match observed {
        Observed::Unknown(_) => ServerValue::Unknown,
        Observed::Unset(_) => ServerValue::None,
        Observed::Value(value, _) => filled(read(value)),
    }
}

/// The server's value of a field.
fn server_texts(there: &ServerVisitor, field: Field) -> Texts {
    match &there.fields[field] {
        ServerValue::Value(members) => filled(members.clone()),
        other => other.clone(),
    }
}

fn one(text: &ServerValue<String>) -> Texts {
    match text {
        ServerValue::Value(text) => filled(vec![text.clone()]),
        ServerValue::None => ServerValue::None,
        ServerValue::Unknown => ServerValue::Unknown,
    }
}

fn filled(texts: Vec<String>) -> Texts {
    if texts.iter().all(String::is_empty) { ServerValue::None } else { ServerValue::Value(texts) }
}

/// Whether `many` contains all of `few`.
fn contains_all(many: &Texts, few: &Texts) -> bool {
    let ServerValue::Value(many) = many else { return false };
    few.value().is_none_or(|few| few.iter().all(|one| many.contains(one)))
}

#[cfg(test)]
mod tests;
