//! A new series: its row, and a session for each of its times.

use futures::FutureExt;
use sea_orm::{ActiveModelTrait, EntityTrait};

use super::conflicts;
use super::model::{ActiveModel, Entity, Model};
use super::read::{self, Said};
use super::times::{Break, Occurrence, Pattern};
use super::wire::{LeftOut, NewSeries, PreviewedSession, Series, SeriesChange, SeriesPreview};
use super::{show, store};
use crate::accounts::Caller;
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, At, Refusal, SeriesId, SessionId};
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, outbox};
use crate::programs::{ProgramStatus, State, place, program, run, schedule, session};

/// What a new series would make.
pub async fn preview(parts: &Parts, caller: &Caller, key: &str, input: NewSeries) -> Answer<SeriesPreview> {
    let conn = parts.db.read();
    let program = place::staff_of_key(conn, caller, key).await?.plans()?.into_program();
    let pattern = pattern(&input, &program)?;
    let breaks = breaks(store::breaks(conn, program.id).await?, &input)?;
    let made = read::made(&pattern, &breaks)?;
    let mut sessions: Vec<PreviewedSession> = made.sessions.iter().map(added).collect();
    let leads = vec![input.lead_id; sessions.len()];
    conflicts::find(conn, program.id, &leads, &[], &mut sessions).await?;
    Ok(SeriesPreview { sessions, left_out: shown(made.left_out) })
}

fn pattern(input: &NewSeries, program: &program::Model) -> Answer<Pattern> {
    let zone = input.time_zone.as_deref().unwrap_or(&program.time_zone);
    read::pattern(Said { rule: &input.rule, starts: &input.starts_local, ends: &input.ends_local, zone })
}

fn breaks(mut all: Vec<Break>, input: &NewSeries) -> Answer<Vec<Break>> {
    all.extend(read::breaks(&read::except(&input.except)?));
    Ok(all)
}

pub fn added(one: &Occurrence) -> PreviewedSession {
    PreviewedSession {
        change: SeriesChange::Added,
        session_id: None,
        starts_local: read::text(one.starts),
        ends_local: read::text(one.ends),
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        was_starts_local: None,
        note: one.note,
        conflicts: Vec::new(),
    }
}

pub fn shown(left_out: Vec<(chrono::NaiveDate, String)>) -> Vec<LeftOut> {
    left_out.into_iter().map(|(day, name)| LeftOut { day: day.to_string(), name }).collect()
}

pub async fn create(parts: &Parts, caller: &Caller, key: &str, input: NewSeries) -> Answer<(Series, i32)> {
    let mut checks = Checks::new();
    let title = checks.text("title", &input.title, 1, 160);
    let summary = checks.text("summary", input.summary.as_deref().unwrap_or_default(), 0, 500);
    let plan = schedule::read_plan(&mut checks, &input.plan);
    checks.finish()?;
    let except = read::except(&input.except)?;
    let (input, title, summary, plan, except) = (&input, &title, &summary, &plan, &except);
    let row = parts
        .db
        .write(|tx| {
            async move {
                let program = place::staff_of_key(tx.conn(), caller, key).await?.plans()?.into_program();
                if program.status == ProgramStatus::Archived {
                    let text = "This program is archived. Publish it again before you plan sessions in it.";
                    return Err(Refusal::conflict("archived", text));
                }
                schedule::check_lead(tx, program.id, input.lead_id).await?;
                let pattern = pattern(input, &program)?;
                let breaks = breaks(store::breaks(tx.conn(), program.id).await?, input)?;
                let made = read::made(&pattern, &breaks)?.sessions;
                let now = parts.clock.now();
                let row = Model {
                    id: SeriesId::new(),
                    program_id: program.id,
                    rule: pattern.rule.to_string(),
                    starts_local: read::text(pattern.starts),
                    ends_local: read::text(pattern.ends),
                    time_zone: pattern.zone.name().into(),
                    title: title.clone(),
                    icon: input.icon,
                    tone: input.tone,
                    lead_id: input.lead_id,
                    version: 1,
                    created_at: now,
                    updated_at: now,
                    summary: summary.clone(),
                    plan: schedule::written(plan),
                    except: read::written(except),
                };
                for one in &made {
                    schedule::fits(plan, one.starts_at, one.ends_at)?;
                }
                insert(tx, row.clone()).await?;
                add(parts, tx, &row, &made, now).await?;
                Ok(row)
            }
            .boxed()
        })
        .await?;
    show::answer(parts, row).await
}

pub async fn insert(tx: &Tx<'_>, row: Model) -> Answer<()> {
    Entity::insert(ActiveModel::from(row).reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Sessions for these times. All of them are announced; pages are told once.
pub async fn add(parts: &Parts, tx: &Tx<'_>, row: &Model, made: &[Occurrence], now: At) -> Answer<()> {
    let sessions: Vec<session::Model> = made.iter().map(|one| of(row, one, now)).collect();
    for some in sessions.chunks(50) {
        let rows = some.iter().map(|one| session::ActiveModel::from(one.clone()).reset_all());
        session::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    for one in &sessions {
        let fact = Fact::SessionChanged { session: one.id, program: one.program_id, at: now };
        outbox::announce(parts, tx, fact).await?;
    }
    match sessions.first() {
        Some(first) => run::push(parts, tx, first, "session_changed").await,
        None => Ok(()),
    }
}

fn of(row: &Model, one: &Occurrence, now: At) -> session::Model {
    session::Model {
        id: SessionId::new(),
        program_id: row.program_id,
        title: row.title.clone(),
        summary: row.summary.clone(),
        starts_local: read::text(one.starts),
        ends_local: read::text(one.ends),
        time_zone: row.time_zone.clone(),
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        state: State::Scheduled,
        started_at: None,
        ended_at: None,
        cancel_reason: None,
        icon: row.icon,
        tone: row.tone,
        lead_id: row.lead_id,
        plan: row.plan.clone(),
        series_id: Some(row.id),
        original_start: Some(read::text(one.original)),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
