//! A first look at a session description: enough to refuse it with a sentence before str0m parses it.

use std::collections::BTreeSet;

use str0m::change::{SdpAnswer, SdpOffer};

use crate::model::{Kind, Refusal};
use crate::panics::guard;

/// Larger descriptions are refused unread.
const MAX_BYTES: usize = 256 * 1024;
/// A browser with every slot of a large room open has about sixty.
const MAX_LINES: usize = 128;

/// One m-line, as far as the engine cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub mid: String,
    pub kind: Kind,
    pub sends: bool,
    pub receives: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Sketch {
    pub lines: Vec<Line>,
    pub fingerprint: Option<String>,
}

impl Sketch {
    pub fn mids(&self) -> BTreeSet<&str> {
        self.lines.iter().map(|l| l.mid.as_str()).collect()
    }
}

pub(crate) fn sketch(sdp: &str) -> Result<Sketch, Refusal> {
    if sdp.len() > MAX_BYTES {
        return Err(Refusal::TooLarge(sdp.len()));
    }
    if !sdp.trim_start().starts_with("v=0") {
        return Err(Refusal::BadSdp("it does not begin with v=0".into()));
    }
    let count = sdp.lines().filter(|l| l.starts_with("m=")).count();
    if count > MAX_LINES {
        return Err(Refusal::TooMany(count));
    }
    Ok(read(sdp))
}

fn read(sdp: &str) -> Sketch {
    let mut sketch = Sketch::default();
    let mut in_media = false;
    for line in sdp.lines().map(str::trim_end) {
        if let Some(media) = line.strip_prefix("m=") {
            in_media = false;
            let mut words = media.split(' ');
            let kind = match words.next() {
                Some("audio") => Kind::Audio,
                Some("video") => Kind::Video,
                _ => continue,
            };
            in_media = true;
            // No direction attribute means sendrecv (RFC 8866).
            sketch.lines.push(Line { mid: String::new(), kind, sends: true, receives: true });
        } else if let Some(attribute) = line.strip_prefix("a=") {
            read_attribute(&mut sketch, attribute, in_media);
        }
    }
    sketch
}

fn read_attribute(sketch: &mut Sketch, attribute: &str, in_media: bool) {
    if let Some(print) = attribute.strip_prefix("fingerprint:") {
        sketch.fingerprint.get_or_insert_with(|| print.trim().to_ascii_lowercase());
    }
    let Some(line) = sketch.lines.last_mut().filter(|_| in_media) else { return };
    match attribute {
        "sendonly" => line.receives = false,
        "recvonly" => line.sends = false,
        "inactive" => (line.sends, line.receives) = (false, false),
        _ => {
            if let Some(mid) = attribute.strip_prefix("mid:") {
                line.mid = mid.to_string();
            }
        }
    }
}

pub(crate) fn parse_offer(sdp: &str) -> Result<SdpOffer, Refusal> {
    parsed(guard(|| SdpOffer::from_sdp_string(sdp)))
}

pub(crate) fn parse_answer(sdp: &str) -> Result<SdpAnswer, Refusal> {
    parsed(guard(|| SdpAnswer::from_sdp_string(sdp)))
}

fn parsed<T, E: std::fmt::Display>(result: Result<Result<T, E>, String>) -> Result<T, Refusal> {
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Refusal::BadSdp(sentence(&error.to_string()))),
        Err(_) => Err(Refusal::BadSdp("it cannot be parsed".into())),
    }
}

/// A parser's message, kept short enough to be read.
pub(crate) fn sentence(message: &str) -> String {
    let line: String = message.lines().next().unwrap_or_default().chars().take(160).collect();
    line.trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_carry_their_mid_kind_and_direction() {
        let sdp = "v=0\r\na=fingerprint:sha-256 AA:BB\r\nm=audio 9 X 111\r\na=mid:0\r\na=sendonly\r\n\
                   m=application 9 X y\r\na=mid:1\r\nm=video 9 X 96\r\na=mid:2\r\na=recvonly\r\n";
        let sketch = sketch(sdp).unwrap();
        assert_eq!(sketch.fingerprint.as_deref(), Some("sha-256 aa:bb"));
        let audio = Line { mid: "0".into(), kind: Kind::Audio, sends: true, receives: false };
        let video = Line { mid: "2".into(), kind: Kind::Video, sends: false, receives: true };
        assert_eq!(sketch.lines, vec![audio, video]);
    }

    #[test]
    fn what_is_not_sdp_is_refused_with_a_sentence() {
        assert!(matches!(sketch("hello"), Err(Refusal::BadSdp(_))));
        assert!(matches!(sketch(&"v=0\n".repeat(100_000)), Err(Refusal::TooLarge(_))));
        let many = format!("v=0\n{}", "m=audio 9 X 111\n".repeat(200));
        assert_eq!(sketch(&many).unwrap_err(), Refusal::TooMany(200));
    }
}
