//! The sample organisation of `--demo`: people, four weeks of history, and a timetable around the present with one class
//! always inside its join window.
//!
//! It is made of a seed and the start instant, rounded to 30 minutes: the same start makes the same rows, except for
//! the salt of the password's hash. A database that has people is left as it is.

mod activities;
mod history;
mod people;
mod programs;
mod seed;
mod store;
mod timetable;

use futures::FutureExt;

use crate::accounts::Role;
use crate::accounts::password::Passwords;
use crate::kit::{Answer, At};
use crate::plumbing::Parts;

use seed::Seed;
use store::Rows;

pub const ORGANISATION: &str = "Harbour Lane";
pub const ZONE: &str = "Europe/London";
/// Where all sample people have their addresses.
pub const HOST: &str = "demo.example";

/// What became of the wish for a sample organisation.
pub struct Filled {
    /// False where there were people already: then nothing was changed.
    pub fresh: bool,
    /// The sample people who are there, admins first.
    pub people: Vec<Sample>,
}

/// One of the sample people, to be printed.
#[derive(Debug, PartialEq)]
pub struct Sample {
    pub name: String,
    pub email: String,
    pub role: Role,
}

/// Fills an empty database around `start`. All sample people have the same `password`.
pub async fn fill(parts: &Parts, password: &str, start: At) -> Answer<Filled> {
    if crate::accounts::store::count_all(parts.db.read()).await? > 0 {
        return Ok(Filled { fresh: false, people: store::who(parts.db.read()).await? });
    }
    let hash = parts.memory.of::<Passwords>().hash(password).await?;
    let start = rounded(start);
    let rows = &rows(start, &hash);
    let fresh = parts.db.write(|tx| async move { store::insert(tx, start, rows).await }.boxed()).await?;
    Ok(Filled { fresh, people: store::who(parts.db.read()).await? })
}

/// The full or half hour nearest to an instant. The sample class opens 15 minutes before it starts, so whoever starts
/// the server finds the door open, early or late.
pub fn rounded(start: At) -> At {
    const HALF_HOUR: i64 = 30 * 60 * 1_000_000;
    At((start.0 + HALF_HOUR / 2).div_euclid(HALF_HOUR) * HALF_HOUR)
}

fn rows(start: At, password_hash: &str) -> Rows {
    let mut seed = Seed::at(start);
    let mut rows = Rows { users: people::users(&mut seed, start, password_hash), ..Rows::default() };
    programs::add(&mut seed, start, &mut rows);
    rows.sessions = timetable::sessions(&mut seed, start, &rows);
    rows.attendances = history::attendances(&mut seed, start, &rows);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_rounded_to_the_nearest_half_hour() {
        let at = |text: &str| At::parse(text).unwrap();
        for (start, near) in [
            ("2026-11-24T10:14:59Z", "2026-11-24T10:00:00Z"),
            ("2026-11-24T10:15:00Z", "2026-11-24T10:30:00Z"),
            ("2026-11-24T10:30:00Z", "2026-11-24T10:30:00Z"),
            ("2026-11-24T23:50:00Z", "2026-11-25T00:00:00Z"),
        ] {
            assert_eq!(rounded(at(start)), at(near), "{start}");
        }
    }

    #[test]
    fn the_same_start_makes_the_same_rows_and_another_one_others() {
        let at = At::parse("2026-11-24T10:30:00Z").unwrap();
        assert_eq!(rows(at, "hash"), rows(at, "hash"));
        assert_ne!(rows(at, "hash"), rows(at.plus_minutes(30), "hash"));
    }
}
