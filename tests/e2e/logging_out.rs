//! Point 6: logging out and switching the visitor, in the order that loses nothing.

use crate::in_both;
use crate::support::{SOON, World};
use serde_json::json;

in_both! {
    logging_out_is_confirmed_and_a_new_short_id_comes;
    logging_out_without_reconnecting_stays_out;
    switching_the_visitor_loses_nothing;
}

fn logging_out_is_confirmed_and_a_new_short_id_comes(world: &World) {
    let page = world.open_connected("/connected");
    let old = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_value("shortId", &json!(old));
    popup.act("log-out");
    popup.wait_for("[data-dialog]");
    assert!(!world.site.frames().iter().any(|frame| frame.name == "stopSession"), "nothing before the confirmation");
    popup.act("confirm");
    popup.wait("a new short ID", &format!("(v => v && v !== '\"{old}\"' && v !== 'null')(document.querySelector('[data-field=shortId]').dataset.value)"));
    let new = popup.value("shortId").unwrap();
    assert_eq!(new, json!(world.visitor_of(&page)));
    assert_ne!(new, json!(old));
    assert_eq!(popup.value("uniqueId"), None);
}

fn logging_out_without_reconnecting_stays_out(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.act("log-out");
    popup.act("reconnect");
    popup.act("confirm");
    popup.wait("no short ID", "!document.querySelector('[data-field=shortId]').dataset.value");
    world.site.wait_for("the socket to close", SOON, |record| (record.sockets_open == 0).then_some(())).unwrap();
    assert_eq!(world.site.sockets_opened(), 1);
}

fn switching_the_visitor_loses_nothing(world: &World) {
    let page = world.open_connected("/connected");
    let old = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.act("switch");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "grace-2");
    popup.edit_metadata_as_json(r#"{"plan": "pro"}"#);
    popup.act("apply");
    popup.wait("a new short ID", &format!("(v => v && v !== '\"{old}\"' && v !== 'null')(document.querySelector('[data-field=shortId]').dataset.value)"));
    let new = world.visitor_of(&page);
    assert_ne!(new, old);
    world.server_holds(&new, "the new identity", |visitor| {
        visitor.unique_id == Some(json!("grace-2"))
            && visitor.metadata == Some(json!({"plan": "pro"}))
            && visitor.tags.is_none()
    });
    let before = world.site.visitor(&old).unwrap();
    assert_eq!(before.unique_id, Some(json!("cust-1042")), "the old visitor is left as it was");
    popup.wait_value("uniqueId", &json!("grace-2"));
}
