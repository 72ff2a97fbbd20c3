//! A recurrence rule (RFC 5545, 3.3.10), read and written. Pure.
//!
//! Sessions have one time of day, so rules go by days: what RFC 5545 says of hours, minutes and seconds is refused.

use std::fmt::{self, Display, Formatter};

use chrono::{NaiveDate, NaiveDateTime, Weekday};

/// Nobody writes a longer one.
const LONGEST: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Every {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Never,
    /// After so many.
    Count(u32),
    /// None begins after this wall-clock time.
    Until(NaiveDateTime),
}

/// A weekday; with a number the n-th one of the month or the year, from its end where it is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub nth: Option<i32>,
    pub weekday: Weekday,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub every: Every,
    /// Each, each second, each third …
    pub interval: u32,
    pub ends: Ends,
    pub months: Vec<i32>,
    pub weeks: Vec<i32>,
    pub year_days: Vec<i32>,
    pub month_days: Vec<i32>,
    pub days: Vec<Day>,
    /// Which of a period's days, from its end where negative.
    pub positions: Vec<i32>,
    pub week_start: Weekday,
}

const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

impl Rule {
    fn new(every: Every) -> Rule {
        Rule {
            every,
            interval: 1,
            ends: Ends::Never,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// Reads the value of an `RRULE`, with or without that word before it.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Rule, String> {
        if text.len() > LONGEST {
            return Err(format!("Write a rule of at most {LONGEST} characters."));
        }
        let upper = text.trim().to_ascii_uppercase();
        let plain = upper.strip_prefix("RRULE:").unwrap_or(&upper);
        let parts: Vec<(&str, &str)> = plain
            .split(';')
            .filter(|part| !part.is_empty())
            .map(|part| part.split_once('=').ok_or_else(|| format!("“{part}” is no part of a rule, like FREQ=WEEKLY.")))
            .collect::<Result<_, _>>()?;
        for (place, (name, _)) in parts.iter().enumerate() {
            if parts[..place].iter().any(|(other, _)| other == name) {
                return Err(format!("{name} is there twice. Keep one."));
            }
        }
        let every = parts.iter().find(|(name, _)| *name == "FREQ").map(|(_, value)| *value);
        let mut rule = Rule::new(frequency(every)?);
        for (name, value) in parts {
            rule.take(name, value)?;
        }
        rule.check()
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "FREQ" => {}
            "INTERVAL" => self.interval = number(name, value, 1, 1_000)? as u32,
            "COUNT" | "UNTIL" if self.ends != Ends::Never => {
                return Err("Say how many there are (COUNT), or when they end (UNTIL), not both.".into());
            }
            "COUNT" => self.ends = Ends::Count(number(name, value, 1, 100_000)? as u32),
            "UNTIL" => self.ends = Ends::Until(until(value)?),
            "BYMONTH" => self.months = numbers(name, value, 12, false)?,
            "BYWEEKNO" => self.weeks = numbers(name, value, 53, true)?,
            "BYYEARDAY" => self.year_days = numbers(name, value, 366, true)?,
            "BYMONTHDAY" => self.month_days = numbers(name, value, 31, true)?,
            "BYSETPOS" => self.positions = numbers(name, value, 366, true)?,
            "BYDAY" => self.days = value.split(',').map(day).collect::<Result<_, _>>()?,
            "WKST" => self.week_start = weekday(value)?,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                return Err(format!("{name} cannot be used: sessions begin at the time of the first one."));
            }
            _ => return Err(format!("{name} is no part of a rule.")),
        }
        Ok(())
    }

    /// What RFC 5545 forbids together.
    fn check(self) -> Result<Rule, String> {
        let numbered = self.days.iter().any(|day| day.nth.is_some());
        if numbered && self.every < Every::Month {
            return Err("A numbered weekday like 2MO goes with FREQ=MONTHLY or FREQ=YEARLY alone.".into());
        }
        if numbered && !self.weeks.is_empty() {
            return Err("A numbered weekday like 2MO cannot go together with BYWEEKNO.".into());
        }
        if !self.weeks.is_empty() && self.every != Every::Year {
            return Err("BYWEEKNO goes with FREQ=YEARLY alone.".into());
        }
        if !self.year_days.is_empty() && self.every != Every::Year {
            return Err("BYYEARDAY goes with FREQ=YEARLY alone.".into());
        }
        if !self.month_days.is_empty() && self.every == Every::Week {
            return Err("BYMONTHDAY cannot go together with FREQ=WEEKLY.".into());
        }
        let chooses =
            [&self.months, &self.weeks, &self.year_days, &self.month_days].iter().any(|list| !list.is_empty());
        if !self.positions.is_empty() && self.days.is_empty() && !chooses {
            return Err("BYSETPOS chooses among days: name them too, for example with BYDAY.".into());
        }
        Ok(self)
    }
}

fn frequency(value: Option<&str>) -> Result<Every, String> {
    match value {
        Some("DAILY") => Ok(Every::Day),
        Some("WEEKLY") => Ok(Every::Week),
        Some("MONTHLY") => Ok(Every::Month),
        Some("YEARLY") => Ok(Every::Year),
        Some(other) => Err(format!("“{other}” is no FREQ here: use DAILY, WEEKLY, MONTHLY or YEARLY.")),
        None => Err("A rule begins with FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.".into()),
    }
}

fn number(name: &str, value: &str, least: i64, most: i64) -> Result<i64, String> {
    let read = value.parse().ok().filter(|number| (least..=most).contains(number));
    read.ok_or_else(|| format!("“{value}” is no {name}: use a number from {least} to {most}."))
}

/// Numbers from 1, or also from −1 downwards.
fn numbers(name: &str, value: &str, most: i64, backwards: bool) -> Result<Vec<i32>, String> {
    let least = if backwards { -most } else { 1 };
    let mut all = Vec::new();
    for one in value.split(',') {
        match number(name, one, least, most)? as i32 {
            0 => return Err(format!("There is no {name} 0.")),
            fine => all.push(fine),
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

fn day(text: &str) -> Result<Day, String> {
    let (nth, name) = text.split_at_checked(text.len().saturating_sub(2)).unwrap_or(("", text));
    let weekday = weekday(name)?;
    if nth.is_empty() {
        return Ok(Day { nth: None, weekday });
    }
    match number("BYDAY", nth, -53, 53)? as i32 {
        0 => Err("There is no weekday number 0.".into()),
        nth => Ok(Day { nth: Some(nth), weekday }),
    }
}

fn weekday(name: &str) -> Result<Weekday, String> {
    let known = DAYS.iter().find(|(short, _)| *short == name).map(|(_, weekday)| *weekday);
    known.ok_or_else(|| format!("“{name}” is no weekday: use MO, TU, WE, TH, FR, SA or SU."))
}

fn short(weekday: Weekday) -> &'static str {
    DAYS[weekday.num_days_from_monday() as usize].0
}

/// A day, whole, or a wall-clock time.
fn until(value: &str) -> Result<NaiveDateTime, String> {
    let day = NaiveDate::parse_from_str(value, "%Y%m%d").ok().and_then(|day| day.and_hms_opt(23, 59, 59));
    let time = || NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok();
    if value.ends_with('Z') {
        return Err("Write UNTIL as a day of the session's own time zone, like 20261218, without a Z.".into());
    }
    day.or_else(time).ok_or_else(|| format!("“{value}” is no UNTIL: write a day like 20261218."))
}

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let every = match self.every {
            Every::Day => "DAILY",
            Every::Week => "WEEKLY",
            Every::Month => "MONTHLY",
            Every::Year => "YEARLY",
        };
        write!(f, "FREQ={every}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.ends {
            Ends::Never => {}
            Ends::Count(count) => write!(f, ";COUNT={count}")?,
            Ends::Until(time) => write!(f, ";UNTIL={}", time.format("%Y%m%dT%H%M%S"))?,
        }
        let lists = [
            ("BYMONTH", &self.months),
            ("BYWEEKNO", &self.weeks),
            ("BYYEARDAY", &self.year_days),
            ("BYMONTHDAY", &self.month_days),
            ("BYSETPOS", &self.positions),
        ];
        for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            write!(f, ";{name}={}", joined(list.iter().map(ToString::to_string)))?;
        }
        if !self.days.is_empty() {
            let day =
                |day: &Day| format!("{}{}", day.nth.map_or(String::new(), |nth| nth.to_string()), short(day.weekday));
            write!(f, ";BYDAY={}", joined(self.days.iter().map(day)))?;
        }
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", short(self.week_start))?;
        }
        Ok(())
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written() {
        for text in [
            "FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE,FR",
            "FREQ=MONTHLY;INTERVAL=2;UNTIL=20261218T235959;BYDAY=-1FR,2MO",
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=-1,15",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR",
        ] {
            assert_eq!(Rule::parse(text).unwrap().to_string(), text);
        }
        let same = Rule::parse("rrule:until=20261218;byday=mo;freq=weekly;").unwrap();
        assert_eq!(same.to_string(), "FREQ=WEEKLY;UNTIL=20261218T235959;BYDAY=MO");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, word) in [
            ("", "begins with FREQ"),
            ("FREQ=HOURLY", "HOURLY"),
            ("FREQ=WEEKLY;BYDAY=XX", "XX"),
            ("FREQ=WEEKLY;BYDAY=é", "weekday"),
            ("FREQ=WEEKLY;BYDAY=2MO", "numbered"),
            ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=2MO", "BYWEEKNO"),
            ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO"),
            ("FREQ=WEEKLY;COUNT=3;UNTIL=20260101", "not both"),
            ("FREQ=WEEKLY;COUNT=0", "COUNT"),
            ("FREQ=WEEKLY;INTERVAL=99999999999999999999", "INTERVAL"),
            ("FREQ=WEEKLY;UNTIL=20261340", "UNTIL"),
            ("FREQ=WEEKLY;UNTIL=20261218T100000Z", "without a Z"),
            ("FREQ=DAILY;BYHOUR=9", "BYHOUR"),
            ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=DAILY;FREQ=DAILY", "twice"),
            ("FREQ=DAILY;MOON=FULL", "MOON"),
            ("FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY 0"),
            ("whenever", "whenever"),
        ] {
            let said = Rule::parse(text).unwrap_err();
            assert!(said.to_lowercase().contains(&word.to_lowercase()), "{text}: {said}");
        }
        assert!(Rule::parse(&format!("FREQ=DAILY;BYMONTH={}", "1,".repeat(400))).is_err());
    }
}
