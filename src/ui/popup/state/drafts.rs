//! Stored drafts. No input is lost, and a draft is never applied to a document it wasn't made for.

use super::event::Effect;
use super::model::{Edit, Model, StorageFailure};
use super::parts::{Dialog, Mode};
use crate::messages::EditInput;
use crate::storage_format::session::{Drafts, MAX_STORED_DRAFTS, StoredDraft, VERSION};
use crate::ui::last_action::LastAction;

/// Stores this tab's drafts, as [`Model::save_drafts`] does.
pub(super) fn save(model: &Model) -> Vec<Effect> {
    model.save_drafts().into_iter().collect()
}

/// Changes the edit, and stores this tab's drafts.
pub(super) fn change_edit(model: &mut Model, change: impl FnOnce(&mut Model)) -> Vec<Effect> {
    change(model);
    save(model)
}

impl Model {
    /// Returns the effect that stores this tab's drafts; `None` without a page, and if the stored drafts couldn't be
    /// read, so that they aren't overwritten.
    pub(super) fn save_drafts(&self) -> Option<Effect> {
        if matches!(self.unsaved, Some(StorageFailure::NotRead(_))) {
            return None;
        }
        let shown = self.page()?;
        let mut others = [&self.other_popups[..], &self.stored_drafts].concat();
        others.truncate(MAX_STORED_DRAFTS);
        let drafts = Drafts { v: VERSION, current: self.current_draft(), others };
        Some(Effect::SaveDrafts { tab: shown.tab.id, drafts })
    }

    /// Takes note of what another popup of this tab stored. Its draft and this popup's are never mixed.
    pub(super) fn follow_other_popups(&mut self, stored: Drafts) {
        let current = self.current_draft();
        let is_own = |draft: &StoredDraft| {
            self.stored_drafts.contains(draft) || current.as_ref().is_some_and(|own| own.is_same_edit(draft))
        };
        self.other_popups = stored.current.into_iter().chain(stored.others).filter(|draft| !is_own(draft)).collect();
    }

    fn current_draft(&self) -> Option<StoredDraft> {
        let report = self.report().filter(|_| !self.edit.is_empty())?;
        Some(StoredDraft {
            document: report.page.document.clone(),
            page: report.plain_url().to_owned(),
            at: self.now,
            edit: self.edit.stored(),
        })
    }

    /// Stores the current edit with the document it was made for, and clears it.
    pub(super) fn store_draft(&mut self) {
        if let Some(draft) = self.current_draft() {
            self.push_stored_draft(draft);
        }
        self.edit = Edit::default();
        self.dialog = None;
    }

    fn push_stored_draft(&mut self, draft: StoredDraft) {
        self.stored_drafts.insert(0, draft);
        self.stored_drafts.truncate(MAX_STORED_DRAFTS);
    }

    /// Runs once both the stored data and a report are available. Restores the last act on this document and the draft
    /// made for it. A draft of another document stays stored.
    pub(super) fn reconcile(&mut self) -> Option<Effect> {
        let target = self.page()?.target();
        let stored = self.restored.take()?;
        let last = stored.last.as_ref().filter(|act| act.target.is_same_document(&target));
        self.last = self.last.take().or(last.map(LastAction::restored));
        let drafts = stored.drafts;
        self.stored_drafts = drafts.others;
        // If the popup was closed during the call, the draft has already been sent. The contents identify it, because
        // the clock may have been set back since.
        let sent = |draft: &StoredDraft| {
            self.last.as_ref().is_some_and(|last| last.is_made() && last.edit.draft.as_deref() == Some(&draft.edit))
        };
        let current = drafts.current.filter(|draft| !sent(draft))?;
        if current.document == target.document && self.edit.is_empty() {
            self.load_edit(&current.edit);
            return None;
        }
        self.push_stored_draft(current);
        self.save_drafts()
    }

    fn load_edit(&mut self, edit: &EditInput) {
        self.edit = Edit::restored(edit);
        self.dialog = self.edit.code.as_ref().map(|_| Dialog::SetCode);
    }

    /// Restores a stored draft. The current draft is stored in its place.
    pub(super) fn restore_draft(&mut self, index: usize) {
        if index >= self.stored_drafts.len() {
            return;
        }
        let draft = self.stored_drafts.remove(index);
        self.store_draft();
        self.load_edit(&draft.edit);
    }

    pub(super) fn delete_draft(&mut self, index: usize) {
        if index < self.stored_drafts.len() {
            self.stored_drafts.remove(index);
        }
    }

    /// Begins an edit that switches to another visitor. The current draft is stored.
    pub(super) fn begin_switch(&mut self) {
        self.store_draft();
        self.edit.mode = Mode::Switch;
    }

    pub(super) fn open(&mut self, dialog: Dialog) {
        self.dialog = Some(dialog);
        if dialog == Dialog::SetCode {
            self.edit.code.get_or_insert_default();
        }
    }
}

impl Edit {
    pub(super) fn stored(&self) -> EditInput {
        EditInput { switch: self.mode == Mode::Switch, draft: self.draft.clone(), code: self.code.clone() }
    }

    fn restored(stored: &EditInput) -> Self {
        let mode = if stored.switch { Mode::Switch } else { Mode::Update };
        Self { mode, draft: stored.draft.clone(), code: stored.code.clone() }
    }
}
