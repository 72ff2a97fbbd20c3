//! Cards: what the list shows of a program and only its version changes, written once as JSON.
//!
//! A card is used only for the version that the list's query has just read, so it is never stale. What changes
//! without a new version (places, the line, names of people, where the caller stands) is not on it.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use sea_orm::entity::prelude::*;

use super::model::{Part, program, staff};
use super::{store, wire};
use crate::kit::{Answer, ProgramId, Refusal, UserId};
use crate::plumbing::Parts;

/// How much text is kept before all is let go and read again.
const MOST_BYTES: usize = 16 << 20;

pub struct Card {
    version: i32,
    pub id: ProgramId,
    pub capacity: Option<i32>,
    /// Leads first.
    pub staff: Vec<(UserId, Part)>,
    /// A JSON object without its closing brace.
    pub text: String,
}

/// The cards in memory.
#[derive(Clone, Default)]
pub struct Cards(Arc<RwLock<Kept>>);

#[derive(Default)]
struct Kept {
    bytes: usize,
    by_id: HashMap<ProgramId, Arc<Card>>,
}

impl Cards {
    /// A card for each of these programs in its version, those that are missing by two queries.
    pub async fn of(&self, parts: &Parts, wanted: &[(ProgramId, i32)]) -> Answer<HashMap<ProgramId, Arc<Card>>> {
        let mut found = HashMap::with_capacity(wanted.len());
        let mut missing = Vec::new();
        {
            let kept = self.0.read().expect("no panic holds this lock");
            for (id, version) in wanted {
                match kept.by_id.get(id).filter(|card| card.version == *version) {
                    Some(card) => _ = found.insert(*id, card.clone()),
                    None => missing.push(*id),
                }
            }
        }
        if !missing.is_empty() {
            let made = make(parts, missing).await?;
            self.keep(&made);
            found.extend(made.into_iter().map(|card| (card.id, card)));
        }
        Ok(found)
    }

    fn keep(&self, made: &[Arc<Card>]) {
        let mut kept = self.0.write().expect("no panic holds this lock");
        for card in made {
            let before = kept.by_id.insert(card.id, card.clone());
            kept.bytes = kept.bytes + card.text.len() - before.map_or(0, |card| card.text.len());
        }
        if kept.bytes > MOST_BYTES {
            *kept = Kept::default();
        }
    }
}

async fn make(parts: &Parts, ids: Vec<ProgramId>) -> Answer<Vec<Arc<Card>>> {
    let conn = parts.db.read();
    let programs = program::Entity::find().filter(program::Column::Id.is_in(ids.clone())).all(conn).await?;
    let mut staff: HashMap<ProgramId, Vec<(UserId, Part)>> = HashMap::new();
    let rows = staff::Entity::find().filter(staff::Column::ProgramId.is_in(ids)).all(conn).await?;
    for row in store::in_order_of_part(rows) {
        staff.entry(row.program_id).or_default().push((row.user_id, row.part));
    }
    programs.into_iter().map(|program| write(staff.remove(&program.id).unwrap_or_default(), program)).collect()
}

fn write(staff: Vec<(UserId, Part)>, program: program::Model) -> Answer<Arc<Card>> {
    let (id, version, capacity) = (program.id, program.version, program.capacity);
    let mut whole = serde_json::to_value(wire::Program::of(program, Vec::new(), None)).map_err(Refusal::broken)?;
    if let Some(fields) = whole.as_object_mut() {
        super::listing::LIVELY.iter().for_each(|field| _ = fields.remove(*field));
    }
    let mut text = whole.to_string();
    text.pop();
    Ok(Arc::new(Card { id, version, capacity, staff, text }))
}
