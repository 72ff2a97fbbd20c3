//! What hosts do with the desk: rules, exceptions, spotlight, sharing the lead; and asking to take over a share.

use super::change;
use super::wire::{
    Allow, Allowance, AskShare, KeepShare, MuteAll, SetHost, SetRules, ShareAsked, ShareKept, Spotlight,
};
use crate::kit::{Answer, Refusal, UserId};
use crate::live::moderate::{self, host, no_such_seat};
use crate::live::room::{Room, Seat};
use crate::live::sockets::Sitting;
use crate::live::wire::Source;
use crate::live::{Live, ledger, policy};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

pub async fn set_rules(parts: &Parts, sitting: Sitting, said: SetRules) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let inside = people_inside(parts, sitting)?;
    change::desk(parts, sitting.session, &by.name, |desk| {
        if said.waiting_room == Some(true) && !desk.rules.waiting_room {
            // Who is in already need not wait when their line drops.
            desk.admitted.extend(inside);
        }
        let rules = &mut desk.rules;
        let set = |rule: &mut bool, said: Option<bool>| *rule = said.unwrap_or(*rule);
        // What somebody was allowed is an exception from the rule as it was.
        if said.speak.is_some_and(|speak| speak != rules.speak) {
            desk.allowed.values_mut().for_each(|own| own.speak = false);
        }
        if said.show.is_some_and(|show| show != rules.show) {
            desk.allowed.values_mut().for_each(|own| own.show = false);
        }
        if said.share.is_some_and(|share| share != rules.share) {
            desk.allowed.values_mut().for_each(|own| own.share = false);
        }
        if said.draw.is_some_and(|draw| draw != rules.draw) {
            desk.allowed.values_mut().for_each(|own| own.draw = false);
        }
        desk.allowed.retain(|_, own| *own != Allowance::default());
        set(&mut rules.speak, said.speak);
        set(&mut rules.show, said.show);
        set(&mut rules.share, said.share);
        set(&mut rules.draw, said.draw);
        set(&mut rules.locked, said.locked);
        set(&mut rules.waiting_room, said.waiting_room);
        rules.chat = said.chat.unwrap_or(rules.chat);
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

pub async fn allow(parts: &Parts, sitting: Sitting, said: Allow) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let own = Allowance { speak: said.speak, show: said.show, share: said.share, draw: said.draw };
    need_person(parts, sitting, said.user_id)?;
    change::desk(parts, sitting.session, &by.name, |desk| {
        desk.allowed.insert(said.user_id, own);
        desk.allowed.retain(|_, own| *own != Allowance::default());
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

pub async fn mute_all(parts: &Parts, sitting: Sitting, said: MuteAll) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let seats = {
        let mut state = parts.memory.of::<Live>().state();
        let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
        let seats = room.seats.values().filter(|seat| seat.met && !room.is_host(seat));
        let seats: Vec<_> = seats.map(|seat| seat.id).collect();
        seats.iter().for_each(|seat| moderate::mute_seat(&mut state, *seat, said.source, &by.name));
        seats
    };
    ledger::keep_traces(parts, &seats).await;
    Ok(Nothing {})
}

pub async fn spotlight(parts: &Parts, sitting: Sitting, said: Spotlight) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    if let Some(user) = said.user_id {
        need_person(parts, sitting, user)?;
    }
    change::desk(parts, sitting.session, &by.name, |desk| {
        desk.spotlight = said.user_id;
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

pub async fn set_host(parts: &Parts, sitting: Sitting, said: SetHost) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    // What is taken back may be taken from who is away.
    let staff = match said.host {
        true => need_person(parts, sitting, said.user_id)?,
        false => need_person(parts, sitting, said.user_id).unwrap_or(false),
    };
    if staff && !said.host {
        return Err(Refusal::forbidden("Staff always lead. Change the program's staff instead."));
    }
    change::desk(parts, sitting.session, &by.name, |desk| {
        match said.host && !staff {
            true => desk.hosts.insert(said.user_id),
            false => desk.hosts.remove(&said.user_id),
        };
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}

pub fn ask_share(parts: &Parts, sitting: Sitting, said: AskShare) -> Answer<Nothing> {
    let state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    let me = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
    policy::is_inside(room, me)?;
    if !room.is_host(me) && !room.desk.lets(me.user, Source::Screen) {
        return Err(Refusal::forbidden("The hosts have kept sharing to themselves for now."));
    }
    let sharer = room.seats.get(&said.seat_id).filter(|seat| seat.breakout == me.breakout).ok_or_else(no_such_seat)?;
    if !sharer.switches.screen {
        return Err(Refusal::conflict("not-sharing", "Nobody shares there any more. You can share now."));
    }
    state.tell(said.seat_id, ShareAsked { seat_id: sitting.seat, name: me.name.to_string() });
    Ok(Nothing {})
}

pub fn keep_share(parts: &Parts, sitting: Sitting, said: KeepShare) -> Answer<Nothing> {
    let state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    let me = room.seats.get(&sitting.seat).ok_or_else(policy::seat_gone)?;
    policy::is_inside(room, me)?;
    if !me.switches.screen {
        return Err(Refusal::conflict("not-sharing", "You do not share a screen any more."));
    }
    let asker = room.seats.get(&said.seat_id).filter(|seat| seat.breakout == me.breakout && !seat.waiting);
    let asker = asker.ok_or_else(no_such_seat)?.id;
    state.tell(asker, ShareKept { name: me.name.to_string() });
    Ok(Nothing {})
}

/// Somebody who is in the class now; answers whether they are of its staff.
pub fn need_person(parts: &Parts, sitting: Sitting, user: UserId) -> Answer<bool> {
    let state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    person_in(room, user).ok_or_else(|| Refusal::not_found("person in this class"))
}

fn person_in(room: &Room, user: UserId) -> Option<bool> {
    room.seats.values().find(|seat| seat.user == user && seat.met).map(|seat| seat.staff)
}

fn people_inside(parts: &Parts, sitting: Sitting) -> Answer<Vec<UserId>> {
    let state = parts.memory.of::<Live>().state();
    let room = state.room_of(sitting.seat).ok_or_else(policy::seat_gone)?;
    // A guest in the lobby was let in by nobody yet.
    let inside = |seat: &&Seat| seat.met && !seat.waiting && (!seat.guest || seat.presence.is_some());
    Ok(room.seats.values().filter(inside).map(|seat| seat.user).collect())
}
