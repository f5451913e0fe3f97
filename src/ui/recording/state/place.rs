//! Names for the views and the entries, as others ask for them.

use inspector_core::recording::entry::{DocId, EntryId, Seq};
use inspector_core::recording::history::ValueKey;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Timeline,
    Checks,
    History(ValueKey),
    /// The sites that are recorded.
    Sites,
}

/// Where to go: a view, or an entry of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    View(View),
    Entry(EntryId),
}

impl View {
    /// The stable attribute `data-view`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Checks => "checks",
            Self::History(_) => "history",
            Self::Sites => "sites",
        }
    }
}

impl Place {
    /// Reads `timeline`, `checks`, `sites`, `history:<subject key>` or `entry:<doc>:<p|o><n>`.
    pub fn read(text: &str) -> Option<Self> {
        let view = match text.split_once(':') {
            None if text == "timeline" => View::Timeline,
            None if text == "checks" => View::Checks,
            None if text == "sites" => View::Sites,
            Some(("history", key)) => View::History(ValueKey::ALL.into_iter().find(|subject| subject.key() == key)?),
            Some(("entry", id)) => return read_entry(id).map(Self::Entry),
            _ => return None,
        };
        Some(Self::View(view))
    }
}

/// An entry's id as text, `<doc>:<p|o><n>`: `p` for the page's numbers, `o` for our own.
pub fn entry_text(id: EntryId) -> String {
    let (by, n) = match id.seq {
        Seq::Page(n) => ('p', n),
        Seq::Inspector(n) => ('o', n),
    };
    format!("{}:{by}{n}", id.doc.0)
}

/// Reads [`entry_text`].
pub fn read_entry(text: &str) -> Option<EntryId> {
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
    fn every_place_has_a_name() {
        for (text, place) in [
            ("timeline", Place::View(View::Timeline)),
            ("checks", Place::View(View::Checks)),
            ("sites", Place::View(View::Sites)),
            ("history:tags", Place::View(View::History(ValueKey::Field(Field::Tags)))),
            ("history:shortId", Place::View(View::History(ValueKey::ShortId))),
        ] {
            assert_eq!(Place::read(text), Some(place), "{text}");
        }
        for other in ["", "history", "history:x", "entry:", "entry:1", "entry:1:x2", "entry:1:p-2", "Timeline"] {
            assert_eq!(Place::read(other), None, "{other}");
        }
    }

    #[test]
    fn an_entry_is_found_by_its_text() {
        for seq in [Seq::Page(0), Seq::Inspector(1_795_382_000_000)] {
            let id = EntryId { doc: DocId(3), seq };
            assert_eq!(read_entry(&entry_text(id)), Some(id));
            assert_eq!(Place::read(&format!("entry:{}", entry_text(id))), Some(Place::Entry(id)));
        }
    }
}
