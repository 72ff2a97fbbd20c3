//! What staff do in the room, and what nobody else can.

use serde_json::json;

use super::{Class, told};
use crate::both_databases;
use crate::programs::enroll;
use crate::util::Socket;

both_databases! {
    async fn staff_mute_and_the_person_takes_the_word_again(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let on = json!({"microphone": true, "camera": true, "screen": false});
        bob.ask("state", on.clone()).await;
        assert_eq!(ada.ask("mute", json!({"seat_id": seat, "source": "microphone"})).await, json!({}));
        assert_eq!(bob.hear("muted").await, json!({"source": "microphone", "by": "Ada Njeri"}));
        let is_muted = |p: &serde_json::Value| p["seat_id"] == json!(seat) && p["state"]["microphone"] == false && p["state"]["camera"] == true;
        ada.hear_where("person", is_muted).await;
        bob.ask("state", json!({"microphone": false, "camera": true, "screen": false})).await;
        bob.ask("state", on).await;
        ada.hear_where("person", |p| p["seat_id"] == json!(seat) && p["state"]["microphone"] == true).await;
    }

    async fn a_mute_given_while_the_line_is_down_holds_until_the_person_acts(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        let on = json!({"microphone": true, "camera": true, "screen": false});
        let off = json!({"microphone": false, "camera": true, "screen": false});
        bob.ask("state", on.clone()).await;
        ada.hear_where("person", |p| p["seat_id"] == json!(seat) && p["state"] == on).await;
        bob.vanish().await;
        class.is_alone(&seat).await;
        ada.ask("mute", json!({"seat_id": seat, "source": "microphone"})).await;
        ada.hear_where("person", |p| p["seat_id"] == json!(seat) && p["state"] == off).await;
        let mut bob = class.connect(&token).await;
        let of = |room: &serde_json::Value| {
            room["people"].as_array().unwrap().iter().find(|p| p["seat_id"] == json!(seat)).unwrap()["state"].clone()
        };
        assert_eq!(of(&bob.hear("room").await), off, "the server is the truth");
        // The page did not hear of it and says its switches again, as it does after every reconnect.
        assert_eq!(bob.ask("state", on.clone()).await, json!({}));
        assert_eq!(bob.hear("muted").await, json!({"source": "microphone", "by": "Ada Njeri"}));
        ada.ask("room", json!({})).await;
        assert_eq!(of(&ada.hear_where("room", |room| of(room)["camera"] == true).await), off);
        // Now it knows, shows the microphone off, and the person switches it on.
        bob.ask("state", off.clone()).await;
        bob.ask("state", on.clone()).await;
        ada.hear_where("person", |p| p["seat_id"] == json!(seat) && p["state"] == on).await;
        bob.ask("state", off.clone()).await;
        bob.ask("state", on).await;
        ada.ask("mute", json!({"seat_id": seat, "source": "screen"})).await;
        bob.ask("state", json!({"microphone": true, "camera": true, "screen": true})).await;
        ada.hear_where("person", |p| p["seat_id"] == json!(seat) && p["state"]["screen"] == true).await;
    }

    async fn a_participant_cannot_mute_or_remove(house: House) {
        let class = Class::live(&house).await;
        let (_ada, staff_seat, _) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        Socket::refused(&bob.ask("mute", json!({"seat_id": staff_seat, "source": "microphone"})).await, 403, "may-not");
        Socket::refused(&bob.ask("mute", json!({"seat_id": seat, "source": "microphone"})).await, 403, "may-not");
        Socket::refused(&bob.ask("remove", json!({"seat_id": staff_seat})).await, 403, "may-not");
    }

    async fn staff_reach_only_the_seats_of_their_own_class(house: House) {
        let class = Class::live(&house).await;
        let other = house.instructor("Kofi Mensah").await;
        let program = crate::programs::published(&other, json!({"title": "Pottery"})).await;
        let session = crate::programs::session_in(&house, &other, &program, 5).await;
        other.ask(&format!("{session}/start")).await.expect(200);
        let elsewhere = other.ask(&format!("{session}/join")).await.expect(200);
        let (mut ada, mine, _) = class.sit(&class.ada).await;
        let there = json!({"seat_id": elsewhere["seat_id"], "source": "microphone"});
        Socket::refused(&ada.ask("mute", there).await, 404, "not-found");
        Socket::refused(&ada.ask("remove", json!({"seat_id": elsewhere["seat_id"]})).await, 404, "not-found");
        Socket::refused(&ada.ask("remove", json!({"seat_id": mine})).await, 403, "may-not");
    }

    async fn who_is_removed_goes_with_every_seat_and_does_not_come_back(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        enroll(&cleo, &class.program).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut cleo_socket, ..) = class.sit(&cleo).await;
        let (mut one, seat, token) = class.sit(&class.bob).await;
        let (mut two, ..) = class.sit(&class.bob).await;
        assert_eq!(ada.ask("remove", json!({"seat_id": seat})).await, json!({}));
        for socket in [&mut one, &mut two] {
            socket.hear("removed").await;
            socket.ended().await;
        }
        assert_eq!(cleo_socket.hear("gone").await["seat_id"], json!(seat));
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("removed"));
        class.bob.ask(&format!("{}/join", class.session)).await.refused(403, "removed");
        let offer = class.bob.request(reqwest::Method::POST, &format!("{}/whip", class.session));
        let offer = offer.header("content-type", "application/sdp").body("v=0").send().await.unwrap();
        assert_eq!(offer.status(), 403);
        let left = class.presences().await.iter().filter(|fact| !told(fact).0).count();
        assert_eq!(left, 2);
    }
}
