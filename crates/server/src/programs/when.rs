//! When a session is. Its truth is wall-clock time and a zone; the instants are derived. Pure.

use chrono::{Datelike, NaiveDateTime, Timelike};
use chrono_tz::Tz;

use crate::kit::checks::Checks;
use crate::kit::time::{Wall, local_text, parse_local, wall_to_utc};
use crate::kit::{Answer, At, Refusal};

/// No session is longer; the timetable's queries rely on it.
const LONGEST_HOURS: f64 = 24.0;

/// Start and end, on the wall and as instants.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    pub zone: Tz,
    pub starts: Moment,
    pub ends: Moment,
}

/// One wall-clock time and the instant it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub local: NaiveDateTime,
    pub at: At,
}

impl Moment {
    pub fn text(&self) -> String {
        local_text(self.local)
    }
    fn of(at: At, zone: Tz) -> Moment {
        // Schedules go by whole seconds, as the wall-clock form writes them.
        let at = At(at.micros().div_euclid(1_000_000) * 1_000_000);
        Moment { local: at.local(zone), at }
    }
}

/// What somebody wrote about the time of a session.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    pub starts_at: Option<At>,
    pub ends_at: Option<At>,
    pub starts_local: Option<&'a str>,
    pub ends_local: Option<&'a str>,
    pub time_zone: Option<&'a str>,
}

impl Asked<'_> {
    pub fn is_nothing(&self) -> bool {
        !self.by_instant() && !self.by_wall() && self.time_zone.is_none()
    }
    fn by_instant(&self) -> bool {
        self.starts_at.is_some() || self.ends_at.is_some()
    }
    fn by_wall(&self) -> bool {
        self.starts_local.is_some() || self.ends_local.is_some()
    }
}

/// Reads what was asked for. `before` is the session as it stands, none for a new one.
pub fn read(asked: Asked<'_>, before: Option<&When>, zone: Tz) -> Answer<When> {
    let mut checks = Checks::new();
    if asked.by_instant() && asked.by_wall() {
        let field = if asked.starts_local.is_some() { "starts_local" } else { "ends_local" };
        let text =
            "Write both times the same way: starts_at and ends_at with an offset, or starts_local and ends_local.";
        return Err(Refusal::field(field, "mixed-forms", text));
    }
    let zone = match asked.time_zone {
        Some(name) => checks.zone("time_zone", name),
        None => Some(before.map_or(zone, |b| b.zone)),
    };
    let Some(zone) = zone else { return Err(checks.finish().unwrap_err()) };
    // Whoever wrote no time at all is asked for the form with an offset.
    let by_instant = asked.by_instant() || (before.is_none() && !asked.by_wall());
    let start = Side {
        field: if by_instant { "starts_at" } else { "starts_local" },
        at: asked.starts_at,
        local: asked.starts_local,
        before: before.map(|b| b.starts),
    };
    let end = Side {
        field: if by_instant { "ends_at" } else { "ends_local" },
        at: asked.ends_at,
        local: asked.ends_local,
        before: before.map(|b| b.ends),
    };
    let moved = before.is_some_and(|b| b.zone != zone);
    let starts = start.read(&mut checks, zone, by_instant, moved);
    let ends = end.read(&mut checks, zone, by_instant, moved);
    if let (Some(starts), Some(ends)) = (starts, ends) {
        check_length(&mut checks, starts, ends, end.field);
        checks.finish()?;
        return Ok(When { zone, starts, ends });
    }
    Err(checks.finish().err().unwrap_or_else(|| Refusal::broken("a time that is neither read nor refused")))
}

fn check_length(checks: &mut Checks, starts: Moment, ends: Moment, field: &str) {
    let hours = ends.at.seconds_since(starts.at) / 3600.0;
    checks.ensure(hours > 0.0, field, "ends-before-start", "A session ends after it starts. Choose a later end.");
    checks.ensure(
        hours <= LONGEST_HOURS,
        field,
        "too-long",
        "A session lasts at most 24 hours. Choose an earlier end.",
    );
}

/// Start or end.
struct Side<'a> {
    field: &'static str,
    at: Option<At>,
    local: Option<&'a str>,
    before: Option<Moment>,
}

impl Side<'_> {
    fn read(&self, checks: &mut Checks, zone: Tz, by_instant: bool, moved: bool) -> Option<Moment> {
        let moment = match (self.at, self.local, self.before) {
            (Some(at), _, _) => Moment::of(at, zone),
            (None, Some(text), _) => {
                let local = self.parse(checks, text)?;
                self.on_the_wall(checks, local, zone)?
            }
            // Left out: the instant stays when instants were given, else the wall clock stays.
            (None, None, Some(before)) if by_instant => Moment::of(before.at, zone),
            (None, None, Some(before)) if !moved => before,
            (None, None, Some(before)) => self.on_the_wall(checks, before.local, zone)?,
            (None, None, None) => {
                checks.fail(self.field, "missing", format!("Fill in “{}”.", self.field));
                return None;
            }
        };
        let sane = (2000..=2100).contains(&moment.local.year());
        checks.ensure(sane, self.field, "out-of-range", "Choose a date between the years 2000 and 2100.");
        sane.then_some(moment)
    }

    fn parse(&self, checks: &mut Checks, text: &str) -> Option<NaiveDateTime> {
        let local = parse_local(text).filter(|l| l.nanosecond() == 0);
        let message = "Write the time as the clock on the wall shows it, like 2026-11-24T10:30:00.";
        checks.ensure(local.is_some(), self.field, "not-a-local-time", message);
        local
    }

    fn on_the_wall(&self, checks: &mut Checks, local: NaiveDateTime, zone: Tz) -> Option<Moment> {
        let instant = self.field.replace("_local", "_at");
        match wall_to_utc(local, zone) {
            Wall::Once(at) => return Some(Moment { local, at }),
            Wall::Skipped => {
                let text = format!(
                    "There is no {} on that day in {zone}: the clocks go forward. Choose another time.",
                    local.format("%H:%M")
                );
                checks.fail(self.field, "skipped-hour", text);
            }
            Wall::Twice(first, second) => {
                let text = format!(
                    "{} happens twice on that day in {zone}: the clocks go back. Write both times with their offset: \
                     {instant} is {} or {}.",
                    local.format("%H:%M"),
                    first.rfc3339(),
                    second.rfc3339()
                );
                checks.fail(self.field, "repeated-hour", text);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = chrono_tz::Europe::Berlin;

    fn at(text: &str) -> Option<At> {
        Some(At::parse(text).unwrap())
    }

    fn wall<'a>(starts: &'a str, ends: &'a str) -> Asked<'a> {
        Asked { starts_local: Some(starts), ends_local: Some(ends), ..Asked::default() }
    }

    #[track_caller]
    fn refused(asked: Asked<'_>, field: &str, code: &str) {
        let refusal = read(asked, None, BERLIN).unwrap_err();
        let found: Vec<_> = refusal.errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert!(found.contains(&(field, code)), "{field} {code} not in {found:?}");
    }

    #[test]
    fn the_wall_clock_is_the_truth_and_the_instant_follows() {
        let when = read(wall("2026-11-24T10:30:00", "2026-11-24T11:15"), None, BERLIN).unwrap();
        assert_eq!(when.starts.at, at("2026-11-24T09:30:00Z").unwrap());
        assert_eq!(when.ends.text(), "2026-11-24T11:15:00");
        let moved = Asked { time_zone: Some("Europe/London"), ..Asked::default() };
        let london = read(moved, Some(&when), BERLIN).unwrap();
        assert_eq!(london.starts.local, when.starts.local, "another zone keeps the wall clock");
        assert_eq!(london.starts.at, at("2026-11-24T10:30:00Z").unwrap());
    }

    #[test]
    fn an_instant_knows_which_of_two_hours_it_is() {
        let second = Asked {
            starts_at: at("2026-10-25T02:30:00+01:00"),
            ends_at: at("2026-10-25T03:30:00+01:00"),
            ..Asked::default()
        };
        let when = read(second, None, BERLIN).unwrap();
        assert_eq!(
            (when.starts.text(), when.starts.at),
            ("2026-10-25T02:30:00".into(), at("2026-10-25T01:30:00Z").unwrap())
        );
        let later = Asked { ends_local: Some("2026-10-25T04:00:00"), ..Asked::default() };
        let kept = read(later, Some(&when), BERLIN).unwrap();
        assert_eq!(kept.starts.at, when.starts.at, "what was not asked for stays the hour it was");
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_field() {
        refused(wall("2026-03-29T02:30:00", "2026-03-29T04:00:00"), "starts_local", "skipped-hour");
        refused(wall("2026-03-29T01:30:00", "2026-03-29T02:30:00"), "ends_local", "skipped-hour");
        refused(wall("2026-10-25T02:30:00", "2026-10-25T04:00:00"), "starts_local", "repeated-hour");
        refused(wall("2026-11-24T10:30:00", "2026-11-24T10:30:00"), "ends_local", "ends-before-start");
        refused(wall("2026-11-24T10:30:00", "2026-11-25T10:31:00"), "ends_local", "too-long");
        refused(wall("tomorrow", "2026-11-25T10:31:00"), "starts_local", "not-a-local-time");
        refused(wall("1026-11-24T10:30:00", "1026-11-24T11:30:00"), "starts_local", "out-of-range");
        refused(
            Asked { time_zone: Some("Mars/Olympus"), ..wall("2026-11-24T10:00", "2026-11-24T11:00") },
            "time_zone",
            "unknown-zone",
        );
        refused(Asked::default(), "starts_at", "missing");
        refused(Asked { starts_local: Some("2026-11-24T10:30:00"), ..Asked::default() }, "ends_local", "missing");
        let mixed = Asked {
            starts_at: at("2026-11-24T10:30:00Z"),
            ends_local: Some("2026-11-24T11:30:00"),
            ..Asked::default()
        };
        refused(mixed, "ends_local", "mixed-forms");
    }

    #[test]
    fn moving_one_side_keeps_the_other() {
        let when = read(wall("2026-11-24T10:30:00", "2026-11-24T11:30:00"), None, BERLIN).unwrap();
        let earlier = Asked { starts_at: at("2026-11-24T09:00:00Z"), ..Asked::default() };
        let moved = read(earlier, Some(&when), BERLIN).unwrap();
        assert_eq!((moved.starts.text().as_str(), moved.ends), ("2026-11-24T10:00:00", when.ends));
    }
}
