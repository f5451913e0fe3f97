//! A page in the browser's accessibility tree, by role, accessible name and state, with actions on its nodes.

use anyhow::{Result, anyhow, bail};
use inspector_launch::wait;

use super::node::Seen;
use super::page::Page;
use super::{LIMIT, script};

/// Adds to each node the text of its descendants.
fn with_texts(mut all: Vec<Seen>) -> Vec<Seen> {
    for at in 0..all.len() {
        let inside = all[at + 1..].iter().take_while(|one| one.depth > all[at].depth);
        let words = inside.filter(|one| one.role == "text").flat_map(|one| one.name.split_whitespace());
        all[at].text = words.collect::<Vec<_>>().join(" ");
    }
    all
}

/// The node with a role and a name, found again at each use.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    page: &'a Page,
    role: &'a str,
    name: &'a str,
}

impl Page {
    /// All nodes in reading order.
    ///
    /// # Errors
    /// If the page is gone.
    pub fn seen(&self) -> Result<Vec<Seen>> {
        self.0.seen().map(with_texts)
    }

    /// The node with this role and accessible name. Using it fails if there are several.
    pub fn the<'a>(&'a self, role: &'a str, name: &'a str) -> Control<'a> {
        Control { page: self, role, name }
    }

    /// The focused node, once there is one.
    ///
    /// # Errors
    /// If there is none.
    pub fn focused(&self) -> Result<Seen> {
        // The document has the focus if nothing else has.
        let on = |all: Vec<Seen>| all.into_iter().skip(1).find(|one| one.is("focused"));
        let found = wait(LIMIT, || Ok(on(self.seen()?)))?;
        found.map_err(|()| anyhow!("nothing has the focus"))
    }

    /// The texts of all alerts and statuses that aren't empty.
    ///
    /// # Errors
    /// If the page is gone.
    pub fn said_aloud(&self) -> Result<Vec<String>> {
        let live = |one: &Seen| matches!(one.role.as_str(), "alert" | "status") && !one.text.is_empty();
        Ok(self.seen()?.into_iter().filter(live).map(|one| one.text).collect())
    }

    /// Waits until an alert or a status has this text.
    ///
    /// # Errors
    /// With the current texts, after the time limit.
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
    /// The node, once there is exactly one.
    ///
    /// # Errors
    /// With all nodes of its role, after the time limit.
    pub fn see(&self) -> Result<Seen> {
        self.see_when("to be there", |_| true)
    }

    /// The same, once it matches `is`. Errors name `what`.
    ///
    /// # Errors
    /// After the time limit.
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
    /// After the time limit.
    pub fn gone(&self) -> Result<()> {
        let is_it = |one: &Seen| one.role == self.role && one.name == self.name;
        let gone = wait(LIMIT, || Ok((!self.page.seen()?.iter().any(is_it)).then_some(())))?;
        gone.map_err(|()| anyhow!("{} {:?} is still there after {LIMIT:?}", self.role, self.name))
    }

    /// Clicks it with the mouse like [`Page::click`].
    ///
    /// # Errors
    /// If it doesn't exist or can't be clicked.
    pub fn click(&self) -> Result<()> {
        self.store_element()?;
        self.page.click_on(script::STORED_ELEMENT, self.name)
    }

    /// Moves the mouse onto it.
    ///
    /// # Errors
    /// If it doesn't exist or is hidden.
    pub fn hover(&self) -> Result<()> {
        self.store_element()?;
        self.page.hover_on(script::STORED_ELEMENT, self.name)
    }

    /// Replaces its text by typing.
    ///
    /// # Errors
    /// If it doesn't exist or isn't editable.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.store_element()?;
        self.page.type_on(script::STORED_ELEMENT, self.name, text)
    }

    /// Finds it and stores its element in the page.
    fn store_element(&self) -> Result<()> {
        let stored = wait(LIMIT, || {
            let Some(node) = self.see()?.node else { bail!("{} {:?} is no element", self.role, self.name) };
            // It may have been replaced since.
            Ok(self.page.0.store_element(node).ok())
        })?;
        stored.map_err(|()| anyhow!("{} {:?} was never still", self.role, self.name))
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
