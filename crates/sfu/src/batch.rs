//! Datagrams to one receiver that leave together: the network stack takes many of one size at once (UDP GSO).

use std::collections::VecDeque;

use str0m::net::Protocol;

use crate::conn::{Path, Transmit};

/// The kernel takes at most this many at once, and this many bytes.
const MOST: usize = 64;
const MOST_BYTES: usize = 60_000;
/// Buffers kept for reuse.
const SPARE: usize = 8;

/// What waits to be sent, and buffers to fill.
#[derive(Default)]
pub(crate) struct Wire {
    pub queue: VecDeque<Transmit>,
    spare: Vec<Vec<u8>>,
}

impl Wire {
    /// Take back a buffer that was sent.
    pub fn recycle(&mut self, mut bytes: Vec<u8>) {
        if self.spare.len() < SPARE {
            bytes.clear();
            self.spare.push(bytes);
        }
    }
}

/// Collects datagrams; what is collected goes on the wire when the batch is dropped.
pub(crate) struct Batch<'a> {
    path: &'a Path,
    wire: &'a mut Wire,
    bytes: Vec<u8>,
    /// Length of each datagram but the last.
    segment: usize,
    count: usize,
    expected: usize,
}

impl<'a> Batch<'a> {
    /// `expected`: about how many bytes will come.
    pub fn new(path: &'a Path, wire: &'a mut Wire, expected: usize) -> Batch<'a> {
        Batch { path, wire, bytes: Vec::new(), segment: 0, count: 0, expected }
    }

    /// Add the datagram that `write` appends. Returns whether it wrote one.
    pub fn add(&mut self, write: impl FnOnce(&mut Vec<u8>) -> bool) -> bool {
        if self.bytes.capacity() == 0 {
            self.bytes = self.wire.spare.pop().unwrap_or_default();
            self.bytes.reserve(self.expected.min(MOST_BYTES));
        }
        let start = self.bytes.len();
        if !write(&mut self.bytes) {
            return false;
        }
        let length = self.bytes.len() - start;
        if self.count > 0 && length > self.segment {
            // Only the last may differ, and it must be shorter: this one begins anew.
            let longer = self.bytes.split_off(start);
            self.flush();
            self.bytes = longer;
        }
        if self.count == 0 {
            self.segment = length;
        }
        self.count += 1;
        let full = self.count == MOST || self.bytes.len() + self.segment > MOST_BYTES;
        if full || length < self.segment || self.path.proto != Protocol::Udp {
            self.flush();
        }
        true
    }

    fn flush(&mut self) {
        if self.count > 0 {
            let bytes = std::mem::take(&mut self.bytes);
            self.wire.queue.push_back(Transmit { segment: self.segment, ..self.path.datagram(bytes) });
            self.count = 0;
        }
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datagrams_of_one_size_leave_together_and_only_the_last_may_be_shorter() {
        let source = "10.0.0.1:1".parse().unwrap();
        let path = Path { proto: Protocol::Udp, source, destination: source };
        let mut wire = Wire::default();
        let mut batch = Batch::new(&path, &mut wire, 100);
        for length in [5, 5, 3, 4, 6, 6] {
            batch.add(|out| {
                out.extend(vec![length as u8; length]);
                true
            });
        }
        assert!(!batch.add(|_| false));
        drop(batch);
        let sent: Vec<Vec<usize>> = wire.queue.iter().map(|t| t.datagrams().map(<[u8]>::len).collect()).collect();
        assert_eq!(sent, [vec![5, 5, 3], vec![4], vec![6, 6]]);
    }
}
