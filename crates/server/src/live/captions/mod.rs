//! Captions: what is said in a class, written down while it is said, and the transcript that they become.
//!
//! A line that is still being said is a *draft*: the room is told of it, and nobody keeps it. A finished line is a row
//! first, then in memory, then on the pages, as a word of the chat is. Who speaks is the page's word for its own person,
//! and a captioner's for others; a service's line has no speaker.

pub mod http;
pub mod link;
pub mod model;
pub mod scribe;
pub mod service;
pub mod transcript;
pub mod vtt;
pub mod wire;
pub mod write;

use std::collections::{BTreeMap, HashMap, VecDeque};

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use self::wire::{CaptionDraft, CaptionLine, CaptionsPage};
use super::flood::Bucket;
use crate::kit::{Answer, At, BreakoutId, CaptionId, SessionId, UserId};

/// So many of the newest lines are in memory, and so many of them are shown to who comes in.
pub const KEPT: usize = 200;
pub const SHOWN: usize = 20;
/// The longest line, in characters.
pub const LONGEST: usize = 500;
/// So many lines and drafts of one person at once, and so many a second in the long run. People say two lines a second
/// at most; a page tells of a draft twice a second.
pub const BURST: f64 = 30.0;
pub const PER_SECOND: f64 = 6.0;
/// So many drafts of one person are known; more are forgotten, the oldest first.
const DRAFTS: usize = 4;

/// The captions of one class, as far as memory has them.
#[derive(Debug, Default)]
pub struct Captions {
    /// The newest lines, oldest first.
    recent: VecDeque<model::Model>,
    /// There are older ones in the rows.
    older: bool,
    drafts: BTreeMap<CaptionId, Draft>,
    paces: HashMap<UserId, Bucket>,
}

/// A line that is being said.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Draft {
    /// Who writes it down.
    by: UserId,
    began: At,
}

/// What of the drafts the pages were not told yet; the newest of an id wins.
pub type DraftNews = BTreeMap<CaptionId, (Option<BreakoutId>, CaptionDraft)>;

/// A line as pages see it.
pub fn view(row: &model::Model) -> CaptionLine {
    CaptionLine {
        id: row.id,
        seq: row.seq,
        rev: row.rev,
        user_id: row.user_id,
        name: row.name.clone(),
        breakout_id: row.breakout_id,
        source: row.source,
        language: row.language.clone(),
        text: row.text.clone(),
        started_at: row.started_at,
        ended_at: row.ended_at,
        corrected_at: row.corrected_at,
    }
}

impl Captions {
    /// The newest lines of a room, for who comes in there.
    pub fn view(&self, breakout: Option<BreakoutId>) -> CaptionsPage {
        let here = self.recent.iter().rev().filter(|row| row.breakout_id == breakout);
        let mut lines: Vec<CaptionLine> = here.take(SHOWN + 1).map(view).collect();
        let more = lines.len() > SHOWN || self.older;
        lines.truncate(SHOWN);
        lines.reverse();
        CaptionsPage { lines, more }
    }

    /// Takes over a line that was written.
    pub fn take(&mut self, row: model::Model) {
        self.drafts.remove(&row.id);
        if let Some(known) = self.recent.iter_mut().find(|known| known.id == row.id) {
            if known.rev <= row.rev {
                *known = row;
            }
            return;
        }
        if self.recent.back().is_none_or(|last| last.seq < row.seq) {
            self.recent.push_back(row);
        }
        while self.recent.len() > KEPT {
            self.recent.pop_front();
            self.older = true;
        }
    }

    /// Whether this line was finished a short while ago.
    fn is_written(&self, id: CaptionId) -> bool {
        self.recent.iter().any(|row| row.id == id)
    }

    /// Since when a line is being said; from now on, where nobody told of it before.
    fn began(&self, id: CaptionId, now: At) -> At {
        self.drafts.get(&id).map_or(now, |draft| draft.began)
    }

    /// Whether `by` writes this line, or nobody does.
    fn is_free_for(&self, id: CaptionId, by: UserId) -> bool {
        self.drafts.get(&id).is_none_or(|draft| draft.by == by)
    }

    /// Notes that a line is being said.
    fn note(&mut self, id: CaptionId, by: UserId, now: At) {
        self.drafts.entry(id).or_insert(Draft { by, began: now });
        while self.drafts.values().filter(|draft| draft.by == by).count() > DRAFTS {
            let oldest = self.drafts.iter().filter(|(_, draft)| draft.by == by).min_by_key(|(_, draft)| draft.began);
            let Some((oldest, _)) = oldest else { break };
            let oldest = *oldest;
            self.drafts.remove(&oldest);
        }
    }

    /// Whether somebody may write something more now.
    fn keeps_pace(&mut self, user: UserId, now: At) -> bool {
        let bucket = self.paces.entry(user).or_insert_with(|| Bucket::of(BURST, PER_SECOND, now));
        bucket.take(now, 0) == super::flood::Verdict::Take
    }
}

/// The newest lines of a class, from their rows.
pub async fn load(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Captions> {
    let mut recent = model::Entity::find()
        .filter(model::Column::SessionId.eq(session))
        .order_by_desc(model::Column::Seq)
        .limit(KEPT as u64 + 1)
        .all(conn)
        .await?;
    let older = recent.len() > KEPT;
    recent.truncate(KEPT);
    recent.reverse();
    Ok(Captions { recent: recent.into(), older, ..Default::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_a_few_drafts_and_each_is_their_own() {
        let (ada, bob) = (UserId::new(), UserId::new());
        let mut captions = Captions::default();
        let ids: Vec<CaptionId> = (0..6).map(|_| CaptionId::new()).collect();
        for (second, id) in ids.iter().enumerate() {
            captions.note(*id, ada, At(0).plus_seconds(second as i64));
        }
        assert!(!captions.is_free_for(ids[5], bob) && captions.is_free_for(ids[5], ada));
        assert!(captions.is_free_for(ids[0], bob), "the oldest are forgotten");
        assert_eq!(captions.began(ids[5], At(99)), At(5_000_000));
        assert_eq!(captions.began(ids[0], At(99)), At(99));
    }
}
