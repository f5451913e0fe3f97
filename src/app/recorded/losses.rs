//! What is not in a recording.

use crate::domain::timeline::Timeline;
use crate::domain::timeline::document::{Document, Losses};
use crate::domain::timeline::entry::Seq;

/// What is not in the timeline, each entry counted once: numbers that are missing at the front of a document are those
/// that were dropped with old chunks, as far as any were.
pub fn losses(timeline: &Timeline) -> Losses {
    let mut losses = timeline.losses();
    let front: u64 = timeline.documents().iter().map(missing_in_front).sum();
    losses.missing = losses.missing.saturating_sub(front.min(timeline.forgotten()));
    losses
}

fn missing_in_front(document: &Document) -> u64 {
    if document.losses().evicted > 0 {
        return 0;
    }
    let first = document.entries().find_map(|(_, entry)| match entry.id.seq {
        Seq::Page(n) => Some(n),
        Seq::Own(_) => None,
    });
    first.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timeline::fixture::Tab;
    use serde_json::json;

    #[test]
    fn what_went_with_old_chunks_is_not_missing_too() {
        let mut tab = Tab::new();
        tab.call("init", json!([])).lose().call("reset", json!([]));
        assert_eq!(losses(&tab.timeline).missing, 1);
        // The same document, of which the first two entries went with a chunk before it was read.
        let mut read = Timeline::default();
        read.forgotten_before(2);
        let doc = read.open(tab.timeline.documents()[0].sender.clone());
        for (_, entry) in tab.timeline.ordered().into_iter().skip(2) {
            read.push(crate::domain::timeline::entry::Entry {
                id: crate::domain::timeline::entry::EntryId { doc, ..entry.id },
                ..entry.clone()
            });
        }
        assert_eq!((losses(&read).evicted, losses(&read).missing), (2, 1));
    }
}
