//! Replays recorded pages: `tests/replay/<name>.jsonl` must result in `<name>.expected.json`. `UPDATE=1` writes that
//! file; review the change. `expectations.json` judges each recording: the result must be `verdicts.txt`.
//!
//! A line with `origin` but no `k` starts a document for the lines after it (`{"frame", "document", "url", "top",
//! "less", "origin"}`). Every other line is one entry in the recorder's format. Lines that begin with `//` are
//! comments.

#[path = "support/history_json.rs"]
mod history_json;
#[path = "support/judged.rs"]
mod judged;

use inspector_core::checks::{Facts, Finding, check};
use inspector_core::expectations::{Expectations, IN_TRANSIT, Recorded, recorded_until};
use inspector_core::recording::Timeline;
use inspector_core::recording::document::Sender;
use inspector_core::recording::entry::{DocId, Entry};
use inspector_core::recording::file;
use inspector_core::recording::fixture::missing::with_missing;
use inspector_core::recording::replay::replay as derive_history;
use inspector_core::recording::storage::{BatchHeader, MAX_BATCH, push as push_stored};
use inspector_core::recording::wire;
use serde_json::Value;
use std::path::{Path, PathBuf};

#[test]
fn every_recorded_page_has_what_is_expected() {
    let mut wrong = vec![];
    let files = files();
    assert!(files.len() >= 10, "the replays are gone");
    for file in files {
        let timeline = replay(&std::fs::read_to_string(&file).unwrap());
        let actual = format!("{:#}\n", history_json::history_json(&timeline));
        let expected = file.with_extension("expected.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &actual).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}:\n{actual}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE=1 and read the difference:\n{}", wrong.join("\n"));
}

#[test]
fn every_recorded_page_is_judged_as_expected() {
    let expectations = judged::expectations();
    let mut out = String::new();
    for file in files() {
        let timeline = replay(&std::fs::read_to_string(&file).unwrap());
        let name = file.file_stem().unwrap().to_string_lossy();
        let verdicts = |timeline: &Timeline| lines_at_end(timeline, i64::MAX, &expectations).join("\n  ");
        let whole = verdicts(&timeline);
        let again = file::read(&file::write(&timeline, 0, false)).unwrap();
        assert_eq!(verdicts(&again.timeline), whole, "{name}: what `check` reads from a file");
        out.push_str(&format!("{name}\n  {whole}\n"));
    }
    let expected = files()[0].with_file_name("verdicts.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&expected, &out).unwrap();
    }
    let written = std::fs::read_to_string(&expected).unwrap_or_default();
    assert!(written == out, "run with UPDATE=1 and read the difference");
}

#[test]
fn live_and_check_agree_however_entries_were_batched() {
    let expectations = judged::expectations();
    for file in files() {
        let timeline = replay(&std::fs::read_to_string(&file).unwrap());
        let verdicts = |timeline: &Timeline| lines_at_end(timeline, i64::MAX, &expectations);
        for size in [1, 3, MAX_BATCH] {
            let live = stored(&timeline, size);
            assert_eq!(verdicts(&live), verdicts(&timeline), "{} in batches of {size}", file.display());
            let checked = file::read(&file::write(&live, 0, false)).unwrap().timeline;
            assert_eq!(verdicts(&checked), verdicts(&live), "{} in batches of {size}", file.display());
        }
    }
}

#[test]
fn live_and_check_agree_at_their_own_times() {
    let expectations = judged::expectations();
    for file in files() {
        let timeline = replay(&std::fs::read_to_string(&file).unwrap());
        let history = derive_history(&timeline);
        let Some(page) = history.page() else { continue };
        // The times of the expectations are of 0 to 200 ms.
        let ends = [0, 50, 99, 100, 101, 199, 200, 201, 5000].map(|t| page.origin + page.last.max(0) + t);
        for until in ends.into_iter().chain([page.origin, page.origin + 100, page.origin + 200]) {
            let now = until + IN_TRANSIT;
            let live = judged::verdict_lines(&Recorded::live(&timeline, &history, now), &expectations);
            let exported = file::read(&file::write(&timeline, recorded_until(now), false)).unwrap();
            let checked = lines_at_end(&exported.timeline, exported.at, &expectations);
            // A trigger or a logout that may still happen counts as missing when the recording ends.
            let at_end = |line: String| {
                let line = line.replace("NotYet { awaited: Trigger }", "CannotBeKnown { reason: NotTriggered }");
                line.replace("NotYet { awaited: LogOut }", "CannotBeKnown { reason: NotLoggedOut }")
            };
            let live: Vec<_> = live.into_iter().map(at_end).collect();
            assert_eq!(checked, live, "{} until {until}", file.display());
        }
    }
}

/// The verdicts on a recording that has ended at `until`.
fn lines_at_end(timeline: &Timeline, until: i64, expectations: &Expectations) -> Vec<String> {
    judged::verdict_lines(&Recorded::ended(timeline, &derive_history(timeline), until, false), expectations)
}

/// The timeline as a view reads it from batches of at most `size` entries. Each batch is sent twice, as after a lost
/// reply.
fn stored(timeline: &Timeline, size: usize) -> Timeline {
    let mut out = Timeline::default();
    for document in timeline.in_order() {
        let entries: Vec<_> = document.entries().map(|(_, entry)| entry).collect();
        let number = |entry: &Entry| entry.id.seq.page_number();
        let is_next = |one: &&Entry, other: &&Entry| {
            number(one).zip(number(other)).is_some_and(|(number, next)| next == number + 1)
        };
        for batch in entries.chunk_by(is_next).flat_map(|run| run.chunks(size)) {
            let first = number(batch[0]);
            let head = BatchHeader { sender: document.sender.clone(), first: first.unwrap_or(0), own: first.is_none() };
            let texts: Vec<_> = batch.iter().map(|entry| wire::write(entry).to_string()).collect();
            for _ in 0..2 {
                push_stored(&mut out, &head.to_text(), texts.iter().map(String::as_str));
            }
        }
        let doc = out.open(document.sender.clone());
        out.record_next(doc, document.next());
    }
    out
}

#[test]
fn every_replay_survives_being_a_file_and_being_masked() {
    for file in files() {
        let timeline = replay(&std::fs::read_to_string(&file).unwrap());
        let again = file::read(&file::write(&timeline, 0, false)).unwrap();
        assert_eq!(
            history_json::history_json(&again.timeline),
            history_json::history_json(&timeline),
            "{}",
            file.display()
        );
        let masked = file::read(&file::write(&timeline, 0, true)).unwrap();
        assert_eq!(
            history_json::finding_locations(&masked.timeline),
            history_json::finding_locations(&timeline),
            "{}",
            file.display()
        );
    }
}

#[test]
fn no_missing_entry_accuses_a_page() {
    for file in files() {
        let whole = replay(&std::fs::read_to_string(&file).unwrap());
        let known = accusations(&whole);
        for (missing, timeline) in with_missing(&whole) {
            let new: Vec<_> = accusations(&timeline).into_iter().filter(|it| !known.contains(it)).collect();
            assert!(new.is_empty(), "{} {missing}: {new:?}", file.display());
        }
    }
}

/// Each check that has findings, with the field and the name that they are about.
fn accusations(timeline: &Timeline) -> Vec<String> {
    let history = derive_history(timeline);
    let about = |found: &Finding| {
        let name = found.about.name.as_deref().unwrap_or_default();
        format!("{} {} {name}", found.check, found.about.field.map_or("", |field| field.key()))
    };
    check(&Facts::new(&history, None)).iter().map(about).collect()
}

#[test]
fn the_documented_recording_is_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/recording.md");
    let text = std::fs::read_to_string(path).unwrap();
    let example = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let read = file::read(example).unwrap();
    assert_eq!((read.unreadable, read.timeline.len(), read.timeline.losses().total()), (0, 4, 14));
}

fn files() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay");
    let paths = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|it| it == "jsonl")).collect();
    files.sort();
    files
}

fn replay(text: &str) -> Timeline {
    let mut timeline = Timeline::default();
    let mut doc = None;
    for (line, place) in text.lines().filter(|line| !line.is_empty() && !line.starts_with("//")).zip(0..) {
        match opens(line) {
            Some(sender) => doc = Some(timeline.open(sender)),
            None => push(&mut timeline, doc.expect("a document comes first"), line, place),
        }
    }
    timeline
}

fn opens(line: &str) -> Option<Sender> {
    let head: Value = serde_json::from_str(line).unwrap_or_default();
    if head["origin"].is_null() || !head["k"].is_null() {
        return None;
    }
    let text = |key: &str| head[key].as_str().unwrap_or_default().to_owned();
    Some(Sender {
        frame: head["frame"].as_i64().unwrap_or(0),
        document: text("document"),
        url: text("url"),
        top: head["top"] != false,
        less_trusted: head["less"] == true,
        origin: head["origin"].as_f64().unwrap() as i64,
    })
}

fn push(timeline: &mut Timeline, doc: DocId, line: &str, place: u64) {
    let (entry, oddity) = wire::read(line, doc, place);
    assert_eq!(oddity, None, "{line}");
    timeline.push(entry);
}
