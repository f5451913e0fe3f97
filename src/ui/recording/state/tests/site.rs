//! Tests of the request to record the tab's site.

use super::*;
use crate::errors::BrowserError;

const PATTERN: &str = "https://acme.test/*";

fn website(pattern: &str) -> Site {
    Site::Website { pattern: pattern.into(), host: "acme.test".into() }
}

fn progress(model: &mut Model, pattern: &str, progress: RequestProgress) {
    update(model, Event::Recording { pattern: pattern.into(), progress });
}

/// A tab without a recording, whose site the person is recording.
fn asking() -> Model {
    let mut model = model();
    update(&mut model, Event::Stored { at: NOW, index: Some(None), batches: vec![] });
    update(&mut model, Event::Site(website(PATTERN)));
    update(&mut model, Event::Record(1));
    progress(&mut model, PATTERN, RequestProgress::Starting);
    model
}

fn first_entry(model: &mut Model) {
    stored(model, Index { entries: 1, ..Index::default() }, vec![batch(0, &[call(0, "reset", json!([]))])]);
}

#[test]
fn a_started_recording_is_announced_until_it_appears() {
    let mut model = asking();
    progress(&mut model, PATTERN, RequestProgress::Started);
    stored(&mut model, Index::default(), vec![]);
    assert_eq!(model.recording.progress, RequestProgress::Started, "nothing is recorded yet");
    first_entry(&mut model);
    assert_eq!(model.recording.progress, RequestProgress::Idle);

    let mut model = asking();
    first_entry(&mut model);
    progress(&mut model, PATTERN, RequestProgress::Started);
    assert_eq!(model.recording.progress, RequestProgress::Idle, "the reply is later than the entries");
}

#[test]
fn another_site_does_not_inherit_the_progress() {
    let mut model = asking();
    update(&mut model, Event::Site(website(PATTERN)));
    assert_eq!(model.recording.progress, RequestProgress::Starting, "the same site");
    update(&mut model, Event::Site(website("https://other.test/*")));
    assert_eq!(model.recording.progress, RequestProgress::Idle);
    progress(&mut model, PATTERN, RequestProgress::Failed(BrowserError::NoDocument.into()));
    assert_eq!(model.recording.progress, RequestProgress::Idle, "the reply is about the first site");
}

#[test]
fn only_a_website_can_be_recorded() {
    let mut model = model();
    assert_eq!(update(&mut model, Event::Record(1)), []);
    update(&mut model, Event::Site(website(PATTERN)));
    let asked = Effect::Record { pattern: PATTERN.into(), tab: 3, at: 1 };
    assert_eq!(update(&mut model, Event::Record(1)), [asked]);
    assert_eq!(model.recording.progress, RequestProgress::Asking);
    progress(&mut model, PATTERN, RequestProgress::Refused);
    assert!(!model.is_site_recorded());
    update(&mut model, Event::Sites(vec![PATTERN.into()]));
    assert!(model.is_site_recorded());
    assert_eq!(update(&mut model, Event::Stop(PATTERN.into())), [Effect::Stop { pattern: PATTERN.into() }]);
}
