//! Questions to those who lead: asked, voted for, answered.

use std::collections::BTreeSet;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::Question;
use super::chat::seat_of;
use super::model::{question, vote};
use super::wire::{AskQuestion, QuestionView, RemoveQuestion, SettleQuestion, VoteQuestion};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, ProgramId, QuestionId, Refusal, UserId};
use crate::live::moderate::host;
use crate::live::sockets::Sitting;
use crate::live::{Live, pen_of, policy};
use crate::plumbing::messages::Nothing;
use crate::plumbing::{Parts, outbox};

/// So many open questions of one person, and so many in one class.
const MOST_OPEN: usize = 10;
const MOST: usize = 500;

/// Who says something, from a seat inside the class.
struct Asker {
    user: UserId,
    name: String,
    program: ProgramId,
    host: bool,
}

fn asker(parts: &Parts, sitting: Sitting) -> Answer<Asker> {
    let state = parts.memory.of::<Live>().state();
    let (room, seat) = seat_of(&state, sitting)?;
    policy::is_inside(room, seat)?;
    Ok(Asker { user: seat.user, name: seat.name.to_string(), program: room.class.program, host: room.is_host(seat) })
}

pub async fn ask(parts: &Parts, sitting: Sitting, said: AskQuestion) -> Answer<QuestionView> {
    let mut checks = Checks::new();
    let text = checks.text("text", &said.text, 1, 500);
    checks.finish()?;
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let Asker { user, name, program, .. } = asker(parts, sitting)?;
    if let Some(known) = standing(parts, sitting, said.id, user)? {
        return Ok(known);
    }
    let row = question::Model {
        id: said.id,
        session_id: sitting.session,
        user_id: user,
        name,
        text,
        asked_at: parts.clock.now(),
        answer: None,
        answered_at: None,
        answered_by: None,
        removed_at: None,
    };
    let new = &row;
    parts
        .db
        .write(|tx| {
            async move {
                if question::Entity::find_by_id(new.id).one(tx.conn()).await?.is_some() {
                    return Err(Refusal::field("id", "taken", "Give each question an id of its own."));
                }
                let row = new.clone().into_active_model().reset_all();
                question::Entity::insert(row).exec_without_returning(tx.conn()).await?;
                let (session, at) = (new.session_id, new.asked_at);
                outbox::record(parts, tx, Fact::QuestionAsked { question: new.id, session, program, user, at }).await
            }
            .boxed()
        })
        .await?;
    Ok(take(parts, sitting, Question { row, votes: BTreeSet::new() }))
}

/// The question of this id, when it was asked before.
fn standing(parts: &Parts, sitting: Sitting, id: QuestionId, user: UserId) -> Answer<Option<QuestionView>> {
    let state = parts.memory.of::<Live>().state();
    let (room, _) = seat_of(&state, sitting)?;
    let questions = &room.talk.questions;
    if let Some(known) = questions.get(&id).filter(|known| known.row.user_id == user) {
        return Ok(Some(known.view()));
    }
    let open = questions.values().filter(|known| known.row.user_id == user && known.row.answered_at.is_none()).count();
    if open >= MOST_OPEN || questions.len() >= MOST {
        let text = "There are many questions open already. Wait until some are answered.";
        return Err(Refusal::conflict("too-many-questions", text));
    }
    Ok(None)
}

pub async fn vote(parts: &Parts, sitting: Sitting, said: VoteQuestion) -> Answer<QuestionView> {
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let Asker { user, .. } = asker(parts, sitting)?;
    let mut question = find(parts, sitting, said.question_id)?;
    if question.row.user_id == user {
        return Err(Refusal::conflict("own-question", "It is your own question: it counts already."));
    }
    let (id, up) = (said.question_id, said.up);
    parts
        .db
        .write(|tx| {
            async move {
                if up {
                    let row = vote::ActiveModel { question_id: Set(id), user_id: Set(user) };
                    let columns = [vote::Column::QuestionId, vote::Column::UserId];
                    let again = OnConflict::columns(columns).do_nothing().to_owned();
                    vote::Entity::insert(row).on_conflict(again).exec_without_returning(tx.conn()).await?;
                } else {
                    vote::Entity::delete_by_id((id, user)).exec(tx.conn()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    match up {
        true => question.votes.insert(user),
        false => question.votes.remove(&user),
    };
    Ok(take(parts, sitting, question))
}

pub async fn settle(parts: &Parts, sitting: Sitting, said: SettleQuestion) -> Answer<QuestionView> {
    let by = host(parts, sitting).await?;
    let mut checks = Checks::new();
    let answer = checks.optional_text("answer", said.answer.as_deref(), 1000);
    checks.finish()?;
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let mut question = find(parts, sitting, said.question_id)?;
    let at = parts.clock.now();
    question.row.answered_at = said.answered.then_some(at);
    question.row.answered_by = said.answered.then_some(by.user);
    question.row.answer = answer.filter(|_| said.answered);
    let (session, program) = (sitting.session, by.program);
    let fact = Fact::QuestionAnswered { question: said.question_id, session, program, by: by.user, at };
    put(parts, &question.row, said.answered.then_some(fact)).await?;
    Ok(take(parts, sitting, question))
}

async fn put(parts: &Parts, row: &question::Model, fact: Option<Fact>) -> Answer<()> {
    let fact = &fact;
    parts
        .db
        .write(|tx| {
            async move {
                let row = row.clone().into_active_model().reset_all();
                question::Entity::update(row).exec_without_returning(tx.conn()).await?;
                match fact {
                    Some(fact) => outbox::record(parts, tx, fact.clone()).await,
                    None => Ok(()),
                }
            }
            .boxed()
        })
        .await
}

pub async fn remove(parts: &Parts, sitting: Sitting, said: RemoveQuestion) -> Answer<Nothing> {
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let who = asker(parts, sitting)?;
    let question = find(parts, sitting, said.question_id)?;
    if question.row.user_id != who.user && !who.host {
        return Err(Refusal::forbidden("Only who asked may take a question back, or those who lead."));
    }
    let row = question::Model { removed_at: Some(parts.clock.now()), ..question.row };
    put(parts, &row, None).await?;
    let mut state = parts.memory.of::<Live>().state();
    if let Some(room) = state.rooms.get_mut(&sitting.session) {
        room.talk.questions.remove(&said.question_id);
    }
    state.mark_question(sitting.session, said.question_id);
    Ok(Nothing {})
}

fn find(parts: &Parts, sitting: Sitting, id: QuestionId) -> Answer<Question> {
    let state = parts.memory.of::<Live>().state();
    let (room, _) = seat_of(&state, sitting)?;
    room.talk.questions.get(&id).cloned().ok_or_else(|| Refusal::not_found("question"))
}

/// Takes over a question that was written, and tells it soon.
fn take(parts: &Parts, sitting: Sitting, question: Question) -> QuestionView {
    let mut state = parts.memory.of::<Live>().state();
    let (id, view) = (question.row.id, question.view());
    if let Some(room) = state.rooms.get_mut(&sitting.session) {
        room.talk.questions.insert(id, question);
    }
    state.mark_question(sitting.session, id);
    view
}
