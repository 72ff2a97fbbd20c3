//! What a document is made of, as far as it takes to say whether an update fits: how far each client has written, and how
//! deep each thing is. Pure.

use std::collections::HashMap;

use super::inspect::{Flaw, Id, On, Read, Section, Update, What};
use super::model::DocumentKind;

/// The depth of what was collected: it is known, and nothing can be seen in it.
const GONE: u8 = u8::MAX;

/// Runs of clocks of one client whose things stand equally deep.
#[derive(Clone, Debug, Default)]
struct Known {
    next: u32,
    /// Where a run begins, and in a holder of which depth its things are; ascending.
    runs: Vec<(u32, u8)>,
}

impl Known {
    fn depth(&self, clock: u32) -> Option<u8> {
        if clock >= self.next {
            return None;
        }
        let after = self.runs.partition_point(|(start, _)| *start <= clock);
        after.checked_sub(1).map(|at| self.runs[at].1)
    }

    fn push(&mut self, until: u32, depth: u8) {
        if self.runs.last().is_none_or(|(_, last)| *last != depth) {
            self.runs.push((self.next, depth));
        }
        self.next = until;
    }
}

#[derive(Clone, Debug, Default)]
pub struct Index {
    clients: HashMap<u32, Known>,
    /// How deep holders are; the top is 0.
    holders: HashMap<Id, u8>,
}

/// What somebody wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New things on a board.
    pub objects: i64,
    /// New characters of notes, in UTF-16 units.
    pub characters: i64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.objects += other.objects;
        self.characters += other.characters;
    }
}

/// An update that fits: what is new in it.
#[derive(Debug, Default)]
pub struct Fit {
    news: Index,
    pub tallies: Vec<(u32, Tally)>,
    /// Nothing in it is new, and nothing deleted.
    pub is_empty: bool,
}

impl Index {
    /// How far a client has written.
    pub fn next(&self, client: u32) -> u32 {
        self.clients.get(&client).map_or(0, |known| known.next)
    }

    /// How many things it knows the depth of, for its memory.
    pub fn runs(&self) -> usize {
        self.clients.values().map(|known| known.runs.len()).sum::<usize>() + self.holders.len()
    }

    /// Whether an update fits. With `kind` none what is stored already is read again: it fitted when it came.
    pub fn fit(&self, update: &Update, kind: Option<DocumentKind>) -> Read<Fit> {
        let mut fit = Fit { is_empty: update.deleted.is_empty(), ..Fit::default() };
        let mut open: Vec<Progress> = Vec::new();
        for section in &update.sections {
            let next = self.next(section.client);
            if section.clock > next {
                return Err(Flaw::Ahead);
            }
            fit.news.clients.insert(section.client, Known { next, runs: Vec::new() });
            open.push(Progress { section, at: 0, clock: section.clock, tally: Tally::default() });
        }
        // Sections may build on each other in any order; each round must get on with one at least.
        while !open.is_empty() {
            let mut moved = false;
            for progress in &mut open {
                moved |= progress.go_on(self, &mut fit, kind)?;
            }
            if !moved {
                return Err(Flaw::Ahead);
            }
            open.retain(|progress| {
                let done = progress.at == progress.section.structs.len();
                // What is known already may be sent again by anybody.
                if done && fit.news.next(progress.section.client) > self.next(progress.section.client) {
                    fit.tallies.push((progress.section.client, progress.tally));
                }
                !done
            });
        }
        let known = |id: Id, len: u32| {
            let next = fit.news.next(id.client).max(self.next(id.client));
            u64::from(id.clock) + u64::from(len) <= u64::from(next)
        };
        if update.deleted.iter().all(|gone| known(gone.from, gone.len)) { Ok(fit) } else { Err(Flaw::Ahead) }
    }

    /// Takes over what fitted.
    pub fn take(&mut self, fit: &Fit) {
        for (client, news) in &fit.news.clients {
            let known = self.clients.entry(*client).or_default();
            for (at, (_, depth)) in news.runs.iter().enumerate() {
                let until = news.runs.get(at + 1).map_or(news.next, |(start, _)| *start);
                known.push(until, *depth);
            }
        }
        self.holders.extend(fit.news.holders.iter().map(|(id, depth)| (*id, *depth)));
    }

    fn depth(&self, id: Id) -> Option<u8> {
        self.clients.get(&id.client).and_then(|known| known.depth(id.clock))
    }
}

/// How far one section was read.
struct Progress<'a> {
    section: &'a Section,
    at: usize,
    clock: u32,
    tally: Tally,
}

impl Progress<'_> {
    /// Reads on for as long as what it builds on is known; says whether it got on.
    fn go_on(&mut self, known: &Index, fit: &mut Fit, kind: Option<DocumentKind>) -> Read<bool> {
        let mut moved = false;
        let client = self.section.client;
        while let Some(one) = self.section.structs.get(self.at) {
            let end = self.clock + one.len;
            let next = fit.news.next(client);
            if end > next {
                let Some(depth) = depth_of(&one.on, known, fit) else { return Ok(moved) };
                let new = end - next.max(self.clock);
                self.count(one.what, depth, new);
                fit.is_empty = false;
                if let What::Holder(holder) = one.what
                    && depth != GONE
                {
                    if kind.is_some_and(|kind| !kind.holds(depth, holder)) {
                        return Err(Flaw::Foreign);
                    }
                    if kind.is_some_and(|kind| depth >= kind.depth()) {
                        return Err(Flaw::Deep);
                    }
                    fit.news.holders.insert(Id { client, clock: self.clock }, depth.saturating_add(1));
                }
                fit.news.clients.entry(client).or_default().push(end, depth);
            }
            self.clock = end;
            self.at += 1;
            moved = true;
        }
        Ok(moved || self.section.structs.is_empty())
    }

    fn count(&mut self, what: What, depth: u8, new: u32) {
        match what {
            What::Holder(super::inspect::Holder::Map) if depth == 0 => self.tally.objects += 1,
            What::Text => self.tally.characters += i64::from(new),
            _ => {}
        }
    }
}

/// In a holder of which depth something stands; none while it is not known.
fn depth_of(on: &On, known: &Index, fit: &Fit) -> Option<u8> {
    let depth = |id: Id| fit.news.depth_beyond(id, known).or_else(|| known.depth(id));
    match on {
        On::Nothing => Some(GONE),
        On::Root => Some(0),
        On::In(id) => {
            let holder = fit.news.holders.get(id).or_else(|| known.holders.get(id)).copied();
            // Something was there that holds nothing any more.
            holder.or_else(|| depth(*id).map(|_| GONE))
        }
        On::Beside(left, right) => {
            let left = left.map(depth);
            let right = right.map(depth);
            match (left, right) {
                (Some(None), _) | (_, Some(None)) => None,
                (Some(Some(GONE)), Some(Some(right))) => Some(right),
                (Some(Some(left)), _) => Some(left),
                (None, Some(Some(right))) => Some(right),
                (None, None) => Some(GONE),
            }
        }
    }
}

impl Index {
    /// The depth of what is new in this one; what `before` has is not looked for here.
    fn depth_beyond(&self, id: Id, before: &Index) -> Option<u8> {
        if id.clock < before.next(id.client) { None } else { self.depth(id) }
    }
}
