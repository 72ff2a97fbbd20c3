//! What pages do in a document: open it, write, point, close it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::inspect::{Flaw, LONGEST};
use super::keeper::{Hand, Job};
use super::model::Model;
use super::wire::{CloseDocument, DocumentStands, OpenDocument, OpenedDocument, PointAt, WriteDocument};
use super::{policy, shelf};
use crate::kit::checks::Checks;
use crate::kit::{Answer, DocumentId};
use crate::live::Live;
use crate::live::sockets::Sitting;
use crate::live::talk::chat::seat_of;
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

/// The longest state vector, in bytes: many clients of ten bytes each.
const LONGEST_STATE: usize = 64 * 1024;
/// The longest that a page says of where it is, in characters.
const LONGEST_POINT: usize = 500;

pub async fn open(parts: &Parts, sitting: Sitting, said: OpenDocument) -> Answer<OpenedDocument> {
    let state = said.state.unwrap_or_default();
    let state = decoded(&state, LONGEST_STATE).ok_or_else(|| policy::flawed_state(Flaw::Unreadable))?;
    let row = Box::new(need(parts, sitting, said.document_id)?);
    let keeper = parts.memory.of::<Live>().keeper.clone();
    keeper.ask(|reply| Job::Open { row, seat: Some(sitting.seat), state, reply }).await
}

pub fn close(parts: &Parts, sitting: Sitting, said: CloseDocument) -> Answer<Nothing> {
    parts.memory.of::<Live>().keeper.put(Job::Close { document: said.document_id, seat: sitting.seat });
    Ok(Nothing {})
}

pub async fn write(parts: &Parts, sitting: Sitting, said: WriteDocument) -> Answer<DocumentStands> {
    if said.update.len() > LONGEST.div_ceil(3) * 4 {
        return Err(policy::update_too_large());
    }
    let update = decoded(&said.update, LONGEST).ok_or_else(|| policy::flawed(Flaw::Unreadable))?;
    let (row, hand) = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        let row = shelf::find(room, seat, said.document_id)?.clone();
        shelf::need_draw(room, seat)?;
        (Box::new(row), Hand { user: seat.user, name: seat.name.to_string() })
    };
    let keeper = parts.memory.of::<Live>().keeper.clone();
    keeper.ask(|reply| Job::Write { row, hand, update, reply }).await
}

pub fn point(parts: &Parts, sitting: Sitting, said: PointAt) -> Answer<Nothing> {
    let mut checks = Checks::new();
    let length = said.state.as_ref().map_or(0, |state| state.chars().count());
    checks.ensure(length <= LONGEST_POINT, "state", "too-long", "Use at most 500 characters.");
    checks.finish()?;
    need(parts, sitting, said.document_id)?;
    let (document, seat) = (said.document_id, sitting.seat);
    parts.memory.of::<Live>().keeper.put(Job::Point { document, seat, state: said.state });
    Ok(Nothing {})
}

/// A document that this seat may look at.
pub fn need(parts: &Parts, sitting: Sitting, id: DocumentId) -> Answer<Model> {
    let state = parts.memory.of::<Live>().state();
    let (room, seat) = seat_of(&state, sitting)?;
    shelf::find(room, seat, id).cloned()
}

fn decoded(text: &str, most: usize) -> Option<Vec<u8>> {
    if text.len() > most.div_ceil(3) * 4 {
        return None;
    }
    STANDARD.decode(text).ok()
}
