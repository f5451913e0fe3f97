//! A browser that is killed and restarted with the same profile.

use super::{agrees, wait_sites};
use crate::presets::{self, manager};
use crate::recorder::Recorder;
use crate::support::{SOON, World, extension};
use crate::{last_used, server};
use serde_json::json;
use xtask::drive::{Browser, Kind, Options};
use xtask::site::{REST_KEY, Site};

#[test]
fn chromium() {
    what_is_on_the_disk_is_there_again(Kind::Chromium);
}

#[test]
fn firefox() {
    what_is_on_the_disk_is_there_again(Kind::Firefox);
}

const STORED: &str =
    "chrome.storage.local.get(['presets', 'lastUsed', 'preferences', 'apiAccount']).then(JSON.stringify)";

fn what_is_on_the_disk_is_there_again(kind: Kind) {
    let options = Options::new(extension());
    let world =
        World { site: Site::start().unwrap(), browser: Browser::launch(kind, &options).expect("the browser starts") };
    let recorder = Recorder::start(&world);
    presets::keep(&world, &json!([{ "name": "Ada", "values": { "uniqueId": "cust-1042" } }]));
    last_used::keep(&world, &json!({ "tags": ["#USED"] }));
    let settings = server::options(&world);
    settings.click("[data-action=dark]").unwrap();
    settings.click("[data-action=disk]").unwrap();
    server::save(&world, &settings, &world.site.url("/v1.3"), REST_KEY);
    server::wait_status(&settings, &["connected"]);
    let stored = recorder.0.eval(STORED).unwrap();
    let page = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&page);
    // The recording and the server's response arrive later and move the buttons.
    popup.wait_for("[data-field=tags] [data-action=show-history]");
    popup.wait_for("[data-server=connected]");
    popup.wait_for("[data-server-line=uniqueId]");
    popup.add_item("tags", "#TYPED");

    let World { site, browser } = world;
    let world = World { site, browser: browser.crash(&options).unwrap() };
    let list = manager(&world);
    list.wait_for("the preset", "document.querySelector('[data-preset=Ada]')", SOON).unwrap();
    assert_eq!(list.eval(STORED).unwrap(), stored);
    server::wait_status(&list, &["kept"]);
    assert!(list.text().unwrap().contains("…4T9Z"), "the key is there");
    // Browsers differ in the permissions that they have after a crash. The recorded sites follow the permissions.
    wait_sites(&list, "list, scripts and permission to agree", &agrees());
    let popup = world.inspect(&world.open_connected("/connected"));
    popup.wait_state("connected");
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
}
