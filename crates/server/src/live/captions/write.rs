//! Captions of pages: of one's own voice, recognised by the browser, or typed by who writes down what others say.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::model::{self, CaptionSource};
use super::scribe::Act;
use super::wire::{Caption, CaptionDraft, CaptionHistory, CaptionTaken, CaptionsPage, SetCaptioner};
use super::{LONGEST, view};
use crate::kit::checks::Checks;
use crate::kit::{Answer, At, ProgramId, Refusal, text};
use crate::live::desk::{change, hosts};
use crate::live::moderate::{host, no_such_seat};
use crate::live::room::{Room, Seat};
use crate::live::sockets::Sitting;
use crate::live::state::State;
use crate::live::talk::chat::seat_of;
use crate::live::wire::Source;
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

/// So many lines are read back at once, and so many changed ones caught up.
const EARLIER: usize = 100;
const CHANGES: usize = 200;

/// Takes a caption: a draft is told to the room, a finished line is kept first.
pub async fn caption(parts: &Parts, sitting: Sitting, said: Caption) -> Answer<CaptionTaken> {
    let mut checks = Checks::new();
    let text = checks.text("text", &said.text, usize::from(said.is_final), LONGEST);
    let language = checks.language("language", said.language.as_deref());
    checks.finish()?;
    may_write(parts, sitting, said.speaker.is_some()).await?;
    let live = parts.memory.of::<Live>();
    let taken = take(&mut live.state(), sitting, said, (text, language), parts.clock.now())?;
    let Some((row, program)) = taken else { return Ok(CaptionTaken { line: None }) };
    let line = live.caption_scribe.write(sitting.session, program, Act::Write { row: Box::new(row) }).await?;
    Ok(CaptionTaken { line: Some(view(&line)) })
}

/// Notes a draft for the pages; answers a finished line as the row that is to be written.
fn take(
    state: &mut State,
    sitting: Sitting,
    said: Caption,
    (text, language): (String, Option<String>),
    now: At,
) -> Answer<Option<(model::Model, ProgramId)>> {
    let room = state.rooms.get_mut(&sitting.session).ok_or_else(policy::seat_gone)?;
    let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
    let (user, breakout) = (seat.user, seat.breakout);
    let speaker = speaker_of(room, seat, &said)?;
    let (speaker, name) = (speaker.user, speaker.name.to_string());
    if !room.captions.keeps_pace(user, now) {
        return Err(policy::captions_too_fast());
    }
    if !room.captions.is_free_for(said.id, user) {
        return Err(id_taken());
    }
    if !said.is_final {
        // A draft that comes after its line has nothing more to say.
        if !room.captions.is_written(said.id) {
            room.captions.note(said.id, user, now);
            let draft = CaptionDraft { id: said.id, user_id: speaker, name, language, text };
            state.mark_caption(sitting.session, breakout, draft);
        }
        return Ok(None);
    }
    room.news.captions.remove(&said.id);
    let row = model::Model {
        id: said.id,
        session_id: sitting.session,
        breakout_id: breakout,
        seq: 0,
        rev: 0,
        user_id: Some(speaker),
        search_text: search_text(&name, &text),
        name,
        written_by: Some(user),
        source: if said.speaker.is_some() { CaptionSource::Typed } else { CaptionSource::Speech },
        language,
        text,
        service_seq: None,
        started_at: room.captions.began(said.id, now),
        ended_at: now,
        corrected_at: None,
        corrected_by: None,
    };
    Ok(Some((row, room.class.program)))
}

/// What a search looks into.
pub fn search_text(name: &str, line: &str) -> String {
    text::fold(&format!("{name} {line}"))
}

/// Whether somebody may write captions now: of others, or of their own voice.
async fn may_write(parts: &Parts, sitting: Sitting, of_others: bool) -> Answer<()> {
    {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        match of_others {
            true if room.desk.captioners.contains(&seat.user) => return Ok(()),
            true if !room.is_host(seat) => return Err(policy::only_captioners()),
            true => {}
            false => return may_speak(room, seat),
        }
    }
    // Who was staff when the class began may not be any more.
    host(parts, sitting).await.map(|_| ())
}

fn may_speak(room: &Room, seat: &Seat) -> Answer<()> {
    let may = room.is_host(seat) || room.desk.lets(seat.user, Source::Microphone);
    if may && !seat.mutes.holds(Source::Microphone) { Ok(()) } else { Err(policy::may_not_speak()) }
}

/// Whose words they are: one's own, or those of somebody in the same room.
fn speaker_of<'a>(room: &'a Room, seat: &'a Seat, said: &Caption) -> Answer<&'a Seat> {
    let Some(speaker) = said.speaker else { return Ok(seat) };
    let here = |other: &&Seat| other.met && !other.waiting && other.breakout == seat.breakout;
    room.seats.get(&speaker).filter(here).ok_or_else(no_such_seat)
}

/// Another person's id is not theirs to use.
pub fn id_taken() -> Refusal {
    Refusal::field("id", "taken", "Give each line an id of its own.")
}

/// Lines that were written before, or changed since, in the room where one is.
pub async fn history(parts: &Parts, sitting: Sitting, said: CaptionHistory) -> Answer<CaptionsPage> {
    let breakout = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        seat.breakout
    };
    let here = match breakout {
        Some(breakout) => model::Column::BreakoutId.eq(breakout),
        None => model::Column::BreakoutId.is_null(),
    };
    let rows = model::Entity::find().filter(model::Column::SessionId.eq(sitting.session)).filter(here);
    let (rows, most) = match (said.before, said.since) {
        (Some(before), None) => (rows.filter(model::Column::Seq.lt(before)).order_by_desc(model::Column::Seq), EARLIER),
        (None, Some(since)) => (rows.filter(model::Column::Rev.gt(since)).order_by_asc(model::Column::Rev), CHANGES),
        _ => return Err(Refusal::field("before", "one-of-two", "Say “before” or “since”, one of the two.")),
    };
    let mut rows = rows.limit(most as u64 + 1).all(parts.db.read()).await?;
    let more = rows.len() > most;
    rows.truncate(most);
    if said.before.is_some() {
        rows.reverse();
    }
    Ok(CaptionsPage { lines: rows.iter().map(view).collect(), more })
}

/// Lets somebody write captions of what others say, or takes it back.
pub async fn set_captioner(parts: &Parts, sitting: Sitting, said: SetCaptioner) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    if said.captioner {
        // What is taken back may be taken from who is away.
        hosts::need_person(parts, sitting, said.user_id)?;
    }
    change::desk(parts, sitting.session, &by.name, |desk| {
        match said.captioner {
            true => desk.captioners.insert(said.user_id),
            false => desk.captioners.remove(&said.user_id),
        };
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}
