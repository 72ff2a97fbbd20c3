//! Presence becomes facts with exact times.

use serde_json::json;
use server::events::Fact;
use server::live::Live;

use super::{Class, beat, told};
use crate::both_databases;
use crate::programs::enroll;
use crate::util::Socket;

/// Why a presence ended, as its fact says it; nothing for one that begins.
fn why(fact: &Fact) -> Option<String> {
    serde_json::to_value(fact).unwrap()["because"].as_str().map(str::to_string)
}

both_databases! {
    async fn who_waits_is_present_from_the_first_moment_of_the_class(house: House) {
        let class = Class::of(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let (_, _unused) = class.join(&class.bob).await;
        let live = house.parts.memory.of::<Live>();
        assert_eq!((live.in_room(class.id()).0, live.waiting(class.id())), (0, 2));
        assert!(class.presences().await.is_empty(), "the lobby is not presence");
        let started = class.start().await;
        ada.hear("started").await;
        bob.hear("started").await;
        let presences = class.presences().await;
        let times: Vec<_> = presences.iter().map(|fact| (told(fact).0, told(fact).1)).collect();
        assert_eq!(times, [(true, started), (true, started)], "a seat nobody sat on is not presence");
        assert_eq!((live.in_room(class.id()).0, live.waiting(class.id())), (2, 0));
    }

    async fn what_somebody_sent_is_counted_for_each_presence(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let switches = |camera: bool, screen: bool| json!({"microphone": true, "camera": camera, "screen": screen});
        bob.ask("state", switches(true, false)).await;
        class.later(5).await;
        bob.ask("state", switches(true, true)).await;
        class.later(3).await;
        bob.ask("state", switches(false, false)).await;
        class.later(4).await;
        bob.ask("leave", json!({})).await;
        let sent = class.sent(&seat).await;
        assert!((8_000..10_000).contains(&sent.camera), "five and three seconds: {sent:?}");
        assert!((3_000..5_000).contains(&sent.screen), "three seconds: {sent:?}");
        assert_eq!(sent.speaking, 0, "an open microphone is not talk");
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        class.later(2).await;
        bob.ask("leave", json!({})).await;
        assert_eq!(class.sent(&seat).await, Default::default(), "the next presence begins anew");
    }

    async fn a_reload_keeps_the_presence(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, _, token) = class.sit(&class.bob).await;
        beat(&mut bob).await;
        bob.vanish().await;
        class.later(5).await;
        let mut bob = class.connect(&token).await;
        let room = bob.hear("room").await;
        assert_eq!(room["people"][0]["present"], true);
        class.later(9).await;
        assert_eq!(class.presences().await.len(), 1);
    }

    async fn silence_ends_a_presence_at_the_last_sign_of_life(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let last = beat(&mut bob).await;
        class.later(9).await;
        assert_eq!(class.presences().await.len(), 2, "nine seconds are not silence");
        class.later(2).await;
        let presences = class.presences().await;
        let (begins, at, entry) = told(presences.last().unwrap());
        assert!(!begins && (last.micros() - at.micros()).abs() < 5_000, "{at:?} is not {last:?}");
        assert_eq!(entry, told(&presences[1]).2);
        let gone = ada.hear_where("person", |person| person["seat_id"] == json!(seat) && person["present"] == false).await;
        assert_eq!(gone["name"], "Bob Marsh");
        // The connection stood all the while: the next word is a new presence.
        let back = beat(&mut bob).await;
        let presences = class.presences().await;
        let (begins, at, again) = told(presences.last().unwrap());
        assert!(begins && again != entry && (back.micros() - at.micros()).abs() < 5_000);
    }

    async fn a_killed_browser_is_held_and_comes_back_in_a_new_presence(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        beat(&mut bob).await;
        let before = class.now();
        bob.vanish().await;
        class.is_alone(&seat).await;
        let after = class.now();
        class.later(11).await;
        let presences = class.presences().await;
        let (begins, at, entry) = told(presences.last().unwrap());
        assert!(!begins && at >= before && at <= after, "it ends when the connection ended");
        class.later(15).await;
        let mut bob = class.connect(&token).await;
        assert_eq!(bob.hear("room").await["people"][0]["present"], true);
        let presences = class.presences().await;
        assert!(told(presences.last().unwrap()).0 && told(presences.last().unwrap()).2 != entry);
    }

    async fn a_seat_that_was_lost_too_long_is_gone_and_another_is_taken(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        let last = beat(&mut bob).await;
        bob.vanish().await;
        class.is_alone(&seat).await;
        class.later(31).await;
        class.later(1).await;
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("seat-gone"));
        let presences = class.presences().await;
        assert_eq!(presences.len(), 2);
        assert!(told(&presences[1]).1.seconds_since(last) < 20.0);
        class.sit(&class.bob).await;
    }

    async fn leaving_ends_the_presence_at_once(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        let before = class.now();
        assert_eq!(bob.ask("leave", json!({})).await, json!({}));
        let presences = class.presences().await;
        let (begins, at, _) = told(presences.last().unwrap());
        assert!(!begins && at >= before && at <= class.now());
        bob.ended().await;
        assert_eq!(ada.hear("gone").await["seat_id"], json!(seat));
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("seat-gone"));
    }

    async fn the_end_of_the_class_ends_every_presence_at_its_last_moment(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, _, token) = class.sit(&class.bob).await;
        let ended = class.end().await;
        ada.hear("ended").await;
        bob.hear("ended").await;
        bob.ended().await;
        let presences = class.presences().await;
        let left: Vec<_> = presences.iter().map(told).filter(|(begins, ..)| !begins).map(|(_, at, _)| at).collect();
        assert_eq!(left, [ended, ended]);
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("session-over"));
        assert_eq!(house.parts.memory.of::<Live>().in_room(class.id()).0, 0);
    }

    async fn a_client_without_beats_is_present_while_its_connection_stands(house: House) {
        let class = Class::live(&house).await;
        let (bob, seat, _) = class.sit(&class.bob).await;
        for _ in 0..5 {
            class.later(8).await;
        }
        assert_eq!(class.presences().await.len(), 1);
        let before = class.now();
        bob.vanish().await;
        class.is_alone(&seat).await;
        class.later(11).await;
        let presences = class.presences().await;
        let (begins, at, _) = told(presences.last().unwrap());
        assert!(!begins && at >= before && at.seconds_since(before) < 5.0);
    }

    async fn a_closed_account_loses_its_seats(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let path = format!("/users/{}", class.bob.id);
        house.admin().await.patch(&path, json!({"active": false})).await.expect(200);
        let problem = bob.hear("closed").await["problem"].clone();
        assert_eq!((&problem["type"], &problem["status"]), (&json!("account-closed"), &json!(403)));
        bob.ended().await;
        assert_eq!(class.presences().await.iter().map(why).collect::<Vec<_>>(), [None, Some("account_closed".into())]);
    }

    async fn who_is_taken_out_of_the_program_loses_their_seats(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, token) = class.sit(&class.bob).await;
        let mine = class.bob.get(&class.program).await.expect(200)["my"]["enrollment"]["id"].clone();
        class.ada.delete(&format!("/enrollments/{}", mine.as_str().unwrap())).await.expect(204);
        let problem = bob.hear("closed").await["problem"].clone();
        assert_eq!((&problem["type"], &problem["status"]), (&json!("enrollment-ended"), &json!(403)));
        assert!(problem["detail"].as_str().unwrap().ends_with('.'), "{problem}");
        bob.ended().await;
        assert_eq!(ada.hear("gone").await["seat_id"], json!(seat));
        assert_eq!(class.presences().await.iter().map(why).next_back(), Some(Some("enrollment_ended".into())));
        assert_eq!(Socket::connect(&house, "/live", &token).await.err().as_deref(), Some("seat-gone"));
        class.bob.ask(&format!("{}/join", class.session)).await.refused(403, "not-enrolled");
        enroll(&class.bob, &class.program).await;
        class.sit(&class.bob).await;
    }

    async fn who_enrolls_again_at_once_keeps_the_seat(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let mine = class.bob.get(&class.program).await.expect(200)["my"]["enrollment"].clone();
        let (enrollment, user) = (mine["id"].as_str().unwrap().parse().unwrap(), class.bob.id.parse().unwrap());
        let program = class.program.trim_start_matches("/programs/").parse().unwrap();
        // The fact is heard when the enrollment stands again.
        crate::attendance::announce(&house, &[Fact::EnrollmentCancelled { enrollment, program, user, at: class.now() }]).await;
        beat(&mut bob).await;
        assert_eq!(class.presences().await.len(), 1);
    }

    async fn a_new_name_shows_in_the_room_at_once(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        class.bob.patch("/me", json!({"name": "Robert Marsh", "pronouns": "he/him"})).await.expect(200);
        let named = |name: &'static str| {
            let seat = json!(seat);
            move |person: &serde_json::Value| person["seat_id"] == seat && person["name"] == name
        };
        assert_eq!(ada.hear_where("person", named("Robert Marsh")).await["pronouns"], "he/him");
        bob.hear_where("room", |room| room["you"]["name"] == "Robert Marsh").await;
        let path = format!("/users/{}", class.bob.id);
        house.admin().await.patch(&path, json!({"name": "Rob"})).await.expect(200);
        ada.hear_where("person", named("Rob")).await;
        let live = house.parts.memory.of::<Live>();
        assert!(live.in_room(class.id()).1.contains(&"Rob".to_string()));
        beat(&mut bob).await;
    }

    async fn nobody_ends_the_class_so_the_house_does_once_staff_are_gone(house: House) {
        use server::live::jobs::end_session;
        use server::plumbing::jobs::Outcome;
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        assert!(matches!(end_session(&house.parts, class.id()).await, Ok(Outcome::Again(_))), "not before its time");
        house.parts.clock.advance_seconds(81 * 60);
        beat(&mut ada).await;
        assert!(matches!(end_session(&house.parts, class.id()).await, Ok(Outcome::Again(_))), "staff are there");
        ada.ask("leave", json!({})).await;
        assert!(matches!(end_session(&house.parts, class.id()).await, Ok(Outcome::Done)));
        let ada = house.sign_in("ada.njeri@example.org").await;
        assert_eq!(ada.get(&class.session).await.expect(200)["state"], "ended");
    }
}
