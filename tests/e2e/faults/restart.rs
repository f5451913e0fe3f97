//! A browser that crashes or quits, and is started again with the same profile.

use super::resuming::HAS_MENUS;
use super::{agrees, wait_sites};
use crate::in_both;
use crate::presets::{self, manager};
use crate::recorder::Recorder;
use crate::support::{Popup, SOON, World};
use crate::{expectations, last_used, server};
use inspector_core::recording::storage::INDEX_PREFIX;
use serde_json::json;
use xtask::drive::{Ending, Page};
use xtask::site::REST_KEY;

in_both! { run_restarting =>
    what_is_on_the_disk_is_there_after_a_crash;
    what_is_on_the_disk_is_there_after_a_restart;
    what_is_for_the_session_ends_with_the_browser;
}

const STORED: &str = "chrome.storage.local.get(['presets', 'lastUsed', 'preferences', 'expectations', 'apiAccount'])\
    .then(JSON.stringify)";

/// Opens a recorded page with an account, and types a tag for it.
fn typed(world: &World) -> Page {
    let page = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&page);
    // The recording and the server's response arrive later and move the buttons.
    popup.wait_for("[data-field=tags] [data-action=show-history]");
    popup.wait_for("[data-server=connected]");
    popup.wait_for("[data-server-line=uniqueId]");
    popup.add_item("tags", "#TYPED");
    page
}

/// The page's own visitor, without what was typed before.
fn untouched(world: &World) -> Popup {
    let popup = world.inspect(&world.open_connected("/connected"));
    popup.wait_state("connected");
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    popup
}

fn what_is_on_the_disk_is_there_after_a_crash(world: World) {
    what_is_on_the_disk_is_there_again(world, Ending::Crash);
}

fn what_is_on_the_disk_is_there_after_a_restart(world: World) {
    what_is_on_the_disk_is_there_again(world, Ending::Quit);
}

fn what_is_on_the_disk_is_there_again(world: World, ending: Ending) {
    let recorder = Recorder::start(&world);
    presets::keep(&world, &json!([{ "name": "Ada", "values": { "uniqueId": "cust-1042" } }]));
    last_used::keep(&world, &json!({ "tags": ["#USED"] }));
    expectations::keep(&world, &expectations::file().to_string());
    let settings = server::options(&world);
    settings.click("[data-action=dark]").unwrap();
    settings.click("[data-action=disk]").unwrap();
    server::save(&world, &settings, &world.site.url("/v1.3"), REST_KEY);
    server::wait_status(&settings, &["connected"]);
    let stored = recorder.0.eval(STORED).unwrap();
    typed(&world);

    let world = world.restart(ending);
    let list = manager(&world);
    list.wait_for("the preset", "document.querySelector('[data-preset=Ada]')", SOON).unwrap();
    assert_eq!(list.eval(STORED).unwrap(), stored);
    server::wait_status(&list, &["kept"]);
    assert!(list.text().unwrap().contains("…4T9Z"), "the key is there");
    // Browsers differ in the permissions that they have after a crash. The recorded sites follow the permissions.
    wait_sites(&list, "list, scripts and permission to agree", &agrees());
    list.wait_for("the menus", HAS_MENUS, SOON).unwrap();
    untouched(&world);
}

/// The keys of drafts, journals, recordings and the account's key in `storage.session`.
fn session_keys(own: &Page) -> Vec<String> {
    let keys = own.eval("chrome.storage.session.get(null).then(Object.keys)").unwrap();
    let keys: Vec<String> = serde_json::from_value(keys).expect("a list of texts");
    let is_of_session = |key: &String| ["drafts:", INDEX_PREFIX, "apiSecret"].iter().any(|kind| key.starts_with(kind));
    keys.into_iter().filter(is_of_session).collect()
}

fn what_is_for_the_session_ends_with_the_browser(world: World) {
    let recorder = Recorder::start(&world);
    server::connect(&world, &world.site);
    let page = typed(&world);
    recorder.wait(&page, "its init", |timeline| !timeline.is_empty());
    let kinds = |keys: Vec<String>| {
        let mut kinds: Vec<_> = keys.iter().filter_map(|key| key.split([':', '2']).next()).map(str::to_owned).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(session_keys(&recorder.0)), ["apiSecret", "drafts", "recording"]);

    let world = world.restart(Ending::Quit);
    let settings = world.browser.open_extension_page("options.html").unwrap();
    server::wait_status(&settings, &["kept"]);
    let text = settings.text().unwrap();
    assert!(text.contains("The key was deleted when the browser closed"), "{text}");
    assert_eq!(session_keys(&settings), Vec::<String>::new());
    wait_sites(&settings, "list, scripts and permission to agree", &agrees());
    let popup = untouched(&world);
    assert!(!popup.exists("[data-action=bring-back]"), "a draft of another session");
    // The account is still there, so the popup doesn't say that there is none.
    popup.wait_for("[data-server=error][data-problem=key-gone]");
    let text = popup.text();
    assert!(text.contains("The key was deleted when the browser closed"), "{text}");
}
