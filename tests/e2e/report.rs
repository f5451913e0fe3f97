//! The copied report.

use crate::in_both;
use crate::support::World;
use serde_json::{Value, json};

in_both! {
    the_report_is_copied_as_json;
    the_call_is_copied_as_it_would_be_made;
}

/// Saves the texts that the extension passes to the clipboard, because not both headless browsers can read their
/// clipboard.
pub const TAP: &str = "{ window.copied = []; navigator.clipboard.writeText = (text) => { window.copied.push(text); return Promise.resolve(); }; }";

fn the_report_is_copied_as_json(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.0.eval(TAP).unwrap();
    popup.act("copy-report");
    let text = popup.wait("the report", "window.copied[0]");
    let text = text.as_str().unwrap();
    assert!(text.contains("\"masked\": true") && !text.contains("cust-1042"), "{text}");

    popup.act("copy-report");
    let text = popup.wait("the report with personal data", "window.copied[1]");
    let report: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    assert_eq!((&report["schema"], &report["masked"]), (&json!("upscope-inspector/report@1"), &json!(false)));
    let frame = &report["frames"][0];
    assert_eq!(
        (&frame["state"], &frame["visitor"]["uniqueId"]),
        (&json!("connected"), &json!({"value": "cust-1042", "source": "configuration"}))
    );
    assert_eq!(frame["visitor"]["lookupCode"], json!({"unknown": "not-found"}));
}

fn the_call_is_copied_as_it_would_be_made(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.0.eval(TAP).unwrap();
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "00032");
    popup.act("copy-call");
    let text = popup.wait("the call", "window.copied[0]");
    // Pasted into the page's console, the call has the same effect as applying the edit.
    page.eval(text.as_str().unwrap().trim_end_matches(';')).unwrap();
    popup.wait_value("uniqueId", &json!("00032"));
}
