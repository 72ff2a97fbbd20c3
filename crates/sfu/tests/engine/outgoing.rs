//! The way out is the engine's own: repairs, numbers that roll over, keys with one owner, reports.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sfu::Source::*;

use crate::net::Weather;
use crate::world::{World, server};

fn watching(seed: u64, packets: usize) -> World {
    let mut w = World::new(seed);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    w.publishers.get_mut(&1).unwrap().sizes = [packets; 3];
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 720)]);
    w.until("a picture", |w| w.seen(2, 1, Camera).len() > 20);
    w
}

#[test]
fn loss_on_the_way_out_is_repaired_and_costs_no_key_frames() {
    let mut w = watching(90, 4);
    w.run(2_000);
    let keys = |w: &World| w.publishers[&1].sending.iter().map(|s| s.keys_sent).sum::<u32>();
    let before = keys(&w);
    let addr = w.viewers[&2].addr;
    w.net.lossy.insert(addr, 0.08);
    w.forget();
    w.run(20_000);
    w.net.lossy.clear();
    w.run(500);
    let mut seqs: Vec<u64> = w.seen(2, 1, Camera).iter().map(|g| g.seq).collect();
    seqs.sort();
    let span = seqs[seqs.len() - 1] - seqs[0] + 1;
    assert!(span > 1_900);
    assert!(seqs.len() as f64 / span as f64 > 0.998, "{} of {span}", seqs.len());
    assert!(seqs.windows(2).all(|p| p[0] != p[1]), "nothing twice");
    assert_eq!(keys(&w), before);
    assert!(w.shard.counters().nacks > 20);
}

#[test]
fn pictures_repaired_across_a_switch_of_layers_are_whole() {
    let mut w = World::new(91);
    w.join(1, &[(Camera, 3)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 720)]);
    w.until("a picture", |w| w.seen(2, 1, Camera).len() > 20);
    w.net.lossy.insert(w.viewers[&2].addr, 0.05);
    w.forget();
    for round in 0..10 {
        w.watch(2, &[(1, Camera, if round % 2 == 0 { 180 } else { 720 })]);
        w.run(1_000);
    }
    w.net.lossy.clear();
    w.run(500);
    let mut got = w.seen(2, 1, Camera);
    got.sort_by_key(|g| g.seq);
    let span = (got[got.len() - 1].seq - got[0].seq + 1) as f64;
    assert!(got.len() as f64 / span > 0.99, "{} of {span}", got.len());
    assert!(got.iter().any(|g| g.layer == 0) && got.iter().any(|g| g.layer == 2));
    // A repaired packet has the same picture id as the others of its frame.
    let mut pictures = BTreeMap::new();
    for g in &got {
        assert_eq!(*pictures.entry((g.layer, g.frame)).or_insert(g.picture), g.picture);
    }
}

#[test]
fn numbers_roll_over_and_the_picture_goes_on() {
    let mut w = watching(92, 40);
    w.net.lossy.insert(w.viewers[&2].addr, 0.01);
    w.run(75_000);
    w.forget();
    // A thousand packets a second, so all of them rolled over by now: RTP, and the transport-wide ones.
    w.run(10_000);
    let got = w.seen(2, 1, Camera);
    assert!(got.iter().all(|g| g.seq > 65_536), "{}", got[0].seq);
    assert!(got.len() > 9_900, "{}", got.len());
    assert!(w.carries(2, 1, Camera).is_some_and(|slot| !slot.paused));
}

/// What went to viewers as (ssrc, number): RTP and RTCP apart.
fn numbers(w: &World) -> [Vec<(u32, u32)>; 2] {
    let mut numbers = [vec![], vec![]];
    for (_, to, bytes) in w.net.kept.iter().filter(|(from, ..)| *from == server()) {
        let viewer = w.viewers.values().any(|v| v.addr == *to);
        let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        match bytes[0] {
            128..=191 if !viewer => {}
            128..=191 if (192..=223).contains(&bytes[1]) => numbers[1].push((word(4), word(bytes.len() - 4))),
            128..=191 => numbers[0].push((word(8), word(0) & 0xffff)),
            _ => {}
        }
    }
    numbers
}

#[test]
fn no_number_is_encrypted_twice_whatever_happens() {
    let mut w = World::new(93);
    w.net.keep = true;
    w.net.weather =
        Weather { loss: 0.03, delay: Duration::from_millis(20), jitter: Duration::from_millis(20), duplicates: 0.05 };
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.join(3, &[(Camera, 3)]);
    w.join(2, &[]);
    for round in 0..12 {
        let height = [180, 720, 360][round % 3];
        w.watch(2, &[(1 + 2 * (round as u8 % 2), Camera, height)]);
        w.mute(1, Camera, round % 4 == 3);
        w.run(1_500);
    }
    // The publisher comes back with the same numbers, and the viewer's connection restarts and closes.
    w.publishers.remove(&1);
    w.publish(1, &[(Microphone, 1), (Camera, 3)]);
    w.run(2_000);
    w.leave(2);
    w.run(100);
    let [rtp, rtcp] = numbers(&w);
    assert!(rtp.len() > 1_000 && rtcp.len() > 10, "{} and {}", rtp.len(), rtcp.len());
    let distinct = |all: &[(u32, u32)]| all.iter().collect::<BTreeSet<_>>().len();
    assert_eq!(distinct(&rtp), rtp.len());
    assert_eq!(distinct(&rtcp), rtcp.len());
}

#[test]
fn a_viewer_is_told_the_streams_clock() {
    let mut w = watching(94, 2);
    w.run(5_000);
    let viewer = &w.viewers[&2];
    let camera = viewer.reports.iter().filter(|(mid, ..)| viewer.got.iter().any(|g| g.mid == *mid && g.len > 100));
    let camera: Vec<_> = camera.collect();
    assert!(camera.len() >= 4, "{:?}", viewer.reports);
    for pair in camera.windows(2) {
        let (time, packets) = (pair[1].1 - pair[0].1, pair[1].2 - pair[0].2);
        assert!((85_000..95_000).contains(&time), "90000 ticks in a second: {time}");
        assert!((48..=52).contains(&packets), "two packets, 25 frames a second: {packets}");
    }
}

#[test]
fn small_cameras_go_on_when_a_screen_share_begins() {
    let mut w = World::new(95);
    for number in 1..=4 {
        w.join(number, &[(Camera, 3)]);
    }
    w.join(9, &[]);
    let mut wants: Vec<_> = (1..=4).map(|n| (n, Camera, 180)).collect();
    wants.push((5, Screen, 1080));
    w.watch(9, &wants);
    w.until("four pictures", |w| (1..=4).all(|n| w.seen(9, n, Camera).len() > 20));
    // With the cameras it just fits, but the estimate does not know that yet.
    let (addr, now) = (w.viewers[&9].addr, w.now);
    w.net.narrow.insert(addr, (3_900_000, now));
    w.join(5, &[(Screen, 1)]);
    w.publishers.get_mut(&5).unwrap().sizes = [16; 3];
    w.forget();
    w.until("the screen", |w| w.seen(9, 5, Screen).len() > 2_000);
    for number in 1..=4 {
        let got = w.seen(9, number, Camera);
        let times: Vec<_> = got.iter().map(|g| g.at).chain([w.now]).collect();
        let longest = times.windows(2).map(|p| p[1] - p[0]).max().unwrap();
        assert!(longest < Duration::from_millis(300), "camera {number} stood still for {longest:?}");
    }
}
