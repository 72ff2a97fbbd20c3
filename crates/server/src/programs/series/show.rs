//! What a series looks like to who plans.

use super::model::Model;
use super::wire::{Series, SeriesList};
use super::{read, store};
use crate::accounts::{self, Caller};
use crate::kit::{Answer, Refusal, SeriesId, UserId};
use crate::plumbing::Parts;
use crate::programs::wire::PersonName;
use crate::programs::{Staff, place};

pub async fn answer(parts: &Parts, row: Model) -> Answer<(Series, i32)> {
    let conn = parts.db.read();
    let names = accounts::store::names(conn, row.lead_id.into_iter().collect::<Vec<UserId>>()).await?;
    let lead = row.lead_id.and_then(|id| Some(PersonName { id, name: names.get(&id)?.clone() }));
    let version = row.version;
    let series = Series {
        id: row.id,
        program_id: row.program_id,
        sessions: store::count(conn, row.id).await?,
        except: read::standing_except(&row).iter().map(ToString::to_string).collect(),
        plan: serde_json::from_str(&row.plan).unwrap_or_default(),
        title: row.title,
        summary: row.summary,
        rule: row.rule,
        starts_local: row.starts_local,
        ends_local: row.ends_local,
        time_zone: row.time_zone,
        icon: row.icon,
        tone: row.tone,
        lead,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok((series, version))
}

pub async fn list(parts: &Parts, caller: &Caller, key: &str) -> Answer<SeriesList> {
    let staff = place::staff_of_key(parts.db.read(), caller, key).await?;
    let mut series = Vec::new();
    for row in store::of_program(parts.db.read(), staff.program().id).await? {
        series.push(answer(parts, row).await?.0);
    }
    Ok(SeriesList { series })
}

pub async fn one(parts: &Parts, caller: &Caller, id: SeriesId) -> Answer<(Series, i32)> {
    let (row, _) = staff_of(parts.db.read(), caller, id).await?;
    answer(parts, row).await
}

/// 404 when the program is not theirs to know, 403 when they know it but are not its staff.
pub async fn staff_of(conn: &impl sea_orm::ConnectionTrait, caller: &Caller, id: SeriesId) -> Answer<(Model, Staff)> {
    let row = store::need(conn, id).await?;
    let staff = place::staff_of(conn, caller, row.program_id).await.map_err(|refusal| match refusal.status {
        404 => Refusal::not_found("series"),
        _ => refusal,
    })?;
    Ok((row, staff))
}
