//! A page as assistive technology sees it: by role, accessible name and state, out of the browser's own accessibility tree;
//! and a person's hand at what is found so.

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;

use super::page::{Page, wait};
use super::{LIMIT, script};

/// One thing in the accessibility tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// The role by its name in ARIA; `text` for a piece of text.
    pub role: String,
    /// The accessible name.
    pub name: String,
    pub description: String,
    /// What it holds, such as the text of an input.
    pub value: String,
    /// `checked`, `collapsed`, `disabled`, `expanded`, `focused`, `invalid`, `pressed`, `readonly`, `selected`: those that hold.
    pub states: Vec<String>,
    /// The pieces of text in it, in order, a space between them.
    #[serde(default)]
    pub text: String,
    /// How many things it is in.
    pub(super) depth: usize,
    /// What the driver calls its node in the document, until the tree is asked for again.
    pub(super) node: Option<i64>,
}

impl Seen {
    /// Whether it is in that state.
    pub fn is(&self, state: &str) -> bool {
        self.states.iter().any(|one| one == state)
    }

    fn said(&self) -> String {
        let states = self.states.iter().map(|state| format!(", {state}"));
        format!("{} {:?}{}", self.role, self.name, states.collect::<String>())
    }
}

/// Gives each thing the text of what comes after it and is deeper.
fn with_texts(mut all: Vec<Seen>) -> Vec<Seen> {
    for at in 0..all.len() {
        let inside = all[at + 1..].iter().take_while(|one| one.depth > all[at].depth);
        let words = inside.filter(|one| one.role == "text").flat_map(|one| one.name.split_whitespace());
        all[at].text = words.collect::<Vec<_>>().join(" ");
    }
    all
}

/// The one thing on a page with a role and a name, found anew at each use.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    page: &'a Page,
    role: &'a str,
    name: &'a str,
}

impl Page {
    /// Everything in the accessibility tree, in the order of reading.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn seen(&self) -> Result<Vec<Seen>> {
        self.0.seen().map(with_texts)
    }

    /// The one thing with this role and accessible name; where there are more of them, using it fails.
    pub fn the<'a>(&'a self, role: &'a str, name: &'a str) -> Control<'a> {
        Control { page: self, role, name }
    }

    /// What has the focus, once something has.
    ///
    /// # Errors
    /// When nothing has.
    pub fn focused(&self) -> Result<Seen> {
        // The document itself has it too where nothing else has.
        let on = |all: Vec<Seen>| all.into_iter().skip(1).find(|one| one.is("focused"));
        let found = wait(LIMIT, || Ok(on(self.seen()?)))?;
        found.map_err(|()| anyhow!("nothing has the focus"))
    }

    /// What is being said aloud by itself: the texts of all alerts and statuses that say something.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn said_aloud(&self) -> Result<Vec<String>> {
        let live = |one: &Seen| matches!(one.role.as_str(), "alert" | "status") && !one.text.is_empty();
        Ok(self.seen()?.into_iter().filter(live).map(|one| one.text).collect())
    }

    /// Waits until these words are said so.
    ///
    /// # Errors
    /// When they are not, with what is.
    pub fn wait_said(&self, words: &str) -> Result<()> {
        let mut said = vec![];
        let heard = wait(LIMIT, || {
            said = self.said_aloud()?;
            Ok(said.iter().any(|one| one == words).then_some(()))
        })?;
        heard.map_err(|()| anyhow!("{words:?} was not said within {LIMIT:?} but {said:?}"))
    }
}

impl Control<'_> {
    /// It, once it is there and there is one of it.
    ///
    /// # Errors
    /// When it does not come, with everything of its role that is there.
    pub fn see(&self) -> Result<Seen> {
        self.see_when("to be there", |_| true)
    }

    /// The same, once `is` holds of it; `what` says what is waited for.
    ///
    /// # Errors
    /// When that does not come.
    pub fn see_when(&self, what: &str, is: impl Fn(&Seen) -> bool) -> Result<Seen> {
        let mut all = vec![];
        let found = wait(LIMIT, || {
            all = self.page.seen()?;
            let mut matching = all.iter().filter(|one| one.role == self.role && one.name == self.name);
            match (matching.next(), matching.next()) {
                (Some(_), Some(_)) => bail!("{} {:?} is there more than once", self.role, self.name),
                (one, _) => Ok(one.filter(|one| is(one)).cloned()),
            }
        })?;
        found.map_err(|()| {
            let others = all.iter().filter(|one| one.role == self.role).map(Seen::said).collect::<Vec<_>>().join("; ");
            anyhow!("waited {LIMIT:?} for {} {:?} {what}; of its role there is: {others}", self.role, self.name)
        })
    }

    /// Waits until there is none.
    ///
    /// # Errors
    /// When it stays.
    pub fn gone(&self) -> Result<()> {
        let is_it = |one: &Seen| one.role == self.role && one.name == self.name;
        let gone = wait(LIMIT, || Ok((!self.page.seen()?.iter().any(is_it)).then_some(())))?;
        gone.map_err(|()| anyhow!("{} {:?} is still there after {LIMIT:?}", self.role, self.name))
    }

    /// Clicks it with the mouse as [`Page::click`] does.
    ///
    /// # Errors
    /// When it is not there or cannot be clicked.
    pub fn click(&self) -> Result<()> {
        self.hold()?;
        self.page.click_on(script::HELD, self.name)
    }

    /// Moves the mouse onto it.
    ///
    /// # Errors
    /// When it is not there or hidden.
    pub fn hover(&self) -> Result<()> {
        self.hold()?;
        self.page.hover_on(script::HELD, self.name)
    }

    /// Types over what it holds.
    ///
    /// # Errors
    /// When it is not there or takes no text.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.hold()?;
        self.page.type_on(script::HELD, self.name, text)
    }

    /// Finds it and has the page hold its element.
    fn hold(&self) -> Result<()> {
        let held = wait(LIMIT, || {
            let Some(node) = self.see()?.node else { bail!("{} {:?} is no element", self.role, self.name) };
            // It may have been made anew since.
            Ok(self.page.0.hold(node).ok())
        })?;
        held.map_err(|()| anyhow!("{} {:?} was never still", self.role, self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_thing_is_that_of_what_is_in_it() {
        let one =
            |role: &str, name: &str, depth| Seen { role: role.into(), name: name.into(), depth, ..Seen::default() };
        let all = [
            one("status", "", 1),
            one("text", " a  b", 2),
            one("list", "", 2),
            one("text", "c", 3),
            one("text", "d", 1),
        ];
        let texts: Vec<_> = with_texts(all.into()).into_iter().map(|one| one.text).collect();
        assert_eq!(texts, ["a b c", "", "c", "", ""]);
    }
}
