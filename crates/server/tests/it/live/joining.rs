//! Who gets a seat, when, and how many.

use serde_json::json;
use server::live::Live;

use super::{Class, beat};
use crate::both_databases;
use crate::programs::{draft, path_of, session_in};
use crate::util::Socket;

both_databases! {
    async fn a_seat_waits_in_the_lobby_until_the_class_begins(house: House) {
        let class = Class::of(&house).await;
        let joined = class.bob.post(&format!("{}/join", class.session), json!({})).await.expect(200);
        assert_eq!((&joined["state"], &joined["ice_servers"]), (&json!("lobby"), &json!([])));
        let mut bob = class.connect(joined["token"].as_str().unwrap()).await;
        let room = bob.hear("room").await;
        assert_eq!(room["session"]["state"], "scheduled");
        assert_eq!(room["session"]["program"]["title"], "Morning day program");
        let you = json!({"seat_id": joined["seat_id"], "user_id": class.bob.id, "name": "Bob Marsh", "role": "participant",
            "host": false, "waiting": false, "breakout_id": null, "consent": null});
        assert_eq!(room["you"], you);
        assert_eq!(room["people"][0]["present"], true);
        class.start().await;
        bob.hear("started").await;
        let joined = class.ada.ask(&format!("{}/join", class.session)).await.expect(200);
        assert_eq!(joined["state"], "live");
    }

    async fn the_door_opens_in_time_and_closes_at_the_end(house: House) {
        let class = Class::of(&house).await;
        let early = session_in(&house, &class.ada, &class.program, 30).await;
        let problem = class.bob.ask(&format!("{early}/join")).await.refused(409, "not-open-yet");
        let session = class.bob.get(&early).await.expect(200);
        assert_eq!(problem["params"]["can_join_at"], session["can_join_at"]);
        let off = session_in(&house, &class.ada, &class.program, 8).await;
        class.ada.post(&format!("{off}/cancel"), json!({})).await.expect(200);
        class.bob.ask(&format!("{off}/join")).await.refused(409, "session-cancelled");
        class.start().await;
        let (_, token) = class.join(&class.bob).await;
        class.end().await;
        class.bob.ask(&format!("{}/join", class.session)).await.refused(409, "session-over");
        crate::util::until("the seat is closed", async || {
            Socket::connect(&house, "/live", &token).await.err().as_deref() == Some("session-over")
        }).await;
    }

    async fn only_who_belongs_comes_in(house: House) {
        let class = Class::of(&house).await;
        let eve = house.participant("Eve Stone").await;
        let join = format!("{}/join", class.session);
        eve.ask(&join).await.refused(403, "not-enrolled");
        house.nobody().ask(&join).await.refused(401, "sign-in-first");
        // Whether one belongs is asked before the time.
        let early = session_in(&house, &class.ada, &class.program, 30).await;
        eve.ask(&format!("{early}/join")).await.refused(403, "not-enrolled");
        // A class one may not know of is not there.
        let hidden = path_of(&draft(&class.ada, json!({"visibility": "private"})).await);
        let hidden = session_in(&house, &class.ada, &hidden, 5).await;
        class.bob.ask(&format!("{hidden}/join")).await.refused(404, "not-found");
        class.bob.ask("/sessions/0190aaaa-0000-7000-8000-000000000000/join").await.refused(404, "not-found");
        class.bob.ask("/sessions/nonsense/join").await.refused(404, "not-found");
        class.bob.post(&join, json!({"as": "staff"})).await.refused_field("as", "unknown-field");
        house.admin().await.ask(&join).await.expect(200);
    }

    async fn the_newest_seat_replaces_the_oldest_of_two(house: House) {
        let class = Class::live(&house).await;
        let (mut first, first_seat, token) = class.sit(&class.bob).await;
        let (mut second, ..) = class.sit(&class.bob).await;
        let (mut third, ..) = class.sit(&class.bob).await;
        first.hear("replaced").await;
        first.ended().await;
        assert_eq!(second.hear("gone").await["seat_id"], json!(first_seat));
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("replaced"));
        assert!(second.ask("beat", json!({})).await["now"].is_string());
        assert!(third.ask("beat", json!({})).await["now"].is_string());
        assert_eq!(house.parts.memory.of::<Live>().in_room(class.id()), (1, vec!["Bob Marsh".to_string()]));
    }

    async fn a_newer_connection_of_a_seat_replaces_the_older(house: House) {
        let class = Class::live(&house).await;
        let (mut older, seat, token) = class.sit(&class.bob).await;
        let mut newer = class.connect(&token).await;
        older.hear("replaced").await;
        older.ended().await;
        let room = newer.hear("room").await;
        assert_eq!(room["people"].as_array().unwrap().len(), 1);
        assert_eq!(room["you"]["seat_id"], json!(seat));
        assert_eq!(class.presences().await.len(), 1, "one presence, not two");
    }

    async fn who_does_not_teach_any_more_leads_no_more(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        house.admin().await.patch(&format!("/users/{}", class.ada.id), json!({"role": "participant"})).await.expect(200);
        ada.ended().await;
        bob.hear("gone").await;
        class.ada.ask(&format!("{}/join", class.session)).await.refused(401, "token-ended");
    }

    async fn a_full_room_says_so(house: House) {
        let class = Class::of(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let user = server::accounts::store::need(house.parts.db.read(), class.ada.id.parse().unwrap()).await.unwrap();
        {
            let live = house.parts.memory.of::<Live>();
            let mut state = live.state();
            for _ in 1..live.room_seats {
                let row = server::live::model::Model {
                    id: server::kit::SeatId::new(), session_id: class.id(), user_id: server::kit::UserId::new(),
                    kind: server::live::model::Kind::Browser, staff: false, node: "main".into(), shard: 0, entry: None,
                    present_since: None, last_seen: None, opened_at: class.now(), closed_at: None, closed_because: None,
            sent: String::new(),
            muted: String::new(),
                };
                let seat = server::live::join::held_seat(&row, &user, class.now());
                state.add(class.id(), seat);
            }
        }
        beat(&mut ada).await;
        ada.has_heard(&[]);
        ada.forget("person");
        let problem = class.bob.ask(&format!("{}/join", class.session)).await.refused(409, "room-full");
        assert_eq!(problem["params"]["seats"], 50);
        assert!(problem["detail"].as_str().unwrap().ends_with('.'), "{problem}");
        beat(&mut ada).await;
        assert!(!ada.has_heard(&["person", "gone", "closed"]), "those inside notice nothing");
    }
}
