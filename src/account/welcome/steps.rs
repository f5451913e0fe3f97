//! What there is to try, each with a tick once it was done.

use crate::account::store::Store;
use crate::app::welcome::{Model, Step};
use crate::ui::dom::components::{Icon, Tone, icon, notice};
use crate::ui::dom::{Node, el, paragraph};
use crate::ui::i18n::*;

pub fn list(store: Store<Model>) -> Node {
    let all_done = move || {
        let done = store.with(|model| model.next().is_none());
        done.then(|| notice(Tone::Good, None, [paragraph(WELCOME_ALL_DONE)]))
    };
    el("section")
        .class("steps")
        .child(el("h2").words(WELCOME_STEPS))
        .child(el("ol").children(Step::ALL.map(|step| item(store, step))))
        .live(all_done)
}

fn item(store: Store<Model>, step: Step) -> Node {
    let is_done = move || store.with(|model| model.is_done(step));
    let is_next = move || store.with(|model| model.next() == Some(step));
    el("li")
        .attr("data-step", step.name())
        .live_attr("data-done", move || Some(is_done().to_string()))
        .live_attr("aria-current", move || is_next().then(|| "step".to_owned()))
        .child(el("span").class("tick").live(move || is_done().then(tick)))
        .child(el("div").child(el("b").words(title(step))).live(move || is_next().then(|| el("p").text(how(step)))))
}

fn tick() -> Node {
    el("span").child(icon(Icon::Check)).child(el("span").class("sr-only").words(WELCOME_DONE))
}

/// Tells screen readers of each step that was done, and of what is next, when they have said what they are saying.
pub fn announce(store: Store<Model>) -> Node {
    el("p").class("sr-only").attr("role", "status").live_text(move || store.with(told))
}

fn told(model: &Model) -> String {
    match (model.last, model.next()) {
        (None, _) => String::new(),
        (Some(step), Some(next)) => welcome_step_done(&title(step).text(), &title(next).text()),
        (Some(_), None) => WELCOME_ALL_DONE.text(),
    }
}

fn title(step: Step) -> Message {
    match step {
        Step::Code => WELCOME_CODE,
        Step::Edit => WELCOME_EDIT,
        Step::Apply => WELCOME_APPLY,
        Step::Undo => WELCOME_UNDO,
        Step::Mask => WELCOME_MASK,
        Step::LogOut => WELCOME_LOG_OUT,
    }
}

/// How it is done, with the buttons by the names they have.
fn how(step: Step) -> String {
    match step {
        Step::Code => welcome_code_how(&FIELD_LOOKUP_CODE.text()),
        Step::Edit => welcome_edit_how(&FIELD_TAGS.text(), &CHANGES_ONE.text()),
        Step::Apply => welcome_apply_how(&APPLY.text(), &OUTCOME_READ_BACK.text()),
        Step::Undo => welcome_undo_how(&UNDO_DO.text()),
        Step::Mask => WELCOME_MASK_HOW.text(),
        Step::LogOut => welcome_log_out_how(&LOG_OUT_OPEN.text()),
    }
}
