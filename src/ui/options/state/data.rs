//! Deleting the stored data.

use crate::errors::BrowserError;
use crate::ui::request_error::RecordingError;
use inspector_core::upscope_api::problem::ApiProblem;

/// The progress of a deletion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Model {
    #[default]
    Idle,
    /// The person is asked to confirm that everything is deleted.
    Asking,
    Working,
    Done,
    Failed(DeletionError),
}

impl Model {
    /// Whether a deletion is in progress.
    pub fn is_working(&self) -> bool {
        *self == Self::Working
    }
}

/// Why not everything was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeletionError {
    Browser(BrowserError),
    /// The account couldn't be removed.
    Account(ApiProblem),
    Recordings(RecordingError),
}

impl From<BrowserError> for DeletionError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

impl From<RecordingError> for DeletionError {
    fn from(error: RecordingError) -> Self {
        Self::Recordings(error)
    }
}

/// What to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionScope {
    /// Session data: drafts, acts and recordings, which the browser also deletes when it closes.
    Session,
    /// The remembered values.
    LastUsed,
    /// All of that, and the account, the recorded sites, the presets, the options, and their permissions.
    Everything,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person requests a deletion. Deleting everything needs a confirmation.
    RequestDeletion(DeletionScope),
    Keep,
    /// The person confirms that everything is deleted.
    ConfirmDeletion,
    Deleted(Result<(), DeletionError>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answered by [`Event::Deleted`].
    Delete(DeletionScope),
}

/// Applies one event to the state.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let (next, effects) = match event {
        // One deletion at a time: the next result is that of the running one.
        Event::RequestDeletion(_) if model.is_working() => return vec![],
        Event::RequestDeletion(DeletionScope::Everything) => (Model::Asking, vec![]),
        Event::RequestDeletion(what) => (Model::Working, vec![Effect::Delete(what)]),
        Event::Keep => (Model::Idle, vec![]),
        // A second or late click finds no open question.
        Event::ConfirmDeletion if *model != Model::Asking => return vec![],
        Event::ConfirmDeletion => (Model::Working, vec![Effect::Delete(DeletionScope::Everything)]),
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
    fn deleting_everything_needs_a_confirmation() {
        let mut model = Model::default();
        assert_eq!(update(&mut model, Event::ConfirmDeletion), []);
        assert_eq!(update(&mut model, Event::RequestDeletion(DeletionScope::Everything)), []);
        update(&mut model, Event::Keep);
        assert_eq!(update(&mut model, Event::ConfirmDeletion), []);
        update(&mut model, Event::RequestDeletion(DeletionScope::Everything));
        assert_eq!(update(&mut model, Event::ConfirmDeletion), [Effect::Delete(DeletionScope::Everything)]);
        assert_eq!(update(&mut model, Event::ConfirmDeletion), []);
        assert_eq!(model, Model::Working);
    }

    #[test]
    fn one_deletion_runs_at_a_time() {
        let mut model = Model::default();
        update(&mut model, Event::RequestDeletion(DeletionScope::Session));
        assert_eq!(update(&mut model, Event::RequestDeletion(DeletionScope::Everything)), []);
        assert_eq!(update(&mut model, Event::RequestDeletion(DeletionScope::LastUsed)), []);
        assert_eq!(model, Model::Working, "its result must not answer another question");
        update(&mut model, Event::Deleted(Ok(())));
        assert_eq!(model, Model::Done);
        update(&mut model, Event::RequestDeletion(DeletionScope::Everything));
        assert_eq!(model, Model::Asking);
    }

    #[test]
    fn a_failure_is_shown() {
        let mut model = Model::default();
        assert_eq!(
            update(&mut model, Event::RequestDeletion(DeletionScope::Session)),
            [Effect::Delete(DeletionScope::Session)]
        );
        update(&mut model, Event::Deleted(Err(DeletionError::Account(ApiProblem::NotStored))));
        assert_eq!(model, Model::Failed(DeletionError::Account(ApiProblem::NotStored)));
    }
}
