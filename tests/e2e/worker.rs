//! The background may be stopped at any moment.

use crate::in_both;
use crate::support::World;
use serde_json::json;

in_both! {
    an_edit_survives_the_background_stopping;
    another_document_is_never_edited;
}

fn an_edit_survives_the_background_stopping(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "after-stop");
    world.browser.stop_background().unwrap();
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    world.server_holds(&short_id, "the edit", |visitor| visitor.unique_id == Some(json!("after-stop")));
}

fn another_document_is_never_edited(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let page = world.open_connected("/connected");
    let tab = page.tab_id().unwrap();
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    // What a popup that is a moment behind would send.
    let target = popup.0.eval(&format!("chrome.runtime.sendMessage({{ inspect: {{ tab: {tab} }} }})")).unwrap();
    let frame = &target["inspected"]["frames"][0];
    let report: serde_json::Value = serde_json::from_str(frame["text"].as_str().unwrap()).unwrap();
    let document = &report["page"]["document"];
    page.reload().unwrap();
    let short_id = world.visitor_of(&page);
    let ask = json!({ "act": "update", "document": document, "update": { "uniqueId": "wrong-document" } }).to_string();
    for document_id in [frame["documentId"].clone(), json!(null)] {
        let request = json!({ "act": {
            "target": { "tab": tab, "frame": 0, "documentId": document_id, "document": document }, "ask": ask, "note": "{}" } });
        let answer = popup.0.eval(&format!("chrome.runtime.sendMessage({request})")).unwrap();
        let refused = answer["notDone"]["why"] == json!("moved")
            || answer["acted"]["text"].as_str().is_some_and(|text| text.contains("\"refused\":\"moved\""));
        assert!(refused, "{answer}");
    }
    assert_ne!(world.site.visitor(&short_id).unwrap().unique_id, Some(json!("wrong-document")));
}
