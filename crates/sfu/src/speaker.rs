//! Who speaks, from the audio levels in the packets (RFC 6464), smoothed so that a cough is no speech.

use std::time::{Duration, Instant};

use crate::model::SeatId;

/// Loudness is 127 (full scale) down to 0 (silence), in decibels.
const ON: f32 = 80.0;
const OFF: f32 = 70.0;
const ATTACK: f32 = 0.3;
const RELEASE: f32 = 0.06;
/// Without packets (DTX) for this long, a microphone is silent.
const SILENT_AFTER: Duration = Duration::from_millis(300);
/// Two people within this many decibels keep their order.
const STEP: f32 = 8.0;

#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    loud: f32,
    on: bool,
    heard: Option<Instant>,
    pub spoke: Option<Instant>,
}

impl Voice {
    /// A packet came. `level` is in dBov (0 to -127), if the sender tells it.
    pub fn hear(&mut self, level: Option<i8>, now: Instant) {
        self.heard = Some(now);
        let Some(level) = level else { return };
        let loud = 127.0 - (level as f32).abs();
        let weight = if loud > self.loud { ATTACK } else { RELEASE };
        self.loud += (loud - self.loud) * weight;
        self.on = self.loud > if self.on { OFF } else { ON };
        if self.on {
            self.spoke = Some(now);
        }
    }

    /// Several times per second: silence makes no packets, so time has to end speech.
    pub fn age(&mut self, now: Instant) {
        if self.heard.is_some_and(|at| now.saturating_duration_since(at) > SILENT_AFTER) {
            self.hush();
        }
    }

    pub fn hush(&mut self) {
        self.loud = 0.0;
        self.on = false;
    }

    #[cfg(test)]
    pub fn speaks(&self) -> bool {
        self.on
    }
}

/// Speakers, loudest first. `before` is the last ranking; near equals keep its order.
pub(crate) fn ranking<'a>(voices: impl Iterator<Item = (SeatId, &'a Voice)>, before: &[SeatId]) -> Vec<SeatId> {
    let place = |seat: SeatId| before.iter().position(|b| *b == seat).unwrap_or(usize::MAX);
    let step = |voice: &Voice| std::cmp::Reverse((voice.loud / STEP) as u32);
    let mut speakers: Vec<_> = voices.filter(|(_, v)| v.on).map(|(s, v)| (step(v), place(s), s)).collect();
    speakers.sort();
    speakers.into_iter().map(|(_, _, seat)| seat).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(voice: &mut Voice, level: i8, packets: u32, from: Instant) -> Instant {
        for i in 0..packets {
            voice.hear(Some(level), from + Duration::from_millis(20) * i);
        }
        from + Duration::from_millis(20) * packets
    }

    #[test]
    fn one_loud_packet_is_not_speech_but_half_a_second_is() {
        let mut voice = Voice::default();
        let t = talk(&mut voice, -15, 1, Instant::now());
        assert!(!voice.speaks());
        talk(&mut voice, -15, 25, t);
        assert!(voice.speaks());
    }

    #[test]
    fn speech_ends_when_the_packets_do() {
        let mut voice = Voice::default();
        let t = talk(&mut voice, -15, 25, Instant::now());
        voice.age(t + Duration::from_millis(100));
        assert!(voice.speaks());
        voice.age(t + Duration::from_millis(400));
        assert!(!voice.speaks());
    }

    #[test]
    fn near_equals_keep_their_order_and_a_louder_voice_passes() {
        let now = Instant::now();
        let (mut ada, mut bob) = (Voice::default(), Voice::default());
        talk(&mut ada, -30, 50, now);
        talk(&mut bob, -30, 50, now);
        let (a, b) = (SeatId(1), SeatId(2));
        assert_eq!(ranking([(a, &ada), (b, &bob)].into_iter(), &[b, a]), [b, a]);
        talk(&mut ada, -5, 50, now);
        assert_eq!(ranking([(a, &ada), (b, &bob)].into_iter(), &[b, a]), [a, b]);
    }
}
