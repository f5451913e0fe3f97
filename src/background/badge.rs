//! The toolbar button of a recorded tab: Upscope's state, the number of problems and of expectations that are not met,
//! and whether the visitor was changed with the inspector.

use super::error::BackgroundError;
use super::expectations::{self, PageVerdicts, StoredTexts};
use crate::i18n::*;
use crate::stored_recordings;
use crate::webext::action::{Button, set_button};
use crate::webext::timer::TimeoutFuture;
use inspector_core::checks::verdict::{Verdict, VerdictState, verdict};
use inspector_core::checks::{Facts, check};
use inspector_core::recording::Timeline;
use inspector_core::recording::history::TabHistory;
use inspector_core::recording::replay::replay;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen_futures::spawn_local;
use web_sys::console;

/// The highest number on the button.
const MAX_COUNT: usize = 99;

/// The badge's colors: errors among the problems, only warnings, no problems. All are readable in light and dark
/// toolbars.
const ERROR_COLOR: &str = "#b3261e";
const WARNING_COLOR: &str = "#9a6700";
const NEUTRAL_COLOR: &str = "#4d5765";

thread_local! {
    /// The number of each tab's last update that awaits a time.
    static UPDATES: RefCell<HashMap<i32, u32>> = RefCell::default();
}

/// Reads the tab's recording and updates its button. The button of a tab without a recording is unchanged.
pub async fn update(tab: i32) -> Result<(), BackgroundError> {
    let Some(timeline) = stored_recordings::load(tab).await? else { return Ok(()) };
    let history = replay(&timeline);
    let verdict = verdict(&history, &check(&Facts::new(&history, None)));
    let PageVerdicts { failing, left } = judge_page(timeline, history).await?;
    let icon = |size: u32| format!("icons/{}-{size}.png", name(verdict.state));
    let color = match verdict {
        Verdict { grave: true, .. } => ERROR_COLOR,
        _ if failing > 0 => ERROR_COLOR,
        Verdict { problems: 1.., .. } => WARNING_COLOR,
        _ => NEUTRAL_COLOR,
    };
    let (badge, title) = (badge(&verdict, failing), title(&verdict, failing));
    set_button(tab, &Button { badge: &badge, color, title: &title, icons: [icon(16), icon(32)] }).await;
    if let Some(left) = left {
        update_later(tab, left);
    }
    Ok(())
}

/// The verdicts on the page. Without expectations, the part that judges isn't loaded.
async fn judge_page(timeline: Timeline, history: TabHistory) -> Result<PageVerdicts, BackgroundError> {
    let texts = StoredTexts::read().await?;
    if texts.is_empty() {
        Ok(PageVerdicts::default())
    } else {
        Ok(expectations::judge_page(texts, timeline, history).await?)
    }
}

/// Updates the button again when the time of an expectation is over, unless an entry did so before. If the browser has
/// stopped the background by then, the popup shows it.
fn update_later(tab: i32, left: i64) {
    let number = UPDATES.with_borrow_mut(|updates| {
        let number = updates.entry(tab).or_insert(0);
        *number += 1;
        *number
    });
    spawn_local(async move {
        TimeoutFuture::new(u32::try_from(left + 1).unwrap_or_default()).await;
        let is_last = UPDATES.with_borrow(|updates| updates.get(&tab) == Some(&number));
        if is_last && let Err(error) = update(tab).await {
            console::error_1(&error.into());
        }
    });
}

fn name(state: VerdictState) -> &'static str {
    match state {
        VerdictState::Nothing => "nothing",
        VerdictState::NotConnected => "not-connected",
        VerdictState::Connected => "connected",
        VerdictState::InSession => "in-session",
    }
}

/// The number of problems and failing expectations, and a pencil if the visitor was changed.
fn badge(verdict: &Verdict, failing: usize) -> String {
    let count = match verdict.problems + failing {
        0 => String::new(),
        many if many > MAX_COUNT => format!("{MAX_COUNT}+"),
        some => some.to_string(),
    };
    if verdict.changed { count + "✎" } else { count }
}

fn title(verdict: &Verdict, failing: usize) -> String {
    let state = match verdict.state {
        VerdictState::Nothing => BUTTON_NOTHING,
        VerdictState::NotConnected => BUTTON_NOT_CONNECTED,
        VerdictState::Connected => BUTTON_CONNECTED,
        VerdictState::InSession => BUTTON_IN_SESSION,
    };
    let problems = match verdict.problems {
        0 => None,
        1 => Some(PROBLEMS_ONE.text()),
        many => Some(words::problems_many(&many.to_string())),
    };
    let changed = verdict.changed.then(|| BUTTON_CHANGED.text());
    let failing = (failing > 0).then(|| words::expectations_failing(&failing.to_string()));
    let parts = [Some(EXT_SHORT_NAME.text()), Some(state.text()), problems, failing, changed];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
