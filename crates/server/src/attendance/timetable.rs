//! A program's timetable: some days of it with who is due, who came and what is on, for its staff.

use chrono::NaiveDate;

use super::wire::{Timetable, TimetableQuery};
use super::{dates, items};
use crate::accounts::Caller;
use crate::kit::Answer;
use crate::kit::checks::Checks;
use crate::plumbing::Parts;
use crate::programs::{place, timetable};

/// Six weeks: what a month's calendar shows.
const MOST_DAYS: i64 = 42;

pub async fn timetable(parts: &Parts, caller: &Caller, key: &str, query: TimetableQuery) -> Answer<Timetable> {
    let staff = place::staff_of_key(parts.db.read(), caller, key).await?;
    let (first, last) = read(&query)?;
    let program = staff.program();
    let (from, to) = dates::span(first, last, program.zone());
    let slots = timetable::sessions_of_program(parts.db.read(), program.id, from, to).await?;
    Ok(Timetable { time_zone: program.time_zone.clone(), items: items::items(parts, caller, slots).await? })
}

fn read(query: &TimetableQuery) -> Answer<(NaiveDate, NaiveDate)> {
    let mut checks = Checks::new();
    let first = dates::read(&mut checks, "from", &query.from);
    let last = dates::read(&mut checks, "to", &query.to);
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    if first > last {
        checks.fail("to", "before-start", "Choose a last date that is not before the first.");
    } else if (last - first).num_days() >= MOST_DAYS {
        checks.fail("to", "too-many-days", format!("Choose at most {MOST_DAYS} days at once."));
    }
    checks.finish()?;
    Ok((first, last))
}
