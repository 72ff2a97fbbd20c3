//! The overview: what staff look after on a date, in their own zone; for an admin everything.

use super::wire::{Day, DayQuery};
use super::{dates, day, items, policy};
use crate::accounts::Caller;
use crate::kit::Answer;
use crate::plumbing::Parts;
use crate::programs::timetable;

pub async fn overview(parts: &Parts, caller: &Caller, query: DayQuery) -> Answer<Day> {
    policy::may_oversee(caller)?;
    let date = day::date_or_today(parts, caller, query)?;
    let (from, to) = dates::span(date, date, caller.time_zone);
    let slots = timetable::sessions_for_staff(parts.db.read(), caller, from, to).await?;
    let items = items::items(parts, caller, slots).await?;
    Ok(Day { date, time_zone: caller.time_zone.name().into(), items })
}
