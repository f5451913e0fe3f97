//! From one state to the next.

use super::acts::{self, LastAct, Note, Status};
use super::by_key::{self, ByKey};
use super::copying::copy;
use super::event::{CopyWhat, Effect, Event};
use super::model::{Dialog, Edit, Mode, Model, Shown, ShownFrame, Unsaved, View};
use super::recorded;
use super::server::{self, Watching};
use crate::protocol::message::{Answer, Ask, Frame, NoAccess, NotDone, Tab};
use crate::protocol::stored::{ChosenFrame, VERSION};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::connection::{Idle, Link, Sdk};
use inspector_core::page_report::raw_report;

/// Takes the model through one event; the effects are to be performed in order.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let keeps_copied = matches!(
        event,
        Event::Poll(_)
            | Event::Inspected(_)
            | Event::NotInspected(_)
            | Event::Copy { .. }
            | Event::CopyCode { .. }
            | Event::CopyAnswered(_)
            | Event::Saved(_)
            | Event::FoundRecording
            | Event::FoundAccount
            | Event::Told(_)
            | Event::Compared(_)
            | Event::Loaded
    );
    if !keeps_copied {
        (model.copied, model.by_key) = (None, None);
    }
    match event {
        Event::Inspected(answer) => inspected(model, answer),
        Event::NotInspected(why) => not_inspected(model, why),
        Event::Restored(kept) => {
            model.chosen = kept.chosen.clone();
            model.kept = Some(kept);
            choose_shown(model);
            model.reconcile().into_iter().collect()
        }
        Event::NotRestored(why) => {
            model.unsaved = Some(Unsaved::NotRead(why));
            vec![]
        }
        Event::Saved(outcome) => {
            if !matches!(model.unsaved, Some(Unsaved::NotRead(_))) {
                model.unsaved = outcome.err().map(Unsaved::NotWritten);
            }
            vec![]
        }
        Event::Poll(now) => {
            model.now = now;
            inspect(model)
        }
        Event::Refresh | Event::AccessAnswered(true) => inspect(model),
        Event::AccessAnswered(false) => vec![],
        Event::ShowTab => model.tab_id().map(|tab| Effect::ShowTab { tab }).into_iter().collect(),
        Event::Replaced { was, is } => replaced(model, was, is),
        Event::ChooseFrame(index) => choose_frame(model, index),
        Event::Edit(field, change) => {
            model.edit.draft.set(field, change);
            saved(model)
        }
        Event::ReplaceUnread(field) => {
            model.edit.draft.replace_unread(field);
            vec![]
        }
        Event::Discard => {
            model.edit = Edit::default();
            saved(model)
        }
        Event::BeginSwitch => {
            model.set_aside();
            model.edit.mode = Mode::Switch;
            saved(model)
        }
        Event::BringBack(index) => {
            model.bring_back(index);
            saved(model)
        }
        Event::DropAside(index) => {
            if index < model.aside.len() {
                model.aside.remove(index);
            }
            saved(model)
        }
        Event::Open(dialog) => {
            model.dialog = Some(dialog);
            if dialog == Dialog::SetCode {
                model.edit.code.get_or_insert_default();
            }
            vec![]
        }
        Event::TypeCode(text) => {
            model.edit.code = Some(text);
            saved(model)
        }
        Event::CloseDialog => {
            model.dialog = None;
            model.edit.code = None;
            saved(model)
        }
        Event::Confirm => match model.dialog {
            Some(dialog) => act(model, acts::confirmed(model, dialog)),
            None => vec![],
        },
        Event::Apply => act(model, acts::apply(model, &model.edit)),
        Event::Undo => undo(model),
        Event::DismissLast => {
            model.last = None;
            vec![]
        }
        Event::Acted(answer) => acted(model, answer),
        Event::Copy { what, masked } => {
            model.by_key = model.by_key.filter(|_| what == CopyWhat::LookupCode).map(|_| ByKey::Trying);
            copy(model, what, masked)
        }
        Event::CopyCode { masked } => by_key::copy_code(model, masked),
        Event::CopyAnswered(copied) => {
            by_key::answered(model, copied);
            vec![]
        }
        Event::GiveAccess => give_access(model),
        Event::Show(panel) => recorded::show(model, panel),
        Event::FoundRecording => recorded::found(model),
        Event::Told(told) => {
            model.told = told;
            model.take_sent();
            vec![]
        }
        Event::Went(view) => {
            model.panel = recorded::Panel::Recorded(view);
            vec![]
        }
        Event::NotLoaded => {
            model.not_loaded = true;
            vec![]
        }
        Event::Loaded => {
            model.not_loaded = false;
            vec![]
        }
        Event::Propose(patch) => recorded::propose(model, &patch).into_iter().collect(),
        Event::FoundAccount => vec![Effect::CompareServer],
        Event::Compared(server) => {
            model.server = Some(server);
            vec![]
        }
        Event::AskServer => vec![Effect::AskServer],
        Event::Watch => {
            model.watching = Watching::Starting;
            vec![Effect::Watch]
        }
        Event::Watched(problem) => {
            model.watching = if problem.is_empty() { Watching::Idle } else { Watching::Failed(problem) };
            vec![]
        }
    }
}

fn saved(model: &Model) -> Vec<Effect> {
    model.save_drafts().into_iter().collect()
}

/// Looks again, unless a look or an act is under way: the act's own answer is the newer one.
fn inspect(model: &mut Model) -> Vec<Effect> {
    if model.inspecting || model.is_acting() {
        return vec![];
    }
    model.inspecting = true;
    vec![Effect::Inspect { tab: model.tab_id() }]
}

fn inspected(model: &mut Model, answer: Answer) -> Vec<Effect> {
    model.inspecting = false;
    match answer {
        // A look that was under way when an act began shows the page before it.
        Answer::Inspected { .. } if model.is_acting() => vec![],
        Answer::Inspected { tab, frames, left_out } => show(model, tab, frames, left_out),
        // Chromium says the same of a page that is closed to extensions and of one without access; what was told right
        // after the click stands.
        Answer::NoAccess { why: NoAccess::NeedsGrant, .. } if model.is_restricted() => vec![],
        Answer::NoAccess { tab: Some(tab), why } if why.is_for_now() && model.shows(tab.id) => stale(model, why),
        Answer::NoAccess { tab, why } => no_access(model, tab, why),
        Answer::Failed(why) => not_inspected(model, why),
        Answer::Acted { .. } | Answer::NotDone { .. } | Answer::Recorded { .. } | Answer::NotRecorded { .. } => vec![],
    }
}

/// The tab goes on under another id; what was typed stays with it.
fn replaced(model: &mut Model, was: i32, is: i32) -> Vec<Effect> {
    if model.tab_id() != Some(was) {
        return vec![];
    }
    model.tab = Some(is);
    match &mut model.view {
        View::Page(Shown { tab, .. }) | View::NoAccess { tab: Some(tab), .. } => tab.id = is,
        _ => {}
    }
    saved(model)
}

/// The page that is shown does not answer now; what is known of it and what was typed for it stays.
fn stale(model: &mut Model, why: NoAccess) -> Vec<Effect> {
    if let View::Page(shown) = &mut model.view {
        shown.stale = Some(why);
    }
    vec![]
}

/// Access ended or never was. The address that was shown helps to ask for it again: without access it is not seen.
fn no_access(model: &mut Model, tab: Option<Tab>, why: NoAccess) -> Vec<Effect> {
    let was = model.shown().map(|shown| (shown.tab.id, shown.frames[0].report.page.url.clone()));
    let tab = tab.map(|tab| match was {
        Some((id, url)) if id == tab.id && tab.url.is_none() => Tab { url: Some(url), ..tab },
        _ => tab,
    });
    let effects = leave_page(model);
    model.view = View::NoAccess { tab, why };
    effects
}

/// A page that was shown stays shown: it may only be busy, and the next poll will tell.
fn not_inspected(model: &mut Model, why: String) -> Vec<Effect> {
    model.inspecting = false;
    if model.shown().is_none() {
        model.view = View::NoAnswer(why);
    }
    vec![]
}

fn show(model: &mut Model, tab: Tab, frames: Vec<Frame>, left_out: u32) -> Vec<Effect> {
    let before = model.report().map(|report| report.page.document.clone());
    let read: Vec<_> = frames.into_iter().map(|frame| read_frame(model, frame)).collect();
    if read.is_empty() {
        return no_access(model, Some(tab), NoAccess::NeedsGrant);
    }
    let hidden_frames = hidden(&read, left_out);
    let shown = Shown { at: default_frame(&read), hidden_frames, left_out, stale: None, tab, frames: read };
    let stays = before.as_ref().and_then(|document| shown.index_of(document));
    let mut effects = vec![];
    if before.is_some() && stays.is_none() {
        effects.extend(leave_page(model));
    }
    // What was typed or done is about the document shown, and about no frame that came later.
    let bound = stays.filter(|_| !model.edit.is_empty() || model.last.is_some());
    let at = bound.or_else(|| chosen_index(model, &shown)).unwrap_or(shown.at);
    note_handshake(model, &shown.frames[at]);
    model.view = View::Page(Shown { at, ..shown });
    effects.extend(model.reconcile());
    if before.as_deref() != model.report().map(|report| report.page.document.as_str()) {
        effects.extend(watch_anew(model));
    }
    model.take_sent();
    effects
}

/// Another document is shown: what was told of the one before is not about it.
fn watch_anew(model: &mut Model) -> Vec<Effect> {
    model.told = None;
    recorded::watch(model)
}

/// The page that the draft and the last act were about is gone.
fn leave_page(model: &mut Model) -> Vec<Effect> {
    let had_draft = !model.edit.is_empty();
    model.set_aside();
    model.last = None;
    if had_draft { saved(model) } else { vec![] }
}

fn read_frame(model: &Model, frame: Frame) -> ShownFrame {
    let (report, oddities) = raw_report::read(&frame.text, |document| model.saw_handshake(document));
    ShownFrame { frame: frame.frame, document_id: frame.document_id, report, oddities }
}

fn note_handshake(model: &mut Model, frame: &ShownFrame) {
    if matches!(frame.report.sdk, Sdk::Loaded(Link::HandshakeSeen | Link::NotConnected(Idle::AfterReset))) {
        let document = &frame.report.page.document;
        if !model.saw_handshake(document) {
            model.handshakes.push(document.clone());
        }
    }
}

/// The first frame where the SDK is loaded, else the first with anything of Upscope, else the page itself.
fn default_frame(frames: &[ShownFrame]) -> usize {
    let loaded = frames.iter().position(|frame| frame.report.sdk.takes_calls());
    loaded.or_else(|| frames.iter().position(|frame| frame.report.sdk.is_present())).unwrap_or(0)
}

/// Each frame counts its children; all but the page itself are somebody's child. Of those left out nobody knows the children.
fn hidden(frames: &[ShownFrame], left_out: u32) -> u64 {
    let children: u64 = frames.iter().map(|frame| frame.report.page.frames.min(10_000)).sum();
    children.saturating_sub(frames.len() as u64 - 1 + u64::from(left_out))
}

fn chosen_index(model: &Model, shown: &Shown) -> Option<usize> {
    let chosen = model.chosen.as_ref()?;
    let same = |frame: &ShownFrame| frame.frame == chosen.frame && frame.report.plain_url() == chosen.page;
    let alike = |frame: &ShownFrame| frame.report.plain_url() == chosen.page;
    shown.frames.iter().position(same).or_else(|| shown.frames.iter().position(alike))
}

fn choose_shown(model: &mut Model) {
    let at = model.shown().and_then(|shown| chosen_index(model, shown));
    if let (View::Page(shown), Some(at)) = (&mut model.view, at) {
        shown.at = at;
    }
}

fn choose_frame(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(shown) = model.shown().filter(|shown| index < shown.frames.len() && index != shown.at) else {
        return vec![];
    };
    let frame = &shown.frames[index];
    let chosen = ChosenFrame { v: VERSION, frame: frame.frame, page: frame.report.plain_url().to_owned() };
    let tab = shown.tab.id;
    let mut effects = leave_page(model);
    model.chosen = Some(chosen.clone());
    choose_shown(model);
    effects.extend(watch_anew(model));
    effects.push(Effect::SaveFrame { tab, chosen });
    effects
}

fn act(model: &mut Model, what: Option<(Ask, Note)>) -> Vec<Effect> {
    let Some((ask, note)) = what.filter(|_| !model.is_acting()) else { return vec![] };
    let Some(target) = model.shown().map(Shown::target) else { return vec![] };
    let note = Note { draft: note.doing.uses_draft().then(|| Box::new(model.edit.stored())), ..note };
    model.last = Some(LastAct { note: note.clone(), target: target.clone(), status: Status::Running });
    vec![Effect::Act { target, ask, note }]
}

fn undo(model: &mut Model) -> Vec<Effect> {
    let last = model.last.as_ref();
    let inverse = last.and_then(|last| match last.note.doing {
        acts::Doing::Undo if last.found_it_down() => last.patch(),
        _ => last.note.undo.as_ref().and_then(VisitorPatch::from_argument),
    });
    let what = inverse.and_then(|patch| acts::send(model, patch, acts::Doing::Undo));
    act(model, what)
}

fn acted(model: &mut Model, answer: Result<Answer, String>) -> Vec<Effect> {
    let status = match answer {
        Ok(Answer::Acted { text, unkept }) => {
            model.unsaved = unkept.map(Unsaved::NotWritten).or(model.unsaved.take());
            done(model, &text)
        }
        Ok(Answer::NotDone { why }) => Status::NotDone(why),
        Ok(Answer::Failed(why)) => Status::Unanswered(why),
        Ok(_) => Status::NotDone(NotDone::NoAnswer),
        Err(why) => Status::Unanswered(why),
    };
    let Some(last) = &mut model.last else { return vec![] };
    last.status = status;
    let mut effects = if last.is_made() { settle(model) } else { vec![] };
    effects.extend(server::edited(model));
    effects.extend(inspect(model));
    effects
}

/// Shows the report that came with an act's answer, so that what was read back is there at once.
fn done(model: &mut Model, text: &str) -> Status {
    let (report, oddities) = raw_report::read(text, |document| model.saw_handshake(document));
    let Some(reply) = report.act.clone() else { return Status::NotDone(NotDone::NoAnswer) };
    if let View::Page(shown) = &mut model.view {
        let frame = &mut shown.frames[shown.at];
        if frame.report.page.document == report.page.document {
            (frame.report, frame.oddities) = (report, oddities);
        }
    }
    model.take_sent();
    Status::Done(reply)
}

/// The call was made: what was typed for it has done its work. Acts from a dialog leave the draft alone.
fn settle(model: &mut Model) -> Vec<Effect> {
    let Some(doing) = model.last.as_ref().map(|last| last.note.doing) else { return vec![] };
    match doing {
        acts::Doing::Update | acts::Doing::Switch => {
            model.edit = Edit { code: model.edit.code.take(), ..Edit::default() }
        }
        acts::Doing::SetCode => model.edit.code = None,
        _ => {}
    }
    model.dialog = None;
    saved(model)
}

fn give_access(model: &Model) -> Vec<Effect> {
    let url = match &model.view {
        View::NoAccess { tab: Some(tab), .. } => tab.url.clone(),
        View::Page(shown) => Some(shown.frames[0].report.page.url.clone()),
        _ => None,
    };
    url.map(|url| Effect::RequestAccess { url }).into_iter().collect()
}
