//! The one source of “now”. Tests move it; nothing else in the house asks the system for the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::kit::At;

/// The wall clock plus an offset that only tests change.
#[derive(Clone, Default)]
pub struct Clock {
    offset_micros: Arc<AtomicI64>,
    last: Arc<AtomicI64>,
}

impl Clock {
    /// Now, in microseconds. It never runs backwards within a process, whatever the system clock does.
    #[allow(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
    pub fn now(&self) -> At {
        let system = chrono::Utc::now().timestamp_micros();
        let now = system + self.offset_micros.load(Ordering::Relaxed);
        At(self.last.fetch_max(now, Ordering::Relaxed).max(now))
    }

    /// Moves the clock forward.
    pub fn advance_seconds(&self, seconds: i64) {
        self.offset_micros.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }
}
