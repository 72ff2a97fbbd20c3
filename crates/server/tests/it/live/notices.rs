//! The namespace `/`: notices of what one is in, live and caught up.

use serde_json::json;
use server::kit::At;
use server::live::notices;

use super::Class;
use crate::both_databases;
use crate::programs::{enroll, published, session_in};
use crate::util::{House, Person, Socket};

async fn connect(house: &House, who: &Person) -> Socket {
    Socket::connect(house, "/", who.token.as_deref().unwrap()).await.expect("notices are for who is signed in")
}

both_databases! {
    async fn notices_are_for_who_is_signed_in(house: House) {
        let bob = house.participant("Bob Marsh").await;
        let refused = Socket::connect(&house, "/", "nonsense").await.err();
        assert_eq!(refused.as_deref(), Some("token-invalid"));
        let refused = Socket::connect_with(&house, "/", json!({})).await.err();
        assert_eq!(refused.as_deref(), Some("token-invalid"));
        house.parts.clock.advance_seconds(16 * 60);
        let refused = Socket::connect(&house, "/", bob.token.as_deref().unwrap()).await.err();
        assert_eq!(refused.as_deref(), Some("token-expired"));
    }

    async fn a_class_that_starts_is_told_and_caught_up(house: House) {
        let class = Class::of(&house).await;
        let eve = house.participant("Eve Stone").await;
        let mut bob = connect(&house, &class.bob).await;
        let mut stranger = connect(&house, &eve).await;
        let channel = format!("program:{}", class.program.trim_start_matches("/programs/"));
        let before = bob.ask("resume", json!({"since": {}})).await["heads"][&channel].as_i64().unwrap();
        class.start().await;
        let push = bob.hear_where("push", |push| push["event"] == "session_started").await;
        assert_eq!(push["channel"], json!(channel));
        assert_eq!(push["payload"]["session_id"], json!(class.id().to_string()));
        let caught_up = bob.ask("resume", json!({"since": {&channel: before}})).await;
        assert_eq!(caught_up["missed"].as_array().unwrap().last(), Some(&push));
        assert_eq!(caught_up["heads"][&channel], push["seq"]);
        let nothing = stranger.ask("resume", json!({"since": {&channel: 0}})).await;
        assert_eq!(nothing["missed"], json!([]), "not a channel of theirs");
        assert!(nothing["heads"].get(&channel).is_none());
        Socket::refused(&bob.ask("resume", json!({"since": 5})).await, 422, "invalid-fields");
        assert!(bob.ask("shout", json!({})).await["problem"].is_object());
    }

    async fn presence_is_told_to_the_program_and_the_lobby_to_its_staff(house: House) {
        let class = Class::of(&house).await;
        let (mut ada, mut bob) = (connect(&house, &class.ada).await, connect(&house, &class.bob).await);
        let (_seat, ..) = class.sit(&class.bob).await;
        let notice = ada.hear_where("presence", |p| p["waiting"] == 1).await;
        assert_eq!((&notice["in_room"], &notice["session_id"]), (&json!(0), &json!(class.id().to_string())));
        assert_eq!(bob.hear("presence").await["waiting"], 0);
        class.start().await;
        ada.hear_where("presence", |p| p["in_room"] == 1 && p["waiting"] == 0).await;
        bob.hear_where("presence", |p| p["in_room"] == 1).await;
    }

    async fn who_enrolls_hears_the_program_from_then_on(house: House) {
        let ada = house.instructor("Ada Njeri").await;
        let cleo = house.participant("Cleo Sands").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 5).await;
        let mut socket = connect(&house, &cleo).await;
        enroll(&cleo, &program).await;
        let channel = format!("program:{}", program.trim_start_matches("/programs/"));
        crate::util::until("the channel is heard", async || {
            socket.ask("resume", json!({"since": {}})).await["heads"].get(&channel).is_some()
        }).await;
        ada.ask(&format!("{session}/start")).await.expect(200);
        socket.hear_where("push", |push| push["event"] == "session_started").await;
    }

    async fn notices_end_with_the_token_they_came_with(house: House) {
        let bob = house.participant("Bob Marsh").await;
        let mut socket = connect(&house, &bob).await;
        house.parts.clock.advance_seconds(14 * 60);
        notices::close_expired(&house.parts).await;
        assert!(socket.ask("resume", json!({"since": {}})).await["heads"].is_object(), "it is good for fifteen minutes");
        house.parts.clock.advance_seconds(2 * 60);
        assert_eq!(socket.hear("expired").await, json!({}));
        socket.ended().await;
        let refused = Socket::connect(&house, "/", bob.token.as_deref().unwrap()).await.err();
        assert_eq!(refused.as_deref(), Some("token-expired"));
    }

    async fn a_fresh_token_keeps_the_notices_open(house: House) {
        let (bob, eve) = (house.participant("Bob Marsh").await, house.participant("Eve Stone").await);
        let mut socket = connect(&house, &bob).await;
        house.parts.clock.advance_seconds(14 * 60);
        let fresh = bob.signed_in(&bob.post("/auth/refresh", json!({})).await.expect(200));
        let until = socket.ask("token", json!({"token": fresh.token})).await["expires_at"].clone();
        assert!(At::parse(until.as_str().unwrap()).unwrap().seconds_since(house.parts.clock.now()) > 800.0, "{until}");
        // A worse one takes nothing away.
        Socket::refused(&socket.ask("token", json!({"token": "nonsense"})).await, 401, "token-invalid");
        Socket::refused(&socket.ask("token", json!({"token": eve.token})).await, 403, "may-not");
        Socket::refused(&socket.ask("token", json!({})).await, 422, "invalid-fields");
        socket.ask("token", json!({"token": bob.token})).await;
        house.parts.clock.advance_seconds(5 * 60);
        Socket::refused(&socket.ask("token", json!({"token": bob.token})).await, 401, "token-expired");
        notices::close_expired(&house.parts).await;
        assert!(socket.ask("resume", json!({"since": {}})).await["heads"].is_object());
        house.parts.clock.advance_seconds(11 * 60);
        socket.hear("expired").await;
        socket.ended().await;
    }

    async fn a_changed_account_connects_anew(house: House) {
        let bob = house.participant("Bob Marsh").await;
        let mut socket = connect(&house, &bob).await;
        house.admin().await.patch(&format!("/users/{}", bob.id), json!({"role": "instructor"})).await.expect(200);
        socket.ended().await;
        let refused = Socket::connect(&house, "/", bob.token.as_deref().unwrap()).await.err();
        assert_eq!(refused.as_deref(), Some("token-expired"));
    }
}
