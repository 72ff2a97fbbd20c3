//! The last packets of a stream, kept once for all viewers, so that each can be sent again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::packet::Packet;

/// Two or three attempts of a viewer far away; a picture that late is of no use any more.
const OLD: Duration = Duration::from_millis(1500);
const MOST: usize = 1024;

/// Packets by their number.
#[derive(Default)]
pub(crate) struct Recent {
    packets: BTreeMap<u64, Arc<Packet>>,
}

impl Recent {
    pub fn keep(&mut self, packet: &Arc<Packet>) {
        self.forget(packet.at);
        while self.packets.len() >= MOST {
            self.packets.pop_first();
        }
        self.packets.insert(packet.seq, packet.clone());
    }

    /// Let go of what is too old.
    pub fn forget(&mut self, now: Instant) {
        let old = |p: &Arc<Packet>| now.saturating_duration_since(p.at) >= OLD;
        while self.packets.first_key_value().is_some_and(|(_, p)| old(p)) {
            self.packets.pop_first();
        }
    }

    /// The packet with this number, if it is still here and worth sending.
    pub fn find(&self, seq: u64, now: Instant) -> Option<Arc<Packet>> {
        let packet = self.packets.get(&seq)?;
        (now.saturating_duration_since(packet.at) < OLD).then(|| packet.clone())
    }
}
