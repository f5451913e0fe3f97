//! Logging out and switching the visitor, in the order in which no value is cleared.

use crate::in_both;
use crate::support::{SOON, World};
use serde_json::json;
use xtask::site::Command;

in_both! {
    logging_out_is_confirmed_and_a_new_short_id_comes;
    logging_out_without_reconnecting_is_not_connected_until_the_address_changes;
    a_log_out_that_waits_shows_what_it_takes;
    switching_the_visitor_loses_nothing;
    a_switch_without_a_server_is_not_called_done;
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

fn logging_out_without_reconnecting_is_not_connected_until_the_address_changes(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.act("log-out");
    popup.act("reconnect");
    popup.act("confirm");
    popup.wait("no short ID", "!document.querySelector('[data-field=shortId]').dataset.value");
    world.site.wait_for("the socket to close", SOON, |record| (record.sockets_open == 0).then_some(())).unwrap();
    popup.wait_state("not-connected");
    assert_eq!(world.site.sockets_opened(), 1);
    popup.wait("why", "document.querySelector('main').innerText.includes('may reconnect by itself')");
    // After its socket's close event, the SDK reacts to a change of the URL.
    page.wait_for(
        "a handshake",
        "(history.pushState(null, '', `?route=${Math.random()}`), localStorage.getItem('__upscope:shortId') !== null)",
        SOON,
    )
    .unwrap();
    popup.wait_state("connected");
    assert_eq!(world.site.sockets_opened(), 2);
}

fn a_log_out_that_waits_shows_what_it_takes(world: &World) {
    let page = world.open("/autoconnect-off");
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    let before = popup.value("uniqueId");
    assert!(before.is_some());
    popup.act("log-out");
    popup.wait_for("[data-dialog]");
    popup.act("confirm");
    popup.wait_for("[data-pending=reset]");
    popup.wait_for("[data-act=waiting]");
    for field in ["uniqueId", "tags"] {
        popup.wait(
            field,
            &format!("document.querySelector('[data-field={field}]').innerText.includes('will be removed')"),
        );
    }
    assert_eq!(popup.value("uniqueId"), before, "it is still there");
    page.eval("(Upscope('connect'), true)").unwrap();
    popup.wait_state("connected");
    popup.wait("the visitor to be gone", "!document.querySelector('[data-field=uniqueId]').dataset.value");
    popup.wait("no log-out to wait", "!document.querySelector('[data-pending]')");
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
    popup.wait_outcome("uniqueId", "read-back");
    assert_eq!(page.eval("Upscope.q.push !== Array.prototype.push").unwrap(), json!(true), "the queue lives");
}

fn a_switch_without_a_server_is_not_called_done(world: &World) {
    let page = world.open_connected("/connected");
    let old = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.act("switch");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "grace-2");
    popup.edit_metadata_as_json(r#"{"plan": "pro"}"#);
    world.site.command(Command::RefuseConnections(true));
    popup.act("apply");
    popup.wait_for("[data-act=waiting]");
    popup.wait_outcome("uniqueId", "waiting");
    popup.wait_outcome("metadata", "waiting");
    let updates = || world.site.frames().iter().filter(|frame| frame.name == "connectionUpdate").count();
    assert_eq!(updates(), 0, "nothing is sent before a handshake");
    world.site.command(Command::RefuseConnections(false));
    popup.wait_outcome("uniqueId", "read-back");
    let new = world.visitor_of(&page);
    assert_ne!(new, old);
    world.server_holds(&new, "the new identity", |visitor| {
        visitor.unique_id == Some(json!("grace-2")) && visitor.metadata == Some(json!({"plan": "pro"}))
    });
}
