//! Pictures, drawn inline with the ink of the text around them.

use crate::ui::dom::{Node, el};
use leptos::prelude::*;
use leptos::web_sys::Element;

pub use crate::ui::components::IconName as Icon;

/// A picture of 16 units square; screen readers pass over it.
pub fn icon(icon: Icon) -> Node {
    el("i").attr("aria-hidden", "true").setup(move |element| draw(element, icon.path()))
}

/// SVG elements are made by hand, since they need their namespace.
fn draw(into: &Element, path: &str) {
    let make = |tag| document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
    if let (Ok(svg), Ok(line)) = (make("svg"), make("path")) {
        let _ = svg.set_attribute("class", "icon");
        let _ = svg.set_attribute("viewBox", "0 0 16 16");
        let _ = line.set_attribute("d", path);
        let _ = svg.append_child(&line);
        let _ = into.append_child(&svg);
    }
}
