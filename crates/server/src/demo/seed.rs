//! Chance from a seed: SplitMix64, small and the same everywhere, so that a sample day can be made again.

use uuid::Uuid;

use crate::kit::At;

pub struct Seed(u64);

impl Seed {
    /// The seed of a sample organisation that starts at this instant.
    pub fn at(start: At) -> Seed {
        Seed(0x0048_6172_626f_7572 ^ start.0 as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// A UUIDv7 of this instant: ids sort by when their rows are said to be made.
    pub fn id(&mut self, at: At) -> Uuid {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.next().to_be_bytes());
        random[8..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis((at.0 / 1000) as u64, &random).into_uuid()
    }
}
