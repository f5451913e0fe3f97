//! The cost of being recorded for a page, compared with two empty scripts in place of the recorder: page load, single
//! calls, the first calls of a document, and too many calls.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::stage::{Extension, ExtensionCopies};
use super::stand::CONNECTED;
use super::table::{Row, Samples};
use crate::drive::{Browser, Kind, LIMIT, Options, Page};
use crate::site::Site;

/// The number of calls before the measurement, so that the code is compiled.
const WARM_UPS: usize = 10;

const HEADING: &str = "a page that is recorded: median (least–greatest)";

/// `call(name, count, pause)` makes calls by the hundred and returns the microseconds of each, including the microtasks
/// in which the recorder passes them on. `pause` is in milliseconds, between hundreds, and keeps the rate below the
/// limit at which calls are dropped.
const CALL: &str = "window.bench ??= {
    last: 0,
    async call(name, count, pause) {
        const wait = this.last + pause - performance.now();
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
        const start = performance.now();
        for (let i = 0; i < count; i += 100) {
            for (let j = i; j < i + 100; j++) Upscope(name, 'bench', { at: j, tags: ['#VIP', '#TRIAL'] });
            await null;
        }
        this.last = performance.now();
        return (this.last - start) * 1e3 / count;
    },
}, true";

/// Calls: their name in the table, the page's code, and the necessary `pause`.
const KINDS: [(&str, &str); 2] = [
    ("µs a call that sends nothing", "bench.call('saveHistory', 400, 2100)"),
    // Each call has two entries.
    ("µs a call and the frame it sends", "bench.call('logEvent', 400, 4200)"),
];

const COLD: &str = "bench.call('saveHistory', 100, 0)";

const FLOOD: &str = "(() => {
    const start = performance.now();
    for (let i = 0; i < 100000; i++) Upscope('saveHistory', 'bench', { at: i, tags: ['#VIP', '#TRIAL'] });
    return performance.now() - start;
})()";

const LOADED: &str = "performance.getEntriesByType('navigation')[0]?.loadEventEnd || false";

/// A page with the recorder, or with empty scripts in its place.
struct BenchPage {
    _browser: Browser,
    page: Page,
}

/// A measurement without and with the recorder, in the same rounds.
#[derive(Default)]
struct Pair([Samples; 2]);

/// Measures both alternately, `rounds` times.
pub fn measure(kind: Kind, staged: &ExtensionCopies, site: &Site, rounds: usize) -> Result<Vec<Row>> {
    let folders = [staged.without_recorder()?, staged.folder(Extension::Inspector)];
    let [empty, recorder] = folders
        .map(|folder| BenchPage::start(kind, &Options { optimizing_compiler: true, ..Options::new(folder) }, site));
    let both = [empty?, recorder?];
    let [loads, cold] = loads(&both, rounds)?;
    let mut rows = loads.rows(kind, "ms to the load event", "ms");
    rows.extend(cold.rows(kind, "µs each of the first 100 calls", "µs"));
    for (what, js) in KINDS {
        rows.extend(calls(&both, js, rounds)?.rows(kind, what, "µs"));
    }
    rows.extend(floods(&both, rounds)?.rows(kind, "ms for 100,000 calls at once", "ms"));
    Ok(rows)
}

/// The page load and the first calls of each document.
fn loads(both: &[BenchPage; 2], rounds: usize) -> Result<[Pair; 2]> {
    let (mut loads, mut cold) = (Pair::default(), Pair::default());
    for _ in 0..rounds {
        for (nth, one) in both.iter().enumerate() {
            one.page.reload()?;
            loads.0[nth].push(number(&one.page.wait_for("the load", LOADED, LIMIT)?));
            one.page.wait_for("a handshake", CONNECTED, LIMIT)?;
            one.page.eval(CALL)?;
            cold.0[nth].push(number(&one.page.eval(COLD)?));
        }
    }
    Ok([loads, cold])
}

fn calls(both: &[BenchPage; 2], js: &str, rounds: usize) -> Result<Pair> {
    let mut calls = Pair::default();
    for round in 0..WARM_UPS + rounds {
        for (one, samples) in both.iter().zip(&mut calls.0) {
            let each = number(&one.page.eval(js)?);
            if round >= WARM_UPS {
                samples.push(each);
            }
        }
    }
    Ok(calls)
}

fn floods(both: &[BenchPage; 2], rounds: usize) -> Result<Pair> {
    let mut floods = Pair::default();
    for _ in 0..rounds {
        for (one, samples) in both.iter().zip(&mut floods.0) {
            // Each document has a new allowance of calls.
            one.page.reload()?;
            one.page.wait_for("a handshake", CONNECTED, LIMIT)?;
            samples.push(number(&one.page.eval(FLOOD)?));
        }
    }
    Ok(floods)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

impl Pair {
    /// Both, and the difference in each round.
    fn rows(self, browser: Kind, what: &str, unit: &'static str) -> Vec<Row> {
        let Pair([empty, recorded]) = self;
        let added = empty.iter().zip(&recorded).map(|(empty, recorded)| recorded - empty).collect();
        let rows = [("empty scripts", empty), ("recorded", recorded), ("added", added)];
        let row = |(which, samples)| Row {
            browser,
            extension: None,
            heading: Some(HEADING),
            what: format!("{what}, {which}"),
            unit,
            samples,
        };
        rows.map(row).into()
    }
}

impl BenchPage {
    /// Starts a browser and starts recording the site through the interface.
    fn start(kind: Kind, options: &Options, site: &Site) -> Result<BenchPage> {
        let browser = Browser::launch(kind, options)?;
        let page = browser.open(&site.url("/_rows"))?;
        let pattern = "http://127.0.0.1/*";
        browser.grant_host(pattern)?;
        let tab = page.tab_id()?;
        let ours = browser.open_extension_page(&format!("popup.html?tab={tab}"))?;
        let answer = ours.eval(&format!(
            "chrome.runtime.sendMessage({{ startRecording: {{ pattern: '{pattern}', tab: {tab} }} }})"
        ))?;
        ensure!(answer.get("recorded").is_some_and(Value::is_object), "not recorded: {answer}");
        ours.close()?;
        page.activate()?;
        Ok(BenchPage { _browser: browser, page })
    }
}
