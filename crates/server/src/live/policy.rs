//! Who may come into a class, and when. Pure: values in, nothing or a sentence out.

use super::room::{Room, Seat};
use super::wire::Where;
use crate::kit::{Answer, At, Refusal};
use crate::programs::State;

/// Where somebody stands who knocks.
#[derive(Clone, Copy, Debug)]
pub struct Knock {
    pub staff: bool,
    pub attends: bool,
    pub removed: bool,
    /// The hosts have locked the class, and they were not in it before.
    pub locked_out: bool,
    pub state: State,
    pub ends_at: At,
    pub can_join_at: At,
    pub now: At,
}

/// Whether somebody may take a seat now. Whether they belong here is checked first.
pub fn may_join(knock: &Knock) -> Answer<Where> {
    if !knock.staff && !knock.attends {
        return Err(not_enrolled());
    }
    if knock.removed {
        return Err(removed());
    }
    match knock.state {
        State::Live | State::Scheduled if knock.locked_out && !knock.staff => Err(locked()),
        State::Live => Ok(Where::Live),
        State::Cancelled => Err(cancelled()),
        State::Ended => Err(over()),
        State::Scheduled if knock.now >= knock.ends_at => Err(over()),
        State::Scheduled if knock.now < knock.can_join_at => Err(not_open_yet(knock.can_join_at)),
        State::Scheduled => Ok(Where::Lobby),
    }
}

pub fn not_enrolled() -> Refusal {
    let text = "You are not enrolled in this program. Enroll first, or ask its staff.";
    Refusal::new(403, "not-enrolled", "You are not enrolled", text)
}

pub fn enrollment_ended() -> Refusal {
    let text = "You are no longer enrolled in this program, so your seat in this class was given back.";
    Refusal::new(403, "enrollment-ended", "You are not enrolled any more", text)
}

pub fn account_closed() -> Refusal {
    let text = "This account was switched off. Ask the person who runs your program.";
    Refusal::new(403, "account-closed", "The account is switched off", text)
}

pub fn removed() -> Refusal {
    let text = "The staff have asked you to leave this class. You can come to the next one.";
    Refusal::new(403, "removed", "You were asked to leave", text)
}

fn cancelled() -> Refusal {
    Refusal::conflict("session-cancelled", "This class was cancelled.")
}

pub fn over() -> Refusal {
    Refusal::conflict("session-over", "This class is over.")
}

fn not_open_yet(can_join_at: At) -> Refusal {
    let text = "This class is not open yet. Come back a few minutes before it begins.";
    Refusal::conflict("not-open-yet", text).with("can_join_at", can_join_at.rfc3339())
}

pub fn not_live() -> Refusal {
    Refusal::conflict("not-live", "This class has not begun. Sound and picture come with its beginning.")
}

pub fn room_full(seats: usize) -> Refusal {
    let text = format!("The room is full: it has {seats} seats and all are taken.");
    Refusal::conflict("room-full", text).with("seats", seats)
}

pub fn too_many_guests() -> Refusal {
    Refusal::conflict("too-many-guests", "Many guests wait at the door already. Try again in a few minutes.")
}

/// The last seat was given up between a look and the act.
pub fn just_closed() -> Refusal {
    Refusal::unavailable("The room was closed a moment ago. Try again.")
}

pub fn locked() -> Refusal {
    Refusal::conflict("room-locked", "The hosts have locked this class. Ask them to open it.")
}

pub fn no_guests() -> Refusal {
    let text = "This program takes no guests. Sign in and enroll, or ask its staff for a link.";
    Refusal::new(403, "no-guests", "No guests here", text)
}

pub fn wait_first() -> Refusal {
    let text = "This class has a waiting room. Join with a page first and wait until a host lets you in.";
    Refusal::conflict("still-waiting", text)
}

pub fn seat_gone() -> Refusal {
    Refusal::conflict("seat-gone", "This seat is no longer yours. Join the class again.")
}

/// Talking is for those who are in a class that is live.
pub fn is_inside(room: &Room, seat: &Seat) -> Answer<()> {
    match room.class.is_live() {
        _ if seat.waiting => Err(Refusal::conflict("still-waiting", "Wait until a host lets you in.")),
        true => Ok(()),
        false => Err(Refusal::conflict("not-live", "This class has not begun. Talking begins with it.")),
    }
}

pub fn chat_to_hosts_only() -> Refusal {
    Refusal::new(403, "chat-to-hosts-only", "Write to the hosts", "For now you can write to those who lead alone.")
}

pub fn chat_closed() -> Refusal {
    Refusal::new(403, "chat-closed", "The chat is closed", "The hosts have closed the chat for now.")
}

pub fn too_many_pictures() -> Refusal {
    let text = "You have sent several pictures within a minute. Wait a moment, then send the next one.";
    Refusal::new(429, "too-many-pictures", "Wait a moment", text).retry_after(10)
}

pub fn message_removed() -> Refusal {
    Refusal::conflict("message-removed", "This message was removed.")
}

pub fn sent_out() -> Refusal {
    let text = "A host has sent you out of this class. You can come in again.";
    Refusal::new(403, "sent-out", "You were sent out", text)
}

pub fn turned_away() -> Refusal {
    let text = "The hosts did not let you in now. You can ask again later.";
    Refusal::new(403, "turned-away", "Not let in", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belonging_is_asked_before_the_time() {
        let now = At(1_000_000_000);
        let knock = Knock {
            staff: false,
            attends: true,
            removed: false,
            locked_out: false,
            state: State::Scheduled,
            ends_at: now.plus_minutes(30),
            can_join_at: now,
            now,
        };
        let code = |knock: Knock| may_join(&knock).map_err(|refusal| refusal.code);
        let early = Knock { can_join_at: now.plus_minutes(1), ..knock };
        assert_eq!(code(knock), Ok(Where::Lobby));
        assert_eq!(code(early), Err("not-open-yet"));
        assert_eq!(code(Knock { attends: false, ..early }), Err("not-enrolled"));
        assert_eq!(code(Knock { removed: true, ..early }), Err("removed"));
        assert_eq!(code(Knock { locked_out: true, ..knock }), Err("room-locked"));
        assert_eq!(code(Knock { locked_out: true, staff: true, ..knock }), Ok(Where::Lobby));
        assert_eq!(code(Knock { ends_at: now, ..knock }), Err("session-over"));
        assert_eq!(code(Knock { ends_at: now, state: State::Live, ..knock }), Ok(Where::Live));
        assert_eq!(code(Knock { state: State::Cancelled, ..knock }), Err("session-cancelled"));
        assert_eq!(code(Knock { attends: false, staff: true, ..knock }), Ok(Where::Lobby));
    }
}
