//! One published source: its layers as they come in, and the slots that carry it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::media::Rid;
use str0m::rtp::Ssrc;

use crate::allocate::Rung;
use crate::conn::ConnKey;
use crate::model::{Kind, Source};
use crate::packet::Packet;
use crate::recent::Recent;
use crate::slot::TrackId;
use crate::speaker::Voice;
use crate::tape::Tape;

/// A layer without packets for this long is not offered to anybody (a browser drops layers by itself).
const ACTIVE: Duration = Duration::from_millis(1500);
/// Key frames are expensive for everybody: ask a source at most this often.
const PLI_EVERY: Duration = Duration::from_millis(500);
/// What a layer is taken to cost and show until it was measured.
const GUESS: [(u64, u16); 3] = [(150_000, 180), (500_000, 360), (1_500_000, 720)];
pub(crate) const MAX_LAYERS: usize = 3;

pub(crate) struct Layer {
    pub ssrc: Ssrc,
    pub held: Vec<Arc<Packet>>,
    /// What came lately, for repairs.
    pub recent: Recent,
    height: u16,
    bitrate: Option<u64>,
    bytes: u64,
    window: Instant,
    last: Instant,
}

pub(crate) struct Track {
    pub id: TrackId,
    pub conn: ConnKey,
    pub layers: [Option<Layer>; MAX_LAYERS],
    pub layered: bool,
    pub outputs: Vec<(ConnKey, usize)>,
    pub muted: bool,
    pub voice: Voice,
    /// While it is recorded.
    pub tape: Option<Tape>,
    pub last: Instant,
    asked_at: Option<Instant>,
    /// A bit for each layer that needs a key frame.
    wanted: u8,
}

/// The place of a simulcast layer on the ladder, from its rid: q/h/f, or a digit, lowest first.
pub(crate) fn rank(rid: Option<Rid>) -> usize {
    let Some(rid) = rid else { return 0 };
    let name: &str = &rid;
    match name {
        "q" | "l" | "low" | "0" => 0,
        "h" | "m" | "mid" | "1" => 1,
        _ => 2,
    }
}

impl Track {
    pub fn new(id: TrackId, conn: ConnKey, muted: bool, now: Instant) -> Track {
        Track {
            id,
            conn,
            layers: [None, None, None],
            layered: false,
            outputs: Vec::new(),
            muted,
            voice: Voice::default(),
            tape: None,
            last: now,
            asked_at: None,
            wanted: 0,
        }
    }

    /// Count a packet of a layer.
    pub fn note(&mut self, layer: usize, ssrc: Ssrc, bytes: usize, now: Instant) {
        self.last = now;
        let fresh = || Layer {
            ssrc,
            held: Vec::new(),
            recent: Recent::default(),
            height: 0,
            bitrate: None,
            bytes: 0,
            window: now,
            last: now,
        };
        let layer = self.layers[layer].get_or_insert_with(fresh);
        layer.ssrc = ssrc;
        layer.last = now;
        layer.bytes += bytes as u64;
        let window = now.saturating_duration_since(layer.window);
        if window >= Duration::from_secs(1) {
            layer.bitrate = Some(layer.bytes * 8_000_000 / window.as_micros() as u64);
            layer.bytes = 0;
            layer.window = now;
            layer.recent.forget(now);
        }
    }

    /// Keep pictures that were sent, so that they can be sent again.
    pub fn keep(&mut self, packets: &[Arc<Packet>]) {
        if self.id.1.kind() == Kind::Audio {
            return;
        }
        for packet in packets {
            if let Some(layer) = &mut self.layers[packet.layer] {
                layer.recent.keep(packet);
            }
        }
    }

    pub fn note_height(&mut self, layer: usize, height: u16) {
        if let Some(layer) = &mut self.layers[layer] {
            layer.height = height;
        }
    }

    /// The layers that flow now, smallest picture first.
    pub fn ladder(&self, now: Instant) -> Vec<Rung> {
        let flowing = |l: &Layer| now.saturating_duration_since(l.last) < ACTIVE;
        let rung = |(index, layer): (usize, &Layer)| {
            let (bitrate, height) = if self.layered { GUESS[index] } else { (800_000, 720) };
            Rung {
                layer: index,
                bitrate: layer.bitrate.unwrap_or(bitrate),
                height: if layer.height > 0 { layer.height } else { height },
            }
        };
        let layers = self.layers.iter().enumerate().filter_map(|(i, l)| Some((i, l.as_ref()?)));
        let mut rungs: Vec<Rung> = layers.filter(|(_, l)| flowing(l)).map(rung).collect();
        rungs.sort_by_key(|r| (r.height, r.layer));
        rungs
    }

    pub fn live(&self, now: Instant) -> bool {
        // A screen that does not move sends next to nothing.
        let patience = if self.id.1 == Source::Screen { 10 } else { 2 };
        !self.muted && now.saturating_duration_since(self.last) < Duration::from_secs(patience)
    }

    pub fn want_key(&mut self, layer: usize) {
        self.wanted |= 1 << layer.min(MAX_LAYERS - 1);
    }

    pub fn wants_key(&self) -> bool {
        self.wanted != 0
    }

    pub fn got_key(&mut self, layer: usize) {
        self.wanted &= !(1 << layer);
    }

    /// The streams to ask for a key frame now; empty while the last question is too young.
    pub fn ask(&mut self, now: Instant) -> Vec<Ssrc> {
        let young = self.asked_at.is_some_and(|at| now.saturating_duration_since(at) < PLI_EVERY);
        if young || self.wanted == 0 {
            return Vec::new();
        }
        let wanted = std::mem::take(&mut self.wanted);
        let layers = self.layers.iter().enumerate().filter(|(i, _)| wanted & (1 << i) != 0);
        let streams: Vec<Ssrc> = layers.filter_map(|(_, l)| l.as_ref().map(|l| l.ssrc)).collect();
        if !streams.is_empty() {
            self.asked_at = Some(now);
        }
        streams
    }

    /// The publisher came back with a new connection: same source, new streams.
    pub fn moved_to(&mut self, conn: ConnKey, muted: bool) {
        self.conn = conn;
        self.muted = muted;
        self.layers = [None, None, None];
        self.layered = false;
        self.voice = Voice::default();
        // What is taped begins anew, with a key frame that is asked for at once.
        self.tape = self.tape.take().map(|_| Tape::default());
    }
}
