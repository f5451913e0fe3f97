//! Keys that an input method uses during composition have no other effect. For example, the Enter that commits a word
//! doesn't move the focus.

use crate::in_both;
use crate::presets::keep;
use crate::support::{Popup, World};
use serde_json::json;

in_both! {
    enter_takes_the_word_and_the_focus_stays;
    metadata_is_composed_like_any_text;
    escape_gives_a_word_up_and_nothing_else;
    a_preset_is_found_before_it_is_taken;
    values_used_before_are_not_walked_through;
    the_timeline_is_searched_in_japanese;
    letters_are_no_shortcuts;
}

/// Keys that an input method uses in the middle of a word.
const KEYS: [&str; 4] = ["ArrowDown", "ArrowUp", "Escape", "Enter"];

impl Popup {
    /// Composes a text in the focused element, and waits until the text is there and the focus unchanged.
    fn compose(&self, css: &str, text: &str, keys: &[&str]) {
        self.wait_for(&format!("{css}:focus"));
        self.0.compose(text, keys).unwrap();
        let there = format!("document.querySelector('{css}').value.endsWith('{text}')");
        self.wait(&format!("{text} in {css}"), &there);
        self.settle();
        assert!(self.exists(&format!("{css}:focus")), "the focus left {css}");
    }

    /// Waits for the effects of a key that would run in a later task.
    fn settle(&self) {
        let frame = "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))";
        assert_eq!(self.0.eval(frame).unwrap(), true);
    }

    /// Sends a key that only `keyCode` 229 marks as part of a composition, as some browsers do.
    fn press_marked(&self, css: &str, key: &str) {
        let init = format!("{{ key: '{key}', keyCode: 229, bubbles: true, cancelable: true }}");
        let js = format!("document.querySelector('{css}').dispatchEvent(new KeyboardEvent('keydown', {init}))");
        self.0.eval(&js).unwrap();
        self.settle();
    }
}

fn popup(world: &World) -> Popup {
    world.browser.grant_host(crate::server::HOST).unwrap();
    let popup = world.inspect_in_tab(&world.open_connected("/connected"));
    popup.wait_state("connected");
    popup
}

fn enter_takes_the_word_and_the_focus_stays(world: &World) {
    let popup = popup(world);
    popup.act_on("identities", "edit");
    popup.wait_for("#identities-0:focus");
    popup.0.eval("document.querySelector('#identities-0').select()").unwrap();
    popup.compose("#identities-0", "田中", &KEYS);
    popup.press_marked("#identities-0", "Enter");
    assert!(popup.exists(".editing[data-field=identities] #identities-0:focus"));
    // After the composition ends, Enter works in the editor again.
    popup.0.press("Enter").unwrap();
    popup.wait_for("#identities-1:focus");
    popup.act("apply");
    popup.wait_outcome("identities", "read-back");
    assert_eq!(popup.value("identities").unwrap()[0], "田中");
}

fn metadata_is_composed_like_any_text(world: &World) {
    let popup = popup(world);
    popup.act_on("metadata", "edit");
    popup.wait_for(".editing[data-field=metadata] input:focus");
    let id = popup.0.eval("document.activeElement.id").unwrap();
    popup.compose(&format!("#{}", id.as_str().unwrap()), "役職", &["Enter", "Escape", "ArrowDown"]);
    assert!(popup.exists(".editing[data-field=metadata]") && !popup.exists("[data-act]"));
}

fn escape_gives_a_word_up_and_nothing_else(world: &World) {
    let popup = popup(world);
    popup.act_on("uniqueId", "edit");
    popup.compose("#uniqueId-0", "顧客", &["Escape"]);
    popup.press_marked("#uniqueId-0", "Escape");
    assert!(popup.exists(".editing[data-field=uniqueId]"));
    popup.act("discard");
    popup.act("presets");
    popup.wait_for("dialog[open][data-dialog=presets] #preset-search:focus");
    popup.compose("#preset-search", "一", &["Escape"]);
    popup.press_marked("#preset-search", "Escape");
    assert!(popup.exists("dialog[open][data-dialog=presets]"));
    popup.0.press("Escape").unwrap();
    popup.wait("the dialog to close", "!document.querySelector('dialog[open]')");
}

fn a_preset_is_found_before_it_is_taken(world: &World) {
    let preset = |name: &str, id: &str| json!({ "name": name, "values": { "uniqueId": id } });
    keep(world, &json!([preset("田中", "tanaka"), preset("佐藤", "sato")]));
    let popup = popup(world);
    popup.open_presets();
    popup.wait_for("dialog[open] [data-preset='佐藤']");
    popup.compose("#preset-search", "佐藤", &KEYS);
    popup.press_marked("#preset-search", "Enter");
    assert!(popup.exists("dialog[open] [data-preset='佐藤']") && !popup.exists(".editing"));
    popup.0.press("Enter").unwrap();
    popup.wait_input("#uniqueId-0", "sato");
}

fn values_used_before_are_not_walked_through(world: &World) {
    crate::last_used::keep(world, &json!({ "tags": ["#優先", "#優良"] }));
    let popup = popup(world);
    popup.edit_offered("tags");
    popup.0.eval("document.querySelector('#tags-0').select()").unwrap();
    popup.compose("#tags-0", "優", &["ArrowDown", "Enter"]);
    popup.press_marked("#tags-0", "ArrowDown");
    assert!(!popup.exists("#tags-0[aria-activedescendant]"), "no offer is chosen");
    popup.0.press("ArrowDown").unwrap();
    popup.wait_for("#tags-0[aria-activedescendant]");
}

fn the_timeline_is_searched_in_japanese(world: &World) {
    let page = world.recorded("connected");
    page.0.press("/").unwrap();
    page.compose("#find-entries", "名前", &KEYS);
    page.press_marked("#find-entries", "ArrowDown");
    page.press_marked("#find-entries", "Escape");
    assert!(page.exists("#find-entries:focus"));
    page.wait_input("#find-entries", "名前");
    page.0.press("Escape").unwrap();
    page.wait_input("#find-entries", "");
}

fn letters_are_no_shortcuts(world: &World) {
    let popup = popup(world);
    popup.press_marked("body", "p");
    assert!(!popup.exists("dialog[open]"));
    popup.act_on("uniqueId", "edit");
    popup.compose("#uniqueId-0", "山", &["p", " "]);
    assert!(!popup.exists("dialog[open]"));
    popup.act("discard");
    popup.open_presets();
}
