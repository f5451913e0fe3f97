//! How fast a long recording is read, folded and judged, and what it takes in memory; `cargo xtask bench` runs it and
//! reads its lines `name unit number`. Native code, on one core: in the browser the same is some two times slower.

#[path = "../support/sample.rs"]
mod sample;

use inspector_core::checks::{Facts, check};
use inspector_core::expectations::{Expectations, Format, Recorded, judge};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::Sender;
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage::{BatchHeader, push};
use std::fs;
use std::hint::black_box;
use std::time::Instant;

/// Ten times what the extension keeps for a tab.
const ENTRIES: usize = 100_000;

/// How many expectations judge them.
const EXPECTATIONS: usize = 50;

const ROUNDS: usize = 5;

fn main() {
    let texts = sample::sample(ENTRIES);
    let before = resident();
    let timeline = read(&texts);
    let expectations = expectations();
    println!("a recording in memory MB {:.1}", (resident() - before) as f64 / 1024.0);
    for _ in 0..ROUNDS {
        told("read", || drop(black_box(read(&texts))));
        told("folded", || drop(black_box(replay(&timeline))));
        let story = replay(&timeline);
        told("judged by all checks", || drop(black_box(check(&Facts::new(&story, None)))));
        let recorded = Recorded { timeline: &timeline, history: &story, now: i64::MAX, masked: false };
        told("judged by 50 expectations", || drop(black_box(judge(&expectations, &recorded))));
    }
}

fn read(texts: &[String]) -> Timeline {
    let sender = Sender {
        frame: 0,
        document: "d".into(),
        url: "https://acme.test/".into(),
        top: true,
        less_trusted: false,
        origin: 1_795_383_000_000,
    };
    let head = BatchHeader { sender, first: 0, own: false }.to_text();
    let mut timeline = Timeline::with_cap(ENTRIES);
    push(&mut timeline, &head, texts.iter().map(String::as_str));
    assert_eq!(timeline.len(), ENTRIES);
    timeline
}

/// The expectations of the replays, over and over under other names.
fn expectations() -> Expectations {
    let text = include_str!("../replay/expectations.json");
    let mut file: serde_json::Value = serde_json::from_str(text).unwrap();
    let all = file["expectations"].as_array().unwrap();
    let many = all.iter().cycle().take(EXPECTATIONS).enumerate().map(|(number, one)| {
        let mut one = one.clone();
        one["name"] = number.to_string().into();
        one
    });
    file["expectations"] = many.collect();
    inspector_core::expectations::read(&file.to_string(), Format::Json).unwrap()
}

fn told(what: &str, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    println!("{what} entries/s {:.0}", ENTRIES as f64 / start.elapsed().as_secs_f64());
}

/// The memory this process has in use, in KB; 0 where the system does not tell.
fn resident() -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}
