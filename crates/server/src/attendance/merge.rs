//! From the intervals of one person in one session to the time they were there. Plain values in, plain values out.
//!
//! Only true overlaps and exact touches become one stretch. Nothing is clipped to the schedule, joined over a gap or
//! rounded: how minutes are counted for a payer is a view on top of this.

use super::model::Source;
use crate::kit::At;

/// One interval as the ledger has it: half open, `joined_at` is in it and `left_at` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub joined_at: At,
    /// `None` while the person is there. May lie before `joined_at` where a clock was set back in between.
    pub left_at: Option<At>,
    pub source: Source,
}

/// The presence of one person: their stretches in order, none touching another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presence {
    pub intervals: Vec<Interval>,
    /// The whole time, in microseconds.
    pub micros: i64,
    /// Whether they are there now; then the last stretch has no `left_at`.
    pub present: bool,
    /// Up to when an open stretch was counted; at least the newest instant that any interval names.
    pub counted_until: Option<At>,
}

impl Presence {
    /// The whole time in seconds, exact to the microsecond.
    pub fn seconds(&self) -> f64 {
        self.micros as f64 / 1e6
    }

    pub fn first_joined_at(&self) -> Option<At> {
        self.intervals.first().map(|i| i.joined_at)
    }

    /// When they were last seen to leave; `None` while they are there.
    pub fn last_left_at(&self) -> Option<At> {
        self.intervals.last().and_then(|i| i.left_at)
    }
}

/// Merges the intervals of one person in one session, in whatever order they come. Open ones count until `now`.
pub fn merge(intervals: &[Interval], now: At) -> Presence {
    // An instant that was written down has been: where the clock jumped back since, “now” is not before it. So an
    // open interval reaches past everything else, and only the last stretch can be open.
    let Some(newest) = intervals.iter().flat_map(|i| [Some(i.joined_at), i.left_at]).flatten().max() else {
        return Presence::default();
    };
    let until = now.max(newest);
    let mut sorted = intervals.to_vec();
    sorted.sort_by_key(|i| i.joined_at);
    let mut stretches: Vec<Stretch> = Vec::new();
    for interval in sorted {
        let next = Stretch::of(interval, until);
        match stretches.last_mut() {
            Some(last) if next.from <= last.to => last.take_in(next),
            _ => stretches.push(next),
        }
    }
    Presence {
        micros: stretches.iter().map(|s| s.to.0 - s.from.0).sum(),
        present: stretches.last().is_some_and(|s| s.open),
        intervals: stretches.into_iter().map(Stretch::interval).collect(),
        counted_until: Some(until),
    }
}

#[derive(Clone, Copy)]
struct Stretch {
    from: At,
    to: At,
    open: bool,
    source: Source,
}

impl Stretch {
    fn of(interval: Interval, until: At) -> Stretch {
        let Interval { joined_at, left_at, source } = interval;
        // Left before joined: a moment at `joined_at`, never a negative time.
        let to = left_at.unwrap_or(until).max(joined_at);
        Stretch { from: joined_at, to, open: left_at.is_none(), source }
    }

    fn take_in(&mut self, other: Stretch) {
        self.to = self.to.max(other.to);
        self.open |= other.open;
        // What somebody added by hand stays visible as such.
        if other.source == Source::Correction {
            self.source = Source::Correction;
        }
    }

    fn interval(self) -> Interval {
        Interval { joined_at: self.from, left_at: (!self.open).then_some(self.to), source: self.source }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn live(joined: i64, left: impl Into<Option<i64>>) -> Interval {
        Interval { joined_at: At(joined), left_at: left.into().map(At), source: Source::Live }
    }

    fn spans(presence: &Presence) -> Vec<(i64, Option<i64>)> {
        presence.intervals.iter().map(|i| (i.joined_at.0, i.left_at.map(|l| l.0))).collect()
    }

    #[test]
    fn nobody_is_nothing() {
        assert_eq!(merge(&[], At(9)), Presence::default());
    }

    #[test]
    fn two_devices_count_once() {
        let both = merge(&[live(0, 60), live(10, 50), live(40, 90)], At(100));
        assert_eq!((spans(&both), both.micros), (vec![(0, Some(90))], 90));
    }

    #[test]
    fn an_exact_touch_is_one_stretch_and_a_gap_of_one_microsecond_is_two() {
        assert_eq!(spans(&merge(&[live(0, 5), live(5, 9)], At(9))), [(0, Some(9))]);
        assert_eq!(spans(&merge(&[live(0, 5), live(6, 9)], At(9))), [(0, Some(5)), (6, Some(9))]);
    }

    #[test]
    fn an_open_interval_grows_with_the_clock() {
        let intervals = [live(0, 10), live(20, None)];
        let (soon, later) = (merge(&intervals, At(25)), merge(&intervals, At(35)));
        assert_eq!((soon.micros, later.micros), (15, 25));
        assert!(soon.present && soon.last_left_at().is_none());
    }

    #[test]
    fn who_left_before_they_joined_was_there_for_a_moment() {
        let skewed = merge(&[live(50, 20)], At(60));
        assert_eq!((spans(&skewed), skewed.micros), (vec![(50, Some(50))], 0));
    }

    #[test]
    fn a_clock_set_back_takes_nothing_away() {
        let presence = merge(&[live(100, None)], At(40));
        assert_eq!((presence.micros, presence.present), (0, true));
        assert_eq!(merge(&[live(0, None), live(100, 130)], At(40)).micros, 130);
    }

    #[test]
    fn a_restart_leaves_its_gap() {
        // Closed at the last sign of life, opened anew when the page came back.
        let presence = merge(&[live(0, 1_000_000), live(7_000_000, 9_000_000)], At(9_000_000));
        assert_eq!(presence.seconds(), 3.0);
    }

    #[test]
    fn what_was_added_by_hand_stays_visible() {
        let by_hand = Interval { source: Source::Correction, ..live(5, 15) };
        let sources = |all: &[Interval]| merge(all, At(99)).intervals.iter().map(|i| i.source).collect::<Vec<_>>();
        assert_eq!(sources(&[live(0, 10), by_hand]), [Source::Correction]);
        assert_eq!(sources(&[live(0, 4), by_hand]), [Source::Live, Source::Correction]);
    }

    fn some_interval() -> impl Strategy<Value = Interval> {
        let source = prop_oneof![4 => Just(Source::Live), 1 => Just(Source::Correction)];
        (0i64..60, prop_oneof![1 => Just(None), 5 => (0i64..80).prop_map(Some)], source)
            .prop_map(|(joined, left, source)| Interval { joined_at: At(joined), left_at: left.map(At), source })
    }

    fn some_intervals() -> impl Strategy<Value = Vec<Interval>> {
        proptest::collection::vec(some_interval(), 0..9)
    }

    proptest! {
        #[test]
        fn the_time_is_that_of_the_union(all in some_intervals(), now in 0i64..100) {
            let presence = merge(&all, At(now));
            let until = presence.counted_until.map_or(0, |u| u.0);
            let moments: BTreeSet<i64> =
                all.iter().flat_map(|i| i.joined_at.0..i.left_at.map_or(until, |l| l.0)).collect();
            prop_assert_eq!(presence.micros, moments.len() as i64);
            let again: BTreeSet<i64> =
                presence.intervals.iter().flat_map(|i| i.joined_at.0..i.left_at.map_or(until, |l| l.0)).collect();
            prop_assert_eq!(moments, again);
        }

        #[test]
        fn the_order_does_not_matter(all in some_intervals(), turn in 0usize..9, now in 0i64..100) {
            let mut other = all.clone();
            other.reverse();
            if !other.is_empty() {
                let turn = turn % other.len();
                other.rotate_left(turn);
            }
            prop_assert_eq!(merge(&all, At(now)), merge(&other, At(now)));
        }

        #[test]
        fn merging_what_is_merged_changes_nothing(all in some_intervals(), now in 0i64..100) {
            let once = merge(&all, At(now));
            prop_assert_eq!(&merge(&once.intervals, once.counted_until.unwrap_or(At(now))), &once);
        }

        #[test]
        fn stretches_stand_apart_and_in_order(all in some_intervals(), now in 0i64..100) {
            let presence = merge(&all, At(now));
            for pair in presence.intervals.windows(2) {
                prop_assert!(pair[0].left_at.expect("only the last is open") < pair[1].joined_at);
            }
            prop_assert_eq!(presence.present, all.iter().any(|i| i.left_at.is_none()));
            prop_assert_eq!(presence.first_joined_at(), all.iter().map(|i| i.joined_at).min());
        }

        #[test]
        fn the_time_is_never_negative_nor_more_than_the_span(all in some_intervals(), now in 0i64..100) {
            let presence = merge(&all, At(now));
            let from = presence.first_joined_at().unwrap_or(At(now));
            let to = presence.last_left_at().or(presence.counted_until).unwrap_or(from);
            prop_assert!((0..=to.0 - from.0).contains(&presence.micros));
        }

        #[test]
        fn one_more_interval_never_takes_time_away(all in some_intervals(), more in some_interval(), now in 80i64..100) {
            let with = [all.as_slice(), &[more]].concat();
            prop_assert!(merge(&with, At(now)).micros >= merge(&all, At(now)).micros);
        }
    }
}
