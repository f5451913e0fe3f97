//! Components without controls: lists of texts, notices and announcements.

use super::Stage;
use crate::in_both;
use crate::support::World;
use xtask::drive::Seen;

in_both! {
    a_list_of_texts_is_a_list;
    a_notice_is_read_and_what_dismisses_it_loses_no_focus;
}

/// The items of all lists of a state.
fn items(stage: &Stage, state: &str) -> Vec<String> {
    let page = stage.show(state);
    // Firefox updates the accessibility tree a moment after the page.
    stage.see("group", "Tags");
    page.seen().unwrap().into_iter().filter(|seen| seen.role == "listitem").map(|seen| seen.text).collect()
}

fn a_list_of_texts_is_a_list(world: &World) {
    let stage = Stage::new(world);
    assert_eq!(items(&stage, "2-visitor/connected")[..4], ["Ada Marsh", "ada@acme.example", "#VIP", "#EARLY-ADOPTER"]);
    assert_eq!(items(&stage, "2-visitor/right-to-left")[..2], ["نورا الحسن", "דנה כהן"]);
    assert_eq!(items(&stage, "2-visitor/emoji")[0], "👨‍👩‍👧‍👦 Família Souza");
    // Markup is shown as text.
    assert_eq!(items(&stage, "2-visitor/markup")[0], "<script>alert(1)</script>");
}

fn a_notice_is_read_and_what_dismisses_it_loses_no_focus(world: &World) {
    let stage = Stage::new(world);
    stage.show("1-page/autoconnect-off");
    stage.see("heading", "Not connected: autoconnect is off");
    stage.show("4-outcome/read-back");
    stage.see("heading", "Change applied");
    stage.hear("Change applied");
    stage.click("button", "Undo change");
    stage.see_focus("button", "Visitor");
    stage.show("4-outcome/read-back");
    stage.click("button", "Dismiss");
    stage.see_gone("heading", "Change applied");
    stage.see_focus("button", "Visitor");
    stage.show("2-visitor/set-aside");
    stage.click("button", "Discard changes");
    stage.see_focus("button", "Visitor");
    stage.show("7-options/none");
    stage.click("button", "Delete everything…");
    // A question is read because it describes the answer that has the focus, which changes nothing.
    let asks = |seen: &Seen| seen.is("focused") && seen.description.starts_with("This deletes drafts");
    stage.see_when("button", "Cancel", "to ask", asks);
}
