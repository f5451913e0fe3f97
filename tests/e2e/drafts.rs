//! Drafts: typed values survive until they are applied or discarded.

use crate::in_both;
use crate::support::World;
use serde_json::json;

in_both! {
    a_draft_is_there_when_the_popup_opens_again;
    a_draft_is_set_aside_when_the_page_has_moved_on;
    a_chosen_code_half_typed_is_there_again;
    an_editor_opens_again_with_the_present_value;
}

fn a_draft_is_there_when_the_popup_opens_again(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.act_on("tags", "edit");
    popup.type_into("#tags-0", "#half typ");
    popup.wait_for("[data-field=tags] [data-error]");
    popup.close();
    world.browser.stop_background().unwrap();
    let popup = world.inspect(&page);
    popup.wait("what was typed", "document.querySelector(\"#tags-0\")?.value === '#half typ'");
    popup.wait_for("[data-field=tags] [data-error=tag-pattern]");
    popup.act("discard");
    popup.wait("the draft gone", "!document.querySelector('#tags-0')");
    popup.close();
    let popup = world.inspect(&page);
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    assert!(!popup.exists("#tags-0"));
}

fn a_draft_is_set_aside_when_the_page_has_moved_on(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "typed-before");
    popup.close();
    page.reload().unwrap();
    world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_for("[data-action=bring-back]");
    assert!(!popup.exists("#uniqueId-0"), "not applied to another document by itself");
    popup.act("bring-back");
    popup.wait("what was typed", "document.querySelector('#uniqueId-0')?.value === 'typed-before'");
}

fn a_chosen_code_half_typed_is_there_again(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.act("set-code");
    popup.type_into("#chosen-code", "12");
    popup.close();
    let popup = world.inspect(&page);
    popup.wait("what was typed", "document.querySelector('#chosen-code')?.value === '12'");
}

fn an_editor_opens_again_with_the_present_value(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    let close = |field: &str| {
        popup.0.click(&format!("[data-field={field}] label:has(> [data-action=keep])")).unwrap();
        popup.wait("a closed editor", &format!("!document.querySelector('#{field}-0')"));
    };
    popup.act_on("tags", "edit");
    popup.wait_input("#tags-0", "#VIP");
    close("tags");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "typed-before");
    close("uniqueId");
    page.eval("(Upscope('updateConnection', { tags: ['#BOB'], uniqueId: 'cust-7' }), true)").unwrap();
    popup.wait_value("tags", &json!(["#BOB"]));
    popup.act_on("tags", "edit");
    popup.wait_input("#tags-0", "#BOB");
    popup.act_on("uniqueId", "edit");
    popup.wait_input("#uniqueId-0", "typed-before");
}
