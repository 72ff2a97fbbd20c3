//! Which documents there are: made, named, removed, shown to everybody.

use super::model::Model;
use super::wire::DocumentView;
use crate::live::desk::waiting;
use crate::live::room::{Room, Seat};

/// A document as pages see it.
pub fn seen(row: &Model) -> DocumentView {
    DocumentView {
        id: row.id,
        kind: row.kind,
        title: row.title.clone(),
        breakout_id: row.breakout_id,
        made_by: row.maker.clone(),
        created_at: row.created_at,
    }
}

/// Whether this seat may look at documents: until the class begins hosts prepare them alone, and who was not let in
/// sees none.
pub fn may_look(room: &Room, seat: &Seat) -> bool {
    let stranger = seat.guest && waiting::must_wait(room, seat);
    !seat.waiting && !stranger && (room.class.is_live() || room.is_host(seat))
}

/// The documents of the room a seat is in.
pub fn view(room: &Room, seat: &Seat) -> Vec<DocumentView> {
    if !may_look(room, seat) {
        return Vec::new();
    }
    room.documents.iter().filter(|row| row.breakout_id == seat.breakout).map(seen).collect()
}
