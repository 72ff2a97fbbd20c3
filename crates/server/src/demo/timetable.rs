//! When things happen: the regular weeks before and after, and between them the sample day around the present.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;

use super::activities::*;
use super::programs::{CONCERT as CONCERT_PROGRAM, WATERCOLOUR, WEEKDAY, WEEKEND};
use super::seed::Seed;
use super::store::Rows;
use crate::kit::time::{Wall, local_text, wall_to_utc};
use crate::kit::{At, SessionId};
use crate::programs::wire::PlanStep;
use crate::programs::{State, session};

const WEEKS_BEFORE: u64 = 4;
const DAYS_AFTER: u64 = 7;
/// Sample classes last 45 minutes and start every hour. With doors that open 15 minutes before, one of them is inside
/// its join window at any minute of the sample day.
const CLASS_MINUTES: i64 = 45;

/// A session to be.
#[derive(Debug, PartialEq)]
pub struct Planned {
    pub program: usize,
    pub activity: &'static Activity,
    pub starts_at: At,
    pub minutes: i64,
    /// Why it does not happen.
    pub cancelled: Option<&'static str>,
}

/// Everything that happens around `start`, which is on a full or half hour, in the order of time.
pub fn plan(start: At) -> Vec<Planned> {
    let zone: Tz = super::ZONE.parse().unwrap_or(Tz::UTC);
    let today = start.local(zone).date();
    let mut planned = sample_day(start, zone);
    for date in (today - Days::new(7 * WEEKS_BEFORE)).iter_days().take_while(|d| *d <= today + Days::new(DAYS_AFTER)) {
        if date != today {
            planned.extend(regular(date, zone));
        }
    }
    planned.extend(evenings(today, zone));
    planned.push(concert(today, zone));
    planned.sort_by_key(|p| (p.starts_at, p.program));
    cancel_some(&mut planned, start);
    planned
}

/// One class just over, one that is due, several later. Nothing here depends on the weekday but the program.
fn sample_day(start: At, zone: Tz) -> Vec<Planned> {
    let local = start.local(zone);
    let weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
    let program = if weekend { WEEKEND } else { WEEKDAY };
    let class = |hours: i64, activity| Planned {
        program,
        activity,
        starts_at: start.plus_minutes(60 * hours),
        minutes: CLASS_MINUTES,
        cancelled: None,
    };
    let morning = (8..13).contains(&local.hour());
    let mut day = vec![class(-1, if morning { &CIRCLE } else { &STORY }), class(0, &MOVEMENT)];
    if local.hour() >= 11 {
        day.push(class(-2, if morning { &STORY } else { &TEA }));
    }
    let last: &Activity = if local.hour() < 11 { &STORY } else { &WIND_DOWN };
    let later = [if morning { &TEA } else { &BOOK }, &ART, &MUSIC, &COOKING, last];
    for (activity, hours) in later.into_iter().zip(1..) {
        let starts = local + chrono::Duration::hours(hours);
        // Until the early evening, but always some.
        if hours <= 3 || (starts.date() == local.date() && starts.hour() < 19) {
            day.push(class(hours, activity));
        }
    }
    day
}

type Slot = ((u32, u32), i64, &'static Activity);

fn regular(date: NaiveDate, zone: Tz) -> Vec<Planned> {
    const MORNING: Slot = ((9, 30), 45, &CIRCLE);
    const MOVE: Slot = ((10, 30), 45, &MOVEMENT);
    const TALK: Slot = ((11, 30), 30, &TEA);
    const MAKE: Slot = ((13, 0), 60, &ART);
    const SING: Slot = ((14, 15), 45, &MUSIC);
    let (program, slots): (usize, &[Slot]) = match date.weekday() {
        Weekday::Mon => (WEEKDAY, &[MORNING, MOVE, TALK, ((13, 0), 60, &STORY), SING]),
        Weekday::Tue => (WEEKDAY, &[MORNING, MOVE, TALK, MAKE, SING]),
        Weekday::Wed => (WEEKDAY, &[MORNING, ((10, 30), 60, &COOKING), ((13, 0), 60, &BOOK), SING]),
        Weekday::Thu => (WEEKDAY, &[MORNING, MOVE, TALK, MAKE]),
        Weekday::Fri => (WEEKDAY, &[MORNING, MOVE, ((13, 0), 90, &CINEMA)]),
        Weekday::Sat | Weekday::Sun => (WEEKEND, &[((10, 0), 45, &TEA), ((15, 0), 45, &MUSIC)]),
    };
    slots
        .iter()
        .map(|&((hour, minute), minutes, activity)| {
            let starts_at = at(date, hour, minute, zone);
            Planned { program, activity, starts_at, minutes, cancelled: None }
        })
        .collect()
}

/// Six Tuesdays, three of them over; on a Tuesday they are Wednesdays, so that they do not run into the sample day.
fn evenings(today: NaiveDate, zone: Tz) -> impl Iterator<Item = Planned> {
    let weekday = if today.weekday() == Weekday::Tue { Weekday::Wed } else { Weekday::Tue };
    let last = before(today, weekday);
    EVENINGS.iter().zip(0..).map(move |(activity, week)| {
        let date = last - Days::new(14) + Days::new(7 * week);
        let starts_at = at(date, 18, 30, zone);
        Planned { program: WATERCOLOUR, activity, starts_at, minutes: 90, cancelled: None }
    })
}

/// On the next Saturday that is not today.
fn concert(today: NaiveDate, zone: Tz) -> Planned {
    let date = before(today, Weekday::Sat) + Days::new(if today.weekday() == Weekday::Sat { 14 } else { 7 });
    let starts_at = at(date, 17, 0, zone);
    Planned { program: CONCERT_PROGRAM, activity: &CONCERT, starts_at, minutes: 60, cancelled: None }
}

/// The last such day before `date`.
fn before(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    date.iter_days().rev().skip(1).find(|d| d.weekday() == weekday).unwrap_or(date)
}

fn at(date: NaiveDate, hour: u32, minute: u32, zone: Tz) -> At {
    let local = date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
    match wall_to_utc(local, zone) {
        Wall::Once(at) | Wall::Twice(at, _) => at,
        Wall::Skipped => At::from(local.and_utc()),
    }
}

/// One class of the past fell out, and one to come will.
fn cancel_some(planned: &mut [Planned], start: At) {
    let week = 7 * 24 * 60;
    let is = |p: &Planned, from: i64, to: i64| {
        let range = start.plus_minutes(from)..start.plus_minutes(to);
        p.activity == &MOVEMENT && range.contains(&p.starts_at)
    };
    if let Some(past) = planned.iter_mut().find(|p| is(p, -2 * week, -week)) {
        past.cancelled = Some("Maya was not well.");
    }
    if let Some(coming) = planned.iter_mut().rfind(|p| is(p, 24 * 60, 2 * week)) {
        coming.cancelled = Some("Maya is at a training day.");
    }
}

/// The rows of what is planned: what is over by `start` was held, the rest is still to come.
pub fn sessions(seed: &mut Seed, start: At, rows: &Rows) -> Vec<session::Model> {
    let zone: Tz = super::ZONE.parse().unwrap_or(Tz::UTC);
    let row = |(n, plan): (usize, &Planned)| {
        let program = &rows.programs[plan.program];
        let ends_at = plan.starts_at.plus_minutes(plan.minutes);
        let made = program.created_at.plus_minutes(30 + n as i64);
        let over = ends_at <= start;
        let held = over && plan.cancelled.is_none();
        let state = match (plan.cancelled, over) {
            (Some(_), _) => State::Cancelled,
            (None, true) => State::Ended,
            (None, false) => State::Scheduled,
        };
        let began = At(plan.starts_at.0 + seed.between(-90_000_000, 60_000_000));
        // Nothing ends later than planned, so nothing lies in the future of whoever starts the server early.
        let ended = At(ends_at.0 - seed.between(5_000_000, 100_000_000));
        session::Model {
            id: SessionId(seed.id(made)),
            program_id: program.id,
            title: plan.activity.title.into(),
            summary: plan.activity.summary.into(),
            starts_local: local_text(plan.starts_at.local(zone)),
            ends_local: local_text(ends_at.local(zone)),
            time_zone: super::ZONE.into(),
            starts_at: plan.starts_at,
            ends_at,
            state,
            started_at: held.then_some(began),
            ended_at: held.then_some(ended),
            cancel_reason: plan.cancelled.map(Into::into),
            icon: Some(plan.activity.icon),
            tone: Some(plan.activity.tone),
            lead_id: rows.lead(plan.program, plan.activity.lead),
            plan: steps(plan.activity, plan.minutes),
            series_id: None,
            original_start: None,
            version: 1,
            created_at: made,
            updated_at: if held { ended } else { made },
        }
    };
    plan(start).iter().enumerate().map(row).collect()
}

/// What a session will do: three things, as people like to know beforehand.
fn steps(activity: &Activity, minutes: i64) -> String {
    let [first, then, last] = match activity.title {
        "Gentle movement" => ["Breathe and warm up", "Arms and shoulders", "Rest and goodbye"],
        "Good morning circle" => ["Hello", "The day ahead", "One piece of news"],
        title => ["Hello", title, "Looking back, and goodbye"],
    };
    let step = |minute: i64, title: &str| PlanStep { minute, title: title.into() };
    let steps = [step(0, first), step(minutes / 4, then), step(minutes * 3 / 4, last)];
    serde_json::to_string(&steps).expect("a plan is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::programs::DOOR_MINUTES;

    /// Every half hour of two weeks, over the night when clocks go back.
    fn starts() -> impl Iterator<Item = At> {
        let first = At::parse("2026-10-19T00:00:00Z").unwrap();
        (0..14 * 48).map(move |n| first.plus_minutes(30 * n))
    }

    fn open_at(plan: &[Planned], minute: At) -> Vec<&Planned> {
        let door = |p: &&Planned| p.starts_at.plus_minutes(-i64::from(DOOR_MINUTES)) <= minute;
        let happens = |p: &&Planned| p.cancelled.is_none() && minute < p.starts_at.plus_minutes(p.minutes);
        plan.iter().filter(door).filter(happens).collect()
    }

    #[test]
    fn at_any_start_one_class_is_due_and_the_next_follows_it() {
        for start in starts() {
            let plan = plan(start);
            for minute in -15..15 {
                let open = open_at(&plan, start.plus_minutes(minute));
                assert_eq!(open.len(), 1, "{} {minute}", start.rfc3339());
                assert_eq!((open[0].starts_at, open[0].activity), (start, &MOVEMENT));
            }
            for minute in 15..200 {
                assert!(!open_at(&plan, start.plus_minutes(minute)).is_empty(), "{} {minute}", start.rfc3339());
            }
            assert!(plan.iter().any(|p| p.starts_at.plus_minutes(p.minutes + 15) == start), "one is just over");
        }
    }

    #[test]
    fn a_program_does_one_thing_at_a_time() {
        for start in starts() {
            let plan = plan(start);
            for program in [WEEKDAY, WEEKEND, WATERCOLOUR] {
                let of_program: Vec<_> = plan.iter().filter(|p| p.program == program).collect();
                for pair in of_program.windows(2) {
                    let ends = pair[0].starts_at.plus_minutes(pair[0].minutes);
                    assert!(ends <= pair[1].starts_at, "{}: {:?}", start.rfc3339(), pair);
                }
            }
        }
    }

    #[test]
    fn the_history_is_four_weeks_long_and_the_coming_week_is_planned() {
        for start in starts() {
            let plan = plan(start);
            let past = plan.iter().filter(|p| p.program == WEEKDAY && p.starts_at < start).count();
            assert!((80..=90).contains(&past), "{past}");
            let day = 24 * 60;
            for days in 1..7 {
                let (from, to) = (start.plus_minutes(days * day), start.plus_minutes((days + 1) * day));
                assert!(plan.iter().any(|p| (from..to).contains(&p.starts_at)), "{} {days}", start.rfc3339());
            }
            assert_eq!(plan.iter().filter(|p| p.cancelled.is_some()).count(), 2, "{}", start.rfc3339());
        }
    }
}
