//! A target for each reader of what others write: it never fails, and what it accepts is the same after it was written
//! and read again.

use inspector_core::expectations::{self, Expectations, Format, Recorded, judge};
use inspector_core::page_report::{export, raw_report};
use inspector_core::policy::Policy;
use inspector_core::presets;
use inspector_core::recording::document::Sender;
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage::{self, BatchHeader};
use inspector_core::recording::{Timeline, file, wire};
use inspector_core::suggestions::LastUsed;
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::visitor::{read_list, read_one, read_watch};
use inspector_core::{checks, json_read};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt::Debug;
use upscope_inspector::messages::{Reply, Request};
use upscope_inspector::storage_format::session::{ChosenFrame, Drafts, Journal};

/// A recording and a file of expectations, each to go with changes of the other.
const RECORDING: &str = include_str!("__fuzz__/recording_file/corpus/documented.json");
const EXPECTATIONS: &str = include_str!("__fuzz__/expectation_file/corpus/all.json");

macro_rules! targets {
    ($($name:ident;)*) => {
        mod run {
            $(
                #[test]
                fn $name() {
                    #[cfg(not(fuzzing))]
                    inspector_fuzz::try_mutants(stringify!($name), super::$name);
                    #[cfg(fuzzing)]
                    bolero::check!(name = stringify!($name)).for_each(|bytes: &[u8]| {
                        if let Ok(text) = std::str::from_utf8(bytes) {
                            super::$name(text);
                        }
                    });
                }
            )*
        }
    };
}

targets! {
    page_report;
    message;
    timeline;
    recording_file;
    preset_file;
    rest_answer;
    stored_data;
    policy;
    expectation_file;
}

/// What the probe reports.
fn page_report(text: &str) {
    for seen_handshake in [false, true] {
        let (report, _) = raw_report::read(text, |_| seen_handshake);
        for masked in [false, true] {
            let exported = export::page_report([&report].into_iter(), 0, masked);
            assert!(serde_json::from_str::<Value>(&exported).is_ok(), "{exported}");
            assert!(exported.len() < 10_000 + text.len() * 40, "{} from {}", exported.len(), text.len());
        }
    }
}

/// What the extension's pages and its background say to each other.
fn message(text: &str) {
    comes_back::<Request>(text);
    comes_back::<Reply>(text);
}

/// Entries of a recorder, one a line. An empty line begins another document.
fn timeline(text: &str) {
    let mut timeline = Timeline::default();
    for (number, document) in text.split("\n\n").enumerate().take(4) {
        let doc = timeline.open(sender(number));
        for (place, line) in (0..).zip(document.lines()) {
            timeline.push(wire::read(line, doc, place).0);
        }
    }
    history(&timeline);
    let written = file::write(&timeline, 0, false);
    let read = file::read(&written).expect("a written recording is one");
    assert_eq!(file::write(&read.timeline, 0, false), written);
    assert!(file::read(&file::write_masked(&timeline, 0)).is_ok());
}

/// A file that a person opens.
fn recording_file(text: &str) {
    if let Ok(recording) = file::read(text) {
        history(&recording.timeline);
        verdicts(&expectations::read(EXPECTATIONS, Format::Json).expect("the example is a file"), text);
        let written = file::write(&recording.timeline, 0, false);
        let again = file::read(&written).expect("a written recording is one");
        assert_eq!(file::write(&again.timeline, 0, false), written);
    }
}

/// A file that a person imports, and what is stored.
fn preset_file(text: &str) {
    let presets: Vec<_> =
        presets::file::read(text).into_iter().flatten().filter_map(|entry| entry.preset.ok()).collect();
    assert_eq!(presets::file::read_stored(&presets::file::write(&presets)), Some(presets));
    if let Some(stored) = presets::file::read_stored(text) {
        assert_eq!(presets::file::read_stored(&presets::file::write(&stored)), Some(stored));
    }
}

/// What Upscope's server answers, or one in its place.
fn rest_answer(text: &str) {
    let _ = (read_one(text), read_list(text));
    for status in [200, 401, 404, 429, 500] {
        let _ = ApiProblem::from_response(status, None, text);
    }
    for own in ["https://api.upscope.io", "http://127.0.0.1:8080"] {
        if let Ok(address) = read_watch(text, own) {
            assert!(address.starts_with("https://") || address.starts_with(own), "{address}");
        }
    }
}

/// What an earlier version, or a later one, has stored.
fn stored_data(text: &str) {
    if let Some(drafts) = Drafts::read(text) {
        assert_eq!(Drafts::read(&drafts.to_text()), Some(drafts));
    }
    if let Some(frame) = ChosenFrame::read(text) {
        assert_eq!(ChosenFrame::read(&frame.to_text()), Some(frame));
    }
    if let Some(used) = LastUsed::read(text) {
        assert_eq!(LastUsed::read(&used.write()), Some(used));
    }
    if let Some(head) = BatchHeader::read(text) {
        assert_eq!(BatchHeader::read(&head.to_text()), Some(head));
    }
    comes_back::<Journal>(text);
    let (head, entries) = text.split_once('\n').unwrap_or((text, ""));
    let mut timeline = Timeline::default();
    storage::push(&mut timeline, head, entries.lines());
    history(&timeline);
}

/// What an administrator has set.
fn policy(text: &str) {
    let Ok(set) = json_read::read(text) else { return };
    let policy = Policy::read(&set);
    assert!(policy.problems.len() <= 600);
    let is_set = |key: &str| set.get(key).is_some();
    if is_set("readOnly") && set["readOnly"] != Value::Bool(false) {
        assert!(policy.rules.restriction("https://shop.example/").is_some(), "{text}");
    }
    if is_set("allowedOrigins") {
        assert!(policy.rules.origins().is_some(), "{text}");
    }
}

/// A file in a site's repository.
fn expectation_file(text: &str) {
    for format in [Format::Json, Format::Toml] {
        match expectations::read(text, format) {
            Ok(file) => verdicts(&file, RECORDING),
            Err(wrong) => assert!(!wrong.message.is_empty()),
        }
    }
}

/// The verdicts on a recording, while it goes on and when it has ended.
fn verdicts(expectations: &Expectations, recording: &str) {
    let recording = file::read(recording).expect("a recording");
    let (timeline, history) = (&recording.timeline, &replay(&recording.timeline));
    for masked in [false, true] {
        for goes_on in [false, true] {
            let recorded = Recorded { timeline, history, until: recording.at, masked, goes_on };
            let judged = judge(expectations, &recorded);
            assert_eq!(judged.len(), expectations.into_iter().count());
            assert!(judged.iter().flat_map(|one| &one.visits).all(|visit| !visit.verdicts.is_empty()));
        }
    }
}

/// Whatever is read is the same after it was written and read again.
fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) {
    if let Ok(value) = serde_json::from_str::<T>(text) {
        let written = serde_json::to_value(&value).expect("a message can be written");
        assert_eq!(serde_json::from_value::<T>(written).expect("a written message is one"), value);
    }
}

/// The history of a timeline, and the findings in it.
fn history(timeline: &Timeline) {
    let history = replay(timeline);
    let _ = checks::check(&checks::Facts::new(&history, None));
}

fn sender(number: usize) -> Sender {
    Sender {
        frame: number as i64,
        document: number.to_string(),
        url: "https://shop.example/".to_owned(),
        top: number == 0,
        less_trusted: number > 0,
        origin: 1000,
    }
}
