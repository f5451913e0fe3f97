//! Replays frames on the SDK's socket: values that reached the server, and the server's messages.

use super::super::entry::{Entry, Frame};
use super::super::history::{CallEffect, Cause, HistoryStep, Observation, Phase, ValueKey};
use super::{Replay, something};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

impl Replay {
    pub(super) fn frame(&mut self, entry: &Entry, frame: &Frame) {
        let data = frame.data.as_ref();
        self.prove_connection(frame);
        match (frame.out, frame.name.as_str()) {
            (false, "youAre" | "welcomeBack") => self.handshake(entry, data),
            (false, "beginSession" | "continueSession") => self.history.in_session = true,
            (false, "endSession") => self.history.in_session = false,
            (false, "doNotReconnect") => _ = self.history.marks.stopped.get_or_insert(entry.id),
            (false, "apiKeyError" | "dataError") if self.history.marks.complaints.len() < 100 => {
                let text = data.map_or_else(|| Some(String::new()), complaint);
                self.history.marks.complaints.extend(text.map(|text| Observation::new(entry, text)));
            }
            (true, name @ ("hello" | "connectionUpdate")) => self.sent(entry, name, data),
            _ => {}
        }
    }

    /// A frame from the server proves a handshake whose entry is missing, except frames that may precede a handshake.
    fn prove_connection(&mut self, frame: &Frame) {
        let early = ["youAre", "welcomeBack", "apiKeyError", "dataError", "doNotReconnect"];
        let unseen = !self.history.gaps.is_empty() && matches!(self.history.phase, Phase::Before | Phase::Closed);
        if unseen && !frame.out && !early.contains(&frame.name.as_str()) {
            self.history.phase = Phase::Ready;
        }
    }

    fn handshake(&mut self, entry: &Entry, data: Option<&PageValue>) {
        self.history.phase = Phase::Ready;
        self.go_on();
        self.history.marks.handshakes.push(Observation::new(entry, ()));
        let id = match data {
            Some(PageValue::List(items, _)) => items.first().and_then(PageValue::as_text),
            _ => None,
        };
        let Some(id) = id.map(|id| PageValue::Text(id.to_owned())) else { return };
        // The order of the frame and the stored ID proves nothing. `hello` contains the ID that was stored before.
        let stored = self.hello.take().map(|stored| stored.as_ref() == Some(&id));
        if self.history.value_history(ValueKey::ShortId).value() != Some(&id) {
            let cause = if stored == Some(true) { Cause::Storage } else { Cause::Server };
            return self.add_step(ValueKey::ShortId, (entry.id, entry.t), cause, Some(id));
        }
        // An ID that existed before the socket was stored before, whatever `hello` omits.
        let socket = self.socket;
        let by_chance =
            |now: &&mut HistoryStep| now.cause == Cause::Storage && socket.is_some_and(|socket| now.entry > socket);
        if let Some(now) = self.now_mut(ValueKey::ShortId).filter(by_chance).filter(|_| stored == Some(false)) {
            (now.cause, now.entry) = (Cause::Server, entry.id);
        }
    }

    /// Marks the values that a frame carries to the server as sent.
    fn sent(&mut self, entry: &Entry, name: &str, data: Option<&PageValue>) {
        let Some(data) = data else { return };
        if name == "hello" {
            self.hello = Some(data.get("shortId").and_then(something));
        }
        if let Some(index) = self.waiting.iter().copied().find(|index| name != "hello" && self.carries(data, *index)) {
            self.leave_queue(index, entry);
            self.run(index);
        }
        for field in Field::ALL {
            if let Some(value) = data.get(field.key()).filter(|value| **value != PageValue::Undefined) {
                self.sent_field(entry, field, value);
            }
        }
        self.sent_code(entry, data.get("lookupCode"));
    }

    /// Whether a frame carries the values of a waiting update. It proves that the call was processed, which the
    /// recorder may see in the queue only later, as for a call within an SDK callback. An unread part may be what the
    /// frame has.
    fn carries(&self, data: &PageValue, waiting: usize) -> bool {
        let call = &self.history.calls[waiting];
        let given = |field: &Field| Some((*field, call.call.given(field.key())?));
        let mut given =
            Field::ALL.iter().filter_map(given).filter(|(_, value)| **value != PageValue::Undefined).peekable();
        let is_sent = |(field, value): (Field, &PageValue)| {
            let something = |value| Some(value).filter(|value: &&PageValue| !value.is_nothing());
            let may_be = |sent| is_same(something(value), something(sent)) || (!value.is_whole() && value.may_be(sent));
            data.get(field.key()).is_some_and(may_be)
        };
        call.is("updateConnection") && given.peek().is_some() && given.all(is_sent)
    }

    fn sent_field(&mut self, entry: &Entry, field: Field, value: &PageValue) {
        let key = ValueKey::Field(field);
        let value = (!value.is_nothing()).then_some(value);
        if let (Field::Metadata, Some(value)) = (field, value) {
            self.not_lost(value);
        }
        let steps = &mut self.history.values[key].steps;
        let ends_unread = steps.last().and_then(|step| step.value.as_ref()).is_some_and(|value| !value.is_whole());
        // A frame may follow a `reset` in the same tick and carry the earlier values. If the last value could not be
        // read, only a value that no frame has carried yet matches.
        let is_known =
            |step: &&mut HistoryStep| is_same(step.value.as_ref(), value) && !(ends_unread && step.sent.is_some());
        if let Some(step) = steps.iter_mut().rev().take(3).find(is_known) {
            step.sent.get_or_insert(entry.id);
            return;
        }
        // The frame shows the value that could not be read in the page.
        if let (true, Some(step), Some(plain)) = (ends_unread, steps.last_mut(), value) {
            step.value = Some(plain.clone());
            step.sent = Some(entry.id);
            return;
        }
        if value.is_none() && steps.is_empty() {
            return;
        }
        let (at, cause) = match self.explain(entry, field, value) {
            // A live chat adds values to the frame that the page left undefined.
            (_, Cause::Unrecorded) if value.is_some() && !self.has_value(key) && self.has_chat() => {
                (entry.id, Cause::LiveChat)
            }
            explained => explained,
        };
        self.add_step(key, (at, entry.t), cause, value.cloned());
        if let Some(now) = self.now_mut(key) {
            now.sent = Some(entry.id);
        }
    }

    /// Metadata that reached the server was not lost: its call was made after the socket, which only the first frame
    /// shows. If several calls had the same metadata, none of them counts as lost.
    fn not_lost(&mut self, sent: &PageValue) {
        let calls = &mut self.history.calls;
        let lost = (ValueKey::Field(Field::Metadata), CallEffect::LostWaiting);
        self.lost.retain(|index| {
            let call = &mut calls[*index];
            // An unread part may equal the one in the frame.
            let may_be = |given: &PageValue| !given.is_whole() || is_same(Some(given), Some(sent));
            let is_sent = call.call.given(Field::Metadata.key()).is_some_and(may_be);
            if is_sent {
                call.effects.iter_mut().filter(|effect| **effect == lost).for_each(|effect| effect.1 = CallEffect::Set);
            }
            !is_sent
        });
    }

    fn sent_code(&mut self, entry: &Entry, code: Option<&PageValue>) {
        let Some(code) = code.and_then(something) else { return };
        if self.history.value_history(ValueKey::LookupCode).value() != Some(&code) {
            self.add_step(ValueKey::LookupCode, (entry.id, entry.t), Cause::Sdk, Some(code));
        }
        if let Some(now) = self.now_mut(ValueKey::LookupCode) {
            now.sent.get_or_insert(entry.id);
        }
    }

    fn has_chat(&self) -> bool {
        !self.history.marks.chats.is_empty()
    }
}

/// Whether a frame carried the page's value. An object with a JSON text, such as a `Date`, is sent as that text.
fn is_same(held: Option<&PageValue>, sent: Option<&PageValue>) -> bool {
    held == sent
        || held
            .and_then(PageValue::to_wire_json)
            .is_some_and(|held| Some(held) == sent.and_then(PageValue::to_exact_json))
}

/// Levels of messages that reject nothing.
const INFORMATIVE: [&str; 5] = ["info", "log", "debug", "notice", "success"];

/// The text of `[level, text]`. `None` if the level shows that the server only informs.
fn complaint(data: &PageValue) -> Option<String> {
    let PageValue::List(items, _) = data else { return Some(data.as_text().unwrap_or_default().to_owned()) };
    let text_at = |at: usize| items.get(at).and_then(PageValue::as_text).unwrap_or_default();
    let informs = INFORMATIVE.iter().any(|level| text_at(0).eq_ignore_ascii_case(level));
    (!informs).then(|| text_at(1).to_owned())
}
