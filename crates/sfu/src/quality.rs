//! How well a seat's connections do, from loss and round trips in both directions.

use std::time::Duration;

use crate::model::Level;

/// What a connection measured over its last interval.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Health {
    pub egress_loss: Option<f32>,
    pub ingress_loss: Option<f32>,
    pub rtt: Option<Duration>,
}

impl Health {
    pub fn level(&self) -> Level {
        let loss = self.egress_loss.unwrap_or(0.0).max(self.ingress_loss.unwrap_or(0.0));
        let rtt = self.rtt.unwrap_or_default();
        if loss > 0.10 || rtt > Duration::from_millis(600) {
            Level::Poor
        } else if loss > 0.03 || rtt > Duration::from_millis(300) {
            Level::Fair
        } else {
            Level::Good
        }
    }
}

/// Worse is told at once, better only when it lasts: a flickering badge helps nobody.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    told: Option<Level>,
    better: u8,
}

/// So many intervals in a row must be better.
const LASTING: u8 = 3;

impl Meter {
    /// The level to tell, if it changed.
    pub fn measure(&mut self, level: Level) -> Option<Level> {
        let told = self.told;
        let calm = told.is_some_and(|t| level < t);
        self.better = if calm { self.better + 1 } else { 0 };
        if told == Some(level) || (calm && self.better < LASTING) {
            return None;
        }
        self.better = 0;
        self.told = Some(level);
        Some(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worse_is_told_at_once_and_better_when_it_lasts() {
        let mut meter = Meter::default();
        assert_eq!(meter.measure(Level::Good), Some(Level::Good));
        assert_eq!(meter.measure(Level::Poor), Some(Level::Poor));
        assert_eq!(meter.measure(Level::Good), None);
        assert_eq!(meter.measure(Level::Good), None);
        assert_eq!(meter.measure(Level::Good), Some(Level::Good));
        assert_eq!(meter.measure(Level::Good), None);
    }
}
