//! What a changed rule does to the sessions that are there. Pure.

use chrono::{Datelike, NaiveDate};

use super::times::Occurrence;

/// A session of the series, as far as this needs it.
#[derive(Clone, Debug)]
pub struct There {
    /// The day on which the rule put it.
    pub day: NaiveDate,
    /// It did not begin and is not cancelled.
    pub open: bool,
    /// Somebody gave it another time by hand.
    pub moved: bool,
}

/// What becomes of sessions and of what the rule makes now, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is what the rule makes: its time, unless it was moved by hand, and its words follow.
    Follows {
        session: usize,
        occurrence: usize,
    },
    Added {
        occurrence: usize,
    },
    Removed {
        session: usize,
    },
    /// It began, is over or is cancelled.
    Stays {
        session: usize,
    },
}

/// A session keeps its day where the rule still has it. Others go in order to new days of their week, so that a class
/// that moves from Monday to Tuesday stays the same class. What is left over is added or removed.
pub fn between(there: &[There], wanted: &[Occurrence]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut free: Vec<Option<usize>> = (0..wanted.len()).map(Some).collect();
    let mut open: Vec<usize> = Vec::new();
    for (session, one) in there.iter().enumerate() {
        let same = wanted.iter().position(|occurrence| occurrence.original.date() == one.day);
        let taken = same.and_then(|occurrence| free[occurrence].take());
        match taken {
            _ if !one.open => changes.push(Change::Stays { session }),
            Some(occurrence) => changes.push(Change::Follows { session, occurrence }),
            None => open.push(session),
        }
    }
    for session in open {
        let week = there[session].day.iso_week();
        let near = free.iter().flatten().find(|occurrence| wanted[**occurrence].original.iso_week() == week).copied();
        match near {
            Some(occurrence) => {
                free[occurrence] = None;
                changes.push(Change::Follows { session, occurrence });
            }
            None => changes.push(Change::Removed { session }),
        }
    }
    changes.extend(free.into_iter().flatten().map(|occurrence| Change::Added { occurrence }));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::At;
    use proptest::prelude::*;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Days::new(number)
    }

    fn there(number: u64, open: bool) -> There {
        There { day: day(number), open, moved: false }
    }

    fn wanted(number: u64) -> Occurrence {
        let at = day(number).and_hms_opt(10, 0, 0).unwrap();
        Occurrence { original: at, starts: at, ends: at, starts_at: At(0), ends_at: At(0), note: None }
    }

    #[test]
    fn mondays_become_tuesdays_and_stay_the_same_classes() {
        let changes = between(&[there(0, true), there(7, true), there(14, true)], &[wanted(1), wanted(8), wanted(22)]);
        assert_eq!(
            changes,
            [
                Change::Follows { session: 0, occurrence: 0 },
                Change::Follows { session: 1, occurrence: 1 },
                Change::Removed { session: 2 },
                Change::Added { occurrence: 2 },
            ]
        );
    }

    #[test]
    fn what_began_stays_and_its_day_is_not_given_twice() {
        let changes = between(&[there(0, false), there(7, true)], &[wanted(0), wanted(7)]);
        assert_eq!(changes, [Change::Stays { session: 0 }, Change::Follows { session: 1, occurrence: 1 }]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_there_twice(
            old in proptest::collection::btree_map(0..60u64, any::<bool>(), 0..20),
            new in proptest::collection::btree_set(0..60u64, 0..20),
        ) {
            let there: Vec<There> = old.iter().map(|(day, open)| there(*day, *open)).collect();
            let wanted: Vec<Occurrence> = new.iter().map(|day| wanted(*day)).collect();
            let (mut sessions, mut occurrences) = (vec![0; there.len()], vec![0; wanted.len()]);
            for change in between(&there, &wanted) {
                match change {
                    Change::Follows { session, occurrence } => {
                        prop_assert!(there[session].open);
                        sessions[session] += 1;
                        occurrences[occurrence] += 1;
                    }
                    Change::Added { occurrence } => occurrences[occurrence] += 1,
                    Change::Removed { session } => {
                        prop_assert!(there[session].open);
                        sessions[session] += 1;
                    }
                    Change::Stays { session } => {
                        prop_assert!(!there[session].open);
                        sessions[session] += 1;
                        for (place, one) in wanted.iter().enumerate() {
                            occurrences[place] += usize::from(one.original.date() == there[session].day);
                        }
                    }
                }
            }
            prop_assert!(sessions.iter().chain(&occurrences).all(|times| *times == 1));
        }
    }
}
