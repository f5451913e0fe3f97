//! The effects of `init`, `updateConnection` and `reset` on each value (docs/sdk-reference.md#configuration and
//! docs/sdk-reference.md#waiting-calls).

use super::super::history::{CallEffect, Cause, ValueKey};
use super::{Replay, something};
use crate::visitor::Field;
use crate::visitor::flaw::is_placeholder;
use crate::visitor::page_value::PageValue;
use std::sync::Arc;

/// The values that a `reset` clears.
fn cleared() -> impl Iterator<Item = ValueKey> {
    ValueKey::all().into_iter().filter(|key| match key {
        ValueKey::Field(field) => field.is_identity(),
        ValueKey::LookupCode | ValueKey::ShortId => true,
    })
}

impl Replay {
    /// The effective configuration is the defaults, the account settings and the argument, merged in this order
    /// (`Object.assign`), without placeholders.
    pub(super) fn init(&mut self, index: usize) {
        self.init_done = true;
        let call = Arc::clone(&self.history.calls[index].call);
        for field in Field::ALL {
            self.init_field(index, field, call.given(field.key()));
        }
        self.take_parameters(index);
    }

    fn init_field(&mut self, index: usize, field: Field, given: Option<&PageValue>) {
        let account = self.history.marks.account.as_ref();
        let from_account = account.and_then(|mark| Some((mark.entry, something(mark.value.get(field.key())?)?)));
        let t = self.history.last;
        match (given, from_account) {
            (None, Some((entry, value))) => {
                self.add_step(ValueKey::Field(field), (entry, t), Cause::AccountSettings, Some(value));
            }
            (Some(PageValue::Undefined), Some(_)) => self.effect(index, field, CallEffect::AccountOverwritten),
            (None | Some(PageValue::Undefined), _) => {}
            (Some(value), _) => {
                self.write(index, field, value, true);
                if field == Field::Metadata && self.history.is_version_2() {
                    self.effect(index, field, CallEffect::NotSent);
                }
            }
        }
    }

    /// `early`: the call waited and runs just before the connection, when metadata and code are lost.
    pub(super) fn update(&mut self, index: usize, early: bool) {
        let call = Arc::clone(&self.history.calls[index].call);
        for field in Field::ALL {
            match call.given(field.key()) {
                None | Some(PageValue::Undefined) => {}
                Some(_) if early && field == Field::Metadata => {
                    self.lost.push(index);
                    self.effect(index, field, CallEffect::LostWaiting);
                }
                Some(value) => self.write(index, field, value, false),
            }
        }
        self.update_code(index, early);
        self.wipe_with_reset(index);
    }

    fn update_code(&mut self, index: usize, early: bool) {
        let Some(code) = self.history.calls[index].call.given("lookupCode").and_then(something) else { return };
        let effect = if early { CallEffect::LostWaiting } else { CallEffect::Set };
        self.history.calls[index].effects.push((ValueKey::LookupCode, effect));
        if !early {
            let at = (self.history.calls[index].entry, self.history.last);
            let cause = self.cause_of(index);
            self.add_step(ValueKey::LookupCode, at, cause, Some(code));
        }
    }

    fn write(&mut self, index: usize, field: Field, value: &PageValue, by_init: bool) {
        if is_placeholder(field, value) && (by_init || field != Field::IntegrationIds) {
            return self.effect(index, field, CallEffect::Placeholder);
        }
        let value = something(value);
        self.effect(index, field, if value.is_some() { CallEffect::Set } else { CallEffect::Removed });
        let at = (self.history.calls[index].entry, self.history.last);
        let cause = self.cause_of(index);
        self.add_step(ValueKey::Field(field), at, cause, value);
    }

    /// An update in the same tick as a `reset` goes to the previous visitor and is then cleared (*ran*).
    fn wipe_with_reset(&mut self, index: usize) {
        let Some(reset) = self.last_reset else { return };
        let (reset, call) = (&self.history.calls[reset], &self.history.calls[index]);
        if call.task.is_none() || reset.task != call.task {
            return;
        }
        let at = (reset.entry, self.history.last);
        for key in cleared() {
            if self.history.calls[index].had_effect(key, CallEffect::Set) {
                self.history.calls[index].effects.push((key, CallEffect::Wiped));
                self.add_step(key, at, Cause::Reset, None);
            }
        }
    }

    /// `ready`: the call does not come from the queue before the connection.
    pub(super) fn reset(&mut self, index: usize, ready: bool) {
        if ready {
            self.last_reset = Some(index);
        }
        let at = (self.history.calls[index].entry, self.history.last);
        for key in cleared().filter(|key| self.has_value(*key)).collect::<Vec<_>>() {
            self.history.calls[index].effects.push((key, CallEffect::Cleared));
            self.add_step(key, at, Cause::Reset, None);
        }
    }

    pub(super) fn cause_of(&self, index: usize) -> Cause {
        let call = &self.history.calls[index];
        match call.own {
            _ if call.is("reset") => Cause::Reset,
            Some(_) => Cause::OwnEdit,
            None if call.is_by_page() => Cause::Call,
            None => Cause::Unrecorded,
        }
    }

    fn effect(&mut self, index: usize, field: Field, effect: CallEffect) {
        self.last_given[field] = Some(index);
        self.history.calls[index].effects.push((ValueKey::Field(field), effect));
    }
}
