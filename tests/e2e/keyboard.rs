//! Everything works with the keyboard alone, and the focus is always visible.

use crate::in_both;
use crate::report::TAP;
use crate::support::{Popup, SOON, World};
use serde_json::json;
use xtask::drive::{Kind, Page};

in_both! {
    a_visitor_is_edited_by_the_keyboard_alone;
    a_value_is_copied_where_the_focus_is;
    escape_closes_what_is_open_before_the_popup;
    the_timeline_is_searched_and_walked_by_the_keyboard_alone;
}

/// More tab stops than there are between any two elements of the popup.
const MANY: usize = 60;

/// Whether the focused element has a visible focus ring. A segmented control draws the ring on the label after its
/// radio button.
const DRAWN: &str = "(() => {
    const on = document.activeElement, drawn = on.matches('.seg input') ? on.nextElementSibling : on;
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    return on !== document.body && on.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
})()";

/// Whether the focused element is in view and not covered.
const IN_SIGHT: &str = "(() => {
    const on = document.activeElement, { x, y, width, height } = on.getBoundingClientRect();
    return on.contains(document.elementFromPoint(x + width / 2, y + height / 2));
})()";

impl Popup {
    /// Presses `key` until the focus is on `css`, and checks at each stop that it is visible.
    fn go(&self, key: &str, css: &str) {
        for _ in 0..MANY {
            self.0.press(key).unwrap();
            self.wait("the focus to be seen", &format!("{DRAWN} && {IN_SIGHT}"));
            if self.0.eval(&has_focus(css)).unwrap() == json!(true) {
                return;
            }
        }
        panic!("{key} never came to {css}");
    }

    fn wait_focus(&self, css: &str) {
        self.wait(&format!("the focus on {css}"), &format!("{} && {DRAWN}", has_focus(css)));
    }

    fn press(&self, keys: &[&str]) {
        keys.iter().for_each(|key| self.0.press(key).unwrap());
    }

    fn type_keys(&self, text: &str) {
        text.chars().for_each(|key| self.0.press(&key.to_string()).unwrap());
    }
}

fn has_focus(css: &str) -> String {
    format!("document.activeElement.matches({})", json!(css))
}

fn a_visitor_is_edited_by_the_keyboard_alone(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    // Enter on the value opens its editor. The keys that apply an edit don't open one: what is sent was reviewed.
    popup.go("Tab", "[data-field=uniqueId] .val");
    popup.press(&["Meta+Enter", "Control+Enter", "Shift+Enter", "Alt+Enter"]);
    assert!(!popup.exists("[data-field=uniqueId].editing"));
    popup.press(&["Enter"]);
    popup.wait_focus("#uniqueId-0");
    popup.press(&["End"]);
    popup.type_keys("-k");
    popup.wait_input("#uniqueId-0", "cust-1042-k");
    // After Edit, Remove and Keep, the focus is back where it began.
    popup.go("Tab", "[data-field=identities] [data-action=edit]");
    popup.press(&["Enter"]);
    popup.wait_focus("#identities-0");
    popup.go("Shift+Tab", "[data-field=identities] [data-action=set]");
    popup.press(&["ArrowRight"]);
    popup.wait_focus("[data-field=identities] [data-action=remove]");
    popup.press(&["ArrowRight"]);
    popup.wait_focus("[data-field=identities] [data-action=edit]");
    // Down the list to the empty last row.
    popup.go("Tab", "[data-field=tags] [data-action=edit]");
    popup.press(&["Enter"]);
    popup.wait_focus("#tags-0");
    for next in ["#tags-1", "#tags-2"] {
        popup.press(&["Enter"]);
        popup.wait_focus(next);
    }
    popup.type_keys("#KEYS");
    popup.wait_for("#preview .changes");
    popup.press(&["Control+Enter"]);
    popup.wait_outcome("tags", "read-back");
    popup.wait_outcome("uniqueId", "read-back");
    popup.wait_focus("[data-field=tags] [data-action=edit]");
    let updates = world.site.frames().into_iter().filter(|frame| frame.name == "connectionUpdate").count();
    assert_eq!(updates, 1, "only the reviewed edit");
    world.server_holds(&short_id, "the edit", |visitor| {
        visitor.unique_id == Some(json!("cust-1042-k"))
            && visitor.tags == Some(json!(["#VIP", "#EARLY-ADOPTER", "#KEYS"]))
    });
}

fn a_value_is_copied_where_the_focus_is(world: &World) {
    let popup = world.inspect(&world.open_connected("/connected"));
    popup.wait_state("connected");
    popup.0.eval(TAP).unwrap();
    popup.go("Tab", "[data-field=uniqueId] .val");
    popup.press(&["Control+c"]);
    assert_eq!(popup.wait("the value", "window.copied[0]"), json!("cust-1042"));
    popup.wait_for("[data-field=uniqueId] .src.copied");
    popup.wait("its announcement", "document.querySelector('[role=status].sr-only').textContent.includes('Unique ID')");
    popup.go("Tab", "[data-field=tags] .val");
    popup.press(&["Control+c"]);
    assert_eq!(popup.wait("the other", "window.copied[1]"), json!("[\"#VIP\",\"#EARLY-ADOPTER\"]"));
    // With a text selection, the browser copies the selection.
    popup.0.eval("getSelection().selectAllChildren(document.querySelector('[data-field=uniqueId] .val'))").unwrap();
    popup.press(&["Control+c", "Tab"]);
    popup.wait("the focus to have gone on", "!document.activeElement.matches('[data-field=tags] .val')");
    assert_eq!(popup.0.eval("window.copied.length").unwrap(), json!(2));
}

/// The inspector in which its page receives Escape. Firefox closes a popup on Escape before its page receives the key
/// (typed values are saved as always), so the inspector is in a tab there.
fn where_escape_is_heard(world: &World, page: &Page) -> Popup {
    if world.browser.kind() == Kind::Chromium {
        return world.inspect(page);
    }
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    world.inspect_in_tab(page)
}

fn escape_closes_what_is_open_before_the_popup(world: &World) {
    let page = world.open_connected("/connected");
    let popup = where_escape_is_heard(world, &page);
    popup.wait_state("connected");
    popup.go("Tab", "[data-action=set-code]");
    popup.press(&["Enter"]);
    popup.wait_focus("#chosen-code");
    popup.type_keys("12");
    popup.press(&["Escape"]);
    popup.wait_for("dialog:not([open])");
    popup.wait_focus("[data-action=set-code]");
    popup.go("Tab", "[data-field=uniqueId] [data-action=edit]");
    popup.press(&["Enter"]);
    popup.wait_focus("#uniqueId-0");
    popup.press(&["End"]);
    popup.type_keys("x");
    popup.press(&["Escape"]);
    popup.wait_focus("[data-field=uniqueId] [data-action=edit]");
    // Escape keeps the typed text.
    popup.press(&["Enter"]);
    popup.wait_input("#uniqueId-0", "cust-1042x");
    popup.wait_focus("#uniqueId-0");
    popup.press(&["Escape"]);
    popup.wait_focus("[data-field=uniqueId] [data-action=edit]");
    popup.go("Tab", "[data-action=log-out]");
    popup.press(&["Enter"]);
    popup.wait_for("dialog[open][data-dialog=log-out]");
    popup.press(&["Escape"]);
    popup.wait_for("dialog:not([open])");
    popup.wait_focus("[data-action=log-out]");
    if world.browser.kind() == Kind::Chromium {
        popup.press(&["Escape"]);
        popup.0.wait_until_closed(SOON).unwrap();
    }
}

fn the_timeline_is_searched_and_walked_by_the_keyboard_alone(world: &World) {
    let page = world.recorded("connected");
    page.press(&["/"]);
    page.wait_focus("#find-entries");
    page.type_keys("#trial");
    page.wait("three rows", "document.querySelectorAll('.row').length === 3");
    page.press(&["ArrowDown"]);
    page.wait_focus("#entries");
    page.press(&["Home", "ArrowDown", "Enter"]);
    page.wait_for("#entries[aria-activedescendant] .row[aria-rowindex='2'] .data");
    page.press(&["/"]);
    page.wait_focus("#find-entries");
    page.press(&["Escape"]);
    page.wait_input("#find-entries", "");
    page.wait("all rows", "document.querySelectorAll('.row').length > 3");
}
