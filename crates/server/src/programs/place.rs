//! Where somebody stands in a program, and the permissions that follow from it.

use sea_orm::ConnectionTrait;

use super::model::{Part, Status, program, session};
use super::{policy, store};
use crate::accounts::{Caller, Scope};
use crate::kit::{Answer, ProgramId, Refusal, SessionId, UserId};

/// Where somebody stands in a program. The default is a stranger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub admin: bool,
    pub part: Option<Part>,
    pub enrollment: Option<Status>,
}

impl Place {
    pub fn is_staff(&self) -> bool {
        self.admin || self.part.is_some()
    }
    /// Whether they may come to its sessions, as a participant.
    pub fn attends(&self) -> bool {
        self.enrollment.is_some_and(Status::attends)
    }
}

/// Whether the staff table speaks for this caller: a join link never makes staff, nor does a row that outlived
/// the right to teach.
pub fn staffs(caller: &Caller) -> bool {
    caller.may_teach() && caller.scope == Scope::Account
}

pub async fn of(conn: &impl ConnectionTrait, caller: &Caller, program: ProgramId) -> Answer<Place> {
    let part = if staffs(caller) { store::part_of(conn, program, caller.id).await? } else { None };
    let enrollment = store::enrollment_of(conn, program, caller.id).await?.map(|e| e.status);
    Ok(Place { admin: caller.is_admin(), part, enrollment })
}

/// Where the caller stands in a program they may know; 404 when they may not.
pub async fn seen(conn: &impl ConnectionTrait, caller: Option<&Caller>, program: &program::Model) -> Answer<Place> {
    let place = match caller {
        Some(caller) => of(conn, caller, program.id).await?,
        None => Place::default(),
    };
    if policy::may_see(program, &place) { Ok(place) } else { Err(no_such_program()) }
}

/// Where the caller stands in a session's program; 404 when they may not know it.
pub async fn of_session(conn: &impl ConnectionTrait, caller: &Caller, session: SessionId) -> Answer<Place> {
    let (_, program) = store::need_session(conn, session).await?;
    seen(conn, Some(caller), &program).await.map_err(|refusal| match refusal.status {
        404 => Refusal::not_found("session"),
        _ => refusal,
    })
}

/// Proof that somebody is staff of a program: lead, co-instructor, assistant, or an admin.
#[derive(Clone, Debug)]
pub struct Staff {
    program: program::Model,
    place: Place,
    user: UserId,
}

impl Staff {
    pub fn program(&self) -> &program::Model {
        &self.program
    }
    pub fn user(&self) -> UserId {
        self.user
    }
    /// The further permission to change the program and its timetable.
    pub fn plans(self) -> Answer<Planner> {
        policy::may_plan(&self.place)?;
        Ok(Planner { program: self.program, place: self.place })
    }
}

/// Proof that somebody may change a program: its lead, a co-instructor, or an admin.
#[derive(Clone, Debug)]
pub struct Planner {
    program: program::Model,
    place: Place,
}

impl Planner {
    pub fn program(&self) -> &program::Model {
        &self.program
    }
    pub fn into_program(self) -> program::Model {
        self.program
    }
    pub fn place(&self) -> &Place {
        &self.place
    }
}

/// 404 when the program is not theirs to know, 403 when they know it but are not its staff.
pub async fn staff_of(conn: &impl ConnectionTrait, caller: &Caller, program: ProgramId) -> Answer<Staff> {
    let program = store::find_program(conn, program).await?.ok_or_else(no_such_program)?;
    as_staff(conn, caller, program).await
}

/// The same for a program found by its id or slug.
pub async fn staff_of_key(conn: &impl ConnectionTrait, caller: &Caller, key: &str) -> Answer<Staff> {
    as_staff(conn, caller, store::need_program(conn, key).await?).await
}

/// The same for a session's program; the refusal speaks of the session.
pub async fn staff_of_session(
    conn: &impl ConnectionTrait,
    caller: &Caller,
    session: SessionId,
) -> Answer<(session::Model, Staff)> {
    let (session, program) = store::need_session(conn, session).await?;
    let staff = as_staff(conn, caller, program).await.map_err(|refusal| match refusal.status {
        404 => Refusal::not_found("session"),
        _ => refusal,
    })?;
    Ok((session, staff))
}

async fn as_staff(conn: &impl ConnectionTrait, caller: &Caller, program: program::Model) -> Answer<Staff> {
    let place = seen(conn, Some(caller), &program).await?;
    policy::may_run(&place)?;
    Ok(Staff { program, place, user: caller.id })
}

pub fn no_such_program() -> Refusal {
    Refusal::not_found("program")
}
