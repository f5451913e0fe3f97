//! Buttons with text, icon buttons and copy buttons.

use super::Stage;
use crate::in_both;
use crate::support::World;

in_both! {
    buttons_have_names_and_states;
    what_was_copied_is_said;
}

fn buttons_have_names_and_states(world: &World) {
    let stage = Stage::new(world);
    let page = stage.show("2-visitor/connected");
    assert!(stage.see("button", "Request code…").states.is_empty());
    // The icon adds nothing to the accessible name.
    let refresh = stage.see("button", "Refresh");
    assert_eq!((&*refresh.text, &*refresh.description), ("", ""));
    let pictures = page.seen().unwrap().into_iter().filter(|seen| matches!(&*seen.role, "image" | "img" | "graphic"));
    assert_eq!(pictures.map(|seen| seen.name).collect::<Vec<_>>(), Vec::<String>::new());
    let (role, mask) = ("button", "Hide personal data");
    assert!(!stage.see(role, mask).is("pressed"));
    stage.click(role, mask);
    stage.see_state(role, mask, "pressed");
    stage.see_focus(role, mask);
    stage.press(&[" "]);
    stage.see_when(role, mask, "to come up", |seen| !seen.is("pressed"));
    stage.press(&["Enter"]);
    stage.see_state(role, mask, "pressed");
    stage.show("3-editing/unique-id-wrong");
    assert_eq!(stage.see_state("button", "Apply changes", "disabled").description, "Ctrl+Enter or ⌘+Enter");
}

fn what_was_copied_is_said(world: &World) {
    let stage = Stage::new(world);
    let masked = "Copied with personal data hidden. Press again to copy the real values.";
    // The first press copies a report with placeholders, the second one copies the real values.
    stage.show("1-page/no-upscope");
    stage.click("button", "Copy report");
    stage.hear("Report copied with personal data hidden. Press again to copy the real values.");
    let copied = stage.see("button", "Copied •••");
    assert_eq!(copied.description, masked);
    stage.see_focus("button", "Copied •••");
    stage.press(&["Enter"]);
    stage.hear("Report copied");
    stage.see_focus("button", "Copied");
    // An icon button keeps its accessible name.
    let page = stage.show("2-visitor/connected");
    // Firefox updates the accessibility tree a moment after the page.
    stage.see("button", "Copy short ID");
    assert_eq!(page.said_aloud().unwrap(), ["4821"], "only the lookup code is said");
    stage.click("button", "Copy short ID");
    stage.hear("Short ID copied");
    stage.see_focus("button", "Copy short ID");
    stage.click("button", "Copy report");
    stage.hear("Report copied with personal data hidden. Press again to copy the real values.");
    let copied = stage.see_when("button", "Copy report", "to have copied", |seen| !seen.description.is_empty());
    assert_eq!(copied.description, masked);
    stage.show("2-visitor/masked");
    stage.click("button", "Copy short ID");
    stage.hear("Short ID copied with personal data hidden. Press again to copy the real values.");
}
