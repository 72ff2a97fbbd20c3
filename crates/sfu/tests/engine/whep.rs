//! A WHEP viewer watches what matters most and follows when that changes. WHIP needs no track names.

use sfu::{Command, SeatOptions, Source::*};

use crate::peer::Peer;
use crate::world::{ROOM, World, seat};

#[test]
fn a_viewer_follows_from_any_camera_to_staff_to_the_speaker_to_a_screen_and_back() {
    let mut w = World::new(40);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    w.whep(9);
    w.until("any camera", |w| w.carries(9, 1, Camera).is_some() && w.carries(9, 1, Microphone).is_some());
    w.open(2, SeatOptions { publish: true, subscribe: true, priority: true });
    w.publish(2, &[(Microphone, 1), (Camera, 1)]);
    w.until("staff", |w| w.carries(9, 2, Camera).is_some());
    w.publishers.get_mut(&1).unwrap().send(Microphone).level = -10;
    w.until("the speaker", |w| w.carries(9, 1, Camera).is_some() && w.carries(9, 1, Microphone).is_some());
    w.publish(2, &[(Screen, 1)]);
    w.until("the screen", |w| w.carries(9, 2, Screen).is_some());
    w.forget();
    w.run(1_000);
    assert!(w.seen(9, 2, Screen).len() > 50 && w.seen(9, 1, Microphone).len() > 40);
    let offer = w.publishers.get_mut(&2).unwrap().offer_without(Screen);
    w.send_offer(2, offer);
    w.until("back to the speaker", |w| w.carries(9, 1, Camera).is_some());
}

#[test]
fn the_old_picture_stays_until_the_new_one_has_a_key_frame() {
    let mut w = World::new(41);
    w.join(1, &[(Microphone, 1), (Camera, 1)]);
    w.join(2, &[(Microphone, 1), (Camera, 1)]);
    w.whep(9);
    w.until("one", |w| w.carries(9, 1, Camera).is_some());
    w.run(2_000);
    w.forget();
    w.publishers.get_mut(&2).unwrap().send(Microphone).level = -10;
    w.until("the other", |w| w.carries(9, 2, Camera).is_some());
    w.run(500);
    let video: Vec<_> = w.viewers[&9].got.iter().filter(|g| g.len > 100).collect();
    assert!(video.windows(2).all(|p| p[1].seq == p[0].seq + 1 && (p[1].at - p[0].at).as_millis() < 100));
    let first = video.iter().position(|g| g.seat == 2).unwrap();
    assert!(first > 0 && video[first].key);
    assert!(video[first..].iter().all(|g| g.seat == 2), "and then only the new one");
}

#[test]
fn a_publisher_without_track_names_is_a_microphone_and_a_camera() {
    let mut w = World::new(42);
    w.open(1, SeatOptions { publish: true, subscribe: false, priority: true });
    let addr = w.address();
    let mut peer = Peer::new(1, addr, w.now);
    let offer = peer.offer(&[(Camera, 1), (Microphone, 1)], w.now);
    let answer = w.command(Command::Publish { room: ROOM, seat: seat(1), offer, tracks: vec![] }).unwrap().unwrap();
    peer.accept(&answer);
    w.publishers.insert(1, peer);
    w.whep(9);
    w.until("both", |w| w.seen(9, 1, Camera).len() > 20 && w.seen(9, 1, Microphone).len() > 20);
    assert!(w.offers.is_empty(), "a WHIP seat is offered nothing");
}

#[test]
fn a_viewer_who_is_there_first_sees_who_comes_later() {
    let mut w = World::new(43);
    w.whep(9);
    w.run(3_000);
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.until("seen", |w| w.seen(9, 1, Camera).len() > 20 && w.seen(9, 1, Microphone).len() > 20);
    w.until("the best layer", |w| w.seen(9, 1, Camera).last().unwrap().layer == 2);
}
