//! Breakout rooms: people are parted and come together again; their presence goes on.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Class;
use super::chat::say;
use crate::both_databases;
use crate::programs::enroll;
use crate::util::{House, Person, Socket};

/// A live class with its instructor, and two who attend.
struct Three {
    class: Class,
    ada: Socket,
    bob: Socket,
    cleo: Socket,
    cleo_is: Person,
}

async fn three(house: &House) -> Three {
    let class = Class::live(house).await;
    let cleo_is = house.participant("Cleo Sands").await;
    enroll(&cleo_is, &class.program).await;
    let (ada, ..) = class.sit(&class.ada).await;
    let (bob, ..) = class.sit(&class.bob).await;
    let (cleo, ..) = class.sit(&cleo_is).await;
    Three { class, ada, bob, cleo, cleo_is }
}

async fn planned(ada: &mut Socket, count: i64, how: &str) -> Vec<Value> {
    assert_eq!(ada.ask("plan_breakouts", json!({"count": count, "how": how})).await, json!({}));
    let fits = |desk: &Value| desk["breakouts"]["rooms"].as_array().is_some_and(|rooms| rooms.len() as i64 == count);
    ada.hear_where("desk", fits).await["breakouts"]["rooms"].as_array().unwrap().clone()
}

both_databases! {
    async fn people_are_parted_by_hand_and_brought_back(house: House) {
        let Three { class, mut ada, mut bob, mut cleo, cleo_is } = three(&house).await;
        let before = class.presences().await.len();
        let rooms = planned(&mut ada, 2, "by_hand").await;
        for (who, room) in [(&class.bob, &rooms[0]), (&cleo_is, &rooms[1])] {
            ada.ask("move_to", json!({"user_id": who.id, "breakout_id": room["id"]})).await;
        }
        bob.ask("room", json!({})).await;
        assert_eq!(bob.hear("room").await["desk"]["breakouts"], json!(null), "a plan is the hosts' own");
        Socket::refused(&bob.ask("open_breakouts", json!({})).await, 403, "may-not");
        ada.ask("open_breakouts", json!({"minutes": 5})).await;
        assert_eq!(bob.hear("moved").await, json!({"breakout_id": rooms[0]["id"], "name": "1"}));
        cleo.hear("moved").await;
        bob.hear_where("room", |room| room["you"]["breakout_id"] == rooms[0]["id"]).await;
        // What is said stays where it is said; the hosts' word goes everywhere.
        say(&mut bob, "Only here").await;
        say(&mut ada, "In the main room").await;
        say(&mut cleo, "Over here").await;
        assert_eq!(cleo.hear("chat").await["messages"][0]["text"], "Over here");
        ada.ask("tell_all", json!({"text": "Two minutes left."})).await;
        for socket in [&mut bob, &mut cleo] {
            assert_eq!(socket.hear("word").await["text"], "Two minutes left.");
        }
        bob.ask("react", json!({"sign": "clap"})).await;
        bob.hear("reactions").await;
        // Help, and who comes.
        bob.ask("call_help", json!({"help": true})).await;
        ada.hear_where("desk", |desk| desk["breakouts"]["rooms"][0]["help_since"].is_string()).await;
        ada.ask("move_to", json!({"breakout_id": rooms[0]["id"]})).await;
        ada.hear_where("room", |room| room["you"]["breakout_id"] == rooms[0]["id"]).await;
        say(&mut ada, "I am with you").await;
        bob.hear_where("chat", |chat| chat["messages"][0]["text"] == "I am with you").await;
        Socket::refused(&bob.ask("move_to", json!({"breakout_id": null})).await, 403, "may-not");
        ada.ask("close_breakouts", json!({})).await;
        for socket in [&mut ada, &mut bob, &mut cleo] {
            socket.hear_where("moved", |moved| moved["breakout_id"].is_null()).await;
        }
        assert_eq!(class.presences().await.len(), before, "attendance runs on through them");
        Socket::refused(&bob.ask("call_help", json!({"help": true})).await, 409, "not-in-breakout");
    }

    async fn each_chooses_where_that_is_offered(house: House) {
        let Three { mut ada, mut bob, .. } = three(&house).await;
        let rooms = planned(&mut ada, 3, "choice").await;
        Socket::refused(&bob.ask("move_to", json!({"breakout_id": rooms[2]["id"]})).await, 403, "may-not");
        ada.ask("open_breakouts", json!({})).await;
        bob.ask("move_to", json!({"breakout_id": rooms[2]["id"]})).await;
        assert_eq!(bob.hear("moved").await["name"], "3");
        bob.ask("move_to", json!({"breakout_id": null})).await;
        assert_eq!(bob.hear("moved").await["breakout_id"], json!(null));
        Socket::refused(&bob.ask("move_to", json!({"breakout_id": Uuid::now_v7()})).await, 404, "not-found");
    }

    async fn time_brings_everybody_back_and_last_time_is_remembered(house: House) {
        let Three { class, mut ada, mut bob, mut cleo, .. } = three(&house).await;
        let rooms = planned(&mut ada, 2, "random").await;
        let sizes: Vec<usize> = rooms.iter().map(|room| room["people"].as_array().unwrap().len()).collect();
        assert_eq!(sizes, [1, 1], "who leads is in none");
        ada.ask("name_breakout", json!({"breakout_id": rooms[0]["id"], "name": "Garden"})).await;
        ada.ask("open_breakouts", json!({"minutes": 1})).await;
        bob.hear("moved").await;
        cleo.hear("moved").await;
        Socket::refused(&ada.ask("plan_breakouts", json!({"count": 2, "how": "random"})).await, 409, "breakouts-open");
        for seat in [&mut ada, &mut bob, &mut cleo] {
            seat.ask("beat", json!({})).await;
        }
        class.later(61).await;
        bob.hear_where("moved", |moved| moved["breakout_id"].is_null()).await;
        ada.ask("plan_breakouts", json!({"count": 1, "how": "last_time"})).await;
        let is_new = |desk: &Value| !desk["breakouts"]["open"].as_bool().unwrap() && desk["breakouts"]["rooms"][0]["id"] != rooms[0]["id"];
        let again = ada.hear_where("desk", is_new).await["breakouts"]["rooms"].clone();
        assert_eq!(again[0]["name"], "Garden");
        assert_eq!((&again[0]["people"], &again[1]["people"]), (&rooms[0]["people"], &rooms[1]["people"]));
        assert_ne!(again[0]["id"], rooms[0]["id"]);
    }

    async fn who_comes_back_is_where_they_were(house: House) {
        let Three { class, mut ada, mut bob, .. } = three(&house).await;
        let rooms = planned(&mut ada, 1, "by_hand").await;
        ada.ask("move_to", json!({"user_id": class.bob.id, "breakout_id": rooms[0]["id"]})).await;
        ada.ask("open_breakouts", json!({})).await;
        bob.hear("moved").await;
        let (_, token) = class.join(&class.bob).await;
        let mut again = class.connect(&token).await;
        assert_eq!(again.hear("room").await["you"]["breakout_id"], rooms[0]["id"]);
    }

    async fn wrong_plans_are_refused(house: House) {
        let Three { mut ada, mut bob, .. } = three(&house).await;
        for count in [0, 51] {
            Socket::refused(&ada.ask("plan_breakouts", json!({"count": count, "how": "random"})).await, 422, "invalid-fields");
        }
        Socket::refused(&ada.ask("plan_breakouts", json!({"count": 2, "how": "by_magic"})).await, 422, "invalid-fields");
        Socket::refused(&ada.ask("plan_breakouts", json!({"count": 2, "how": "last_time"})).await, 409, "no-last-time");
        Socket::refused(&ada.ask("open_breakouts", json!({})).await, 409, "no-breakouts");
        Socket::refused(&bob.ask("plan_breakouts", json!({"count": 2, "how": "random"})).await, 403, "may-not");
        Socket::refused(&bob.ask("tell_all", json!({"text": "Hi"})).await, 403, "may-not");
    }
}
