//! What somebody wrote about a series, checked.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::model::Model;
use super::rule::{Ends, Rule};
use super::times::{self, Break, Made, Pattern};
use crate::kit::checks::Checks;
use crate::kit::time::{local_text, parse_local};
use crate::kit::{Answer, Refusal};

/// So many sessions at most.
pub const MOST: usize = 400;
const MOST_EXCEPTIONS: usize = 200;
const LONGEST_HOURS: i64 = 24;

/// The four words that say when a series is.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub rule: &'a str,
    pub starts: &'a str,
    pub ends: &'a str,
    pub zone: &'a str,
}

pub fn pattern(said: Said<'_>) -> Answer<Pattern> {
    let mut checks = Checks::new();
    let rule = Rule::parse(said.rule).map_err(|why| checks.fail("rule", "not-a-rule", why)).ok();
    if let Some(rule) = &rule {
        let text = "Say when the series ends: on a day, or after how many sessions.";
        checks.ensure(rule.ends != Ends::Never, "rule", "endless", text);
    }
    let starts = wall(&mut checks, "starts_local", said.starts);
    let ends = wall(&mut checks, "ends_local", said.ends);
    let zone: Option<Tz> = checks.zone("time_zone", said.zone);
    if let (Some(starts), Some(ends)) = (starts, ends) {
        let text = "A session ends after it starts. Choose a later end.";
        checks.ensure(ends > starts, "ends_local", "ends-before-start", text);
        let text = "A session lasts at most 24 hours. Choose an earlier end.";
        checks.ensure((ends - starts).num_minutes() <= LONGEST_HOURS * 60, "ends_local", "too-long", text);
    }
    checks.finish()?;
    match (rule, starts, ends, zone) {
        (Some(rule), Some(starts), Some(ends), Some(zone)) => Ok(Pattern { rule, starts, ends, zone }),
        _ => Err(Refusal::broken("a series that is neither read nor refused")),
    }
}

fn wall(checks: &mut Checks, field: &str, text: &str) -> Option<NaiveDateTime> {
    let read = parse_local(text).filter(|local| (2000..=2100).contains(&local.year()));
    let message = "Write the time as the clock on the wall shows it, like 2026-11-24T10:30:00.";
    checks.ensure(read.is_some(), field, "not-a-local-time", message);
    read
}

/// Days that are left out, each once and in order.
pub fn except(days: &[String]) -> Answer<Vec<NaiveDate>> {
    let mut checks = Checks::new();
    let many = days.len() <= MOST_EXCEPTIONS;
    checks.ensure(many, "except", "too-many", format!("Leave out at most {MOST_EXCEPTIONS} days."));
    let mut read: Vec<NaiveDate> = Vec::new();
    for (place, text) in days.iter().take(MOST_EXCEPTIONS).enumerate() {
        match day(text) {
            Some(day) => read.push(day),
            None => checks.fail(&format!("except[{place}]"), "not-a-day", "Write a day like 2026-12-25."),
        }
    }
    checks.finish()?;
    read.sort_unstable();
    read.dedup();
    Ok(read)
}

pub fn day(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10 && text.as_bytes()[4] == b'-';
    text.parse().ok().filter(|day: &NaiveDate| shaped && (2000..=2100).contains(&day.year()))
}

/// What a pattern makes, within what a series may have.
pub fn made(pattern: &Pattern, breaks: &[Break]) -> Answer<Made> {
    let made = times::of(pattern, breaks, MOST + MOST_EXCEPTIONS + 1);
    if made.sessions.len() > MOST {
        let text = format!("This makes more than {MOST} sessions. Choose an earlier end.");
        return Err(Refusal::field("rule", "too-many", text));
    }
    if made.sessions.is_empty() {
        let text = "This makes no session: the rule fits no day before its end, or all of them are left out.";
        return Err(Refusal::field("rule", "no-sessions", text));
    }
    Ok(made)
}

/// The pattern of a series as it stands.
pub fn standing(row: &Model) -> Answer<Pattern> {
    pattern(Said { rule: &row.rule, starts: &row.starts_local, ends: &row.ends_local, zone: &row.time_zone })
}

pub fn standing_except(row: &Model) -> Vec<NaiveDate> {
    let days: Vec<String> = serde_json::from_str(&row.except).unwrap_or_default();
    days.iter().filter_map(|text| day(text)).collect()
}

pub fn written(days: &[NaiveDate]) -> String {
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    serde_json::json!(days).to_string()
}

/// Single days as breaks without a name.
pub fn breaks(days: &[NaiveDate]) -> impl Iterator<Item = Break> {
    days.iter().map(|day| Break { first: *day, last: *day, name: String::new() })
}

/// A session's `original_start` as somebody wrote it.
pub fn from(text: &str) -> Answer<NaiveDateTime> {
    let wrong = || Refusal::field("from", "not-a-local-time", "Use the “original_start” of one of its sessions.");
    parse_local(text).ok_or_else(wrong)
}

pub fn text(local: NaiveDateTime) -> String {
    local_text(local)
}
