//! Changed input for the readers of the inspector: a corpus of real texts for each, and mutants of them. The test run
//! tries the same mutants each time. `cargo bolero` searches for new ones by coverage (docs/fuzzing.md).

use std::env;
use std::fs;
use std::panic::{catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How many mutants each target gets in a test run.
const MUTANTS: u64 = 1_500;

/// The number of changes in a mutant, at most.
const MAX_CHANGES: u64 = 8;

/// Seconds to try mutants that differ each time, instead.
const SECONDS: &str = "FUZZ_SECONDS";

/// Texts that readers treat in a way of their own, or that other readers have failed at.
const WORDS: [&str; 34] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1e400",
    "-1",
    "1.5",
    "9007199254740993",
    "18446744073709551616",
    "\"\"",
    "{}",
    "[]",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\"__proto__\":",
    "\"$\":\"text\",\"n\":9,\"v\":",
    "undefined",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "ａ",
    "𝄞",
    "*://*/*",
    "https://a@b:99999/?#",
    "\n",
];

/// Tries a target with its corpus, with inputs that once broke it, and with mutants of both.
///
/// # Panics
/// If the target does. The input is printed first.
pub fn try_mutants(name: &str, target: fn(&str)) {
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "{name} has no corpus");
    corpus.iter().for_each(|text| attempt(target, text));
    match env::var(SECONDS).ok().and_then(|seconds| seconds.parse().ok()) {
        None => (0..MUTANTS).for_each(|seed| attempt(target, &mutant(&corpus, seed))),
        Some(seconds) => {
            let until = Instant::now() + Duration::from_secs(seconds);
            let first = std::process::id() as u64 * 1_000_000_007;
            let seeds = (first..).take_while(|_| Instant::now() < until);
            let tried = seeds.map(|seed| attempt(target, &mutant(&corpus, seed))).count();
            println!("{name}: {tried} mutants");
        }
    }
}

fn attempt(target: fn(&str), text: &str) {
    if let Err(panic) = catch_unwind(|| target(text)) {
        eprintln!("the input, as a Rust text: {text:?}");
        resume_unwind(panic);
    }
}

/// The texts in `tests/__fuzz__/<name>/corpus` and `…/crashes`, where bolero looks for them and puts them.
fn corpus(name: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/__fuzz__").join(name);
    let folders = ["corpus", "crashes"].map(|kind| folder.join(kind));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()).collect()
}

/// A text of the corpus with some changes. The same seed makes the same mutant.
fn mutant(corpus: &[String], seed: u64) -> String {
    let mut random = Random(seed);
    let mut bytes = corpus[random.below(corpus.len())].clone().into_bytes();
    for _ in 0..=random.next() % MAX_CHANGES {
        change(&mut bytes, corpus, &mut random);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn change(bytes: &mut Vec<u8>, corpus: &[String], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(24)).min(bytes.len());
    match random.next() % 7 {
        0 => _ = bytes.drain(at..end),
        1 => bytes.truncate(at),
        2 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        3 => {
            let part = bytes[at..end].repeat(1 + random.below(40));
            _ = bytes.splice(at..at, part);
        }
        4 => {
            let other = corpus[random.below(corpus.len())].as_bytes();
            let from = random.below(other.len() + 1);
            bytes.splice(at..end, other[from..(from + random.below(200)).min(other.len())].iter().copied());
        }
        // A word in place of some bytes, or between them.
        5 => _ = bytes.splice(at..end, WORDS[random.below(WORDS.len())].bytes()),
        _ => _ = bytes.splice(at..at, WORDS[random.below(WORDS.len())].bytes()),
    }
}

/// SplitMix64, which gives each seed a sequence of its own.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 for 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}
