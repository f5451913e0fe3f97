//! The account, with a background that stops after each effect of a change, and with storage that rejects writes.

use super::MOST;
use super::stop::{ANSWERED, send, stop_after};
use crate::in_both;
use crate::server::HOST;
use crate::support::{SOON, World};
use serde_json::{Value, json};
use xtask::drive::Page;
use xtask::site::REST_KEY;

in_both! {
    a_key_that_is_moved_is_in_one_place_wherever_the_background_stops;
    an_account_is_whole_or_gone_wherever_the_background_stops;
    a_new_account_is_whole_or_absent_wherever_the_background_stops;
    a_replaced_key_is_in_one_place_wherever_the_background_stops;
    a_change_that_a_storage_refuses_changes_nothing;
}

/// The stored account, the storage areas of its keys, and whether its permission is granted, once no change is
/// unfinished. The request for the account starts the background.
const STATE: &str = "const { account } = await chrome.runtime.sendMessage({ api: { getAccount: {} } }); \
    if ((await chrome.storage.local.get('apiAccountChange')).apiAccountChange) return null; \
    const session = Object.keys(await chrome.storage.session.get(['apiSecret', 'apiSecret2'])).map(() => 'session'); \
    const disk = await new Promise((done, fail) => { \
      const open = indexedDB.open('vault', 1); \
      open.onupgradeneeded = () => open.result.createObjectStore('vault'); \
      open.onerror = fail; \
      open.onsuccess = () => { \
        const keys = open.result.transaction('vault').objectStore('vault').getAllKeys(); \
        keys.onsuccess = () => (open.result.close(), done(keys.result.map(() => 'disk'))); \
      }; \
    }); \
    const granted = await chrome.permissions.contains({ origins: ['HOST'] }); \
    return [account && { mask: account.mask, disk: account.disk }, [...session, ...disk], granted]";

/// A page of the extension that changes the account for the test site's own API.
struct Desk<'a> {
    world: &'a World,
    own: Page,
}

impl<'a> Desk<'a> {
    fn new(world: &'a World) -> Self {
        Self { world, own: world.browser.open_extension_page("find.html").unwrap() }
    }

    /// The request that stores the account. Without a key, the stored one is used.
    fn connecting(&self, on_disk: bool, key: &str) -> Value {
        let base = self.world.site.url("/v1.3");
        let agent = json!({ "id": "", "name": "" });
        json!({ "api": { "connect": { "kind": "cloud", "base": base, "key": key, "disk": on_disk, "agent": agent } } })
    }

    fn ask(&self, request: &Value) -> Value {
        self.own.eval(&format!("chrome.runtime.sendMessage({request})")).unwrap()
    }

    /// Stores the account on disk or for the session, or removes it.
    fn prepare(&self, account: Option<bool>) {
        self.ask(&json!({ "api": { "removeAccount": {} } }));
        self.own.eval(&format!("chrome.permissions.remove({{ origins: ['{HOST}'] }})")).unwrap();
        if let Some(on_disk) = account {
            self.world.browser.grant_host(HOST).unwrap();
            self.ask(&self.connecting(on_disk, REST_KEY));
        }
        assert_eq!(self.state("as prepared"), state(account));
    }

    fn state(&self, when: &str) -> Value {
        let what = format!("no unfinished change {when}");
        self.own.wait_for(&what, &STATE.replace("HOST", HOST), SOON).unwrap()
    }
}

/// The expected state of an account on disk or in the session, or of none.
fn state(account: Option<bool>) -> Value {
    match account {
        Some(on_disk) => {
            let place = if on_disk { "disk" } else { "session" };
            json!([{ "mask": "…4T9Z", "disk": on_disk }, [place], true])
        }
        None => json!([null, [], false]),
    }
}

/// Makes a change with a background that stops after each number of effects. Afterwards, the account is either the one
/// before or the one after the change.
fn wherever_it_stops(world: &World, before: Option<bool>, after: Option<bool>, request: impl Fn(&Desk) -> Value) {
    let desk = Desk::new(world);
    for most in 1..MOST {
        desk.prepare(before);
        // The permission that a new account needs.
        world.browser.grant_host(HOST).unwrap();
        let end = stop_after(world, &desk.own, most, || send(&desk.own, &request(&desk)), ANSWERED);
        let held = desk.state(&format!("after {}", end.effects));
        if end.is_complete {
            assert_eq!(held, state(after), "after {}", end.effects);
            return;
        }
        // A change begins with its note. Without it, only the permission is there. Chromium's first effects can be those
        // of the pages in which the permission was granted, which close.
        let is_begun = end.effects.contains("local.set");
        let before = if is_begun { state(before) } else { json!([state(before)[0], state(before)[1], true]) };
        assert!([before, state(after)].contains(&held), "{held} after {}", end.effects);
    }
    panic!("a change of the account has fewer than {MOST} effects");
}

fn a_key_that_is_moved_is_in_one_place_wherever_the_background_stops(world: &World) {
    wherever_it_stops(world, Some(false), Some(true), |desk| desk.connecting(true, ""));
    wherever_it_stops(world, Some(true), Some(false), |desk| desk.connecting(false, ""));
}

fn an_account_is_whole_or_gone_wherever_the_background_stops(world: &World) {
    for on_disk in [true, false] {
        wherever_it_stops(world, Some(on_disk), None, |_| json!({ "api": { "removeAccount": {} } }));
    }
}

fn a_new_account_is_whole_or_absent_wherever_the_background_stops(world: &World) {
    for on_disk in [true, false] {
        wherever_it_stops(world, None, Some(on_disk), |desk| desk.connecting(on_disk, REST_KEY));
    }
}

fn a_replaced_key_is_in_one_place_wherever_the_background_stops(world: &World) {
    for on_disk in [true, false] {
        wherever_it_stops(world, Some(on_disk), Some(on_disk), |desk| desk.connecting(on_disk, REST_KEY));
    }
}

/// Makes the background's storage of this name fail.
fn refusing(storage: &str) -> &'static str {
    match storage {
        "disk: put" => "IDBObjectStore.prototype.put = () => { throw new Error('no room') }; return true",
        "disk: delete" => "IDBObjectStore.prototype.delete = () => { throw new Error('refused') }; return true",
        "session" => "chrome.storage.session.set = () => Promise.reject(new Error('no room')); return true",
        _ => "chrome.storage.local.set = () => Promise.reject(new Error('no room')); return true",
    }
}

fn a_change_that_a_storage_refuses_changes_nothing(world: &World) {
    let desk = Desk::new(world);
    let removing = json!({ "api": { "removeAccount": {} } });
    for (storage, before, request) in [
        ("disk: put", Some(false), desk.connecting(true, "")),
        ("session", Some(true), desk.connecting(false, "")),
        ("disk: delete", Some(true), desk.connecting(false, "")),
        ("local", Some(false), desk.connecting(true, "")),
        ("local", Some(true), desk.connecting(true, "")),
        ("local", None, desk.connecting(true, REST_KEY)),
        ("disk: delete", Some(true), removing.clone()),
        ("local", Some(true), removing),
    ] {
        let when = format!("when {storage} refused {request}");
        desk.prepare(before);
        world.browser.grant_host(HOST).unwrap();
        world.browser.eval_background(refusing(storage)).unwrap();
        assert_eq!(desk.ask(&request), json!({ "apiFailed": "not-kept" }), "{when}");
        world.browser.stop_background().unwrap();
        assert_eq!(desk.state(&when), state(before), "{when}");
    }
}
