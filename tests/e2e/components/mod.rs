//! Each component as a screen reader finds it: by role and name in the browser's accessibility tree, used with a real
//! mouse and real keys, in both browsers. The pages are those of the catalogue, with its substitute browser.

mod asking;
mod buttons;
mod choosing;
mod metadata;
mod saying;
mod typing;

use crate::support::World;
use xtask::catalogue::{self, Catalogue, State, picture};
use xtask::drive::{Page, Seen};

/// The catalogue, open in one tab.
struct Stage {
    served: Catalogue,
    states: Vec<State>,
    page: Page,
}

impl Stage {
    fn new(world: &World) -> Self {
        let served = Catalogue::start().unwrap();
        let page = world.browser.open(&served.menu_url()).unwrap();
        Self { served, states: catalogue::states().unwrap(), page }
    }

    /// Shows a state of the catalogue.
    fn show(&self, name: &str) -> &Page {
        let state = catalogue::find_state(&self.states, name).unwrap();
        picture::show(&self.page, &self.served.url_of(state, "en")).unwrap();
        &self.page
    }

    fn click(&self, role: &str, name: &str) {
        self.page.the(role, name).click().unwrap();
    }

    fn type_text(&self, role: &str, name: &str, text: &str) {
        self.page.the(role, name).type_text(text).unwrap();
    }

    fn press(&self, keys: &[&str]) {
        keys.iter().for_each(|key| self.page.press(key).unwrap());
    }

    fn see(&self, role: &str, name: &str) -> Seen {
        self.page.the(role, name).see().unwrap()
    }

    fn see_when(&self, role: &str, name: &str, what: &str, is: impl Fn(&Seen) -> bool) -> Seen {
        self.page.the(role, name).see_when(what, is).unwrap()
    }

    fn see_state(&self, role: &str, name: &str, state: &str) -> Seen {
        self.see_when(role, name, state, |seen| seen.is(state))
    }

    /// Waits until the element has the focus.
    fn see_focus(&self, role: &str, name: &str) {
        self.see_state(role, name, "focused");
    }

    fn see_value(&self, name: &str, value: &str) {
        self.see_when("textbox", name, &format!("to hold {value:?}"), |seen| seen.value == value);
    }

    /// Waits until an input is wrong and described by its error.
    fn see_wrong(&self, name: &str, why: &str) {
        self.see_when("textbox", name, "to be wrong", |seen| seen.is("invalid") && seen.description.starts_with(why));
    }

    /// Waits until an input is valid and has no description.
    fn see_right(&self, name: &str) {
        self.see_when("textbox", name, "to be right", |seen| !seen.is("invalid") && seen.description.is_empty());
    }

    fn see_gone(&self, role: &str, name: &str) {
        self.page.the(role, name).gone().unwrap();
    }

    /// Waits until the page announces this text.
    fn hear(&self, words: &str) {
        self.page.wait_said(words).unwrap();
    }
}
