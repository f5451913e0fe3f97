//! The choice of the frame.

use crate::in_both;
use crate::support::{SOON, World};
use serde_json::json;

in_both! {
    the_frame_picked_is_kept;
    the_order_of_the_frames_is_not_that_of_their_answers;
    a_frame_refused_because_of_its_parent_is_shown;
}

fn the_frame_picked_is_kept(world: &World) {
    // With access to both origins, because a click on the toolbar button may grant only the top one's.
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    world.browser.grant_host("http://localhost/*").unwrap();
    let page = world.open("/frames");
    world.site.wait_for("both visitors", SOON, |record| (record.visitors.len() == 2).then_some(())).unwrap();
    let popup = world.inspect(&page);
    popup.wait_for("[data-action=choose-frame]");
    let picker = "document.querySelector('[data-action=choose-frame]')";
    popup.wait("two frames", &format!("{picker}.options.length === 2"));
    // The server creates a visitor before the page knows its short ID.
    popup.wait("a short ID", "document.querySelector('[data-field=shortId]').dataset.value");
    let first = popup.value("shortId");
    let other = popup.0.eval(&format!("({picker}.selectedIndex + 1) % 2")).unwrap();
    popup
        .0
        .eval(&format!(
            "{{ {picker}.selectedIndex = {other}; {picker}.dispatchEvent(new Event('change', {{ bubbles: true }})); }}"
        ))
        .unwrap();
    popup.wait(
        "the other visitor",
        &format!(
            "((value) => value && value !== {})(document.querySelector('[data-field=shortId]').dataset.value)",
            json!(first.unwrap().to_string())
        ),
    );
    let chosen = popup.value("shortId").unwrap();
    popup.close();
    let popup = world.inspect(&page);
    popup.wait_value("shortId", &chosen);
    // An edit goes to the frame that is shown.
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "in-this-frame");
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    world.server_holds(chosen.as_str().unwrap(), "the edit", |visitor| {
        visitor.unique_id == Some(json!("in-this-frame"))
    });
    assert_eq!(
        world.site.visitors().iter().filter(|visitor| visitor.unique_id == Some(json!("in-this-frame"))).count(),
        1
    );
}

fn the_order_of_the_frames_is_not_that_of_their_answers(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    world.browser.grant_host("http://localhost/*").unwrap();
    let page = world.open("/frames");
    world.site.wait_for("both visitors", SOON, |record| (record.visitors.len() == 2).then_some(())).unwrap();
    let own = world.browser.open_extension_page("find.html").unwrap();
    let request = json!({ "inspect": { "tab": page.tab_id().unwrap() } });
    let read = format!(
        "chrome.runtime.sendMessage({request}).then(({{ inspected }}) => inspected.frames.map(({{ frame }}) => frame))"
    );
    let before = own.eval(&read).unwrap();
    assert_eq!((before[0].clone(), before.as_array().map(Vec::len)), (json!(0), Some(3)), "{before}");
    let reverse = "const { scripting } = chrome, { executeScript } = scripting; \
        scripting.executeScript = async (injection) => (await executeScript.call(scripting, injection)).reverse(); return true";
    world.browser.eval_background(reverse).unwrap();
    assert_eq!(own.eval(&read).unwrap(), before);
}

fn a_frame_refused_because_of_its_parent_is_shown(world: &World) {
    let page = world.open("/frame-refused");
    let popup = world.inspect(&page);
    popup.wait_for("[data-action=choose-frame]");
    let picker = "document.querySelector('[data-action=choose-frame]')";
    popup.wait_state("connected");
    popup
        .0
        .eval(&format!(
            "{{ {picker}.selectedIndex = 1; {picker}.dispatchEvent(new Event('change', {{ bubbles: true }})); }}"
        ))
        .unwrap();
    popup.wait_state("refused");
}
