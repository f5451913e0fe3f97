//! How fast a long recording is read, folded and judged, and what it takes in memory; `cargo xtask bench` runs it and
//! reads its lines `name unit number`. Native code, on one core: in the browser the same is some two times slower.

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

/// Ten times what the extension keeps for a tab.
const ENTRIES: usize = 100_000;

const ROUNDS: usize = 5;

fn main() {
    let texts = sample::sample(ENTRIES);
    let before = resident();
    let timeline = read(&texts);
    println!("a recording in memory MB {:.1}", (resident() - before) as f64 / 1024.0);
    for _ in 0..ROUNDS {
        told("read", || drop(black_box(read(&texts))));
        told("folded", || drop(black_box(replay(&timeline))));
        let story = replay(&timeline);
        told("judged by all checks", || drop(black_box(check(&Facts::new(&story, None)))));
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
