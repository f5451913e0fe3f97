//! The visitor as read in one frame of the page.

pub mod address;
pub mod argument;
pub mod edges;
pub mod escaped;
mod field;
pub mod flaw;
pub mod identity;
pub mod integration_id;
mod letters;
pub mod lookup_code;
pub mod missing_part;
pub mod observed;
pub mod page_value;
pub mod tag;
pub mod template;
pub mod watch_link;
mod written;

pub use crate::visitor::field::{Field, PerField, Shape};

use crate::visitor::flaw::{Flaw, FlawKind, flaws};
use crate::visitor::lookup_code::CodeReading;
use crate::visitor::observed::{Observed, Source, UnknownReason};
use crate::visitor::page_value::PageValue;

/// One field as read, with its flaws.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldReading {
    pub now: Observed<PageValue>,
    /// The value that a waiting call would set; `Null` if it would remove the value.
    pub queued: Option<PageValue>,
    /// The flaws of `now`, or of `queued` if `now` is unknown.
    pub flaws: Vec<Flaw>,
}

impl FieldReading {
    /// Combines the configuration and the waiting calls. If only a waiting call names the value, that call is its
    /// source.
    pub fn new(field: Field, now: Observed<PageValue>, queued: Option<PageValue>) -> Self {
        let now = match (&now, &queued) {
            (Observed::Unknown(_), Some(value)) if value.is_nothing() => Observed::Unset(Source::Queue),
            (Observed::Unknown(_), Some(value)) => Observed::Value(value.clone(), Source::Queue),
            _ => now,
        };
        let queued = queued.filter(|_| now.source() != Some(&Source::Queue));
        let flaws = now.value().map(|value| flaws(field, value)).unwrap_or_default();
        Self { now, queued, flaws }
    }

    /// Whether no part of its value is unread. An unknown value has no unread parts.
    pub fn is_whole(&self) -> bool {
        self.now.value().is_none_or(PageValue::is_whole)
    }

    /// Whether setting `field` replaces unread parts. It doesn't for a text, which is entered as a whole, for
    /// integration IDs, which are only added to unknown ones, and for metadata, where each key can keep the page's
    /// value.
    pub fn replaces_unread(&self, field: Field) -> bool {
        match field.shape() {
            _ if self.is_whole() => false,
            Shape::Text => false,
            Shape::List => field != Field::IntegrationIds,
            Shape::Metadata => self.kept_keys().is_none(),
        }
    }

    /// The entries of the metadata, if a call can pass each of the page's values unchanged.
    pub fn kept_keys(&self) -> Option<Vec<(String, PageValue)>> {
        let Observed::Value(value, Source::Configuration | Source::AccountSettings) = &self.now else { return None };
        let proxied = |(key, value): &(String, PageValue)| (key.clone(), PageValue::Proxied(Box::new(value.clone())));
        match value {
            PageValue::Map(entries, 0) => Some(entries.clone()),
            PageValue::Proxied(seen) => match &**seen {
                PageValue::Map(entries, 0) if !entries.is_empty() => Some(entries.iter().map(proxied).collect()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The strings of a list field. A single string counts as a list of one, because pages pass those and the SDK
    /// accepts them. Other members are omitted. `None` if the value is unknown, incomplete or not a list.
    pub fn strings(&self) -> Option<Vec<String>> {
        match self.now.value().filter(|value| value.is_whole())? {
            PageValue::Text(text) => Some(vec![text.clone()]),
            PageValue::List(items, _) => Some(items.iter().filter_map(PageValue::as_text).map(str::to_owned).collect()),
            _ => None,
        }
    }
}

/// The visitor info of one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    fields: PerField<FieldReading>,
    /// The visitor's ID at Upscope.
    pub short_id: Observed<String>,
    /// The URL where an agent watches this visitor.
    pub watch_link: Observed<String>,
    pub lookup_code: CodeReading,
}

impl Visitor {
    pub fn new(
        read: impl FnMut(Field) -> FieldReading,
        short_id: Observed<String>,
        watch_link: Observed<String>,
        lookup_code: CodeReading,
    ) -> Self {
        Self { fields: PerField::from_fn(read), short_id, watch_link, lookup_code }
    }

    pub fn field(&self, field: Field) -> &FieldReading {
        &self.fields[field]
    }

    /// A visitor without known values, as right after a logout.
    pub fn unknown() -> Self {
        let unknown = || Observed::Unknown(UnknownReason::NotSet);
        let code = CodeReading { code: Observed::Unknown(UnknownReason::NotSet), set_at: None };
        Self::new(
            |field| FieldReading::new(field, unknown(), None),
            Observed::Unknown(UnknownReason::NotSet),
            Observed::Unknown(UnknownReason::NotSet),
            code,
        )
    }

    /// Uses the value that the SDK sent for `field`, if the page's value could not be read. Metadata that was sent has
    /// been sent by an update.
    pub fn take_sent(&mut self, field: Field, sent: PageValue) {
        let read = &mut self.fields[field];
        if read.now.value() == Some(&sent) {
            read.flaws.retain(|flaw| flaw.kind != FlawKind::NotSentFromInit);
        }
        if !read.is_whole() {
            *read = FieldReading::new(field, Observed::Value(sent, Source::Frame), read.queued.take());
        }
    }

    /// Adds the flaw that this SDK version doesn't send metadata passed to `init` (*ran* in 2.2.119). Only `init` and
    /// the account settings put metadata in the configuration; an update is sent and never in it. So the flaw doesn't
    /// mean that no update sent the same metadata.
    pub fn mark_metadata_not_sent(&mut self) {
        let metadata = &mut self.fields[Field::Metadata];
        let is_empty = |value: &PageValue| matches!(value, PageValue::Map(entries, 0) if entries.is_empty());
        let is_set = metadata.now.value().is_some_and(|value| !is_empty(value));
        if is_set && matches!(metadata.now.source(), Some(Source::Configuration | Source::AccountSettings)) {
            metadata.flaws.push(Flaw { item: None, kind: FlawKind::NotSentFromInit, repair: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_waiting_call_is_the_last_source() {
        let queued = || Some(PageValue::decode(json!(["#NEW"])));
        let alone = FieldReading::new(Field::Tags, Observed::Unknown(UnknownReason::NotSet), queued());
        assert_eq!(alone.now.source(), Some(&Source::Queue));
        assert_eq!(alone.queued, None);

        let old = Observed::Value(PageValue::decode(json!(["#OLD"])), Source::Configuration);
        let both = FieldReading::new(Field::Tags, old.clone(), queued());
        assert_eq!((both.now, both.queued), (old, queued()));

        let removal = FieldReading::new(Field::Tags, Observed::Unknown(UnknownReason::NoSdk), Some(PageValue::Null));
        assert_eq!(removal.now, Observed::Unset(Source::Queue));
    }

    #[test]
    fn a_sent_frame_replaces_only_unread_values() {
        let mut visitor = crate::fixture::encoded(json!({"tags": {"$": "proxy", "v": []}, "uniqueId": "a"}));
        visitor.take_sent(Field::Tags, PageValue::decode(json!(["#A"])));
        visitor.take_sent(Field::UniqueId, PageValue::decode(json!("b")));
        assert_eq!(visitor.field(Field::Tags).now.source(), Some(&Source::Frame));
        assert_eq!(visitor.field(Field::UniqueId).now.value().and_then(PageValue::as_text), Some("a"));
    }

    #[test]
    fn metadata_that_was_sent_is_not_marked() {
        let metadata = json!({"plan": "gold"});
        for (sent, is_marked) in [(metadata.clone(), false), (json!({"plan": "free"}), true)] {
            let mut visitor = crate::fixture::visitor(json!({ "metadata": metadata }));
            visitor.mark_metadata_not_sent();
            visitor.take_sent(Field::Metadata, PageValue::decode(sent));
            assert_eq!(!visitor.field(Field::Metadata).flaws.is_empty(), is_marked);
        }
    }
}
