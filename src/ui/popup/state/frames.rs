//! Which of a page's frames is shown, and how many are not.

use super::model::{InspectedFrame, InspectedPage, Model};

/// The first frame with a loaded SDK, or else the first with anything of Upscope, or else the main frame.
pub(super) fn default_frame(frames: &[InspectedFrame]) -> usize {
    let loaded = frames.iter().position(|frame| frame.report.sdk.takes_calls());
    loaded.or_else(|| frames.iter().position(|frame| frame.report.sdk.is_present())).unwrap_or(0)
}

/// The number of hidden frames. Each frame counts its children, and every frame except the main one is a child. The
/// children of frames that were left out are unknown.
pub(super) fn count_hidden(frames: &[InspectedFrame], left_out: u32) -> u64 {
    let children: u64 = frames.iter().map(|frame| frame.report.page.frames.min(10_000)).sum();
    children.saturating_sub(frames.len() as u64 - 1 + u64::from(left_out))
}

/// The index of the frame that the person chose, if it is among these.
pub(super) fn chosen_index(model: &Model, shown: &InspectedPage) -> Option<usize> {
    let chosen = model.chosen.as_ref()?;
    let same = |frame: &InspectedFrame| frame.frame == chosen.frame && frame.report.plain_url() == chosen.page;
    let alike = |frame: &InspectedFrame| frame.report.plain_url() == chosen.page;
    shown.frames.iter().position(same).or_else(|| shown.frames.iter().position(alike))
}
