//! Enrolling and leaving. Places are counted in the program's row: a change that would oversell does not happen.

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, IntoActiveModel, sea_query::ExprTrait};
use serde_json::json;

use super::model::{ProgramStatus, Status, enrollment, program};
use super::place::{self, Place};
use super::{policy, store, wire};
use crate::accounts::{self, Caller, Scope};
use crate::events::Fact;
use crate::kit::{Answer, EnrollmentId, ProgramId, Refusal, UserId};
use crate::plumbing::db::{Tx, violates};
use crate::plumbing::{Parts, outbox, pushes};

/// Enrolls the caller, or whom the program's staff name. A full program puts them in line.
pub async fn enroll(parts: &Parts, caller: &Caller, key: &str, whom: Option<UserId>) -> Answer<wire::Enrollment> {
    policy::may_choose_programs(caller)?;
    parts
        .db
        .write(|tx| {
            async move {
                let program = store::need_program(tx.conn(), key).await?;
                let place = place::seen(tx.conn(), Some(caller), &program).await?;
                let name = match whom.filter(|id| *id != caller.id) {
                    Some(other) => may_add(tx, &program, &place, other).await?,
                    None => may_come(caller, &program, &place)?,
                };
                let user = whom.unwrap_or(caller.id);
                let row = take(parts, tx, &program, user).await?;
                let line = store::place_in_line(tx.conn(), &row).await?;
                Ok(wire::Enrollment::of(row, name, line))
            }
            .boxed()
        })
        .await
}

fn may_come(caller: &Caller, program: &program::Model, place: &Place) -> Answer<String> {
    if place.is_staff() {
        return Err(is_staff());
    }
    is_open(program)?;
    if !place.enrollment.is_some_and(Status::belongs) {
        policy::may_enroll_self(program)?;
    }
    Ok(caller.name.to_string())
}

async fn may_add(tx: &Tx<'_>, program: &program::Model, place: &Place, user: UserId) -> Answer<String> {
    policy::may_run(place)?;
    is_open(program)?;
    let found = accounts::store::find(tx.conn(), user).await?;
    let Some(user) = found.filter(|u| u.erased_at.is_none()) else {
        return Err(Refusal::field("user_id", "unknown-person", "There is no such person. Choose somebody else."));
    };
    if !user.active {
        return Err(Refusal::conflict("inactive", "This account is switched off. Switch it on first."));
    }
    let teaches = user.role != accounts::Role::Participant;
    if user.role == accounts::Role::Admin || teaches && store::part_of(tx.conn(), program.id, user.id).await?.is_some()
    {
        return Err(is_staff());
    }
    Ok(user.name)
}

fn is_open(program: &program::Model) -> Answer<()> {
    match program.status {
        ProgramStatus::Published => Ok(()),
        ProgramStatus::Draft => {
            let text = "This program is a draft. Publish it, then people can enroll.";
            Err(Refusal::conflict("not-published", text))
        }
        ProgramStatus::Archived => {
            Err(Refusal::conflict("archived", "This program is archived and takes nobody in any more."))
        }
    }
}

/// Takes a place, or the end of the line.
async fn take(parts: &Parts, tx: &Tx<'_>, program: &program::Model, user: UserId) -> Answer<enrollment::Model> {
    let before = store::enrollment_of(tx.conn(), program.id, user).await?;
    if let Some(row) = before.as_ref().filter(|row| row.status.belongs()) {
        return Err(already_enrolled(row.status));
    }
    let status = if take_place(tx, program.id).await? { Status::Active } else { Status::Waitlisted };
    if status == Status::Waitlisted {
        count(tx, program.id, program::Column::Waiting, 1).await?;
    }
    let now = parts.clock.now();
    let row = match before {
        Some(row) => {
            let mut row = row.into_active_model();
            (row.status, row.queued_at, row.updated_at) = (Set(status), Set(now), Set(now));
            enrollment::Entity::update(row).exec(tx.conn()).await?
        }
        None => {
            let (id, program_id, user_id) = (EnrollmentId::new(), program.id, user);
            let row =
                enrollment::Model { id, program_id, user_id, status, queued_at: now, created_at: now, updated_at: now };
            let all = row.clone().into_active_model().reset_all();
            match enrollment::Entity::insert(all).exec_without_returning(tx.conn()).await {
                Err(error) if violates(&error, "user_id") || violates(&error, "enrollments_once") => {
                    return Err(already_enrolled(status));
                }
                done => done?,
            };
            row
        }
    };
    tell(parts, tx, &row).await?;
    Ok(row)
}

/// Takes one place if there is one. The condition is in the change itself, and the table's check stands behind it.
async fn take_place(tx: &Tx<'_>, program: ProgramId) -> Answer<bool> {
    use program::Column::{Capacity, Id, Taken};
    let room = Capacity.is_null().or(Expr::col(Taken).lt(Expr::col(Capacity)));
    let taken = program::Entity::update_many()
        .col_expr(Taken, Expr::col(Taken).add(1))
        .filter(Id.eq(program).and(room))
        .exec(tx.conn())
        .await?;
    Ok(taken.rows_affected == 1)
}

async fn count(tx: &Tx<'_>, program: ProgramId, column: program::Column, by: i32) -> Answer<()> {
    program::Entity::update_many()
        .col_expr(column, Expr::col(column).add(by))
        .filter(program::Column::Id.eq(program))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Leaves a program, or takes somebody out of it. The place goes to the first in line.
pub async fn leave(parts: &Parts, caller: &Caller, id: EnrollmentId) -> Answer<()> {
    parts
        .db
        .write(|tx| {
            async move {
                let row = may_leave(tx, caller, id).await?;
                let (program, was) = (row.program_id, row.status);
                let mut row = row.into_active_model();
                row.status = Set(Status::Cancelled);
                row.updated_at = Set(parts.clock.now());
                let row = enrollment::Entity::update(row).exec(tx.conn()).await?;
                let column = if was.holds_a_place() { program::Column::Taken } else { program::Column::Waiting };
                count(tx, program, column, -1).await?;
                tell(parts, tx, &row).await?;
                let program = store::find_program(tx.conn(), program).await?.ok_or_else(place::no_such_program)?;
                promote(parts, tx, program).await.map(|_| ())
            }
            .boxed()
        })
        .await
}

async fn may_leave(tx: &Tx<'_>, caller: &Caller, id: EnrollmentId) -> Answer<enrollment::Model> {
    let unknown = || Refusal::not_found("enrollment");
    let row = store::find_enrollment(tx.conn(), id).await?.ok_or_else(unknown)?;
    if row.user_id == caller.id && caller.scope == Scope::Link {
        policy::may_choose_programs(caller)?;
    }
    let place = place::of(tx.conn(), caller, row.program_id).await?;
    if row.user_id != caller.id && !place.is_staff() || row.status == Status::Cancelled {
        return Err(unknown());
    }
    if row.status == Status::Completed {
        let text = "This program is completed. It stays in the records.";
        return Err(Refusal::conflict("already-completed", text));
    }
    Ok(row)
}

/// Lets people in from the line while there are places. Answers the program with its new counts.
pub(super) async fn promote(parts: &Parts, tx: &Tx<'_>, mut program: program::Model) -> Answer<program::Model> {
    let open = program.status == ProgramStatus::Published;
    while open && program.waiting > 0 && program.places_left() != Some(0) {
        let Some(first) = store::first_in_line(tx.conn(), program.id).await? else { break };
        if !take_place(tx, program.id).await? {
            break;
        }
        count(tx, program.id, program::Column::Waiting, -1).await?;
        let mut row = first.into_active_model();
        row.status = Set(Status::Active);
        row.updated_at = Set(parts.clock.now());
        let row = enrollment::Entity::update(row).exec(tx.conn()).await?;
        tell(parts, tx, &row).await?;
        (program.taken, program.waiting) = (program.taken + 1, program.waiting - 1);
    }
    Ok(program)
}

/// Announces where an enrollment stands now, and pushes it to its person.
async fn tell(parts: &Parts, tx: &Tx<'_>, row: &enrollment::Model) -> Answer<()> {
    let (enrollment, program, user, at) = (row.id, row.program_id, row.user_id, row.updated_at);
    let fact = match row.status {
        Status::Waitlisted => Fact::EnrollmentWaitlisted { enrollment, program, user, at },
        Status::Cancelled => Fact::EnrollmentCancelled { enrollment, program, user, at },
        _ => Fact::EnrollmentConfirmed { enrollment, program, user, at },
    };
    outbox::announce(parts, tx, fact).await?;
    let payload = json!(wire::EnrollmentPush { program_id: program, status: row.status });
    pushes::push(parts, tx, format!("user:{user}"), "enrollment_changed", payload).await
}

fn already_enrolled(status: Status) -> Refusal {
    let text = match status {
        Status::Waitlisted => "Already in line for this program.",
        _ => "Already enrolled in this program.",
    };
    Refusal::conflict("already-enrolled", text).with("status", json!(status))
}

fn is_staff() -> Refusal {
    Refusal::conflict("is-staff", "Staff of a program do not enroll in it; they are in already.")
}
