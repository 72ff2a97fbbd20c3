//! Guests: a name and no account, let in by a host, kept in the attendance under that name.

use serde_json::{Value, json};

use super::Class;
use crate::both_databases;
use crate::util::{House, Reply};

async fn knock(class: &Class, name: Value) -> Reply {
    class.house.nobody().post(&format!("{}/guests", class.session), json!({"name": name})).await
}

/// A live class of a program that takes guests.
async fn open_class(house: &House) -> Class {
    let class = Class::live(house).await;
    class.ada.patch(&class.program, json!({"guests": true})).await.expect(200);
    class
}

both_databases! {
    async fn a_guest_waits_is_let_in_and_is_counted_under_their_name(house: House) {
        let class = open_class(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let joined = knock(&class, json!("  Gus Grand  ")).await.expect(201);
        assert_eq!(joined["state"], "waiting");
        let mut gus = class.connect(joined["token"].as_str().unwrap()).await;
        assert_eq!(gus.hear("room").await["people"], json!([]));
        let waits = ada.hear_where("waiting", |told| told["waiting"] != json!([])).await["waiting"][0].clone();
        assert_eq!((&waits["name"], &waits["guest"]), (&json!("Gus Grand"), &json!(true)));
        ada.ask("admit", json!({"seat_id": waits["seat_id"]})).await;
        gus.hear("let_in").await;
        ada.hear_where("person", |p| p["guest"] == true && p["present"] == true).await;
        gus.ask("beat", json!({})).await;
        class.later(3).await;
        gus.ask("leave", json!({})).await;
        class.end().await;
        crate::util::until("the guest is in the attendance", async || {
            let came = class.ada.get(&format!("{}/attendances", class.session)).await.expect(200);
            came["items"].as_array().unwrap().iter().any(|row| row["user"]["name"] == "Gus Grand" && row["seconds"].as_f64() >= Some(1.0))
        }).await;
        let people = house.admin().await.get("/users").await.expect(200);
        assert!(people["items"].as_array().unwrap().iter().all(|user| user["name"] != "Gus Grand"), "no account was made");
    }

    async fn a_guest_who_lost_the_seat_comes_back_as_the_same_person(house: House) {
        let class = open_class(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let first = knock(&class, json!("Gus Grand")).await.expect(201);
        let mut gus = class.connect(first["token"].as_str().unwrap()).await;
        gus.hear("room").await;
        ada.ask("admit", json!({"seat_id": first["seat_id"]})).await;
        gus.hear("let_in").await;
        gus.ask("leave", json!({})).await;
        let again = |token: Value| {
            let nobody = class.house.nobody();
            let path = format!("{}/guests", class.session);
            async move { nobody.post(&path, json!({"name": "Gus Grand", "token": token})).await }
        };
        let back = again(first["token"].clone()).await.expect(201);
        assert_ne!(back["seat_id"], first["seat_id"]);
        assert_eq!(back["state"], "live", "who was let in does not wait again");
        let mut gus = class.connect(back["token"].as_str().unwrap()).await;
        let room = gus.hear("room").await;
        let people: Vec<_> = room["people"].as_array().unwrap().iter().filter(|one| one["guest"] == true).collect();
        assert_eq!(people.len(), 1, "{room}");
        again(json!("no token")).await.refused_field("token", "not-yours");
        again(json!(7)).await.refused(422, "invalid-fields");
        let (_, bobs) = class.join(&class.bob).await;
        again(json!(bobs)).await.refused_field("token", "not-yours");
        ada.ask("remove", json!({"seat_id": back["seat_id"]})).await;
        again(back["token"].clone()).await.refused(403, "removed");
    }

    async fn before_the_start_a_guest_is_told_of_the_hosts_alone(house: House) {
        let class = Class::of(&house).await;
        class.ada.patch(&class.program, json!({"guests": true})).await.expect(200);
        let (mut ada, adas_seat, _) = class.sit(&class.ada).await;
        let (_bob, ..) = class.sit(&class.bob).await;
        let joined = knock(&class, json!("Gus")).await.expect(201);
        let mut gus = class.connect(joined["token"].as_str().unwrap()).await;
        let room = gus.hear("room").await;
        let names: Vec<&Value> = room["people"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
        assert_eq!(names, ["Ada Njeri", "Gus"], "the host, and oneself");
        let cleo = house.participant("Cleo Sands").await;
        crate::programs::enroll(&cleo, &class.program).await;
        let (mut cleo, ..) = class.sit(&cleo).await;
        ada.hear_where("person", |p| p["name"] == "Cleo Sands" && p["present"] == true).await;
        // That a host goes is told after Cleo's coming was.
        ada.ask("leave", json!({})).await;
        gus.hear_where("gone", |gone| gone["seat_id"] == json!(adas_seat)).await;
        for name in ["Bob Marsh", "Cleo Sands"] {
            assert!(!gus.has_heard_of(name), "a stranger is told of {name}");
        }
        cleo.hear_where("gone", |gone| gone["seat_id"] == json!(adas_seat)).await;
    }

    async fn strangers_at_the_door_do_not_fill_the_room(house: House) {
        let class = open_class(&house).await;
        for number in 0..50 {
            knock(&class, json!(format!("Gus {number}"))).await.expect(201);
        }
        knock(&class, json!("Gus")).await.refused(409, "too-many-guests");
        class.sit(&class.bob).await;
    }

    async fn guests_come_only_where_they_are_taken(house: House) {
        let class = Class::live(&house).await;
        knock(&class, json!("Gus")).await.refused(403, "no-guests");
        class.ada.patch(&class.program, json!({"guests": true})).await.expect(200);
        for (name, code) in [(json!(""), "too-short"), (json!("x".repeat(81)), "too-long")] {
            knock(&class, name).await.refused_field("name", code);
        }
        knock(&class, json!(7)).await.refused(422, "invalid-fields");
        class.ada.patch(&class.program, json!({"visibility": "private"})).await.expect(200);
        knock(&class, json!("Gus")).await.refused(404, "not-found");
        class.ada.patch(&class.program, json!({"visibility": "link"})).await.expect(200);
        let (mut ada, ..) = class.sit(&class.ada).await;
        ada.ask("set_rules", json!({"locked": true})).await;
        knock(&class, json!("Gus")).await.refused(409, "room-locked");
        ada.ask("set_rules", json!({"locked": false})).await;
        knock(&class, json!("Gus")).await.expect(201);
        class.end().await;
        knock(&class, json!("Gus")).await.refused(409, "session-over");
        house.nobody().post("/sessions/00000000-0000-7000-8000-000000000000/guests", json!({"name": "Gus"})).await.refused(404, "not-found");
    }

    async fn a_programs_waiting_room_is_its_sessions_own(house: House) {
        let class = Class::of(&house).await;
        class.ada.patch(&class.program, json!({"waiting_room": true})).await.expect(200);
        class.start().await;
        let joined = class.bob.ask(&format!("{}/join", class.session)).await.expect(200);
        assert_eq!(joined["state"], "waiting");
        let (mut ada, ..) = class.sit(&class.ada).await;
        let mut bob = class.connect(joined["token"].as_str().unwrap()).await;
        assert_eq!(bob.hear("room").await["you"]["waiting"], true);
        ada.hear_where("waiting", |told| told["waiting"] != json!([])).await;
        ada.ask("set_rules", json!({"waiting_room": false})).await;
        bob.hear("let_in").await;
    }
}
