//! When the sessions of a rule are: its days without those that are left out, on the clocks of a zone. Pure.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use serde::Serialize;

use super::expand;
use super::rule::Rule;
use crate::kit::At;
use crate::kit::time::{Wall, wall_to_utc};

/// A rule, and the wall-clock times of its first session.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    pub rule: Rule,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub zone: Tz,
}

/// What the clocks of a day did to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockNote {
    /// Its hour does not happen that day: it is an hour later on the wall (RFC 5545, 3.3.5).
    SkippedHour,
    /// Its hour happens twice that day: it is the first.
    RepeatedHour,
}

/// One session that a rule makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// What the rule says; the sessions' `original_start`.
    pub original: NaiveDateTime,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub starts_at: At,
    pub ends_at: At,
    pub note: Option<ClockNote>,
}

/// Days from the first to the last on which nothing takes place.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Empty for a single day that was taken out of a series.
    pub name: String,
}

/// What a pattern makes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    pub sessions: Vec<Occurrence>,
    /// Days that the rule has and that are left out, with the name of why.
    pub left_out: Vec<(NaiveDate, String)>,
}

pub fn of(pattern: &Pattern, breaks: &[Break], most: usize) -> Made {
    let mut made = Made::default();
    for day in expand::days(&pattern.rule, pattern.starts, most) {
        match breaks.iter().find(|one| one.first <= day && day <= one.last) {
            Some(why) => made.left_out.push((day, why.name.clone())),
            None => made.sessions.push(on(pattern, day)),
        }
    }
    made
}

/// The session of a day, whatever the rule says of that day.
pub fn on(pattern: &Pattern, day: NaiveDate) -> Occurrence {
    let original = day.and_time(pattern.starts.time());
    let length = pattern.ends - pattern.starts;
    let (starts_at, note) = instant(original, pattern.zone);
    let (ends_at, _) = instant(original + length, pattern.zone);
    // Across a change of the clocks the end on the wall may come before the beginning: then the length counts.
    let ends_at =
        if ends_at > starts_at { ends_at } else { At(starts_at.micros() + 60_000_000 * length.num_minutes()) };
    let wall = |at: At| at.local(pattern.zone);
    Occurrence { original, starts: wall(starts_at), ends: wall(ends_at), starts_at, ends_at, note }
}

fn instant(local: NaiveDateTime, zone: Tz) -> (At, Option<ClockNote>) {
    match wall_to_utc(local, zone) {
        Wall::Once(at) => (at, None),
        Wall::Twice(first, _) => (first, Some(ClockNote::RepeatedHour)),
        Wall::Skipped => (by_the_clock_before(local, zone), Some(ClockNote::SkippedHour)),
    }
}

/// A time that does not happen is read by the offset that was there before the gap.
fn by_the_clock_before(local: NaiveDateTime, zone: Tz) -> At {
    // No change of clocks is longer than a day (the longest left out a whole date).
    let earlier = TimeDelta::hours(25);
    match wall_to_utc(local - earlier, zone) {
        Wall::Once(at) | Wall::Twice(_, at) => at.plus_seconds(earlier.num_seconds()),
        Wall::Skipped => At::from(local.and_utc()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::time::{local_text, parse_local};

    fn made(
        rule: &str,
        starts: &str,
        ends: &str,
        zone: Tz,
        breaks: &[Break],
    ) -> Vec<(String, String, Option<ClockNote>)> {
        let (starts, ends) = (parse_local(starts).unwrap(), parse_local(ends).unwrap());
        let pattern = Pattern { rule: Rule::parse(rule).unwrap(), starts, ends, zone };
        let shown = |one: Occurrence| (local_text(one.starts), one.starts_at.rfc3339(), one.note);
        of(&pattern, breaks, 400).sessions.into_iter().map(shown).collect()
    }

    fn row(local: &str, utc: &str, note: Option<ClockNote>) -> (String, String, Option<ClockNote>) {
        (local.into(), utc.into(), note)
    }

    #[test]
    fn local_time_stays_local_time_when_the_clocks_change() {
        use ClockNote::{RepeatedHour, SkippedHour};
        let berlin =
            made("FREQ=DAILY;COUNT=3", "2026-03-28T02:30:00", "2026-03-28T03:30:00", chrono_tz::Europe::Berlin, &[]);
        assert_eq!(
            berlin,
            [
                row("2026-03-28T02:30:00", "2026-03-28T01:30:00Z", None),
                row("2026-03-29T03:30:00", "2026-03-29T01:30:00Z", Some(SkippedHour)),
                row("2026-03-30T02:30:00", "2026-03-30T00:30:00Z", None),
            ]
        );
        let back =
            made("FREQ=WEEKLY;COUNT=2", "2026-10-18T02:30:00", "2026-10-18T04:00:00", chrono_tz::Europe::Berlin, &[]);
        assert_eq!(back[1], row("2026-10-25T02:30:00", "2026-10-25T00:30:00Z", Some(RepeatedHour)));
        let york = chrono_tz::America::New_York;
        let spring = made("FREQ=WEEKLY;COUNT=2", "2026-03-02T10:00:00", "2026-03-02T11:00:00", york, &[]);
        assert_eq!([&spring[0].1, &spring[1].1], ["2026-03-02T15:00:00Z", "2026-03-09T14:00:00Z"]);
        let autumn = made("FREQ=DAILY;COUNT=2", "2026-10-31T01:30:00", "2026-10-31T02:00:00", york, &[]);
        assert_eq!(autumn[1], row("2026-11-01T01:30:00", "2026-11-01T05:30:00Z", Some(RepeatedHour)));
        // Half an hour, and the other half of the year.
        let howe = chrono_tz::Australia::Lord_Howe;
        let spring = made("FREQ=DAILY;COUNT=2", "2026-10-03T02:15:00", "2026-10-03T03:00:00", howe, &[]);
        assert_eq!(spring[1], row("2026-10-04T02:45:00", "2026-10-03T15:45:00Z", Some(SkippedHour)));
        let autumn = made("FREQ=DAILY;COUNT=2", "2026-04-04T01:45:00", "2026-04-04T02:15:00", howe, &[]);
        assert_eq!(autumn[1].2, Some(RepeatedHour));
    }

    #[test]
    fn what_ends_before_it_begins_on_the_wall_keeps_its_length() {
        let at = |text: &str| parse_local(text).unwrap();
        let rule = Rule::parse("FREQ=DAILY;COUNT=1").unwrap();
        let (starts, ends) = (at("2026-10-25T02:45:00"), at("2026-10-25T02:50:00"));
        let pattern = Pattern { rule, starts, ends, zone: chrono_tz::Europe::Berlin };
        let only = &of(&pattern, &[], 9).sessions[0];
        assert_eq!(only.ends_at.seconds_since(only.starts_at), 300.0);
    }

    #[test]
    fn holidays_and_single_days_are_left_out() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let christmas = Break { first: day("2026-12-24"), last: day("2027-01-03"), name: "Christmas".into() };
        let all = made(
            "FREQ=WEEKLY;COUNT=5",
            "2026-12-15T10:00:00",
            "2026-12-15T11:00:00",
            chrono_tz::Europe::London,
            &[christmas],
        );
        let days: Vec<&str> = all.iter().map(|(local, ..)| &local[..10]).collect();
        assert_eq!(days, ["2026-12-15", "2026-12-22", "2027-01-05", "2027-01-12"], "a day left out counts");
    }
}
