//! Datagrams at a shard with a connection that waits for its first packets: STUN, DTLS, RTP, RTCP and noise.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sfu::{Command, Identity, Input, Output, RoomId, SeatId, SeatOptions, Shard, ShardConfig};
use str0m::net::Protocol;

const OFFER: &str = include_str!("offer.sdp");

/// The input is a row of datagrams: whose it is and how many milliseconds pass, its length, its bytes.
pub fn take(bytes: &[u8]) {
    sfu::inside::read_as_everything(bytes);
    let mut now = *BEGINNING.get_or_init(Instant::now);
    let mut shard = shard(now);
    let mut rest = bytes;
    while let [head, low, high, body @ ..] = rest {
        let length = (u16::from_le_bytes([*low, *high]) as usize % 1500).min(body.len());
        let (datagram, after) = body.split_at(length);
        rest = after;
        now += Duration::from_millis((head >> 2) as u64);
        let source = SocketAddr::new([10, 0, 1, 1].into(), 1000 + (head & 1) as u16);
        let proto = if head & 2 == 0 { Protocol::Udp } else { Protocol::Tcp };
        shard.handle(now, Input::Datagram { proto, source, destination: server(), bytes: datagram });
        while !matches!(shard.poll(now), Output::Timeout(_)) {}
    }
    assert_eq!(shard.counters().panics, 0, "a connection panicked");
}

static BEGINNING: OnceLock<Instant> = OnceLock::new();

fn server() -> SocketAddr {
    SocketAddr::new([10, 0, 0, 1].into(), 5000)
}

/// With fixed secrets, so that a request that proves itself is one that proves itself tomorrow.
fn shard(now: Instant) -> Shard {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    let identity = IDENTITY.get_or_init(|| Identity::generate().expect("a certificate can be made")).clone();
    let tcp = vec![server()];
    let mut shard =
        Shard::new(ShardConfig { udp: vec![server()], tcp, room_seats: 9, seed: 1, secret: [1; 32], identity });
    let (room, seat) = (RoomId(1), SeatId(1));
    let options = SeatOptions { publish: true, subscribe: true, priority: false };
    let publish = Command::Publish { room, seat, offer: OFFER.into(), tracks: vec![] };
    for command in [Command::OpenSeat { room, seat, options }, publish] {
        shard.command(now, command).expect("a good offer is taken");
    }
    while !matches!(shard.poll(now), Output::Timeout(_)) {}
    sfu::inside::believe(&mut shard, room, seat, SocketAddr::new([10, 0, 1, 1].into(), 1000));
    shard
}
