//! Compares the probe's reports in both browsers with `tests/contract/raw`. The native contract tests read the same
//! files. `UPDATE=1` writes them (in Chromium; Firefox must then write the same).

use crate::in_both;
use crate::support::{SOON, World, extension};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use xtask::drive::{Kind, Page};

in_both! { the_probe_writes_what_the_contract_says; }

/// Pages, each with the condition that shows that it has settled.
const PAGES: [(&str, &str); 14] = [
    ("no-upscope", "true"),
    ("form-named", "true"),
    ("loader-blocked", "Upscope.q.length === 3"),
    ("not-initialised", "Upscope._version"),
    ("first-not-init", "Upscope._version"),
    ("prototype-js", "Upscope.__defaultConfiguration"),
    ("autoconnect-off", SETTLED),
    ("connected", CONNECTED),
    ("malformed", CONNECTED),
    ("placeholders", CONNECTED),
    (
        "in-session",
        "document.getElementById('upscope___remote-control-container')?.shadowRoot.querySelector('[id^=upscope___cursor__]')",
    ),
    ("live-chat", CONNECTED),
    ("own-storage", CONNECTED),
    ("newer", "Upscope.q.push !== Array.prototype.push && document.getElementById('upscope___promo-link-container')"),
];
const SETTLED: &str = "document.getElementById('upscope___promo-link-container')";
const CONNECTED: &str = "Upscope._config && Upscope.q.push !== Array.prototype.push";

/// The built probe: a JavaScript function.
pub fn probe() -> String {
    let script = std::fs::read_to_string(extension().join("page/probe.js")).unwrap();
    script.split_once("export ").expect("the probe is exported").1.to_owned()
}

fn the_probe_writes_what_the_contract_says(world: &World) {
    let probe = probe();
    for (name, settled) in PAGES {
        let page = world.open(&format!("/{name}"));
        page.wait_for(name, &format!("!!({settled})"), SOON).unwrap();
        let report = normalised(world, &page, &probe);
        let file = root().join(format!("tests/contract/raw/{name}.json"));
        if std::env::var_os("UPDATE").is_some() && world.browser.kind() == Kind::Chromium {
            std::fs::write(&file, serde_json::to_string_pretty(&report).unwrap() + "\n").unwrap();
        }
        let held: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap_or_default()).unwrap_or_default();
        assert_eq!(report, held, "{name}: {report:#}");
        page.close().unwrap();
    }
}

/// The probe's report without values that differ between runs: ports, times, IDs.
fn normalised(world: &World, page: &Page, probe: &str) -> Value {
    let text = page.eval(&format!("({probe})(null)")).unwrap();
    let mut text = text.as_str().expect("the probe gives a text").replace(&format!(":{}", world.site.port()), ":8080");
    for visitor in world.site.visitors() {
        text = text.replace(&visitor.short_id, "Q7XK2M9A");
    }
    let mut report: Value = serde_json::from_str(&text).expect("the text is JSON");
    // `found` only tells the background what to store first.
    report.as_object_mut().expect("the report is an object").remove("found");
    for (key, value) in [("document", json!("1000.5")), ("age", json!(900)), ("ready", json!("complete"))] {
        report["page"][key] = value;
    }
    // Each browser decides whether it accepts a cookie for a host without a domain.
    report["cookie"] = json!({});
    if !report["local"]["lookupCodeSetAt"].is_null() {
        report["local"]["lookupCodeSetAt"] = json!("\"2026-11-22T21:30:00.000Z\"");
    }
    report
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
