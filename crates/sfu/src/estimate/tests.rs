//! The estimator against a made-up link: a queue in front of so many bits per second.

use super::*;

/// A link and its feedback, every 50 ms.
struct Link {
    estimator: Estimator,
    now: u64,
    /// Bits per second, and when its queue is empty.
    rate: f64,
    free: f64,
    loss: u32,
    sent: u32,
    seq: u16,
    arrived: Vec<(u16, Option<u64>)>,
    estimate: u64,
    /// The receiver's machine does nothing for so long, once a second.
    stutter: u64,
}

impl Link {
    fn new(rate: f64) -> Link {
        let estimator = Estimator::new(3_000_000);
        let estimate = 3_000_000;
        Link { estimator, now: 0, rate, free: 0.0, loss: 0, sent: 0, seq: 0, arrived: vec![], estimate, stutter: 0 }
    }

    fn send(&mut self, bytes: usize) {
        self.seq = self.estimator.number(self.now, bytes);
        self.sent += 1;
        let lost = self.loss > 0 && self.sent.is_multiple_of(self.loss);
        self.free = self.free.max(self.now as f64) + bytes as f64 * 8e6 / self.rate;
        // Half a second of queue, and what does not fit is lost.
        let fits = self.free < self.now as f64 + 500_000.0;
        let at = self.free as u64 + 20_000;
        let at = at.max(at / 1_000_000 * 1_000_000 + self.stutter);
        self.arrived.push((self.seq, (fits && !lost).then_some(at)));
        if !fits {
            self.free -= bytes as f64 * 8e6 / self.rate;
        }
    }

    /// Media at `media` bits per second, in 25 frames, for some seconds.
    fn run(&mut self, seconds: u64, media: impl Fn(u64) -> u64) {
        for step in 0..seconds * 200 {
            self.now += 5_000;
            if step % 8 == 0 {
                let packets = media(self.estimate) / 25 / 8 / 1000;
                (0..packets.max(1)).for_each(|_| self.send(1000));
            }
            let padding = self.estimator.padding(self.now);
            (0..padding.div_ceil(250)).for_each(|_| self.send(250));
            if step % 10 == 9 {
                self.feed();
            }
        }
    }

    fn feed(&mut self) {
        let now = self.now;
        let (done, rest) = self.arrived.drain(..).partition(|(_, at)| at.is_none_or(|at| at <= now));
        self.arrived = rest;
        let bytes = feedback(done);
        if let Some(estimate) = bytes.and_then(|bytes| self.estimator.feedback(self.now, &bytes)) {
            self.estimate = estimate;
        }
    }
}

/// Feedback as a receiver writes it: one chunk per packet, all deltas long.
fn feedback(packets: Vec<(u16, Option<u64>)>) -> Option<Vec<u8>> {
    let first = packets.first()?.0;
    let mut time = packets.iter().find_map(|(_, at)| *at)? / 64_000;
    let mut bytes = [first.to_be_bytes(), (packets.len() as u16).to_be_bytes()].concat();
    bytes.extend(&(time as u32).to_be_bytes()[1..]);
    bytes.push(0);
    time *= 64_000;
    let mut deltas = Vec::new();
    for (_, at) in &packets {
        bytes.extend(if at.is_some() { 2u16 << 13 | 1 } else { 1 }.to_be_bytes());
        if let Some(at) = at {
            let delta = (*at as i64 - time as i64) / 250;
            deltas.extend((delta as i16).to_be_bytes());
            time = (time as i64 + delta * 250) as u64;
        }
    }
    bytes.extend(deltas);
    Some(bytes)
}

#[test]
fn on_a_wide_link_an_estimate_stays_and_grows_only_as_far_as_is_wanted() {
    let mut link = Link::new(50e6);
    link.estimator.set_desired(1_500_000);
    link.run(10, |_| 1_000_000);
    assert!((2_900_000..4_000_000).contains(&link.estimate), "{}", link.estimate);
    link.estimator.set_desired(8_000_000);
    link.run(10, |_| 1_000_000);
    assert!(link.estimate >= 7_000_000, "probes find what media never needed: {}", link.estimate);
    assert!(link.estimate < 14_000_000, "{}", link.estimate);
}

#[test]
fn a_narrow_link_is_felt_before_it_loses_much_and_its_end_is_found_by_probes() {
    let mut link = Link::new(50e6);
    link.estimator.set_desired(3_000_000);
    link.run(5, |estimate| estimate.min(2_500_000));
    link.rate = 1e6;
    link.run(5, |estimate| estimate.min(2_500_000));
    assert!((500_000..1_050_000).contains(&link.estimate), "{}", link.estimate);
    link.run(20, |estimate| estimate.min(2_500_000));
    assert!((500_000..1_300_000).contains(&link.estimate), "{}", link.estimate);
    assert!(link.estimator.loss().is_none_or(|loss| loss < 0.05), "{:?}", link.estimator.loss());
    link.rate = 50e6;
    link.run(12, |estimate| (estimate * 8 / 10).min(700_000));
    assert!(link.estimate >= 2_500_000, "{}", link.estimate);
}

#[test]
fn much_loss_brings_the_estimate_down_and_a_little_does_not() {
    let mut link = Link::new(50e6);
    link.loss = 100;
    link.run(10, |_| 2_000_000);
    assert!(link.estimate > 2_500_000, "{}", link.estimate);
    assert!((0.005..0.02).contains(&link.estimator.loss().unwrap()));
    link.loss = 5;
    link.run(10, |estimate| estimate.min(2_000_000));
    assert!(link.estimate < 1_000_000, "{}", link.estimate);
    link.loss = 0;
    link.estimator.set_desired(3_000_000);
    link.run(20, |estimate| (estimate * 8 / 10).min(2_000_000));
    assert!(link.estimate > 2_000_000, "{}", link.estimate);
}

#[test]
fn reports_tell_the_loss_where_there_is_no_feedback() {
    let mut estimator = Estimator::new(3_000_000);
    estimator.reported(5_000_000, 0.2);
    assert_eq!(estimator.loss(), Some(0.2));
    assert_eq!(estimator.padding(5_000_000), 0, "and nothing is probed");
}

#[test]
fn a_receiver_that_stutters_keeps_most_of_its_estimate() {
    let mut link = Link::new(50e6);
    link.estimator.set_desired(2_000_000);
    link.stutter = 250_000;
    let mut worst = u64::MAX;
    for _ in 0..30 {
        link.run(1, |_| 400_000);
        worst = worst.min(link.estimate);
    }
    assert!(worst > 600_000, "{worst}");
    link.stutter = 0;
    link.run(6, |_| 400_000);
    assert!(link.estimate >= 2_000_000, "{}", link.estimate);
}

#[test]
fn the_least_estimate_is_left_within_seconds() {
    let mut link = Link::new(50e6);
    link.estimator.set_desired(2_000_000);
    link.loss = 2;
    link.run(20, |_| 60_000);
    assert_eq!(link.estimate, LEAST as u64);
    link.loss = 0;
    link.run(12, |_| 60_000);
    assert!(link.estimate >= 1_500_000, "{}", link.estimate);
}
