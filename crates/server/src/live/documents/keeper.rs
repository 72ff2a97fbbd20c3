//! Keeps documents: one task takes what pages write, in order. What came within a moment is one transaction, then one
//! message to each page that has the document open. What is acknowledged stands in the rows.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::inspect::Flaw;
use super::kept::{Kept, Written as Wrote};
use super::model::Model;
use super::wire::{DocumentStands, OpenedDocument};
use super::{policy, store, tell};
use crate::kit::{Answer, DocumentId, Refusal, SeatId, SessionId, UserId};
use crate::plumbing::Parts;

/// After something was written the next waits so long for each other.
const GATHER: Duration = Duration::from_millis(40);
/// So much in one transaction.
const AT_ONCE: usize = 256;
/// A document that nobody has open is in memory so long.
const IDLE: Duration = Duration::from_secs(60);

/// Who writes.
#[derive(Clone, Debug)]
pub struct Hand {
    pub user: UserId,
    pub name: String,
}

pub enum Job {
    /// A page opens a document; `state` is the state vector of what it has.
    Open {
        row: Box<Model>,
        seat: Option<SeatId>,
        state: Vec<u8>,
        reply: oneshot::Sender<Answer<OpenedDocument>>,
    },
    Close {
        document: DocumentId,
        seat: SeatId,
    },
    Write {
        row: Box<Model>,
        hand: Hand,
        update: Vec<u8>,
        reply: oneshot::Sender<Answer<DocumentStands>>,
    },
    Point {
        document: DocumentId,
        seat: SeatId,
        state: Option<String>,
    },
    /// The class is over: its documents are made small.
    Ended {
        session: SessionId,
    },
}

/// The queue's end that jobs are put into.
#[derive(Clone)]
pub struct Desk(mpsc::UnboundedSender<Job>);

pub type Tray = mpsc::UnboundedReceiver<Job>;

impl Desk {
    pub fn new() -> (Desk, Tray) {
        let (sender, tray) = mpsc::unbounded_channel();
        (Desk(sender), tray)
    }

    pub fn put(&self, job: Job) {
        let _ = self.0.send(job);
    }

    /// Hands something over and waits for the answer.
    pub async fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<Answer<T>>) -> Job) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        self.put(job(reply));
        answer.await.unwrap_or_else(|_| Err(Refusal::unavailable("The server stops. Try again in a moment.")))
    }
}

#[derive(Default)]
struct Keeper {
    documents: HashMap<DocumentId, Kept>,
    /// What was written and does not stand yet, with who waits for it.
    waiting: BTreeMap<DocumentId, Vec<oneshot::Sender<Answer<DocumentStands>>>>,
}

/// Does what comes until the house closes.
pub async fn run(parts: Parts, mut tray: Tray) {
    let mut keeper = Keeper::default();
    let mut jobs = Vec::new();
    loop {
        tokio::select! {
            biased;
            count = tray.recv_many(&mut jobs, AT_ONCE) => if count == 0 { return },
            _ = parts.closing.cancelled() => return,
            _ = tokio::time::sleep(IDLE), if !keeper.documents.is_empty() => {}
        }
        let next = Instant::now() + GATHER;
        // What is written first: who opens sees what stands, and hears of what comes after.
        let (writes, others): (Vec<Job>, Vec<Job>) = jobs.drain(..).partition(|job| matches!(job, Job::Write { .. }));
        for job in writes {
            keeper.hear(&parts, job).await;
        }
        keeper.stand(&parts).await;
        for job in others {
            keeper.hear(&parts, job).await;
        }
        keeper.point(&parts);
        keeper.rest(&parts).await;
        tokio::select! {
            _ = tokio::time::sleep_until(next) => {}
            _ = parts.closing.cancelled() => return,
        }
    }
}

impl Keeper {
    async fn hear(&mut self, parts: &Parts, job: Job) {
        match job {
            Job::Open { row, seat, state, reply } => {
                let _ = reply.send(self.open(parts, *row, seat, &state).await);
            }
            Job::Close { document, seat } => {
                if let Some(kept) = self.documents.get_mut(&document) {
                    kept.close(seat);
                }
            }
            Job::Write { row, hand, update, reply } => {
                let id = row.id;
                match self.write(parts, *row, hand, update).await {
                    Ok(()) => self.waiting.entry(id).or_default().push(reply),
                    Err(refusal) => drop(reply.send(Err(refusal))),
                }
            }
            Job::Point { document, seat, state } => {
                if let Some(kept) = self.documents.get_mut(&document) {
                    kept.point(seat, state);
                }
            }
            Job::Ended { session } => self.ended(parts, session).await,
        }
    }

    async fn kept(&mut self, parts: &Parts, row: Model) -> Answer<&mut Kept> {
        let kept = match self.documents.entry(row.id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Kept::read(parts, row).await?),
        };
        kept.used = Instant::now();
        Ok(kept)
    }

    async fn open(&mut self, parts: &Parts, row: Model, seat: Option<SeatId>, state: &[u8]) -> Answer<OpenedDocument> {
        self.kept(parts, row).await?.open(seat, state)
    }

    /// Takes an update in; where the document broke of it, it is read anew with all that stands.
    async fn write(&mut self, parts: &Parts, row: Model, hand: Hand, update: Vec<u8>) -> Answer<()> {
        let id = row.id;
        let written = self.kept(parts, row).await?.write(hand, update);
        match written {
            Ok(()) => Ok(()),
            Err(Wrote::Refused(refusal)) => Err(refusal),
            Err(Wrote::Broke) => {
                tracing::warn!(document = %id, "an update broke a document, which is read anew");
                metrics::counter!("vdp_panics_total", "in" => "document").increment(1);
                self.read_anew(parts, id).await;
                Err(policy::flawed(Flaw::Broken))
            }
        }
    }

    /// Forgets what does not stand: who waits for it is told, and who has the document open goes on with what stands.
    async fn read_anew(&mut self, parts: &Parts, id: DocumentId) {
        for reply in self.waiting.remove(&id).unwrap_or_default() {
            let _ = reply.send(Err(Refusal::unavailable("That could not be written. It is tried again.")));
        }
        let Some(kept) = self.documents.get_mut(&id) else { return };
        if let Err(refusal) = kept.read_again(parts).await {
            tracing::error!(%refusal, document = %id, "a document cannot be read");
            self.documents.remove(&id);
        }
    }

    /// Writes everything that was taken in, then tells it.
    async fn stand(&mut self, parts: &Parts) {
        if self.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let mut news: Vec<&mut Kept> =
            self.documents.values_mut().filter(|kept| waiting.contains_key(&kept.row.id)).collect();
        if let Err(refusal) = store::write(parts, &mut news).await {
            for (id, replies) in waiting {
                replies.into_iter().for_each(|reply| drop(reply.send(Err(refusal.clone()))));
                self.read_anew(parts, id).await;
            }
            return;
        }
        for (id, replies) in waiting {
            let seq = self.documents.get(&id).map_or(0, |kept| kept.seq);
            replies.into_iter().for_each(|reply| drop(reply.send(Ok(DocumentStands { seq }))));
        }
    }

    fn point(&mut self, parts: &Parts) {
        self.documents.values_mut().filter(|kept| kept.has_pointers()).for_each(|kept| tell::pointers(parts, kept));
    }

    /// Makes what grew long small again, and forgets what nobody needs.
    async fn rest(&mut self, parts: &Parts) {
        let long: Vec<DocumentId> =
            self.documents.iter().filter(|(_, kept)| kept.is_long()).map(|(id, _)| *id).collect();
        for id in long {
            self.compact(parts, id).await;
        }
        let idle: Vec<DocumentId> = self
            .documents
            .iter()
            .filter(|(_, kept)| kept.used.elapsed() >= IDLE && !tell::is_read(parts, kept))
            .map(|(id, _)| *id)
            .collect();
        for id in idle {
            self.compact(parts, id).await;
            self.documents.remove(&id);
        }
    }

    async fn ended(&mut self, parts: &Parts, session: SessionId) {
        let rows = store::of_session(parts.db.read(), session).await.unwrap_or_default();
        for row in rows {
            let id = row.id;
            if self.kept(parts, row).await.is_ok() {
                self.compact(parts, id).await;
                self.documents.remove(&id);
            }
        }
    }

    async fn compact(&mut self, parts: &Parts, id: DocumentId) {
        let Some(kept) = self.documents.get_mut(&id) else { return };
        if let Err(refusal) = store::compact(parts, kept).await {
            tracing::warn!(%refusal, document = %id, "a document stays long for now");
        }
    }
}
