//! RTCP between us and a viewer: its feedback is read, our sender reports are written (RFC 3550, RFC 4585).

/// What a viewer says about what it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said<'a> {
    /// A reception report block about a stream.
    Report(Report),
    /// Packets of a stream are missing: pairs of a sequence number and a bit mask of the 16 after it.
    Missing { ssrc: u32, pairs: &'a [u8] },
    /// A picture is broken (PLI or FIR).
    Broken { ssrc: u32 },
    /// Transport-wide feedback, from the base sequence number on.
    Arrivals(&'a [u8]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Report {
    pub ssrc: u32,
    /// Share of packets lost since the last report, in 256ths.
    pub lost: u8,
    /// The middle of the NTP time in our last sender report, and how long ago it came, in 1/65536 s.
    pub last: u32,
    pub delay: u32,
}

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const SDES: u8 = 202;
const TRANSPORT_FEEDBACK: u8 = 205;
const PAYLOAD_FEEDBACK: u8 = 206;
const CNAME: u8 = 1;
const BLOCK: usize = 24;

/// Go through a compound packet. What is cut short or unknown is passed over.
pub(crate) fn read<'a>(mut compound: &'a [u8], mut hear: impl FnMut(Said<'a>)) {
    while compound.len() >= 4 && compound[0] >> 6 == 2 {
        let length = 4 * (u16::from_be_bytes([compound[2], compound[3]]) as usize + 1);
        let Some((packet, rest)) = compound.split_at_checked(length) else { return };
        read_one(packet, &mut hear);
        compound = rest;
    }
}

fn read_one<'a>(packet: &'a [u8], hear: &mut impl FnMut(Said<'a>)) {
    let format = packet[0] & 0x1f;
    match (packet[1], format) {
        (RECEIVER_REPORT, _) => read_reports(packet.get(8..).unwrap_or_default(), hear),
        (SENDER_REPORT, _) => read_reports(packet.get(28..).unwrap_or_default(), hear),
        (TRANSPORT_FEEDBACK, 1) if packet.len() > 12 => {
            hear(Said::Missing { ssrc: word(packet, 8), pairs: &packet[12..] })
        }
        (TRANSPORT_FEEDBACK, 15) if packet.len() > 12 => hear(Said::Arrivals(&packet[12..])),
        (PAYLOAD_FEEDBACK, 1) if packet.len() >= 12 => hear(Said::Broken { ssrc: word(packet, 8) }),
        // A full intra request names its streams in entries of its own (RFC 5104, 4.3.1).
        (PAYLOAD_FEEDBACK, 4) if packet.len() > 12 => {
            packet[12..].chunks_exact(8).for_each(|entry| hear(Said::Broken { ssrc: word(entry, 0) }))
        }
        _ => {}
    }
}

fn read_reports<'a>(blocks: &'a [u8], hear: &mut impl FnMut(Said<'a>)) {
    for block in blocks.chunks_exact(BLOCK) {
        let (ssrc, last, delay) = (word(block, 0), word(block, 16), word(block, 20));
        hear(Said::Report(Report { ssrc, lost: block[4], last, delay }));
    }
}

/// The sequence numbers in the pairs of a NACK (RFC 4585, 6.2.1).
pub(crate) fn missing(pairs: &[u8]) -> impl Iterator<Item = u16> {
    pairs.chunks_exact(4).flat_map(|pair| {
        let first = u16::from_be_bytes([pair[0], pair[1]]);
        let mask = u16::from_be_bytes([pair[2], pair[3]]);
        let others = (0..16).filter(move |bit| mask & (1 << bit) != 0).map(move |bit| first.wrapping_add(bit + 1));
        std::iter::once(first).chain(others)
    })
}

/// One stream's part of a sender report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    pub ssrc: u32,
    /// The same instant in NTP and in the stream's own time.
    pub ntp: u64,
    pub time: u32,
    pub packets: u32,
    pub octets: u32,
    pub cname: &'a str,
}

/// Append a sender report and the stream's canonical name.
pub(crate) fn write_report(sent: Sent, out: &mut Vec<u8>) {
    out.extend([0x80, SENDER_REPORT, 0, 6]);
    out.extend(sent.ssrc.to_be_bytes());
    out.extend(sent.ntp.to_be_bytes());
    for word in [sent.time, sent.packets, sent.octets] {
        out.extend(word.to_be_bytes());
    }
    let name = &sent.cname.as_bytes()[..sent.cname.len().min(255)];
    // The chunk ends with at least one zero, on a word's end.
    let words = 1 + (2 + name.len() + 1).div_ceil(4);
    out.extend([0x81, SDES, 0, words as u8]);
    let end = out.len() + 4 * words;
    out.extend(sent.ssrc.to_be_bytes());
    out.extend([CNAME, name.len() as u8]);
    out.extend(name);
    out.resize(end, 0);
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use str0m::rtp::rtcp::Rtcp;

    #[test]
    fn a_report_of_ours_is_understood() {
        for cname in ["", "a", "abc", "a longer name"] {
            let mut out = Vec::new();
            write_report(Sent { ssrc: 7, ntp: 5 << 32, time: 90, packets: 3, octets: 4, cname }, &mut out);
            assert_eq!(out.len() % 4, 0);
            let Ok(Rtcp::SenderReport(report)) = Rtcp::try_from(&out[..28]) else { panic!("no report") };
            let info = report.sender_info;
            assert_eq!((info.rtp_time.numer(), info.sender_packet_count, info.sender_octet_count), (90, 3, 4));
            let Ok(Rtcp::SourceDescription(sdes)) = Rtcp::try_from(&out[28..]) else { panic!("no description") };
            assert_eq!(sdes.reports[0].values[0].1, cname);
        }
    }

    #[test]
    fn feedback_is_read_from_a_compound_and_what_is_cut_is_passed_over() {
        let mut compound = vec![0x81, 201, 0, 7, 0, 0, 0, 1, 0, 0, 0, 7, 64, 0, 0, 0];
        compound.extend([0, 0, 0, 9, 0, 0, 0, 0, 1, 2, 3, 4, 0, 1, 0, 0]);
        compound.extend([0x81, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0, 7, 255, 255, 0x80, 1]);
        compound.extend([0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 7]);
        compound.extend([0x84, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8, 1, 0, 0, 0]);
        let mut said = Vec::new();
        read(&compound, |what| said.push(what));
        let report = Report { ssrc: 7, lost: 64, last: 0x0102_0304, delay: 0x10000 };
        let pairs = &[255, 255, 0x80, 1][..];
        let broken = |ssrc| Said::Broken { ssrc };
        assert_eq!(said, [Said::Report(report), Said::Missing { ssrc: 7, pairs }, broken(7), broken(8)]);
        assert_eq!(missing(pairs).collect::<Vec<_>>(), [65_535, 0, 15]);
        for cut in 0..compound.len() {
            read(&compound[..cut], |_| {});
        }
    }
}
