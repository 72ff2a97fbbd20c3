//! What a page says on its seat, and what each message does. The answer goes back in the acknowledgement.

use serde_json::Value;
use socketioxide::extract::SocketRef;

use super::media::{self, Engine, Hall};
use super::model::Because;
use super::mutes::Outcome;
use super::protocol::{Asked, Beat, Leave, Look, Mute, Muted, Now, OfferAnswer, Publish, Remove, Restart, Sdp, Watch};
use super::sockets::Sitting;
use super::wire::Switches;
use super::{Live, ledger, moderate, more, policy};
use crate::kit::{Answer, Refusal, SeatId};
use crate::plumbing::Parts;
use crate::plumbing::messages::{Nothing, acknowledged};

/// The most m-lines a page may name, and the most tiles it may ask for.
const MOST_TRACKS: usize = 16;
const MOST_TILES: usize = 200;

pub async fn hear(parts: &Parts, socket: &SocketRef, sitting: Sitting, event: &str, payload: Value) -> Answer<Value> {
    sit_still(parts, socket, sitting.seat, event)?;
    let asked = Asked::read(event, payload)?.ok_or_else(|| no_such_message(event))?;
    let said = match asked {
        Asked::Beat(_) => acknowledged::<Beat>(beat(parts)),
        Asked::Publish(said) => acknowledged::<Publish>(publish(parts, sitting, said).await),
        Asked::OfferAnswer(said) => acknowledged::<OfferAnswer>(take_answer(parts, sitting, said).await),
        Asked::Restart(said) => acknowledged::<Restart>(restart(parts, sitting, said)),
        Asked::Watch(said) => acknowledged::<Watch>(watch(parts, sitting, said)),
        Asked::Switches(said) => acknowledged::<Switches>(switch(parts, sitting, said)),
        Asked::Look(_) => acknowledged::<Look>(look(parts, sitting)),
        Asked::Leave(_) => acknowledged::<Leave>(leave(parts, sitting)),
        Asked::Mute(said) => acknowledged::<Mute>(moderate::mute(parts, sitting, said).await),
        Asked::Remove(said) => acknowledged::<Remove>(moderate::remove(parts, sitting, said).await),
        talking_or_leading => more::hear(parts, sitting, talking_or_leading).await,
    };
    // A message may have made somebody present, or closed a seat.
    if !parts.memory.of::<Live>().state().changes.is_empty() {
        ledger::write_or_later(parts).await;
    }
    said
}

/// Every message is a sign of life, if it comes from the page that holds the seat now.
fn sit_still(parts: &Parts, socket: &SocketRef, id: SeatId, event: &str) -> Answer<()> {
    let mut state = parts.memory.of::<Live>().state();
    let seat = state.seat_mut(id).filter(|seat| seat.socket.as_ref() == Some(socket));
    let seat = seat.ok_or_else(policy::seat_gone)?;
    seat.beats |= event == "beat";
    state.touch(id, parts.clock.now());
    Ok(())
}

fn no_such_message(event: &str) -> Refusal {
    let name: String = event.chars().filter(|c| !c.is_control()).take(40).collect();
    Refusal::new(404, "no-such-message", "Not there", format!("There is no message named “{name}”."))
}

fn beat(parts: &Parts) -> Answer<Now> {
    Ok(Now { now: parts.clock.now() })
}

/// The engine and the room in it, for a seat in a class that is live.
fn engine(parts: &Parts, sitting: Sitting) -> Answer<(Engine, Hall)> {
    let live = parts.memory.of::<Live>();
    let mut state = live.state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    if !room.class.is_live() {
        return Err(policy::not_live());
    }
    let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
    policy::is_inside(room, seat)?;
    let hall = room.hall(seat);
    // The page may be quicker than the fact that lets the engine know of its seat.
    state.open_media(sitting.seat);
    live.media.clone().map(|engine| (engine, hall)).ok_or_else(media::no_media)
}

async fn publish(parts: &Parts, sitting: Sitting, said: Publish) -> Answer<Sdp> {
    let (engine, hall) = engine(parts, sitting)?;
    let few = said.tracks.len() <= MOST_TRACKS && said.tracks.iter().all(|track| track.mid.len() <= 32);
    if !few {
        let text = format!("Name at most {MOST_TRACKS} tracks, each by a short mid.");
        return Err(Refusal::field("tracks", "too-long", text));
    }
    let certificate = fingerprint(&said.sdp);
    let tracks = said.tracks.into_iter().map(|track| (track.mid, track.source)).collect();
    let sdp = engine.publish(hall, sitting.seat, said.sdp, tracks).await?;
    if is_new_page(parts, sitting, certificate) {
        engine.restart(hall, sitting.seat, true);
    }
    Ok(Sdp { sdp })
}

/// A page that was loaded anew shows another certificate with its first offer. It has lost its receiving connection
/// too, which only the server can offer.
fn is_new_page(parts: &Parts, sitting: Sitting, certificate: Option<String>) -> bool {
    let mut state = parts.memory.of::<Live>().state();
    let Some(seat) = state.seat_mut(sitting.seat) else { return false };
    let before = std::mem::replace(&mut seat.certificate, certificate);
    let first = std::mem::take(&mut seat.new_line);
    first && before.is_some() && before != seat.certificate
}

fn fingerprint(sdp: &str) -> Option<String> {
    let line = sdp.lines().find_map(|line| line.strip_prefix("a=fingerprint:"));
    line.map(|print| print.trim().to_ascii_lowercase())
}

async fn take_answer(parts: &Parts, sitting: Sitting, said: OfferAnswer) -> Answer<Nothing> {
    let (engine, hall) = engine(parts, sitting)?;
    engine.answer(hall, sitting.seat, said.offer_id, said.sdp).await?;
    Ok(Nothing {})
}

fn restart(parts: &Parts, sitting: Sitting, said: Restart) -> Answer<Nothing> {
    let (engine, hall) = engine(parts, sitting)?;
    engine.restart(hall, sitting.seat, said.fresh);
    Ok(Nothing {})
}

fn watch(parts: &Parts, sitting: Sitting, said: Watch) -> Answer<Nothing> {
    let (engine, hall) = engine(parts, sitting)?;
    if said.tiles.len() > MOST_TILES {
        return Err(Refusal::field("tiles", "too-long", format!("Watch at most {MOST_TILES} tiles at once.")));
    }
    let tiles = said.tiles.into_iter().map(|tile| (tile.seat_id, tile.source, tile.height.clamp(0.0, 4320.0) as u16));
    engine.watch(hall, sitting.seat, tiles.collect());
    Ok(Nothing {})
}

/// The page's own switches. Switching on is also how a muted person takes the word again; a page that says so without
/// knowing that it is muted is told again.
fn switch(parts: &Parts, sitting: Sitting, mut said: Switches) -> Answer<Nothing> {
    let mut state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    let seat = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
    let (hall, host, user, desk) = (room.hall(seat), room.is_host(seat), seat.user, room.desk.clone());
    let is_speaking = room.speaking.get(&seat.breakout).is_some_and(|speaking| speaking.contains(&seat.id));
    let now = parts.clock.now();
    let seat = state.seat_mut(sitting.seat).ok_or_else(policy::seat_gone)?;
    let Outcome { freed, held } = seat.mutes.hear(said, |source| host || desk.lets(user, source));
    held.iter().for_each(|(source, _)| said.set(*source, false));
    let before = std::mem::replace(&mut seat.switches, said);
    if seat.presence.is_some() {
        seat.meter.note(is_speaking, said, now);
    }
    if let Some(media) = &state.media {
        freed.into_iter().for_each(|source| media.set_muted(hall, sitting.seat, source, false));
    }
    for (source, by) in held {
        state.tell(sitting.seat, Muted { source, by: by.to_string() });
    }
    if before != said {
        state.show(sitting.seat);
    }
    Ok(Nothing {})
}

fn look(parts: &Parts, sitting: Sitting) -> Answer<Nothing> {
    parts.memory.of::<Live>().state().welcome(sitting.seat, parts.clock.now());
    Ok(Nothing {})
}

fn leave(parts: &Parts, sitting: Sitting) -> Answer<Nothing> {
    parts.memory.of::<Live>().state().close(sitting.seat, parts.clock.now(), Because::Left);
    Ok(Nothing {})
}
