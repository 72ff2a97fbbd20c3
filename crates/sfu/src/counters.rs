//! What a shard counts. Totals since the start, except `seats`, `rooms` and `connections`.

use std::ops::AddAssign;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    pub packets_in: u64,
    pub packets_out: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// NACK messages from subscribers.
    pub nacks: u64,
    /// Key frames asked of sources.
    pub plis: u64,
    /// Datagrams nobody wanted: noise, unknown addresses, muted media, a full send buffer.
    pub drops: u64,
    pub panics: u64,
    pub rooms: u64,
    pub seats: u64,
    pub connections: u64,
}

impl AddAssign for Counters {
    fn add_assign(&mut self, other: Counters) {
        self.packets_in += other.packets_in;
        self.packets_out += other.packets_out;
        self.bytes_in += other.bytes_in;
        self.bytes_out += other.bytes_out;
        self.nacks += other.nacks;
        self.plis += other.plis;
        self.drops += other.drops;
        self.panics += other.panics;
        self.rooms += other.rooms;
        self.seats += other.seats;
        self.connections += other.connections;
    }
}
