//! Documents in the database.

use std::collections::BTreeMap;

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder};

use super::kept::Kept;
use super::model::{self, update, writer};
use super::paper::{self, Paper};
use super::tell;
use crate::events::{Fact, Hand};
use crate::kit::{Answer, At, DocumentId, Refusal, SessionId, UserId};
use crate::live::recording;
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, outbox};

/// The documents of a class that were not removed, in the order in which they were made.
pub async fn of_session(conn: &impl ConnectionTrait, session: SessionId) -> Answer<Vec<model::Model>> {
    let rows = model::Entity::find()
        .filter(model::Column::SessionId.eq(session))
        .filter(model::Column::RemovedAt.is_null())
        .order_by_asc(model::Column::CreatedAt)
        .order_by_asc(model::Column::Id);
    Ok(rows.all(conn).await?)
}

/// A document as its rows have it.
pub struct Stored {
    pub paper: Paper,
    pub last_row: i64,
    pub rows: usize,
    pub writers: BTreeMap<u32, writer::Model>,
}

pub async fn read(parts: &Parts, row: &model::Model) -> Answer<Stored> {
    let conn = parts.db.read();
    let updates = updates(conn, row.id).await?;
    let writers = writers(conn, row.id).await?;
    let (last_row, rows, kind, id) = (updates.last().map_or(0, |row| row.seq), updates.len(), row.kind, row.id);
    // A long day's board takes some tenths of a second.
    let read = tokio::task::spawn_blocking(move || Paper::of(kind, updates.iter().map(|row| row.bytes.as_slice())));
    let (paper, broken) = read.await.map_err(Refusal::broken)?;
    if broken > 0 {
        tracing::error!(document = %id, broken, "some of what was written in a document cannot be read");
    }
    Ok(Stored { paper, last_row, rows, writers })
}

pub async fn updates(conn: &impl ConnectionTrait, id: DocumentId) -> Answer<Vec<update::Model>> {
    let rows = update::Entity::find().filter(update::Column::DocumentId.eq(id));
    Ok(rows.order_by_asc(update::Column::Seq).all(conn).await?)
}

pub async fn writers(conn: &impl ConnectionTrait, id: DocumentId) -> Answer<BTreeMap<u32, writer::Model>> {
    let rows = writer::Entity::find().filter(writer::Column::DocumentId.eq(id)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.client as u32, row)).collect())
}

/// Writes what was taken in, of several documents in one transaction, then tells the pages.
pub async fn write(parts: &Parts, kept: &mut [&mut Kept]) -> Answer<()> {
    let at = parts.clock.now();
    let mut rows = Vec::new();
    let mut hands = Vec::new();
    for one in kept.iter() {
        let Some((bytes, writers)) = one.news()? else { continue };
        rows.push(update::Model { document_id: one.row.id, seq: one.last_row + 1, at, bytes });
        hands.extend(writers.into_iter().cloned());
    }
    let (new, hands) = (&rows, &hands);
    parts
        .db
        .write(|tx| {
            async move {
                for row in new {
                    let row = row.clone().into_active_model().reset_all();
                    update::Entity::insert(row).exec_without_returning(tx.conn()).await?;
                }
                keep_hands(tx, hands.clone()).await
            }
            .boxed()
        })
        .await?;
    for row in rows {
        let Some(one) = kept.iter_mut().find(|one| one.row.id == row.document_id) else { continue };
        let written = one.stands(&row.bytes);
        tell::written(parts, one, written);
    }
    Ok(())
}

async fn keep_hands(tx: &Tx<'_>, hands: Vec<writer::Model>) -> Answer<()> {
    if hands.is_empty() {
        return Ok(());
    }
    let again = OnConflict::columns([writer::Column::DocumentId, writer::Column::Client])
        .update_columns([
            writer::Column::Objects,
            writer::Column::Characters,
            writer::Column::ToldObjects,
            writer::Column::ToldCharacters,
        ])
        .to_owned();
    let rows = hands.into_iter().map(|row| row.into_active_model().reset_all());
    writer::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Makes few rows of many, and announces how much was written since it was announced last. What was written while the
/// class was recorded stays as it came, for the replay.
pub async fn compact(parts: &Parts, kept: &mut Kept) -> Answer<()> {
    let rows = updates(parts.db.read(), kept.row.id).await?;
    let spans = recording::store::spans(parts.db.read(), kept.row.session_id).await?;
    let kind = kept.row.kind;
    let merged = tokio::task::spawn_blocking(move || merged(kind, rows, &spans)).await.map_err(Refusal::broken)??;
    let mut hands: Vec<writer::Model> = kept.writers.values().cloned().collect();
    hands.retain(|row| (row.objects, row.characters) != (row.told_objects, row.told_characters));
    let fact = announcement(parts, kept, &hands);
    hands.iter_mut().for_each(|row| (row.told_objects, row.told_characters) = (row.objects, row.characters));
    let (id, told, fact, merged) = (kept.row.id, &hands, &fact, &merged);
    parts
        .db
        .write(|tx| {
            async move {
                for group in merged {
                    replace(tx, id, group).await?;
                }
                keep_hands(tx, told.clone()).await?;
                if !told.is_empty() {
                    outbox::record(parts, tx, fact.clone()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    kept.writers.extend(hands.into_iter().map(|row| (row.client as u32, row)));
    kept.is_short();
    Ok(())
}

async fn replace(tx: &Tx<'_>, id: DocumentId, group: &Merged) -> Answer<()> {
    update::Entity::delete_many()
        .filter(update::Column::DocumentId.eq(id))
        .filter(update::Column::Seq.between(group.first, group.row.seq))
        .exec(tx.conn())
        .await?;
    let row = group.row.clone().into_active_model().reset_all();
    update::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Rows that became one.
struct Merged {
    first: i64,
    row: update::Model,
}

/// Rows that no recording shows become one, without what was deleted. What a recording has, also from before it began, keeps
/// its times: who may be shown hangs on them.
fn merged(kind: model::DocumentKind, rows: Vec<update::Model>, spans: &[(At, At)]) -> Answer<Vec<Merged>> {
    let recorded = |row: &update::Model| spans.iter().any(|(_, to)| row.at <= *to);
    let mut groups = Vec::new();
    for group in rows.chunk_by(|one, next| !recorded(one) && !recorded(next)).filter(|group| group.len() > 1) {
        let bytes = group.iter().map(|row| row.bytes.as_slice());
        let bytes = match group[0].seq == rows[0].seq {
            true => {
                let (paper, broken) = Paper::of(kind, bytes.clone());
                // What cannot be read now may be read by a later version: nothing is thrown away.
                if broken > 0 { return Ok(Vec::new()) } else { paper.whole() }
            }
            false => paper::merge(bytes),
        };
        let bytes = bytes.map_err(|flaw| Refusal::broken(format!("rows of a document do not merge: {flaw:?}")))?;
        // The earliest time: what a later recording may show of it was allowed then.
        let (first, last) = (&group[0], &group[group.len() - 1]);
        let row = update::Model { bytes, at: first.at, ..last.clone() };
        groups.push(Merged { first: first.seq, row });
    }
    Ok(groups)
}

fn announcement(parts: &Parts, kept: &Kept, hands: &[writer::Model]) -> Fact {
    let mut people: BTreeMap<UserId, Hand> = BTreeMap::new();
    for row in hands {
        let hand = people.entry(row.user_id).or_insert(Hand { user: row.user_id, objects: 0, characters: 0 });
        hand.objects += row.objects - row.told_objects;
        hand.characters += row.characters - row.told_characters;
    }
    Fact::DocumentWritten {
        document: kept.row.id,
        session: kept.row.session_id,
        program: kept.row.program_id,
        hands: people.into_values().collect(),
        at: parts.clock.now(),
    }
}

/// Marks a document as removed, or names it.
pub async fn change(tx: &Tx<'_>, id: DocumentId, title: Option<&str>, removed_at: Option<At>) -> Answer<()> {
    let mut row = model::ActiveModel { id: Set(id), ..Default::default() };
    if let Some(title) = title {
        row.title = Set(title.to_string());
    }
    if removed_at.is_some() {
        row.removed_at = Set(removed_at);
    }
    model::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}
