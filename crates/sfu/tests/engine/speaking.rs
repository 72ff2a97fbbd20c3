//! Who speaks, and who may not.

use sfu::{Event, Source::*};

use crate::world::{ROOM, World, seat};

fn level(w: &mut World, number: u8, level: i8) {
    w.publishers.get_mut(&number).unwrap().send(Microphone).level = level;
}

fn three(seed: u64) -> World {
    let mut w = World::new(seed);
    for number in 1..=3 {
        w.join(number, &[(Microphone, 1)]);
    }
    w.until("all are heard", |w| (2..=3).all(|n| w.seen(1, n, Microphone).len() > 10));
    w
}

#[test]
fn speech_is_told_loudest_first_and_silence_as_an_empty_list() {
    let mut w = three(30);
    assert!(w.speaking.is_empty());
    level(&mut w, 2, -30);
    level(&mut w, 3, -10);
    w.until("both speak", |w| w.speaking == [seat(3), seat(2)]);
    level(&mut w, 3, -127);
    w.until("one speaks", |w| w.speaking == [seat(2)]);
    // DTX: the packets just stop.
    w.publishers.get_mut(&2).unwrap().send(Microphone).on = false;
    w.until("silence", |w| w.speaking.is_empty());
}

#[test]
fn speaking_is_told_at_most_five_times_a_second() {
    let mut w = three(31);
    w.forget();
    for round in 0..100 {
        level(&mut w, 1 + round % 3, if round % 2 == 0 { -5 } else { -127 });
        w.run(50);
    }
    let told = w.told(|e| matches!(e, Event::Speaking { .. }));
    assert!((2..=26).contains(&told), "{told} times in five seconds");
}

#[test]
fn the_muted_are_neither_heard_nor_speaking_until_they_are_unmuted() {
    let mut w = three(32);
    level(&mut w, 2, -10);
    w.until("speaks", |w| w.speaking == [seat(2)]);
    w.mute(2, Microphone, true);
    w.until("no longer", |w| w.speaking.is_empty());
    w.run(100);
    w.forget();
    w.run(3_000);
    assert!(w.seen(1, 2, Microphone).is_empty());
    assert!(w.seen(1, 3, Microphone).len() > 100, "others go on");
    assert!(w.speaking.is_empty());
    w.mute(2, Microphone, false);
    w.until("heard again", |w| w.seen(1, 2, Microphone).len() > 10 && w.speaking == [seat(2)]);
}

#[test]
fn a_mute_holds_for_a_source_that_is_published_later() {
    let mut w = World::new(33);
    w.join(1, &[(Camera, 1)]);
    w.mute(1, Camera, true);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 360)]);
    w.run(3_000);
    assert!(w.seen(2, 1, Camera).is_empty());
    w.mute(1, Camera, false);
    w.until("seen", |w| w.seen(2, 1, Camera).len() > 20);
    assert!(w.seen(2, 1, Camera)[0].key);
}

#[test]
fn an_unmuted_picture_begins_with_a_key_frame() {
    let mut w = World::new(34);
    w.join(1, &[(Camera, 3)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 720)]);
    w.until("seen", |w| w.seen(2, 1, Camera).len() > 50);
    w.mute(1, Camera, true);
    w.run(2_000);
    w.forget();
    w.mute(1, Camera, false);
    w.until("seen again", |w| w.seen(2, 1, Camera).len() > 20);
    assert!(w.seen(2, 1, Camera)[0].key);
}

#[test]
fn a_seat_is_alive_about_once_a_second_while_it_is_heard() {
    let mut w = three(35);
    w.forget();
    w.run(10_000);
    let alive = w.told(|e| *e == Event::Alive { room: ROOM, seat: seat(1) });
    assert!((8..=10).contains(&alive), "{alive} in ten seconds");
    let addresses = [w.publishers[&1].addr, w.viewers[&1].addr];
    w.unplugged.extend(addresses);
    w.run(100);
    w.forget();
    w.run(10_000);
    assert_eq!(w.told(|e| *e == Event::Alive { room: ROOM, seat: seat(1) }), 0);
}
