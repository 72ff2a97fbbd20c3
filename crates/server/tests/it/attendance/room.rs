//! From a real seat in a real room to the day and to who came.

use serde_json::json;
use server::kit::At;

use super::stage::{announce, move_to, text};
use crate::both_databases;
use crate::live::{Class, beat};
use crate::util::{Person, Socket};

both_databases! {
    async fn the_day_says_who_waits_and_who_is_in(house: House) {
        move_to(&house, "2031-03-10T12:00:00Z");
        let class = Class::of(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let today = async |who: &Person| who.get("/me/day").await.expect(200)["items"][0].clone();
        let waiting = today(&class.ada).await;
        assert_eq!((&waiting["state"], &waiting["waiting"], &waiting["in_room"]), (&json!("open"), &json!(2), &json!(0)));
        assert_eq!(today(&class.bob).await["waiting"], 0, "who waits is staff's to see");
        class.start().await;
        ada.hear("started").await;
        bob.hear("started").await;
        let live = today(&class.bob).await;
        assert_eq!((&live["state"], &live["in_room"]), (&json!("live"), &json!(2)));
        let mut names: Vec<_> = live["in_room_names"].as_array().unwrap().iter().map(text).collect();
        names.sort();
        assert_eq!(names, ["Ada Njeri", "Bob Marsh"]);
    }

    async fn who_came_is_true_to_the_rooms_own_times(house: House) {
        let class = Class::of(&house).await;
        let mut notices = Socket::connect(&house, "/", class.ada.token.as_deref().unwrap()).await.unwrap();
        let (mut bob, ..) = class.sit(&class.bob).await;
        let started = class.start().await;
        bob.hear("started").await;
        let told = notices.hear("attendance").await;
        assert_eq!(format!("/sessions/{}", text(&told["session_id"])), class.session);
        house.parts.clock.advance_seconds(5);
        let path = format!("{}/attendances", class.session);
        let growing = class.ada.get(&path).await.expect(200);
        assert!(growing["items"][0]["seconds"].as_f64().unwrap() >= 5.0 && growing["items"][0]["present"] == true);
        let ended = class.end().await;
        bob.hear("ended").await;
        let bob = class.ada.get(&path).await.expect(200)["items"][0].clone();
        assert_eq!(bob["present"], false, "whoever asks right after the end is told the end");
        assert_eq!(bob["user"]["name"], "Bob Marsh");
        assert_eq!(bob["first_joined_at"], started.rfc3339());
        let left = At::parse(bob["last_left_at"].as_str().unwrap()).unwrap();
        assert!((ended.seconds_since(left)).abs() < 2.0, "{left:?} is not {ended:?}");
        assert_eq!(bob["seconds"].as_f64().unwrap(), left.seconds_since(started));
    }

    async fn the_first_look_after_the_end_is_what_the_record_will_say(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        beat(&mut ada).await;
        let seen = beat(&mut bob).await;
        bob.vanish().await;
        class.is_alone(&seat).await;
        let gone = class.now();
        house.parts.clock.advance_seconds(5);
        let ended = class.end().await;
        let look = async || class.ada.get(&format!("{}/attendances", class.session)).await.expect(200);
        let first = look().await;
        let left = |row: usize| At::parse(first["items"][row]["last_left_at"].as_str().unwrap()).unwrap();
        assert_eq!(first["items"][0]["user"]["name"], "Ada Njeri");
        assert_eq!(left(0), ended, "who is there at the end leaves with it");
        assert!(seen <= left(1) && left(1) <= gone, "who had vanished left at the last sign of life: {first}");
        ada.hear("ended").await;
        assert_eq!(class.presences().await.len(), 4);
        announce(&house, &[]).await;
        assert_eq!(look().await, first);
    }
}
