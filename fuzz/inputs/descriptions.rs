//! Session descriptions, as offers to publish and to watch and as answers.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Instant;

use sfu::{Command, Identity, Output, RoomId, SeatId, SeatOptions, Shard, ShardConfig, Source, Track};

const OFFER: &str = include_str!("offer.sdp");

/// The first byte says what the text behind it is given out for.
pub fn take(bytes: &[u8]) {
    let Some((kind, text)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(text).into_owned();
    let now = *BEGINNING.get_or_init(Instant::now);
    let mut shard = shard();
    let (room, seat) = (RoomId(1), SeatId(1));
    let options = SeatOptions { publish: true, subscribe: kind & 3 == 2, priority: false };
    let tracks =
        vec![Track { mid: "0".into(), source: Source::Microphone }, Track { mid: "1".into(), source: Source::Camera }];
    let offer = |offer: String| Command::Publish { room, seat, offer, tracks: tracks.clone() };
    let commands = match kind & 3 {
        0 => vec![offer(text)],
        1 => vec![offer(OFFER.into()), offer(text)],
        2 => vec![Command::WatchWhep { room, seat, offer: text }],
        _ => sfu::inside::offer_to_a_viewer(&mut shard, room, now)
            .map(|(seat, offer_id, _)| Command::Answer { room, seat, offer_id, sdp: text })
            .into_iter()
            .collect(),
    };
    let _ = shard.command(now, Command::OpenSeat { room, seat, options });
    for command in commands {
        let _ = shard.command(now, command);
        while !matches!(shard.poll(now), Output::Timeout(_)) {}
    }
    assert_eq!(shard.counters().panics, 0, "a connection panicked");
}

static BEGINNING: OnceLock<Instant> = OnceLock::new();

fn shard() -> Shard {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    let identity = IDENTITY.get_or_init(|| Identity::generate().expect("a certificate can be made")).clone();
    let server = SocketAddr::new([10, 0, 0, 1].into(), 5000);
    Shard::new(ShardConfig { udp: vec![server], tcp: vec![], room_seats: 9, seed: 1, secret: [1; 32], identity })
}
