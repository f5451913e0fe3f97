//! What `init`, `updateConnection` and `reset` do to each value (docs/sdk-reference.md#configuration and
//! docs/sdk-reference.md#waiting-calls).

use super::super::story::{Cause, Effect, Subject};
use super::{Fold, something};
use crate::visitor::Field;
use crate::visitor::flaw::is_placeholder;
use crate::visitor::page_value::PageValue;

/// What a `reset` clears: not `metadata`.
const CLEARED: [Subject; 6] = [
    Subject::Field(Field::UniqueId),
    Subject::Field(Field::Identities),
    Subject::Field(Field::Tags),
    Subject::Field(Field::IntegrationIds),
    Subject::LookupCode,
    Subject::ShortId,
];

impl Fold {
    /// The effective configuration is defaults, then account settings, then the argument (`Object.assign`), then
    /// without the placeholders.
    pub(super) fn init(&mut self, index: usize) {
        self.init_done = true;
        for field in Field::ALL {
            let given = self.story.calls[index].call.given(field.key()).cloned();
            self.init_field(index, field, given);
        }
        self.take_parameters(index);
    }

    fn init_field(&mut self, index: usize, field: Field, given: Option<PageValue>) {
        let account = self.story.marks.account.as_ref();
        let from_account = account.and_then(|mark| Some((mark.entry, something(mark.value.get(field.key())?)?)));
        let t = self.story.last;
        match (given, from_account) {
            (None, Some((entry, value))) => {
                self.step(Subject::Field(field), (entry, t), Cause::AccountSettings, Some(value));
            }
            (Some(PageValue::Undefined), Some(_)) => self.effect(index, field, Effect::AccountOverwritten),
            (None | Some(PageValue::Undefined), _) => {}
            (Some(value), _) => {
                self.write(index, field, &value, true);
                if field == Field::Metadata && self.story.is_version_2() {
                    self.effect(index, field, Effect::NotSent);
                }
            }
        }
    }

    /// `early`: the call waited and runs just before connecting, where metadata and code are lost.
    pub(super) fn update(&mut self, index: usize, early: bool) {
        for field in Field::ALL {
            match self.story.calls[index].call.given(field.key()).cloned() {
                None | Some(PageValue::Undefined) => {}
                Some(_) if early && field == Field::Metadata => {
                    self.lost.push(index);
                    self.effect(index, field, Effect::LostWaiting);
                }
                Some(value) => self.write(index, field, &value, false),
            }
        }
        self.update_code(index, early);
        self.wipe_with_reset(index);
    }

    fn update_code(&mut self, index: usize, early: bool) {
        let Some(code) = self.story.calls[index].call.given("lookupCode").and_then(something) else { return };
        let effect = if early { Effect::LostWaiting } else { Effect::Set };
        self.story.calls[index].effects.push((Subject::LookupCode, effect));
        if !early {
            let at = (self.story.calls[index].entry, self.story.last);
            let cause = self.cause_of(index);
            self.step(Subject::LookupCode, at, cause, Some(code));
        }
    }

    fn write(&mut self, index: usize, field: Field, value: &PageValue, by_init: bool) {
        if is_placeholder(field, value) && (by_init || field != Field::IntegrationIds) {
            return self.effect(index, field, Effect::Placeholder);
        }
        let value = something(value);
        self.effect(index, field, if value.is_some() { Effect::Set } else { Effect::Removed });
        let at = (self.story.calls[index].entry, self.story.last);
        let cause = self.cause_of(index);
        self.step(Subject::Field(field), at, cause, value);
    }

    /// An update in the tick of a `reset` goes to the old visitor and is then wiped (*ran*).
    fn wipe_with_reset(&mut self, index: usize) {
        let Some(reset) = self.last_reset else { return };
        let (reset, call) = (&self.story.calls[reset], &self.story.calls[index]);
        if call.task.is_none() || reset.task != call.task {
            return;
        }
        let at = (reset.entry, self.story.last);
        for subject in CLEARED {
            if self.story.calls[index].did(subject, Effect::Set) {
                self.story.calls[index].effects.push((subject, Effect::Wiped));
                self.step(subject, at, Cause::Reset, None);
            }
        }
    }

    /// `ready`: not from the queue before connecting.
    pub(super) fn reset(&mut self, index: usize, ready: bool) {
        if ready {
            self.last_reset = Some(index);
        }
        let at = (self.story.calls[index].entry, self.story.last);
        for subject in CLEARED.into_iter().filter(|subject| self.has_value(*subject)).collect::<Vec<_>>() {
            self.story.calls[index].effects.push((subject, Effect::Cleared));
            self.step(subject, at, Cause::Reset, None);
        }
    }

    pub(super) fn cause_of(&self, index: usize) -> Cause {
        let call = &self.story.calls[index];
        match (call.own, call.is("reset")) {
            (_, true) => Cause::Reset,
            (Some(_), false) => Cause::OwnEdit,
            (None, false) => Cause::Call,
        }
    }

    fn effect(&mut self, index: usize, field: Field, effect: Effect) {
        self.last_given[field.index()] = Some(index);
        self.story.calls[index].effects.push((Subject::Field(field), effect));
    }
}
