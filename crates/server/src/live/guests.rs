//! Guests: people without an account who ask to come into one session. A host lets them in; their attendance is kept
//! under the name they gave.

use futures::FutureExt;

use super::join::{self, Admitted};
use super::policy::{self, Knock};
use super::wire::{Joined, Where};
use crate::accounts::store::NewUser;
use crate::accounts::{self, Role};
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal, SessionId};
use crate::plumbing::Parts;
use crate::programs::{self, place, program};

/// Takes a seat for somebody without an account.
pub async fn join(parts: &Parts, session: SessionId, name: &str) -> Answer<Joined> {
    let mut checks = Checks::new();
    let name = checks.text("name", name, 1, 80);
    checks.finish()?;
    let conn = parts.db.read();
    let (session, program) = programs::store::need_session(conn, session).await?;
    place::seen(conn, None, &program).await.map_err(|_| Refusal::not_found("session"))?;
    if !program.guests {
        return Err(policy::no_guests());
    }
    let desk = join::desk_of(parts, &session, &program).await?;
    let knock = Knock {
        staff: false,
        attends: true,
        removed: false,
        locked_out: desk.rules.locked,
        state: session.state,
        ends_at: session.ends_at,
        can_join_at: programs::run::open_for(&session, &program),
        now: parts.clock.now(),
    };
    let place = policy::may_join(&knock)?;
    let place = if place == Where::Live { Where::Waiting } else { place };
    let user = make(parts, &name, &program).await?;
    join::seated(parts, Admitted { session, program, staff: false, place, waits: true, user }).await
}

async fn make(parts: &Parts, name: &str, program: &program::Model) -> Answer<accounts::model::Model> {
    parts
        .db
        .write(|tx| {
            async move {
                let new = NewUser {
                    name,
                    email: None,
                    password_hash: None,
                    role: Role::Participant,
                    time_zone: &program.time_zone,
                    guest: true,
                };
                accounts::store::insert(parts, tx, new).await
            }
            .boxed()
        })
        .await
}

/// Whether this person may sit without being enrolled.
pub fn needs_no_enrollment(user: &accounts::model::Model, program: &program::Model) -> bool {
    user.guest && program.guests
}
