//! Whether a value that was read incompletely agrees with a known one.

use super::PageValue;

impl PageValue {
    /// Whether it may be `whole` as read from the page: every part that could be read agrees. Code of the page may return
    /// anything.
    pub fn may_be(&self, whole: &Self) -> bool {
        self.agrees(whole, |unread| !unread.is_whole())
    }

    /// Whether it may be the recorder's copy of `whole`, which is cut where it is long or deep.
    pub fn may_be_copy_of(&self, whole: &Self) -> bool {
        self.agrees(whole, Self::is_cut)
    }

    /// `is_any`: whether a value without readable parts may be anything. A value that a call keeps unchanged matches anything.
    fn agrees(&self, whole: &Self, is_any: fn(&Self) -> bool) -> bool {
        match (self, whole) {
            (_, Self::Original) => true,
            (Self::CutText { start, length }, Self::Text(text)) => {
                text.starts_with(start.as_str()) && *length == text.encode_utf16().count() as u64
            }
            (Self::List(items, cut), Self::List(all, 0)) => {
                items.len() as u64 + cut == all.len() as u64
                    && items.iter().zip(all).all(|(item, one)| item.agrees(one, is_any))
            }
            (Self::Map(entries, cut), Self::Map(all, 0)) => {
                let agrees =
                    |(key, value): &(String, Self)| whole.get(key).is_some_and(|one| value.agrees(one, is_any));
                entries.len() as u64 + cut == all.len() as u64 && entries.iter().all(agrees)
            }
            // What may be a proxy to the recorder may be the edit's own object.
            (Self::Proxied(seen), _) => is_any(self) || seen.agrees(whole, is_any),
            (Self::Opaque(_), _) => is_any(self),
            _ => self == whole,
        }
    }
}
