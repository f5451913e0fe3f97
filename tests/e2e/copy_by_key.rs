//! The shortcut that copies the lookup code. The test presses it on a real keyboard and pastes the clipboard into a
//! page.

use crate::in_both;
use crate::support::{Popup, SOON, World};
use serde_json::{Value, json};
use xtask::drive::{Kind, Page};

in_both! { run_on_screen =>
    the_shortcut_copies_the_code_and_the_page_notices_nothing;
    masked_the_first_press_copies_a_mask;
    without_a_code_the_reason_is_shown;
    a_wish_is_spent_once;
}

in_both! {
    the_options_show_the_shortcuts_and_open_the_page_that_changes_them;
}

const SHORTCUT: &str = "alt+shift+l";

/// A page with this text as the lookup code, in front and with the keyboard focus.
fn page_with(world: &World, code: &str, age_minutes: u32) -> Page {
    let page = world.open_with_keys("/connected");
    set_code(&page, code, age_minutes);
    page
}

fn set_code(page: &Page, code: &str, age_minutes: u32) {
    let text = json!(code).to_string();
    let set = format!(
        "localStorage.setItem('__upscope:lookupCode', {});
        localStorage.setItem('__upscope:lookupCodeSetAt', JSON.stringify(new Date(Date.now() - {age_minutes} * 60000)));
        return true;",
        Value::from(text)
    );
    page.eval(&set).unwrap();
}

/// Presses the shortcut and returns the popup that it opens.
fn press(world: &World) -> Popup {
    world.browser.press_keys(SHORTCUT).unwrap();
    let popup = Popup(world.browser.wait_for_popup(SOON).unwrap());
    popup.wait("the first answer", "document.querySelector('[data-state]').dataset.state !== 'loading'");
    popup
}

impl Popup {
    fn wait_shown(&self, state: &str) {
        self.wait_for(&format!("[data-by-key={state}]"));
    }

    /// Waits until the code is copied. Firefox requires a recent key press or click in the document, so the popup then
    /// shows a button.
    fn wait_for_copy(&self, world: &World, state: &str) {
        self.wait_for(&format!("[data-by-key=press], [data-by-key={state}]"));
        if self.exists("[data-by-key=press]") {
            assert_eq!(world.browser.kind(), Kind::Firefox);
            self.wait("the button to have the focus", "document.activeElement.matches('[data-action=copy-code]')");
            world.browser.press_keys("Return").unwrap();
        }
        self.wait_shown(state);
    }
}

/// The clipboard, pasted into a page with a key.
fn pasted(world: &World) -> String {
    let page = world.open("/idle");
    page.eval("(document.body.innerHTML = '<input id=paste>', true)").unwrap();
    page.click("#paste").unwrap();
    world.wait_for_keys(&page);
    world.browser.press_keys("ctrl+v").unwrap();
    let text = page.wait_for("something to be pasted", "document.querySelector('#paste').value", SOON).unwrap();
    page.close().unwrap();
    text.as_str().unwrap().to_owned()
}

/// Copies another text to the clipboard.
fn copy_other(world: &World) {
    let page = world.open("/idle");
    page.eval("(document.body.innerHTML = '<input id=other value=other>', true)").unwrap();
    page.click("#other").unwrap();
    world.wait_for_keys(&page);
    page.eval("(addEventListener('copy', () => (globalThis.isCopied = true)), true)").unwrap();
    world.browser.press_keys("ctrl+a").unwrap();
    world.browser.press_keys("ctrl+c").unwrap();
    // `press_keys` may return before the page gets the keys.
    page.wait_for("the copy", "globalThis.isCopied", SOON).unwrap();
    page.close().unwrap();
    assert_eq!(pasted(world), "other");
}

/// Everything that a page could observe: its document, its storage, its globals.
const NOTICED: &str = "
    [document.documentElement.outerHTML, JSON.stringify(localStorage), document.cookie, Object.keys(window).length]";

/// Records all of that from now on. The effects of the test's own click end within two frames.
const LISTEN: &str = "
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    globalThis.calls = [], globalThis.heard = [];
    Upscope = new Proxy(Upscope, { apply: (...call) => (calls.push(call[2][0]), Reflect.apply(...call)) });
    for (const type of ['copy', 'cut', 'paste', 'selectionchange', 'focusin']) addEventListener(type, () => heard.push(type), true);
    return true;";

fn the_shortcut_copies_the_code_and_the_page_notices_nothing(world: &World) {
    let page = page_with(world, "0482", 5);
    let short_id = world.visitor_of(&page);
    page.eval(LISTEN).unwrap();
    let before = page.eval(NOTICED).unwrap();
    world.browser.stop_background().unwrap();
    let popup = press(world);
    popup.wait_value("lookupCode", &json!("0482"));
    popup.wait_for_copy(world, "copied");
    assert_eq!(page.eval(NOTICED).unwrap(), before);
    assert_eq!(page.eval("[calls, heard]").unwrap(), json!([[], []]));
    world.server_holds(&short_id, "no code", |visitor| visitor.lookup_code.is_none());
    popup.close();
    assert_eq!(pasted(world), "0482");
}

fn masked_the_first_press_copies_a_mask(world: &World) {
    let _page = page_with(world, "0482", 5);
    let popup = press(world);
    popup.wait_for_copy(world, "copied");
    popup.act("mask");
    popup.wait_for("html[data-masked]");
    // The popup is already open and receives a message.
    world.browser.press_keys(SHORTCUT).unwrap();
    popup.wait_for_copy(world, "masked");
    popup.wait("the button to have the focus", "document.activeElement.matches('[data-action=copy-code]')");
    world.browser.press_keys("Return").unwrap();
    popup.wait_shown("copied");
    popup.close();
    assert_eq!(pasted(world), "0482");
}

fn without_a_code_the_reason_is_shown(world: &World) {
    copy_other(world);
    let page = page_with(world, "0482", 61);
    for (code, state) in [("0482", "expired"), ("<b>", "not-a-code"), ("04825", "not-a-code")] {
        set_code(&page, code, if state == "expired" { 61 } else { 5 });
        let popup = press(world);
        popup.wait_shown(state);
        popup.close();
    }
    page.eval("(localStorage.removeItem('__upscope:lookupCode'), true)").unwrap();
    let popup = press(world);
    popup.wait_shown("not-known");
    popup.wait("the button that asks for one", "document.activeElement.matches('[data-action=ask-code]')");
    popup.close();
    let page = world.open("/no-upscope");
    page.click("h1").unwrap();
    let popup = press(world);
    popup.wait_shown("no-visitor");
    popup.wait_state("no-upscope");
    popup.close();
    let restricted = if world.browser.kind() == Kind::Chromium { "chrome://version" } else { "about:license" };
    world.browser.open(restricted).unwrap();
    let popup = press(world);
    popup.wait_shown("no-visitor");
    popup.wait_state("restricted");
    popup.close();
    assert_eq!(pasted(world), "other");
}

fn a_wish_is_spent_once(world: &World) {
    let page = page_with(world, "0482", 5);
    let popup = press(world);
    popup.wait_for_copy(world, "copied");
    popup.close();
    copy_other(world);
    let popup = world.inspect(&page);
    popup.wait_value("lookupCode", &json!("0482"));
    popup.wait_for("[data-action=copy-code]");
    assert!(!popup.exists("[data-by-key]"));
    popup.close();
    assert_eq!(pasted(world), "other");
}

fn the_options_show_the_shortcuts_and_open_the_page_that_changes_them(world: &World) {
    let options = Popup(world.browser.open_extension_page("options.html").unwrap());
    for (command, shortcut) in [("_execute_action", "Alt+Shift+U"), ("copy-code", "Alt+Shift+L")] {
        let shown = format!("document.querySelector('[data-shortcut={command}] kbd')?.textContent === '{shortcut}'");
        options.wait(shortcut, &shown);
    }
    options.act("change-keys");
    let address = if world.browser.kind() == Kind::Chromium { "extensions/shortcuts" } else { "about:addons" };
    world.browser.wait_for_page(address, SOON).unwrap();
}
