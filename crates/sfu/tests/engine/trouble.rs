//! Bad networks, vanished peers, restarts and noise.

use std::time::Duration;

use sfu::{Command, Direction, Event, Input, Level, Source::*};
use str0m::net::Protocol;

use crate::net::{Weather, hash};
use crate::peer::Peer;
use crate::world::{ROOM, World, seat, server};

fn disconnected(w: &World, number: u8, direction: Direction) -> usize {
    w.told(|e| *e == Event::Disconnected { room: ROOM, seat: seat(number), direction })
}

fn watching(seed: u64) -> World {
    let mut w = World::new(seed);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 720)]);
    w.until("seen", |w| w.seen(2, 1, Camera).len() > 20);
    w
}

#[test]
fn loss_jitter_and_duplicates_are_repaired_on_both_legs() {
    let mut w = watching(60);
    w.net.weather =
        Weather { loss: 0.05, delay: Duration::from_millis(20), jitter: Duration::from_millis(15), duplicates: 0.03 };
    w.run(1_000);
    w.forget();
    w.run(20_000);
    let got = w.seen(2, 1, Camera);
    let mut seqs: Vec<u64> = got.iter().map(|g| g.seq).collect();
    let count = seqs.len() as f64;
    seqs.sort();
    seqs.dedup();
    assert_eq!(seqs.len() as f64, count, "nothing is delivered twice");
    let span = (seqs[seqs.len() - 1] - seqs[0] + 1) as f64;
    assert!(count / span > 0.99, "{count} of {span}");
}

#[test]
fn loss_is_told_as_quality_and_its_end_too() {
    let mut w = watching(61);
    w.run(5_000);
    assert_eq!(w.level(2), Some(Level::Good));
    w.net.weather.loss = 0.25;
    w.until("poor", |w| w.level(2) == Some(Level::Poor));
    w.net.weather.loss = 0.0;
    w.until("good", |w| w.level(2) == Some(Level::Good));
}

#[test]
fn a_vanished_viewer_is_told_and_comes_back_by_an_ice_restart_from_another_address() {
    let mut w = watching(62);
    let old = w.viewers[&2].addr;
    w.unplugged.push(old);
    w.until("told", |w| disconnected(w, 2, Direction::Subscribe) == 1);
    w.run(10_000);
    assert_eq!(disconnected(&w, 2, Direction::Subscribe), 1, "told once");
    let addr = w.address();
    let viewer = w.viewers.get_mut(&2).unwrap();
    viewer.addr = addr;
    viewer.rtc.add_local_candidate(str0m::Candidate::host(addr, "udp").unwrap());
    w.forget();
    w.command(Command::Restart { room: ROOM, seat: seat(2), fresh: false }).unwrap();
    w.until("seen again", |w| w.seen(2, 1, Camera).len() > 20);
    assert!(w.connected(2, Direction::Subscribe));
    assert_eq!(w.told(|e| matches!(e, Event::Offer { fresh: true, .. })), 0);
}

#[test]
fn a_viewer_who_lost_everything_asks_for_a_fresh_connection() {
    let mut w = watching(63);
    w.unplugged.push(w.viewers[&2].addr);
    w.run(1_000);
    w.forget();
    w.command(Command::Restart { room: ROOM, seat: seat(2), fresh: true }).unwrap();
    w.until("seen again", |w| w.seen(2, 1, Camera).len() > 20);
    assert_eq!(w.told(|e| matches!(e, Event::Offer { fresh: true, .. })), 1);
    assert!(w.seen(2, 1, Camera)[0].key);
}

#[test]
fn a_publisher_changes_networks_by_an_ice_restart() {
    let mut w = watching(64);
    w.unplugged.push(w.publishers[&1].addr);
    w.run(2_000);
    let addr = w.address();
    let publisher = w.publishers.get_mut(&1).unwrap();
    publisher.addr = addr;
    publisher.rtc.add_local_candidate(str0m::Candidate::host(addr, "udp").unwrap());
    let offer = publisher.offer_restart();
    w.send_offer(1, offer);
    w.run(1_000);
    w.forget();
    w.until("seen again", |w| w.seen(2, 1, Camera).len() > 20 && w.seen(2, 1, Microphone).len() > 20);
    assert_eq!(w.told(|e| matches!(e, Event::Unpublished { .. })), 0, "the sources stayed published");
}

#[test]
fn an_offer_with_another_fingerprint_replaces_the_publishing_connection() {
    let mut w = watching(65);
    w.publishers.remove(&1);
    w.publish(1, &[(Microphone, 1), (Camera, 1)]);
    w.run(30); // what was under way
    w.forget();
    w.until("seen again", |w| w.seen(2, 1, Camera).len() > 20 && w.seen(2, 1, Microphone).len() > 20);
    assert!(w.seen(2, 1, Camera)[0].key);
    assert_eq!(w.told(|e| matches!(e, Event::Unpublished { .. })), 0);
    assert_eq!(w.shard.counters().connections, 2);
}

#[test]
fn a_seat_that_never_connects_is_told_and_can_try_again() {
    let mut w = World::new(66);
    let addr = w.address();
    w.unplugged.push(addr);
    w.publishers.insert(1, Peer::new(1, addr, w.now));
    w.join(1, &[(Camera, 1)]);
    w.run(20_000);
    assert_eq!(disconnected(&w, 1, Direction::Publish), 1);
    w.publishers.clear();
    w.publish(1, &[(Camera, 1)]);
    w.until("connected", |w| w.connected(1, Direction::Publish));
}

#[test]
fn a_vanished_publisher_is_told_and_leaves_nothing_behind_when_closed() {
    let mut w = watching(67);
    w.unplugged.push(w.publishers[&1].addr);
    w.until("told", |w| disconnected(w, 1, Direction::Publish) == 1);
    w.leave(1);
    w.run(100);
    assert_eq!(w.told(|e| matches!(e, Event::Unpublished { .. })), 2);
    assert_eq!(w.shard.counters().connections, 1);
}

#[test]
fn who_closes_properly_is_told_at_once() {
    let mut w = watching(68);
    w.viewers.get_mut(&2).unwrap().rtc.close().unwrap();
    w.run(500);
    assert_eq!(disconnected(&w, 2, Direction::Subscribe), 1);
}

#[test]
fn noise_on_the_port_disturbs_nobody_even_from_a_known_address() {
    let mut w = watching(69);
    let heads: [&[u8]; 7] =
        [&[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42], &[22, 254, 253], &[0x80, 96], &[0x80, 200], &[0x90, 111], &[0xff], &[]];
    let known = [w.publishers[&1].addr, w.viewers[&2].addr];
    w.forget();
    for round in 0..4_000u64 {
        let stranger = std::net::SocketAddr::new([66, 0, 0, (round % 250) as u8].into(), (round % 60_000) as u16);
        let source = if round % 3 == 0 { known[(round % 2) as usize] } else { stranger };
        let mut bytes = heads[(hash(&(round, 1)) % heads.len() as u64) as usize].to_vec();
        for word in 0..hash(&(round, 2)) % 40 {
            bytes.extend(hash(&(round, word, 3)).to_be_bytes());
        }
        let input = Input::Datagram { proto: Protocol::Udp, source, destination: server(), bytes: &bytes };
        w.shard.handle(w.now, input);
        w.run(1);
    }
    w.run(1_000);
    assert!(w.seen(2, 1, Camera).len() > 350, "{}", w.seen(2, 1, Camera).len());
    assert_eq!(w.told(|e| matches!(e, Event::Disconnected { .. } | Event::Closed { .. })), 0);
    assert_eq!(w.shard.counters().panics, 0);
    assert!(w.shard.counters().drops > 2_000);
}

#[test]
fn a_forged_request_with_the_right_name_keeps_nobody_alive() {
    let mut w = World::new(70);
    let addr = w.address();
    let mut peer = Peer::new(1, addr, w.now);
    w.join(1, &[]);
    let offer = peer.offer(&[(Camera, 1)], w.now);
    let publish = Command::Publish { room: ROOM, seat: seat(1), offer, tracks: vec![] };
    let answer = w.command(publish).unwrap().unwrap();
    let ufrag = answer.lines().find_map(|l| l.strip_prefix("a=ice-ufrag:")).unwrap().trim();
    let name = format!("{ufrag}:someone");
    let padded = name.len().next_multiple_of(4);
    let mut bytes = vec![0, 1, 0, (4 + padded + 8 + 24) as u8, 0x21, 0x12, 0xa4, 0x42];
    bytes.extend([5; 12]);
    bytes.extend([0, 6, 0, name.len() as u8]);
    bytes.extend(name.as_bytes());
    bytes.resize(20 + 4 + padded, 0);
    bytes.extend([0, 0x24, 0, 4, 0x6e, 0, 1, 0xff]); // priority
    bytes.extend([0, 8, 0, 20]); // integrity, made up
    bytes.extend([9; 20]);
    let source = "66.0.0.1:666".parse().unwrap();
    w.shard.handle(w.now, Input::Datagram { proto: Protocol::Udp, source, destination: server(), bytes: &bytes });
    w.run(100);
    assert_eq!(w.told(|e| matches!(e, Event::Alive { .. })), 0);
    assert_eq!(w.shard.counters().drops, 1);
}
