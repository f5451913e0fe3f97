//! Names for the views and entries, used in requests from outside.

use inspector_core::recording::entry::{DocId, EntryId, Seq};
use inspector_core::recording::history::ValueKey;
use std::fmt;

/// The view in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Timeline,
    Checks,
    Expectations,
    History(ValueKey),
    /// The recorded sites.
    Sites,
}

/// A navigation target: a view, or an entry of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    View(View),
    Entry(EntryId),
}

impl View {
    /// The stable attribute `data-view`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Checks => "checks",
            Self::Expectations => "expectations",
            Self::History(_) => "history",
            Self::Sites => "sites",
        }
    }
}

/// The format that [`Destination::parse`] reads.
impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::History(subject) => write!(f, "history:{}", subject.key()),
            view => f.write_str(view.name()),
        }
    }
}

impl Destination {
    /// Parses `timeline`, `checks`, `expectations`, `sites`, `history:<subject key>` or `entry:<doc>:<p|o><n>`.
    pub fn parse(text: &str) -> Option<Self> {
        let view = match text.split_once(':') {
            None if text == "timeline" => View::Timeline,
            None if text == "checks" => View::Checks,
            None if text == "expectations" => View::Expectations,
            None if text == "sites" => View::Sites,
            Some(("history", key)) => View::History(ValueKey::all().into_iter().find(|subject| subject.key() == key)?),
            Some(("entry", id)) => return parse_entry(id).map(Self::Entry),
            _ => return None,
        };
        Some(Self::View(view))
    }
}

/// Formats an entry's ID as `<doc>:<p|o><n>`: `p` for the page's numbers, `o` for the extension's own.
pub fn format_entry(id: EntryId) -> String {
    let (by, n) = match id.seq {
        Seq::Page(n) => ('p', n),
        Seq::Inspector(n) => ('o', n),
    };
    format!("{}:{by}{n}", id.doc.0)
}

/// Parses the format of [`format_entry`].
pub fn parse_entry(text: &str) -> Option<EntryId> {
    let (doc, seq) = text.split_once(':')?;
    let seq = match (seq.strip_prefix('p'), seq.strip_prefix('o')) {
        (Some(n), _) => Seq::Page(n.parse().ok()?),
        (_, Some(n)) => Seq::Inspector(n.parse().ok()?),
        _ => return None,
    };
    Some(EntryId { doc: DocId(doc.parse().ok()?), seq })
}

#[cfg(test)]
mod tests {
    use super::*;
    use inspector_core::visitor::Field;

    #[test]
    fn every_view_is_parsed_by_its_name() {
        for (text, view) in [
            ("timeline", View::Timeline),
            ("checks", View::Checks),
            ("expectations", View::Expectations),
            ("sites", View::Sites),
            ("history:tags", View::History(ValueKey::Field(Field::Tags))),
            ("history:shortId", View::History(ValueKey::ShortId)),
        ] {
            assert_eq!(Destination::parse(text), Some(Destination::View(view)), "{text}");
            assert_eq!(view.to_string(), text);
        }
        for other in ["", "history", "history:x", "entry:", "entry:1", "entry:1:x2", "entry:1:p-2", "Timeline"] {
            assert_eq!(Destination::parse(other), None, "{other}");
        }
    }

    #[test]
    fn an_entry_id_round_trips() {
        for seq in [Seq::Page(0), Seq::Inspector(1_795_382_000_000)] {
            let id = EntryId { doc: DocId(3), seq };
            assert_eq!(parse_entry(&format_entry(id)), Some(id));
            assert_eq!(Destination::parse(&format!("entry:{}", format_entry(id))), Some(Destination::Entry(id)));
        }
    }
}
