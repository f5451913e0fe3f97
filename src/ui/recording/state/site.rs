//! The tab's site and the request to record it.

use super::event::Effect;
use super::model::{Model, RequestProgress, Site, SiteRecording};

/// Handles what the browser reports about the site. Another site doesn't inherit the progress.
pub(super) fn show(model: &mut Model, site: Site) {
    if model.recording.site != site {
        model.recording.progress = RequestProgress::Idle;
    }
    model.recording.site = site;
}

pub(super) fn record(model: &mut Model, at: i64) -> Vec<Effect> {
    let (Site::Website { pattern, .. }, Some(tab)) = (&model.recording.site, model.tab()) else { return vec![] };
    let pattern = pattern.clone();
    model.recording.progress = RequestProgress::Asking;
    vec![Effect::Record { pattern, tab, at }]
}

/// Follows the request to record the site `pattern`.
pub(super) fn progress(model: &mut Model, pattern: &str, progress: RequestProgress) {
    let is_shown = matches!(&model.recording.site, Site::Website { pattern: shown, .. } if shown == pattern);
    // The first entries can arrive before the reply.
    let is_late = progress == RequestProgress::Started && model.recording.progress == RequestProgress::Idle;
    if is_shown && !is_late {
        model.recording.progress = progress;
    }
}

/// Handles that entries have arrived: the recording has appeared.
pub(super) fn entries_arrived(SiteRecording { progress, .. }: &mut SiteRecording) {
    if matches!(progress, RequestProgress::Starting | RequestProgress::Started) {
        *progress = RequestProgress::Idle;
    }
}

pub(super) fn stop(model: &mut Model, pattern: String) -> Vec<Effect> {
    model.recording.progress = RequestProgress::Idle;
    vec![Effect::Stop { pattern }]
}
