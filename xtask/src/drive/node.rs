//! A node of a page's accessibility tree, the same for both browsers.

use serde::Deserialize;

/// A node of the accessibility tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// The ARIA role; `text` for a text node.
    pub role: String,
    /// The accessible name.
    pub name: String,
    pub description: String,
    /// The value, such as the text of an input.
    pub value: String,
    /// The states: any of `checked`, `collapsed`, `disabled`, `expanded`, `focused`, `invalid`, `pressed`, `readonly`,
    /// `selected`.
    pub states: Vec<String>,
    /// Its text nodes in order, separated by spaces.
    #[serde(default)]
    pub text: String,
    /// Its depth.
    pub(super) depth: usize,
    /// The driver's ID of its DOM node, valid until the tree is requested again.
    pub(super) node: Option<i64>,
}

impl Seen {
    /// Whether it has the state.
    pub fn is(&self, state: &str) -> bool {
        self.states.iter().any(|one| one == state)
    }

    /// Its role, name and states, for errors.
    pub(super) fn said(&self) -> String {
        let states = self.states.iter().map(|state| format!(", {state}"));
        format!("{} {:?}{}", self.role, self.name, states.collect::<String>())
    }
}
