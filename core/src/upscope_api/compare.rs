//! The page's visitor beside the server's, field by field, with the likely reason where they differ.

use super::visitor::{Known, ServerVisitor};
use crate::edit::change::Change;
use crate::edit::patch::VisitorPatch;
use crate::visitor::flaw::FlawKind;
use crate::visitor::observed::{Observed, Source};
use crate::visitor::page_value::PageValue;
use crate::visitor::{Field, FieldReading, Visitor};

/// What the page says, as far as it bears on the comparison.
pub struct Here<'a> {
    pub visitor: &'a Visitor,
    /// The public key of the page's account.
    pub public_key: Option<&'a str>,
    /// Whether the page says that it overrides account settings.
    pub page_overrides: &'a Observed<bool>,
    /// A live chat was found, which may fill in what the page leaves out (docs/sdk-reference.md#live-chats).
    pub live_chat: bool,
    /// The page said something new a moment ago, so that it may still be on its way.
    pub settling: bool,
    /// What was sent from here last: it stands for what the page does not tell.
    pub sent: Option<&'a VisitorPatch>,
}

/// One thing compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The field's key in the SDK's words.
    pub key: &'static str,
    /// What the server says.
    pub there: Known<Vec<String>>,
    pub agreement: Agreement,
}

/// How the two sides stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Same,
    NotYet(Pending),
    Differs(Reason),
    Unknown(Missing),
}

/// Why the server cannot have it yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// The call still stands in the SDK's queue.
    InQueue,
    /// It was said a moment ago.
    OnTheWay,
}

/// Who does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// This page load did not say it.
    Here,
    /// The API does not tell it.
    There,
}

/// The likely reason of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The visitor belongs to the account of another public key.
    OtherAccount,
    /// The server's visitor is another one than the page's.
    OtherVisitor,
    /// A snippet's placeholder, which the SDK drops without a word.
    Placeholder,
    /// A live chat on the page fills it in, on the wire only.
    LiveChat,
    /// The server keeps integration ids that were sent before: it adds.
    Additive,
    /// The server has none any more.
    RemovedElsewhere,
    /// The server has another value.
    ChangedElsewhere,
    /// A lookup code ends an hour after it was last shown.
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

    /// A stable name of why it is so, for the attribute `data-reason`; empty where nothing needs one.
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

    /// Whether a later look at the server may bring the two together.
    pub fn may_settle(self) -> bool {
        matches!(self, Self::NotYet(Pending::OnTheWay))
    }
}

/// Compares everything that both sides may tell.
pub fn compare(here: &Here, there: &ServerVisitor) -> Vec<Line> {
    let mut lines = vec![short_id(here, there)];
    lines.extend(Field::ALL.map(|field| line(here, there, field)));
    lines.push(lookup_code(here, there));
    lines.push(overrides(here, there));
    lines
}

/// What is known of a thing as the texts it is made of; an empty list is none.
type Texts = Known<Vec<String>>;

fn line(here: &Here, there: &ServerVisitor, field: Field) -> Line {
    let reading = here.visitor.field(field);
    let own = Some(own(reading)).filter(|own| !own.is_unknown()).unwrap_or_else(|| sent(here, field));
    let told = told(there, field);
    let agreement = judge(&own, &told).unwrap_or_else(|| difference(here, there, field, &own, &told));
    Line { key: field.key(), there: told, agreement }
}

/// What can be said without looking for a reason.
fn judge(own: &Texts, told: &Texts) -> Option<Agreement> {
    match (own, told) {
        (_, Known::Unknown) => Some(Agreement::Unknown(Missing::There)),
        (Known::Unknown, Known::None) => Some(Agreement::Unknown(Missing::Here)),
        (own, told) if own == told => Some(Agreement::Same),
        // Lists have no order at the server.
        (Known::Value(_), Known::Value(_)) if holds(own, told) && holds(told, own) => Some(Agreement::Same),
        _ => None,
    }
}

fn difference(here: &Here, there: &ServerVisitor, field: Field, own: &Texts, told: &Texts) -> Agreement {
    let reading = here.visitor.field(field);
    let chat_fills = here.live_chat && matches!(field, Field::UniqueId | Field::Identities | Field::IntegrationIds);
    let queued = reading.waiting.is_some() || reading.now.source() == Some(&Source::Queue);
    match stranger(here, there) {
        Some(reason) => Agreement::Differs(reason),
        None if own.is_unknown() && chat_fills => Agreement::Differs(Reason::LiveChat),
        None if own.is_unknown() => Agreement::Unknown(Missing::Here),
        None if queued => Agreement::NotYet(Pending::InQueue),
        None if reading.flaws.iter().any(|flaw| flaw.kind == FlawKind::Placeholder) => {
            Agreement::Differs(Reason::Placeholder)
        }
        None if field == Field::IntegrationIds && holds(told, own) => Agreement::Differs(Reason::Additive),
        None if here.settling => Agreement::NotYet(Pending::OnTheWay),
        None if chat_fills && field == Field::IntegrationIds => Agreement::Differs(Reason::LiveChat),
        None if *told == Known::None => Agreement::Differs(Reason::RemovedElsewhere),
        None => Agreement::Differs(Reason::ChangedElsewhere),
    }
}

/// Whether the two are about different visitors at all.
fn stranger(here: &Here, there: &ServerVisitor) -> Option<Reason> {
    let other = |own: Option<&str>, told: Option<&str>| own.zip(told).is_some_and(|(own, told)| own != told);
    if other(here.visitor.short_id.value().map(String::as_str), Some(there.short_id.as_str())) {
        return Some(Reason::OtherVisitor);
    }
    other(here.public_key, there.api_key.value().map(String::as_str)).then_some(Reason::OtherAccount)
}

fn short_id(here: &Here, there: &ServerVisitor) -> Line {
    let agreement = stranger(here, there).map_or(Agreement::Same, Agreement::Differs);
    Line { key: "shortId", there: Known::Value(vec![there.short_id.as_str().to_owned()]), agreement }
}

fn lookup_code(here: &Here, there: &ServerVisitor) -> Line {
    let own = texts(&here.visitor.lookup_code.code, |code| vec![code.clone()]);
    let told = one(&there.lookup_code);
    let different = || match (stranger(here, there), &told) {
        (Some(reason), _) => Agreement::Differs(reason),
        _ if own.is_unknown() => Agreement::Unknown(Missing::Here),
        _ if here.settling => Agreement::NotYet(Pending::OnTheWay),
        (_, Known::None) => Agreement::Differs(Reason::CodeExpired),
        _ => Agreement::Differs(Reason::ChangedElsewhere),
    };
    let agreement = judge(&own, &told).unwrap_or_else(different);
    Line { key: "lookupCode", there: told, agreement }
}

fn overrides(here: &Here, there: &ServerVisitor) -> Line {
    let words = |yes: &bool| vec![yes.to_string()];
    let told = match &there.js_configuration {
        Known::Value(yes) => Known::Value(words(yes)),
        Known::None => Known::None,
        Known::Unknown => Known::Unknown,
    };
    // The SDK says it only when it is so.
    let own = match here.page_overrides {
        Observed::Unset(_) => Known::Value(words(&false)),
        said => texts(said, words),
    };
    let agreement = judge(&own, &told).unwrap_or(match own {
        Known::Unknown => Agreement::Unknown(Missing::Here),
        _ => Agreement::Differs(Reason::Overrides),
    });
    Line { key: "jsConfiguration", there: told, agreement }
}

/// What the page says of a field.
fn own(reading: &FieldReading) -> Texts {
    texts(&reading.now, said)
}

/// The texts a value is made of.
fn said(value: &PageValue) -> Vec<String> {
    match value {
        PageValue::Number(number) => vec![number.as_str().to_owned()],
        PageValue::List(items, 0) => items.iter().filter_map(member).collect(),
        other => other.as_text().map(str::to_owned).into_iter().collect(),
    }
}

/// What was sent from here for a field.
fn sent(here: &Here, field: Field) -> Texts {
    match here.sent.map_or(&Change::Keep, |patch| patch.change(field)) {
        Change::Keep => Known::Unknown,
        Change::Set(value) => {
            let mut said = said(&PageValue::decode_plain(value));
            // `system:` clears a system, and is nothing to have.
            said.retain(|one| field != Field::IntegrationIds || !one.ends_with(':'));
            filled(said)
        }
        Change::Remove => Known::None,
    }
}

/// The server keeps texts, whatever a page sent.
fn member(item: &PageValue) -> Option<String> {
    match item {
        PageValue::Number(number) => Some(number.as_str().to_owned()),
        other => other.as_text().map(str::to_owned),
    }
}

fn texts<T>(observed: &Observed<T>, read: impl FnOnce(&T) -> Vec<String>) -> Texts {
    match observed {
        Observed::Unknown(_) => Known::Unknown,
        Observed::Unset(_) => Known::None,
        Observed::Value(value, _) => filled(read(value)),
    }
}

/// What the server says of a field; of metadata the API tells nothing.
fn told(there: &ServerVisitor, field: Field) -> Texts {
    let list = |list: &Known<Vec<String>>| match list {
        Known::Value(members) => filled(members.clone()),
        other => other.clone(),
    };
    match field {
        Field::UniqueId => one(&there.unique_id),
        Field::Identities => list(&there.identities),
        Field::Tags => list(&there.tags),
        Field::IntegrationIds => list(&there.integration_ids),
        Field::Metadata => Known::Unknown,
    }
}

fn one(text: &Known<String>) -> Texts {
    match text {
        Known::Value(text) => filled(vec![text.clone()]),
        Known::None => Known::None,
        Known::Unknown => Known::Unknown,
    }
}

fn filled(texts: Vec<String>) -> Texts {
    if texts.iter().all(String::is_empty) { Known::None } else { Known::Value(texts) }
}

/// Whether everything of `few` stands in `many`.
fn holds(many: &Texts, few: &Texts) -> bool {
    let Known::Value(many) = many else { return false };
    few.value().is_none_or(|few| few.iter().all(|one| many.contains(one)))
}

#[cfg(test)]
mod tests;
