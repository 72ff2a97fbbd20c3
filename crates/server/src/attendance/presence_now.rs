//! Who is in a room right now, as the live room knows it.

use crate::kit::SessionId;
use crate::live;
use crate::plumbing::Parts;

/// The people in a room at this moment.
#[derive(Debug, Default)]
pub struct InRoom {
    pub count: usize,
    /// The names of some of them, at most five.
    pub names: Vec<String>,
    /// Who waits in the lobby.
    pub waiting: usize,
}

pub fn presence_now(parts: &Parts, session: SessionId) -> InRoom {
    let (count, names) = live::in_room(parts, session);
    InRoom { count, names, waiting: live::waiting(parts, session) }
}
