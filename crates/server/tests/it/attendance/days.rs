//! My day: the states of a session as the clock moves, and my own time afterwards.

use serde_json::{Value, json};

use super::stage::*;
use crate::both_databases;
use crate::util::Person;

async fn item(person: &Person) -> Value {
    let day = again(person).await.get("/me/day").await.expect(200);
    assert_eq!(day["items"].as_array().unwrap().len(), 1, "{day}");
    day["items"][0].clone()
}

both_databases! {
    async fn a_session_goes_from_later_to_open_to_live_to_over(house: House) {
        move_to(&house, "2031-03-10T08:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Morning", "Europe/London").await;
        let session = session(&ada, &program, "Circle", "2031-03-10T10:30:00Z", "2031-03-10T11:15:00Z").await;
        let (bob, cleo) = (house.participant("Bob").await, house.participant("Cleo").await);
        enroll(&bob, &program).await;
        enroll(&cleo, &program).await;
        let later = item(&bob).await;
        assert_eq!((&later["state"], &later["role"], &later["due"]), (&json!("later"), &json!("participant"), &json!(2)));
        assert_eq!(later["can_join_at"], "2031-03-10T10:20:00Z");
        assert_eq!((&later["session"]["id"], &later["program"]["title"]), (&json!(session), &json!("Morning")));
        assert_eq!((&later["in_room"], &later["in_room_names"], &later["waiting"]), (&json!(0), &json!([]), &json!(0)));
        assert!(later["my_seconds"].is_null() && later["came"].is_null());

        move_to(&house, "2031-03-10T10:20:00Z");
        assert_eq!(item(&bob).await["state"], "open");
        let staffs = item(&ada).await;
        assert_eq!((&staffs["state"], &staffs["role"], &staffs["came"]), (&json!("open"), &json!("staff"), &Value::Null));

        again(&ada).await.ask(&format!("/sessions/{session}/start")).await.expect(200);
        let presence = Presence::of(&bob, &session, &program);
        announce(&house, &[presence.taken("2031-03-10T10:21:00Z")]).await;
        assert_eq!(item(&bob).await["state"], "live");
        assert!(item(&bob).await["my_seconds"].is_null(), "my time is told when it is over");
        assert_eq!(item(&ada).await["came"], 1);
        assert!(item(&bob).await["came"].is_null(), "who came is staff's to see");

        move_to(&house, "2031-03-10T11:20:00Z");
        assert_eq!(item(&bob).await["state"], "live", "a class that runs over its time goes on");
        announce(&house, &[presence.left("2031-03-10T11:06:00.5Z")]).await;
        again(&ada).await.ask(&format!("/sessions/{session}/end")).await.expect(200);
        let over = item(&bob).await;
        assert_eq!((&over["state"], &over["my_seconds"]), (&json!("over"), &json!(45.0 * 60.0 + 0.5)));
        assert!(item(&cleo).await["my_seconds"].is_null());
    }

    async fn a_class_that_nobody_started_is_over_with_its_time(house: House) {
        move_to(&house, "2031-03-10T08:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Morning", "Europe/London").await;
        session(&ada, &program, "Circle", "2031-03-10T10:30:00Z", "2031-03-10T11:15:00Z").await;
        move_to(&house, "2031-03-10T11:15:00Z");
        let over = item(&ada).await;
        assert_eq!((&over["state"], &over["came"], &over["my_seconds"]), (&json!("over"), &Value::Null, &Value::Null));
    }

    async fn a_cancelled_class_stays_in_the_day(house: House) {
        move_to(&house, "2031-03-10T08:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Morning", "Europe/London").await;
        let session = session(&ada, &program, "Circle", "2031-03-10T10:30:00Z", "2031-03-10T11:15:00Z").await;
        ada.post(&format!("/sessions/{session}/cancel"), json!({"reason": "The hall is flooded."})).await.expect(200);
        let cancelled = item(&ada).await;
        assert_eq!(cancelled["state"], "cancelled");
        assert_eq!(cancelled["session"]["cancel_reason"], "The hall is flooded.");
    }

    async fn a_day_holds_what_i_am_in_and_nothing_else(house: House) {
        move_to(&house, "2031-03-10T08:00:00Z");
        let (ada, zed) = (house.instructor("Ada").await, house.instructor("Zed").await);
        let bob = house.participant("Bob").await;
        for (teacher, title) in [(&ada, "Morning"), (&zed, "Evening")] {
            let program = program(teacher, title, "Europe/London").await;
            for (name, date) in [("First", "2031-03-10"), ("Second", "2031-03-11")] {
                session(teacher, &program, name, &format!("{date}T12:00:00Z"), &format!("{date}T13:00:00Z")).await;
            }
            if title == "Morning" {
                enroll(&bob, &program).await;
                enroll(&zed, &program).await;
            }
        }
        let roles = async |person: &Person, date: &str| {
            let day = person.get(&format!("/me/day?date={date}")).await.expect(200);
            assert_eq!((&day["date"], &day["time_zone"]), (&json!(date), &json!("Europe/London")));
            let items = day["items"].as_array().unwrap();
            items.iter().map(|i| format!("{} {}", text(&i["program"]["title"]), text(&i["role"]))).collect::<Vec<_>>()
        };
        assert_eq!(roles(&bob, "2031-03-11").await, ["Morning participant"]);
        let mut both = roles(&zed, "2031-03-10").await;
        both.sort();
        assert_eq!(both, ["Evening staff", "Morning participant"]);
        assert_eq!(roles(&house.participant("Eve").await, "2031-03-10").await, Vec::<String>::new());
    }

    async fn a_date_that_is_none_is_named(house: House) {
        let bob = house.participant("Bob").await;
        for date in ["2031-02-30", "10.3.2031", "today", "", "2031-3-1", "2031-03-10T00:00:00Z"] {
            bob.get(&format!("/me/day?date={date}")).await.refused_field("date", "not-a-date");
        }
        bob.get("/me/day?day=2031-03-10").await.refused_field("day", "unknown-field");
        house.nobody().get("/me/day").await.refused(401, "sign-in-first");
        assert!(bob.get("/me/day?date=9999-12-31").await.expect(200)["items"].as_array().unwrap().is_empty());
        assert!(bob.get("/me/day?date=0001-01-01").await.expect(200)["items"].as_array().unwrap().is_empty());
    }
}
