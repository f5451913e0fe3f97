//! Whether a value that was read incompletely agrees with a known one.

use super::PageValue;
use crate::js_number;

impl PageValue {
    /// Whether it may be `whole` as read from the page: every part that could be read agrees. Code of the page may
    /// return anything.
    pub fn may_be(&self, whole: &Self) -> bool {
        self.agrees(whole, |unread| !unread.is_whole())
    }

    /// Whether it may be the recorder's copy of `whole`, which is cut where it is long or deep. In a page that adds `toJSON`
    /// to `Object.prototype`, no object or list can be copied.
    pub fn may_be_copy_of(&self, whole: &Self) -> bool {
        self.agrees(whole, |unread| unread.is_cut() || matches!(unread, Self::Opaque(kind) if kind == "toJSON"))
    }

    /// Whether both may be the same value of the page: what could be read of both agrees.
    pub fn may_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CutText { start, length }, Self::CutText { start: other, length: others }) => {
                let (one, two) = (certain(start, *length), certain(other, *others));
                length == others && (one.starts_with(two) || two.starts_with(one))
            }
            (Self::List(items, cut), Self::List(others, more)) => {
                items.len() as u64 + cut == others.len() as u64 + more
                    && items.iter().zip(others).all(|(item, other)| item.may_equal(other))
            }
            (Self::Map(entries, cut), Self::Map(others, more)) => {
                entries.len() as u64 + cut == others.len() as u64 + more
                    && entries
                        .iter()
                        .all(|(key, value)| other.get(key).map_or(*more > 0, |other| value.may_equal(other)))
                    && others.iter().all(|(key, _)| *cut > 0 || self.get(key).is_some())
            }
            (unread, whole) | (whole, unread) if !unread.is_whole() && whole.is_whole() => unread.may_be(whole),
            _ => self == other || !self.is_whole() && !other.is_whole(),
        }
    }

    /// `is_any`: whether a value without readable parts may be anything. A value that a call keeps unchanged matches
    /// anything.
    fn agrees(&self, whole: &Self, is_any: fn(&Self) -> bool) -> bool {
        match (self, whole) {
            (_, Self::Original) => true,
            (Self::CutText { start, length }, Self::Text(text)) => {
                text.starts_with(certain(start, *length)) && *length == text.encode_utf16().count() as u64
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
            // A number as typed may have other digits than the one that the page has.
            (Self::Number(number), Self::Number(typed)) => js_number::is_same(number, typed),
            (Self::Opaque(kind), Self::Number(typed)) if kind == "NaN" => js_number::is_infinite(typed),
            // What may be a proxy to the recorder may be the edit's own object.
            (Self::Proxied(seen), _) => is_any(self) || seen.agrees(whole, is_any),
            (Self::Opaque(_), _) => is_any(self),
            _ => self == whole,
        }
    }
}

/// The certain part of a cut text. A cut within a character leaves a replacement. So does half of a surrogate pair in a
/// text that is not cut.
fn certain(start: &str, length: u64) -> &str {
    let is_cut = (start.encode_utf16().count() as u64) < length;
    start.strip_suffix(char::REPLACEMENT_CHARACTER).filter(|_| is_cut).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_text_may_be_cut_within_a_character() {
        let whole = PageValue::Text(format!("x{}", "😀".repeat(1500)));
        let cut = |start: String| PageValue::decode(json!({ "$": "text", "v": start, "n": 3001 }));
        let read = cut(format!("x{}\u{fffd}", "😀".repeat(1023)));
        assert!(read.may_be(&whole) && read.may_be_copy_of(&whole));
        assert!(read.may_equal(&cut("x😀😀".to_owned())) && cut("x\u{fffd}".to_owned()).may_equal(&read));
        assert!(!read.may_equal(&cut("y\u{fffd}".to_owned())));
        // Half of a surrogate pair in a whole text is in no typed text.
        let torn = PageValue::decode(json!({ "$": "text", "v": "ab\u{fffd}", "n": 3 }));
        assert!(!torn.may_be(&PageValue::Text("abc".to_owned())));
    }

    #[test]
    fn values_that_could_not_be_read_whole_may_be_equal() {
        let may_equal = |one: Value, other: Value| {
            let (one, other) = (PageValue::decode(one), PageValue::decode(other));
            assert_eq!(one.may_equal(&other), other.may_equal(&one), "{one:?}, {other:?}");
            one.may_equal(&other)
        };
        let cut = |start: &str, length: u64| json!({ "$": "text", "v": start, "n": length });
        let unread = || json!({ "$": "accessor" });
        assert!(may_equal(unread(), json!("Ada")) && may_equal(unread(), json!([cut("a", 9)])));
        assert!(may_equal(cut("ad", 3), json!("ada")) && may_equal(cut("ad", 30), cut("ada", 30)));
        assert!(!may_equal(cut("ad", 4), json!("ada")) && !may_equal(cut("ad", 30), cut("bob", 30)));
        assert!(may_equal(json!(["Ada", unread()]), json!([unread(), cut("a", 9)])));
        assert!(!may_equal(json!(["Ada", unread()]), json!(["Bob", unread()])));
        assert!(!may_equal(json!(["Ada", unread()]), json!(["Ada"])));
        assert!(may_equal(json!({"a": 1, "b": unread()}), json!({"b": unread(), "a": 1})));
        assert!(!may_equal(json!({"a": 1, "b": unread()}), json!({"a": 2, "b": unread()})));
        assert!(!may_equal(json!({"a": 1, "b": unread()}), json!({"c": unread(), "a": 1})));
    }
}
