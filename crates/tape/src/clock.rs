//! From a source's own time to the clock of the recording.
//!
//! A source's ticks give the distances, what arrives first gives the place: the least delay seen within a while is the
//! path's own, so a source that runs fast or slow is led back to the common clock, and sound and picture stay together.

/// So long the least delay is looked for.
const WINDOW_US: i64 = 5_000_000;
/// A drift less than this is left alone.
const SLACK_US: i64 = 15_000;
/// A source whose times are this far off has begun to count anew.
const JUMP_US: i64 = 1_500_000;

#[derive(Debug)]
pub(crate) struct Clock {
    rate: i64,
    /// The newest time, as the source says it and unwrapped.
    last: Option<(u32, i64)>,
    /// Added to a source's microseconds.
    offset: i64,
    least: i64,
    window: i64,
}

impl Clock {
    /// `rate`: ticks a second.
    pub fn new(rate: u32) -> Clock {
        Clock { rate: rate.into(), last: None, offset: 0, least: i64::MAX, window: 0 }
    }

    /// The source continues with unrelated times.
    pub fn restart(&mut self) {
        self.last = None;
    }

    /// When something of time `ticks` belongs that arrived at `arrived`, both in microseconds.
    pub fn place(&mut self, ticks: u32, arrived: i64) -> i64 {
        let Some((last, unwrapped)) = self.last else { return self.anchor(ticks, arrived) };
        let unwrapped = unwrapped + i64::from(ticks.wrapping_sub(last) as i32);
        let own = unwrapped * 1_000_000 / self.rate;
        let late = arrived - (own + self.offset);
        if late.abs() > JUMP_US {
            return self.anchor(ticks, arrived);
        }
        self.last = Some((ticks, unwrapped));
        self.least = self.least.min(late);
        if arrived - self.window >= WINDOW_US {
            if self.least.abs() > SLACK_US {
                self.offset += self.least;
            }
            (self.least, self.window) = (i64::MAX, arrived);
        }
        own + self.offset
    }

    fn anchor(&mut self, ticks: u32, arrived: i64) -> i64 {
        self.last = Some((ticks, 0));
        (self.offset, self.least, self.window) = (arrived, i64::MAX, arrived);
        arrived
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_wrap_and_arrivals_that_vary_do_not_show() {
        let mut clock = Clock::new(48_000);
        for step in 0..1000i64 {
            let ticks = (u32::MAX - 9_600).wrapping_add(960 * step as u32);
            let jitter = if step % 7 == 0 { 9_000 } else { 0 };
            assert_eq!(clock.place(ticks, 5_000 + step * 20_000 + jitter) - 5_000, step * 20_000 + 9_000);
        }
    }

    #[test]
    fn a_source_that_runs_slow_is_led_back() {
        let mut clock = Clock::new(48_000);
        let mut furthest = 0;
        // A fifth of a second in an hour.
        for step in 0..180_000i64 {
            let arrived = step * 20_000 + step * 20 / 18;
            furthest = furthest.max((clock.place(960 * step as u32, arrived) - arrived).abs());
        }
        assert!(furthest < 20_000, "{furthest} µs");
    }

    #[test]
    fn who_counts_anew_is_placed_where_it_arrives() {
        let mut clock = Clock::new(90_000);
        assert_eq!(clock.place(7, 1_000_000), 1_000_000);
        assert_eq!(clock.place(4_000_000_000, 2_000_000), 2_000_000);
        assert_eq!(clock.place(4_000_009_000, 2_100_000), 2_100_000);
        clock.restart();
        assert_eq!(clock.place(0, 2_200_000), 2_200_000);
    }
}
