//! The speed and memory use of reading, replaying and checking a long recording. `cargo xtask bench` runs it and reads
//! its lines `name unit number`. Native code on one core; browsers are about half as fast.

#[path = "../support/sample.rs"]
mod sample;

use inspector_core::checks::{Facts, check};
use inspector_core::expectations::{Expectations, Format, Recorded, judge};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::Sender;
use inspector_core::recording::file;
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage::{BatchHeader, push};
use std::fs;
use std::hint::black_box;
use std::time::Instant;

/// Ten times the limit of entries for a tab.
const ENTRIES: usize = 100_000;

/// How many expectations judge them.
const EXPECTATIONS: usize = 50;

const ROUNDS: usize = 5;

fn main() {
    let texts = sample::sample(ENTRIES);
    let before = resident();
    let timeline = read(&texts);
    let expectations = expectations();
    let file = file::write(&timeline, 0, false);
    println!("a recording in memory MB {:.1}", (resident() - before) as f64 / 1024.0);
    for _ in 0..ROUNDS {
        measure("read", || drop(black_box(read(&texts))));
        measure("folded", || drop(black_box(replay(&timeline))));
        let history = replay(&timeline);
        measure("judged by all checks", || drop(black_box(check(&Facts::new(&history, None)))));
        let recorded = Recorded::ended(&timeline, &history, i64::MAX, false);
        measure("judged by 50 expectations", || drop(black_box(judge(&expectations, &recorded))));
        measure("read from a file", || drop(black_box(file::read_up_to(&file, ENTRIES))));
        measure("all of it, as `check` does", || check_file(&file, &expectations));
    }
}

/// What `upscope-inspector check` does with a recording and 50 expectations: the goal is less than a second.
fn check_file(file: &str, expectations: &Expectations) {
    let timeline = &file::read_up_to(file, ENTRIES).unwrap().timeline;
    let history = replay(timeline);
    let recorded = Recorded::ended(timeline, &history, i64::MAX, false);
    drop(black_box(judge(expectations, &recorded)));
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

fn measure(what: &str, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    println!("{what} entries/s {:.0}", ENTRIES as f64 / start.elapsed().as_secs_f64());
}

/// The memory that this process uses, in KB; 0 if the system doesn't report it.
fn resident() -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}
