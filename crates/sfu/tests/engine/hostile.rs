//! A hostile client: whatever it sends, from wherever, it is cut off or passed over, and the others go on.

use std::net::SocketAddr;
use std::time::Duration;

use sfu::{Command, Event, Input, SeatOptions, Source::*, Track};
use str0m::media::Mid;
use str0m::net::Protocol;
use str0m::rtp::RtpWrite;

use crate::net::hash;
use crate::peer::Peer;
use crate::world::{ROOM, World, seat, server};

/// Two people see and hear each other; a third has a seat and bad intentions.
fn class(seed: u64) -> World {
    let mut w = World::new(seed);
    for number in [1, 2, 9] {
        w.join(number, &[(Microphone, 1), (Camera, 1)]);
    }
    w.watch(1, &[(2, Camera, 720)]);
    w.watch(2, &[(1, Camera, 720)]);
    w.watch(9, &[(1, Camera, 720)]);
    w.until("all see", |w| [(1, 2), (2, 1), (9, 1)].iter().all(|(v, of)| w.seen(*v, *of, Camera).len() > 20));
    w
}

/// Nothing that happened since [`World::forget`] disturbed the pair, for a second and more.
fn the_pair_goes_on(w: &mut World) {
    for number in [1, 2] {
        let told = |e: &Event| matches!(e, Event::Disconnected { seat: s, .. } | Event::Closed { seat: s, .. } if *s == seat(number));
        assert_eq!(w.told(told), 0, "{}", w.story());
    }
    w.forget();
    w.run(1_000);
    for (viewer, of) in [(1, 2), (2, 1)] {
        let (picture, sound) = (w.seen(viewer, of, Camera).len(), w.seen(viewer, of, Microphone).len());
        assert!(picture >= 95 && sound >= 45, "{viewer} gets {picture} and {sound} packets of {of}");
    }
    assert_eq!(w.shard.counters().panics, 0);
}

fn throw(w: &mut World, source: SocketAddr, bytes: &[u8]) {
    let input = Input::Datagram { proto: Protocol::Udp, source, destination: server(), bytes };
    w.shard.handle(w.now, input);
}

fn garbage(round: u64, longest: u64) -> Vec<u8> {
    (0..hash(&(round, 1)) % longest).flat_map(|word| hash(&(round, word)).to_be_bytes()).collect()
}

/// A STUN request for this name, its integrity made up.
fn request(name: &str) -> Vec<u8> {
    let padded = name.len().next_multiple_of(4);
    let mut bytes = vec![0, 1, 0, (4 + padded + 8 + 24) as u8, 0x21, 0x12, 0xa4, 0x42];
    bytes.extend([5; 12]);
    bytes.extend([0, 6, 0, name.len() as u8]);
    bytes.extend(name.as_bytes());
    bytes.resize(20 + 4 + padded, 0);
    bytes.extend([0, 0x24, 0, 4, 0x6e, 0, 1, 0xff]);
    bytes.extend([0, 8, 0, 20]);
    bytes.extend([9; 20]);
    bytes
}

fn stranger(round: u64) -> SocketAddr {
    SocketAddr::new([66, (round >> 16) as u8, (round >> 8) as u8, round as u8].into(), 1 + (round % 60_000) as u16)
}

#[test]
fn a_flood_of_garbage_from_a_seats_own_addresses_stays_its_own_trouble() {
    let mut w = class(120);
    let own = [w.publishers[&9].addr, w.viewers[&9].addr];
    w.forget();
    for round in 0..20_000u64 {
        let mut bytes = garbage(round, 60);
        // Half of it looks like RTP, RTCP, STUN or DTLS at first sight.
        let heads: [&[u8]; 5] =
            [&[0x80, 111], &[0x80, 200], &[0, 1, 0, 8, 0x21, 0x12, 0xa4, 0x42], &[23, 254, 253], &[]];
        bytes.splice(0..0, heads[(round % 5) as usize].iter().copied());
        throw(&mut w, own[(round % 2) as usize], &bytes);
        if round % 20 == 0 {
            w.run(1);
        }
    }
    the_pair_goes_on(&mut w);
}

#[test]
fn thousands_of_strangers_leave_nothing_behind() {
    let mut w = class(121);
    let before = w.shard.counters();
    w.forget();
    for round in 0..20_000u64 {
        let bytes = if round % 2 == 0 { garbage(round, 40) } else { request(&format!("nobody{round}:x")) };
        throw(&mut w, stranger(round), &bytes);
        if round % 50 == 0 {
            w.run(1);
        }
    }
    let after = w.shard.counters();
    assert!(after.drops - before.drops >= 20_000, "each is dropped and counted");
    assert_eq!((after.connections, after.seats), (before.connections, before.seats));
    the_pair_goes_on(&mut w);
}

#[test]
fn who_knows_a_foreign_name_still_cannot_take_the_connection() {
    let mut w = World::new(122);
    w.net.keep = true;
    w.join(1, &[(Camera, 1)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 720)]);
    w.until("seen", |w| w.seen(2, 1, Camera).len() > 20);
    // The names go over the wire in the clear.
    let names: Vec<String> =
        w.net.kept.iter().filter_map(|(_, to, b)| (*to == server()).then(|| name_in(b))?).collect();
    assert!(!names.is_empty());
    let kept = w.net.kept.len();
    for round in 0..2_000u64 {
        throw(&mut w, stranger(round), &request(&names[round as usize % names.len()]));
    }
    w.run(2_000);
    let to_strangers = w.net.kept[kept..].iter().filter(|(_, to, _)| to.ip().to_string().starts_with("66.")).count();
    assert_eq!(to_strangers, 0, "nothing is answered to who proves nothing");
    w.forget();
    w.run(1_000);
    assert!(w.seen(2, 1, Camera).len() >= 95);
}

fn name_in(bytes: &[u8]) -> Option<String> {
    let request = bytes.starts_with(&[0, 1]).then_some(bytes)?;
    let at = request.windows(2).skip(20).position(|w| w == [0, 6])? + 20;
    let length = u16::from_be_bytes([request[at + 2], request[at + 3]]) as usize;
    String::from_utf8(request.get(at + 4..at + 4 + length)?.to_vec()).ok()
}

#[test]
fn packets_recorded_from_the_wire_and_sent_again_say_nothing_new() {
    let mut w = class(123);
    w.net.keep = true;
    w.run(1_000);
    let kept: Vec<_> = std::mem::take(&mut w.net.kept).into_iter().filter(|(_, to, _)| *to == server()).collect();
    w.net.keep = false;
    assert!(kept.len() > 300);
    w.forget();
    for (round, (from, _, bytes)) in kept.iter().cycle().take(10_000).enumerate() {
        let source = if round % 2 == 0 { *from } else { stranger(round as u64) };
        throw(&mut w, source, bytes);
        if round % 20 == 0 {
            w.run(1);
        }
    }
    let mut seqs: Vec<u64> = w.seen(1, 2, Camera).iter().map(|g| g.seq).collect();
    let all = seqs.len();
    seqs.sort();
    seqs.dedup();
    assert_eq!(seqs.len(), all, "nothing is forwarded twice");
    the_pair_goes_on(&mut w);
}

#[test]
fn a_new_stream_for_every_packet_disturbs_nobody() {
    let mut w = class(124);
    w.forget();
    let mids: Vec<Mid> = w.publishers[&9].sending.iter().map(|s| s.mid).collect();
    let counted = w.shard.counters().packets_in;
    for round in 0..150u32 {
        let now = w.now;
        let peer = w.publishers.get_mut(&9).unwrap();
        // A stream of its own for every packet, sound on either line.
        let mid = mids[round as usize % 2];
        let mut api = peer.rtc.direct_api();
        let stream = api.declare_stream_tx((70_000 + round).into(), None, mid, None);
        stream.write_rtp(RtpWrite::new(111.into(), (round as u64).into(), round, now, vec![7; 30]));
        w.run(5);
    }
    assert!(w.shard.counters().packets_in - counted > 100, "they came");
    the_pair_goes_on(&mut w);
    assert_eq!(w.shard.counters().seats, 3);
}

#[test]
fn a_viewer_that_asks_for_everything_again_and_again_gets_its_share_and_no_more() {
    let mut w = class(125);
    let mid = w.carries(9, 1, Camera).unwrap().mid.clone();
    let before = (w.publishers[&1].key_requests.values().sum::<u32>(), w.shard.counters().bytes_out);
    w.forget();
    for _ in 0..1_000 {
        w.viewers.get_mut(&9).unwrap().lose_picture(&mid);
        w.run(5);
    }
    let asked = w.publishers[&1].key_requests.values().sum::<u32>() - before.0;
    assert!(asked <= 11, "the publisher is asked {asked} times in five seconds");
    the_pair_goes_on(&mut w);
}

#[test]
fn offers_answers_and_wishes_without_end_are_refused_or_taken_and_the_room_stays() {
    let mut w = class(126);
    let before = w.shard.counters().connections;
    w.forget();
    for round in 0..300u64 {
        let tracks = vec![Track { mid: "0".into(), source: Camera }; 50];
        let offer = String::from_utf8_lossy(&garbage(round, 200)).into_owned();
        for offer in
            [offer.clone(), format!("v=0\r\n{offer}"), "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(200)]
        {
            let publish = Command::Publish { room: ROOM, seat: seat(9), offer: offer.clone(), tracks: tracks.clone() };
            assert!(!w.command(publish).unwrap_err().to_string().is_empty());
            let answer = Command::Answer { room: ROOM, seat: seat(9), offer_id: round, sdp: offer };
            assert!(!w.command(answer).unwrap_err().to_string().is_empty());
        }
        let everybody: Vec<(u8, sfu::Source, u16)> = (0..=255).map(|n| (n, Camera, u16::MAX)).collect();
        w.watch(9, &everybody);
    }
    // A fresh connection each time, and none is left behind.
    for _ in 0..100 {
        w.hold_answers = true;
        w.command(Command::Restart { room: ROOM, seat: seat(9), fresh: true }).unwrap();
        w.held.clear();
    }
    assert_eq!(w.shard.counters().connections, before);
    the_pair_goes_on(&mut w);
}

#[test]
fn a_seat_that_may_only_watch_publishes_nothing() {
    let mut w = class(127);
    w.open(10, SeatOptions { publish: false, subscribe: true, priority: false });
    let addr = w.address();
    let offer = Peer::new(10, addr, w.now).offer(&[(Microphone, 1)], w.now);
    let publish = Command::Publish { room: ROOM, seat: seat(10), offer: offer.clone(), tracks: vec![] };
    assert_eq!(w.command(publish), Err(sfu::Refusal::NotAllowed));
    let foreign = Command::Publish { room: sfu::RoomId(8), seat: seat(1), offer, tracks: vec![] };
    assert_eq!(w.command(foreign), Err(sfu::Refusal::NoSuchSeat));
    w.run(Duration::from_secs(1).as_millis() as u64);
    the_pair_goes_on(&mut w);
}
