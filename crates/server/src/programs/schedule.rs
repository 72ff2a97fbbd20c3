//! The timetable's making: sessions are added, moved, described, taken away.

use futures::FutureExt;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::model::{ProgramStatus, State, program, session};
use super::when::{self, Asked, Moment, When};
use super::wire::{NewSession, PlanStep, SessionPatch};
use super::{edit, place, run, store};
use crate::accounts::Caller;
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::time::parse_local;
use crate::kit::{Answer, At, ProgramId, Refusal, SessionId, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::http::IfMatch;

pub type Scheduled = (session::Model, program::Model);

/// Adds a session to a program.
pub async fn create(parts: &Parts, caller: &Caller, key: &str, input: NewSession) -> Answer<Scheduled> {
    let mut checks = Checks::new();
    let title = checks.text("title", &input.title, 1, 160);
    let summary = checks.text("summary", input.summary.as_deref().unwrap_or_default(), 0, 500);
    let plan = read_plan(&mut checks, &input.plan);
    checks.finish()?;
    let (input, title, summary, plan) = (&input, &title, &summary, &plan);
    parts
        .db
        .write(|tx| {
            async move {
                let program = place::staff_of_key(tx.conn(), caller, key).await?.plans()?.into_program();
                if program.status == ProgramStatus::Archived {
                    let text = "This program is archived. Publish it again before you plan sessions in it.";
                    return Err(Refusal::conflict("archived", text));
                }
                let when = when::read(asked_new(input), None, program.zone())?;
                check_lead(tx, program.id, input.lead_id).await?;
                fits(plan, when.starts.at, when.ends.at)?;
                let words = Words { title, summary, plan };
                let session = planned(&program, when, input, words, parts.clock.now());
                let row = session.clone().into_active_model().reset_all();
                session::Entity::insert(row).exec_without_returning(tx.conn()).await?;
                changed(parts, tx, &session).await?;
                Ok((session, program))
            }
            .boxed()
        })
        .await
}

/// What is written about a session.
struct Words<'a> {
    title: &'a str,
    summary: &'a str,
    plan: &'a [PlanStep],
}

/// So many steps at most, within so many minutes.
const MOST_STEPS: usize = 12;
const LONGEST_MINUTES: i64 = 24 * 60;

pub(super) fn read_plan(checks: &mut Checks, plan: &[PlanStep]) -> Vec<PlanStep> {
    checks.ensure(plan.len() <= MOST_STEPS, "plan", "too-long", format!("Plan at most {MOST_STEPS} steps."));
    let ordered = plan.windows(2).all(|pair| pair[0].minute < pair[1].minute);
    checks.ensure(ordered, "plan", "not-in-order", "Put the steps in the order of their minutes, each at its own.");
    let mut read = Vec::new();
    for (place, step) in plan.iter().take(MOST_STEPS).enumerate() {
        let minute = checks.number(&format!("plan[{place}].minute"), step.minute, 0, LONGEST_MINUTES);
        read.push(PlanStep { minute, title: checks.text(&format!("plan[{place}].title"), &step.title, 1, 80) });
    }
    read
}

/// No step begins after the end.
pub(super) fn fits(plan: &[PlanStep], starts_at: At, ends_at: At) -> Answer<()> {
    match plan.last() {
        Some(last) if starts_at.plus_minutes(last.minute) >= ends_at => {
            let text = "A step begins after the session's end. Give it an earlier minute.";
            Err(Refusal::field("plan", "after-the-end", text))
        }
        _ => Ok(()),
    }
}

pub(super) fn written(plan: &[PlanStep]) -> String {
    serde_json::to_string(plan).expect("a plan is JSON")
}

fn planned(
    program: &program::Model,
    when: When,
    input: &NewSession,
    Words { title, summary, plan }: Words<'_>,
    now: At,
) -> session::Model {
    session::Model {
        id: SessionId::new(),
        program_id: program.id,
        title: title.into(),
        summary: summary.into(),
        starts_local: when.starts.text(),
        ends_local: when.ends.text(),
        time_zone: when.zone.name().into(),
        starts_at: when.starts.at,
        ends_at: when.ends.at,
        state: State::Scheduled,
        started_at: None,
        ended_at: None,
        cancel_reason: None,
        icon: input.icon,
        tone: input.tone,
        lead_id: input.lead_id,
        plan: written(plan),
        series_id: None,
        original_start: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Changes a session. Once it began or was cancelled, only its words change: title, summary and plan.
pub async fn change(
    parts: &Parts,
    caller: &Caller,
    id: SessionId,
    if_match: &IfMatch,
    patch: SessionPatch,
) -> Answer<Scheduled> {
    let mut checks = Checks::new();
    let title = patch.title.as_deref().map(|t| checks.text("title", t, 1, 160));
    let summary = patch.summary.as_deref().map(|s| checks.text("summary", s, 0, 500));
    let plan = patch.plan.as_deref().map(|plan| read_plan(&mut checks, plan));
    checks.finish()?;
    let (patch, title, summary, plan) = (&patch, &title, &summary, &plan);
    parts
        .db
        .write(|tx| {
            async move {
                let (before, staff) = place::staff_of_session(tx.conn(), caller, id).await?;
                let program = staff.plans()?.into_program();
                if_match.check(&edit::etag(before.version))?;
                let mut row = before.clone().into_active_model();
                title.iter().for_each(|title| row.title = Set(title.clone()));
                summary.iter().for_each(|summary| row.summary = Set(summary.clone()));
                if let Some(plan) = plan {
                    fits(plan, before.starts_at, before.ends_at)?;
                    row.plan = Set(written(plan));
                }
                if replans(patch) {
                    still_planned(&before)?;
                    replan(tx, patch, &before, &mut row).await?;
                }
                let session = run::save(tx, row, parts.clock.now()).await?;
                changed(parts, tx, &session).await?;
                Ok((session, program))
            }
            .boxed()
        })
        .await
}

/// Whether the patch changes more than words.
fn replans(patch: &SessionPatch) -> bool {
    !asked_patch(patch).is_nothing() || patch.icon.is_some() || patch.tone.is_some() || patch.lead_id.is_some()
}

fn still_planned(session: &session::Model) -> Answer<()> {
    match session.state {
        State::Scheduled => Ok(()),
        State::Cancelled => Err(run::is_cancelled()),
        State::Live | State::Ended => {
            let text = "This class has begun. Its title and summary can still change, its time cannot.";
            Err(Refusal::conflict("already-begun", text))
        }
    }
}

async fn replan(
    tx: &Tx<'_>,
    patch: &SessionPatch,
    before: &session::Model,
    row: &mut session::ActiveModel,
) -> Answer<()> {
    let asked = asked_patch(patch);
    if !asked.is_nothing() {
        let stands = stands(before);
        let when = when::read(asked, Some(&stands), stands.zone)?;
        row.starts_local = Set(when.starts.text());
        row.ends_local = Set(when.ends.text());
        row.starts_at = Set(when.starts.at);
        row.ends_at = Set(when.ends.at);
        row.time_zone = Set(when.zone.name().into());
    }
    patch.icon.iter().for_each(|icon| row.icon = Set(*icon));
    patch.tone.iter().for_each(|tone| row.tone = Set(*tone));
    if let Some(lead) = patch.lead_id {
        check_lead(tx, before.program_id, lead).await?;
        row.lead_id = Set(lead);
    }
    Ok(())
}

/// Takes a session away that never began.
pub async fn delete(parts: &Parts, caller: &Caller, id: SessionId) -> Answer<()> {
    parts
        .db
        .write(|tx| {
            async move {
                let (session, staff) = place::staff_of_session(tx.conn(), caller, id).await?;
                staff.plans()?;
                if session.started_at.is_some() || matches!(session.state, State::Live | State::Ended) {
                    return Err(has_history());
                }
                match session::Entity::delete_by_id(id).exec(tx.conn()).await {
                    Err(error) if store::is_referred_to(&error) => return Err(has_history()),
                    done => done?,
                };
                // No fact: who hears it would look for a session that is gone.
                run::push(parts, tx, &session, "session_changed").await
            }
            .boxed()
        })
        .await
}

pub(super) async fn changed(parts: &Parts, tx: &Tx<'_>, session: &session::Model) -> Answer<()> {
    let fact = Fact::SessionChanged { session: session.id, program: session.program_id, at: session.updated_at };
    run::tell(parts, tx, session, "session_changed", fact).await
}

pub(super) async fn check_lead(tx: &Tx<'_>, program: ProgramId, lead: Option<UserId>) -> Answer<()> {
    if let Some(lead) = lead
        && store::part_of(tx.conn(), program, lead).await?.is_none()
    {
        let text = "Choose one of the program's staff to lead this session.";
        return Err(Refusal::field("lead_id", "not-staff", text));
    }
    Ok(())
}

fn asked_new(input: &NewSession) -> Asked<'_> {
    Asked {
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        starts_local: input.starts_local.as_deref(),
        ends_local: input.ends_local.as_deref(),
        time_zone: input.time_zone.as_deref(),
    }
}

fn asked_patch(patch: &SessionPatch) -> Asked<'_> {
    Asked {
        starts_at: patch.starts_at,
        ends_at: patch.ends_at,
        starts_local: patch.starts_local.as_deref(),
        ends_local: patch.ends_local.as_deref(),
        time_zone: patch.time_zone.as_deref(),
    }
}

fn stands(session: &session::Model) -> When {
    let zone = session.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let moment = |text: &str, at: At| Moment { local: parse_local(text).unwrap_or(at.local(zone)), at };
    When {
        zone,
        starts: moment(&session.starts_local, session.starts_at),
        ends: moment(&session.ends_local, session.ends_at),
    }
}

fn has_history() -> Refusal {
    let text = "People have been in this session, so it is kept. Cancel it if it does not take place.";
    Refusal::conflict("has-history", text)
}
