//! The suggestions of values that were used on a site before. The inspector stores them when they are applied, and
//! deletes them on request.

use crate::in_both;
use crate::server::{HOST, options};
use crate::support::{Popup, SOON, World};
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    what_was_applied_is_offered_the_next_time;
    nothing_else_is_remembered;
    the_list_has_its_keys_and_the_editor_keeps_its_own;
    a_site_is_forgotten_in_the_list_and_all_of_them_in_the_options;
    who_wants_nothing_remembered_has_nothing;
    metadata_is_offered_by_its_key;
}

/// An extension page that reads and writes storage.
pub fn own(world: &World) -> Page {
    world.browser.open_extension_page("manifest.json").unwrap()
}

/// Stores values for the site's host as the extension does.
pub fn keep(world: &World, values: &Value) {
    let site = json!({ "site": "127.0.0.1", "values": values });
    let other = json!({ "site": "elsewhere.example", "values": { "tags": ["#ELSEWHERE"] } });
    let kept = json!({ "v": 1, "sites": [site, other] }).to_string();
    let page = own(world);
    page.eval(&format!("chrome.storage.local.set({{ lastUsed: {} }}).then(() => true)", json!(kept))).unwrap();
    page.close().unwrap();
}

/// The stored values as JSON, or `null`.
const KEPT: &str =
    "chrome.storage.local.get('lastUsed').then(({ lastUsed }) => lastUsed ? JSON.parse(lastUsed).sites : null)";

fn kept(page: &Page) -> Value {
    page.eval(KEPT).unwrap()
}

fn wait_kept(page: &Page, sites: &Value) {
    let is = format!("({KEPT}).then((kept) => JSON.stringify(kept) === {})", json!(sites.to_string()));
    page.wait_for(&format!("{sites} to be kept"), &is, SOON).unwrap_or_else(|_| panic!("kept: {}", kept(page)));
}

/// The inspector in a tab, where its page receives Escape in both browsers.
fn inspect(world: &World, path: &str) -> Popup {
    world.browser.grant_host(HOST).unwrap();
    let popup = world.inspect_in_tab(&world.open_connected(path));
    popup.wait_state("connected");
    popup
}

impl Popup {
    fn keys(&self, keys: &[&str]) {
        keys.iter().for_each(|key| self.0.press(key).unwrap());
    }

    /// Waits until the list contains these suggestions. Without suggestions there is no list.
    pub fn wait_offers(&self, texts: &[&str]) {
        let offered =
            "[...document.querySelectorAll('.offers:not([hidden]) [role=option]')].map((row) => row.textContent)";
        let is = format!("JSON.stringify({offered}) === {}", json!(json!(texts).to_string()));
        self.wait(&format!("the offers {texts:?}"), &is);
    }

    /// Opens the editor of a field, and waits until it can show suggestions.
    pub fn edit_offered(&self, field: &str) {
        self.act_on(field, "edit");
        self.wait_for(&format!("#{field}-0[role=combobox]:focus"));
    }
}

fn what_was_applied_is_offered_the_next_time(world: &World) {
    let own = own(world);
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.add_item("tags", "#NEW");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "cust-7");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    // Tags that the page set itself aren't stored.
    wait_kept(&own, &json!([{ "site": "127.0.0.1", "values": { "uniqueId": ["cust-7"], "tags": ["#NEW"] } }]));
    popup.close();

    let page = world.open_connected("/anonymous");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    // With the keyboard. The case of the typed letter doesn't matter.
    popup.edit_offered("tags");
    popup.wait_offers(&[]);
    popup.keys(&["n"]);
    popup.wait_offers(&["#NEW"]);
    popup.keys(&["ArrowDown"]);
    popup.wait_for("#tags-0[aria-expanded=true][aria-activedescendant=offer-0]");
    popup.keys(&["Enter"]);
    popup.wait_input("#tags-0", "#NEW");
    popup.wait_offers(&[]);
    // With the pointer. A click opens the list before anything is typed.
    popup.edit_offered("uniqueId");
    popup.0.click("#uniqueId-0").unwrap();
    popup.wait_offers(&["cust-7"]);
    popup.0.click(".offers [role=option]").unwrap();
    popup.wait_input("#uniqueId-0", "cust-7");
    popup.wait_for("#uniqueId-0:focus");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    world.server_holds(&short_id, "what was offered", |visitor| {
        visitor.unique_id == Some(json!("cust-7")) && visitor.tags == Some(json!(["#NEW"]))
    });
}

fn nothing_else_is_remembered(world: &World) {
    let own = own(world);
    let popup = inspect(world, "/connected");
    popup.add_item("tags", "#THROWN-AWAY");
    popup.act("discard");
    // Nothing from a private window is stored. The test simulates the browser's report of one.
    let private = "{ const get = chrome.tabs.get.bind(chrome.tabs);
        chrome.tabs.get = async (id) => ({ ...await get(id), incognito: !window.publicNow }); }";
    popup.0.eval(private).unwrap();
    popup.add_item("tags", "#PRIVATE");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    popup.act("undo");
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    popup.0.eval("window.publicNow = true").unwrap();
    popup.add_item("tags", "#PUBLIC");
    popup.act("apply");
    // All earlier acts have been processed.
    let public = json!([{ "site": "127.0.0.1", "values": { "tags": ["#PUBLIC"] } }]);
    wait_kept(&own, &public);
    popup.wait_outcome("tags", "read-back");
    popup.act("undo");
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    assert_eq!(kept(&own), public);
}

fn the_list_has_its_keys_and_the_editor_keeps_its_own(world: &World) {
    keep(world, &json!({ "tags": ["#ONE", "#TWO", "#VIP"] }));
    let popup = inspect(world, "/connected");
    popup.edit_offered("tags");
    // All values except the current one, because nothing is typed yet.
    popup.keys(&["ArrowDown"]);
    popup.wait_offers(&["#ONE", "#TWO"]);
    popup.wait_for("#tags-0[aria-activedescendant=offer-0]");
    popup.keys(&["ArrowUp"]);
    popup.wait_for("#tags-0[aria-activedescendant=offer-1]");
    popup.keys(&["Escape"]);
    popup.wait_offers(&[]);
    popup.wait_input("#tags-0", "#VIP");
    // With Alt, or without a selected suggestion, the keys work in the editor.
    popup.keys(&["Alt+ArrowDown"]);
    popup.wait_for("#tags-1:focus");
    popup.wait_input("#tags-1", "#VIP");
    popup.keys(&["Alt+ArrowUp"]);
    popup.wait_for("#tags-0:focus");
    popup.wait_input("#tags-0", "#VIP");
    for next in ["#tags-1:focus", "#tags-2:focus"] {
        popup.keys(&["Enter"]);
        popup.wait_for(next);
    }
    popup.keys(&["t"]);
    popup.wait_offers(&["#TWO"]);
    popup.keys(&["Enter"]);
    popup.wait_for("#tags-3:focus");
    popup.wait_input("#tags-2", "t");
    popup.wait_offers(&[]);
    // Into the list and out of it, then out of the editor.
    popup.keys(&["ArrowDown", "Tab"]);
    popup.wait_for("[data-action=forget-site]:focus");
    popup.keys(&["Escape"]);
    popup.wait_for("#tags-3:focus");
    popup.keys(&["Escape"]);
    popup.wait_for("[data-field=tags] [data-action=edit]:focus");
}

fn a_site_is_forgotten_in_the_list_and_all_of_them_in_the_options(world: &World) {
    keep(world, &json!({ "tags": ["#ONE"], "identities": ["Ada"] }));
    let own = own(world);
    let popup = inspect(world, "/connected");
    popup.edit_offered("tags");
    popup.keys(&["ArrowDown"]);
    popup.wait_offers(&["#ONE"]);
    popup.act("forget-site");
    popup.wait_offers(&[]);
    wait_kept(&own, &json!([{ "site": "elsewhere.example", "values": { "tags": ["#ELSEWHERE"] } }]));
    popup.wait_for("#tags-0:focus:not([role])");
    let options = options(world);
    options.click("[data-action=clear-last-used]").unwrap();
    wait_kept(&own, &Value::Null);
    options.wait_for("the word on it", "!!document.querySelector('[data-section=data] [role=status]')", SOON).unwrap();
}

fn who_wants_nothing_remembered_has_nothing(world: &World) {
    keep(world, &json!({ "tags": ["#ONE"] }));
    let own = own(world);
    let options = options(world);
    assert_eq!(options.eval("document.querySelector('[data-action=remember]').checked").unwrap(), json!(true));
    options.click("[data-action=remember]").unwrap();
    wait_kept(&own, &Value::Null);
    let popup = inspect(world, "/connected");
    popup.add_item("tags", "#NEW");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    options.click("[data-action=remember]").unwrap();
    // The popup receives the change after the options page.
    popup.wait("the choice", "preferences.get('remember') === undefined");
    popup.add_item("tags", "#NEWER");
    popup.act("apply");
    wait_kept(&own, &json!([{ "site": "127.0.0.1", "values": { "tags": ["#NEWER"] } }]));
}

fn metadata_is_offered_by_its_key(world: &World) {
    keep(world, &json!({ "metadata": [["plan", "pro"], ["plan", "free"], ["seats", 12], ["coupon", "X"]] }));
    let popup = inspect(world, "/anonymous");
    popup.act_on("metadata", "edit");
    popup.wait_for("#metadata-key-0[role=combobox]:focus");
    popup.keys(&["p"]);
    popup.wait_offers(&["plan", "coupon"]);
    popup.keys(&["ArrowDown", "Enter"]);
    popup.wait_input("#metadata-key-0", "plan");
    popup.0.click("#metadata-value-0").unwrap();
    popup.wait_offers(&["pro", "free"]);
    popup.0.click(".offers [role=option]:nth-child(2)").unwrap();
    popup.wait_input("#metadata-value-0", "free");
}
