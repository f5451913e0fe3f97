//! Measures one run of the probe in a page.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::stage::{Extension, ExtensionCopies};
use super::stand::Stand;
use super::table::Row;
use crate::build;
use crate::drive::Kind;
use crate::site::Site;

/// The number of samples in each page.
const SAMPLES: usize = 200;

/// An ordinary page, and one of maximum size.
const PAGES: [&str; 2] = ["/connected", "/hostile-huge"];

/// The time limit, long enough for a slow machine.
const LONG: Duration = Duration::from_secs(180);

const HEADING: &str = "one run of the probe in the page, microseconds: median (least–greatest)";

/// The time of one run of the probe in each page, in microseconds.
pub fn measure(kind: Kind, staged: &ExtensionCopies, site: &Site) -> Result<Vec<Row>> {
    let source = std::fs::read_to_string(build::extension_dir().join("page/probe.js"))?;
    let (_, function) = source.split_once("export ").context("probe.js exports the probe")?;
    let stand = Stand::new(kind, Extension::Inspector, staged, site)?;
    let mut rows = Vec::new();
    for path in PAGES {
        let page = stand.browser.open(&site.url(path))?;
        page.eval(&in_page(function)).with_context(|| format!("running the probe in {path}"))?;
        let samples = page.wait_for("all runs of the probe", "globalThis.benched", LONG)?;
        for name in ["compiled for the run", "compiled before"] {
            let samples = samples[name].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
            let what = format!("in {path}, {name}");
            rows.push(Row { browser: kind, extension: None, heading: Some(HEADING), what, unit: "µs", samples });
        }
    }
    Ok(rows)
}

/// Runs the probe in a script element, like the page's code. The driver evaluates code in the debugger, which differs.
/// An injection passes the probe as text, and a browser may or may not reuse compiled code, so both are measured, one
/// of them with a text that changes each time. A clock may have a resolution of 0.1 ms, so a sample is the mean of runs
/// that take several milliseconds.
fn in_page(function: &str) -> String {
    let text = Value::from(format!("({function})"));
    let script = Value::from(format!(
        "async function benchSamples(run) {{
            const samples = [];
            while (samples.length < {SAMPLES}) {{
                await new Promise((next) => setTimeout(next));
                const start = performance.now();
                let runs = 0, now;
                do {{
                    run();
                    runs += 1;
                    now = performance.now();
                }} while (now - start < 3);
                samples.push(1000 * (now - start) / runs);
            }}
            return samples;
        }}
        (async () => {{
            let texts = 0;
            const before = (0, eval)({text});
            const fresh = await benchSamples(() => (0, eval)({text} + '//' + texts++)(null));
            globalThis.benched = {{ 'compiled for the run': fresh, 'compiled before': await benchSamples(() => before(null)) }};
        }})();"
    ));
    format!(
        "const element = document.createElement('script');
        element.textContent = {script};
        document.head.append(element);"
    )
}
