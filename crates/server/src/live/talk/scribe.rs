//! Writes the chat: what was said within a tenth of a second goes into one transaction and, once that stands, to each
//! page in one message. One scribe writes for all classes, so numbers have an order without a question to the database.

use std::collections::HashMap;
use std::time::Duration;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::model::{Audience, edit, image, message};
use super::wire::{Chat, ChatMessage};
use super::{Reader, may_read, view};
use crate::events::{Fact, Said};
use crate::kit::{Answer, At, BreakoutId, MessageId, ProgramId, Refusal, SessionId, UserId};
use crate::live::room::Room;
use crate::live::{Live, policy};
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, outbox};

/// After a line of chat the next ones wait so long for each other.
const GATHER: Duration = Duration::from_millis(100);
/// So many in one transaction.
const AT_ONCE: usize = 256;

/// What to write.
#[derive(Clone, Debug)]
pub enum Act {
    /// A new message; its numbers are given by the scribe.
    Say {
        row: Box<message::Model>,
        image: Option<Vec<u8>>,
    },
    Edit {
        id: MessageId,
        user: UserId,
        text: String,
        may: MayEdit,
    },
    Remove {
        id: MessageId,
        user: UserId,
        host: bool,
    },
}

/// What somebody may change now: an edit is a word said now, and follows the rules of now.
#[derive(Clone, Copy, Debug)]
pub struct MayEdit {
    /// Whether they may write to everyone.
    pub to_everyone: bool,
    /// The room they are in.
    pub here: Option<BreakoutId>,
    pub host: bool,
}

impl MayEdit {
    fn lets(self, row: &message::Model) -> Answer<()> {
        match row.audience {
            _ if self.host => Ok(()),
            Audience::Everyone if !self.to_everyone => Err(policy::chat_to_hosts_only()),
            Audience::Everyone if row.breakout_id != self.here => {
                Err(Refusal::conflict("other-room", "You wrote this in another room. Go back there to change it."))
            }
            _ => Ok(()),
        }
    }
}

pub struct Job {
    pub session: SessionId,
    pub program: ProgramId,
    pub act: Act,
    pub reply: oneshot::Sender<Answer<ChatMessage>>,
}

/// The queue's end that messages are put into.
#[derive(Clone)]
pub struct Desk(mpsc::UnboundedSender<Job>);

pub type Tray = mpsc::UnboundedReceiver<Job>;

impl Desk {
    pub fn new() -> (Desk, Tray) {
        let (sender, tray) = mpsc::unbounded_channel();
        (Desk(sender), tray)
    }

    /// Hands something over and waits until it stands.
    pub async fn write(&self, session: SessionId, program: ProgramId, act: Act) -> Answer<ChatMessage> {
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

/// A message with the number it is given, or that its change is given.
struct Numbered {
    number: i64,
    session: SessionId,
    program: ProgramId,
    act: Act,
}

async fn write_all(parts: &Parts, jobs: Vec<Job>) {
    let numbered = give_numbers(parts, &jobs);
    let written = match write(parts, &numbered.iter().flatten().collect::<Vec<_>>()).await {
        Ok(rows) => {
            let mut rows = rows.into_iter();
            let mut take = |numbered: &Option<Numbered>| match numbered {
                Some(_) => rows.next().unwrap_or_else(|| Err(policy::seat_gone())),
                None => Err(policy::seat_gone()),
            };
            numbered.iter().map(&mut take).collect()
        }
        Err(refusal) if jobs.len() == 1 => vec![Err(refusal)],
        Err(_) => {
            // Something in it cannot be written: each by itself, so that one does not take the others with it.
            let mut each = Vec::new();
            for one in &numbered {
                each.push(match one {
                    Some(one) => write(parts, &[one]).await.and_then(|mut rows| rows.pop().expect("one row each")),
                    None => Err(policy::seat_gone()),
                });
            }
            each
        }
    };
    tell(parts, &written);
    for (job, row) in jobs.into_iter().zip(written) {
        let _ = job.reply.send(row.map(|row| view(&row)));
    }
}

/// The next numbers of each class; none for a class whose room is gone.
fn give_numbers(parts: &Parts, jobs: &[Job]) -> Vec<Option<Numbered>> {
    let mut state = parts.memory.of::<Live>().state();
    let number = |job: &Job| {
        let room = state.rooms.get_mut(&job.session)?;
        room.talk.number += 1;
        let (number, act) = (room.talk.number, job.act.clone());
        Some(Numbered { number, session: job.session, program: job.program, act })
    };
    jobs.iter().map(number).collect()
}

type Written = Answer<message::Model>;

/// Writes all of it or nothing; a job that is refused is an answer, not a failure.
async fn write(parts: &Parts, jobs: &[&Numbered]) -> Answer<Vec<Written>> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    parts
        .db
        .write(|tx| {
            async move {
                let mut written = vec![None; jobs.len()];
                say(parts, tx, jobs, &mut written).await?;
                for (job, place) in jobs.iter().zip(&mut written) {
                    match &job.act {
                        Act::Say { .. } => {}
                        Act::Edit { id, user, text, may } => {
                            *place = Some(change(parts, tx, job, *id, *user, Some((text, *may)), false).await?)
                        }
                        Act::Remove { id, user, host } => {
                            *place = Some(change(parts, tx, job, *id, *user, None, *host).await?)
                        }
                    }
                }
                Ok(written.into_iter().map(|row| row.unwrap_or_else(|| Err(Refusal::not_found("message")))).collect())
            }
            .boxed()
        })
        .await
}

/// The new messages, in one statement; one that was said before is answered as it stands.
async fn say(parts: &Parts, tx: &Tx<'_>, jobs: &[&Numbered], written: &mut [Option<Written>]) -> Answer<()> {
    let new = |job: &&Numbered| match &job.act {
        Act::Say { row, .. } => Some(message::Model { seq: job.number, rev: job.number, ..row.as_ref().clone() }),
        _ => None,
    };
    let ids: Vec<MessageId> = jobs.iter().filter_map(new).map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut known: HashMap<MessageId, message::Model> = message::Entity::find()
        .filter(message::Column::Id.is_in(ids))
        .all(tx.conn())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let (mut rows, mut said) = (Vec::new(), Vec::new());
    for (job, place) in jobs.iter().zip(written.iter_mut()) {
        let Some(row) = new(job) else { continue };
        if let Some(before) = known.get(&row.id) {
            *place = Some(said_before(before, &row));
            continue;
        }
        known.insert(row.id, row.clone());
        let letters = row.text.chars().count();
        said.push((job.program, Said { message: row.id, session: row.session_id, user: row.user_id, letters }));
        rows.push(row.clone().into_active_model().reset_all());
        *place = Some(Ok(row));
    }
    if rows.is_empty() {
        return Ok(());
    }
    message::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    for job in jobs {
        if let Act::Say { row, image: Some(bytes) } = &job.act
            && said.iter().any(|(_, said)| said.message == row.id)
        {
            let image = image::ActiveModel { message_id: Set(row.id), bytes: Set(bytes.clone()) };
            image::Entity::insert(image).exec_without_returning(tx.conn()).await?;
        }
    }
    for (session, program, said) in by_class(said) {
        outbox::record(parts, tx, Fact::ChatSaid { session, program, said, at: parts.clock.now() }).await?;
    }
    Ok(())
}

fn by_class(said: Vec<(ProgramId, Said)>) -> Vec<(SessionId, ProgramId, Vec<Said>)> {
    let mut classes: Vec<(SessionId, ProgramId, Vec<Said>)> = Vec::new();
    for (program, said) in said {
        match classes.iter_mut().find(|(session, ..)| *session == said.session) {
            Some((.., all)) => all.push(said),
            None => classes.push((said.session, program, vec![said])),
        }
    }
    classes
}

/// The same id again: a page that did not hear the answer. Another person's id is not theirs to use.
fn said_before(before: &message::Model, again: &message::Model) -> Written {
    match before.user_id == again.user_id && before.session_id == again.session_id {
        true => Ok(before.clone()),
        false => Err(Refusal::field("id", "taken", "Give each message an id of its own.")),
    }
}

/// Changes or removes a message, and keeps what it said before. A refusal inside is the job's answer.
async fn change(
    parts: &Parts,
    tx: &Tx<'_>,
    job: &Numbered,
    id: MessageId,
    user: UserId,
    edit: Option<(&String, MayEdit)>,
    host: bool,
) -> Answer<Written> {
    let text = edit.map(|(text, _)| text);
    let row = message::Entity::find_by_id(id).one(tx.conn()).await?;
    let Some(row) = row.filter(|row| row.session_id == job.session) else {
        return Ok(Err(Refusal::not_found("message")));
    };
    if row.user_id != user && !host {
        return Ok(Err(Refusal::forbidden("Only who wrote a message may change it; those who lead may remove it.")));
    }
    if let Some(Err(refusal)) = edit.map(|(_, may)| may.lets(&row)) {
        return Ok(Err(refusal));
    }
    if row.removed_at.is_some() {
        return Ok(if text.is_none() { Ok(row) } else { Err(policy::message_removed()) });
    }
    let at = parts.clock.now();
    let trace = edit::ActiveModel {
        message_id: Set(id),
        rev: Set(row.rev),
        text: Set(row.text.clone()),
        changed_by: Set(user),
        at: Set(at),
    };
    edit::Entity::insert(trace).exec_without_returning(tx.conn()).await?;
    if text.is_none() && row.image.is_some() {
        image::Entity::delete_by_id(id).exec(tx.conn()).await?;
    }
    let changed = changed(row, job.number, text, user, at);
    message::Entity::update(changed.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(Ok(changed))
}

fn changed(row: message::Model, rev: i64, text: Option<&String>, by: UserId, at: At) -> message::Model {
    match text {
        Some(text) => message::Model { rev, text: text.clone(), edited_at: Some(at), ..row },
        None => {
            let (removed_at, removed_by) = (Some(at), Some(by));
            message::Model { rev, text: String::new(), image: None, removed_at, removed_by, ..row }
        }
    }
}

/// Takes over what was written and tells each page what it may read, in order.
fn tell(parts: &Parts, written: &[Written]) {
    let mut state = parts.memory.of::<Live>().state();
    let mut said: Vec<(SessionId, Vec<message::Model>)> = Vec::new();
    for row in written.iter().flatten() {
        let Some(room) = state.rooms.get_mut(&row.session_id) else { continue };
        room.talk.take(row.clone());
        match said.last_mut() {
            Some((session, rows)) if *session == row.session_id && alike(&rows[0], row) => rows.push(row.clone()),
            _ => said.push((row.session_id, vec![row.clone()])),
        }
    }
    for (session, rows) in said {
        let Some(room) = state.rooms.get(&session) else { continue };
        let readers = sockets_for(room, &rows[0]);
        state.voice.tell(readers, Chat { messages: rows.iter().map(view).collect() });
    }
}

/// Whether two messages have the same readers.
fn alike(one: &message::Model, other: &message::Model) -> bool {
    let same_people = one.audience == Audience::Everyone || one.user_id == other.user_id;
    // Who wrote it reads it wherever they are now.
    (one.audience, one.breakout_id) == (other.audience, other.breakout_id) && same_people && one.breakout_id.is_none()
}

fn sockets_for(room: &Room, row: &message::Model) -> Vec<socketioxide::extract::SocketRef> {
    let reads = |seat: &&crate::live::room::Seat| {
        let reader = Reader { user: seat.user, host: room.is_host(seat), breakout: seat.breakout };
        !seat.waiting && may_read(row, reader)
    };
    room.seats.values().filter(reads).filter_map(|seat| seat.socket.clone()).collect()
}
