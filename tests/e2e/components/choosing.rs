//! The segmented control.

use super::Stage;
use crate::in_both;
use crate::support::World;

in_both! {
    a_choice_is_a_group_of_radio_buttons;
}

fn a_choice_is_a_group_of_radio_buttons(world: &World) {
    let stage = Stage::new(world);
    stage.show("3-editing/unique-id");
    stage.see("radiogroup", "Action for Unique ID");
    stage.see_state("radio", "Set", "checked");
    stage.click("radio", "Remove");
    stage.see_state("radio", "Remove", "checked");
    stage.see_focus("radio", "Remove");
    assert!(!stage.see("radio", "Set").is("checked"));
    // Choosing an option with an input moves the focus to the input. Choosing one without an input moves it back to
    // where the edit began.
    stage.press(&["ArrowLeft"]);
    stage.see_state("radio", "Set", "checked");
    stage.see_focus("textbox", "Unique ID");
    stage.click("radio", "Keep");
    stage.see_gone("radiogroup", "Action for Unique ID");
    stage.see_focus("button", "Edit Unique ID");
    stage.show("7-options/none");
    stage.see("radiogroup", "Appearance");
    stage.click("radio", "Dark");
    stage.press(&["ArrowLeft"]);
    stage.see_state("radio", "Light", "focused");
    stage.see_state("radio", "Light", "checked");
}
