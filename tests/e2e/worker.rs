//! The browser may stop the background at any moment.

use crate::in_both;
use crate::recorder::SITE;
use crate::support::{Popup, SOON, World};
use serde_json::{Value, json};
use xtask::drive::Kind;

in_both! {
    an_edit_survives_the_background_stopping;
    another_document_is_never_edited;
    a_document_in_the_cache_is_never_edited;
    an_act_without_access_is_refused_as_such;
    what_is_no_request_is_refused;
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

/// The document that the background reports for a tab: its browser ID, and the probe's name of it.
fn reported_document(popup: &Popup, tab: i64) -> [Value; 2] {
    let reply = popup.0.eval(&format!("chrome.runtime.sendMessage({{ inspect: {{ tab: {tab} }} }})")).unwrap();
    let frame = &reply["inspected"]["frames"][0];
    let report: Value = serde_json::from_str(frame["text"].as_str().unwrap()).unwrap();
    [frame["documentId"].clone(), report["page"]["document"].clone()]
}

/// Sends the request of a popup that has this report of the tab.
fn set_unique_id(popup: &Popup, tab: i64, [document_id, document]: &[Value; 2], unique_id: &str) -> Value {
    let update = json!({ "uniqueId": unique_id }).to_string();
    let command = json!({ "document": document, "mayWait": false, "action": { "update": { "update": update } } });
    let edit = json!({ "kind": "update", "noUndo": [], "losesMetadata": false });
    let target = json!({ "tab": tab, "frame": 0, "documentId": document_id, "document": document });
    let request = json!({ "perform": { "target": target, "command": command, "edit": edit } });
    popup.0.eval(&format!("chrome.runtime.sendMessage({request})")).unwrap()
}

fn another_document_is_never_edited(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let tab = page.tab_id().unwrap();
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    let [document_id, document] = reported_document(&popup, tab);
    page.reload().unwrap();
    let short_id = world.visitor_of(&page);
    for document_id in [document_id, json!(null)] {
        assert_moved(&set_unique_id(&popup, tab, &[document_id, document.clone()], "wrong-document"));
    }
    assert_ne!(world.site.visitor(&short_id).unwrap().unique_id, Some(json!("wrong-document")));
}

/// Nothing was done, because the document isn't there.
fn assert_moved(answer: &Value) {
    let is_moved = answer["refused"]["why"] == json!("moved")
        || answer["performed"]["text"].as_str().is_some_and(|text| text.contains("\"refused\":\"moved\""));
    assert!(is_moved, "{answer}");
}

fn a_document_in_the_cache_is_never_edited(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    // Without a socket, which prevents the back/forward cache.
    let page = world.open("/autoconnect-off");
    page.wait_for("the SDK", "Upscope._config", SOON).unwrap();
    let tab = page.tab_id().unwrap();
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("not-connected");
    let [document_id, document] = reported_document(&popup, tab);
    page.navigate(&world.site.url("/autoconnect-off?next")).unwrap();
    page.wait_for("the next page's SDK", "location.search && Upscope._config", SOON).unwrap();
    for document_id in [document_id, json!(null)] {
        assert_moved(&set_unique_id(&popup, tab, &[document_id, document.clone()], "wrong-document"));
    }
    // A waiting call is an `arguments` object.
    let edited = "JSON.stringify([Upscope._config, ...Upscope.q].map(Object.values)).includes('wrong-document')";
    assert_eq!(page.eval(edited).unwrap(), json!(false));
    page.back().unwrap();
    page.wait_for("the page again", "!location.search && Upscope._config", SOON).unwrap();
    assert_eq!(page.eval(edited).unwrap(), json!(false));
}

fn an_act_without_access_is_refused_as_such(world: &World) {
    world.browser.grant_host(SITE).unwrap();
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let tab = page.tab_id().unwrap();
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    let document = reported_document(&popup, tab);
    popup.0.eval(&format!("chrome.permissions.remove({{ origins: ['{SITE}'] }})")).unwrap();
    let answer = set_unique_id(&popup, tab, &document, "without-access");
    assert_eq!(answer["refused"]["why"], json!("noAccess"), "{answer}");
    assert_ne!(world.site.visitor(&short_id).unwrap().unique_id, Some(json!("without-access")));
}

/// Values that only JavaScript can send, which the contract tests can't cover.
fn what_is_no_request_is_refused(world: &World) {
    let own = world.browser.open_extension_page("find.html").unwrap();
    let send = |message: &str| own.eval(&format!("chrome.runtime.sendMessage({message})")).unwrap();
    for wrong in [
        "null",
        "7",
        "'inspect'",
        "[]",
        "{}",
        "{ inspect: 1 }",
        "{ inspect: { tab: '7' } }",
        "{ inspect: { tab: 1.5 } }",
        "{ inspect: { tab: 1e300 } }",
        "{ inspect: { tab: 1 }, clearRecording: { tab: 1 } }",
        "{ forget: {} }",
        "{ clearRecording: {} }",
        "{ api: { getVisitor: { shortId: '../usage', id: '1' } } }",
        "{ perform: { target: { tab: 1, frame: 0, document: '1' }, command: { document: '1', mayWait: false, \
           action: { update: { update: '{\"identities\":{\"0\":\"a\"}}' } } }, edit: { kind: 'update', noUndo: [], losesMetadata: false } } }",
    ] {
        let reply = send(wrong);
        let why = reply["failed"].as_str().unwrap_or_default();
        assert!(why.contains("not a request"), "{wrong}: {reply}");
    }
    // The background still responds.
    assert_eq!(send("{ listRecordedSites: {} }"), json!({ "recordedSites": { "sites": [] } }));
    // Firefox's frame IDs exceed 32 bits (Chromium's API rejects such IDs), and a whole number may arrive as a float.
    let frame = if world.browser.kind() == Kind::Firefox { "60129542145.0" } else { "4.0" };
    let gone = send(
        &"{ perform: { target: { tab: 9000001, frame: FRAME, documentId: null, document: '1' }, \
         command: { document: '1', mayWait: false, action: { askCode: {} } }, edit: { kind: 'askCode', noUndo: [], losesMetadata: false } } }"
            .replace("FRAME", frame),
    );
    assert!(gone["refused"]["why"] != json!(null), "{gone}");
}
