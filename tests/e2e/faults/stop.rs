//! A background that stops after a chosen effect.

use crate::support::{SOON, World};
use serde_json::Value;
use std::time::Instant;
use xtask::drive::Page;

/// Counts the background's effects on the browser, and blocks it after effect `MOST`: no call returns any more, as if
/// the browser had stopped it. With 0, it is blocked from the start. Reading isn't an effect.
const STOP_AFTER: &str = "
    const never = new Promise(() => {}), { storage, scripting, permissions, tabs, contextMenus } = chrome;
    globalThis.effects = { names: [], isStopped: MOST === 0 };
    const replace = (object, name, effect) => {
      const real = object[name].bind(object);
      object[name] = async (...given) => {
        if (effects.isStopped) return never;
        const result = await real(...given);
        if (effect && !effects.isStopped) effects.isStopped = effects.names.push(effect) >= MOST;
        return effects.isStopped ? never : result;
      };
    };
    for (const area of ['session', 'local']) {
      replace(storage[area], 'get');
      for (const name of ['set', 'remove']) replace(storage[area], name, `${area}.${name}`);
    }
    for (const name of ['executeScript', 'registerContentScripts', 'updateContentScripts', 'unregisterContentScripts']) replace(scripting, name, name);
    replace(permissions, 'remove', 'permissions.remove');
    replace(tabs, 'reload', 'reload');
    for (const name of ['create', 'update', 'removeAll']) replace(contextMenus, name, `menus.${name}`);
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...given) {
      const made = transaction.apply(this, given);
      if (made.mode === 'readwrite') made.addEventListener('complete', (event) => {
        if (!effects.isStopped) effects.isStopped = effects.names.push('IndexedDB') >= MOST;
        if (effects.isStopped) event.stopImmediatePropagation();
      });
      return made;
    };
    return true";

/// How a flow ended.
pub struct End {
    /// Whether the flow ended before the background was blocked.
    pub is_complete: bool,
    /// The names of the background's effects until then.
    pub effects: String,
}

/// Blocks the background after its next `most` effects, starts a flow, and waits for its end. A blocked background is
/// then really stopped, so that the next event starts a new one. `is_complete` is evaluated in `own`, a page of the
/// extension.
pub fn stop_after(world: &World, own: &Page, most: usize, flow: impl FnOnce(), is_complete: &str) -> End {
    world.browser.eval_background(&STOP_AFTER.replace("MOST", &most.to_string())).unwrap();
    flow();
    let end = Instant::now() + SOON;
    loop {
        let effects = world.browser.eval_background("globalThis.effects").unwrap();
        let names: Vec<String> = serde_json::from_value(effects["names"].clone()).expect("the background goes on");
        let is_complete = effects["isStopped"] != true && own.eval(is_complete).unwrap() == Value::Bool(true);
        if is_complete || effects["isStopped"] == true {
            world.browser.stop_background().unwrap();
            return End { is_complete, effects: names.join(", ") };
        }
        assert!(Instant::now() < end, "neither stopped nor complete after {names:?}");
    }
}

/// Sends a request without waiting. [`ANSWERED`] shows whether the reply has arrived.
pub fn send(own: &Page, request: &Value) {
    own.eval(&format!("globalThis.reply = undefined; chrome.runtime.sendMessage({request}).then((reply) => (globalThis.reply = reply), () => {{}}); return 0"))
        .unwrap();
}

/// Whether the last request has its reply.
pub const ANSWERED: &str = "globalThis.reply !== undefined";
