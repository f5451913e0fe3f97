//! Inputs and lists of inputs. An error describes its input, and a repair returns the focus.

use super::Stage;
use crate::in_both;
use crate::support::World;

in_both! {
    an_input_shows_its_error;
    a_list_is_read_and_changed_row_by_row;
}

fn an_input_shows_its_error(world: &World) {
    let stage = Stage::new(world);
    stage.show("3-editing/unique-id");
    stage.see_focus("textbox", "Unique ID");
    stage.see_value("Unique ID", "cust-1042");
    stage.see_right("Unique ID");
    // An empty input isn't invalid, but has a description.
    stage.type_text("textbox", "Unique ID", "");
    let empty =
        |seen: &xtask::drive::Seen| seen.description == "Enter a value, or select Remove" && !seen.is("invalid");
    stage.see_when("textbox", "Unique ID", "to want a value", empty);
    stage.type_text("textbox", "Unique ID", "نورا 👩🏽‍🚀");
    stage.see_right("Unique ID");
    stage.see_value("Unique ID", "نورا 👩🏽‍🚀");
    stage.show("3-editing/set-code");
    stage.type_text("textbox", "New code", "12a4");
    stage.see_wrong("New code", "Enter four digits");
    stage.see_state("button", "Set code", "disabled");
    stage.type_text("textbox", "New code", "1234");
    stage.see_right("New code");
    stage.see_when("button", "Set code", "to be enabled", |seen| !seen.is("disabled"));
    stage.show("7-options/none");
    stage.click("button", "Test and save account");
    stage.see_wrong("Secret API key", "");
    // A value that the page set is repaired in its editor.
    stage.show("2-visitor/malformed");
    stage.click("button", "Use acmechat:1");
    stage.see_state("radio", "Set", "checked");
    stage.see_focus("textbox", "Integration IDs, item 1");
}

fn a_list_is_read_and_changed_row_by_row(world: &World) {
    let stage = Stage::new(world);
    stage.show("3-editing/tags");
    stage.see_value("Tags, item 3", "#TRIAL");
    for (role, name) in [("button", "Move item 1 up"), ("button", "Move item 3 down"), ("button", "Remove item 4")] {
        stage.see_gone(role, name);
    }
    // The empty last row becomes an item when the person types the first character.
    stage.click("button", "Add item");
    stage.see_focus("textbox", "Tags, item 4");
    stage.type_text("textbox", "Tags, item 4", "vip customer");
    stage.see("textbox", "Tags, item 5");
    stage.see_wrong("Tags, item 4", "Use # followed by capital letters and hyphens, like #VIP");
    stage.see_right("Tags, item 3");
    stage.click("button", "Use #VIP-CUSTOMER");
    stage.see_value("Tags, item 4", "#VIP-CUSTOMER");
    stage.see_right("Tags, item 4");
    stage.see_focus("textbox", "Tags, item 4");
    stage.press(&["Alt+ArrowUp"]);
    stage.see_value("Tags, item 3", "#VIP-CUSTOMER");
    stage.see_focus("textbox", "Tags, item 3");
    stage.press(&["Enter"]);
    stage.see_focus("textbox", "Tags, item 4");
    stage.click("button", "Move item 1 down");
    stage.see_value("Tags, item 2", "#VIP");
    stage.see_focus("textbox", "Tags, item 2");
    for left in ["#VIP", "#VIP-CUSTOMER", "#TRIAL", ""] {
        stage.click("button", "Remove item 1");
        stage.see_value("Tags, item 1", left);
        stage.see_focus("textbox", "Tags, item 1");
    }
    let empty = |seen: &xtask::drive::Seen| seen.description == "Add at least one item, or select Remove";
    stage.see_when("textbox", "Tags, item 1", "to want an item", empty);
    stage.see_gone("textbox", "Tags, item 2");
}
