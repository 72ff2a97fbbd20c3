//! The bytes of a WebM file with one track (RFC 9559, WebM guidelines). No I/O.

/// What is in the one track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Opus,
    Vp8 { width: u16, height: u16 },
}

pub(crate) const EBML: u32 = 0x1A45_DFA3;
pub(crate) const SEGMENT: u32 = 0x1853_8067;
pub(crate) const SEEK_HEAD: u32 = 0x114D_9B74;
pub(crate) const VOID: u32 = 0xEC;
pub(crate) const INFO: u32 = 0x1549_A966;
pub(crate) const DURATION: u32 = 0x4489;
pub(crate) const TRACKS: u32 = 0x1654_AE6B;
pub(crate) const CLUSTER: u32 = 0x1F43_B675;
pub(crate) const CUES: u32 = 0x1C53_BB6B;
pub(crate) const SIMPLE_BLOCK: u32 = 0xA3;
pub(crate) const TIMESTAMP: u32 = 0xE7;

/// Bytes that are kept free at the front for the places of Info, Tracks and Cues.
pub(crate) const SEEK_ROOM: usize = 96;
/// Bytes of the head of a cluster: id, size and timestamp.
const CLUSTER_HEAD: usize = 4 + 4 + TIMESTAMP_LEN;
const TIMESTAMP_LEN: usize = 1 + 1 + 8;
/// Twenty milliseconds of silence.
pub(crate) const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];

/// Everything before the first cluster.
pub fn header(content: Content) -> Vec<u8> {
    let ebml = [
        number(0x4286, 1),
        number(0x42F7, 1),
        number(0x42F2, 4),
        number(0x42F3, 8),
        element(0x4282, b"webm"),
        number(0x4287, 4),
        number(0x4285, 2),
    ];
    let mut out = element(EBML, &ebml.concat());
    out.extend(SEGMENT.to_be_bytes());
    out.extend(size8(None));
    out.extend(seek_head(&[]));
    let info = [
        number(0x2A_D7B1, 1_000_000),
        element(0x4D80, b"VDP"),
        element(0x5741, b"VDP"),
        element(DURATION, &0f64.to_be_bytes()),
    ];
    out.extend(element(INFO, &info.concat()));
    out.extend(element(TRACKS, &element(0xAE, &track(content))));
    out
}

fn track(content: Content) -> Vec<u8> {
    let mut out = [number(0xD7, 1), number(0x73C5, 1), number(0x9C, 0)].concat();
    match content {
        Content::Opus => {
            // OpusHead (RFC 7845, 5.1): two channels, no pre-skip, 48 kHz.
            let head = *b"OpusHead\x01\x02\x00\x00\x80\xbb\x00\x00\x00\x00\x00";
            let audio = [element(0xB5, &48_000f64.to_be_bytes()), number(0x9F, 2)];
            out.extend([number(0x83, 2), element(0x86, b"A_OPUS"), element(0x63A2, &head)].concat());
            out.extend([number(0x56BB, 80_000_000), element(0xE1, &audio.concat())].concat());
        }
        Content::Vp8 { width, height } => {
            let video = [number(0xB0, width.into()), number(0xBA, height.into())];
            out.extend([number(0x83, 1), element(0x86, b"V_VP8"), element(0xE0, &video.concat())].concat());
        }
    }
    out
}

/// A cluster that begins at `ms`, around its blocks.
pub fn cluster(ms: i64, blocks: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(CLUSTER_HEAD + blocks.len());
    out.extend(CLUSTER.to_be_bytes());
    out.extend((0x1000_0000 | (TIMESTAMP_LEN + blocks.len()) as u32).to_be_bytes());
    out.extend([TIMESTAMP as u8, 0x88]);
    out.extend(ms.max(0).to_be_bytes());
    out.extend(blocks);
    out
}

/// A frame within a cluster; `after` milliseconds after its beginning.
pub fn block(after: i16, key: bool, frame: &[u8], out: &mut Vec<u8>) {
    out.push(SIMPLE_BLOCK as u8);
    out.extend((0x1000_0000 | (4 + frame.len()) as u32).to_be_bytes());
    out.push(0x81);
    out.extend(after.to_be_bytes());
    out.push(if key { 0x80 } else { 0 });
    out.extend(frame);
}

/// Where to find what: each a time in milliseconds and the place of its cluster within the segment.
pub fn cues(points: &[(i64, u64)]) -> Vec<u8> {
    let mut body = Vec::with_capacity(points.len() * 24);
    for (ms, place) in points {
        let at = [number(0xF7, 1), number(0xF1, *place)];
        let point = [number(0xB3, *ms as u64), element(0xB7, &at.concat())];
        body.extend(element(0xBB, &point.concat()));
    }
    element(CUES, &body)
}

/// The places of elements within the segment; what is left of the room for them is void.
pub fn seek_head(places: &[(u32, u64)]) -> Vec<u8> {
    let seeks = places.iter().flat_map(|(id, place)| {
        let seek = [element(0x53AB, &id.to_be_bytes()), element(0x53AC, &place.to_be_bytes())];
        element(0x4DBB, &seek.concat())
    });
    let seeks: Vec<u8> = seeks.collect();
    let mut out = if seeks.is_empty() { Vec::new() } else { element(SEEK_HEAD, &seeks) };
    let rest = SEEK_ROOM - out.len() - 9;
    out.push(VOID as u8);
    out.extend(size8(Some(rest as u64)));
    out.resize(SEEK_ROOM, 0);
    out
}

/// A size in eight bytes; `None`: until the end of the file.
pub(crate) fn size8(size: Option<u64>) -> [u8; 8] {
    (size.unwrap_or(0x00ff_ffff_ffff_ffff) | 1 << 56).to_be_bytes()
}

fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    match body.len() {
        0..0x7f => out.push(0x80 | body.len() as u8),
        len => out.extend(size8(Some(len as u64))),
    }
    out.extend(body);
    out
}

fn number(id: u32, value: u64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(7);
    element(id, &bytes[first..])
}
