//! The server's view beside each field. A lazy part of the program makes the requests and the comparison
//! (`crate::ui::comparison`). It is loaded only if an account is connected.

use super::event::Effect;
use super::model::Model;
use crate::messages::EditKind;
use crate::ui::comparison::server_view::ServerLine;
use crate::ui::last_action::LastAction;
use inspector_core::upscope_api::compare::Agreement;
use inspector_core::visitor::Field;

impl Model {
    /// The server's view of one value, once it was requested.
    pub fn server_line(&self, key: &str) -> Option<&ServerLine> {
        self.server.as_ref()?.lines.iter().find(|line| line.key == key)
    }

    /// Whether the server confirms the page's value after the last act. This is the strongest evidence for an edit.
    pub fn is_confirmed(&self, field: Field) -> bool {
        self.server_line(field.key()).is_some_and(|line| line.agreement == Agreement::Same)
    }
}

/// Handles that the last act was made: removes the server's older view of what it changed.
pub(super) fn remove_outdated_lines(model: &mut Model) -> Option<Effect> {
    let last = model.last.as_ref().filter(|last| is_sent(last))?;
    let sent = last.patch()?.clone();
    let server = model.server.as_mut()?;
    server.lines.retain(|line| !sent.fields().any(|field| field.key() == line.key));
    Some(Effect::CompareSent { sent })
}

fn is_sent(last: &LastAction) -> bool {
    last.is_made()
        && !last.awaits_handshake()
        && matches!(last.edit.kind, EditKind::Update | EditKind::Undo | EditKind::Switch)
}
