//! Constants of the extension's pages, of its background, and of its manifest.

use inspector_core::policy;
use inspector_core::recording::storage::index_key;
use serde_json::Value;
use upscope_inspector::storage_format::expectations::EXPECTATIONS_KEY;
use upscope_inspector::storage_format::session::{drafts_key, frame_key, journal_key};

use super::{constant, file, names_after, script, sorted};

#[test]
fn the_keys_of_what_is_stored() {
    let keys = [drafts_key(7), journal_key(7), frame_key(7), index_key(7)];
    let names: Vec<_> = keys.iter().map(|key| format!("{:?}", key.strip_suffix(":7").unwrap())).collect();
    assert!(script("popup.js").contains(&format!("storage.session.get([{}]", names.join(", "))), "{names:?}");
    let preferences = constant("settings.js", "KEY");
    assert!(script("practice/browser.js").contains(&format!("storage.local.get({preferences})")));
    let plain = preferences.trim_matches('"');
    assert!(script("background.js").contains(&format!("local.onChanged.addListener(({{ {plain}: changed }})")));
    assert!(script("background.js").contains(&format!("updateBadgesFor = ({{ {EXPECTATIONS_KEY} }})")));
}

#[test]
fn the_shortcuts() {
    let commands = keys(&json("manifest.json")["commands"]);
    let shown = names_after(&file("src/ui/options/view/shortcuts.rs"), "(");
    assert_eq!(sorted(shown), commands);
    // The browser performs `_execute_action` itself.
    for command in commands.iter().filter(|command| *command != "_execute_action") {
        assert!(script("background.js").contains(&format!("name !== {command:?}")), "{command}");
    }
}

#[test]
fn the_permissions() {
    let permissions: Vec<String> = serde_json::from_value(json("manifest.json")["permissions"].clone()).unwrap();
    let shown = names_after(&file("src/ui/options/view/permissions.rs"), "(");
    assert_eq!(sorted(shown), sorted(permissions));
}

#[test]
fn the_events_of_the_popup() {
    let listened = names_after(&file("src/ui/popup/start.rs"), "window_event_listener_untyped(");
    let own = listened.into_iter().filter(|name| name != "visibilitychange").collect();
    assert_eq!(sorted(own), sorted(names_after(&script("popup.js"), "new Event(")));
}

#[test]
fn the_policys_keys() {
    assert_eq!(keys(&json("extension/managed.json")["properties"]), sorted(policy::KEYS.map(str::to_owned).to_vec()));
    assert!(script("settings.js").contains(&format!("storage.managed.get({:?})", policy::LANGUAGE)));
}

#[test]
fn the_preferences() {
    let (settings, preferences) = (script("settings.js"), file("src/webext/preferences.rs"));
    let [name] = names_after(&preferences, "get(").try_into().unwrap();
    let [on] = names_after(&preferences, "Some(").try_into().unwrap();
    assert!(preferences.contains(&format!("set({name:?}, on.then_some({on:?}))")));
    let masked = settings.matches(&format!("chosen.{name} === {on:?}")).count();
    assert!(masked > 0 && settings.matches(&format!("chosen.{name}")).count() == masked);

    let choices = file("src/ui/options/view/preferences.rs");
    for name in names_after(&choices, "<Choice failure=failure name=") {
        assert!(settings.contains(&format!("chosen.{name}")), "{name}");
    }
    for high in names_after(&settings, "chosen.contrast === ") {
        assert!(choices.contains(&format!("({high:?}, PREF_CONTRAST_HIGH)")));
    }
}

#[test]
fn the_practice() {
    let (practice, shop) = (script("practice/page.js"), file("src/ui/welcome/view/shop.rs"));
    let tab = constant("practice/page.js", "id");
    assert!(shop.contains(&format!("practice.html?tab={tab}\"")), "{tab}");
    let [address] = names_after(&shop, r#"class="address">"#).try_into().unwrap();
    assert!(practice.contains(&format!(r#"url: "https://{address}/""#)), "{address}");
}

fn json(path: &str) -> Value {
    serde_json::from_str(&file(path)).unwrap()
}

fn keys(object: &Value) -> Vec<String> {
    sorted(object.as_object().unwrap().keys().cloned().collect())
}
