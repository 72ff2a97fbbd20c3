//! Facts this room hears: classes begin and end, people enroll and leave, accounts change.
//!
//! What follows happens in memory, after the commit that marks the fact as heard; it can be done twice.

use super::desk::leavers;
use super::documents::keeper::Job;
use super::model::Because;
use super::room::{Class, Room, Seat};
use super::{Live, jobs, ledger, notices, recording};
use crate::accounts::{self, Role};
use crate::events::Fact;
use crate::kit::{Answer, At, ProgramId, SessionId, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::programs::{self, State};

pub async fn hear(parts: &Parts, tx: &Tx<'_>, fact: &Fact) -> Answer<()> {
    match *fact {
        Fact::SessionStarted { session, .. } => renew(parts, tx, session, true).await,
        Fact::SessionChanged { session, .. } => {
            jobs::moved(parts, tx, session).await?;
            renew(parts, tx, session, false).await
        }
        Fact::SessionEnded { session, at, .. } => finish(parts, tx, session, State::Ended, at).await,
        Fact::SessionCancelled { session, at, .. } => finish(parts, tx, session, State::Cancelled, at).await,
        Fact::EnrollmentConfirmed { program, user, .. } => {
            let parts = parts.clone();
            tx.after_commit(move || drop(tokio::spawn(async move { notices::enter(&parts, user, program).await })));
            Ok(())
        }
        Fact::EnrollmentCancelled { program, user, .. } => enrollment_ended(parts, tx, program, user).await,
        Fact::PersonRenamed { user, .. } => renamed(parts, tx, user).await,
        Fact::AccountChanged { user, .. } => account_changed(parts, tx, user).await,
        _ => Ok(()),
    }
}

/// Takes over what the rows say of a class; `begins` lets who waits in.
async fn renew(parts: &Parts, tx: &Tx<'_>, session: SessionId, begins: bool) -> Answer<()> {
    let (session, program) = programs::store::need_session(tx.conn(), session).await?;
    let class = Class::of(&session, &program);
    let parts = parts.clone();
    tx.after_commit(move || {
        {
            let mut state = parts.memory.of::<Live>().state();
            if begins && class.is_live() {
                state.start(class, parts.clock.now());
            } else if state.rooms.contains_key(&class.session) {
                state.changed(class, parts.clock.now());
            }
        }
        write_soon(parts);
    });
    Ok(())
}

async fn finish(parts: &Parts, tx: &Tx<'_>, session: SessionId, state: State, at: At) -> Answer<()> {
    recording::ending::class_over(parts, tx, session).await?;
    let parts = parts.clone();
    tx.after_commit(move || {
        recording::run::class_ended(&parts, session, at);
        parts.memory.of::<Live>().keeper.put(Job::Ended { session });
        parts.memory.of::<Live>().state().finish(session, state, at);
        write_soon(parts);
    });
    Ok(())
}

fn write_soon(parts: Parts) {
    tokio::spawn(async move { ledger::write_or_later(&parts).await });
}

/// Who is not in the program any more hears no more of it and loses their seats in its classes. Where they came back
/// before this was heard nothing happens: the rows have the last word.
async fn enrollment_ended(parts: &Parts, tx: &Tx<'_>, program: ProgramId, user: UserId) -> Answer<()> {
    let row = programs::store::enrollment_of(tx.conn(), program, user).await?;
    if row.is_some_and(|row| row.status.attends()) {
        return Ok(());
    }
    let parts = parts.clone();
    tx.after_commit(move || {
        close_seats(&parts, user, Because::EnrollmentEnded, |room, seat| room.class.program == program && !seat.staff);
        tokio::spawn(async move {
            notices::leave(&parts, user, program).await;
            strip(&parts, program, user).await;
            ledger::write_or_later(&parts).await;
        });
    });
    Ok(())
}

/// What hosts gave them in the program's classes ends with the enrollment.
async fn strip(parts: &Parts, program: ProgramId, user: UserId) {
    let sessions: Vec<SessionId> = {
        let state = parts.memory.of::<Live>().state();
        let rooms = state.rooms.iter().filter(|(_, room)| room.class.program == program);
        rooms.map(|(session, _)| *session).collect()
    };
    for session in sessions {
        if let Err(refusal) = leavers::strip(parts, session, "", user).await {
            tracing::warn!(%refusal, "rights of somebody who left the program wait");
        }
    }
}

async fn renamed(parts: &Parts, tx: &Tx<'_>, user: UserId) -> Answer<()> {
    let Some(account) = accounts::store::find(tx.conn(), user).await? else { return Ok(()) };
    let parts = parts.clone();
    tx.after_commit(move || {
        let mut state = parts.memory.of::<Live>().state();
        state.rename(user, &account.name, account.pronouns.as_deref(), parts.clock.now());
    });
    Ok(())
}

/// A new role ends the notices' connections, which come back with a new token; a closed account ends its seats too.
async fn account_changed(parts: &Parts, tx: &Tx<'_>, user: UserId) -> Answer<()> {
    let account = accounts::store::find(tx.conn(), user).await?;
    let teaches = account.as_ref().is_some_and(|account| account.role != Role::Participant);
    let closed = account.is_none_or(|account| !account.active || account.erased_at.is_some());
    let parts = parts.clone();
    tx.after_commit(move || {
        if closed {
            close_seats(&parts, user, Because::AccountClosed, |_, _| true);
        } else if !teaches {
            // A seat of the staff that is no longer theirs: their page may come back as who they are now.
            close_seats(&parts, user, Because::EnrollmentEnded, |_, seat| seat.staff);
        }
        tokio::spawn(async move {
            notices::disconnect(&parts, user).await;
            ledger::write_or_later(&parts).await;
        });
    });
    Ok(())
}

/// Closes the seats of a person that are meant.
fn close_seats(parts: &Parts, user: UserId, because: Because, meant: impl Fn(&Room, &Seat) -> bool) {
    let now = parts.clock.now();
    let mut state = parts.memory.of::<Live>().state();
    let mut seats = Vec::new();
    for room in state.rooms.values() {
        seats.extend(room.seats.values().filter(|seat| seat.user == user && meant(room, seat)).map(|seat| seat.id));
    }
    for seat in seats {
        state.close(seat, now, because);
    }
}
