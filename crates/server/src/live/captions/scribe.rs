//! Writes captions: what was said within a tenth of a second goes into one transaction and, once that stands, to each
//! page in one message. One scribe writes for all classes, so that numbers have an order and a service's lines do too.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, QuerySelect};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::model::{self, edit};
use super::service::{self, Sent};
use super::wire::Captions;
use super::{view, write};
use crate::events::{Captioned, Fact};
use crate::kit::{Answer, CaptionId, ProgramId, Refusal, SessionId, UserId};
use crate::live::Live;
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, outbox};

/// After a line the next ones wait so long for each other.
const GATHER: Duration = Duration::from_millis(100);
/// So many in one transaction.
const AT_ONCE: usize = 256;

/// What to write.
#[derive(Clone, Debug)]
pub enum Act {
    /// A new line; its numbers are given by the scribe.
    Write { row: Box<model::Model> },
    /// A line of a caption service.
    Service(Sent),
    /// What a line should have said.
    Correct { id: CaptionId, by: UserId, text: String },
}

/// Something to write, and who waits for it.
pub struct Job {
    session: SessionId,
    program: ProgramId,
    act: Act,
    reply: oneshot::Sender<Written>,
}

/// The queue's end that lines are put into.
#[derive(Clone)]
pub struct Desk(mpsc::UnboundedSender<Job>);

pub type Tray = mpsc::UnboundedReceiver<Job>;

type Written = Answer<model::Model>;

impl Desk {
    pub fn new() -> (Desk, Tray) {
        let (sender, tray) = mpsc::unbounded_channel();
        (Desk(sender), tray)
    }

    /// Hands something over and waits until it stands.
    pub async fn write(&self, session: SessionId, program: ProgramId, act: Act) -> Written {
        let (reply, written) = oneshot::channel();
        let _ = self.0.send(Job { session, program, act, reply });
        written.await.unwrap_or_else(|_| Err(Refusal::unavailable("The server stops. Say it again in a moment.")))
    }
}

/// Writes what comes until the house closes.
pub async fn run(parts: Parts, mut tray: Tray) {
    let mut jobs = Vec::new();
    loop {
        tokio::select! {
            biased;
            count = tray.recv_many(&mut jobs, AT_ONCE) => if count == 0 { return },
            _ = parts.closing.cancelled() => return,
        }
        let next = Instant::now() + GATHER;
        write_all(&parts, std::mem::take(&mut jobs)).await;
        tokio::select! {
            _ = tokio::time::sleep_until(next) => {}
            _ = parts.closing.cancelled() => return,
        }
    }
}

async fn write_all(parts: &Parts, jobs: Vec<Job>) {
    let written = match write_some(parts, &jobs.iter().collect::<Vec<_>>()).await {
        Ok(written) => written,
        Err(refusal) if jobs.len() == 1 => vec![Err(refusal)],
        Err(_) => {
            // Something in it cannot be written: each by itself, so that one does not take the others with it.
            let mut each = Vec::new();
            for job in &jobs {
                each.push(write_some(parts, &[job]).await.and_then(|mut rows| rows.pop().expect("one row each")));
            }
            each
        }
    };
    tell(parts, &written);
    for (job, row) in jobs.into_iter().zip(written) {
        let _ = job.reply.send(row);
    }
}

/// Writes all of it or nothing; a job that is refused is an answer, not a failure.
async fn write_some(parts: &Parts, jobs: &[&Job]) -> Answer<Vec<Written>> {
    parts.db.write(|tx| in_order(parts, tx, jobs).boxed()).await
}

async fn in_order(parts: &Parts, tx: &Tx<'_>, jobs: &[&Job]) -> Answer<Vec<Written>> {
    let mut numbers = last_numbers(tx.conn(), jobs).await?;
    let (mut written, mut new) = (Vec::new(), Vec::new());
    for job in jobs {
        let last = numbers.entry(job.session).or_default();
        let row = one(parts, tx, job, *last + 1).await?;
        if let Ok(row) = &row
            && row.rev > *last
        {
            *last = row.rev;
            if row.seq == row.rev {
                new.push((job.program, row.clone()));
            }
        }
        written.push(row);
    }
    record(parts, tx, &new).await?;
    Ok(written)
}

/// The last number of each class in question: memory does not know those where nobody sits.
async fn last_numbers(conn: &impl ConnectionTrait, jobs: &[&Job]) -> Answer<HashMap<SessionId, i64>> {
    let sessions: BTreeSet<SessionId> = jobs.iter().map(|job| job.session).collect();
    let last: Vec<(SessionId, i64)> = model::Entity::find()
        .select_only()
        .column(model::Column::SessionId)
        .column_as(model::Column::Rev.max(), "last")
        .filter(model::Column::SessionId.is_in(sessions))
        .group_by(model::Column::SessionId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(last.into_iter().collect())
}

/// Writes one; a refusal inside is its answer.
async fn one(parts: &Parts, tx: &Tx<'_>, job: &Job, number: i64) -> Answer<Written> {
    match &job.act {
        Act::Write { row } => {
            if let Some(before) = model::Entity::find_by_id(row.id).one(tx.conn()).await? {
                return Ok(again(&before, row));
            }
            insert(tx, row.as_ref().clone(), number).await.map(Ok)
        }
        Act::Service(sent) => match service::take(tx, job.session, sent).await? {
            Ok(service::Taken::New(row)) => insert(tx, *row, number).await.map(Ok),
            Ok(service::Taken::Again(row)) => Ok(Ok(*row)),
            Err(refusal) => Ok(Err(refusal)),
        },
        Act::Correct { id, by, text } => correct(parts, tx, job.session, (*id, *by, text), number).await,
    }
}

async fn insert(tx: &Tx<'_>, row: model::Model, number: i64) -> Answer<model::Model> {
    let row = model::Model { seq: number, rev: number, ..row };
    model::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// The same id again: a page that did not hear the answer. Another person's id is not theirs to use.
fn again(before: &model::Model, row: &model::Model) -> Written {
    let same = before.written_by == row.written_by && before.session_id == row.session_id;
    if same { Ok(before.clone()) } else { Err(write::id_taken()) }
}

/// Corrects a line, and keeps what it said before.
async fn correct(
    parts: &Parts,
    tx: &Tx<'_>,
    session: SessionId,
    (id, by, text): (CaptionId, UserId, &String),
    number: i64,
) -> Answer<Written> {
    let row = model::Entity::find_by_id(id).one(tx.conn()).await?;
    let Some(row) = row.filter(|row| row.session_id == session) else {
        return Ok(Err(Refusal::not_found("line")));
    };
    if row.text == *text {
        return Ok(Ok(row));
    }
    let at = parts.clock.now();
    let trace = edit::ActiveModel {
        caption_id: Set(id),
        rev: Set(row.rev),
        text: Set(row.text.clone()),
        changed_by: Set(by),
        at: Set(at),
    };
    edit::Entity::insert(trace).exec_without_returning(tx.conn()).await?;
    let row = model::Model {
        rev: number,
        text: text.clone(),
        search_text: write::search_text(&row.name, text),
        corrected_at: Some(at),
        corrected_by: Some(by),
        ..row
    };
    model::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(Ok(row))
}

/// One fact per class of what is new.
async fn record(parts: &Parts, tx: &Tx<'_>, new: &[(ProgramId, model::Model)]) -> Answer<()> {
    let mut classes: Vec<(SessionId, ProgramId, Vec<Captioned>)> = Vec::new();
    for (program, row) in new {
        let words = row.text.split_whitespace().count();
        let line = Captioned { caption: row.id, session: row.session_id, user: row.user_id, words };
        match classes.iter_mut().find(|(session, ..)| *session == row.session_id) {
            Some((.., lines)) => lines.push(line),
            None => classes.push((row.session_id, *program, vec![line])),
        }
    }
    for (session, program, lines) in classes {
        let fact = Fact::CaptionsWritten { session, program, lines, at: parts.clock.now() };
        outbox::record(parts, tx, fact).await?;
    }
    Ok(())
}

/// Takes over what was written and tells the pages in the room where it was said, in order.
fn tell(parts: &Parts, written: &[Written]) {
    let mut state = parts.memory.of::<Live>().state();
    let mut said: Vec<Vec<model::Model>> = Vec::new();
    for row in written.iter().flatten() {
        let Some(room) = state.rooms.get_mut(&row.session_id) else { continue };
        room.captions.take(row.clone());
        room.news.captions.remove(&row.id);
        match said.last_mut() {
            Some(rows) if (rows[0].session_id, rows[0].breakout_id) == (row.session_id, row.breakout_id) => {
                rows.push(row.clone())
            }
            _ => said.push(vec![row.clone()]),
        }
    }
    for rows in said {
        let Some(room) = state.rooms.get(&rows[0].session_id) else { continue };
        let here = room.sockets_of(|seat| seat.breakout == rows[0].breakout_id);
        state.voice.tell(here, Captions { lines: rows.iter().map(view).collect() });
    }
}
