//! Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01): which packets arrived, and when.

/// Statuses of a packet, as chunks name them.
const SMALL: u8 = 1;
const LARGE: u8 = 2;
/// One step of an arrival time.
const TICK_US: i64 = 250;
/// One step of the reference time, which has 24 bits.
const REFERENCE_US: i64 = 64_000;

/// Unrolls the reference time, which starts over every twelve days.
#[derive(Debug, Default)]
pub(super) struct Clock {
    last: Option<i64>,
}

impl Clock {
    fn unroll(&mut self, reference: u32) -> i64 {
        let last = *self.last.get_or_insert(reference as i64);
        let step = (reference.wrapping_sub(last as u32) << 8) as i32 >> 8;
        let now = last + step as i64;
        self.last = Some(now.max(last));
        now * REFERENCE_US
    }
}

/// Tell each packet's sequence number and, if it arrived, the time in microseconds of the other side's
/// clock. Stops where the feedback is cut short.
pub(super) fn read(clock: &mut Clock, feedback: &[u8], mut tell: impl FnMut(u16, Option<i64>)) -> Option<()> {
    let base = u16::from_be_bytes([*feedback.first()?, *feedback.get(1)?]);
    let count = u16::from_be_bytes([*feedback.get(2)?, *feedback.get(3)?]) as usize;
    let reference = u32::from_be_bytes([0, *feedback.get(4)?, *feedback.get(5)?, *feedback.get(6)?]);
    let chunks = feedback.get(8..)?;
    let mut deltas = chunks.get(2 * chunk_count(chunks, count)?..)?;
    let mut time = clock.unroll(reference);
    let mut done = 0;
    for chunk in chunks.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])) {
        for place in 0..length(chunk) {
            if done == count {
                return Some(());
            }
            let arrived = match status(chunk, place) {
                SMALL => Some(take(&mut deltas, 1)?),
                LARGE => Some(take(&mut deltas, 2)?),
                _ => None,
            };
            time += arrived.unwrap_or(0) * TICK_US;
            tell(base.wrapping_add(done as u16), arrived.map(|_| time));
            done += 1;
        }
    }
    Some(())
}

/// How many chunks it takes to name so many packets.
fn chunk_count(chunks: &[u8], packets: usize) -> Option<usize> {
    let (mut named, mut used) = (0, 0);
    while named < packets {
        named += length(u16::from_be_bytes([*chunks.get(2 * used)?, *chunks.get(2 * used + 1)?]));
        used += 1;
    }
    Some(used)
}

/// Packets named by a chunk: a run, fourteen single bits or seven pairs of bits.
fn length(chunk: u16) -> usize {
    match chunk >> 14 {
        0 | 1 => (chunk & 0x1fff) as usize,
        2 => 14,
        _ => 7,
    }
}

fn status(chunk: u16, place: usize) -> u8 {
    let bits = match chunk >> 14 {
        0 | 1 => chunk >> 13,
        2 => chunk >> (13 - place) & 1,
        _ => chunk >> (12 - 2 * place),
    };
    (bits & 3) as u8
}

/// The next delta: one byte without a sign, or two with one.
fn take(deltas: &mut &[u8], bytes: usize) -> Option<i64> {
    let (delta, rest) = deltas.split_at_checked(bytes)?;
    *deltas = rest;
    Some(match delta {
        [small] => *small as i64,
        _ => i16::from_be_bytes([delta[0], delta[1]]) as i64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<(u16, Option<i64>)> {
        let mut told = Vec::new();
        read(&mut Clock::default(), bytes, |seq, at| told.push((seq, at)));
        told
    }

    #[test]
    fn runs_bits_and_pairs_are_read_alike() {
        // Two that came, one that did not, one that came before the last.
        let head = [0xff, 0xff, 0, 4, 0, 0, 1, 0];
        let deltas = [4, 8, 0xff, 0xfc];
        let want = [(65_535, Some(65_000)), (0, Some(67_000)), (1, None), (2, Some(66_000))];
        let pairs = 0xc000 | 1 << 12 | 1 << 10 | 2 << 6;
        assert_eq!(all(&[&head[..], &u16::to_be_bytes(pairs), &deltas].concat()), want);
        let runs = [1u16 << 13 | 2, 1, 2 << 13 | 1].map(u16::to_be_bytes).concat();
        assert_eq!(all(&[&head[..], &runs, &deltas].concat()), want);
        let bits = 0x8000u16 | 1 << 13 | 1 << 12 | 1 << 10;
        let small = [(65_535, Some(65_000)), (0, Some(67_000)), (1, None), (2, Some(67_250))];
        assert_eq!(all(&[&head[..], &bits.to_be_bytes(), &[4, 8, 1]].concat()), small);
    }

    #[test]
    fn cut_or_empty_feedback_does_no_harm() {
        let whole = [0, 0, 0, 20, 0, 0, 1, 0, 0x20, 3, 0, 0, 0x80, 0, 1, 1];
        for cut in 0..whole.len() {
            all(&whole[..cut]);
        }
        // Runs of nothing name no packet: the end of the bytes ends it.
        assert_eq!(all(&[0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]), []);
    }

    #[test]
    fn the_reference_time_goes_on_when_it_starts_over() {
        let mut clock = Clock::default();
        let before = clock.unroll(0xff_fffe);
        assert_eq!(clock.unroll(1) - before, 3 * REFERENCE_US);
        assert_eq!(clock.unroll(0xff_ffff) - before, REFERENCE_US, "an old one does not turn it back");
        assert_eq!(clock.unroll(2) - before, 4 * REFERENCE_US);
    }
}
