//! The confirmation dialog.

use super::Stage;
use crate::in_both;
use crate::support::World;

in_both! {
    a_question_has_the_focus_and_gives_it_back;
}

fn a_question_has_the_focus_and_gives_it_back(world: &World) {
    let stage = Stage::new(world);
    stage.show("2-visitor/connected");
    stage.click("button", "Log out visitor…");
    stage.see("dialog", "Log this visitor out?");
    // Assistive technology finds nothing behind the dialog.
    stage.see_gone("button", "Refresh");
    let reconnect = stage.page.focused().unwrap();
    assert!(reconnect.role == "checkbox" && reconnect.name.starts_with("Reconnect as a new visitor"), "{reconnect:?}");
    assert!(reconnect.is("checked"));
    stage.press(&[" "]);
    stage.see_when("checkbox", &reconnect.name, "to be off", |seen| !seen.is("checked"));
    // Tab cycles within the dialog.
    stage.press(&["Tab"]);
    stage.see_focus("button", "Cancel");
    stage.press(&["Tab"]);
    stage.see_focus("button", "Log out visitor");
    stage.press(&["Escape"]);
    stage.see_gone("dialog", "Log this visitor out?");
    stage.see_focus("button", "Log out visitor…");
    stage.press(&["Enter"]);
    stage.see("dialog", "Log this visitor out?");
    stage.click("button", "Cancel");
    stage.see_focus("button", "Log out visitor…");
    stage.show("2-visitor/presets");
    stage.see("dialog", "Presets");
    stage.press(&["Escape"]);
    stage.see_gone("dialog", "Presets");
}
