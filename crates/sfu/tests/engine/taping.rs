//! What a recorder gets of the seats that are recorded.

use std::time::Duration;

use sfu::Source::*;
use sfu::{Command, Source, Taped, TapedPacket};

use crate::world::{ROOM, World, seat};

fn record(w: &mut World, number: u8, on: bool) {
    w.command(Command::Record { room: ROOM, seat: seat(number), on }).unwrap();
}

fn of(w: &World, number: u8, source: Source) -> Vec<&Taped> {
    w.tapes.iter().filter(|taped| taped.seat == seat(number) && taped.source == source).collect()
}

fn packets(w: &World, number: u8, source: Source) -> Vec<&TapedPacket> {
    of(w, number, source).into_iter().flat_map(|taped| &taped.packets).collect()
}

#[test]
fn who_is_not_recorded_is_not_taped_and_what_is_published_later_is() {
    let mut w = World::new(60);
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.join(2, &[(Microphone, 1)]);
    record(&mut w, 1, true);
    w.until("sound and picture", |w| packets(w, 1, Microphone).len() > 50 && packets(w, 1, Camera).len() > 50);
    assert!(of(&w, 2, Microphone).is_empty());
    record(&mut w, 1, false);
    w.run(20);
    assert_eq!(w.tapes.iter().filter(|taped| taped.ended).count(), 2);
    w.tapes.clear();
    w.run(2_000);
    assert!(w.tapes.is_empty());

    w.join(3, &[]);
    record(&mut w, 3, true);
    w.publish(3, &[(Microphone, 1)]);
    w.until("sound of who published later", |w| packets(w, 3, Microphone).len() > 10);
}

#[test]
fn a_picture_begins_with_a_key_frame_is_the_tallest_layer_without_a_hole_and_has_key_frames_to_seek_to() {
    let mut w = World::new(61);
    w.join(1, &[(Camera, 3)]);
    w.run(2_000);
    record(&mut w, 1, true);
    w.run(30_000);
    let got = packets(&w, 1, Camera);
    assert!(got[0].key && got[0].begins);
    let streams: Vec<u32> = got.windows(2).filter(|p| p[0].stream != p[1].stream).map(|p| p[1].stream).collect();
    assert!(streams.is_empty(), "nobody watches, and yet it is the tallest from the start: {streams:?}");
    assert!(got.windows(2).all(|p| p[1].seq == p[0].seq + 1));
    let keys: Vec<_> = got.iter().filter(|packet| packet.key).map(|packet| packet.at).collect();
    assert!(keys.len() >= 3, "{}", keys.len());
    assert!(keys.windows(2).all(|at| at[1] - at[0] < Duration::from_secs(10)));
}

#[test]
fn who_is_muted_is_not_taped_and_a_broken_picture_gets_its_key_frame() {
    let mut w = World::new(62);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    record(&mut w, 1, true);
    w.until("both", |w| packets(w, 1, Microphone).len() > 10 && packets(w, 1, Camera).len() > 10);
    w.mute(1, Microphone, true);
    w.run(500);
    w.tapes.clear();
    w.run(1_000);
    assert!(packets(&w, 1, Microphone).is_empty());
    assert!(packets(&w, 1, Camera).iter().all(|packet| !packet.key));
    w.command(Command::MendTape { room: ROOM, seat: seat(1), source: Camera }).unwrap();
    w.run(1_000);
    assert!(packets(&w, 1, Camera).iter().any(|packet| packet.key));
    w.tapes.clear();
    w.leave(1);
    w.run(100);
    assert_eq!(w.tapes.iter().filter(|taped| taped.ended).count(), 2, "sound and picture end");
}
