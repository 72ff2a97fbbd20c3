//! A server that crashed or was stopped: no minute is lost, and people come back to their seats.

use futures::FutureExt;
use serde_json::json;
use server::plumbing::clock::Clock;

use super::{Class, beat, is_presence, told};
use crate::both_databases;
use crate::util::{House, Socket};

both_databases! {
    async fn after_a_crash_presences_end_at_the_last_sign_of_life_and_seats_are_taken_again(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, _, token) = class.sit(&class.bob).await;
        let last = beat(&mut bob).await;
        server::live::ledger::write_traces(&house.parts).await.unwrap();
        house.crash().await;

        let clock = Clock::default();
        clock.advance_seconds(20);
        let again = House::open_at(house.place.clone(), clock).await;
        let class = Class { house: again.clone(), ..class };
        let presences = class.presences().await;
        assert_eq!(presences.len(), 2, "{presences:?}");
        let (begins, at, entry) = told(&presences[1]);
        assert!(!begins && (last.micros() - at.micros()).abs() < 5_000, "{at:?} is not {last:?}");
        assert_eq!(entry, told(&presences[0]).2);

        let mut bob = class.connect(&token).await;
        let room = bob.hear("room").await;
        assert_eq!((&room["session"]["state"], &room["people"][0]["present"]), (&json!("live"), &json!(true)));
        let presences = class.presences().await;
        assert!(told(presences.last().unwrap()).0 && told(presences.last().unwrap()).2 != entry);
        again.crash().await;
    }

    async fn what_was_sent_and_what_staff_switched_off_outlive_a_crash(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        let switches = |microphone: bool| json!({"microphone": microphone, "camera": true, "screen": false});
        bob.ask("state", switches(true)).await;
        class.later(6).await;
        beat(&mut bob).await;
        ada.ask("mute", json!({"seat_id": seat, "source": "microphone"})).await;
        house.crash().await;

        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let class = Class { house: again.clone(), ..class };
        let sent = class.sent(&seat).await;
        assert!((6_000..9_000).contains(&sent.camera) && (sent.speaking, sent.screen) == (0, 0), "{sent:?}");
        let mut bob = class.connect(&token).await;
        bob.hear("room").await;
        bob.ask("state", switches(true)).await;
        assert_eq!(bob.hear("muted").await["source"], "microphone", "the page did not know");
        bob.ask("state", switches(false)).await;
        bob.ask("state", switches(true)).await;
        bob.ask("room", json!({})).await;
        let room = bob.hear("room").await;
        let own = room["people"].as_array().unwrap().iter().find(|person| person["seat_id"] == json!(seat)).unwrap();
        assert_eq!(own["state"]["microphone"], true, "it is the person's own again");
        again.crash().await;
    }

    async fn who_was_removed_just_before_a_crash_does_not_come_back(house: House) {
        let class = Class::live(&house).await;
        let (_bob, _, token) = class.sit(&class.bob).await;
        let (bob, ada) = (class.bob.id.parse().unwrap(), class.ada.id.parse().unwrap());
        let (session, now) = (class.id(), class.now());
        // As a crash leaves it that comes between the removal and the end of the seat.
        let write = house.parts.db.write(|tx| server::live::store::put_removal(tx, session, bob, ada, now).boxed());
        write.await.unwrap();
        house.crash().await;
        let again = House::open_at(house.place.clone(), Clock::default()).await;
        assert_eq!(Socket::connect(&again, "/live", &token).await.err().as_deref(), Some("removed"));
        again.crash().await;
    }

    async fn a_drain_ends_presences_now_and_tells_everybody_to_come_back(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, _, token) = class.sit(&class.bob).await;
        let before = class.now();
        server::live::drain(&house.parts).await;
        bob.hear("draining").await;
        beat(&mut bob).await;
        let presences = crate::live::facts(&house).await.into_iter().filter(is_presence).collect::<Vec<_>>();
        assert_eq!(presences.len(), 2, "a beat in the drain begins nothing");
        assert!(told(&presences[1]).1 >= before);
        house.crash().await;

        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let class = Class { house: again.clone(), ..class };
        assert_eq!(class.presences().await.len(), 2);
        class.connect(&token).await.hear("room").await;
        assert_eq!(class.presences().await.len(), 3);
        again.crash().await;
    }
}
