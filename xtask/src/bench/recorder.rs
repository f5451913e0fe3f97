//! What being recorded costs a page, over a pair of empty scripts registered in the recorder's place: its load, each call,
//! the first calls of a document, and a flood of them.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::stage::{Extension, Staged};
use super::table::{Row, Samples};
use crate::drive::{Browser, Kind, LIMIT, Options, Page};
use crate::site::Site;

/// How often calls are made before any is measured, so that what is measured is compiled code.
const WARM_UPS: usize = 10;

const HEADING: &str = "a page that is recorded: median (least–greatest)";

/// `call(name, count, pause)`: makes calls by the hundred and gives the microseconds of each, up to the end of the
/// microtasks in which the recorder hands them on. `pause` milliseconds after the last ones, which keeps all of them below
/// the rate at which calls are dropped.
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

/// Calls: what they are named in the table, what the page runs, and how long `pause` has to be for it.
const KINDS: [(&str, &str); 2] = [
    ("µs a call that sends nothing", "bench.call('saveHistory', 400, 2100)"),
    // Each is two entries.
    ("µs a call and the frame it sends", "bench.call('logEvent', 400, 4200)"),
];

const COLD: &str = "bench.call('saveHistory', 100, 0)";

const FLOOD: &str = "(() => {
    const start = performance.now();
    for (let i = 0; i < 100000; i++) Upscope('saveHistory', 'bench', { at: i, tags: ['#VIP', '#TRIAL'] });
    return performance.now() - start;
})()";

const CONNECTED: &str = "!!window.Upscope?._version && Upscope.q.push !== Array.prototype.push";

const LOADED: &str = "performance.getEntriesByType('navigation')[0]?.loadEventEnd || false";

/// A page of a browser that runs the recorder, or the empty scripts in its place.
struct Recorded {
    _browser: Browser,
    page: Page,
}

/// One measurement without and with the recorder, in the same rounds.
#[derive(Default)]
struct Pair([Samples; 2]);

/// Measures both by turns, everything `rounds` times.
pub fn measure(kind: Kind, staged: &Staged, site: &Site, rounds: usize) -> Result<Vec<Row>> {
    let folders = [staged.without_recorder()?, staged.folder(Extension::Inspector)];
    let [empty, recorder] = folders
        .map(|folder| Recorded::start(kind, &Options { optimizing_compiler: true, ..Options::new(folder) }, site));
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

/// Loads and the first calls of each document.
fn loads(both: &[Recorded; 2], rounds: usize) -> Result<[Pair; 2]> {
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

fn calls(both: &[Recorded; 2], js: &str, rounds: usize) -> Result<Pair> {
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

fn floods(both: &[Recorded; 2], rounds: usize) -> Result<Pair> {
    let mut floods = Pair::default();
    for _ in 0..rounds {
        for (one, samples) in both.iter().zip(&mut floods.0) {
            // A new document is allowed its first burst again.
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
    /// Both, and what the recorder added in each round.
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

impl Recorded {
    /// Starts a browser and begins to record the page's site, as the person would.
    fn start(kind: Kind, options: &Options, site: &Site) -> Result<Recorded> {
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
        Ok(Recorded { _browser: browser, page })
    }
}
