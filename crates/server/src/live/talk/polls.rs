//! Polls: made by hosts, answered once by each person, shown when a host shows them.

use std::collections::HashMap;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::chat::seat_of;
use super::model::{PollKind, PollState, answer, poll};
use super::wire::{AnswerPoll, ChangePoll, MakePoll, MyAnswer, PollView, RemovePoll};
use super::{Given, Poll, STARS};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, At, PollId, Refusal, UserId};
use crate::live::moderate::host;
use crate::live::sockets::Sitting;
use crate::live::{Live, pen_of, policy};
use crate::plumbing::keys::Keys;
use crate::plumbing::messages::Nothing;
use crate::plumbing::{Parts, outbox};

/// The longest answer in words, in characters.
const LONGEST: usize = 500;
/// So many polls in one class.
const MOST: usize = 50;

pub async fn make(parts: &Parts, sitting: Sitting, said: MakePoll) -> Answer<PollView> {
    let by = host(parts, sitting).await?;
    let (question, options) = read(&said)?;
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    if let Some(known) = standing(parts, sitting, said.id)? {
        return Ok(known);
    }
    let now = parts.clock.now();
    let row = poll::Model {
        id: said.id,
        session_id: sitting.session,
        made_by: by.user,
        question,
        kind: said.kind,
        options: serde_json::to_string(&options).map_err(Refusal::broken)?,
        anonymous: said.anonymous,
        state: if said.open { PollState::Open } else { PollState::Draft },
        shown: false,
        made_at: now,
        opened_at: said.open.then_some(now),
        closed_at: None,
        removed_at: None,
    };
    let (new, opened) = (&row, said.open.then(|| opened(&row, by.program, by.user, now)));
    parts
        .db
        .write(|tx| {
            let opened = opened.clone();
            async move {
                if poll::Entity::find_by_id(new.id).one(tx.conn()).await?.is_some() {
                    return Err(Refusal::field("id", "taken", "Give each poll an id of its own."));
                }
                poll::Entity::insert(new.clone().into_active_model().reset_all())
                    .exec_without_returning(tx.conn())
                    .await?;
                match opened {
                    Some(fact) => outbox::record(parts, tx, fact).await,
                    None => Ok(()),
                }
            }
            .boxed()
        })
        .await?;
    Ok(take(parts, sitting, Poll { row, options, answers: HashMap::new() }))
}

/// The poll of this id, when it was made before.
fn standing(parts: &Parts, sitting: Sitting, id: PollId) -> Answer<Option<PollView>> {
    let state = parts.memory.of::<Live>().state();
    let (room, _) = seat_of(&state, sitting)?;
    if room.talk.polls.len() >= MOST && !room.talk.polls.contains_key(&id) {
        let text = format!("A class has at most {MOST} polls. Remove one first.");
        return Err(Refusal::conflict("too-many-polls", text));
    }
    Ok(room.talk.polls.get(&id).map(|poll| poll.view(true)))
}

fn opened(row: &poll::Model, program: crate::kit::ProgramId, by: UserId, at: At) -> Fact {
    Fact::PollOpened { poll: row.id, session: row.session_id, program, by, at }
}

fn read(said: &MakePoll) -> Answer<(String, Vec<String>)> {
    let mut checks = Checks::new();
    let question = checks.text("question", &said.question, 1, 300);
    let mut options = Vec::new();
    for (place, option) in said.options.iter().take(13).enumerate() {
        options.push(checks.text(&format!("options[{place}]"), option, 1, 120));
    }
    let fits = match said.kind {
        PollKind::Single | PollKind::Multiple => (2..=12).contains(&said.options.len()),
        PollKind::Rating | PollKind::Text => said.options.is_empty(),
    };
    checks.ensure(
        fits,
        "options",
        "wrong-number",
        "Give 2 to 12 options to choose from, and none for a rating or text.",
    );
    let mut folded: Vec<String> = options.iter().map(|option| option.to_lowercase()).collect();
    folded.sort();
    folded.dedup();
    checks.ensure(folded.len() == options.len(), "options", "alike", "Make each option different.");
    checks.finish().map(|()| (question, options))
}

pub async fn change(parts: &Parts, sitting: Sitting, said: ChangePoll) -> Answer<PollView> {
    let by = host(parts, sitting).await?;
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let mut poll = find(parts, sitting, said.poll_id)?;
    let now = parts.clock.now();
    let was = poll.row.state;
    match (was, said.state.unwrap_or(was)) {
        (from, to) if from == to => {}
        (PollState::Draft | PollState::Closed, PollState::Open) => {
            (poll.row.state, poll.row.opened_at, poll.row.closed_at) = (PollState::Open, Some(now), None);
        }
        (PollState::Open, PollState::Closed) => {
            (poll.row.state, poll.row.closed_at) = (PollState::Closed, Some(now));
        }
        _ => return Err(Refusal::field("state", "not-from-here", "A draft can be opened, and an open poll closed.")),
    }
    poll.row.shown = said.shown.unwrap_or(poll.row.shown);
    if poll.row.shown && poll.row.state == PollState::Draft {
        return Err(Refusal::field("shown", "draft", "Open the poll first: a draft has no results."));
    }
    let fact = (was != PollState::Open && poll.row.state == PollState::Open)
        .then(|| opened(&poll.row, by.program, by.user, now));
    put(parts, &poll.row, fact).await?;
    Ok(take(parts, sitting, poll))
}

async fn put(parts: &Parts, row: &poll::Model, fact: Option<Fact>) -> Answer<()> {
    let fact = &fact;
    parts
        .db
        .write(|tx| {
            async move {
                let row = row.clone().into_active_model().reset_all();
                poll::Entity::update(row).exec_without_returning(tx.conn()).await?;
                match fact {
                    Some(fact) => outbox::record(parts, tx, fact.clone()).await,
                    None => Ok(()),
                }
            }
            .boxed()
        })
        .await
}

pub async fn remove(parts: &Parts, sitting: Sitting, said: RemovePoll) -> Answer<Nothing> {
    host(parts, sitting).await?;
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let poll = find(parts, sitting, said.poll_id)?;
    let row = poll::Model { removed_at: Some(parts.clock.now()), ..poll.row };
    put(parts, &row, None).await?;
    let mut state = parts.memory.of::<Live>().state();
    if let Some(room) = state.rooms.get_mut(&sitting.session) {
        room.talk.polls.remove(&said.poll_id);
    }
    state.mark_poll(sitting.session, said.poll_id);
    Ok(Nothing {})
}

pub async fn answer(parts: &Parts, sitting: Sitting, said: AnswerPoll) -> Answer<MyAnswer> {
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let mut poll = find(parts, sitting, said.poll_id)?;
    let (user, program) = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        (seat.user, room.class.program)
    };
    match poll.row.state {
        PollState::Open => {}
        PollState::Draft => return Err(no_such_poll()),
        PollState::Closed => return Err(Refusal::conflict("poll-closed", "This poll is closed. Thank you.")),
    }
    let given = read_answer(&poll, user, said)?;
    let voter = voter(&parts.keys, poll.row.id, user);
    if poll.answers.get(&voter) == Some(&given) {
        // Said again by a page that did not hear the answer.
        return Ok(MyAnswer { poll_id: poll.row.id, choices: given.choices, text: given.text });
    }
    let row = answer::ActiveModel {
        poll_id: Set(poll.row.id),
        voter: Set(voter.clone()),
        user_id: Set(given.user),
        choices: Set(serde_json::to_string(&given.choices).map_err(Refusal::broken)?),
        text: Set(given.text.clone()),
        at: Set(parts.clock.now()),
    };
    let (session, poll_id, person, at) = (sitting.session, poll.row.id, given.user, parts.clock.now());
    let fact = Fact::PollAnswered { poll: poll_id, session, program, user: person, at };
    let (row, fact) = (&row, &fact);
    parts
        .db
        .write(|tx| {
            async move {
                use answer::Column::{At, Choices, PollId, Text, Voter};
                let again = OnConflict::columns([PollId, Voter]).update_columns([Choices, Text, At]).to_owned();
                answer::Entity::insert(row.clone()).on_conflict(again).exec_without_returning(tx.conn()).await?;
                outbox::record(parts, tx, fact.clone()).await
            }
            .boxed()
        })
        .await?;
    let mine = MyAnswer { poll_id, choices: given.choices.clone(), text: given.text.clone() };
    poll.answers.insert(voter, given);
    take(parts, sitting, poll);
    Ok(mine)
}

fn read_answer(poll: &Poll, user: UserId, said: AnswerPoll) -> Answer<Given> {
    let mut checks = Checks::new();
    let text = checks.text("text", &said.text, usize::from(poll.row.kind == PollKind::Text), LONGEST);
    checks.ensure(
        text.is_empty() || poll.row.kind == PollKind::Text,
        "text",
        "not-asked",
        "Leave text out of this answer.",
    );
    let mut choices = said.choices;
    choices.sort_unstable();
    choices.dedup();
    let places = poll.options.len();
    let (fits, text_of_it) = match poll.row.kind {
        PollKind::Single => (choices.len() == 1 && usize::from(choices[0]) < places, "Choose one of the options."),
        PollKind::Multiple => {
            (!choices.is_empty() && choices.iter().all(|c| usize::from(*c) < places), "Choose some of the options.")
        }
        PollKind::Rating => (choices.len() == 1 && (1..=STARS).contains(&choices[0]), "Choose a number from 1 to 5."),
        PollKind::Text => (choices.is_empty(), "Write your answer; there is nothing to choose."),
    };
    checks.ensure(fits, "choices", "not-an-option", text_of_it);
    checks.finish()?;
    Ok(Given { user: (!poll.row.anonymous).then_some(user), choices, text })
}

/// A keyed hash: the same for the same person and poll, and nobody's name for who has not the key.
pub fn voter(keys: &Keys, poll: PollId, user: UserId) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &keys.derive("poll-voter"));
    let tag = hmac::sign(&key, &[poll.0.as_bytes().as_slice(), user.0.as_bytes()].concat());
    URL_SAFE_NO_PAD.encode(&tag.as_ref()[..18])
}

fn find(parts: &Parts, sitting: Sitting, id: PollId) -> Answer<Poll> {
    let state = parts.memory.of::<Live>().state();
    let (room, _) = seat_of(&state, sitting)?;
    room.talk.polls.get(&id).cloned().ok_or_else(no_such_poll)
}

/// Takes over a poll that was written, and tells it soon; as hosts see it.
fn take(parts: &Parts, sitting: Sitting, poll: Poll) -> PollView {
    let mut state = parts.memory.of::<Live>().state();
    let (id, view) = (poll.row.id, poll.view(true));
    if let Some(room) = state.rooms.get_mut(&sitting.session) {
        room.talk.polls.insert(id, poll);
    }
    state.mark_poll(sitting.session, id);
    view
}

fn no_such_poll() -> Refusal {
    Refusal::not_found("poll")
}
