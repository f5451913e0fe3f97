//! Presets: saved from the visitor, applied with two keys, managed in the options, and imported from any file.

use crate::in_both;
use crate::support::{Popup, SOON, World};
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    a_visitor_is_saved_and_applied_elsewhere_in_two_keys;
    placeholders_are_asked_for_before_the_review;
    a_bad_file_shows_what_is_wrong_and_stores_nothing;
    what_is_exported_and_deleted_comes_back;
    the_selected_preset_stays_in_view;
    escape_gives_the_focus_back;
    two_pages_do_not_write_over_each_other;
}

/// Stores presets as the extension does, in the format of the file.
pub fn keep(world: &World, presets: &Value) {
    let page = world.browser.open_extension_page("manifest.json").unwrap();
    let file = json!({ "schema": "upscope-inspector/presets@1", "presets": presets }).to_string();
    page.eval(&format!("chrome.storage.local.set({{ presets: {} }}).then(() => true)", json!(file))).unwrap();
    page.close().unwrap();
}

/// The list of presets on the options page.
pub fn manager(world: &World) -> Page {
    let page = world.browser.open_extension_page("options.html").unwrap();
    page.wait_for("the presets", "document.querySelector('[data-presets]') !== null", SOON).unwrap();
    page
}

impl Popup {
    /// Opens the palette with its key, and waits until its input has the focus.
    pub fn open_presets(&self) {
        self.0.press("p").unwrap();
        self.wait_for("dialog[open][data-dialog=presets] #preset-search:focus");
    }

    fn wait_presets(&self, names: &[&str]) {
        let js = format!(
            "JSON.stringify([...document.querySelectorAll('[role=option]')].map((row) => row.dataset.preset)) === {}",
            json!(json!(names).to_string())
        );
        self.wait(&format!("the presets {names:?}"), &js);
    }
}

/// Waits until `css` exists.
fn wait_for(page: &Page, css: &str) {
    page.wait_for(css, &format!("document.querySelector({}) !== null", json!(css)), SOON).unwrap();
}

fn wait_names(page: &Page, names: &[&str]) {
    let js = format!(
        "JSON.stringify([...document.querySelectorAll('[data-preset]')].map((row) => row.dataset.preset)) === {}",
        json!(json!(names).to_string())
    );
    page.wait_for(&format!("the presets {names:?}"), &js, SOON).unwrap();
}

pub fn import(page: &Page, text: &str) {
    let js = format!(
        "const files = new DataTransfer(); files.items.add(new File([{}], 'a.json'));
         const input = document.querySelector('[data-action=import-presets]'); input.files = files.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }})); return true",
        json!(text)
    );
    page.eval(&js).unwrap();
}

fn kept(page: &Page) -> Value {
    page.eval("chrome.storage.local.get('presets').then(({ presets }) => presets ?? null)").unwrap()
}

fn a_visitor_is_saved_and_applied_elsewhere_in_two_keys(world: &World) {
    keep(world, &json!([{ "name": "A stranger", "sites": ["elsewhere.example"], "values": { "uniqueId": "wrong" } }]));
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.open_presets();
    popup.wait("none for this site", "document.querySelector('[data-action=everywhere]')?.ariaPressed === 'false'");
    popup.wait_presets(&[]);
    popup.act("save-visitor");
    popup.wait_for("#preset-name:focus");
    popup.act("keep-preset");
    popup.wait_for("[data-error=no-name]");
    popup.type_into("#preset-name", "Ada");
    popup.0.click("label:has(> [data-action=only-here])").unwrap();
    popup.act("keep-preset");
    popup.wait_presets(&["Ada"]);
    popup.act("everywhere");
    popup.wait_presets(&["Ada", "A stranger"]);
    popup.close();

    let page = world.open_connected("/anonymous");
    let updates =
        || world.site.frames().into_iter().filter(|frame| frame.name == "connectionUpdate").collect::<Vec<_>>();
    let popup = world.inspect(&page);
    popup.open_presets();
    popup.wait_presets(&["Ada"]);
    popup.0.press("Enter").unwrap();
    popup.wait_for("#preview .changes");
    assert_eq!(updates().len(), 0, "nothing is sent before the review");
    popup.wait_for("[data-action=apply]:not(:disabled)");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    let last =
        |record: &xtask::site::Record| record.frames.iter().rfind(|frame| frame.name == "connectionUpdate").cloned();
    let sent = world.site.wait_for("the preset", SOON, last).unwrap().data;
    assert_eq!((&sent["uniqueId"], &sent["tags"]), (&json!("cust-1042"), &json!(["#VIP", "#EARLY-ADOPTER"])));
}

fn placeholders_are_asked_for_before_the_review(world: &World) {
    keep(
        world,
        &json!([{ "name": "Team", "values": { "identities": ["{{name:Grace}} ({{desk}})"], "tags": ["#{{TEAM}}"] } }]),
    );
    let page = world.open_connected("/anonymous");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.open_presets();
    popup.wait_presets(&["Team"]);
    popup.0.press("Enter").unwrap();
    popup.wait_for("#preset-hole-0:focus");
    popup.wait_input("#preset-hole-0", "Grace");
    popup.type_into("#preset-hole-1", "{{desk}}");
    popup.wait("nothing to go on with", "document.querySelector('[data-action=review]').disabled");
    // The review shows values that wouldn't be sent, and lets the person correct them.
    popup.type_into("#preset-hole-2", "vip");
    popup.0.press("Enter").unwrap();
    popup.wait_for("[data-field=tags] [data-error=tag-pattern]");
    popup.act_on("tags", "repair");
    popup.wait_for("[data-action=apply]:not(:disabled)");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    world.server_holds(&short_id, "what was filled in", |visitor| {
        visitor.identities == Some(json!(["Grace ({{desk}})"])) && visitor.tags == Some(json!(["#VIP"]))
    });
}

fn a_bad_file_shows_what_is_wrong_and_stores_nothing(world: &World) {
    let page = manager(world);
    let bad = "<img src=x onerror=\"window.hit=1\">\u{202e}";
    for text in ["{", "[]", &json!({ "schema": "upscope-inspector/presets@9", "presets": [] }).to_string()] {
        import(&page, text);
        wait_for(&page, "[data-error=not-imported]");
        page.reload().unwrap();
        wait_for(&page, "[data-presets]");
    }
    let presets = json!([
        { "name": bad, "values": { "identities": { "0": "hangs" } } },
        { "name": "Tags", "values": { "tags": ["#vip"] } },
        { "name": "Site", "sites": ["javascript:alert(1)"], "values": { "uniqueId": "a" } },
        { "values": null },
    ]);
    import(&page, &json!({ "schema": "upscope-inspector/presets@1", "presets": presets }).to_string());
    for error in ["values", "tag-pattern", "site", "no-name"] {
        wait_for(&page, &format!("[data-import='0'] [data-error={error}]"));
    }
    assert_eq!(
        page.eval("document.querySelector('[data-action=take-import]') ?? window.hit ?? null").unwrap(),
        Value::Null
    );
    assert_eq!(page.eval("document.querySelector('.import img') !== null").unwrap(), json!(false));
    assert_eq!(kept(&page), Value::Null);
}

fn what_is_exported_and_deleted_comes_back(world: &World) {
    let values = json!({ "uniqueId": "{{id}}", "tags": ["#VIP"], "metadata": { "seats": 12.50, "end": null } });
    keep(
        world,
        &json!([{ "name": "Ada", "sites": ["*.acme.example"], "values": values }, { "name": "Grace", "values": { "uniqueId": null } }]),
    );
    let page = manager(world);
    wait_names(&page, &["Ada", "Grace"]);
    page.eval("window.saved = null; HTMLAnchorElement.prototype.click = () => {}; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make.call(URL, blob); }; return true").unwrap();
    page.click("[data-action=export-presets]").unwrap();
    let file = page.wait_for("the file", "window.saved", SOON).unwrap().as_str().unwrap().to_owned();
    page.click("[data-preset=Grace] [data-action=preset-up]").unwrap();
    wait_names(&page, &["Grace", "Ada"]);
    page.click("[data-preset=Ada] [data-action=delete-preset]").unwrap();
    wait_names(&page, &["Grace"]);
    wait_for(&page, "[data-action=undo-preset]:focus");
    page.press("Enter").unwrap();
    wait_names(&page, &["Grace", "Ada"]);
    for (name, left) in [("Ada", &["Grace"][..]), ("Grace", &[])] {
        page.click(&format!("[data-preset={name}] [data-action=delete-preset]")).unwrap();
        wait_names(&page, left);
    }
    import(&page, &file);
    wait_for(&page, "[data-import='2'] h3:focus");
    page.click("[data-action=drop-import]").unwrap();
    wait_for(&page, "[data-action=import-presets]:focus");
    import(&page, &file);
    wait_for(&page, "[data-import='2'] [data-action=take-import]");
    assert!(!kept(&page).as_str().unwrap().contains("Ada"), "only the person's press takes it");
    page.click("[data-action=take-import]").unwrap();
    wait_names(&page, &["Ada", "Grace"]);
    assert_eq!(kept(&page), json!(file));
    // A second import overwrites nothing.
    import(&page, &file);
    wait_for(&page, "[data-entry=Ada] [data-warning=name-taken]");
    page.click("[data-action=take-import]").unwrap();
    wait_names(&page, &["Ada", "Grace", "Ada 2", "Grace 2"]);
    // The focus stays at the button that moves a preset further.
    page.click("[data-preset=Ada] [data-action=preset-down]").unwrap();
    wait_names(&page, &["Grace", "Ada", "Ada 2", "Grace 2"]);
    wait_for(&page, "[data-preset=Ada] [data-action=preset-down]:focus");
    page.press("Enter").unwrap();
    wait_names(&page, &["Grace", "Ada 2", "Ada", "Grace 2"]);
    wait_for(&page, "[data-preset=Ada][data-preset-at='2'] [data-action=preset-down]:focus");
}

/// In a separate tab, because Firefox always closes a popup on Escape.
fn the_selected_preset_stays_in_view(world: &World) {
    let presets: Vec<_> =
        (0..20).map(|number| json!({ "name": format!("Preset {number}"), "values": { "uniqueId": "a" } })).collect();
    keep(world, &json!(presets));
    let popup = world.inspect(&world.open_connected("/anonymous"));
    popup.open_presets();
    popup.wait_for("[role=option]:nth-child(20)");
    popup.0.press("ArrowUp").unwrap();
    let js = "[...document.querySelectorAll('[role=option]:last-child[aria-selected=true]')].some((row) => {
                const [seen, list] = [row, row.parentElement].map((node) => node.getBoundingClientRect());
                return seen.top >= list.top && seen.bottom <= list.bottom + 1; })";
    popup.wait("the last preset to be in view", js);
}

fn escape_gives_the_focus_back(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let popup = world.inspect_in_tab(&world.open_connected("/connected"));
    popup.act("presets");
    popup.wait_for("dialog[open] #preset-search:focus");
    popup.act("save-visitor");
    popup.wait_for("#preset-name:focus");
    popup.0.press("Escape").unwrap();
    popup.wait_for("dialog[open] #preset-search:focus");
    popup.0.press("Escape").unwrap();
    popup.wait_for("dialog:not([open])");
    popup.wait_for("[data-action=presets]:focus");
    // In an input, the key types its letter.
    popup.act_on("uniqueId", "edit");
    popup.wait_for("#uniqueId-0:focus");
    popup.0.press("p").unwrap();
    popup.wait_input("#uniqueId-0", "cust-1042p");
    assert!(popup.exists("dialog:not([open])"));
}

fn two_pages_do_not_write_over_each_other(world: &World) {
    let names = ["Grace", "Ada", "Alan", "Edsger", "Barbara", "Donald"];
    keep(world, &json!(names.map(|name| json!({ "name": name, "values": { "uniqueId": "1" } }))));
    let [one, other] = [manager(world), manager(world)];
    one.activate().unwrap();
    one.click("[data-preset=Ada] [data-action=edit-preset]").unwrap();
    one.type_text("#edited-name", "Ada of staging").unwrap();
    one.type_text("#edited-values", "{\"tags\": [\"#vip\"]}").unwrap();
    wait_for(&one, "[data-error=tag-pattern]");
    one.type_text("#edited-values", "{\"tags\": [\"#VIP\"]}").unwrap();
    // A search doesn't hide the form, and the form doesn't take the focus from the search.
    one.click("#presets-search").unwrap();
    one.press("z").unwrap();
    wait_names(&one, &["Ada"]);
    wait_for(&one, ".presets [role=status] > p");
    one.press("Backspace").unwrap();
    wait_names(&one, &names);
    wait_for(&one, "#presets-search:focus");
    one.press("r").unwrap();
    wait_names(&one, &["Grace", "Ada", "Edsger", "Barbara"]);
    // The form, its focus and the search stay when another page deletes a preset.
    one.click("#edited-values").unwrap();
    other.activate().unwrap();
    other.click("[data-preset=Grace] [data-action=delete-preset]").unwrap();
    wait_names(&other, &names[1..]);
    one.activate().unwrap();
    wait_names(&one, &["Ada", "Edsger", "Barbara"]);
    wait_for(&one, "#edited-values:focus");
    one.click("[data-action=save-preset]").unwrap();
    wait_names(&one, &["Edsger", "Barbara"]);
    wait_for(&one, "#presets-search:focus");
    wait_names(&other, &["Ada of staging", "Alan", "Edsger", "Barbara", "Donald"]);
    assert!(kept(&one).as_str().unwrap().contains("#VIP"));
}
