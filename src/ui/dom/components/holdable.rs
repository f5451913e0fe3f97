//! What is shown while the person holds it, where values are masked.

use crate::browser::preferences::is_masked;
use crate::ui::dom::Node;

/// Makes an element one that can be held by the space bar too: the keyboard reaches it while values are masked, and passes
/// it by otherwise. `settings.js` does the holding, and sees to it when masks come and go.
pub fn holdable(node: Node) -> Node {
    let node = node.attr("data-holdable", "");
    if is_masked() { node.attr("tabindex", "0") } else { node }
}
