//! Keeping drafts: nothing typed is lost, and none is applied to a page it was not made for.

use super::acts::LastAct;
use super::event::Effect;
use super::model::{Dialog, Edit, Mode, Model, Unsaved};
use crate::protocol::stored::{Drafts, MAX_ASIDE, StoredDraft, StoredEdit, VERSION};

impl Model {
    /// Everything to keep for this tab, as an effect; `None` before there is a page, and where it would be written over what
    /// could not be read.
    pub(super) fn save_drafts(&self) -> Option<Effect> {
        if matches!(self.unsaved, Some(Unsaved::NotRead(_))) {
            return None;
        }
        let shown = self.shown()?;
        let drafts = Drafts { v: VERSION, current: self.current_draft(), aside: self.aside.clone() };
        Some(Effect::SaveDrafts { tab: shown.tab.id, drafts })
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

    /// Puts the edit in the making aside, as made for the page it was made for.
    pub(super) fn set_aside(&mut self) {
        if let Some(draft) = self.current_draft() {
            self.push_aside(draft);
        }
        self.edit = Edit::default();
        self.dialog = None;
    }

    fn push_aside(&mut self, draft: StoredDraft) {
        self.aside.insert(0, draft);
        self.aside.truncate(MAX_ASIDE);
    }

    /// Once both what was kept and a report are here: tells again what was last done to this very document, gives the
    /// draft back that was made for it, and sets any other aside.
    pub(super) fn reconcile(&mut self) -> Option<Effect> {
        let document = self.report()?.page.document.clone();
        let kept = self.kept.take()?;
        let last = kept.last.as_ref().filter(|act| act.target.document == document);
        self.last = self.last.take().or(last.and_then(LastAct::restored));
        let drafts = kept.drafts;
        self.aside = drafts.aside;
        // The popup was closed while its call was made: what was typed has done its work. Which draft that was is told by
        // what stands in it; a clock may have been set back meanwhile.
        let sent = |draft: &StoredDraft| {
            self.last.as_ref().is_some_and(|last| last.is_made() && last.note.draft.as_deref() == Some(&draft.edit))
        };
        let current = drafts.current.filter(|draft| !sent(draft))?;
        if current.document == document && self.edit.is_empty() {
            self.take_up(&current.edit);
            return None;
        }
        self.push_aside(current);
        self.save_drafts()
    }

    fn take_up(&mut self, edit: &StoredEdit) {
        self.edit = Edit::restored(edit);
        self.dialog = self.edit.code.as_ref().map(|_| Dialog::SetCode);
    }

    /// Takes up a set-aside draft; one in the making takes its place.
    pub(super) fn bring_back(&mut self, index: usize) {
        if index >= self.aside.len() {
            return;
        }
        let draft = self.aside.remove(index);
        self.set_aside();
        self.take_up(&draft.edit);
    }
}

impl Edit {
    pub(super) fn stored(&self) -> StoredEdit {
        StoredEdit { switch: self.mode == Mode::Switch, draft: self.draft.clone(), code: self.code.clone() }
    }

    fn restored(stored: &StoredEdit) -> Self {
        let mode = if stored.switch { Mode::Switch } else { Mode::Update };
        Self { mode, draft: stored.draft.clone(), code: stored.code.clone() }
    }
}
