//! Which layer of a picture a viewer gets, and when that changes.

use std::time::Duration;

use sfu::Source::*;

use crate::peer::Peer;
use crate::world::World;

fn watching(seed: u64, height: u16) -> World {
    let mut w = World::new(seed);
    w.join(1, &[(Camera, 3)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, height)]);
    w.until("a picture", |w| w.seen(2, 1, Camera).len() > 20);
    w
}

fn layer(w: &World) -> u8 {
    w.seen(2, 1, Camera).last().map_or(9, |g| g.layer)
}

#[test]
fn each_tile_gets_the_layer_that_fills_it() {
    for (height, want) in [(120, 0), (180, 0), (320, 1), (360, 1), (500, 2), (1080, 2)] {
        let mut w = watching(20, height);
        w.until("the right layer", |w| layer(w) == want);
    }
}

#[test]
fn the_height_of_a_layer_is_read_from_its_key_frames() {
    let mut w = World::new(26);
    w.publishers.insert(1, Peer::new(1, "10.0.1.9:9".parse().unwrap(), w.now));
    w.publishers.get_mut(&1).unwrap().height = 60;
    w.join(1, &[(Camera, 3)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 180)]);
    w.until("the top layer of 60, 120 and 240 lines", |w| layer(w) == 2);
}

#[test]
fn a_switch_happens_at_a_key_frame_and_numbers_go_on() {
    let mut w = watching(21, 180);
    w.run(1_000);
    w.forget();
    w.watch(2, &[(1, Camera, 720)]);
    w.until("up", |w| layer(w) == 2);
    w.watch(2, &[(1, Camera, 180)]);
    w.until("down", |w| layer(w) == 0);
    w.run(1_000);
    let got = w.seen(2, 1, Camera);
    assert!(got.windows(2).all(|p| p[1].seq == p[0].seq + 1));
    assert!(got.windows(2).all(|p| p[1].time.wrapping_sub(p[0].time) <= 90_000 / 5));
    assert!(got.windows(2).all(|p| p[1].picture.wrapping_sub(p[0].picture) & 0x7fff <= 1));
    let switches: Vec<_> = got.windows(2).filter(|p| p[0].layer != p[1].layer).collect();
    assert_eq!(switches.len(), 2);
    assert!(switches.iter().all(|p| p[1].key), "a layer begins with a key frame");
    let longest = got.windows(2).map(|p| p[1].at - p[0].at).max().unwrap();
    assert!(longest < Duration::from_millis(100), "the picture never stood still: {longest:?}");
}

#[test]
fn a_narrow_link_brings_the_picture_down_and_a_wide_one_up_again_after_a_while() {
    let mut w = watching(22, 720);
    w.until("the top layer", |w| layer(w) == 2);
    w.run(5_000);
    // The layers are 180, 360 and 720 kbit/s.
    let (addr, now) = (w.viewers[&2].addr, w.now);
    w.net.narrow.insert(addr, (450_000, now));
    w.until("down", |w| layer(w) < 2);
    w.run(10_000);
    w.forget();
    w.run(5_000);
    assert!(w.seen(2, 1, Camera).len() > 100, "the smaller picture flows: {}", w.seen(2, 1, Camera).len());
    w.net.narrow.clear();
    w.until("up again", |w| layer(w) == 2);
}

#[test]
fn a_layer_that_stops_is_replaced_by_one_that_flows() {
    let mut w = watching(23, 720);
    w.until("the top layer", |w| layer(w) == 2);
    w.publishers.get_mut(&1).unwrap().sizes = [1, 2, 0];
    w.until("the middle layer", |w| layer(w) == 1);
    w.publishers.get_mut(&1).unwrap().sizes = [1, 2, 4];
    w.until("the top layer again", |w| layer(w) == 2);
}

#[test]
fn a_source_without_layers_flows_at_once_whatever_the_first_estimate() {
    let mut w = World::new(24);
    w.join(1, &[(Screen, 1)]);
    w.publishers.get_mut(&1).unwrap().sizes = [0, 0, 20];
    w.join(2, &[]);
    w.watch(2, &[(1, Screen, 1080)]);
    w.until("a picture", |w| w.seen(2, 1, Screen).len() > 20);
    w.forget();
    // 3.6 Mbit/s is more than the first estimate: it flows, and soon without delay.
    w.run(4_000);
    assert!(w.seen(2, 1, Screen).len() > 1_600, "{}", w.seen(2, 1, Screen).len());
    w.forget();
    w.run(4_000);
    assert!(w.seen(2, 1, Screen).len() > 1_950, "{}", w.seen(2, 1, Screen).len());
    assert!(!w.carries(2, 1, Screen).unwrap().paused);
}

#[test]
fn a_source_is_asked_for_a_key_frame_at_most_twice_a_second() {
    let mut w = World::new(25);
    w.join(1, &[(Camera, 1)]);
    for viewer in 2..=6 {
        w.join(viewer, &[]);
        w.watch(viewer, &[(1, Camera, 360)]);
    }
    w.until("all see it", |w| (2..=6).all(|v| w.carries(v, 1, Camera).is_some()));
    let before = w.publishers[&1].key_requests.values().sum::<u32>();
    for _ in 0..100 {
        for viewer in 2..=6 {
            let mid = w.carries(viewer, 1, Camera).unwrap().mid.clone();
            w.viewers.get_mut(&viewer).unwrap().lose_picture(&mid);
        }
        w.run(50);
    }
    let asked = w.publishers[&1].key_requests.values().sum::<u32>() - before;
    assert!((5..=11).contains(&asked), "asked {asked} times in five seconds");
}
