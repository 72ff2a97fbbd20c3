//! The days of a recurrence rule (RFC 5545, 3.3.10), in order. Pure: a rule and a first day in, days out.
//!
//! A rule is a row of periods (days, weeks, months or years). Of each, the days are taken that pass everything the rule says;
//! what it leaves open is said by the first day.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Weekday};

use super::rule::{Day, Ends, Every, Rule};

/// Nobody plans further: a rule that fits no day ends here.
const LAST_YEAR: i32 = 2100;

/// The days on which something of a rule begins, that begins first at `first` or later: at most `most`.
pub fn days(rule: &Rule, first: NaiveDateTime, most: usize) -> Vec<NaiveDate> {
    let filled = Filled::of(rule, first.date());
    let (count, until) = match rule.ends {
        Ends::Never => (usize::MAX, None),
        Ends::Count(count) => (count as usize, None),
        Ends::Until(until) => (usize::MAX, Some(until)),
    };
    let over = |day: NaiveDate| until.is_some_and(|until| day.and_time(first.time()) > until);
    let mut all = Vec::new();
    for start in periods(rule, first.date()) {
        if over(start) || all.len() >= count.min(most) {
            break;
        }
        let fits = filled.of_period(start).into_iter().filter(|day| *day >= first.date() && !over(*day));
        all.extend(fits);
    }
    all.truncate(count.min(most));
    all
}

/// The first days of the rule's periods.
fn periods(rule: &Rule, first: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let start = match rule.every {
        Every::Day => Some(first),
        Every::Week => first.checked_sub_days(Days::new(days_since(rule.week_start, first.weekday()))),
        Every::Month => first.with_day(1),
        Every::Year => NaiveDate::from_ymd_opt(first.year(), 1, 1),
    };
    let (every, interval) = (rule.every, rule.interval);
    let next = move |day: &NaiveDate| match every {
        Every::Day => day.checked_add_days(Days::new(u64::from(interval))),
        Every::Week => day.checked_add_days(Days::new(7 * u64::from(interval))),
        Every::Month => day.checked_add_months(Months::new(interval)),
        Every::Year => day.checked_add_months(Months::new(12 * interval)),
    };
    std::iter::successors(start, next).take_while(|day| day.year() <= LAST_YEAR)
}

fn days_since(start: Weekday, day: Weekday) -> u64 {
    u64::from((7 + day.num_days_from_monday() - start.num_days_from_monday()) % 7)
}

/// A rule that leaves nothing open.
struct Filled<'a> {
    rule: &'a Rule,
    months: Vec<i32>,
    month_days: Vec<i32>,
    days: Vec<Day>,
}

impl Filled<'_> {
    fn of(rule: &Rule, first: NaiveDate) -> Filled<'_> {
        let chosen =
            !(rule.weeks.is_empty() && rule.year_days.is_empty() && rule.month_days.is_empty() && rule.days.is_empty());
        let (mut months, mut month_days, mut days) = (rule.months.clone(), rule.month_days.clone(), rule.days.clone());
        match rule.every {
            _ if chosen => {}
            Every::Day => {}
            Every::Week => days = vec![Day { nth: None, weekday: first.weekday() }],
            Every::Month => month_days = vec![first.day() as i32],
            Every::Year => {
                if months.is_empty() {
                    months = vec![first.month() as i32];
                }
                month_days = vec![first.day() as i32];
            }
        }
        // A week's number alone means the same weekday of that week.
        if !rule.weeks.is_empty() && rule.days.is_empty() && rule.month_days.is_empty() && rule.year_days.is_empty() {
            days = vec![Day { nth: None, weekday: first.weekday() }];
        }
        Filled { rule, months, month_days, days }
    }

    fn of_period(&self, start: NaiveDate) -> Vec<NaiveDate> {
        let end = match self.rule.every {
            Every::Day => start.succ_opt(),
            Every::Week => start.checked_add_days(Days::new(7)),
            Every::Month => start.checked_add_months(Months::new(1)),
            Every::Year => start.checked_add_months(Months::new(12)),
        };
        let end = end.unwrap_or(start);
        let all: Vec<NaiveDate> =
            start.iter_days().take_while(|day| *day < end).filter(|day| self.fits(*day)).collect();
        if self.rule.positions.is_empty() {
            return all;
        }
        let place = |position: &i32| match position {
            1.. => all.get(*position as usize - 1).copied(),
            _ => all.len().checked_sub(position.unsigned_abs() as usize).map(|index| all[index]),
        };
        let mut chosen: Vec<NaiveDate> = self.rule.positions.iter().filter_map(place).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn fits(&self, day: NaiveDate) -> bool {
        let in_year = i64::from(day.ordinal());
        let year = i64::from(days_of_year(day.year()));
        let in_month = i64::from(day.day());
        let month = i64::from(day.num_days_in_month());
        listed(&self.months, i64::from(day.month()), 12)
            && listed(&self.rule.year_days, in_year, year)
            && listed(&self.month_days, in_month, month)
            && self.week_fits(day)
            && (self.days.is_empty() || self.days.iter().any(|wanted| self.is_day(wanted, day)))
    }

    fn week_fits(&self, day: NaiveDate) -> bool {
        if self.rule.weeks.is_empty() {
            return true;
        }
        let (week, weeks) = week_of(day, self.rule.week_start);
        listed(&self.rule.weeks, week, weeks)
    }

    fn is_day(&self, wanted: &Day, day: NaiveDate) -> bool {
        let Some(nth) = wanted.nth else { return wanted.weekday == day.weekday() };
        let in_month = self.rule.every == Every::Month || !self.months.is_empty();
        let (place, all) = if in_month {
            (day.day(), u32::from(day.num_days_in_month()))
        } else {
            (day.ordinal(), days_of_year(day.year()))
        };
        let (from_start, from_end) = ((place - 1) / 7 + 1, (all - place) / 7 + 1);
        let number = if nth > 0 { from_start as i32 } else { -(from_end as i32) };
        wanted.weekday == day.weekday() && nth == number
    }
}

/// Whether a place, counted from 1, is in a list that may count from the end; an empty list has everything.
fn listed(list: &[i32], place: i64, all: i64) -> bool {
    list.is_empty() || list.iter().any(|one| i64::from(*one) == place || i64::from(*one) == place - all - 1)
}

fn days_of_year(year: i32) -> u32 {
    if NaiveDate::from_ymd_opt(year, 2, 29).is_some() { 366 } else { 365 }
}

/// The number of a day's week, and how many weeks that week's year has. Week 1 is the first with four days in its year.
fn week_of(day: NaiveDate, week_start: Weekday) -> (i64, i64) {
    let first_of = |year: i32| first_week(year, week_start);
    let year = day.year();
    let year = match () {
        () if day >= first_of(year + 1) => year + 1,
        () if day < first_of(year) => year - 1,
        () => year,
    };
    let weeks = (first_of(year + 1) - first_of(year)).num_days() / 7;
    ((day - first_of(year)).num_days() / 7 + 1, weeks)
}

fn first_week(year: i32, week_start: Weekday) -> NaiveDate {
    let fourth = NaiveDate::from_ymd_opt(year, 1, 4).unwrap_or(NaiveDate::MIN);
    fourth.checked_sub_days(Days::new(days_since(week_start, fourth.weekday()))).unwrap_or(fourth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(rule: &str, first: &str) -> String {
        let first = NaiveDate::parse_from_str(first, "%Y-%m-%d").unwrap().and_hms_opt(9, 0, 0).unwrap();
        let all = days(&Rule::parse(rule).unwrap(), first, 1_000);
        all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    // Of the examples in RFC 5545, 3.8.5.3.
    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(
            expand("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05"),
            "1997-08-05 1997-08-10 1997-08-19 1997-08-24"
        );
        assert_eq!(
            expand("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05"),
            "1997-08-05 1997-08-17 1997-08-19 1997-08-31"
        );
        assert_eq!(expand("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "1997-09-22"), "1997-09-22 1997-10-20 1997-11-17");
        assert_eq!(expand("FREQ=YEARLY;COUNT=3;BYDAY=20MO", "1997-05-19"), "1997-05-19 1998-05-18 1999-05-17");
        assert_eq!(
            expand("FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO", "1997-05-12"),
            "1997-05-12 1998-05-11 1999-05-17"
        );
        assert_eq!(
            expand("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04"),
            "1997-09-04 1997-10-07 1997-11-06"
        );
        assert_eq!(
            expand("FREQ=MONTHLY;COUNT=4;BYMONTHDAY=13;BYDAY=FR", "1997-09-02"),
            "1998-02-13 1998-03-13 1998-11-13 1999-08-13"
        );
        assert_eq!(expand("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=15,30", "2007-01-15"), "2007-01-15 2007-01-30 2007-02-15");
        assert_eq!(expand("FREQ=YEARLY;UNTIL=20000131;BYMONTH=1;BYDAY=SU", "1999-12-20").split(' ').count(), 5);
    }

    #[test]
    fn what_fits_no_day_ends_and_what_never_ends_is_cut() {
        assert_eq!(expand("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01"), "");
        assert_eq!(expand("FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=31", "2026-01-01"), "");
        assert_eq!(expand("FREQ=DAILY", "2026-01-01").split(' ').count(), 1_000);
        assert_eq!(expand("FREQ=MONTHLY;COUNT=3", "2026-01-31"), "2026-01-31 2026-03-31 2026-05-31");
        assert_eq!(expand("FREQ=YEARLY;COUNT=2", "2024-02-29"), "2024-02-29 2028-02-29");
    }
}
