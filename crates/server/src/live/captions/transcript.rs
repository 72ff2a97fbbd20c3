//! The transcript of a class: read and searched by its members, corrected by its staff.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::LikeExpr;
use sea_orm::{Condition, ConnectionTrait, QueryOrder, QuerySelect};

use super::model::{self, edit};
use super::scribe::Act;
use super::wire::{CorrectLine, Correction, TranscriptLine, TranscriptQuery};
use super::{LONGEST, view, vtt};
use crate::accounts::{self, Caller};
use crate::kit::checks::Checks;
use crate::kit::paging::{Page, PageQuery};
use crate::kit::{Answer, CaptionId, Refusal, SessionId, UserId, text};
use crate::live::{Live, policy};
use crate::plumbing::Parts;
use crate::programs::{self, place, program, session};

/// Proof that somebody may read the transcript of a session.
struct Reading {
    session: session::Model,
    program: program::Model,
    user: UserId,
    staff: bool,
}

/// Members read: staff and who attends. Guests read in the class itself, by their seat.
async fn reading(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<Reading> {
    let conn = parts.db.read();
    let (session, program) = programs::store::need_session(conn, id).await?;
    let place = place::seen(conn, Some(caller), &program).await.map_err(|_| Refusal::not_found("session"))?;
    if !place.is_staff() && !place.attends() {
        return Err(policy::not_enrolled());
    }
    Ok(Reading { session, program, user: caller.id, staff: place.is_staff() })
}

impl Reading {
    /// Staff read everything; others what was said in the main room, and their own words: who was in which breakout room
    /// is not kept.
    fn lines(&self) -> Select<model::Entity> {
        let lines = model::Entity::find().filter(model::Column::SessionId.eq(self.session.id));
        if self.staff {
            return lines;
        }
        let own = Condition::any()
            .add(model::Column::BreakoutId.is_null())
            .add(model::Column::UserId.eq(self.user))
            .add(model::Column::WrittenBy.eq(self.user));
        lines.filter(own)
    }
}

/// One page of the transcript, in the order of its lines.
pub async fn page(
    parts: &Parts,
    caller: &Caller,
    id: SessionId,
    query: TranscriptQuery,
) -> Answer<Page<TranscriptLine>> {
    let page = PageQuery { limit: query.limit, after: query.after };
    let (limit, after) = (page.limit()?, page.key::<i64>()?);
    let mut checks = Checks::new();
    let words = checks.optional_text("q", query.q.as_deref(), 100);
    checks.finish()?;
    let reading = reading(parts, caller, id).await?;
    let mut lines = reading.lines().filter(model::Column::Seq.gt(after.unwrap_or(0)));
    if let Some(words) = words {
        lines = lines.filter(model::Column::SearchText.like(containing(&text::fold(&words))));
    }
    let conn = parts.db.read();
    let rows = lines.order_by_asc(model::Column::Seq).limit(limit + 1).all(conn).await?;
    let page = Page::cut(rows, limit, |row: &model::Model| row.seq);
    let mut corrections = if reading.staff { corrections(conn, &page.items).await? } else { HashMap::new() };
    Ok(page.map(|row| TranscriptLine { correction: corrections.remove(&row.id), line: view(&row) }))
}

/// Text with these words in it, whatever they are.
fn containing(words: &str) -> LikeExpr {
    let plain = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{plain}%")).escape('\\')
}

/// What the corrected lines among these said at first.
async fn corrections(conn: &impl ConnectionTrait, rows: &[model::Model]) -> Answer<HashMap<CaptionId, Correction>> {
    let corrected: Vec<&model::Model> = rows.iter().filter(|row| row.corrected_at.is_some()).collect();
    if corrected.is_empty() {
        return Ok(HashMap::new());
    }
    let names = accounts::store::names(conn, corrected.iter().filter_map(|row| row.corrected_by).collect()).await?;
    let edits = edit::Entity::find()
        .filter(edit::Column::CaptionId.is_in(corrected.iter().map(|row| row.id)))
        .order_by_desc(edit::Column::Rev)
        .all(conn)
        .await?;
    // The oldest comes last and stays.
    let mut first: HashMap<CaptionId, String> = edits.into_iter().map(|edit| (edit.caption_id, edit.text)).collect();
    let correction = |row: &model::Model| {
        let by = row.corrected_by.and_then(|by| names.get(&by).cloned()).unwrap_or_default();
        Some((row.id, Correction { first_text: first.remove(&row.id)?, by, at: row.corrected_at? }))
    };
    Ok(corrected.into_iter().filter_map(correction).collect())
}

/// The whole transcript as WebVTT, and a name for the file.
pub async fn sheet(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<(String, String)> {
    let reading = reading(parts, caller, id).await?;
    let lines = reading.lines().order_by_asc(model::Column::StartedAt).order_by_asc(model::Column::Seq);
    let lines = lines.all(parts.db.read()).await?;
    let began = reading.session.started_at.unwrap_or(reading.session.starts_at);
    let zone = reading.session.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let name = format!("transcript-{}-{}.vtt", reading.program.slug, began.local(zone).date());
    Ok((name, vtt::file(&reading.session.title, began, &lines)))
}

/// Corrects a line; what it said before is kept.
pub async fn correct(
    parts: &Parts,
    caller: &Caller,
    (session, line): (SessionId, CaptionId),
    said: CorrectLine,
) -> Answer<TranscriptLine> {
    let (_, staff) = place::staff_of_session(parts.db.read(), caller, session).await?;
    let mut checks = Checks::new();
    let text = checks.text("text", &said.text, 1, LONGEST);
    checks.finish()?;
    let act = Act::Correct { id: line, by: staff.user(), text };
    let row = parts.memory.of::<Live>().caption_scribe.write(session, staff.program().id, act).await?;
    let correction = corrections(parts.db.read(), std::slice::from_ref(&row)).await?.remove(&row.id);
    Ok(TranscriptLine { line: view(&row), correction })
}
