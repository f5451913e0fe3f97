//! Frames on the SDK's socket: what reached the server, and what it said.

use super::super::entry::{Entry, Frame};
use super::super::story::{Cause, Effect, Mark, Phase, Step, Subject};
use super::{Fold, something};
use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

impl Fold {
    pub(super) fn frame(&mut self, entry: &Entry, frame: &Frame) {
        let data = frame.data.as_ref();
        self.prove_connection(frame);
        match (frame.out, frame.name.as_str()) {
            (false, "youAre" | "welcomeBack") => self.handshake(entry, data),
            (false, "beginSession" | "continueSession") => self.story.in_session = true,
            (false, "endSession") => self.story.in_session = false,
            (false, "doNotReconnect") => _ = self.story.marks.stopped.get_or_insert(entry.id),
            (false, "apiKeyError" | "dataError") if self.story.marks.complaints.len() < 100 => {
                let text = data.map(complaint).unwrap_or_default();
                self.story.marks.complaints.push(Mark::new(entry, text));
            }
            (true, name @ ("hello" | "connectionUpdate")) => self.sent(entry, name, data),
            _ => {}
        }
    }

    /// A frame of the server, but for those that may come before one, proves a handshake that is not here.
    fn prove_connection(&mut self, frame: &Frame) {
        let early = ["youAre", "welcomeBack", "apiKeyError", "dataError", "doNotReconnect"];
        let unseen = !self.story.gaps.is_empty() && matches!(self.story.phase, Phase::Before | Phase::Closed);
        if unseen && !frame.out && !early.contains(&frame.name.as_str()) {
            self.story.phase = Phase::Ready;
        }
    }

    fn handshake(&mut self, entry: &Entry, data: Option<&PageValue>) {
        self.story.phase = Phase::Ready;
        self.story.marks.handshakes.push(Mark::new(entry, ()));
        let id = match data {
            Some(PageValue::List(items, _)) => items.first().and_then(PageValue::as_text),
            _ => None,
        };
        let Some(id) = id.map(|id| PageValue::Text(id.to_owned())) else { return };
        // The order in which the frame and the stored id are seen tells nothing; `hello` tells what was stored before.
        let stored = self.hello.take().map(|stored| stored.as_ref() == Some(&id));
        if self.story.trace(Subject::ShortId).value() != Some(&id) {
            let cause = if stored == Some(true) { Cause::Storage } else { Cause::Server };
            return self.step(Subject::ShortId, (entry.id, entry.t), cause, Some(id));
        }
        // What stood there before the socket was made was stored before, whatever `hello` leaves out.
        let socket = self.socket;
        let by_chance =
            |now: &&mut Step| now.cause == Cause::Storage && socket.is_some_and(|socket| now.entry > socket);
        if let Some(now) = self.now_mut(Subject::ShortId).filter(by_chance).filter(|_| stored == Some(false)) {
            (now.cause, now.entry) = (Cause::Server, entry.id);
        }
    }

    /// The values a frame carries to the server.
    fn sent(&mut self, entry: &Entry, name: &str, data: Option<&PageValue>) {
        let Some(data) = data else { return };
        if name == "hello" {
            self.hello = Some(data.get("shortId").and_then(something));
        }
        for field in Field::ALL {
            if let Some(value) = data.get(field.key()).filter(|value| **value != PageValue::Undefined) {
                self.sent_field(entry, field, value);
            }
        }
        self.sent_code(entry, data.get("lookupCode"));
    }

    fn sent_field(&mut self, entry: &Entry, field: Field, value: &PageValue) {
        let subject = Subject::Field(field);
        let value = something(value);
        if let (Field::Metadata, Some(value)) = (field, &value) {
            self.not_lost(value);
        }
        let steps = &mut self.story.traces[subject.index()].steps;
        let ends_unread = steps.last().and_then(|step| step.value.as_ref()).is_some_and(|value| !value.is_whole());
        // A frame may leave right after a `reset` of the same tick and carry what was set before. Where what was set last could
        // not be read, that counts for a value only that no frame carried yet.
        let is_known =
            |step: &&mut Step| is_same(step.value.as_ref(), value.as_ref()) && !(ends_unread && step.sent.is_some());
        if let Some(step) = steps.iter_mut().rev().take(3).find(is_known) {
            step.sent.get_or_insert(entry.id);
            return;
        }
        // The frame shows plainly what could not be read in the page.
        if let (true, Some(step), Some(plain)) = (ends_unread, steps.last_mut(), &value) {
            step.value = Some(plain.clone());
            step.sent = Some(entry.id);
            return;
        }
        if value.is_none() && steps.is_empty() {
            return;
        }
        let (at, cause) = match self.explain(entry, field, value.as_ref()) {
            // A live chat fills in on the wire what the page left undefined.
            (_, Cause::Unrecorded) if value.is_some() && !self.has_value(subject) && self.has_chat() => {
                (entry.id, Cause::LiveChat)
            }
            explained => explained,
        };
        self.step(subject, (at, entry.t), cause, value);
        if let Some(now) = self.now_mut(subject) {
            now.sent = Some(entry.id);
        }
    }

    /// Metadata that reached the server was not lost: its call was made after the socket was, which shows by its first frame
    /// only. Which of several calls that said the same is meant cannot be told, so none of them is called lost.
    fn not_lost(&mut self, sent: &PageValue) {
        let calls = &mut self.story.calls;
        let lost = (Subject::Field(Field::Metadata), Effect::LostWaiting);
        self.lost.retain(|index| {
            let call = &mut calls[*index];
            let is_sent = call.call.given(Field::Metadata.key()) == Some(sent);
            if is_sent {
                call.effects.iter_mut().filter(|effect| **effect == lost).for_each(|effect| effect.1 = Effect::Set);
            }
            !is_sent
        });
    }

    fn sent_code(&mut self, entry: &Entry, code: Option<&PageValue>) {
        let Some(code) = code.and_then(something) else { return };
        if self.story.trace(Subject::LookupCode).value() != Some(&code) {
            self.step(Subject::LookupCode, (entry.id, entry.t), Cause::Sdk, Some(code));
        }
        if let Some(now) = self.now_mut(Subject::LookupCode) {
            now.sent.get_or_insert(entry.id);
        }
    }

    fn has_chat(&self) -> bool {
        !self.story.marks.chats.is_empty()
    }
}

/// Whether a frame carried what the page holds: an object with a text of its own is sent as that text.
fn is_same(held: Option<&PageValue>, sent: Option<&PageValue>) -> bool {
    held == sent
        || held
            .and_then(PageValue::to_wire_json)
            .is_some_and(|held| Some(held) == sent.and_then(PageValue::to_exact_json))
}

/// The text of `[level, text]`.
fn complaint(data: &PageValue) -> String {
    match data {
        PageValue::List(items, _) => items.get(1).and_then(PageValue::as_text).unwrap_or_default().to_owned(),
        PageValue::Text(text) => text.clone(),
        _ => String::new(),
    }
}
