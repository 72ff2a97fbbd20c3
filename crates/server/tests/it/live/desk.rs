//! How hosts lead a class, enforced by the server: rules, exceptions, shared hosting, hands, timer.

use serde_json::{Value, json};
use server::events::Fact;
use uuid::Uuid;

use super::{Class, beat, facts};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::Socket;

const ON: fn() -> Value = || json!({"microphone": true, "camera": true, "screen": false});
const OFF: fn() -> Value = || json!({"microphone": false, "camera": true, "screen": false});

async fn person(socket: &mut Socket, seat: &str, fits: impl Fn(&Value) -> bool) -> Value {
    socket.hear_where("person", |p| p["seat_id"] == json!(seat) && fits(p)).await
}

both_databases! {
    async fn who_may_not_speak_is_switched_off_and_stays_off(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        bob.ask("state", ON()).await;
        person(&mut ada, &seat, |p| p["state"] == ON()).await;
        assert_eq!(ada.ask("set_rules", json!({"speak": false})).await, json!({}));
        assert_eq!(bob.hear("muted").await, json!({"source": "microphone", "by": "Ada Njeri"}));
        assert_eq!(bob.hear("desk").await["rules"]["speak"], false);
        person(&mut ada, &seat, |p| p["state"] == OFF()).await;
        for _ in 0..2 {
            bob.ask("state", OFF()).await;
            bob.ask("state", ON()).await;
            bob.hear("muted").await;
        }
        // A page that is loaded anew may not either, nor another seat.
        bob.vanish().await;
        class.is_alone(&seat).await;
        let mut bob = class.connect(&token).await;
        bob.hear("room").await;
        bob.ask("state", ON()).await;
        bob.hear("muted").await;
        let (mut two, ..) = class.sit(&class.bob).await;
        two.ask("state", ON()).await;
        assert_eq!(two.hear("muted").await, json!({"source": "microphone", "by": ""}));
        // One is allowed to, and presses the button.
        ada.ask("allow", json!({"user_id": class.bob.id, "speak": true})).await;
        bob.hear_where("desk", |desk| desk["allowed"][0]["speak"] == true).await;
        bob.ask("state", OFF()).await;
        bob.ask("state", ON()).await;
        person(&mut ada, &seat, |p| p["state"] == ON()).await;
        // A rule that changes ends the exceptions from it.
        ada.ask("set_rules", json!({"speak": true})).await;
        ada.ask("set_rules", json!({"speak": false})).await;
        person(&mut ada, &seat, |p| p["state"] == OFF()).await;
    }

    async fn everybody_is_muted_but_those_who_lead(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, mine, _) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        ada.ask("state", ON()).await;
        bob.ask("state", ON()).await;
        person(&mut ada, &seat, |p| p["state"] == ON()).await;
        assert_eq!(ada.ask("mute_all", json!({"source": "microphone"})).await, json!({}));
        assert_eq!(bob.hear("muted").await["by"], "Ada Njeri");
        person(&mut ada, &seat, |p| p["state"] == OFF()).await;
        ada.ask("room", json!({})).await;
        let of = |room: &Value| room["people"].as_array().unwrap().iter().find(|p| p["seat_id"] == json!(mine)).unwrap()["state"].clone();
        assert_eq!(of(&ada.hear_where("room", |room| of(room)["camera"] == true).await), ON());
    }

    async fn the_chat_is_closed_or_for_the_hosts(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let said = |to: &str| json!({"id": Uuid::now_v7(), "text": "x", "to": to});
        let before = said("everyone");
        bob.ask("say", before.clone()).await;
        ada.ask("set_rules", json!({"chat": "hosts"})).await;
        let edit = json!({"id": before["id"], "text": "what I may not say any more"});
        Socket::refused(&bob.ask("edit_message", edit).await, 403, "chat-to-hosts-only");
        Socket::refused(&bob.ask("say", said("everyone")).await, 403, "chat-to-hosts-only");
        assert_eq!(bob.ask("say", said("hosts")).await["to"], "hosts");
        ada.ask("set_rules", json!({"chat": "closed"})).await;
        Socket::refused(&bob.ask("say", said("hosts")).await, 403, "chat-closed");
        assert_eq!(ada.ask("say", said("everyone")).await["to"], "everyone");
    }

    async fn hands_go_up_in_order_and_come_down(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        bob.ask("raise_hand", json!({"up": true})).await;
        house.parts.clock.advance_seconds(2);
        ada.ask("raise_hand", json!({"up": true})).await;
        bob.ask("raise_hand", json!({"up": true})).await;
        let desk = bob.hear_where("desk", |desk| desk["hands"].as_array().unwrap().len() == 2).await;
        let names: Vec<&str> = desk["hands"].as_array().unwrap().iter().map(|hand| hand["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Bob Marsh", "Ada Njeri"]);
        Socket::refused(&bob.ask("lower_hands", json!({})).await, 403, "may-not");
        ada.ask("lower_hands", json!({"user_id": class.bob.id})).await;
        bob.hear_where("desk", |desk| desk["hands"][0]["name"] == "Ada Njeri").await;
        ada.ask("lower_hands", json!({})).await;
        bob.hear_where("desk", |desk| desk["hands"] == json!([])).await;
        let facts = facts(&house).await;
        assert_eq!(facts.iter().filter(|fact| matches!(fact, Fact::HandRaised { .. })).count(), 2);
        assert_eq!(facts.iter().filter(|fact| matches!(fact, Fact::HandLowered { .. })).count(), 2);
    }

    async fn the_hosting_is_shared_and_the_class_goes_on_without_its_staff(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        Socket::refused(&bob.ask("set_timer", json!({"seconds": 60})).await, 403, "may-not");
        ada.ask("set_host", json!({"user_id": class.bob.id, "host": true})).await;
        person(&mut ada, &seat, |p| p["host"] == true).await;
        bob.hear_where("room", |room| room["you"]["host"] == true).await;
        Socket::refused(&bob.ask("set_host", json!({"user_id": class.ada.id, "host": false})).await, 403, "may-not");
        ada.ask("leave", json!({})).await;
        bob.hear("gone").await;
        assert_eq!(bob.ask("set_timer", json!({"seconds": 60, "label": "Breathe"})).await, json!({}));
        let timer = bob.hear_where("desk", |desk| desk["timer"]["seconds"] == 60).await["timer"].clone();
        assert_eq!(timer["label"], "Breathe");
        assert_eq!(bob.ask("spotlight", json!({"user_id": class.bob.id})).await, json!({}));
        let (mut ada, ..) = class.sit(&class.ada).await;
        ada.ask("set_host", json!({"user_id": class.bob.id, "host": false})).await;
        bob.hear_where("room", |room| room["you"]["host"] == false).await;
        Socket::refused(&bob.ask("set_timer", json!({})).await, 403, "may-not");
    }

    async fn wrong_numbers_and_people_are_refused(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let nobody = Uuid::now_v7();
        for seconds in [4, 0, -1, 8 * 3600 + 1] {
            Socket::refused(&ada.ask("set_timer", json!({"seconds": seconds})).await, 422, "invalid-fields");
        }
        Socket::refused(&ada.ask("spotlight", json!({"user_id": nobody})).await, 404, "not-found");
        Socket::refused(&ada.ask("set_host", json!({"user_id": nobody, "host": true})).await, 404, "not-found");
        Socket::refused(&ada.ask("allow", json!({"user_id": nobody, "speak": true})).await, 404, "not-found");
        Socket::refused(&ada.ask("set_rules", json!({"chat": "loud"})).await, 422, "invalid-fields");
        Socket::refused(&ada.ask("spotlight", json!({})).await, 422, "invalid-fields");
    }

    async fn who_shares_is_asked_to_let_another(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, sharer, _) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        Socket::refused(&bob.ask("ask_share", json!({"seat_id": sharer})).await, 409, "not-sharing");
        ada.ask("state", json!({"microphone": false, "camera": false, "screen": true})).await;
        assert_eq!(bob.ask("ask_share", json!({"seat_id": sharer})).await, json!({}));
        assert_eq!(ada.hear("share_asked").await, json!({"seat_id": seat, "name": "Bob Marsh"}));
        Socket::refused(&bob.ask("keep_share", json!({"seat_id": sharer})).await, 409, "not-sharing");
        assert_eq!(ada.ask("keep_share", json!({"seat_id": seat})).await, json!({}));
        assert_eq!(bob.hear("share_kept").await, json!({"name": "Ada Njeri"}));
        ada.ask("set_rules", json!({"share": false})).await;
        Socket::refused(&bob.ask("ask_share", json!({"seat_id": sharer})).await, 403, "may-not");
    }

    async fn signs_are_seen_and_not_kept(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        bob.ask("react", json!({"sign": "clap"})).await;
        assert_eq!(ada.hear("reactions").await, json!({"reactions": [{"seat_id": seat, "sign": "clap"}]}));
        Socket::refused(&bob.ask("react", json!({"sign": "skull"})).await, 422, "invalid-fields");
    }

    async fn the_hosting_is_taken_back_from_who_is_away(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        ada.ask("set_host", json!({"user_id": class.bob.id, "host": true})).await;
        bob.ask("leave", json!({})).await;
        assert_eq!(ada.ask("set_host", json!({"user_id": class.bob.id, "host": false})).await, json!({}));
        let (mut bob, ..) = class.sit(&class.bob).await;
        Socket::refused(&bob.ask("set_rules", json!({"speak": true})).await, 403, "may-not");
        Socket::refused(&ada.ask("set_host", json!({"user_id": Uuid::now_v7(), "host": true})).await, 404, "not-found");
    }

    async fn the_hand_and_the_light_of_who_left_go_out(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        bob.ask("raise_hand", json!({"up": true})).await;
        ada.ask("spotlight", json!({"user_id": class.bob.id})).await;
        ada.hear_where("desk", |desk| desk["spotlight"] == json!(class.bob.id)).await;
        bob.vanish().await;
        class.is_alone(&seat).await;
        beat(&mut ada).await;
        class.later(5).await;
        let mut bob = class.connect(&token).await;
        let desk = bob.hear("room").await["desk"].clone();
        assert_eq!((&desk["hands"][0]["user_id"], &desk["spotlight"]), (&json!(class.bob.id), &json!(class.bob.id)), "only the line was lost");
        bob.ask("leave", json!({})).await;
        class.later(1).await;
        let desk = ada.hear_where("desk", |desk| desk["hands"] == json!([])).await;
        assert_eq!(desk["spotlight"], json!(null));
        let all = facts(&house).await;
        let lowered = all.iter().filter(|fact| matches!(fact, Fact::HandLowered { user, by, .. } if user == by));
        assert_eq!(lowered.count(), 1);
    }

    async fn who_is_sent_out_comes_back_without_what_they_were_given(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        ada.ask("set_rules", json!({"speak": false})).await;
        ada.ask("set_host", json!({"user_id": class.bob.id, "host": true})).await;
        ada.ask("allow", json!({"user_id": class.bob.id, "speak": true})).await;
        bob.hear_where("desk", |desk| desk["hosts"] == json!([class.bob.id])).await;
        assert_eq!(ada.ask("remove", json!({"seat_id": seat, "may_return": true})).await, json!({}));
        bob.ended().await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        Socket::refused(&bob.ask("set_rules", json!({"speak": true})).await, 403, "may-not");
        bob.ask("room", json!({})).await;
        let room = bob.hear("room").await;
        assert_eq!((&room["you"]["host"], &room["desk"]["hosts"], &room["desk"]["allowed"]), (&json!(false), &json!([]), &json!([])));
    }

    async fn who_is_sent_out_may_return(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        ada.ask("remove", json!({"seat_id": seat, "may_return": true})).await;
        assert_eq!(bob.hear("closed").await["problem"]["type"], "sent-out");
        bob.ended().await;
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("sent-out"));
        class.sit(&class.bob).await;
    }
}
