//! The timetable: when sessions are, how they move, what stays.

use serde_json::{Value, json};

use server::kit::At;

use super::{draft, enroll, path_of, published, session_in};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::{House, Person, Reply};

fn titles(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|s| s["title"].as_str().unwrap()).collect()
}

/// The titles of what somebody attends or teaches, or looks after, on the second of February 2027, with their side.
async fn day(house: &House, who: &Person, as_staff: bool) -> Vec<String> {
    use server::accounts::caller::from_token;
    use server::programs::timetable;
    let caller = from_token(&house.parts, who.token.as_ref().unwrap()).await.unwrap();
    let (from, to) = (At::parse("2027-02-02T00:00:00Z").unwrap(), At::parse("2027-02-03T00:00:00Z").unwrap());
    let conn = house.parts.db.read();
    let slots = match as_staff {
        true => timetable::sessions_for_staff(conn, &caller, from, to).await.unwrap(),
        false => timetable::sessions_for_user(conn, &caller, from, to).await.unwrap(),
    };
    slots.iter().map(|(session, _, role)| format!("{} {role:?}", session.title)).collect()
}

both_databases! {
    async fn each_has_their_own_day(house: House) {
        let (ada, eve) = (house.instructor("Ada").await, house.instructor("Eve").await);
        let (bob, cem) = (house.participant("Bob").await, house.participant("Cem").await);
        let hers = published(&ada, json!({"capacity": 1})).await;
        let others = published(&eve, json!({})).await;
        for (who, program, title, from, to) in [
            (&ada, &hers, "late", "2027-02-02T23:00:00Z", "2027-02-03T01:00:00Z"),
            (&ada, &hers, "early", "2027-02-02T09:00:00Z", "2027-02-02T10:00:00Z"),
            (&ada, &hers, "before", "2027-02-01T23:00:00Z", "2027-02-02T00:00:00Z"),
            (&eve, &others, "noon", "2027-02-02T12:00:00Z", "2027-02-02T13:00:00Z"),
        ] {
            let input = json!({"title": title, "starts_at": from, "ends_at": to});
            who.post(&format!("{program}/sessions"), input).await.expect(201);
        }
        enroll(&bob, &hers).await;
        enroll(&cem, &hers).await;
        enroll(&ada, &others).await;
        assert_eq!(day(&house, &bob, false).await, ["early Participant", "late Participant"]);
        assert_eq!(day(&house, &cem, false).await, [] as [&str; 0], "he waits in line");
        assert_eq!(day(&house, &ada, false).await, ["early Staff", "noon Participant", "late Staff"]);
        assert_eq!(day(&house, &ada, true).await, ["early Staff", "late Staff"]);
        assert_eq!(day(&house, &bob, true).await, [] as [&str; 0]);
        assert_eq!(day(&house, &house.admin().await, true).await, ["early Staff", "noon Staff", "late Staff"]);
    }

    async fn a_session_keeps_its_wall_clock_time(house: House) {
        let ada = house.instructor("Ada").await;
        let program = path_of(&draft(&ada, json!({"time_zone": "Europe/Berlin", "icon": "tea", "tone": "moss"})).await);
        let input = json!({"title": "Tea", "starts_local": "2027-03-26T10:30:00", "ends_local": "2027-03-26T11:15", "lead_id": ada.id});
        let session = ada.post(&format!("{program}/sessions"), input).await.expect(201);
        assert_eq!((&session["starts_at"], &session["ends_at"]), (&json!("2027-03-26T09:30:00Z"), &json!("2027-03-26T10:15:00Z")));
        assert_eq!((&session["can_join_at"], &session["time_zone"]), (&json!("2027-03-26T09:20:00Z"), &json!("Europe/Berlin")));
        assert_eq!((&session["icon"], &session["tone"], &session["lead"]), (&json!("tea"), &json!("moss"), &json!({"id": ada.id, "name": "Ada"})));
        let path = format!("/sessions/{}", session["id"].as_str().unwrap());
        // Two days later the clocks have gone forward: the same time on the wall is another instant.
        let moved = json!({"starts_local": "2027-03-29T10:30:00", "ends_local": "2027-03-29T11:15:00", "tone": "plum", "lead_id": null});
        let moved = ada.patch(&path, moved).await.expect(200);
        assert_eq!((&moved["starts_at"], &moved["tone"], &moved["lead"]), (&json!("2027-03-29T08:30:00Z"), &json!("plum"), &json!(null)));
        let london = ada.patch(&path, json!({"time_zone": "Europe/London"})).await.expect(200);
        assert_eq!((&london["starts_local"], &london["starts_at"]), (&json!("2027-03-29T10:30:00"), &json!("2027-03-29T09:30:00Z")));
    }

    async fn sessions_come_in_the_order_of_time_between_two_days(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({"time_zone": "America/New_York"})).await;
        let path = format!("{program}/sessions");
        for (title, day, hour) in [("late", 2, 22), ("next", 3, 9), ("early", 2, 9), ("before", 1, 9)] {
            let input = json!({"title": title, "starts_local": format!("2027-02-0{day}T{hour:02}:00:00"),
                "ends_local": format!("2027-02-0{day}T{hour:02}:50:00")});
            ada.post(&path, input).await.expect(201);
        }
        assert_eq!(titles(&ada.get(&path).await.expect(200)), ["before", "early", "late", "next"]);
        let day = house.nobody().get(&format!("{path}?from=2027-02-02&to=2027-02-02")).await.expect(200);
        assert_eq!(titles(&day), ["early", "late"], "a date is a day of the program's zone");
        let from = ada.get(&format!("{path}?from=2027-02-03T00:00:00Z")).await.expect(200);
        assert_eq!(titles(&from), ["late", "next"]);
        let first = ada.get(&format!("{path}?limit=3")).await.expect(200);
        let rest = ada.get(&format!("{path}?limit=3&after={}", first["next"].as_str().unwrap())).await.expect(200);
        assert_eq!((titles(&rest), &rest["next"]), (vec!["next"], &json!(null)));
        ada.get(&format!("{path}?from=yesterday")).await.refused_field("from", "not-a-time");
    }

    async fn a_class_that_began_keeps_its_time(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 5).await;
        ada.ask(&format!("{session}/start")).await.expect(200);
        let changed = ada.patch(&session, json!({"title": "Tea, long", "summary": "With cake"})).await.expect(200);
        assert_eq!((&changed["title"], &changed["summary"]), (&json!("Tea, long"), &json!("With cake")));
        for patch in [json!({"ends_at": "2030-01-01T10:00:00Z"}), json!({"time_zone": "Europe/Paris"}), json!({"lead_id": null})] {
            ada.patch(&session, patch).await.refused(409, "already-begun");
        }
        ada.delete(&session).await.refused(409, "has-history");
    }

    async fn a_session_that_never_began_can_be_taken_away(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let (planned, cancelled) = (session_in(&house, &ada, &program, 60).await, session_in(&house, &ada, &program, 60).await);
        ada.ask(&format!("{cancelled}/cancel")).await.expect(200);
        for session in [planned, cancelled] {
            ada.delete(&session).await.expect(204);
            ada.get(&session).await.refused(404, "not-found");
            ada.delete(&session).await.refused(404, "not-found");
            ada.ask(&format!("{session}/start")).await.refused(404, "not-found");
        }
    }

    async fn a_stale_change_of_a_session_is_refused(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 60).await;
        let seen = ada.get(&session).await.headers["etag"].to_str().unwrap().to_string();
        ada.patch(&session, json!({"title": "First"})).await.expect(200);
        let stale = ada.request(reqwest::Method::PATCH, &session).header("if-match", &seen).json(&json!({"title": "Second"}));
        Reply::read("stale".into(), stale.send().await.unwrap()).await.refused(412, "changed-meanwhile");
        assert_eq!(ada.get(&session).await.expect(200)["title"], "First");
    }

    async fn a_session_says_what_it_will_do(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let step = |minute: i64, title: &str| json!({"minute": minute, "title": title});
        let plan = json!([step(0, "Breathe"), step(10, "Arms"), step(25, "Rest")]);
        let new = |plan: &Value| json!({"title": "Movement", "starts_at": "2027-03-01T10:00:00Z", "ends_at": "2027-03-01T10:30:00Z", "plan": plan});
        let made = ada.post(&format!("{program}/sessions"), new(&plan)).await.expect(201);
        assert_eq!(made["plan"], plan);
        let session = format!("/sessions/{}", made["id"].as_str().unwrap());
        for (wrong, field, code) in [
            (json!([step(30, "Too late")]), "plan", "after-the-end"),
            (json!([step(10, "b"), step(10, "a")]), "plan", "not-in-order"),
            (json!([step(-1, "Before")]), "plan[0].minute", "out-of-range"),
            (json!([step(0, " ")]), "plan[0].title", "too-short"),
            (json!((0..13).map(|m| step(m, "x")).collect::<Vec<_>>()), "plan", "too-long"),
        ] {
            ada.post(&format!("{program}/sessions"), new(&wrong)).await.refused_field(field, code);
            ada.patch(&session, json!({"plan": wrong})).await.refused_field(field, code);
        }
        ada.patch(&session, json!({"plan": [{"minute": 1}]})).await.refused(422, "invalid-fields");
        let changed = ada.patch(&session, json!({"plan": []})).await.expect(200);
        assert_eq!(changed["plan"], json!([]));
    }
}
