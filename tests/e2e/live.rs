//! The popup updates itself and never disturbs the person meanwhile.

use crate::in_both;
use crate::support::{Popup, World};
use serde_json::json;
use xtask::site::Command;

in_both! {
    a_change_made_by_the_page_shows_at_the_next_look;
    looking_again_does_not_disturb_typing;
    a_change_of_the_page_leaves_the_button_under_a_pressed_pointer;
    an_unchanged_page_changes_nothing_in_the_document;
    a_running_act_is_scrolled_to_once;
}

/// Counts the popup's requests in `looks`. `seenAt` is their number when the popup first shows a unique ID.
const COUNT_LOOKS: &str = "
    window.looks = 0;
    const send = chrome.runtime.sendMessage;
    chrome.runtime.sendMessage = (...message) => (window.looks++, send.apply(chrome.runtime, message));
    const observer = new MutationObserver(() => (window.seenAt ??= window.looks));
    observer.observe(document.querySelector('[data-field=uniqueId]'), { attributes: true, attributeFilter: ['data-value'] });
    return true";

/// The test counts requests instead of time, which has no limit on a busy machine.
fn a_change_made_by_the_page_shows_at_the_next_look(world: &World) {
    let page = world.open_connected("/spa");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.0.eval(COUNT_LOOKS).unwrap();
    page.eval("document.getElementById('login').click()").unwrap();
    let before = popup.0.eval("looks").unwrap().as_u64().unwrap();
    let seen_at = popup.wait("the login", "window.seenAt !== undefined && [window.seenAt]")[0].as_u64().unwrap();
    // The current request may be older than the change, and one reply may report that the page is busy.
    assert!(seen_at <= before + 2, "{} looks", seen_at - before);
}

fn looking_again_does_not_disturb_typing(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "abcdef");
    popup.0.eval("document.querySelector('#uniqueId-0').setSelectionRange(2, 4)").unwrap();
    popup.0.eval("window.typedInto = document.activeElement").unwrap();
    page.eval("Upscope._config.tags = ['#CHANGED']").unwrap();
    popup.wait_value("tags", &json!(["#CHANGED"]));
    let kept = popup.0.eval("window.typedInto === document.activeElement && [window.typedInto.value, window.typedInto.selectionStart, window.typedInto.selectionEnd]").unwrap();
    assert_eq!(kept, json!(["abcdef", 2, 4]));
}

/// A click needs press and release on the same element, so an update between the two must not replace the button.
fn a_change_of_the_page_leaves_the_button_under_a_pressed_pointer(world: &World) {
    let page = world.open_connected("/connected");
    page.eval("Upscope._config.tags = ['one tag']").unwrap();
    let popup = world.inspect(&page);
    popup.wait_value("tags", &json!(["one tag"]));
    let buttons = "[...document.querySelectorAll('[data-field=tags] button')]";
    let count = popup.0.eval(&format!("window.pressed = {buttons}, window.pressed.length")).unwrap();
    assert_eq!(count, json!(2), "to repair and to edit");
    page.eval("Upscope._config.tags = ['another tag']").unwrap();
    popup.wait_value("tags", &json!(["another tag"]));
    let same = format!("{buttons}.every((button, index) => button === window.pressed[index])");
    assert_eq!(popup.0.eval(&same).unwrap(), json!(true));
}

/// A report without changes updates no view.
fn an_unchanged_page_changes_nothing_in_the_document(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    // Parts that load after the first paint.
    popup.wait_for(".details dt");
    popup.wait_for("[role=status]");
    let js = "
        window.replies = 0, window.changes = [];
        const send = chrome.runtime.sendMessage;
        chrome.runtime.sendMessage = async (...message) => {
            const reply = await send.apply(chrome.runtime, message);
            window.replies++;
            return reply;
        };
        const name = ({ type, attributeName, target }) => `${type} ${attributeName} ${(target.outerHTML ?? target.data).slice(0, 80)}`;
        // The age of a look shows where a look took seconds.
        const isAge = ({ target }) => (target.closest ? target : target.parentElement)?.closest('.live');
        const observer = new MutationObserver((records) => window.changes.push(...records.filter((one) => !isAge(one)).map(name)));
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        return true";
    popup.0.eval(js).unwrap();
    popup.wait("ten more replies", "window.replies > 10");
    // The lookup code's remaining minutes may change.
    let changes = popup.0.eval("window.changes.filter((change) => !change.includes(' min'))").unwrap();
    assert_eq!(changes, json!([]));
}

/// Counts the popup's timer ticks in `beats`: each tick reads `document.hidden` first.
const COUNT_BEATS: &str = "
    window.beats = 0;
    Object.defineProperty(document, 'hidden', { get: () => (beats++, false) });
    return true";

fn wait_for_beats(popup: &Popup, more: u32) {
    let count = popup.0.eval("beats").unwrap();
    popup.wait("more beats", &format!("beats >= {count} + {more}"));
}

fn a_running_act_is_scrolled_to_once(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.0.eval(COUNT_BEATS).unwrap();
    popup.act("switch");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "grace-2");
    world.site.command(Command::HoldHandshakes(true));
    popup.act("apply");
    popup.wait_for("[data-act=running]");
    wait_for_beats(&popup, 2);
    let is_in_sight = "(({ bottom }, { top }) => bottom > top)(document.querySelector('[data-act]').getBoundingClientRect(), document.querySelector('main').getBoundingClientRect())";
    popup.wait("the act in sight", is_in_sight);
    popup.0.eval("{ const main = document.querySelector('main'); main.scrollTop = main.scrollHeight; }").unwrap();
    assert_eq!(popup.0.eval(is_in_sight).unwrap(), json!(false), "scrolled away");
    wait_for_beats(&popup, 4);
    assert!(popup.exists("[data-act=running]"));
    assert_eq!(popup.0.eval(is_in_sight).unwrap(), json!(false), "a beat scrolls back");
    world.site.command(Command::HoldHandshakes(false));
    popup.wait_for("[data-act]:not([data-act=running])");
    popup.wait("the outcome in sight", is_in_sight);
}
