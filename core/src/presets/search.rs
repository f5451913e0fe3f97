//! Finds presets by typed words.

use super::Preset;
use crate::json_text::compact;
use crate::ordered;

/// A search result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetMatch {
    /// The index in the list.
    pub at: usize,
    /// Whether the preset is for the page's site.
    pub here: bool,
}

/// The presets with every word of `query` in their name, sites or values, sorted by site, match of the name and list
/// order.
pub fn find(presets: &[Preset], query: &str, address: Option<&str>) -> Vec<PresetMatch> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<((bool, u8), PresetMatch)> = vec![];
    for (at, preset) in presets.iter().enumerate() {
        let here = preset.is_for(address);
        if let Some(rank) = rank(preset, &query) {
            ordered::insert(&mut found, ((!here, rank), PresetMatch { at, here }), |(a, _), (b, _)| a < b);
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// 0 is the best match; `None` is no match.
fn rank(preset: &Preset, query: &str) -> Option<u8> {
    let name = preset.name().to_lowercase();
    if name.starts_with(query) {
        return Some(0);
    }
    if name.split_whitespace().any(|word| word.starts_with(query)) {
        return Some(1);
    }
    let all_in = |text: &str| query.split_whitespace().all(|word| text.contains(word));
    if all_in(&name) {
        return Some(2);
    }
    let everything = format!("{name} {} {}", preset.sites().join(" "), compact(preset.values())).to_lowercase();
    all_in(&everything).then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn preset(name: &str, sites: &[&str], id: &str) -> Preset {
        let sites: Vec<_> = sites.iter().map(|site| (*site).to_owned()).collect();
        Preset::new(name, &sites, json!({"uniqueId": id})).unwrap()
    }

    #[test]
    fn results_are_sorted_by_site_name_and_order() {
        let presets = [
            preset("Big spender", &["other.test"], "x"),
            preset("Grace", &[], "ada@acme.com"),
            preset("The Ada of staging", &[], "x"),
            preset("Ada", &["acme.test"], "x"),
            preset("Canada", &[], "x"),
        ];
        let at = |query: &str, address| {
            find(&presets, query, Some(address)).into_iter().map(|found| (found.at, found.here)).collect::<Vec<_>>()
        };
        assert_eq!(at("ada", "https://acme.test/"), [(3, true), (2, true), (4, true), (1, true)]);
        assert_eq!(at("ada", "https://elsewhere.test/"), [(2, true), (4, true), (1, true), (3, false)]);
        assert_eq!(at("", "https://acme.test/"), [(1, true), (2, true), (3, true), (4, true), (0, false)]);
        assert_eq!(at("STAGING the", "https://acme.test/"), [(2, true)]);
        assert_eq!(at("nobody", "https://acme.test/"), []);
    }
}
