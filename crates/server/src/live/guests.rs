//! Guests: people without an account who ask to come into one session. A host lets them in; their attendance is kept
//! under the name they gave.

use futures::FutureExt;

use super::desk::waiting;
use super::join::{self, Admitted};
use super::policy::{self, Knock};
use super::wire::{Joined, NewGuest, Where};
use super::{store, token};
use crate::accounts::store::NewUser;
use crate::accounts::{self, Role};
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal, SessionId};
use crate::plumbing::Parts;
use crate::programs::{self, place, program};

/// Takes a seat for somebody without an account. Who shows the token of a seat they had is the same person again.
pub async fn join(parts: &Parts, session: SessionId, input: &NewGuest) -> Answer<Joined> {
    let mut checks = Checks::new();
    let name = checks.text("name", &input.name, 1, 80);
    checks.finish()?;
    let conn = parts.db.read();
    let (session, program) = programs::store::need_session(conn, session).await?;
    place::seen(conn, None, &program).await.map_err(|_| Refusal::not_found("session"))?;
    if !program.guests {
        return Err(policy::no_guests());
    }
    let desk = join::desk_of(parts, &session, &program).await?;
    let known = match &input.token {
        Some(token) => Some(known(parts, session.id, token).await?),
        None => None,
    };
    let (removed, was_in) = match &known {
        Some(user) => {
            (store::was_removed(conn, session.id, user.id).await?, store::was_in(conn, session.id, user.id).await?)
        }
        None => (false, false),
    };
    let knock = Knock {
        staff: false,
        attends: true,
        removed,
        locked_out: desk.rules.locked && !was_in,
        state: session.state,
        ends_at: session.ends_at,
        can_join_at: programs::run::open_for(&session, &program),
        now: parts.clock.now(),
    };
    let place = policy::may_join(&knock)?;
    let waits = known.as_ref().is_none_or(|user| waiting::is_new(&desk, user.id, true));
    let place = if place == Where::Live && waits { Where::Waiting } else { place };
    let user = match known {
        Some(user) => user,
        None => make(parts, &name, &program).await?,
    };
    join::seated(parts, Admitted { session, program, staff: false, place, waits, user }).await
}

/// The guest who had a seat in this session.
async fn known(parts: &Parts, session: SessionId, token: &str) -> Answer<accounts::model::Model> {
    let words = "This token is not of a guest of this session. Leave it out to come as somebody new.";
    let not_yours = || Refusal::field("token", "not-yours", words);
    let claims = token::read(parts, token).map_err(|_| not_yours())?;
    let user = accounts::store::find(parts.db.read(), claims.user).await?;
    user.filter(|user| claims.session == session && user.guest && user.active).ok_or_else(not_yours)
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
