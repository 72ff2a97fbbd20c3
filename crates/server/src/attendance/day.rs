//! My day: what somebody attends or teaches on a date, in their own zone.

use chrono::NaiveDate;

use super::wire::{Day, DayQuery};
use super::{dates, items};
use crate::accounts::Caller;
use crate::kit::Answer;
use crate::kit::checks::Checks;
use crate::plumbing::Parts;
use crate::programs::timetable;

pub async fn day(parts: &Parts, caller: &Caller, query: DayQuery) -> Answer<Day> {
    let date = date_or_today(parts, caller, query)?;
    let (from, to) = dates::span(date, date, caller.time_zone);
    let slots = timetable::sessions_for_user(parts.db.read(), caller, from, to).await?;
    let items = items::items(parts, caller, slots).await?;
    Ok(Day { date, time_zone: caller.time_zone.name().into(), items })
}

/// The date that is asked for, or today where the caller is.
pub fn date_or_today(parts: &Parts, caller: &Caller, query: DayQuery) -> Answer<NaiveDate> {
    let Some(text) = query.date else { return Ok(parts.clock.now().local(caller.time_zone).date()) };
    let mut checks = Checks::new();
    let date = dates::read(&mut checks, "date", &text);
    checks.finish()?;
    Ok(date.unwrap_or_default())
}
