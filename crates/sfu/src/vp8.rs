//! The VP8 payload descriptor (RFC 7741, 4.2), as far as a forwarder rewrites it.

/// Where the numbers of a descriptor are, and what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vp8 {
    /// Place and value of the picture id; `wide` has fifteen bits, else seven.
    pub picture: Option<Picture>,
    /// Place and value of TL0PICIDX.
    pub tl0: Option<(usize, u8)>,
    /// The descriptor's length in bytes.
    len: usize,
    start: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Picture {
    at: usize,
    pub id: u16,
    wide: bool,
}

const EXTENDED: u8 = 0x80;
const START: u8 = 0x10;
const PARTITION: u8 = 0x0f;
const HAS_PICTURE: u8 = 0x80;
const HAS_TL0: u8 = 0x40;
const HAS_LAYER_OR_KEY: u8 = 0x30;

impl Vp8 {
    /// `None` if the payload is cut short.
    pub fn parse(payload: &[u8]) -> Option<Vp8> {
        let first = *payload.first()?;
        let start = first & START != 0 && first & PARTITION == 0;
        let mut vp8 = Vp8 { picture: None, tl0: None, len: 1, start };
        if first & EXTENDED != 0 {
            let fields = *payload.get(1)?;
            vp8.len = 2;
            if fields & HAS_PICTURE != 0 {
                vp8.picture = Some(vp8.read_picture(payload)?);
            }
            if fields & HAS_TL0 != 0 {
                vp8.tl0 = Some((vp8.len, *payload.get(vp8.len)?));
                vp8.len += 1;
            }
            vp8.len += (fields & HAS_LAYER_OR_KEY != 0) as usize;
        }
        (payload.len() >= vp8.len).then_some(vp8)
    }

    /// First packet of a picture.
    pub fn begins(&self) -> bool {
        self.start
    }

    /// The descriptor's length in bytes.
    pub fn len(&self) -> usize {
        self.len
    }

    fn read_picture(&mut self, payload: &[u8]) -> Option<Picture> {
        let at = self.len;
        let high = *payload.get(at)?;
        let wide = high & 0x80 != 0;
        self.len += 1 + wide as usize;
        let low = if wide { *payload.get(at + 1)? } else { 0 };
        let id = if wide { (high as u16 & 0x7f) << 8 | low as u16 } else { high as u16 };
        Some(Picture { at, id, wide })
    }

    /// First packet of a key frame: the inverse key frame bit of the frame header is clear (RFC 7741, 4.3).
    pub fn starts_key_frame(&self, payload: &[u8]) -> bool {
        self.start && payload.get(self.len).is_some_and(|header| header & 1 == 0)
    }

    /// Shift both numbers in a copy of the payload this was read from; widths stay as they are.
    pub fn shift(&self, payload: &mut [u8], picture: u16, tl0: u8) {
        if let Some(Picture { at, id, wide }) = self.picture {
            let id = id.wrapping_add(picture) & if wide { 0x7fff } else { 0x7f };
            if wide {
                payload[at] = 0x80 | (id >> 8) as u8;
                payload[at + 1] = id as u8;
            } else {
                payload[at] = id as u8;
            }
        }
        if let Some((at, old)) = self.tl0 {
            payload[at] = old.wrapping_add(tl0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shifted_within_their_width_and_the_rest_stays() {
        let wide = [0x90, 0xe0, 0xff, 0xff, 250, 0x20, 0x10, 1, 2];
        let vp8 = Vp8::parse(&wide).unwrap();
        assert!(vp8.starts_key_frame(&wide));
        let mut moved = wide;
        vp8.shift(&mut moved, 2, 10);
        assert_eq!(moved, [0x90, 0xe0, 0x80, 0x01, 4, 0x20, 0x10, 1, 2]);

        let narrow = [0x80, 0x80, 0x7f, 0x11];
        let vp8 = Vp8::parse(&narrow).unwrap();
        assert!(!vp8.starts_key_frame(&narrow));
        let mut moved = narrow;
        vp8.shift(&mut moved, 1, 0);
        assert_eq!(moved, [0x80, 0x80, 0x00, 0x11]);
    }

    #[test]
    fn a_bare_descriptor_has_nothing_to_shift_and_a_cut_one_is_none() {
        let bare = [0x10, 0x10, 3];
        let vp8 = Vp8::parse(&bare).unwrap();
        assert!(vp8.starts_key_frame(&bare));
        let mut same = bare;
        vp8.shift(&mut same, 9, 9);
        assert_eq!(same, bare);
        for cut in [&[][..], &[0x80], &[0x80, 0x80], &[0x80, 0x80, 0x80], &[0x80, 0xc0, 0x01]] {
            assert_eq!(Vp8::parse(cut), None);
        }
    }
}
