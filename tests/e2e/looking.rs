//! What the inspector shows, the source of each value, and that reading changes nothing in the page.

use crate::in_both;
use crate::support::World;
use serde_json::{Value, json};

in_both! {
    every_value_has_its_source;
    malformed_values_are_shown_as_they_are_and_marked;
    unknown_is_not_empty;
    waiting_calls_are_read_from_the_queue;
    looking_opens_no_socket_and_touches_no_queue;
    a_newer_sdk_that_hides_everything_is_shown_as_unknown;
}

fn every_value_has_its_source(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_value("uniqueId", &json!("cust-1042"));
    popup.wait_value("identities", &json!(["Ada Marsh", "ada@acme.example"]));
    popup.wait_value("tags", &json!(["#VIP", "#EARLY-ADOPTER"]));
    popup.wait_value("integrationIds", &json!(["acmechat:88213", "crm:0031"]));
    popup.wait_value("metadata", &json!({"plan": "gold", "seats": 12, "trial": false}));
    popup.wait_value("shortId", &json!(short_id));
    popup.wait_value("watchLink", &json!(format!("https://upscope.io/w/{short_id}")));
    for field in ["uniqueId", "identities", "tags", "integrationIds", "metadata"] {
        assert_eq!(popup.source(field), "configuration", "{field}");
    }
    assert_eq!(popup.source("shortId"), "local-storage");
    assert_eq!(popup.source("watchLink"), "derived");
    assert_eq!(popup.value("lookupCode"), None, "nobody has asked for a code");
    popup.wait_for(".details dt");
    let text = popup.text();
    for expected in ["2.2.119", "demoAcme01"] {
        assert!(
            popup.0.eval("document.body.textContent").unwrap().as_str().unwrap().contains(expected),
            "{expected} in {text}"
        );
    }
}

fn malformed_values_are_shown_as_they_are_and_marked(world: &World) {
    let page = world.open_connected("/malformed");
    let popup = world.inspect(&page);
    popup.wait_value("uniqueId", &json!(1042));
    popup.wait_value("metadata", &json!("not an object"));
    popup.wait_value("tags", &json!(["#vip", "VIP", "#HIGH-VALUE", "#A1"]));
    for field in ["uniqueId", "identities", "tags", "integrationIds", "metadata"] {
        assert!(popup.exists(&format!("[data-field={field}] [data-flaw]")), "{field} is marked");
    }
    popup.close();
    let page = world.open("/templates");
    let popup = world.inspect(&page);
    popup.wait_for("[data-field=uniqueId] [data-flaw=template]");
}

fn unknown_is_not_empty(world: &World) {
    let page = world.open_connected("/anonymous");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    assert_eq!(popup.value("tags"), None);
    assert_eq!(popup.value("uniqueId"), None);
    popup.close();
    page.eval("Upscope('updateConnection', { tags: null })").unwrap();
    let popup = world.inspect(&page);
    popup.wait_value("tags", &Value::Null);
    assert_eq!(popup.source("tags"), "configuration");
    assert_eq!(popup.value("uniqueId"), None);
}

fn waiting_calls_are_read_from_the_queue(world: &World) {
    let page = world.open("/loader-blocked");
    let popup = world.inspect(&page);
    popup.wait_state("snippet-only");
    let known: Vec<_> =
        ["uniqueId", "identities", "tags"].into_iter().filter(|field| popup.value(field).is_some()).collect();
    assert!(!known.is_empty(), "the queue tells what the page wants to send");
    for field in known {
        assert_eq!(popup.source(field), "queue", "{field}");
    }
}

/// What an inspection could change: the queue, the storage, the SDK's properties, the document.
const TRACES: &str = "JSON.stringify([
    Array.from(Upscope.q, (call) => Array.from(call)), Object.keys(Upscope.q), Upscope.q.push === Array.prototype.push,
    Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
    Object.getOwnPropertyNames(Upscope), Object.getOwnPropertyNames(window).length, document.documentElement.outerHTML])";

fn looking_opens_no_socket_and_touches_no_queue(world: &World) {
    for path in ["/autoconnect-off", "/queue-waiting"] {
        let page = world.open(path);
        page.wait_for(
            "the manager",
            // The SDK sets `_integrations` in a later task.
            "!!document.getElementById('upscope___promo-link-container') && !!Upscope._integrations",
            crate::support::SOON,
        )
        .unwrap();
        page.eval("window.plainGlobal = 1").unwrap();
        let before = page.eval(TRACES).unwrap();
        let popup = world.inspect(&page);
        popup.wait_state("not-connected");
        // The popup shows a change of the page, so it has read the page again since.
        for round in ["first", "second"] {
            page.eval(&format!("Upscope._config.uniqueId = '{round}'")).unwrap();
            popup.wait_value("uniqueId", &json!(round));
        }
        assert_eq!(page.eval(TRACES).unwrap(), before, "{path}");
        popup.close();
    }
    assert_eq!(world.site.sockets_opened(), 0);
}

fn a_newer_sdk_that_hides_everything_is_shown_as_unknown(world: &World) {
    let page = world.open("/newer");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    for field in ["uniqueId", "identities", "tags", "metadata", "shortId", "lookupCode"] {
        assert_eq!(popup.value(field), None, "{field} cannot be known");
    }
    popup.add_item("tags", "#VIP");
    popup.act("apply");
    popup.wait_outcome("tags", "sent");
    world
        .site
        .wait_for("the tag", crate::support::SOON, |record| {
            record.visitors.iter().find(|v| v.tags == Some(json!(["#VIP"]))).map(drop)
        })
        .unwrap();
}
