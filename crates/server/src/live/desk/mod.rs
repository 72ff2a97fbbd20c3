//! The desk of a class: what its hosts have arranged. Rules, hands, timer, spotlight, who leads, who was let in, and
//! the breakout rooms.
//!
//! A desk is a value. It is changed by one door, [`change::desk`]: the row first, then memory, then what follows in the
//! engine and on the pages. So what a page was told is there after a crash.

pub mod breaking;
pub mod breakouts;
pub mod change;
pub mod effects;
pub mod hands;
pub mod hosts;
pub mod leavers;
pub mod store;
pub mod waiting;
pub mod wire;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::breakouts::Breakouts;
use self::wire::{Allowance, Allowed, DeskView, Hand, Rules, Timer};
use crate::kit::{BreakoutId, DocumentId, UserId};
use crate::live::recording::wire::Recording;
use crate::live::wire::Source;

/// What the hosts have arranged. Fields that a later version adds have defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    pub rules: Rules,
    /// Who leads besides the staff.
    pub hosts: BTreeSet<UserId>,
    /// Who writes down what others say, besides the hosts.
    pub captioners: BTreeSet<UserId>,
    pub allowed: BTreeMap<UserId, Allowance>,
    /// Who was let in from the waiting room.
    pub admitted: BTreeSet<UserId>,
    pub spotlight: Option<UserId>,
    pub hands: Vec<Hand>,
    pub timer: Option<Timer>,
    pub breakouts: Option<Breakouts>,
    /// While the class is recorded.
    pub recording: Option<Recording>,
    /// The document on everybody's stage.
    pub shown: Option<DocumentId>,
}

impl Desk {
    /// Whether a participant may send this now.
    pub fn lets(&self, user: UserId, source: Source) -> bool {
        let own = self.allowed.get(&user).copied().unwrap_or_default();
        self.hosts.contains(&user)
            || match source {
                Source::Microphone => self.rules.speak || own.speak,
                Source::Camera => self.rules.show || own.show,
                Source::Screen => self.rules.share || own.share,
            }
    }

    /// Whether a participant may draw on boards and write notes now.
    pub fn lets_draw(&self, user: UserId) -> bool {
        let own = self.allowed.get(&user).is_some_and(|own| own.draw);
        self.hosts.contains(&user) || self.rules.draw || own
    }

    /// The breakout room a person is in now.
    pub fn breakout_of(&self, user: UserId) -> Option<BreakoutId> {
        self.breakouts.as_ref().filter(|breakouts| breakouts.open)?.room_of(user)
    }

    /// As hosts see it, or everybody else.
    pub fn view(&self, host: bool) -> DeskView {
        let breakouts = self.breakouts.as_ref().filter(|breakouts| host || breakouts.open);
        DeskView {
            rules: self.rules,
            hosts: self.hosts.iter().copied().collect(),
            captioners: self.captioners.iter().copied().collect(),
            allowed: self.allowed.iter().map(|(user, may)| Allowed { user_id: *user, may: *may }).collect(),
            spotlight: self.spotlight,
            hands: self.hands.clone(),
            timer: self.timer.clone(),
            breakouts: breakouts.map(Breakouts::view),
            recording: self.recording,
            shown: self.shown,
        }
    }
}
