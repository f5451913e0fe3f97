//! The calls that apply an edit, as code.

use super::parts::Mode;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::js_text;

/// Returns the JavaScript that does the same as applying the draft.
pub fn calls_text(mode: Mode, patch: &VisitorPatch) -> String {
    let update = js_text::call("updateConnection", &[patch.argument()]);
    match mode {
        Mode::Update => update,
        // Within the task of a reset, the SDK clears an update. An update queued while the SDK reconnects stops its
        // queue. A call from inside the callback recurses (docs/sdk-reference.md#callbacks-and-events).
        Mode::Switch => {
            let update = update.replace('\n', "\n    ");
            let then = format!("Upscope('getShortId', () => setTimeout(() => {{\n    {update}\n  }}));");
            format!("{}\nsetTimeout(() => {{\n  {then}\n}});", js_text::call("reset", &[]))
        }
    }
}
