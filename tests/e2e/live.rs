//! The popup stays live, and never gets in the way of the person while it does.

use crate::in_both;
use crate::support::{Popup, World};
use serde_json::json;
use std::time::{Duration, Instant};
use xtask::site::Command;

in_both! {
    a_change_made_by_the_page_shows_within_a_second;
    looking_again_does_not_disturb_typing;
    what_is_under_a_pressed_pointer_stays_until_it_is_released;
    a_press_is_not_ended_by_the_timer_of_the_one_before;
    a_running_act_is_scrolled_to_once;
}

fn a_change_made_by_the_page_shows_within_a_second(world: &World) {
    let page = world.open_connected("/spa");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    let asked = Instant::now();
    page.eval("document.getElementById('login').click()").unwrap();
    popup.wait("the login", "/Ada|ada/.test(document.querySelector('[data-field=identities]').dataset.value ?? '') || !!document.querySelector('[data-field=uniqueId]').dataset.value");
    assert!(asked.elapsed() < Duration::from_millis(1500), "{:?}", asked.elapsed());
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

/// All in one task and its microtasks, so that no timer comes between.
fn what_is_under_a_pressed_pointer_stays_until_it_is_released(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    let edit = |field: &str, pressed: bool| {
        let js = format!(
            "if ({pressed}) dispatchEvent(new PointerEvent('pointerdown')); \
             const button = document.querySelector('[data-field={field}] [data-action=edit]'); button.click(); \
             for (let i = 0; i < 100; i++) await null; return button.isConnected"
        );
        popup.0.eval(&js).unwrap()
    };
    assert_eq!(edit("uniqueId", false), json!(false), "made anew at once");
    assert_eq!(edit("tags", true), json!(true));
    popup.0.eval("dispatchEvent(new PointerEvent('pointerup'))").unwrap();
    popup.wait_for("#tags-0");
}

/// The timers that presses set are the test's.
fn a_press_is_not_ended_by_the_timer_of_the_one_before(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    let js = "
        const edit = (field) => document.querySelector(`[data-field=${field}] [data-action=edit]`);
        const turn = async () => { for (let i = 0; i < 100; i++) await null; };
        edit('uniqueId').click();
        await turn();
        const { setTimeout, clearTimeout } = window, timers = new Map();
        window.setTimeout = (run) => (timers.set(-1 - timers.size, run), -timers.size);
        window.clearTimeout = (id) => { timers.has(id) ? timers.set(id, null) : clearTimeout.call(window, id); };
        for (const type of ['pointerdown', 'pointerup', 'pointerdown']) dispatchEvent(new PointerEvent(type));
        Object.assign(window, { setTimeout, clearTimeout });
        const [end, ...before] = [...timers.values()].reverse();
        window.endPress = end;
        before.forEach((run) => run?.());
        const button = edit('tags');
        button.click();
        await turn();
        return [before.length, button.isConnected]";
    assert_eq!(popup.0.eval(js).unwrap(), json!([2, true]));
    popup.0.eval("window.endPress()").unwrap();
    popup.wait_for("#tags-0");
}

/// Counts the popup's beats in `beats`: each asks first whether the popup is hidden.
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
