//! The publishing connection: the client offers, adds and removes sources, and restarts ICE.

use std::collections::BTreeSet;
use std::time::Instant;

use str0m::Rtc;
use str0m::media::Mid;

use crate::conn::{Conn, ConnKey};
use crate::model::{Direction, Kind, Refusal, RoomId, SeatId, Source, Track};
use crate::panics::guard;
use crate::sdp::{Sketch, parse_offer, sentence, sketch};
use crate::shard::Shard;

impl Shard {
    pub(crate) fn publish(
        &mut self,
        now: Instant,
        room: RoomId,
        seat: SeatId,
        offer: &str,
        tracks: &[Track],
    ) -> Result<String, Refusal> {
        if let Some(refusal) = self.missing(room, seat) {
            return Err(refusal);
        }
        if !self.seat_mut(room, seat).is_some_and(|s| s.options.publish) {
            return Err(Refusal::NotAllowed);
        }
        let sketch = sketch(offer)?;
        let tracks = named_tracks(&sketch, tracks)?;
        let Some(fingerprint) = sketch.fingerprint.clone() else {
            return Err(Refusal::BadSdp("it has no fingerprint".into()));
        };
        let known = self.conn_of(room, seat, Direction::Publish);
        let same = known.filter(|k| self.conns.get(*k).is_some_and(|c| c.fingerprint.as_ref() == Some(&fingerprint)));
        let (key, answer) = match same {
            Some(key) => (key, self.renegotiate(key, offer, now)?),
            None => self.first_offer(room, seat, offer, fingerprint, now)?,
        };
        self.rename_tracks(key, tracks);
        Ok(answer)
    }

    /// A new connection, in place of one that may still be there: the page was loaded again.
    fn first_offer(
        &mut self,
        room: RoomId,
        seat: SeatId,
        offer: &str,
        fingerprint: String,
        now: Instant,
    ) -> Result<(ConnKey, String), Refusal> {
        let mut made = self.new_rtc(Direction::Publish, now);
        let answer = accept(&mut made.rtc, offer)?;
        if let Some(old) = self.conn_of(room, seat, Direction::Publish) {
            self.drop_conn(old, false);
        }
        let mut conn = Conn::new(made, room, seat, Direction::Publish, now);
        conn.fingerprint = Some(fingerprint);
        let key = self.add_conn(conn, now);
        Ok((key, answer))
    }

    fn renegotiate(&mut self, key: ConnKey, offer: &str, now: Instant) -> Result<String, Refusal> {
        self.secrets.stir();
        let Some(conn) = self.conns.get_mut(key) else { return Err(Refusal::Unavailable) };
        let answer = accept(&mut conn.rtc, offer);
        if !conn.up {
            conn.patience = Some(now + crate::conn::PATIENCE);
            conn.told_down = false;
        }
        // A changed direction may have reset streams, and an ICE restart brings new credentials.
        conn.streams.clear();
        self.learn_ufrag(key);
        self.mark_dirty(key);
        answer
    }

    /// What each line carries from now on; what no line carries any more is no longer published.
    fn rename_tracks(&mut self, key: ConnKey, tracks: Vec<(Mid, Source)>) {
        let Some(conn) = self.conns.get_mut(key) else { return };
        let (room, seat) = (conn.room, conn.seat);
        conn.streams.clear();
        conn.tracks = tracks;
        let kept: BTreeSet<Source> = conn.tracks.iter().map(|(_, s)| *s).collect();
        for source in [Source::Microphone, Source::Camera, Source::Screen] {
            if !kept.contains(&source) {
                self.unpublish(room, seat, source);
            }
        }
    }
}

/// Let str0m take an offer. Whatever goes wrong in there is the offer's fault until proven otherwise.
pub(crate) fn accept(rtc: &mut Rtc, offer: &str) -> Result<String, Refusal> {
    let offer = parse_offer(offer)?;
    match guard(|| rtc.sdp_api().accept_offer(offer)) {
        Ok(Ok(answer)) => Ok(answer.to_sdp_string()),
        Ok(Err(error)) => Err(Refusal::BadSdp(sentence(&error.to_string()))),
        Err(why) => {
            rtc.disconnect();
            Err(Refusal::BadSdp(sentence(&why)))
        }
    }
}

/// Match the caller's names with the lines that really send. Without names (WHIP): the first of each kind.
fn named_tracks(sketch: &Sketch, tracks: &[Track]) -> Result<Vec<(Mid, Source)>, Refusal> {
    let sending: Vec<_> = sketch.lines.iter().filter(|l| l.sends).collect();
    if sketch.lines.is_empty() || (tracks.is_empty() && sending.is_empty()) {
        return Err(Refusal::NoMedia);
    }
    if tracks.is_empty() {
        let first = |kind, source| {
            let line = sending.iter().find(|l| l.kind == kind);
            line.map(|l| (Mid::from(l.mid.as_str()), source))
        };
        let both = [first(Kind::Audio, Source::Microphone), first(Kind::Video, Source::Camera)];
        return Ok(both.into_iter().flatten().collect());
    }
    let mids = sketch.mids();
    let mut named = Vec::new();
    for track in tracks {
        if !mids.contains(track.mid.as_str()) {
            return Err(Refusal::BadSdp(format!("it has no line with mid {}", sentence(&track.mid))));
        }
        let fits = sending.iter().any(|l| l.mid == track.mid && l.kind == track.source.kind());
        let twice = named.iter().any(|(_, source)| *source == track.source);
        if fits && !twice {
            named.push((Mid::from(track.mid.as_str()), track.source));
        }
    }
    Ok(named)
}
