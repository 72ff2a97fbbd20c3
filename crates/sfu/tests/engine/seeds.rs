//! One seed is one whole run.

use std::time::Duration;

use sfu::Source::*;

use crate::net::Weather;
use crate::world::World;

fn a_busy_run(seed: u64) -> (u64, u64) {
    let mut w = World::new(seed);
    w.net.weather =
        Weather { loss: 0.02, delay: Duration::from_millis(15), jitter: Duration::from_millis(10), duplicates: 0.01 };
    w.join(1, &[(Microphone, 1)]);
    w.join(2, &[(Camera, 1)]);
    w.watch(1, &[(2, Camera, 360)]);
    w.run(6_000);
    w.mute(1, Microphone, true);
    w.run(1_000);
    w.leave(2);
    w.run(500);
    (w.trace(), w.shard.counters().packets_out)
}

#[test]
fn the_same_seed_gives_the_same_datagrams_and_events_and_another_seed_gives_others() {
    let (first, packets) = a_busy_run(80);
    assert!(packets > 500);
    assert_eq!(a_busy_run(80), (first, packets));
    assert_ne!(a_busy_run(81).0, first);
}
