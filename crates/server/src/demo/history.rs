//! Four weeks of presence, with what happens in real rooms: some come late, leave early, drop out and come back, sit at
//! two devices at once, or stay away.

use super::people::{PARTICIPANTS, STAFF};
use super::seed::Seed;
use super::store::Rows;
use crate::attendance::model::{self, Source};
use crate::kit::{At, UserId};
use crate::programs::{State, Status, session};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
/// Who is away has been so for this long.
const AWAY_DAYS: i64 = 6;

/// A time from here to there, in microseconds.
type Stay = (i64, i64);

/// Who was there in every session that was held.
pub fn attendances(seed: &mut Seed, start: At, rows: &Rows) -> Vec<model::Model> {
    let mut all = Vec::new();
    for session in rows.sessions.iter().filter(|s| s.state == State::Ended) {
        let (Some(began), Some(ended)) = (session.started_at, session.ended_at) else { continue };
        if let Some(lead) = session.lead_id {
            let stay = (began.0 + seed.between(SECOND / 10, SECOND), ended.0);
            all.push(row(seed, session, lead, true, stay));
        }
        for user in came(seed, start, session, rows) {
            for stay in stays(seed, began.0, ended.0) {
                all.push(row(seed, session, user, false, stay));
            }
        }
    }
    all
}

/// Who of the enrolled came, by how often they come at all.
fn came(seed: &mut Seed, start: At, session: &session::Model, rows: &Rows) -> Vec<UserId> {
    let lately = session.starts_at > start.plus_seconds(-AWAY_DAYS * 86_400);
    let mut came = Vec::new();
    for enrollment in &rows.enrollments {
        if enrollment.program_id != session.program_id || enrollment.status != Status::Active {
            continue;
        }
        let place = rows.users.iter().position(|u| u.id == enrollment.user_id);
        let Some(person) = place.and_then(|p| PARTICIPANTS.get(p - STAFF.len())) else { continue };
        if seed.chance(person.comes) && !(person.away && lately) {
            came.push(enrollment.user_id);
        }
    }
    came
}

/// How one person was in a class that lasted from `began` to `ended`.
fn stays(seed: &mut Seed, began: i64, ended: i64) -> Vec<Stay> {
    let from = match seed.between(1, 100) {
        // Waited in the lobby.
        1..=45 => began + seed.between(SECOND / 5, 2 * SECOND),
        46..=90 => began + seed.between(2 * SECOND, 100 * SECOND),
        _ => began + seed.between(3 * MINUTE, 11 * MINUTE),
    };
    let length = ended - from;
    let part = |seed: &mut Seed, low, high| from + length / 100 * seed.between(low, high) + seed.between(0, SECOND);
    match seed.between(1, 100) {
        // Left early.
        1..=7 => vec![(from, part(seed, 40, 85))],
        // Dropped out and came back, some of them twice.
        8..=17 => {
            let gone = part(seed, 15, 45);
            let back = gone + seed.between(12 * SECOND, 150 * SECOND);
            let again = part(seed, 60, 90);
            if seed.chance(25) {
                let returned = again + seed.between(8 * SECOND, 60 * SECOND);
                vec![(from, gone), (back, again), (returned, ended)]
            } else {
                vec![(from, gone), (back, ended)]
            }
        }
        // A tablet and a phone.
        18..=21 => vec![(from, ended), (part(seed, 20, 40), part(seed, 60, 90))],
        _ => vec![(from, ended)],
    }
}

fn row(seed: &mut Seed, session: &session::Model, user: UserId, staff: bool, (from, to): Stay) -> model::Model {
    model::Model {
        id: seed.id(At(from)),
        session_id: session.id,
        user_id: user,
        seat_id: None,
        staff,
        joined_at: At(from),
        left_at: Some(At(to)),
        source: Source::Live,
        author_id: None,
        reason: None,
        created_at: At(from),
    }
}
