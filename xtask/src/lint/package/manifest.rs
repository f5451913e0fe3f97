//! What the manifest asks for, compared with what the guide explains.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Map, Value};

/// All that the manifest may have. What is missing here would give pages access to the extension
/// (`web_accessible_resources`, `externally_connectable`), or the extension access to pages (`host_permissions`,
/// `content_scripts`).
const KEYS: [&str; 21] = [
    "manifest_version",
    "name",
    "short_name",
    "version",
    "description",
    "default_locale",
    "icons",
    "action",
    "background",
    "options_ui",
    "side_panel",
    "sidebar_action",
    "devtools_page",
    "commands",
    "storage",
    "permissions",
    "optional_host_permissions",
    "content_security_policy",
    "incognito",
    "minimum_chrome_version",
    "browser_specific_settings",
];

/// The keys whose values the guide explains.
const PERMISSIONS: [&str; 2] = ["permissions", "optional_host_permissions"];

/// Code, images and frames come from the package only, and code never from a text. A form goes nowhere. Requests go to
/// any host, because the person names the server. The build puts styles into `popup.html`, so inline styles are allowed,
/// and they can load nothing from elsewhere.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self'; connect-src 'self' https: http:; frame-src 'self'; \
    base-uri 'none'; form-action 'none'";

/// The problems of a manifest. `explained` are the pages of the guide.
pub fn check(manifest: &str, explained: &[String]) -> Result<Vec<String>> {
    let manifest: Map<String, Value> = serde_json::from_str(manifest)?;
    let mut problems = Vec::new();
    for key in manifest.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        problems.push(format!("{key} isn't among the keys that it may have"));
    }
    let policies = manifest.get("content_security_policy").and_then(Value::as_object);
    let is_strict =
        |policies: &Map<_, _>| policies.len() == 1 && policies.get("extension_pages") == Some(&POLICY.into());
    if !policies.is_some_and(is_strict) {
        problems.push(format!("content_security_policy isn't {POLICY:?} for its pages"));
    }
    let values = PERMISSIONS.iter().filter_map(|key| manifest.get(*key)).filter_map(Value::as_array).flatten();
    let wanted: BTreeSet<_> = values.filter_map(Value::as_str).collect();
    for page in explained {
        let explained = permissions_in(page);
        for permission in wanted.symmetric_difference(&explained) {
            problems.push(format!("{permission} is in it, or explained in the guide, but not both"));
        }
    }
    Ok(problems)
}

/// The names in the first column of the first table, which is that of the permissions.
fn permissions_in(page: &str) -> BTreeSet<&str> {
    let rows = page.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}
