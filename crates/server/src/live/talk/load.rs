//! Reads a class's conversation, captions and desk from their rows, for the first who comes in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::model::{answer, message, poll, question, vote};
use super::{Given, KEPT, Poll, Question, Talk};
use crate::kit::{Answer, PollId, QuestionId, Refusal, SessionId};
use crate::live::captions::{self, Captions};
use crate::live::desk::{Desk, store};
use crate::live::documents::{self, model as document};
use crate::plumbing::Parts;
use crate::programs::program;

/// What a room begins with.
#[derive(Debug, Default)]
pub struct Kept {
    pub desk: Desk,
    pub talk: Talk,
    pub captions: Captions,
    pub documents: Vec<document::Model>,
}

/// What the rows have of a class; nothing when memory has it already.
pub async fn kept(parts: &Parts, session: SessionId, program: &program::Model) -> Answer<Option<Kept>> {
    if parts.memory.of::<crate::live::Live>().state().rooms.contains_key(&session) {
        return Ok(None);
    }
    let conn = parts.db.read();
    Ok(Some(Kept {
        desk: desk(conn, session, program).await?,
        talk: talk(conn, session).await?,
        captions: captions::load(conn, session).await?,
        documents: documents::store::of_session(conn, session).await?,
    }))
}

/// The desk of a class; one that nobody has arranged yet is as its program wants it.
pub async fn desk(conn: &impl ConnectionTrait, session: SessionId, program: &program::Model) -> Answer<Desk> {
    if let Some(desk) = store::find(conn, session).await? {
        return Ok(desk);
    }
    let mut desk = Desk::default();
    desk.rules.waiting_room = program.waiting_room;
    Ok(desk)
}

async fn talk(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Talk> {
    let mut recent = message::Entity::find()
        .filter(message::Column::SessionId.eq(session))
        .order_by_desc(message::Column::Seq)
        .limit(KEPT as u64 + 1)
        .all(conn)
        .await?;
    if recent.is_empty() {
        let (polls, questions) = (polls(conn, session).await?, questions(conn, session).await?);
        return Ok(Talk { polls, questions, ..Default::default() });
    }
    let older = recent.len() > KEPT;
    recent.truncate(KEPT);
    recent.reverse();
    Ok(Talk {
        number: last_number(conn, session).await?,
        recent: recent.into(),
        older,
        polls: polls(conn, session).await?,
        questions: questions(conn, session).await?,
    })
}

async fn last_number(conn: &impl ConnectionTrait, session: SessionId) -> Answer<i64> {
    let last = message::Entity::find()
        .filter(message::Column::SessionId.eq(session))
        .order_by_desc(message::Column::Rev)
        .limit(1)
        .one(conn)
        .await?;
    Ok(last.map_or(0, |row| row.rev))
}

async fn polls(conn: &impl ConnectionTrait, session: SessionId) -> Answer<BTreeMap<PollId, Poll>> {
    let rows = poll::Entity::find()
        .filter(poll::Column::SessionId.eq(session))
        .filter(poll::Column::RemovedAt.is_null())
        .all(conn)
        .await?;
    let mut polls = BTreeMap::new();
    for row in rows {
        let options = serde_json::from_str(&row.options).map_err(Refusal::broken)?;
        polls.insert(row.id, Poll { row, options, answers: HashMap::new() });
    }
    if polls.is_empty() {
        return Ok(polls);
    }
    let ids: Vec<PollId> = polls.keys().copied().collect();
    for row in answer::Entity::find().filter(answer::Column::PollId.is_in(ids)).all(conn).await? {
        let choices = serde_json::from_str(&row.choices).map_err(Refusal::broken)?;
        if let Some(poll) = polls.get_mut(&row.poll_id) {
            poll.answers.insert(row.voter, Given { user: row.user_id, choices, text: row.text });
        }
    }
    Ok(polls)
}

async fn questions(conn: &impl ConnectionTrait, session: SessionId) -> Answer<BTreeMap<QuestionId, Question>> {
    let rows = question::Entity::find()
        .filter(question::Column::SessionId.eq(session))
        .filter(question::Column::RemovedAt.is_null())
        .all(conn)
        .await?;
    let mut questions: BTreeMap<QuestionId, Question> =
        rows.into_iter().map(|row| (row.id, Question { row, votes: BTreeSet::new() })).collect();
    if questions.is_empty() {
        return Ok(questions);
    }
    let ids: Vec<QuestionId> = questions.keys().copied().collect();
    for row in vote::Entity::find().filter(vote::Column::QuestionId.is_in(ids)).all(conn).await? {
        if let Some(question) = questions.get_mut(&row.question_id) {
            question.votes.insert(row.user_id);
        }
    }
    Ok(questions)
}
