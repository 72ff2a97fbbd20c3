//! Tells the pages that have a document open: what was written in it, and where the others are.

use std::collections::BTreeSet;

use super::kept::Kept;
use super::shelf;
use super::wire::{Pointer, Pointing, Written};
use crate::kit::SeatId;
use crate::live::Live;
use crate::live::state::State;
use crate::plumbing::Parts;

pub fn written(parts: &Parts, kept: &mut Kept, written: Written) {
    let state = parts.memory.of::<Live>().state();
    keep_who_may_look(&state, kept);
    tell(&state, kept, written);
}

pub fn pointers(parts: &Parts, kept: &mut Kept) {
    let state = parts.memory.of::<Live>().state();
    keep_who_may_look(&state, kept);
    let pointers = kept.take_pointers();
    let pointers = pointers.into_iter().map(|(seat_id, state)| Pointer { seat_id, state }).collect();
    tell(&state, kept, Pointing { document_id: kept.row.id, pointers });
}

/// Whether somebody has it open.
pub fn is_read(parts: &Parts, kept: &Kept) -> bool {
    let state = parts.memory.of::<Live>().state();
    !readers(&state, kept).is_empty()
}

fn tell(state: &State, kept: &Kept, said: impl Into<crate::live::protocol::Told>) {
    let Some(room) = state.rooms.get(&kept.row.session_id) else { return };
    state.voice.tell(room.sockets_of(|seat| kept.readers.contains(&seat.id)), said);
}

/// Who left, or went into another room, has closed it.
fn keep_who_may_look(state: &State, kept: &mut Kept) {
    kept.readers = readers(state, kept);
}

fn readers(state: &State, kept: &Kept) -> BTreeSet<SeatId> {
    let Some(room) = state.rooms.get(&kept.row.session_id) else { return BTreeSet::new() };
    let stands = room.documents.iter().any(|row| row.id == kept.row.id);
    let here = room.seats.values().filter(|seat| stands && seat.breakout == kept.row.breakout_id);
    here.filter(|seat| kept.readers.contains(&seat.id) && shelf::may_look(room, seat)).map(|seat| seat.id).collect()
}
