//! Finding presets by what is typed.

use super::Preset;
use crate::json_text::compact;
use crate::ordered;

/// A preset found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the list.
    pub at: usize,
    /// It is for the site of the page.
    pub here: bool,
}

/// The presets that have every word of `query` in their name, sites or values: those of this site first, then by how well
/// their name fits, then in the person's own order.
pub fn find(presets: &[Preset], query: &str, address: Option<&str>) -> Vec<Found> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<((bool, u8), Found)> = vec![];
    for (at, preset) in presets.iter().enumerate() {
        let here = preset.is_for(address);
        if let Some(rank) = rank(preset, &query) {
            ordered::insert(&mut found, ((!here, rank), Found { at, here }), |(a, _), (b, _)| a < b);
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// 0 fits best; `None` not at all.
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
    fn this_site_first_then_the_better_name_then_the_own_order() {
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
