//! Dates that come in, and the instants a day spans in a zone.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::kit::checks::Checks;
use crate::kit::{At, time};

/// Reads `2026-11-24`; anything else is named as wrong.
pub fn read(checks: &mut Checks, field: &str, text: &str) -> Option<NaiveDate> {
    // The parser alone would take signs, spaces and years of five digits.
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = shaped.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
    checks.ensure(
        date.is_some(),
        field,
        "not-a-date",
        format!("Write “{field}” as a date that exists, like 2026-11-24."),
    );
    date
}

/// From the first instant of `first` to the first instant after `last`. A day may last 23 or 25 hours.
pub fn span(first: NaiveDate, last: NaiveDate, zone: Tz) -> (At, At) {
    let after = last.succ_opt().unwrap_or(last);
    (time::start_of_day(first, zone), time::start_of_day(after, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_that_exist_are_read() {
        for (text, good) in [
            ("2026-11-24", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-11-31", false),
            ("2026-1-2", false),
            ("26-11-2024", false),
            ("2026-11-24T10:00:00Z", false),
            ("+2026-11-2", false),
            ("tomorrow", false),
            ("", false),
        ] {
            let mut checks = Checks::new();
            assert_eq!(read(&mut checks, "date", text).is_some(), good, "{text}");
            assert_eq!(checks.finish().is_ok(), good, "{text}");
        }
    }

    #[test]
    fn a_day_of_changing_clocks_has_its_own_length() {
        let london = time::zone("Europe/London").unwrap();
        let hours = |date: &str| {
            let date = date.parse().unwrap();
            let (from, to) = span(date, date, london);
            to.seconds_since(from) / 3600.0
        };
        assert_eq!((hours("2026-03-29"), hours("2026-06-01"), hours("2026-10-25")), (23.0, 24.0, 25.0));
    }
}
