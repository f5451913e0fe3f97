//! Editing: every field can be kept, set and removed, and the popup then shows the actual result.

use crate::in_both;
use crate::support::{SOON, World};
use serde_json::{Value, json};
use xtask::site::Command;

in_both! {
    every_field_is_set_and_the_server_has_it;
    removing_sends_null;
    list_items_are_added_changed_removed_and_reordered;
    a_wrong_item_is_refused_beside_it_and_repaired;
    metadata_keeps_its_types_in_table_and_json;
    integration_ids_add_up_and_one_system_can_be_cleared;
    undo_sends_the_inverse_or_shows_why_not;
    a_call_that_waits_is_not_called_done;
    a_dead_queue_is_shown;
    an_edit_while_the_connection_is_down_is_warned_of_and_known_again;
    on_a_page_with_a_to_json_lists_are_warned_of;
    metadata_in_a_waiting_call_is_shown_as_lost;
}

fn every_field_is_set_and_the_server_has_it(world: &World) {
    let page = world.open_connected("/anonymous");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "00032");
    popup.add_item("identities", "John Smith");
    popup.add_item("identities", "acme.com");
    popup.add_item("tags", "#VIP");
    popup.add_item("integrationIds", "zendesk:8831");
    popup.edit_metadata_as_json(r#"{"plan": "pro", "seats": 12}"#);
    popup
        .wait("the preview", "document.querySelector('#preview').textContent.includes(\"Upscope('updateConnection'\")");
    popup.act("apply");
    for field in ["uniqueId", "identities", "tags", "integrationIds"] {
        popup.wait_outcome(field, "read-back");
    }
    // 2.x doesn't report metadata back.
    popup.wait_outcome("metadata", "sent");
    world.server_holds(&short_id, "every field", |visitor| {
        visitor.unique_id == Some(json!("00032"))
            && visitor.identities == Some(json!(["John Smith", "acme.com"]))
            && visitor.tags == Some(json!(["#VIP"]))
            && visitor.integration_ids == ["zendesk:8831"]
            && visitor.metadata == Some(json!({"plan": "pro", "seats": 12}))
    });
    popup.wait_value("identities", &json!(["John Smith", "acme.com"]));
}

fn removing_sends_null(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    for field in ["uniqueId", "identities", "tags"] {
        popup.act_on(field, "edit");
        popup.0.click(&format!("[data-field={field}] label:has(> [data-action=remove])")).unwrap();
    }
    popup.act("apply");
    for field in ["uniqueId", "identities", "tags"] {
        popup.wait_outcome(field, "read-back");
        popup.wait_value(field, &Value::Null);
    }
    world.server_holds(&short_id, "the removal", |visitor| {
        visitor.unique_id.is_none()
            && visitor.identities.is_none()
            && visitor.tags.is_none()
            && visitor.removed.len() >= 3
    });
    // The call contains no field that the person kept. The server records a frame after it has processed it.
    let sent = world.site.wait_for("the call", SOON, |record| {
        record.frames.iter().rfind(|frame| frame.name == "connectionUpdate").map(|frame| frame.data.clone())
    });
    assert_eq!(sent.unwrap(), json!({"uniqueId": null, "identities": null, "tags": null}));
}

fn list_items_are_added_changed_removed_and_reordered(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.add_item("tags", "#NEW");
    popup.type_into("#tags-0", "#FIRST");
    // Of #FIRST, #EARLY-ADOPTER and #NEW, moves the last one up and removes #EARLY-ADOPTER.
    popup.act_on_item("tags", 2, "move-up");
    popup.wait_input("#tags-1", "#NEW");
    popup.act_on_item("tags", 2, "remove-item");
    popup.wait("two items", "!document.querySelector('#tags-3')");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    popup.wait_value("tags", &json!(["#FIRST", "#NEW"]));
}

fn a_wrong_item_is_refused_beside_it_and_repaired(world: &World) {
    let page = world.open_connected("/anonymous");
    let popup = world.inspect(&page);
    popup.add_item("tags", "#vip");
    popup.wait_for("[data-field=tags] [data-error=tag-pattern]");
    popup.wait("applying to be off", "document.querySelector('[data-action=apply]').disabled");
    popup.wait_input("#tags-0", "#vip");
    popup.act_on("tags", "repair");
    popup.wait_input("#tags-0", "#VIP");
    popup.wait("applying to be on", "!document.querySelector('[data-action=apply]').disabled");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
}

fn metadata_keeps_its_types_in_table_and_json(world: &World) {
    let page = world.open_connected("/anonymous");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.act_on("metadata", "edit");
    popup.type_into("#metadata-key-0", "seats");
    popup.wait_for("#metadata-key-1");
    let row = ".entry:has(#metadata-key-0)";
    popup.0.eval(&format!("{{ const s = document.querySelector('{row} [data-action=metadata-kind]'); s.value = 'number'; s.dispatchEvent(new Event('change', {{ bubbles: true }})); }}")).unwrap();
    popup.type_into("#metadata-value-0", "12,5");
    popup.wait_for("[data-field=metadata] [data-error=not-a-number]");
    popup.type_into("#metadata-value-0", "12.5");
    popup.wait("no error", "!document.querySelector('[data-field=metadata] [data-error]')");
    popup.choose("metadata-json");
    let text = popup.wait("the JSON", "document.querySelector('#metadata-json').value");
    assert_eq!(serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap(), json!({"seats": 12.5}));
    popup.type_into("#metadata-json", "{\"seats\": ");
    popup.wait_for("[data-field=metadata] [data-error=not-json]");
    popup.type_into("#metadata-json", r#"{"seats": 12.5, "ok": true, "name": "12"}"#);
    popup.act("apply");
    popup.wait_outcome("metadata", "sent");
    world.server_holds(&short_id, "typed metadata", |visitor| {
        visitor.metadata == Some(json!({"seats": 12.5, "ok": true, "name": "12"}))
    });
}

fn integration_ids_add_up_and_one_system_can_be_cleared(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.add_item("integrationIds", "drift:5");
    popup.act_on_item("integrationIds", 0, "remove-item");
    popup.wait("two items", "!document.querySelector('#integrationIds-3')");
    popup.act("apply");
    popup.wait_outcome("integrationIds", "read-back");
    world.server_holds(&short_id, "one system cleared, one added", |visitor| {
        visitor.integration_ids == ["crm:0031", "drift:5"]
    });
}

fn undo_sends_the_inverse_or_shows_why_not(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.add_item("tags", "#NEW");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    popup.act("undo");
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    world.server_holds(&short_id, "the old tags", |visitor| visitor.tags == Some(json!(["#VIP", "#EARLY-ADOPTER"])));
    popup.close();

    let page = world.open_connected("/anonymous");
    let popup = world.inspect(&page);
    popup.add_item("tags", "#NEW");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    assert!(!popup.exists("[data-action=undo]"), "the earlier value is unknown");
}

fn a_call_that_waits_is_not_called_done(world: &World) {
    let page = world.open("/autoconnect-off");
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    popup.add_item("tags", "#WAIT");
    popup.act("apply");
    popup.wait_outcome("tags", "waiting");
    assert_eq!(world.site.sockets_opened(), 0, "an update forces no connection");
    // `connect` empties the queue.
    page.eval("Upscope('connect')").unwrap();
    popup.wait_outcome("tags", "read-back");
    let short_id = world.visitor_of(&page);
    world.server_holds(&short_id, "the tags", |visitor| visitor.tags == Some(json!(["#QUIET", "#WAIT"])));
}

fn a_dead_queue_is_shown(world: &World) {
    let page = world.open("/dead-queue");
    page.wait_for("the dead queue", "localStorage.getItem('__upscope:shortId') && window.Upscope._config?.uniqueId === 'cust-2000' && Upscope.q.push === Array.prototype.push", SOON).unwrap();
    let popup = world.inspect(&page);
    popup.add_item("tags", "#LATE");
    popup.act("apply");
    popup.wait_outcome("tags", "waiting");
    assert_eq!(page.eval("Upscope.q.length").unwrap(), json!(1));
}

fn an_edit_while_the_connection_is_down_is_warned_of_and_known_again(world: &World) {
    let page = world.open_connected("/connected");
    // Finds the SDK's socket by the next frame that it sends.
    page.eval(
        "(WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, \
         { apply: (send, socket, args) => Reflect.apply(send, globalThis.heard = socket, args) }), \
         Upscope('logEvent', 'seen'), true)",
    )
    .unwrap();
    let popup = world.inspect(&page);
    popup.add_item("tags", "#LATE");
    assert!(!popup.exists("[data-warning]"), "nothing tells that the connection is down");
    world.site.command(Command::RefuseConnections(true));
    world.site.command(Command::DropSockets);
    page.wait_for("the loss", "heard.readyState === 3", SOON).unwrap();
    popup.act("apply");
    popup.wait_for("[data-act=not-done][data-error=down]");
    assert_eq!(page.eval("Upscope.q.length").unwrap(), json!(0), "nothing waits that was not foreseen");
    popup.wait_for("[data-warning=down]");
    popup.act("apply");
    // The call stays queued until the next connection attempt, which processes the queue.
    popup.wait_outcome("tags", "read-back");
    world.site.command(Command::RefuseConnections(false));
    let short_id = world.visitor_of(&page);
    world.server_holds(&short_id, "the edit", |visitor| {
        visitor.tags.as_ref().is_some_and(|tags| tags.to_string().contains("#LATE"))
    });
    // Later calls of the page stay queued. The popup must not report them as its own.
    let waiting =
        page.eval("(Upscope('updateConnection', { callName: 'Ada' }), Upscope('logEvent', 'x'), Upscope.q.length)");
    assert_eq!(waiting.unwrap(), json!(2));
    popup.wait_state("not-connected");
    popup.wait_outcome("tags", "read-back");
}

fn on_a_page_with_a_to_json_lists_are_warned_of(world: &World) {
    let page = world.open_connected("/to-json");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.wait("a word on it", "document.body.innerText.includes('Array.prototype.toJSON')");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "7");
    popup.wait_for("#preview");
    assert!(!popup.exists("[data-warning=lists-as-text]"));
    popup.add_item("tags", "#NEW");
    popup.wait_for("[data-warning=lists-as-text]");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    world.server_holds(&short_id, "a text", |visitor| visitor.tags.as_ref().is_some_and(Value::is_string));
}

fn metadata_in_a_waiting_call_is_shown_as_lost(world: &World) {
    let page = world.open("/autoconnect-off");
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    popup.edit_metadata_as_json(r#"{"plan": "pro"}"#);
    popup.wait_for("[data-warning=metadata-lost]");
    popup.act("apply");
    popup.wait_outcome("metadata", "lost");
    popup.act("show-checks");
    popup.wait_for("#recorded [data-view=checks]");
    assert!(!popup.exists("[data-check=lost-waiting]"), "the call is not the page's");
    page.eval("(Upscope('updateConnection', { metadata: { plan: 'pro' } }), true)").unwrap();
    popup.wait_for("[data-check=lost-waiting]");
}
