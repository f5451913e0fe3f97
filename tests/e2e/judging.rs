//! Findings on values and on a page's use of Upscope, and no findings on correct pages.

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{Popup, SOON, World};
use inspector_core::checks::{Facts, check};
use inspector_core::recording::history::{Phase, TabHistory, ValueKey};
use inspector_core::visitor::Field;
use inspector_core::visitor::page_value::PageValue;
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    values_are_judged_by_their_parts_and_edges;
    what_no_one_sees_is_not_sent;
    a_page_is_blamed_by_evidence;
    another_products_socket_is_not_the_sdks;
    logging_out_is_judged_by_all_fields_and_by_the_whole_address;
    a_large_and_slow_value_hides_no_field_of_the_same_call;
}

/// Pages, with the findings on their unique ID and on their lists.
const FLAWED: [(&str, &[&str], &[&str]); 4] = [
    ("/half-known-name", &["missing-part"], &["missing-part"; 5]),
    ("/escaped-name", &["escaped"], &["escaped"; 3]),
    ("/large-number", &["digits-lost"], &[]),
    ("/padded", &["padded"], &["padded", "padded", "padded", "padded"]),
];

fn flaws(popup: &Popup, fields: &str) -> Value {
    popup
        .0
        .eval(&format!(
            "Array.from(document.querySelectorAll(':is({fields}) [data-flaw]'), (line) => line.dataset.flaw)"
        ))
        .unwrap()
}

const UNIQUE_ID: &str = "[data-field=uniqueId]";
const LISTS: &str = "[data-field=identities], [data-field=tags], [data-field=integrationIds]";

fn values_are_judged_by_their_parts_and_edges(world: &World) {
    for (path, of_id, of_lists) in FLAWED {
        let page = world.open_connected(path);
        let popup = world.inspect(&page);
        popup.wait_state("connected");
        assert_eq!((flaws(&popup, UNIQUE_ID), flaws(&popup, LISTS)), (json!(of_id), json!(of_lists)), "{path}");
        let text = popup.text();
        match path {
            "/escaped-name" => assert!(text.contains("Sinéad O'Brien") && text.contains("Tom & Co."), "{text}"),
            "/padded" => assert!(text.contains("⟨U+00A0⟩") && text.contains("⟨U+200B⟩Ada Marsh"), "{text}"),
            "/large-number" => assert!(!popup.exists("[data-field=uniqueId] [data-action=repair]")),
            _ => {}
        }
        popup.close();
        page.close().unwrap();
    }
    let page = world.open_connected("/anonymous");
    let judged = |said: Value, identities: &Value| {
        page.eval(&format!("(Upscope('updateConnection', {said}), true)")).unwrap();
        let popup = world.inspect(&page);
        popup.wait_value("identities", identities);
        let found = flaws(&popup, "[data-field]");
        popup.close();
        found
    };
    let innocent =
        json!(["Jennifer Null", "null island", "j.null@acme.example", "$5.00", "AT&T", "@ada.marsh", "100%"]);
    let ids = json!(["twilio_flex:CH1"]);
    let said = json!({"uniqueId": "A$AP.Rocky", "identities": innocent, "integrationIds": ids});
    assert_eq!(judged(said, &innocent), json!([]));
    let odd =
        json!(["@Model.Name", "{!User.Id}", "%REACT_APP_ID%", "$user.id", "Ren&eacute;e", "user-NaN", "Ada\u{2060}"]);
    let kinds = ["template", "template", "template", "template", "escaped", "missing-part", "padded"];
    assert_eq!(judged(json!({ "identities": odd }), &odd), json!(kinds));
}

fn what_no_one_sees_is_not_sent(world: &World) {
    let page = world.open_connected("/anonymous");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", " cust-1042\u{a0}");
    popup.add_item("identities", "\u{200b}Ada Marsh ");
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    world.server_holds(&short_id, "the trimmed values", |visitor| {
        visitor.unique_id == Some(json!("cust-1042")) && visitor.identities == Some(json!(["Ada Marsh"]))
    });
}

fn finds(story: &TabHistory, id: &str) -> bool {
    check(&Facts::new(story, None)).iter().any(|finding| finding.check == id)
}

fn a_page_is_blamed_by_evidence(world: &World) {
    let recorder = Recorder::start(world);
    let connected = |story: &TabHistory| !story.documents[0].marks.handshakes.is_empty();
    let page = world.open("/foreign-script");
    let story = recorder.wait_story(&page, "the handshake", connected);
    for id in ["script-failed", "script-blocked", "sdk-never-came"] {
        assert!(!finds(&story, id), "{id}");
    }
    page.close().unwrap();
    for (path, id) in [("/socket-blocked", "script-blocked"), ("/loader-blocked", "script-failed")] {
        let page = world.open(path);
        recorder.wait_story(&page, &format!("{id} on {path}"), |story| finds(story, id));
        page.close().unwrap();
    }
    let page = world.open("/strict-mode");
    let story = recorder.wait_story(&page, "the handshake", connected);
    let id = story.documents[0].value_history(ValueKey::Field(Field::UniqueId)).value().map(|id| id.to_json());
    assert_eq!(id, Some(json!("cust-1042")));
    for id in ["init-repeated", "two-sdks", "snippet-twice", "unique-id-changed"] {
        assert!(!finds(&story, id), "{id}");
    }
}

/// A socket with the SDK's parameters and another key, as another product may have.
fn another_products_socket_is_not_the_sdks(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/autoconnect-off");
    page.wait_for("the SDK", "Upscope._config?.uniqueId", SOON).unwrap();
    page.eval(
        "const other = new WebSocket('wss://push.app.invalid/live?apiKey=otherKey02&version=3'); \
         other.onmessage = () => 0; Upscope('logEvent', 'after'); return true",
    )
    .unwrap();
    let story = recorder.wait_story(&page, "the call", |story| story.documents[0].calls_of("logEvent").count() == 1);
    assert_eq!(story.documents[0].phase, Phase::Before);
}

fn logging_out_is_judged_by_all_fields_and_by_the_whole_address(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/vendor-logout");
    page.click("#logout").unwrap();
    recorder.wait_story(&page, "what is left", |story| finds(story, "logout-leftovers"));
    page.eval("(Upscope('updateConnection', { tags: null, integrationIds: null }), true)").unwrap();
    recorder.wait_story(&page, "nothing to be left", |story| !finds(story, "logout-leftovers"));
    page.close().unwrap();
    for button in ["logout", "wordpress", "query", "php"] {
        let page = world.open_connected("/hash-logout");
        page.click(&format!("#{button}")).unwrap();
        recorder.wait_story(&page, button, |story| finds(story, "silent-logout"));
        page.close().unwrap();
    }
    let page = world.open_connected("/hash-logout");
    visit(&page, "/help/how-to-logout");
    visit(&page, "/account?next=/logout");
    let story = recorder.wait_story(&page, "the addresses", |story| story.documents[0].marks.addresses.len() == 3);
    assert!(!finds(&story, "silent-logout"));
}

/// A paused process, or a large object beside the visitor's fields, uses up the time limit of the copy. An argument
/// that is too large to test may be a proxy, until the page sends the values that were read.
fn a_large_and_slow_value_hides_no_field_of_the_same_call(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/anonymous");
    page.eval(
        "const store = Object.fromEntries(Array.from({ length: 200000 }, (_, i) => ['key' + i, i])); \
         const orders = Array.from({ length: 100 }, () => Array.from({ length: 100 }, (_, i) => i)); \
         Upscope('updateConnection', { store, orders, identities: ['Ada Marsh'], tags: ['#VIP'] }); return true",
    )
    .unwrap();
    let fields = [(Field::Identities, json!(["Ada Marsh"])), (Field::Tags, json!(["#VIP"]))];
    let story = recorder.wait_story(&page, "the values to be sent", |story| {
        let known = |field| story.documents[0].value_history(ValueKey::Field(field)).value();
        fields.iter().all(|(field, value)| known(*field).and_then(PageValue::to_exact_json).as_ref() == Some(value))
    });
    let call = &story.documents[0].calls_of("updateConnection").next().unwrap().call;
    for (field, value) in fields {
        let Some(PageValue::Proxied(seen)) = call.given(field.key()) else { panic!("{call:?}") };
        assert_eq!(seen.to_exact_json(), Some(value));
    }
}

/// Changes the URL of a page without a load, and waits until the change is recorded.
fn visit(page: &Page, address: &str) {
    let turn = format!("(history.pushState({{}}, '', {}), Upscope('logEvent', 'visited'), true)", Value::from(address));
    page.eval(&turn).unwrap();
}
