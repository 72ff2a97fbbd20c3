//! Doors into the engine for those who throw garbage at it (`fuzz/` and its corpus test). Nobody else needs them.

use std::net::SocketAddr;
use std::time::Instant;

use str0m::net::Protocol;

use crate::demux;
use crate::estimate::Estimator;
use crate::model::{Direction, Event, RoomId, SeatId, SeatOptions, Source};
use crate::packet::{red_primary, red_retarget};
use crate::rtcp::{self, Said};
use crate::sdp;
use crate::shard::{Command, Output, Shard};
use crate::vp8::Vp8;

/// Read these bytes in every way the engine reads bytes of a stranger, or of somebody it has a connection with.
pub fn read_as_everything(bytes: &[u8]) {
    if demux::is_stun(bytes) {
        demux::stun_ufrag(bytes);
    }
    read_as_feedback(bytes);
    red_primary(bytes);
    let mut picture = red_retarget(bytes, 96).into_owned();
    if let Some(vp8) = Vp8::parse(&picture) {
        vp8.starts_key_frame(&picture);
        vp8.shift(&mut picture, 0x1234, 56);
    }
    let _ = sdp::sketch(&String::from_utf8_lossy(bytes));
}

/// A viewer's reports, with an estimator behind them that sent some packets.
fn read_as_feedback(bytes: &[u8]) {
    let mut estimator = Estimator::new(1_000_000);
    estimator.set_desired(2_000_000);
    for packet in 0..64 {
        estimator.number(packet * 5_000, 1000);
    }
    let mut now = 400_000;
    rtcp::read(bytes, |said| match said {
        Said::Arrivals(feedback) => {
            now += 50_000;
            estimator.feedback(now, feedback);
            estimator.padding(now);
        }
        Said::Missing { pairs, .. } => drop(rtcp::missing(pairs).count()),
        Said::Report(report) => estimator.reported(now, report.lost as f32 / 256.0),
        Said::Broken { .. } => {}
    });
}

/// Open the second seat of a room in which the first shows a picture, and give back the offer it is made.
pub fn offer_to_a_viewer(shard: &mut Shard, room: RoomId, now: Instant) -> Option<(SeatId, u64, String)> {
    let (first, second) = (SeatId(1), SeatId(2));
    let options = SeatOptions { publish: true, subscribe: true, priority: false };
    for seat in [first, second] {
        shard.command(now, Command::OpenSeat { room, seat, options }).ok()?;
    }
    let key = shard.fresh_conn(room, first, now);
    shard.ensure_track(room, (first, Source::Microphone), key, now);
    loop {
        match shard.poll(now) {
            Output::Event(Event::Offer { seat, offer_id, sdp, .. }) => return Some((seat, offer_id, sdp)),
            Output::Timeout(_) => return None,
            _ => {}
        }
    }
}

/// Take an address for one of a seat's publishing connection, as after a request that proved itself.
pub fn believe(shard: &mut Shard, room: RoomId, seat: SeatId, source: SocketAddr) {
    if let Some(key) = shard.conn_of(room, seat, Direction::Publish) {
        shard.demux.learn((Protocol::Udp, source), key);
    }
}
