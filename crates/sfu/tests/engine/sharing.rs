//! Who sees and hears whom, through which slots.

use sfu::{Direction, Event, Source::*};

use crate::world::World;

#[test]
fn two_people_hear_and_see_each_other() {
    let mut w = World::new(1);
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.join(2, &[(Microphone, 1), (Camera, 3)]);
    w.watch(1, &[(2, Camera, 360)]);
    w.watch(2, &[(1, Camera, 360)]);
    w.until("both see and hear the other", |w| {
        let both = |viewer, of| w.seen(viewer, of, Microphone).len() > 20 && w.seen(viewer, of, Camera).len() > 20;
        both(1, 2) && both(2, 1)
    });
    for number in [1, 2] {
        assert!(w.connected(number, Direction::Publish) && w.connected(number, Direction::Subscribe));
    }
    assert!(w.carries(1, 2, Camera).is_some() && w.carries(1, 2, Microphone).is_some());
    assert!(w.carries(1, 1, Camera).is_none(), "nobody is sent their own picture");
}

#[test]
fn an_empty_room_offers_nothing() {
    let mut w = World::new(2);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    w.run(5_000);
    assert!(w.offers.is_empty(), "{}", w.story());
}

#[test]
fn an_outgoing_stream_starts_low_with_a_key_frame_and_has_no_gaps() {
    let mut w = World::new(3);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    w.run(3_000);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 720)]);
    w.until("three seconds of video", |w| w.seen(2, 1, Camera).len() > 300);
    for source in [Camera, Microphone] {
        let got = w.seen(2, 1, source);
        assert!(got[0].seq < 65_536);
        assert!(got.windows(2).all(|p| p[1].seq == p[0].seq + 1), "sequence numbers follow each other");
    }
    assert!(w.seen(2, 1, Camera)[0].key, "a picture begins with a key frame");
}

#[test]
fn slots_grow_only_when_more_are_needed_and_are_reused() {
    let mut w = World::new(4);
    for number in 1..=3 {
        w.join(number, &[(Camera, 1)]);
    }
    w.join(9, &[]);
    w.watch(9, &[(1, Camera, 180)]);
    w.until("one", |w| w.carries(9, 1, Camera).is_some());
    let first = w.offers[&9];
    let mid = w.carries(9, 1, Camera).unwrap().mid.clone();

    w.watch(9, &[(2, Camera, 180)]);
    w.until("the other", |w| w.carries(9, 2, Camera).is_some());
    assert_eq!(w.offers[&9], first, "the same line carries another source without an offer");
    assert_eq!(w.carries(9, 2, Camera).unwrap().mid, mid);
    w.forget();
    w.until("frames", |w| w.seen(9, 2, Camera).len() > 20);
    assert!(w.seen(9, 1, Camera).is_empty());

    w.watch(9, &[(1, Camera, 180), (2, Camera, 180), (3, Camera, 180)]);
    w.until("all", |w| (1..=3).all(|n| w.carries(9, n, Camera).is_some()));
    assert_eq!(w.carries(9, 2, Camera).unwrap().mid, mid, "what was carried stays where it is");
    assert_eq!(w.offers[&9], first + 1);
}

#[test]
fn a_reused_slot_goes_on_counting_where_it_was() {
    let mut w = World::new(5);
    w.join(1, &[(Camera, 1)]);
    w.join(2, &[(Camera, 1)]);
    w.join(9, &[]);
    w.watch(9, &[(1, Camera, 720)]);
    w.until("one", |w| w.seen(9, 1, Camera).len() > 50);
    w.watch(9, &[(2, Camera, 720)]);
    w.until("the other", |w| w.seen(9, 2, Camera).len() > 50);
    let got = &w.viewers[&9].got;
    let video: Vec<_> = got.iter().filter(|g| g.len > 100).collect();
    assert!(video.windows(2).all(|p| p[1].seq == p[0].seq + 1));
    let ahead = |a: u32, b: u32| b.wrapping_sub(a) < 90_000;
    assert!(video.windows(2).all(|p| ahead(p[0].time, p[1].time)));
    let pictures: Vec<u16> = video.iter().map(|g| g.picture).collect();
    assert!(pictures.windows(2).all(|p| p[1].wrapping_sub(p[0]) & 0x7fff <= 1), "picture ids have no gap");
    let switch = video.iter().position(|g| g.seat == 2).unwrap();
    assert!(video[switch].key);
}

#[test]
fn one_offer_is_open_at_a_time_and_changes_meanwhile_go_into_the_next() {
    let mut w = World::new(6);
    w.hold_answers = true;
    w.join(1, &[(Camera, 1)]);
    w.join(2, &[(Camera, 1)]);
    w.join(9, &[]);
    w.watch(9, &[(1, Camera, 180)]);
    w.run(2_000);
    w.watch(9, &[(1, Camera, 180), (2, Camera, 180)]);
    w.run(1_000);
    w.join(3, &[(Camera, 1), (Microphone, 1)]);
    w.watch(9, &[(1, Camera, 180), (2, Camera, 180), (3, Camera, 180)]);
    w.run(1_000);
    assert_eq!(w.offers[&9], 1);
    w.answer_held();
    w.run(100);
    assert_eq!(w.offers[&9], 2);
    w.hold_answers = false;
    w.answer_held();
    w.until("everything", |w| (1..=3).all(|n| w.carries(9, n, Camera).is_some()));
    assert_eq!(w.offers[&9], 2, "the second offer had all of it");
}

#[test]
fn a_screen_comes_and_goes_by_renegotiation() {
    let mut w = World::new(7);
    w.join(1, &[(Camera, 1)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 180), (1, Screen, 1080)]);
    w.until("the camera", |w| w.carries(2, 1, Camera).is_some());
    w.publish(1, &[(Screen, 1)]);
    w.until("the screen", |w| w.seen(2, 1, Screen).len() > 20);
    let offer = w.publishers.get_mut(&1).unwrap().offer_without(Screen);
    w.send_offer(1, offer);
    w.run(500);
    assert!(w.carries(2, 1, Screen).is_none());
    assert_eq!(w.told(|e| matches!(e, Event::Unpublished { source: Screen, .. })), 1);
    w.forget();
    w.until("the camera goes on", |w| w.seen(2, 1, Camera).len() > 20);
}

#[test]
fn in_a_large_room_eight_voices_are_heard_and_the_speaker_is_among_them() {
    let mut w = World::new(8);
    for number in 1..=11 {
        w.join(number, &[(Microphone, 1)]);
    }
    w.run(4_000);
    w.publishers.get_mut(&11).unwrap().send(Microphone).level = -15;
    w.until("the speaker is heard", |w| w.carries(1, 11, Microphone).is_some());
    for number in 1..=10 {
        let heard = w.slots[&number].iter().filter(|s| s.seat.is_some()).count();
        assert_eq!(heard, 8);
        assert!(w.carries(number, 11, Microphone).is_some());
    }
    w.forget();
    w.run(1_000);
    assert!(w.seen(1, 11, Microphone).len() > 40);
}

#[test]
fn who_leaves_is_gone_from_all_slots() {
    let mut w = World::new(9);
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 180)]);
    w.until("seen", |w| w.carries(2, 1, Camera).is_some());
    w.leave(1);
    w.run(100);
    assert!(w.slots[&2].iter().all(|s| s.seat.is_none()));
    assert_eq!(w.told(|e| matches!(e, Event::Unpublished { .. })), 2);
    assert_eq!(w.shard.counters().seats, 1);
    assert_eq!(w.shard.counters().connections, 1);
    w.leave(2);
    w.run(100);
    assert_eq!((w.shard.counters().rooms, w.shard.counters().connections), (0, 0));
}

#[test]
fn redundant_audio_passes_through_to_those_who_understand_it_and_bare_to_others() {
    let mut w = World::new(10);
    w.join(1, &[(Microphone, 1)]);
    w.publishers.get_mut(&1).unwrap().red = true;
    w.join(2, &[]);
    w.until("red", |w| w.viewers.get(&2).is_some_and(|v| v.got.iter().filter(|g| g.seat == 1).count() > 20));
    assert!(w.viewers[&2].got.iter().all(|g| g.pt == 63), "RED stays RED");

    w.open(3, sfu::SeatOptions { publish: false, subscribe: false, priority: false });
    let addr = w.address();
    let plain = str0m::RtcConfig::new().clear_codecs().enable_opus(true, false).enable_vp8(true);
    let mut peer = crate::peer::Peer::with(3, addr, w.now, plain);
    let offer = peer.offer_to_watch();
    let watch = sfu::Command::WatchWhep { room: crate::world::ROOM, seat: crate::world::seat(3), offer };
    peer.accept(&w.command(watch).unwrap().unwrap());
    w.viewers.insert(3, peer);
    w.until("bare", |w| w.seen(3, 1, Microphone).len() > 20);
    assert!(w.viewers[&3].got.iter().all(|g| g.pt == 111));
}
