//! What the clocks of a time zone do, as a VTIMEZONE (RFC 5545, 3.6.5). Pure.
//!
//! Every change of the clocks within the years that matter is written out: rules of one's own would have to be guessed from the
//! tz database, and calendar programs differ in how they read them.

use std::fmt::Write;

use chrono::{DateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

use super::ics;

/// The steps in which changes are looked for; no zone keeps an offset for less.
const STEP: TimeDelta = TimeDelta::hours(12);

/// From an instant on, clocks are so far before UTC.
#[derive(Clone, Debug, PartialEq)]
struct Phase {
    since: DateTime<Utc>,
    seconds: i32,
    summer: bool,
    name: String,
}

fn phase(zone: Tz, at: DateTime<Utc>) -> Phase {
    let offset = zone.offset_from_utc_datetime(&at.naive_utc());
    let seconds = offset.fix().local_minus_utc();
    let name = offset.abbreviation().map_or_else(|| written(seconds), Into::into);
    Phase { since: at, seconds, summer: offset.dst_offset() != TimeDelta::zero(), name }
}

/// The phase at `from`, and those that begin until `to`.
fn phases(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Phase> {
    let mut all = vec![phase(zone, from)];
    let mut at = from;
    while at < to {
        let (before, next) = (phase(zone, at), phase(zone, at + STEP));
        if (before.seconds, before.summer) != (next.seconds, next.summer) {
            all.push(phase(zone, change(zone, at, at + STEP)));
        }
        at += STEP;
    }
    all
}

/// The first second of the phase that is at `high` and not yet at `low`.
fn change(zone: Tz, mut low: DateTime<Utc>, mut high: DateTime<Utc>) -> DateTime<Utc> {
    let wanted = phase(zone, high);
    while high - low > TimeDelta::seconds(1) {
        let middle = low + TimeDelta::seconds((high - low).num_seconds() / 2);
        let there = phase(zone, middle);
        if (there.seconds, there.summer) == (wanted.seconds, wanted.summer) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// The VTIMEZONE of a zone that is right between two instants.
pub fn vtimezone(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let mut text = String::from("BEGIN:VTIMEZONE\r\n");
    text += &ics::line("TZID", zone.name());
    let all = phases(zone, from, to);
    // What was before holds from the beginning of time, as far as calendars go.
    let first = DateTime::UNIX_EPOCH.naive_utc();
    for (place, one) in all.iter().enumerate() {
        let before = all[place.saturating_sub(1)].seconds;
        // A change is told on the clock that was there before it.
        let on_the_wall = one.since.naive_utc() + TimeDelta::seconds(before.into());
        let starts = if place == 0 { first } else { on_the_wall };
        let kind = if one.summer { "DAYLIGHT" } else { "STANDARD" };
        let _ = write!(
            text,
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n{}END:{kind}\r\n",
            ics::local(starts),
            written(before),
            written(one.seconds),
            ics::line("TZNAME", &one.name),
        );
    }
    text + "END:VTIMEZONE\r\n"
}

/// Seconds as `+0530`.
fn written(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    let rest = seconds.abs() % 60;
    let tail = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{:02}{:02}{tail}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_on_the_clock_before_them() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let text = vtimezone(chrono_tz::Europe::Berlin, at("2026-06-01T00:00:00Z"), at("2027-06-01T00:00:00Z"));
        let expected = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n\
            BEGIN:DAYLIGHT\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n\
            BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n\
            BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n\
            END:VTIMEZONE\r\n";
        assert_eq!(text, expected);
    }
}
