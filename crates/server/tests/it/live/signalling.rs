//! The socket of a seat: who may connect, and what becomes of messages of every shape.

use serde_json::{Value, json};

use super::Class;
use crate::both_databases;
use crate::util::{House, Socket};

async fn refusal(house: &House, auth: Value) -> String {
    Socket::connect_with(house, "/live", auth).await.err().expect("a refusal")
}

both_databases! {
    async fn only_a_seats_own_token_opens_it(house: House) {
        let class = Class::of(&house).await;
        let (_, token) = class.join(&class.bob).await;
        for auth in [json!({}), json!(null), json!("token"), json!({"token": 7}), json!({"token": "a.b.c"})] {
            assert_eq!(refusal(&house, auth.clone()).await, "token-invalid", "{auth}");
        }
        let access = class.bob.token.clone().unwrap();
        assert_eq!(refusal(&house, json!({"token": access})).await, "token-invalid", "another kind of token");
        let mut parts: Vec<&str> = token.split('.').collect();
        let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", parts[1]);
        assert_eq!(refusal(&house, json!({"token": unsigned})).await, "token-invalid", "alg none");
        let forged = "A".repeat(parts[2].len());
        parts[2] = &forged;
        assert_eq!(refusal(&house, json!({"token": parts.join(".")})).await, "token-invalid");
        class.bob.with_token(&token).get("/me").await.refused(401, "token-invalid");
        house.parts.clock.advance_seconds(30 * 3600);
        assert_eq!(refusal(&house, json!({"token": token})).await, "token-invalid", "expired");
    }

    async fn every_shape_of_message_gets_an_answer(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        for (event, payload, field, kind) in [
            ("publish", json!({}), "sdp", "missing"),
            ("publish", json!({"sdp": 5, "tracks": []}), "sdp", "wrong-type"),
            ("publish", json!({"sdp": "", "tracks": [{"mid": "0", "source": "ears"}]}), "tracks[0].source", "wrong-type"),
            ("publish", json!({"sdp": "", "tracks": [], "now": true}), "now", "unknown-field"),
            ("watch", json!({"tiles": [{"seat_id": "x", "source": "camera", "height": 1}]}), "tiles[0].seat_id", "wrong-type"),
            ("state", json!({"microphone": true}), "camera", "missing"),
            ("answer", json!({"offer_id": -1, "sdp": ""}), "offer_id", "wrong-type"),
            ("beat", json!({"x": 1}), "x", "unknown-field"),
            ("restart", json!([1, 2]), "body", "wrong-type"),
            ("mute", json!("loudly"), "body", "wrong-type"),
        ] {
            let answer = bob.ask(event, payload.clone()).await;
            Socket::refused(&answer, 422, "invalid-fields");
            let errors = answer["problem"]["errors"].as_array().unwrap();
            let found = errors.iter().any(|e| e["field"] == field && e["type"] == kind);
            assert!(found, "{event} {payload}: {field} {kind} not in {answer}");
        }
        let many = vec![json!({"mid": "0", "source": "camera"}); 17];
        Socket::refused(&bob.ask("publish", json!({"sdp": "", "tracks": many})).await, 422, "invalid-fields");
        Socket::refused(&bob.ask("dance", json!({})).await, 404, "no-such-message");
        Socket::refused(&bob.ask("publish", json!({"sdp": "v=0 garbage", "tracks": []})).await, 422, "sdp-not-usable");
        Socket::refused(&bob.ask("answer", json!({"offer_id": 9, "sdp": "v=0"})).await, 409, "stale-offer");
        assert!(bob.ask("beat", Value::Null).await["now"].is_string());
        // Raw oddities end nothing but themselves: no payload, no name, binary promised and not sent.
        bob.send("2/live,77[\"beat\"]");
        bob.send("2/live,78[7]");
        assert!(bob.ask("beat", json!({})).await["now"].is_string(), "{seat}");
    }

    async fn there_is_no_media_in_the_lobby(house: House) {
        let class = Class::of(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        for (event, payload) in [
            ("publish", json!({"sdp": "v=0", "tracks": []})),
            ("answer", json!({"offer_id": 1, "sdp": "v=0"})),
            ("restart", json!({})),
            ("watch", json!({"tiles": []})),
        ] {
            Socket::refused(&bob.ask(event, payload).await, 409, "not-live");
        }
        assert_eq!(bob.ask("state", json!({"microphone": true, "camera": false, "screen": false})).await, json!({}));
    }

    async fn switches_are_shown_to_the_others(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        bob.ask("state", json!({"microphone": true, "camera": true, "screen": false})).await;
        let shown = ada.hear_where("person", |p| p["seat_id"] == json!(seat) && p["state"]["camera"] == true).await;
        assert_eq!(shown["state"], json!({"microphone": true, "camera": true, "screen": false}));
        assert_eq!((&shown["role"], &shown["kind"], &shown["quality"]), (&json!("participant"), &json!("browser"), &json!(null)));
        ada.ask("room", json!({})).await;
        let room = ada.hear("room").await;
        assert_eq!(room["people"].as_array().unwrap().len(), 2);
        assert_eq!((&room["you"]["role"], &room["speaking"]), (&json!("staff"), &json!([])));
    }

    async fn a_flood_is_refused_and_then_ended(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        for id in 1000..1100 {
            bob.send(&format!("2/live,{id}[\"beat\",{{}}]"));
        }
        Socket::refused(&bob.ask("beat", json!({})).await, 429, "too-many-messages");
        for id in 2000..3500 {
            bob.send(&format!("2/live,{id}[\"beat\",{{}}]"));
        }
        bob.ended().await;
        assert!(ada.ask("beat", json!({})).await["now"].is_string(), "the others do not notice");
    }
}
