//! Tags: `/^#[A-Z-]+$/` (documentation page "Identifying the Visitor").

use crate::visitor::edges;

/// A tag as the documentation page defines it: `#`, then uppercase letters and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// `None` if `text` doesn't match the documented pattern. Other vendor pages show `#high-value` and "alphanumeric";
    /// the documentation page is the contract.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.strip_prefix('#')?;
        let documented = !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
        documented.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The documented tag that `text` most likely means, if any: `vip` → `#VIP`, `#high value` → `#HIGH-VALUE`. `None`
    /// if `text` contains digits or other letters, or is a valid tag.
    pub fn repair(text: &str) -> Option<Self> {
        let name = edges::trim(edges::trim(text).trim_start_matches('#'));
        let name: String = name
            .chars()
            .map(|c| if matches!(c, '_' | ' ' | '.' | '/') { '-' } else { c.to_ascii_uppercase() })
            .collect();
        Self::parse(&format!("#{name}")).filter(|tag| tag.as_str() != text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_pattern_is_a_tag() {
        for good in ["#VIP", "#HIGH-VALUE", "#-"] {
            assert_eq!(Tag::parse(good).as_ref().map(Tag::as_str), Some(good));
        }
        for bad in ["", "#", "VIP", "#vip", "#VIP2", "#V IP", " #VIP", "##VIP", "#É"] {
            assert_eq!(Tag::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_near_misses_are_repaired() {
        let repaired = |text| Tag::repair(text).map(|tag| tag.0);
        assert_eq!(repaired("#vip").as_deref(), Some("#VIP"));
        assert_eq!(repaired(" high value ").as_deref(), Some("#HIGH-VALUE"));
        assert_eq!(repaired("##high_value").as_deref(), Some("#HIGH-VALUE"));
        for beyond in ["#VIP", "#level2", "#", "", "#größe"] {
            assert_eq!(repaired(beyond), None, "{beyond}");
        }
    }
}
