//! Queries on series, their sessions, holidays, and on who leads when.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder};

use super::model::{Column, Entity, Model, holiday};
use super::times::Break;
use crate::kit::{Answer, At, ProgramId, Refusal, SeriesId, UserId};
use crate::plumbing::db::Tx;
use crate::programs::{State, session};

pub async fn need(conn: &impl ConnectionTrait, id: SeriesId) -> Answer<Model> {
    Entity::find_by_id(id).one(conn).await?.ok_or_else(|| Refusal::not_found("series"))
}

pub async fn of_program(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Vec<Model>> {
    let rows = Entity::find().filter(Column::ProgramId.eq(program));
    Ok(rows.order_by_asc(Column::StartsLocal).order_by_asc(Column::Id).all(conn).await?)
}

/// The sessions of a series, in the order of its rule.
pub async fn sessions(conn: &impl ConnectionTrait, id: SeriesId) -> Answer<Vec<session::Model>> {
    let rows = session::Entity::find().filter(session::Column::SeriesId.eq(id));
    Ok(rows.order_by_asc(session::Column::OriginalStart).order_by_asc(session::Column::Id).all(conn).await?)
}

pub async fn count(conn: &impl ConnectionTrait, id: SeriesId) -> Answer<u64> {
    Ok(session::Entity::find().filter(session::Column::SeriesId.eq(id)).count(conn).await?)
}

/// What somebody leads between two times, but for what was cancelled.
pub async fn led_by(conn: &impl ConnectionTrait, lead: UserId, from: At, until: At) -> Answer<Vec<session::Model>> {
    let rows = session::Entity::find()
        .filter(session::Column::LeadId.eq(lead))
        .filter(session::Column::StartsAt.lt(until))
        // No session is longer than a day.
        .filter(session::Column::StartsAt.gt(from.plus_minutes(-25 * 60)))
        .filter(session::Column::EndsAt.gt(from))
        .filter(session::Column::State.ne(State::Cancelled));
    Ok(rows.order_by_asc(session::Column::StartsAt).all(conn).await?)
}

/// Of the whole house where no program is named.
pub async fn holidays(conn: &impl ConnectionTrait, program: Option<ProgramId>) -> Answer<Vec<holiday::Model>> {
    let rows = match program {
        Some(program) => holiday::Entity::find().filter(holiday::Column::ProgramId.eq(program)),
        None => holiday::Entity::find().filter(holiday::Column::ProgramId.is_null()),
    };
    Ok(rows.order_by_asc(holiday::Column::FirstDay).order_by_asc(holiday::Column::Name).all(conn).await?)
}

/// The holidays of a program and of the house.
pub async fn breaks(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Vec<Break>> {
    let mut rows = holidays(conn, Some(program)).await?;
    rows.extend(holidays(conn, None).await?);
    let read = |row: holiday::Model| {
        Some(Break { first: row.first_day.parse().ok()?, last: row.last_day.parse().ok()?, name: row.name })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

pub async fn put_holidays(tx: &Tx<'_>, program: Option<ProgramId>, rows: Vec<holiday::Model>) -> Answer<()> {
    let old = match program {
        Some(program) => holiday::Entity::delete_many().filter(holiday::Column::ProgramId.eq(program)),
        None => holiday::Entity::delete_many().filter(holiday::Column::ProgramId.is_null()),
    };
    old.exec(tx.conn()).await?;
    if !rows.is_empty() {
        let rows = rows.into_iter().map(|row| holiday::ActiveModel::from(row).reset_all());
        holiday::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}
