//! A document that the keeper has in memory: what it says, who has it open, and what was not written or told yet.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use tokio::time::Instant;

use super::index::Tally;
use super::inspect::{Flaw, LONGEST};
use super::keeper::Hand;
use super::model::{Model, writer};
use super::paper::{self, Paper};
use super::wire::{DocumentWriter, OpenedDocument};
use super::{policy, shelf, store};
use crate::kit::{Answer, Refusal, SeatId};
use crate::plumbing::Parts;

/// What is shorter is sent as it is.
const WORTH_PACKING: usize = 512;
/// After so many rows they are made one.
const LONG: usize = 2000;
/// The most client ids of a document.
const WRITERS: usize = 5000;

pub struct Kept {
    pub row: Model,
    pub paper: Paper,
    /// Of the last `written` event.
    pub seq: u64,
    /// The number of the last row.
    pub last_row: i64,
    pub readers: BTreeSet<SeatId>,
    pub writers: BTreeMap<u32, writer::Model>,
    pub used: Instant,
    /// What was taken in and does not stand yet.
    batch: Batch,
    rows: usize,
    pointers: BTreeMap<SeatId, Option<String>>,
    /// The answer to who has nothing, at this `seq`.
    packed: Option<(u64, Packed)>,
}

#[derive(Default)]
struct Batch {
    updates: Vec<Vec<u8>>,
    hands: BTreeSet<u32>,
}

/// Why something was not taken in.
pub enum Written {
    Refused(Refusal),
    /// The document must be read anew.
    Broke,
}

#[derive(Clone)]
struct Packed {
    update: String,
    deflated: bool,
}

impl Kept {
    pub async fn read(parts: &Parts, row: Model) -> Answer<Kept> {
        let stored = store::read(parts, &row).await?;
        Ok(Kept {
            row,
            paper: stored.paper,
            seq: 0,
            last_row: stored.last_row,
            readers: BTreeSet::new(),
            writers: stored.writers,
            used: Instant::now(),
            batch: Batch::default(),
            rows: stored.rows,
            pointers: BTreeMap::new(),
            packed: None,
        })
    }

    /// Goes back to what stands.
    pub async fn read_again(&mut self, parts: &Parts) -> Answer<()> {
        let fresh = Kept::read(parts, self.row.clone()).await?;
        let (seq, readers) = (self.seq, std::mem::take(&mut self.readers));
        *self = Kept { seq, readers, ..fresh };
        Ok(())
    }

    pub fn open(&mut self, seat: Option<SeatId>, state: &[u8]) -> Answer<OpenedDocument> {
        let packed = self.packed(state)?;
        self.readers.extend(seat);
        Ok(OpenedDocument {
            document: shelf::seen(&self.row),
            seq: self.seq,
            update: packed.update,
            state: STANDARD.encode(self.paper.state()),
            deflated: packed.deflated,
            writers: self.writers.values().map(seen).collect(),
        })
    }

    /// What somebody lacks. Many come at once and have nothing: it is packed once for all of them.
    fn packed(&mut self, state: &[u8]) -> Answer<Packed> {
        // An empty state vector is the one byte 0.
        let has_nothing = state.is_empty() || state == [0];
        if has_nothing
            && let Some((seq, packed)) = &self.packed
            && *seq == self.seq
        {
            return Ok(packed.clone());
        }
        let update = if has_nothing { self.paper.whole() } else { self.paper.since(state) };
        let packed = pack(&update.map_err(policy::flawed_state)?)?;
        if has_nothing {
            self.packed = Some((self.seq, packed.clone()));
        }
        Ok(packed)
    }

    pub fn close(&mut self, seat: SeatId) {
        self.readers.remove(&seat);
        self.point(seat, None);
    }

    pub fn point(&mut self, seat: SeatId, state: Option<String>) {
        self.pointers.insert(seat, state);
    }

    pub fn has_pointers(&self) -> bool {
        !self.pointers.is_empty()
    }

    pub fn take_pointers(&mut self) -> BTreeMap<SeatId, Option<String>> {
        std::mem::take(&mut self.pointers)
    }

    /// Takes an update in, as the hand of somebody.
    pub fn write(&mut self, hand: Hand, update: Vec<u8>) -> Result<(), Written> {
        if update.len() > LONGEST {
            return Err(Written::Refused(policy::update_too_large()));
        }
        let fit = self.paper.check(&update).map_err(|flaw| Written::Refused(policy::flawed(flaw)))?;
        if fit.is_empty {
            return Ok(());
        }
        self.are_own_hands(&hand, fit.tallies.iter().map(|(client, _)| *client)).map_err(Written::Refused)?;
        let mut all = Tally::default();
        fit.tallies.iter().for_each(|(_, tally)| all += *tally);
        if !self.paper.has_room_for(update.len(), all) {
            return Err(Written::Refused(policy::document_full()));
        }
        self.paper.take(&update, &fit).map_err(|_: Flaw| Written::Broke)?;
        for (client, tally) in &fit.tallies {
            let writer = self.writers.entry(*client).or_insert_with(|| self_made(&self.row, *client, &hand));
            writer.objects += tally.objects;
            writer.characters += tally.characters;
            self.batch.hands.insert(*client);
        }
        self.batch.updates.push(update);
        Ok(())
    }

    /// A client id belongs to who used it first.
    fn are_own_hands(&self, hand: &Hand, clients: impl Iterator<Item = u32>) -> Answer<()> {
        let mut new = 0;
        for client in clients {
            match self.writers.get(&client) {
                Some(writer) if writer.user_id != hand.user => return Err(policy::not_your_hand()),
                Some(_) => {}
                None => new += 1,
            }
        }
        if self.writers.len() + new > WRITERS { Err(policy::document_full()) } else { Ok(()) }
    }

    /// What does not stand yet, as one update, with the client ids in it; none where it is nothing new.
    pub fn news(&self) -> Answer<Option<(Vec<u8>, Vec<&writer::Model>)>> {
        if self.batch.updates.is_empty() {
            return Ok(None);
        }
        let update = paper::merge(self.batch.updates.iter().map(Vec::as_slice)).map_err(policy::flawed)?;
        Ok(Some((update, self.batch.hands.iter().filter_map(|client| self.writers.get(client)).collect())))
    }

    /// It stands: as the event for the pages.
    pub fn stands(&mut self, update: &[u8]) -> super::wire::Written {
        let batch = std::mem::take(&mut self.batch);
        self.seq += 1;
        self.last_row += 1;
        self.rows += 1;
        let writers = batch.hands.iter().filter_map(|client| self.writers.get(client)).map(seen).collect();
        super::wire::Written { document_id: self.row.id, seq: self.seq, update: STANDARD.encode(update), writers }
    }

    pub fn is_long(&self) -> bool {
        self.rows > LONG
    }

    /// Its rows were made few.
    pub fn is_short(&mut self) {
        self.rows = 0;
    }
}

fn self_made(row: &Model, client: u32, hand: &Hand) -> writer::Model {
    writer::Model {
        document_id: row.id,
        client: i64::from(client),
        user_id: hand.user,
        name: hand.name.clone(),
        objects: 0,
        characters: 0,
        told_objects: 0,
        told_characters: 0,
    }
}

pub fn seen(row: &writer::Model) -> DocumentWriter {
    DocumentWriter { client: row.client as u32, user_id: row.user_id, name: row.name.clone() }
}

fn pack(update: &[u8]) -> Answer<Packed> {
    if update.len() < WORTH_PACKING {
        return Ok(Packed { update: STANDARD.encode(update), deflated: false });
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(update).map_err(Refusal::broken)?;
    Ok(Packed { update: STANDARD.encode(encoder.finish().map_err(Refusal::broken)?), deflated: true })
}
