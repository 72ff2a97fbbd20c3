//! Real media: peers over UDP, signalled by the socket, by WHIP and by WHEP.

use std::sync::atomic::Ordering::Relaxed;

use reqwest::Method;
use serde_json::json;
use server::live::Live;

use super::{Class, told};
use crate::both_databases;
use crate::util::{Peer, Person, Reply, Seen, Socket, until};

async fn offer(who: &Person, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Reply {
    let request = who.request(Method::POST, path).header("content-type", kind).body(body);
    Reply::read(format!("POST {path}"), request.send().await.unwrap()).await
}

/// Opens a WHIP or WHEP connection; answers its address.
async fn open(class: &Class, who: &Person, way: &str, peer: &Peer) -> String {
    let answer = offer(who, &format!("{}/{way}", class.session), "application/sdp", peer.offer.clone()).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/sdp");
    let location = answer.headers["location"].to_str().unwrap().to_string();
    assert!(location.starts_with(&format!("/api/v1{}/{way}/", class.session)), "{location}");
    peer.accept(&answer.text);
    location
}

/// Publishes a microphone and a camera from a seat.
pub async fn publish(socket: &mut Socket) -> Peer {
    let peer = Peer::publisher();
    let tracks = json!([{"mid": peer.mids[0], "source": "microphone"}, {"mid": peer.mids[1], "source": "camera"}]);
    let answer = socket.ask("publish", json!({"sdp": peer.offer, "tracks": tracks})).await;
    peer.accept(answer["sdp"].as_str().unwrap_or_else(|| panic!("{answer}")));
    peer
}

/// Answers offers until both sound and picture arrive.
pub async fn subscribe(socket: &mut Socket) -> Peer {
    let peer = Peer::subscriber();
    answer_offers(socket, &peer, |seen| seen.audio.load(Relaxed) > 0 && seen.video.load(Relaxed) > 0).await;
    peer
}

/// Answers offers until enough has arrived.
async fn answer_offers(socket: &mut Socket, peer: &Peer, enough: impl Fn(&Seen) -> bool) {
    for _ in 0..20 {
        if enough(&peer.seen) {
            return;
        }
        let next = tokio::time::timeout(std::time::Duration::from_millis(500), socket.hear("offer")).await;
        if let Ok(offer) = next {
            let sdp = peer.answer(offer["sdp"].as_str().unwrap()).await;
            socket.ask("answer", json!({"offer_id": offer["offer_id"], "sdp": sdp})).await;
        }
    }
    panic!("what was waited for never came");
}

both_databases! {
    async fn what_one_seat_sends_the_other_receives_until_it_is_muted(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let sender = publish(&mut bob).await;
        sender.until("the sender connects", |seen| seen.connected.load(Relaxed)).await;
        ada.ask("watch", json!({"tiles": [{"seat_id": seat, "source": "camera", "height": 180.5}]})).await;
        let receiver = subscribe(&mut ada).await;
        let carries = |slots: &serde_json::Value| {
            let slots = slots["slots"].as_array().unwrap();
            slots.iter().any(|s| s["kind"] == "video" && s["seat_id"] == json!(seat) && s["source"] == "camera")
        };
        ada.hear_where("slots", carries).await;
        ada.hear_where("speaking", |s| s["seats"] == json!([seat])).await;

        assert_eq!(ada.ask("mute", json!({"seat_id": seat, "source": "microphone"})).await, json!({}));
        ada.hear_where("speaking", |s| s["seats"] == json!([])).await;
        let (sound, picture) = (receiver.seen.audio.load(Relaxed), receiver.seen.video.load(Relaxed));
        receiver.until("the picture goes on", |seen| seen.video.load(Relaxed) > picture + 30).await;
        assert!(receiver.seen.audio.load(Relaxed) < sound + 10, "the engine drops what a muted seat sends");
    }

    async fn who_may_not_speak_is_not_heard_whatever_their_page_says(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        ada.ask("set_rules", json!({"speak": false})).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        bob.ask("state", json!({"microphone": true, "camera": true, "screen": false})).await;
        let _sender = publish(&mut bob).await;
        ada.ask("watch", json!({"tiles": [{"seat_id": seat, "source": "camera", "height": 180}]})).await;
        let receiver = Peer::subscriber();
        answer_offers(&mut ada, &receiver, |seen| seen.video.load(Relaxed) > 60).await;
        assert_eq!(receiver.seen.audio.load(Relaxed), 0, "a sound of who may not speak");
        // Allowed, and pressed the button: heard.
        ada.ask("allow", json!({"user_id": class.bob.id, "speak": true})).await;
        for microphone in [false, true] {
            bob.ask("state", json!({"microphone": microphone, "camera": true, "screen": false})).await;
        }
        answer_offers(&mut ada, &receiver, |seen| seen.audio.load(Relaxed) > 20).await;
    }

    async fn in_a_breakout_room_only_those_there_hear_each_other(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        crate::programs::enroll(&cleo, &class.program).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let (mut cleo_socket, ..) = class.sit(&cleo).await;
        let before = publish(&mut bob).await;
        let tiles = json!({"tiles": [{"seat_id": seat, "source": "camera", "height": 180}]});
        ada.ask("watch", tiles.clone()).await;
        let in_main = subscribe(&mut ada).await;

        ada.ask("plan_breakouts", json!({"count": 1, "how": "random"})).await;
        ada.ask("open_breakouts", json!({})).await;
        bob.hear("moved").await;
        cleo_socket.hear("moved").await;
        // What was offered in the main room is over.
        cleo_socket.forget("offer");
        drop(before);
        let again = publish(&mut bob).await;
        again.until("bob sends from the breakout room", |seen| seen.connected.load(Relaxed)).await;
        let heard = (in_main.seen.audio.load(Relaxed), in_main.seen.video.load(Relaxed));
        assert_eq!(ada.ask("watch", tiles.clone()).await, json!({}));
        cleo_socket.ask("watch", tiles).await;
        let beside = Peer::subscriber();
        answer_offers(&mut cleo_socket, &beside, |seen| seen.audio.load(Relaxed) > 50 && seen.video.load(Relaxed) > 50).await;
        let now = (in_main.seen.audio.load(Relaxed), in_main.seen.video.load(Relaxed));
        assert!(now.0 < heard.0 + 10 && now.1 < heard.1 + 10, "the main room goes on receiving: {heard:?} {now:?}");

        ada.ask("close_breakouts", json!({})).await;
        bob.hear("moved").await;
        drop(again);
        let _back = publish(&mut bob).await;
        let heard = in_main.seen.audio.load(Relaxed);
        answer_offers(&mut ada, &in_main, |seen| seen.audio.load(Relaxed) > heard + 20).await;
    }

    async fn a_page_that_was_loaded_anew_is_offered_a_fresh_connection(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let (mut ada, _, token) = class.sit(&class.ada).await;
        let _sender = publish(&mut bob).await;
        ada.ask("watch", json!({"tiles": [{"seat_id": seat, "source": "camera", "height": 180}]})).await;
        let first = (publish(&mut ada).await, subscribe(&mut ada).await);
        ada.vanish().await;
        drop(first);
        let mut ada = class.connect(&token).await;
        let _again = publish(&mut ada).await;
        let offer = ada.hear_where("offer", |offer| offer["fresh"] == true).await;
        let receiver = Peer::subscriber();
        let sdp = receiver.answer(offer["sdp"].as_str().unwrap()).await;
        assert_eq!(ada.ask("answer", json!({"offer_id": offer["offer_id"], "sdp": sdp})).await, json!({}));
        receiver.until("sound arrives again", |seen| seen.audio.load(Relaxed) > 10).await;
        assert_eq!(class.presences().await.len(), 2, "the presence goes on");
    }

    async fn a_publisher_is_seen_by_a_viewer_and_both_are_counted(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let publisher = Peer::publisher();
        let sending = open(&class, &class.ada, "whip", &publisher).await;
        let viewer = Peer::viewer();
        let watching = open(&class, &class.bob, "whep", &viewer).await;
        viewer.until("sound and picture arrive", |seen| {
            seen.audio.load(Relaxed) > 20 && seen.video.load(Relaxed) > 20
        }).await;
        let shown = ada.hear_where("person", |p| p["kind"] == "whip" && p["state"]["camera"] == true).await;
        assert_eq!((&shown["name"], &shown["role"]), (&json!("Ada Njeri"), &json!("staff")));
        assert_eq!(house.parts.memory.of::<Live>().in_room(class.id()).0, 2);

        let eve = house.participant("Eve Stone").await;
        eve.request(Method::DELETE, &watching).send().await.map(|r| assert_eq!(r.status(), 404)).unwrap();
        class.bob.request(Method::PATCH, &watching).send().await.map(|r| assert_eq!(r.status(), 405)).unwrap();
        class.bob.request(Method::DELETE, &sending).send().await.map(|r| assert_eq!(r.status(), 404)).unwrap();
        for address in [&watching, &sending] {
            let gone = class.ada.delete(address).await;
            assert_eq!(gone.status, 200, "{}", gone.text);
            class.ada.delete(address).await.refused(404, "not-found");
        }
        let presences = class.presences().await;
        assert_eq!(presences.iter().filter(|fact| told(fact).0).count(), 3, "ada's page, her publisher, bob's viewer");
        assert_eq!(presences.iter().filter(|fact| !told(fact).0).count(), 2);
    }

    async fn a_publisher_that_vanishes_leaves_at_its_last_sign_of_life(house: House) {
        let class = Class::live(&house).await;
        let publisher = Peer::publisher();
        open(&class, &class.bob, "whip", &publisher).await;
        until("it is present", async || house.parts.memory.of::<Live>().in_room(class.id()).0 == 1).await;
        let before = class.now();
        drop(publisher);
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        class.later(11).await;
        let presences = class.presences().await;
        let (begins, at, _) = told(presences.last().unwrap());
        assert!(presences.len() == 2 && !begins && at.seconds_since(before).abs() < 2.0);
        assert_eq!(house.parts.memory.of::<Live>().state().index.len(), 0, "there is nothing to come back to");
    }

    async fn what_cannot_be_used_is_refused_and_nothing_is_left(house: House) {
        let class = Class::of(&house).await;
        let eve = house.participant("Eve Stone").await;
        let good = Peer::publisher();
        for way in ["whip", "whep"] {
            let path = format!("{}/{way}", class.session);
            offer(&eve, &path, "application/sdp", good.offer.clone()).await.refused(403, "not-enrolled");
            offer(&class.bob, &path, "application/sdp", good.offer.clone()).await.refused(409, "not-live");
        }
        class.start().await;
        for way in ["whip", "whep"] {
            let path = format!("{}/{way}", class.session);
            offer(&class.bob, &path, "application/json", "{}").await.refused(415, "wrong-media-type");
            offer(&class.bob, &path, "application/sdp", "x".repeat(2 << 20)).await.refused(413, "too-large");
            offer(&class.bob, &path, "application/sdp", vec![0xff, 0xfe]).await.refused(400, "malformed");
            offer(&class.bob, &path, "application/sdp", "").await.refused(422, "sdp-not-usable");
            offer(&class.bob, &path, "application/sdp", "this is no SDP").await.refused(422, "sdp-not-usable");
            let empty = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
            let refused = offer(&class.bob, &path, "application/sdp", empty).await;
            assert_eq!(refused.status, 422, "{}", refused.text);
            let unknown = format!("{path}/0190aaaa-0000-7000-8000-000000000000");
            class.bob.delete(&unknown).await.refused(404, "not-found");
            class.bob.delete(&format!("{path}/x")).await.refused(404, "not-found");
        }
        assert_eq!(house.parts.memory.of::<Live>().state().index.len(), 0);
    }
}
