//! The co-browsing session of a socket.

use serde_json::{Value, json};

use super::Shared;
use super::sockets::send;

/// Begins a session with one observer of this name.
pub(super) fn begin(shared: &Shared, number: u64, observer: &str) {
    set_in_session(shared, number, true);
    send(shared, number, "beginSession", &Value::Null);
    send(shared, number, "newObserver", &json!([observer_id(number), {"name": observer}]));
}

/// Moves the observer's cursor, so that the page shows it with the observer's name.
pub(super) fn move_observer(shared: &Shared, number: u64) {
    send(shared, number, "observerMove", &json!([observer_id(number), 10, 10]));
}

/// Ends the session.
pub(super) fn end(shared: &Shared, number: u64) {
    set_in_session(shared, number, false);
    send(shared, number, "endSession", &Value::Null);
}

/// The observer of a socket's session.
fn observer_id(number: u64) -> String {
    format!("observer-{number}")
}

fn set_in_session(shared: &Shared, number: u64, in_session: bool) {
    if let Some(short_id) = shared.sockets.short_id(number) {
        shared.records.change(|record| record.visitor_or_new(&short_id).is_in_session = in_session);
    }
}
