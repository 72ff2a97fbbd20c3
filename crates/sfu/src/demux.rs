//! Whose datagram is this? Two maps, never a scan over connections.
//!
//! A STUN request names us by the ufrag we gave out; once it has proved itself (the caller checks
//! its integrity), its address is remembered, and everything else is found by address.

use std::collections::HashMap;
use std::net::SocketAddr;

use str0m::net::Protocol;

use crate::conn::ConnKey;

pub(crate) type Peer = (Protocol, SocketAddr);

#[derive(Default)]
pub(crate) struct Demux {
    by_addr: HashMap<Peer, ConnKey>,
    by_ufrag: HashMap<String, ConnKey>,
}

impl Demux {
    pub fn by_addr(&self, peer: Peer) -> Option<ConnKey> {
        self.by_addr.get(&peer).copied()
    }

    pub fn by_ufrag(&self, ufrag: &str) -> Option<ConnKey> {
        self.by_ufrag.get(ufrag).copied()
    }

    pub fn add_ufrag(&mut self, ufrag: String, key: ConnKey) {
        self.by_ufrag.insert(ufrag, key);
    }

    /// Returns whether this address is news.
    pub fn learn(&mut self, peer: Peer, key: ConnKey) -> bool {
        self.by_addr.insert(peer, key) != Some(key)
    }

    pub fn forget(&mut self, key: ConnKey, peers: &[Peer], ufrags: &[String]) {
        for peer in peers {
            if self.by_addr.get(peer) == Some(&key) {
                self.by_addr.remove(peer);
            }
        }
        for ufrag in ufrags {
            if self.by_ufrag.get(ufrag) == Some(&key) {
                self.by_ufrag.remove(ufrag);
            }
        }
    }
}

pub(crate) fn is_stun(bytes: &[u8]) -> bool {
    bytes.len() >= 20 && bytes[0] < 2 && bytes[4..8] == [0x21, 0x12, 0xa4, 0x42]
}

/// RTP and RTCP share their first byte's range (RFC 7983).
pub(crate) fn is_rtp(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| (128..192).contains(first))
}

/// The part of a STUN request's USERNAME that is ours (before the colon).
pub(crate) fn stun_ufrag(bytes: &[u8]) -> Option<&str> {
    const USERNAME: u16 = 0x0006;
    let mut rest = bytes.get(20..)?;
    while rest.len() >= 4 {
        let kind = u16::from_be_bytes([rest[0], rest[1]]);
        let len = u16::from_be_bytes([rest[2], rest[3]]) as usize;
        if kind == USERNAME {
            let name = std::str::from_utf8(rest.get(4..4 + len)?).ok()?;
            return name.split(':').next();
        }
        // Attributes are padded to four bytes.
        rest = rest.get(4 + len.next_multiple_of(4)..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ufrag_of_a_request_is_the_part_before_the_colon() {
        let mut bytes = vec![0, 1, 0, 12, 0x21, 0x12, 0xa4, 0x42];
        bytes.extend_from_slice(&[7; 12]);
        bytes.extend_from_slice(&[0, 6, 0, 7]);
        bytes.extend_from_slice(b"abc:xyz\0");
        assert!(is_stun(&bytes));
        assert_eq!(stun_ufrag(&bytes), Some("abc"));
    }

    #[test]
    fn a_truncated_request_has_no_ufrag() {
        let mut bytes = vec![0, 1, 0, 12, 0x21, 0x12, 0xa4, 0x42];
        bytes.extend_from_slice(&[7; 12]);
        bytes.extend_from_slice(&[0, 6, 0, 99, b'a']);
        assert_eq!(stun_ufrag(&bytes), None);
        assert_eq!(stun_ufrag(&bytes[..10]), None);
    }
}
