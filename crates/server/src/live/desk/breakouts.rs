//! Breakout rooms: small rooms of one class for a while. Seats stay, and so does attendance; who is seen and heard
//! changes, because each has its own room in the media engine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::wire::{BreakoutView, BreakoutsView};
use crate::kit::{At, BreakoutId, UserId};

/// The breakout rooms of a class, planned or open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Breakouts {
    pub open: bool,
    /// Participants choose their room themselves.
    pub choice: bool,
    pub ends_at: Option<At>,
    pub rooms: Vec<Breakout>,
    /// Who is where. Who is nowhere is in the main room.
    pub people: BTreeMap<UserId, BreakoutId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breakout {
    pub id: BreakoutId,
    pub name: String,
    pub help_since: Option<At>,
}

impl Breakouts {
    pub fn room_of(&self, user: UserId) -> Option<BreakoutId> {
        self.people.get(&user).copied()
    }

    pub fn find(&self, id: BreakoutId) -> Option<&Breakout> {
        self.rooms.iter().find(|room| room.id == id)
    }

    pub fn view(&self) -> BreakoutsView {
        let people = |id| self.people.iter().filter(|(_, room)| **room == id).map(|(user, _)| *user).collect();
        let room = |room: &Breakout| BreakoutView {
            id: room.id,
            name: room.name.clone(),
            people: people(room.id),
            help_since: room.help_since,
        };
        BreakoutsView {
            open: self.open,
            choice: self.choice,
            ends_at: self.ends_at,
            rooms: self.rooms.iter().map(room).collect(),
        }
    }
}
