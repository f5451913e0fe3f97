//! A choice between a few words, side by side: radio buttons, with their keyboard.

use crate::ui::dom::{Live, Node, On, el};

pub struct Seg {
    /// Tells the choice from every other one on the page.
    pub id: String,
    /// What is chosen about.
    pub label: String,
    /// The stable name and the words of each option.
    pub options: Vec<(&'static str, String)>,
    /// The index of the chosen option.
    pub chosen: Live<usize>,
    pub on: On<usize>,
}

pub fn seg(props: Seg) -> Node {
    let Seg { id, label, options, chosen, on } = props;
    let option = |(index, (action, words)): (usize, (&'static str, String))| {
        let (on, chosen) = (on.clone(), chosen.clone());
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", id.clone())
            .attr("data-action", action)
            .live_flag("checked", move || chosen() == index)
            .on("change", move |_| on(index));
        el("label").child(radio).child(el("span").text(words))
    };
    let options: Vec<_> = options.into_iter().enumerate().map(option).collect();
    el("div").class("seg").attr("role", "radiogroup").attr("aria-label", label).children(options)
}
