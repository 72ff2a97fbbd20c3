//! What the engine does not do, and how it says so.

use sfu::{Closing, Command, Event, Refusal, SeatOptions, Source::*, Track};

use crate::peer::Peer;
use crate::world::{ROOM, World, seat};

const ALL: SeatOptions = SeatOptions { publish: true, subscribe: true, priority: false };

fn publish(w: &mut World, offer: &str) -> Refusal {
    w.command(Command::Publish { room: ROOM, seat: seat(1), offer: offer.into(), tracks: vec![] }).unwrap_err()
}

fn watch(w: &mut World, offer: &str) -> Refusal {
    w.command(Command::WatchWhep { room: ROOM, seat: seat(1), offer: offer.into() }).unwrap_err()
}

#[test]
fn descriptions_that_are_garbage_enormous_or_without_media_are_refused_with_a_sentence() {
    let mut w = World::new(50);
    w.open(1, ALL);
    let huge = format!("v=0\r\n{}", "a=x\r\n".repeat(100_000));
    let bare = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=fingerprint:sha-256 AA\r\n";
    let data = format!("{bare}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n");
    for refuse in [publish, watch] {
        for garbage in [
            "",
            "hello",
            "v=0",
            "{\"sdp\":1}",
            "v=0\r\nm=audio\r\n",
            "v=0\r\nm=video 9 X 1\r\na=mid:\u{1F600}\r\n",
            "\0\0\0",
        ] {
            let refusal = refuse(&mut w, garbage);
            assert!(matches!(refusal, Refusal::BadSdp(_) | Refusal::NoMedia), "{garbage:?}: {refusal:?}");
        }
        assert!(matches!(refuse(&mut w, &huge), Refusal::TooLarge(_)));
        assert_eq!(refuse(&mut w, bare), Refusal::NoMedia);
        assert_eq!(refuse(&mut w, &data), Refusal::NoMedia);
        let sentence = refuse(&mut w, &huge).to_string();
        assert!(sentence.starts_with("The session description") && sentence.ends_with('.'));
    }
    assert_eq!(w.shard.counters().connections, 0);
}

#[test]
fn an_offer_cut_anywhere_is_refused_or_taken_but_never_a_panic() {
    let mut w = World::new(51);
    w.open(1, ALL);
    let mut peer = Peer::new(1, w.address(), w.now);
    let offer = peer.offer(&[(Microphone, 1), (Camera, 3), (Screen, 1)], w.now);
    for cut in (0..offer.len()).step_by(23) {
        let cut = offer[..cut].to_string();
        let _ = w.command(Command::Publish { room: ROOM, seat: seat(1), offer: cut.clone(), tracks: vec![] });
        let _ = w.command(Command::WatchWhep { room: ROOM, seat: seat(1), offer: cut });
    }
    for byte in (0..offer.len()).step_by(11) {
        let mut bytes = offer.clone().into_bytes();
        bytes[byte] = b'~';
        let offer = String::from_utf8(bytes).unwrap();
        let _ = w.command(Command::Publish { room: ROOM, seat: seat(1), offer, tracks: vec![] });
    }
    w.run(1_000);
    assert_eq!(w.shard.counters().panics, 0);
}

#[test]
fn nobody_publishes_without_a_seat_or_against_its_options() {
    let mut w = World::new(52);
    assert_eq!(publish(&mut w, "v=0"), Refusal::NoSuchSeat);
    w.open(1, SeatOptions { publish: false, ..ALL });
    assert_eq!(publish(&mut w, "v=0"), Refusal::NotAllowed);
}

#[test]
fn a_track_must_name_a_line_that_exists() {
    let mut w = World::new(53);
    w.open(1, ALL);
    let mut peer = Peer::new(1, w.address(), w.now);
    let offer = peer.offer(&[(Camera, 1)], w.now);
    let tracks = vec![Track { mid: "nope".into(), source: Camera }];
    let refusal = w.command(Command::Publish { room: ROOM, seat: seat(1), offer, tracks }).unwrap_err();
    assert!(refusal.to_string().contains("nope"), "{refusal}");
}

#[test]
fn a_full_room_takes_nobody_more_until_somebody_leaves() {
    let mut w = World::sized(54, 2);
    w.open(2, ALL);
    w.open(3, ALL);
    w.open(3, ALL);
    let open = Command::OpenSeat { room: ROOM, seat: seat(1), options: ALL };
    assert_eq!(w.command(open.clone()).unwrap_err(), Refusal::RoomFull);
    assert_eq!(w.told(|e| matches!(e, Event::Closed { reason: Closing::RoomFull, .. })), 1);
    assert_eq!(publish(&mut w, "v=0"), Refusal::RoomFull);
    w.leave(2);
    w.command(open).unwrap();
}

#[test]
fn an_answer_to_another_offer_is_stale() {
    let mut w = World::new(55);
    w.hold_answers = true;
    w.join(1, &[(Camera, 1)]);
    w.join(2, &[]);
    w.watch(2, &[(1, Camera, 360)]);
    w.run(2_000);
    let answer = |offer_id| Command::Answer { room: ROOM, seat: seat(2), offer_id, sdp: "v=0".into() };
    assert_eq!(w.command(answer(99)).unwrap_err(), Refusal::StaleOffer);
    assert!(matches!(w.command(answer(1)).unwrap_err(), Refusal::BadSdp(_)));
    w.answer_held();
    w.until("seen", |w| w.seen(2, 1, Camera).len() > 20);
}
