//! The chat of a class: saying, changing, taking back, reading what was said before. And signs, which nobody keeps.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::model::{Audience, message};
use super::scribe::{Act, MayEdit};
use super::wire::{ChatMessage, ChatPage, EditMessage, History, React, Reaction, RemoveMessage, Say};
use super::{Reader, SHOWN, pictures, view};
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal};
use crate::live::desk::wire::ChatRule;
use crate::live::room::{Room, Seat};
use crate::live::sockets::Sitting;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

/// The longest message, in characters.
pub const LONGEST: usize = 2000;
/// So many changed messages are caught up at once.
const CHANGES: usize = 200;

pub async fn say(parts: &Parts, sitting: Sitting, said: Say) -> Answer<ChatMessage> {
    let text = read_text(&said.text, said.image.is_some())?;
    let image = said.image.as_deref().map(pictures::read).transpose()?;
    let live = parts.memory.of::<Live>();
    let (row, program) = {
        let mut state = live.state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        may_write(room, seat, said.to)?;
        let user = seat.user;
        let takes = |room: &mut Room| room.takes_picture(user, parts.clock.now());
        if image.is_some() && !state.rooms.get_mut(&sitting.session).is_some_and(takes) {
            return Err(policy::too_many_pictures());
        }
        let (room, seat) = seat_of(&state, sitting)?;
        let row = message::Model {
            id: said.id,
            session_id: sitting.session,
            seq: 0,
            rev: 0,
            user_id: seat.user,
            name: seat.name.to_string(),
            staff: seat.staff,
            audience: said.to,
            breakout_id: seat.breakout,
            text,
            image: image.as_ref().map(|image| image.mime.into()),
            said_at: parts.clock.now(),
            edited_at: None,
            removed_at: None,
            removed_by: None,
        };
        (row, room.class.program)
    };
    live.scribe
        .write(sitting.session, program, Act::Say { row: Box::new(row), image: image.map(|image| image.bytes) })
        .await
}

pub async fn edit(parts: &Parts, sitting: Sitting, said: EditMessage) -> Answer<ChatMessage> {
    let text = read_text(&said.text, false)?;
    let live = parts.memory.of::<Live>();
    let (user, may, program) = {
        let state = live.state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        may_write(room, seat, Audience::Hosts)?;
        let to_everyone = may_write(room, seat, Audience::Everyone).is_ok();
        let may = MayEdit { to_everyone, here: seat.breakout, host: room.is_host(seat) };
        (seat.user, may, room.class.program)
    };
    live.scribe.write(sitting.session, program, Act::Edit { id: said.id, user, text, may }).await
}

/// Who wrote it may always take it back.
pub async fn remove(parts: &Parts, sitting: Sitting, said: RemoveMessage) -> Answer<ChatMessage> {
    let live = parts.memory.of::<Live>();
    let (user, host, program) = {
        let state = live.state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        (seat.user, room.is_host(seat), room.class.program)
    };
    live.scribe.write(sitting.session, program, Act::Remove { id: said.id, user, host }).await
}

/// What was said before, or changed since.
pub async fn history(parts: &Parts, sitting: Sitting, said: History) -> Answer<ChatPage> {
    let reader = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        Reader { user: seat.user, host: room.is_host(seat), breakout: seat.breakout }
    };
    let rows = message::Entity::find().filter(message::Column::SessionId.eq(sitting.session)).filter(readable(reader));
    let (mut rows, most) = match (said.before, said.since) {
        (Some(before), None) => {
            let rows = rows.filter(message::Column::Seq.lt(before)).order_by_desc(message::Column::Seq);
            (rows.limit(SHOWN as u64 + 1).all(parts.db.read()).await?, SHOWN)
        }
        (None, Some(since)) => {
            let rows = rows.filter(message::Column::Rev.gt(since)).order_by_asc(message::Column::Rev);
            (rows.limit(CHANGES as u64 + 1).all(parts.db.read()).await?, CHANGES)
        }
        _ => return Err(Refusal::field("before", "one-of-two", "Say “before” or “since”, one of the two.")),
    };
    let more = rows.len() > most;
    rows.truncate(most);
    if said.before.is_some() {
        rows.reverse();
    }
    Ok(ChatPage { messages: rows.iter().map(view).collect(), more })
}

/// [`super::may_read`], for the database.
fn readable(reader: Reader) -> Condition {
    let here = match reader.breakout {
        Some(breakout) => message::Column::BreakoutId.eq(breakout),
        None => message::Column::BreakoutId.is_null(),
    };
    let everyone = Condition::all().add(message::Column::Audience.eq(Audience::Everyone)).add(here);
    let readable = Condition::any().add(message::Column::UserId.eq(reader.user)).add(everyone);
    match reader.host {
        true => readable.add(message::Column::Audience.eq(Audience::Hosts)),
        false => readable,
    }
}

/// A sign goes to everybody in the same room, and is gone.
pub fn react(parts: &Parts, sitting: Sitting, said: React) -> Answer<Nothing> {
    let mut state = parts.memory.of::<Live>().state();
    let (room, seat) = seat_of(&state, sitting)?;
    policy::is_inside(room, seat)?;
    state.mark_reaction(sitting.session, Reaction { seat_id: sitting.seat, sign: said.sign });
    Ok(Nothing {})
}

pub fn seat_of(state: &crate::live::state::State, sitting: Sitting) -> Answer<(&Room, &Seat)> {
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
    Ok((room, seat))
}

fn may_write(room: &Room, seat: &Seat, to: Audience) -> Answer<()> {
    match (room.desk.rules.chat, to) {
        _ if room.is_host(seat) => Ok(()),
        (ChatRule::Everyone, _) | (ChatRule::Hosts, Audience::Hosts) => Ok(()),
        (ChatRule::Hosts, Audience::Everyone) => Err(policy::chat_to_hosts_only()),
        (ChatRule::Closed, _) => Err(policy::chat_closed()),
    }
}

fn read_text(text: &str, with_image: bool) -> Answer<String> {
    let mut checks = Checks::new();
    let text = checks.text("text", text, if with_image { 0 } else { 1 }, LONGEST);
    checks.finish().map(|()| text)
}
