//! What changed in a room is gathered for a moment and then told once: who came and how they are, the desk, polls,
//! questions, signs. A class of two hundred that comes in at ten o'clock is two hundred changes for two hundred pages.

use std::collections::BTreeSet;
use std::time::Duration;

use super::desk::waiting;
use super::desk::wire::WaitingRoom;
use super::protocol::{Gone, Told};
use super::room::{Room, Seat};
use super::talk::wire::{PollGone, PollTold, QuestionGone, QuestionTold, Reaction, Reactions};
use super::voice::Voice;
use super::{Live, state::State};
use crate::kit::{PollId, QuestionId, SeatId};
use crate::plumbing::Parts;

/// So long changes wait for each other.
const GATHER: Duration = Duration::from_millis(40);

/// What of a room changed since it was told last.
#[derive(Debug, Default)]
pub struct News {
    pub people: BTreeSet<SeatId>,
    pub desk: bool,
    pub polls: BTreeSet<PollId>,
    pub questions: BTreeSet<QuestionId>,
    pub reactions: Vec<Reaction>,
}

impl News {
    fn is_empty(&self) -> bool {
        let News { people, desk, polls, questions, reactions } = self;
        people.is_empty() && !desk && polls.is_empty() && questions.is_empty() && reactions.is_empty()
    }
}

/// Tells what changed until the house closes.
pub async fn run(parts: Parts) {
    let live = parts.memory.of::<Live>();
    loop {
        tokio::select! {
            _ = live.news.notified() => {}
            _ = parts.closing.cancelled() => return,
        }
        tokio::time::sleep(GATHER).await;
        flush(&mut live.state());
    }
}

/// Tells everything that changed, in all rooms.
pub fn flush(state: &mut State) {
    let State { rooms, voice, .. } = state;
    for room in rooms.values_mut() {
        let news = std::mem::take(&mut room.news);
        if !news.is_empty() {
            tell(room, voice, news);
        }
    }
}

fn tell(room: &Room, voice: &Voice, news: News) {
    let live = room.class.is_live();
    let inside = room.sockets();
    for seat in news.people.iter().filter_map(|id| room.seats.get(id)).filter(|seat| seat.met && !seat.waiting) {
        voice.tell(room.sockets_of(|reader| room.may_know(reader, seat)), room.person(seat, live));
        // Who led until now and does not any more: a stranger forgets them.
        voice.tell(room.sockets_of(|reader| !room.may_know(reader, seat)), Gone { seat_id: seat.id });
    }
    if news.desk {
        tell_desk(room, voice);
    }
    if news.desk || news.people.iter().any(|id| room.seats.get(id).is_none_or(|seat| seat.waiting)) {
        voice.tell(room.sockets_of(|seat| room.is_host(seat)), WaitingRoom { waiting: waiting::list(room) });
    }
    news.polls.iter().for_each(|id| tell_poll(room, voice, *id));
    for id in news.questions {
        let told: Told = match room.talk.questions.get(&id) {
            Some(question) => QuestionTold { question: question.view() }.into(),
            None => QuestionGone { question_id: id }.into(),
        };
        voice.tell(inside.clone(), told);
    }
    tell_reactions(room, voice, &news.reactions);
}

fn tell_desk(room: &Room, voice: &Voice) {
    for host in [true, false] {
        voice.tell(room.sockets_of(|seat| room.is_host(seat) == host), room.desk.view(host));
    }
}

/// Hosts see the results as they come, others what they may.
fn tell_poll(room: &Room, voice: &Voice, id: PollId) {
    let Some(poll) = room.talk.polls.get(&id) else {
        return voice.tell(room.sockets(), PollGone { poll_id: id });
    };
    for host in [true, false].into_iter().filter(|host| poll.is_for(*host)) {
        voice.tell(room.sockets_of(|seat| room.is_host(seat) == host), PollTold { poll: poll.view(host) });
    }
}

/// A sign is seen by those in the same room.
fn tell_reactions(room: &Room, voice: &Voice, reactions: &[Reaction]) {
    let place = |seat: &SeatId| room.seats.get(seat).map(|seat: &Seat| seat.breakout);
    let places: BTreeSet<_> = reactions.iter().filter_map(|reaction| place(&reaction.seat_id)).collect();
    for breakout in places {
        let here = reactions.iter().filter(|reaction| place(&reaction.seat_id) == Some(breakout));
        let told = Reactions { reactions: here.copied().collect() };
        voice.tell(room.sockets_of(|seat| seat.breakout == breakout), told);
    }
}
