//! An iCalendar file (RFC 5545). Pure.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::zones;
use crate::kit::At;
use crate::kit::time::{Wall, wall_to_utc};

/// Lines are folded so that none has more octets.
const LONGEST: usize = 75;

pub struct Event {
    /// Stays the same for ever.
    pub uid: String,
    /// Grows with every change.
    pub sequence: i32,
    pub changed_at: At,
    pub starts_local: NaiveDateTime,
    pub ends_local: NaiveDateTime,
    pub starts_at: At,
    pub ends_at: At,
    pub zone: Tz,
    pub title: String,
    pub words: String,
    pub program: String,
    pub url: String,
    pub cancelled: bool,
}

/// A calendar of some events, with all their time zones.
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut text = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//VDP//Timetable//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n",
    );
    text += &line("X-WR-CALNAME", &escape(name));
    text += "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n";
    let mut used: BTreeMap<&str, (Tz, At, At)> = BTreeMap::new();
    for event in events {
        let (_, from, to) = used.entry(event.zone.name()).or_insert((event.zone, event.starts_at, event.ends_at));
        (*from, *to) = ((*from).min(event.starts_at), (*to).max(event.ends_at));
    }
    for (zone, from, to) in used.values().filter(|(zone, ..)| *zone != Tz::UTC) {
        let year = TimeDelta::days(366);
        text += &zones::vtimezone(*zone, from.utc() - year, to.utc() + year);
    }
    events.iter().for_each(|event| text += &vevent(event));
    text + "END:VCALENDAR\r\n"
}

fn vevent(event: &Event) -> String {
    let mut text = String::from("BEGIN:VEVENT\r\n");
    text += &line("UID", &event.uid);
    let _ = write!(text, "DTSTAMP:{}\r\n", utc(event.changed_at.utc()));
    let _ = write!(text, "LAST-MODIFIED:{}\r\n", utc(event.changed_at.utc()));
    let _ = write!(text, "SEQUENCE:{}\r\n", event.sequence);
    text += &time("DTSTART", event.starts_local, event.starts_at, event.zone);
    text += &time("DTEND", event.ends_local, event.ends_at, event.zone);
    text += &line("SUMMARY", &escape(&event.title));
    if !event.words.is_empty() {
        text += &line("DESCRIPTION", &escape(&event.words));
    }
    text += &line("CATEGORIES", &escape(&event.program));
    text += &line("URL", &event.url);
    text += if event.cancelled { "STATUS:CANCELLED\r\n" } else { "STATUS:CONFIRMED\r\n" };
    text + "END:VEVENT\r\n"
}

/// On the wall clock where that says which instant it is, else the instant: an hour that happens twice is read as the first.
fn time(name: &str, wall: NaiveDateTime, at: At, zone: Tz) -> String {
    let plain = match wall_to_utc(wall, zone) {
        Wall::Once(first) | Wall::Twice(first, _) => first == at,
        Wall::Skipped => false,
    };
    match plain && zone != Tz::UTC {
        true => line(&format!("{name};TZID={}", zone.name()), &local(wall)),
        false => line(name, &utc(at.utc())),
    }
}

pub fn local(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

fn utc(time: DateTime<Utc>) -> String {
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

/// One line of the file, folded between characters.
pub fn line(name: &str, value: &str) -> String {
    let whole = format!("{name}:{value}");
    let (mut folded, mut length) = (String::new(), 0);
    for c in whole.chars() {
        if length + c.len_utf8() > LONGEST {
            folded += "\r\n ";
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded + "\r\n"
}

/// Nothing that people wrote ends a line or a value.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped += "\\n",
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let folded = line("SUMMARY", &"ä".repeat(100));
        assert!(folded.split("\r\n").all(|part| part.len() <= LONGEST), "{folded}");
        assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "ä".repeat(100)));
    }

    #[test]
    fn what_people_wrote_stays_within_its_value() {
        let hostile = "Tea; cake, and \\ more\r\nBEGIN:VEVENT\u{0}\rEND:VCALENDAR";
        assert_eq!(escape(hostile), "Tea\\; cake\\, and \\\\ more\\nBEGIN:VEVENT\\nEND:VCALENDAR");
    }
}
