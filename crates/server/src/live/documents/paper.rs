//! A document in memory: a Yjs document that takes in nothing that was not inspected. No I/O.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::panic::{AssertUnwindSafe, catch_unwind};

use yrs::block::ClientID;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use super::index::{Fit, Index, Tally};
use super::inspect::{self, Flaw, Read};
use super::model::DocumentKind;

/// So many client ids may be in one update of a page; it has one, and one more for each time it was loaded anew.
const HANDS: usize = 16;

pub struct Paper {
    kind: DocumentKind,
    doc: Doc,
    index: Index,
    /// How many bytes were taken in since it was read; not less than what it weighs.
    weight: usize,
    objects: i64,
}

impl Paper {
    pub fn new(kind: DocumentKind) -> Paper {
        let options = Options { offset_kind: OffsetKind::Utf16, ..Options::default() };
        Paper { kind, doc: Doc::with_options(options), index: Index::default(), weight: 0, objects: 0 }
    }

    /// What the rows have. One that cannot be read is left out and counted: it must not take the others with it.
    pub fn of<'a>(kind: DocumentKind, updates: impl Iterator<Item = &'a [u8]>) -> (Paper, usize) {
        let mut paper = Paper::new(kind);
        let broken = updates.filter(|bytes| paper.read_stored(bytes).is_err()).count();
        (paper, broken)
    }

    fn read_stored(&mut self, bytes: &[u8]) -> Read<()> {
        let update = inspect::read(bytes, self.kind)?;
        let fit = self.index.fit(&update, None)?;
        self.join(bytes)?;
        self.count(&fit, bytes.len());
        Ok(())
    }

    /// Whether an update of a page fits, and what is new in it.
    pub fn check(&self, bytes: &[u8]) -> Read<Fit> {
        let update = inspect::read(bytes, self.kind)?;
        if update.sections.len() > HANDS {
            return Err(Flaw::Foreign);
        }
        self.index.fit(&update, Some(self.kind))
    }

    /// Joins an update that fits. After an error the document must be read anew.
    pub fn take(&mut self, bytes: &[u8], fit: &Fit) -> Read<()> {
        self.join(bytes)?;
        self.count(fit, bytes.len());
        Ok(())
    }

    fn count(&mut self, fit: &Fit, bytes: usize) {
        self.index.take(fit);
        self.weight += bytes;
        self.objects += fit.tallies.iter().map(|(_, tally)| tally.objects).sum::<i64>();
    }

    fn join(&mut self, bytes: &[u8]) -> Read<()> {
        // The engine gives up on what it did not expect.
        let joined = catch_unwind(AssertUnwindSafe(|| {
            let update = Update::decode_v1(bytes).map_err(|_| Flaw::Broken)?;
            let mut change = self.doc.transact_mut();
            change.apply_update(update).map_err(|_| Flaw::Broken)
        }));
        joined.unwrap_or(Err(Flaw::Broken))
    }

    /// Everything that somebody does not have who knows `state`, a Yjs state vector.
    pub fn since(&self, state: &[u8]) -> Read<Vec<u8>> {
        let known = inspect::read_state(state)?;
        let mut clocks = HashMap::with_hasher(BuildHasherDefault::default());
        // Who claims to know more than there is gets nothing of that client.
        clocks.extend(known.into_iter().map(|(client, clock)| (ClientID::new(u64::from(client)), clock)));
        self.encode(&StateVector::new(clocks))
    }

    /// All of it, without what was deleted.
    pub fn whole(&self) -> Read<Vec<u8>> {
        self.encode(&StateVector::default())
    }

    fn encode(&self, since: &StateVector) -> Read<Vec<u8>> {
        catch_unwind(AssertUnwindSafe(|| self.doc.transact().encode_diff_v1(since))).map_err(|_| Flaw::Broken)
    }

    /// Up to where it goes, as a Yjs state vector.
    pub fn state(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    pub fn doc(&self) -> &Doc {
        &self.doc
    }

    /// Whether something of so many bytes and so many new things may still come. Counts anew when it seems full.
    pub fn has_room_for(&mut self, bytes: usize, tally: Tally) -> bool {
        let (most_bytes, most_objects) = most(self.kind);
        let fits = |paper: &Paper| {
            let objects = tally.objects == 0 || paper.objects + tally.objects <= most_objects;
            paper.weight + bytes <= most_bytes && objects
        };
        if !fits(self) {
            self.weigh();
        }
        fits(self)
    }

    fn weigh(&mut self) {
        if let Ok(whole) = self.whole() {
            self.weight = whole.len();
        }
        if self.kind == DocumentKind::Board {
            let change = self.doc.transact();
            let elements = change.get_map(self.kind.root());
            self.objects = elements.map_or(0, |elements| i64::from(yrs::Map::len(&elements, &change)));
        }
    }
}

/// The most bytes and the most things of a document. A long day's strokes are a tenth of it.
pub fn most(kind: DocumentKind) -> (usize, i64) {
    match kind {
        DocumentKind::Board => (8 << 20, 20_000),
        DocumentKind::Notes => (2 << 20, i64::MAX),
    }
}

/// Several updates as one.
pub fn merge<'a>(updates: impl Iterator<Item = &'a [u8]>) -> Read<Vec<u8>> {
    let updates: Vec<&[u8]> = updates.collect();
    if let [one] = updates.as_slice() {
        return Ok(one.to_vec());
    }
    catch_unwind(|| yrs::merge_updates_v1(updates)).ok().and_then(Result::ok).ok_or(Flaw::Broken)
}
