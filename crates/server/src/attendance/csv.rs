//! Who came, as a sheet: RFC 4180, UTF-8 with a byte order mark so that spreadsheets read the names right.
//!
//! One row per person: minutes to two places, the exact instants in the session's zone and in UTC, and the intervals
//! behind them in one cell.

use chrono::SecondsFormat;
use chrono_tz::Tz;

use super::wire::{Attended, AttendedInterval};
use crate::kit::At;
use crate::programs::SessionRole;

const HEAD: [&str; 10] = [
    "Name",
    "Role",
    "Came",
    "Minutes",
    "First joined",
    "Last left",
    "First joined (UTC)",
    "Last left (UTC)",
    "Still present",
    "Intervals",
];

/// The sheet of one session; local times are in its `zone`.
pub fn sheet(people: &[Attended], zone: Tz) -> String {
    let mut out = String::from("\u{feff}");
    line(&mut out, HEAD);
    for person in people {
        let local = |at: Option<At>| at.map_or(String::new(), |at| in_zone(at, zone));
        let utc = |at: Option<At>| at.map_or(String::new(), At::rfc3339);
        let role = match person.role {
            SessionRole::Staff => "staff",
            SessionRole::Participant => "participant",
        };
        let yes = |is: bool| if is { "yes" } else { "no" };
        line(
            &mut out,
            [
                person.user.name.as_str(),
                role,
                yes(!person.intervals.is_empty()),
                &format!("{:.2}", person.seconds / 60.0),
                &local(person.first_joined_at),
                &local(person.last_left_at),
                &utc(person.first_joined_at),
                &utc(person.last_left_at),
                yes(person.present),
                &intervals(person, zone),
            ],
        );
    }
    out
}

/// `2026-11-24T10:30:00+00:00/2026-11-24T11:15:00+00:00`, as ISO 8601 writes intervals; an open one ends in `..`.
fn intervals(person: &Attended, zone: Tz) -> String {
    let one = |i: &AttendedInterval| {
        let end = i.left_at.map_or("..".to_string(), |left| in_zone(left, zone));
        format!("{}/{end}", in_zone(i.joined_at, zone))
    };
    person.intervals.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn in_zone(at: At, zone: Tz) -> String {
    let form = if at.0 % 1_000_000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Micros };
    at.utc().with_timezone(&zone).to_rfc3339_opts(form, false)
}

fn line<const N: usize>(out: &mut String, cells: [&str; N]) {
    out.push_str(&cells.map(cell).join(","));
    out.push_str("\r\n");
}

/// One cell. What a spreadsheet would take for a formula is made text: a name is what somebody typed.
fn cell(text: &str) -> String {
    let guarded = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_string(),
    };
    if guarded.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_formula_becomes_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        assert_eq!(cell("\r=1"), "\"'\r=1\"");
    }

    #[test]
    fn what_could_break_a_row_is_quoted() {
        assert_eq!(cell("Zoë"), "Zoë");
        assert_eq!(cell("Novak, Petra"), "\"Novak, Petra\"");
        assert_eq!(cell("the \"quick\""), "\"the \"\"quick\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
        assert_eq!(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    }
}
