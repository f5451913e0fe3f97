//! The toolbar button of a recorded tab: Upscope's state, the number of problems, and whether the visitor was changed
//! with the inspector.

use crate::i18n::*;
use crate::stored_recordings;
use crate::webext::action::{Button, set_button};
use inspector_core::checks::verdict::{Verdict, VerdictState, verdict};
use inspector_core::checks::{Facts, check};
use inspector_core::recording::replay::replay;

/// The highest number on the button.
const MAX_COUNT: usize = 99;

/// The badge's colors: errors among the problems, only warnings, no problems. All are readable in light and dark
/// toolbars.
const ERROR_COLOR: &str = "#b3261e";
const WARNING_COLOR: &str = "#9a6700";
const NEUTRAL_COLOR: &str = "#4d5765";

/// Reads the tab's recording and updates its button. The button of a tab without a recording is unchanged.
pub async fn update(tab: i32) {
    let Some(timeline) = stored_recordings::load(tab).await else { return };
    let history = replay(&timeline);
    let verdict = verdict(&history, &check(&Facts::new(&history, None)));
    let icon = |size: u32| format!("icons/{}-{size}.png", name(verdict.state));
    let color = match verdict {
        Verdict { grave: true, .. } => ERROR_COLOR,
        Verdict { problems: 1.., .. } => WARNING_COLOR,
        _ => NEUTRAL_COLOR,
    };
    set_button(tab, &Button { badge: &badge(&verdict), color, title: &title(&verdict), icons: [icon(16), icon(32)] })
        .await;
}

fn name(state: VerdictState) -> &'static str {
    match state {
        VerdictState::Nothing => "nothing",
        VerdictState::NotConnected => "not-connected",
        VerdictState::Connected => "connected",
        VerdictState::InSession => "in-session",
    }
}

/// The number of problems, and a pencil if the visitor was changed.
fn badge(verdict: &Verdict) -> String {
    let count = match verdict.problems {
        0 => String::new(),
        many if many > MAX_COUNT => format!("{MAX_COUNT}+"),
        some => some.to_string(),
    };
    if verdict.changed { count + "✎" } else { count }
}

fn title(verdict: &Verdict) -> String {
    let state = match verdict.state {
        VerdictState::Nothing => BUTTON_NOTHING,
        VerdictState::NotConnected => BUTTON_NOT_CONNECTED,
        VerdictState::Connected => BUTTON_CONNECTED,
        VerdictState::InSession => BUTTON_IN_SESSION,
    };
    let problems = match verdict.problems {
        0 => None,
        1 => Some(PROBLEMS_ONE.text()),
        many => Some(problems_many(&many.to_string())),
    };
    let changed = verdict.changed.then(|| BUTTON_CHANGED.text());
    let parts = [Some(EXT_SHORT_NAME.text()), Some(state.text()), problems, changed];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
