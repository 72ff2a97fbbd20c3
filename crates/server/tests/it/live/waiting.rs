//! The waiting room and the locked room: who comes in, and what who waits does not see.

use serde_json::json;
use uuid::Uuid;

use super::{Class, told};
use crate::both_databases;
use crate::programs::enroll;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::Socket;

both_databases! {
    async fn who_waits_sees_nobody_and_is_not_present_until_let_in(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        ada.ask("set_rules", json!({"waiting_room": true})).await;
        let joined = class.bob.ask(&format!("{}/join", class.session)).await.expect(200);
        assert_eq!(joined["state"], "waiting");
        let mut bob = class.connect(joined["token"].as_str().unwrap()).await;
        let room = bob.hear("room").await;
        assert_eq!((&room["you"]["waiting"], &room["people"]), (&json!(true), &json!([])));
        let waits = ada.hear_where("waiting", |told| told["waiting"] != json!([])).await["waiting"][0].clone();
        assert_eq!((&waits["name"], &waits["guest"]), (&json!("Bob Marsh"), &json!(false)));
        for (event, said) in [
            ("say", json!({"id": Uuid::now_v7(), "text": "Hello?"})),
            ("publish", json!({"sdp": "v=0", "tracks": []})),
            ("history", json!({"since": 0})),
            ("raise_hand", json!({"up": true})),
            ("react", json!({"sign": "clap"})),
        ] {
            Socket::refused(&bob.ask(event, said).await, 409, "still-waiting");
        }
        ada.ask("tell_waiting", json!({"text": "One moment."})).await;
        assert_eq!(bob.hear("word").await, json!({"text": "One moment.", "from": "Ada Njeri"}));
        assert_eq!(class.presences().await.len(), 1, "only who leads is present");
        house.parts.clock.advance_seconds(5);
        let let_in_at = class.now();
        ada.ask("admit", json!({"seat_id": waits["seat_id"]})).await;
        bob.hear("let_in").await;
        let room = bob.hear_where("room", |room| room["you"]["waiting"] == false).await;
        assert_eq!(room["people"].as_array().unwrap().len(), 2);
        let presences = class.presences().await;
        assert_eq!(presences.len(), 2);
        assert!(told(&presences[1]).1 >= let_in_at, "the wait is not presence");
        ada.hear_where("waiting", |told| told["waiting"] == json!([])).await;
    }

    async fn who_was_let_in_once_need_not_wait_again(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        enroll(&cleo, &class.program).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        class.sit(&cleo).await;
        ada.ask("set_rules", json!({"waiting_room": true})).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        ada.ask("admit", json!({})).await;
        bob.hear("let_in").await;
        for who in [&class.bob, &cleo] {
            assert_eq!(who.ask(&format!("{}/join", class.session)).await.expect(200)["state"], "live");
        }
        Socket::refused(&bob.ask("admit", json!({})).await, 403, "may-not");
    }

    async fn who_is_not_let_in_may_knock_again(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, mine, _) = class.sit(&class.ada).await;
        ada.ask("set_rules", json!({"waiting_room": true})).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        Socket::refused(&ada.ask("turn_away", json!({"seat_id": mine})).await, 404, "not-found");
        ada.ask("turn_away", json!({"seat_id": seat})).await;
        assert_eq!(bob.hear("closed").await["problem"]["type"], "turned-away");
        bob.ended().await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        ada.ask("set_rules", json!({"waiting_room": false})).await;
        bob.hear("let_in").await;
    }

    async fn the_waiting_room_holds_from_the_lobby_on(house: House) {
        let class = Class::of(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        ada.ask("set_rules", json!({"waiting_room": true})).await;
        // Who was in the lobby before is known; who comes to it later is not.
        let cleo = house.participant("Cleo Sands").await;
        enroll(&cleo, &class.program).await;
        let (mut cleo_socket, ..) = class.sit(&cleo).await;
        class.start().await;
        bob.hear("started").await;
        cleo_socket.hear_where("room", |room| room["you"]["waiting"] == true).await;
        ada.hear_where("waiting", |told| told["waiting"][0]["name"] == "Cleo Sands").await;
    }

    async fn a_guest_in_the_lobby_is_let_in_by_nobody_but_a_host(house: House) {
        let class = Class::of(&house).await;
        class.ada.patch(&class.program, json!({"guests": true})).await.expect(200);
        let (mut ada, ..) = class.sit(&class.ada).await;
        let joined = house.nobody().post(&format!("{}/guests", class.session), json!({"name": "Gus"})).await.expect(201);
        let mut gus = class.connect(joined["token"].as_str().unwrap()).await;
        gus.hear("room").await;
        ada.ask("set_rules", json!({"waiting_room": true})).await;
        class.start().await;
        gus.hear_where("room", |room| room["you"]["waiting"] == true).await;
        Socket::refused(&gus.ask("history", json!({"since": 0})).await, 409, "still-waiting");
        assert_eq!(ada.hear("gone").await["seat_id"], joined["seat_id"], "those inside do not see them");
        ada.hear_where("waiting", |told| told["waiting"][0]["name"] == "Gus").await;
    }

    async fn a_locked_room_takes_nobody_new(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        enroll(&cleo, &class.program).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        bob.ask("leave", json!({})).await;
        ada.ask("set_rules", json!({"locked": true})).await;
        cleo.ask(&format!("{}/join", class.session)).await.refused(409, "room-locked");
        class.sit(&class.bob).await;
        class.ada.ask(&format!("{}/join", class.session)).await.expect(200);
        ada.ask("set_rules", json!({"locked": false})).await;
        class.sit(&cleo).await;
    }
}
