//! Whether the person holds the pointer down. Nothing is made anew meanwhile: where press and release meet two different
//! elements, the browser makes no click of them.

use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;

/// How long a press holds things up at most: browsers do not tell of each release, as after one on a scroll bar.
const LONGEST: Duration = Duration::from_secs(1);

thread_local! {
    static PRESSED: ArcRwSignal<bool> = follow();
    /// When the press counts as over.
    static END: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// Whoever reads it is woken by the press and by the release.
pub(super) fn is_pressed() -> bool {
    PRESSED.with(ArcRwSignal::get)
}

fn follow() -> ArcRwSignal<bool> {
    let pressed = ArcRwSignal::new(false);
    let begin = pressed.clone();
    window_event_listener_untyped("pointerdown", move |_| {
        begin.set(true);
        end_after(&begin, LONGEST);
    });
    for end in ["pointerup", "pointercancel"] {
        let end_of = pressed.clone();
        // The click is told later in the same task.
        window_event_listener_untyped(end, move |_| end_after(&end_of, Duration::ZERO));
    }
    pressed
}

/// Ends the press after a time, and not when a time set before is over: that one may be an earlier press's.
fn end_after(pressed: &ArcRwSignal<bool>, wait: Duration) {
    let pressed = pressed.clone();
    let end = set_timeout_with_handle(move || pressed.maybe_update(std::mem::take), wait);
    if let Some(before) = END.replace(end.ok()) {
        before.clear();
    }
}
