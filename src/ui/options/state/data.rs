//! Deleting what the inspector has stored.

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Model {
    #[default]
    Idle,
    /// The person is asked whether really everything is to go.
    Asking,
    Working,
    Done,
    /// In the browser's own words.
    Failed(String),
}

/// What is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Drafts, what was done, and recordings: all that the browser's end takes away anyhow.
    Session,
    /// The values remembered to be offered while typing.
    LastUsed,
    /// Both, the account, the recorded sites, what was saved, the options, and the permissions given for them.
    Everything,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person wishes it. Everything goes only after a second word.
    Delete(What),
    Keep,
    /// Said twice.
    DeleteEverything,
    Deleted(Result<(), String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answered by [`Event::Deleted`].
    Delete(What),
}

/// Takes the state through one event.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let (next, effects) = match event {
        Event::Delete(What::Everything) => (Model::Asking, vec![]),
        Event::Delete(what) => (Model::Working, vec![Effect::Delete(what)]),
        Event::Keep => (Model::Idle, vec![]),
        // A second press, or a late one, finds the question gone.
        Event::DeleteEverything if *model != Model::Asking => return vec![],
        Event::DeleteEverything => (Model::Working, vec![Effect::Delete(What::Everything)]),
        Event::Deleted(Ok(())) => (Model::Done, vec![]),
        Event::Deleted(Err(why)) => (Model::Failed(why), vec![]),
    };
    *model = next;
    effects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_goes_only_after_a_second_word() {
        let mut model = Model::default();
        assert_eq!(update(&mut model, Event::DeleteEverything), []);
        assert_eq!(update(&mut model, Event::Delete(What::Everything)), []);
        update(&mut model, Event::Keep);
        assert_eq!(update(&mut model, Event::DeleteEverything), []);
        update(&mut model, Event::Delete(What::Everything));
        assert_eq!(update(&mut model, Event::DeleteEverything), [Effect::Delete(What::Everything)]);
        assert_eq!(update(&mut model, Event::DeleteEverything), []);
        assert_eq!(model, Model::Working);
    }

    #[test]
    fn what_went_wrong_is_told() {
        let mut model = Model::default();
        assert_eq!(update(&mut model, Event::Delete(What::Session)), [Effect::Delete(What::Session)]);
        update(&mut model, Event::Deleted(Err("no".into())));
        assert_eq!(model, Model::Failed("no".into()));
    }
}
