//! Recurrence rules beside an independent implementation of RFC 5545: Python's dateutil.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::NaiveDateTime;
use server::programs::series::expand;
use server::programs::series::rule::Rule;

/// Of `make test`; all of `make check-all` are 1,000.
const SAMPLE: u64 = 80;
const MOST: usize = 60;

const OTHER: &str = r#"
import sys
from datetime import datetime
from itertools import islice
from dateutil.rrule import rrulestr
for line in sys.stdin:
    first, rule = line.split()
    found = rrulestr(rule, dtstart=datetime.fromisoformat(first))
    if found._until is None:
        found = found.replace(until=datetime(2100, 12, 31, 23, 59))
    print(",".join(day.date().isoformat() for day in islice(found, 60)))
"#;

/// A row of numbers that is the same for the same seed (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as i64
    }

    fn one_in(&mut self, many: i64) -> bool {
        self.next(many) == 0
    }

    /// Some numbers from 1, at times counted from the end.
    fn list(&mut self, most: i64, backwards: bool) -> String {
        let many = 1 + self.next(3);
        let one = |me: &mut Numbers| {
            let number = 1 + me.next(most);
            if backwards && me.one_in(3) { -number } else { number }
        };
        (0..many).map(|_| one(self).to_string()).collect::<Vec<_>>().join(",")
    }

    fn weekdays(&mut self, numbered: i64) -> String {
        let many = 1 + self.next(3);
        let numbered = if self.one_in(2) { numbered } else { 0 };
        let one = |me: &mut Numbers| {
            let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][me.next(7) as usize];
            match numbered {
                0 => day.to_string(),
                most => format!("{}{day}", if me.one_in(2) { -1 - me.next(most) } else { 1 + me.next(most) }),
            }
        };
        (0..many).map(|_| one(self)).collect::<Vec<_>>().join(",")
    }
}

/// First day and rule. What the two implementations are known to read otherwise is left out: a week's number without a
/// weekday (the standard takes it from the first day), positions in a first week that is not whole or of weeks
/// by number (days of the old year's last week are lost there), and numbered weekdays beside others (there a day must be both).
fn made_up(seed: u64) -> (String, String) {
    let mut n = Numbers(seed);
    let first = format!("{}-{:02}-{:02}T{:02}:30:00", 2020 + n.next(10), 1 + n.next(12), 1 + n.next(28), n.next(24));
    let every = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][n.next(4) as usize];
    let mut rule = format!("FREQ={every}");
    let mut part = |n: &mut Numbers, chance: i64, text: &dyn Fn(&mut Numbers) -> String| {
        let there = n.one_in(chance);
        if there {
            let text = text(n);
            let _ = write!(rule, ";{text}");
        }
        there
    };
    part(&mut n, 2, &|n| format!("INTERVAL={}", 1 + n.next(5)));
    if !part(&mut n, 3, &|n| format!("COUNT={}", 1 + n.next(40))) {
        part(&mut n, 2, &|n| format!("UNTIL={}{:02}{:02}T093000", 2021 + n.next(20), 1 + n.next(12), 1 + n.next(28)));
    }
    part(&mut n, 4, &|n| format!("BYMONTH={}", n.list(12, false)));
    part(&mut n, 5, &|_| "WKST=SU".into());
    let mut chooses = false;
    if every != "WEEKLY" {
        chooses |= part(&mut n, 3, &|n| format!("BYMONTHDAY={}", n.list(31, true)));
    }
    let by_week = every == "YEARLY" && part(&mut n, 4, &|n| format!("BYWEEKNO={}", n.list(52, false)));
    if every == "YEARLY" && !by_week {
        chooses |= part(&mut n, 5, &|n| format!("BYYEARDAY={}", n.list(366, true)));
    }
    let numbered = match every {
        _ if by_week => 0,
        "MONTHLY" => 5,
        "YEARLY" => 5,
        _ => 0,
    };
    chooses |= part(&mut n, if by_week { 1 } else { 2 }, &|n| format!("BYDAY={}", n.weekdays(numbered)));
    if chooses && !by_week && every != "WEEKLY" {
        part(&mut n, 4, &|n| format!("BYSETPOS={}", n.list(4, true)));
    }
    (first, rule)
}

fn theirs(rules: &[(String, String)]) -> Vec<String> {
    let lines: String = rules.iter().map(|(first, rule)| format!("{first} {rule}\n")).collect();
    python(OTHER, lines).lines().map(String::from).collect()
}

/// What a script of Python's says to some text.
pub fn python(script: &str, input: String) -> String {
    let has = |python: &&&str| {
        let look = Command::new(python).args(["-c", "import dateutil, icalendar"]).output();
        look.is_ok_and(|output| output.status.success())
    };
    let found = ["python3", "/usr/bin/python3"].iter().find(has);
    let program = found.expect("Debian's packages python3-dateutil and python3-icalendar are there");
    let mut child =
        Command::new(program).args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writes = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writes.join().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn rules_mean_what_they_mean_elsewhere() {
    let many = if std::env::var_os("VDP_TEST_ALL").is_some() { 1_000 } else { SAMPLE };
    let rules: Vec<_> = (0..many).map(made_up).collect();
    let theirs = theirs(&rules);
    assert_eq!(theirs.len(), rules.len());
    let mut different = Vec::new();
    for ((first, rule), theirs) in rules.iter().zip(theirs) {
        let read = Rule::parse(rule).unwrap_or_else(|why| panic!("{rule}: {why}"));
        let first: NaiveDateTime = first.parse().unwrap();
        let days = expand::days(&read, first, MOST);
        let ours = days.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        if ours != theirs {
            different.push(format!("{first} {rule}\n  ours   {ours}\n  theirs {theirs}"));
        }
        assert_eq!(
            expand::days(&Rule::parse(&read.to_string()).unwrap(), first, MOST),
            days,
            "{rule} as it is written"
        );
    }
    assert!(different.is_empty(), "{} of {many}:\n{}", different.len(), different[..different.len().min(5)].join("\n"));
}
