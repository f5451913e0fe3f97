//! The speed and memory use of reading, replaying and checking a long recording. `cargo xtask bench` runs it and reads
//! its lines `name unit number`. Native code on one core; browsers are about half as fast.

#[path = "../support/sample.rs"]
mod sample;

use inspector_core::checks::{Facts, check};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::Sender;
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage::{BatchHeader, push};
use std::fs;
use std::hint::black_box;
use std::time::Instant;

/// Ten times the limit of entries for a tab.
const ENTRIES: usize = 100_000;

const ROUNDS: usize = 5;

fn main() {
    let texts = sample::sample(ENTRIES);
    let before = resident();
    let timeline = read(&texts);
    println!("a recording in memory MB {:.1}", (resident() - before) as f64 / 1024.0);
    for _ in 0..ROUNDS {
        measure("read", || drop(black_box(read(&texts))));
        measure("folded", || drop(black_box(replay(&timeline))));
        let history = replay(&timeline);
        measure("judged by all checks", || drop(black_box(check(&Facts::new(&history, None)))));
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
