//! A changed series is saved, or ended: sessions follow, come and go in one transaction.

use chrono::{Days, NaiveDate};
use futures::FutureExt;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::change::{self, Planned};
use super::changes::Change;
use super::model::{ActiveModel, Entity, Model};
use super::rule::Ends;
use super::times::Occurrence;
use super::wire::{DeleteSeries, Series, SeriesPatch};
use super::{make, read, show, store};
use crate::accounts::Caller;
use crate::events::Fact;
use crate::kit::{Answer, At, Refusal, SeriesId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::http::IfMatch;
use crate::programs::{State, edit, run, schedule, session, store as sessions};

/// Answers the series that has the change: a new one where only a part of it changed.
pub async fn change(
    parts: &Parts,
    caller: &Caller,
    id: SeriesId,
    if_match: &IfMatch,
    patch: SeriesPatch,
) -> Answer<(Series, i32)> {
    let patch = &patch;
    let row = parts
        .db
        .write(|tx| {
            async move {
                let (row, staff) = show::staff_of(tx.conn(), caller, id).await?;
                let program = staff.plans()?.into_program();
                if_match.check(&edit::etag(row.version))?;
                if let Some(lead) = patch.lead_id {
                    schedule::check_lead(tx, program.id, lead).await?;
                }
                let now = parts.clock.now();
                let planned = change::plan(tx.conn(), row, patch, now).await?;
                apply(parts, tx, &planned, now).await?;
                Ok(planned.after)
            }
            .boxed()
        })
        .await?;
    show::answer(parts, row).await
}

async fn apply(parts: &Parts, tx: &Tx<'_>, planned: &Planned, now: At) -> Answer<()> {
    let plan: Vec<_> = serde_json::from_str(&planned.after.plan).unwrap_or_default();
    for one in &planned.made {
        schedule::fits(&plan, one.starts_at, one.ends_at)?;
    }
    if planned.splits {
        make::insert(tx, planned.after.clone()).await?;
        cut(tx, &planned.before, planned.from.date(), now).await?;
    } else {
        Entity::update(ActiveModel::from(planned.after.clone()).reset_all()).exec(tx.conn()).await?;
    }
    let mut added: Vec<Occurrence> = Vec::new();
    for change in &planned.changes {
        match *change {
            Change::Follows { session, occurrence } => follow(parts, tx, planned, session, occurrence, now).await?,
            Change::Removed { session } => remove(parts, tx, &planned.sessions[session], now).await?,
            Change::Added { occurrence } => added.push(planned.made[occurrence].clone()),
            Change::Stays { session } => {
                let mut row = planned.sessions[session].clone().into_active_model();
                row.series_id = Set(Some(planned.after.id));
                session::Entity::update(row).exec(tx.conn()).await?;
            }
        }
    }
    make::add(parts, tx, &planned.after, &added, now).await
}

/// The old rule ends with the day before.
async fn cut(tx: &Tx<'_>, row: &Model, day: NaiveDate, now: At) -> Answer<()> {
    let mut rule = read::standing(row)?.rule;
    let last = day.checked_sub_days(Days::new(1)).and_then(|day| day.and_hms_opt(23, 59, 59));
    rule.ends = last.map_or(rule.ends, Ends::Until);
    let row = ActiveModel {
        id: Set(row.id),
        rule: Set(rule.to_string()),
        version: Set(row.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// A session takes the series' new time and words, but for words that it had of its own.
async fn follow(
    parts: &Parts,
    tx: &Tx<'_>,
    planned: &Planned,
    session: usize,
    occurrence: usize,
    now: At,
) -> Answer<()> {
    let (before, after, one) = (&planned.before, &planned.after, &planned.sessions[session]);
    let mut next = one.clone();
    next.series_id = Some(after.id);
    next.original_start = Some(read::text(planned.made[occurrence].original));
    if let Some(time) = planned.time(session, occurrence) {
        (next.starts_at, next.ends_at) = (time.starts_at, time.ends_at);
        (next.starts_local, next.ends_local) = (read::text(time.starts), read::text(time.ends));
        next.time_zone = after.time_zone.clone();
    }
    if one.title == before.title {
        next.title = after.title.clone();
    }
    if one.summary == before.summary {
        next.summary = after.summary.clone();
    }
    if one.plan == before.plan {
        next.plan = after.plan.clone();
    }
    if one.icon == before.icon {
        next.icon = after.icon;
    }
    if one.tone == before.tone {
        next.tone = after.tone;
    }
    next.lead_id = planned.lead(session);
    if next == *one {
        return Ok(());
    }
    let saved = run::save(tx, next.into_active_model().reset_all(), now).await?;
    schedule::changed(parts, tx, &saved).await
}

/// Takes a session away that never began; one to which something is tied is cancelled instead.
async fn remove(parts: &Parts, tx: &Tx<'_>, one: &session::Model, now: At) -> Answer<()> {
    let id = one.id;
    match tx.attempt(async |point| session::Entity::delete_by_id(id).exec(point).await).await {
        Ok(_) => run::push(parts, tx, one, "session_changed").await,
        Err(error) if sessions::is_referred_to(&error) => {
            let mut row = one.clone().into_active_model();
            row.state = Set(State::Cancelled);
            let saved = run::save(tx, row, now).await?;
            let fact = Fact::SessionCancelled { session: id, program: saved.program_id, at: now };
            run::tell(parts, tx, &saved, "session_cancelled", fact).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Everything that has not begun goes, from a session on or all of it. What was, stays.
pub async fn delete(parts: &Parts, caller: &Caller, id: SeriesId, query: DeleteSeries) -> Answer<()> {
    let from = query.from.as_deref().map(read::from).transpose()?;
    parts
        .db
        .write(|tx| {
            async move {
                let (row, staff) = show::staff_of(tx.conn(), caller, id).await?;
                staff.plans()?;
                let now = parts.clock.now();
                let all = store::sessions(tx.conn(), id).await?;
                if from.is_some() && !all.iter().any(|one| change::original(one) == from) {
                    let text = "No session of this series begins at that time by its rule.";
                    return Err(Refusal::field("from", "no-such-session", text));
                }
                let open = |one: &&session::Model| one.state == State::Scheduled && one.ends_at > now;
                for one in all.iter().filter(|one| change::original(one) >= from).filter(open) {
                    remove(parts, tx, one, now).await?;
                }
                if store::count(tx.conn(), id).await? == 0 {
                    Entity::delete_by_id(id).exec(tx.conn()).await?;
                    return Ok(());
                }
                let zone = read::standing(&row)?.zone;
                cut(tx, &row, from.map_or(now.local(zone).date(), |from| from.date()), now).await
            }
            .boxed()
        })
        .await
}
