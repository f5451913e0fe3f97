//! Reads recordings: the file that the extension exports, and the batches that the init script sends.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use inspector_core::json::Json;
use inspector_core::json_read;
use inspector_core::recording::Timeline;
use inspector_core::recording::file::{self, Recording, RecordingFileError};
use inspector_core::recording::storage::{BatchHeader, push_batch};

/// Maximum number of entries of a recording.
const MAX_ENTRIES: usize = 500_000;

/// Reads a recording in either format.
///
/// # Errors
/// If it can't be read or is neither.
pub fn read(path: &Path) -> Result<Recording> {
    let name = || path.display().to_string();
    let text = fs::read_to_string(path).with_context(name)?;
    if BatchHeader::read(text.lines().next().unwrap_or_default()).is_some() {
        return read_batches(&text).with_context(name);
    }
    read_text(&text).with_context(name)
}

/// Reads the text of a file that the extension exports.
///
/// # Errors
/// If it is not one.
pub fn read_text(text: &str) -> Result<Recording> {
    file::read_up_to(text, MAX_ENTRIES).map_err(|error| anyhow::anyhow!(reason(&error)))
}

/// Reads lines, each with one batch. The recording ends with the newest batch of a page: when a frame's batch arrives,
/// one of the page's may still be in transit.
pub fn read_batches(text: &str) -> Result<Recording> {
    let mut timeline = Timeline::with_cap(MAX_ENTRIES);
    let mut at = 0;
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let mut batch = json_read::read_borrowed(line).unwrap_or_default();
        let Some(head) = BatchHeader::of(&batch) else { bail!("line {number} is no batch") };
        let sent = batch.get("at").and_then(Json::as_i64).filter(|_| head.sender.top);
        at = at.max(sent.unwrap_or(0));
        let texts = batch.take("texts").into_items();
        push_batch(&mut timeline, head, texts.iter().filter_map(Json::as_str));
    }
    Ok(Recording { timeline, at, masked: false, unreadable: 0 })
}

fn reason(error: &RecordingFileError) -> String {
    match error {
        RecordingFileError::TooLarge => format!("larger than {} bytes", file::MAX_FILE),
        RecordingFileError::NotJson => "not a recording: no JSON, and no batches".to_owned(),
        RecordingFileError::OtherSchema(name) => format!("not a recording of {}: `{name}`", file::SCHEMA),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recording_ends_with_its_page() {
        let batch = |frame: u64, top: bool, at: u64| {
            format!(r#"{{"frame":{frame},"document":"{frame}","top":{top},"origin":1,"first":0,"at":{at},"texts":[]}}"#)
        };
        let lines = [batch(0, true, 50), batch(1, false, 70)];
        assert_eq!(read_batches(&lines.join("\n")).unwrap().at, 50);
    }

    #[test]
    fn batches_are_read_in_any_order_and_once() {
        let batch = |first: u64, at: u64| {
            format!(
                r#"{{"frame":0,"document":"1.5","url":"https://acme.test/","top":true,"less":false,"origin":1.5,"first":{first},"at":{at},"texts":["{{\"k\":\"call\",\"id\":{first},\"t\":{first},\"name\":\"init\",\"args\":[]}}"]}}"#
            )
        };
        let [one, two] = [batch(0, 50), batch(1, 70)];
        let read = |lines: &[&str]| read_batches(&lines.join("\n")).unwrap();
        assert_eq!(read(&[&one, &two, ""]), read(&[&two, &one, &two]));
        assert_eq!((read(&[&one, &two]).timeline.len(), read(&[&one, &two]).at), (2, 70));
        assert!(read_batches(&format!("{one}\nnonsense")).unwrap_err().to_string().contains("line 2"));
    }
}
