//! The last packets of a stream, kept once for all viewers, so that each can be sent again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::packet::Packet;

/// Some seconds of a picture; a power of two.
const KEPT: usize = 1024;
/// Nobody waits longer for a packet.
const OLD: Duration = Duration::from_secs(3);

/// A ring with a place for each sequence number's last bits.
#[derive(Default)]
pub(crate) struct Recent {
    packets: Vec<Option<Arc<Packet>>>,
}

impl Recent {
    pub fn keep(&mut self, packet: &Arc<Packet>) {
        if self.packets.is_empty() {
            self.packets.resize(KEPT, None);
        }
        self.packets[packet.seq as usize % KEPT] = Some(packet.clone());
    }

    /// The packet with this number, if it is still here and worth sending.
    pub fn find(&self, seq: u64, now: Instant) -> Option<Arc<Packet>> {
        let packet = self.packets.get(seq as usize % KEPT)?.as_ref()?;
        let fresh = now.saturating_duration_since(packet.at) < OLD;
        (packet.seq == seq && fresh).then(|| packet.clone())
    }
}
