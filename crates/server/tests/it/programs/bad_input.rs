//! Bad input: each piece meets a sentence about its field, and nothing is half-written.

use serde_json::{Value, json};

use super::{draft, enroll, path_of, published, session_in};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::{House, Reply};

both_databases! {
    async fn a_program_is_checked_field_by_field(house: House) {
        let ada = house.instructor("Ada").await;
        let cases: [(Value, &str, &str); 20] = [
            (json!({"title": "  "}), "title", "too-short"),
            (json!({"title": "x".repeat(161)}), "title", "too-long"),
            (json!({"title": "bell\u{7}"}), "title", "control-characters"),
            (json!({"title": "zero\u{0}"}), "title", "control-characters"),
            (json!({"title": 7}), "title", "wrong-type"),
            (json!({"summary": "x".repeat(501)}), "summary", "too-long"),
            (json!({"description": "x".repeat(20_001)}), "description", "too-long"),
            (json!({"kind": "party"}), "kind", "wrong-type"),
            (json!({"visibility": "secret"}), "visibility", "wrong-type"),
            (json!({"time_zone": "Mars/Olympus"}), "time_zone", "unknown-zone"),
            (json!({"capacity": 0}), "capacity", "out-of-range"),
            (json!({"capacity": 100_001}), "capacity", "out-of-range"),
            (json!({"capacity": 1.5}), "capacity", "wrong-type"),
            (json!({"capacity": "ten"}), "capacity", "wrong-type"),
            (json!({"price_cents": -1}), "price_cents", "out-of-range"),
            (json!({"price_cents": 100_000_001}), "price_cents", "out-of-range"),
            (json!({"currency": "gbp"}), "currency", "unknown-currency"),
            (json!({"join_minutes_before": 121}), "join_minutes_before", "out-of-range"),
            (json!({"icon": "rocket"}), "icon", "wrong-type"),
            (json!({"status": "published"}), "status", "unknown-field"),
        ];
        let path = path_of(&draft(&ada, json!({})).await);
        for (wrong, field, code) in cases {
            let mut input = json!({"title": "Tea", "kind": "event"});
            input.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
            ada.post("/programs", input).await.refused_field(field, code);
            ada.patch(&path, wrong).await.refused_field(field, code);
        }
        ada.post("/programs", json!({"kind": "event"})).await.refused_field("title", "missing");
        ada.post("/programs", json!({"title": "Tea"})).await.refused_field("kind", "missing");
        ada.post("/programs", json!([])).await.refused(422, "invalid-fields");
        let problem = ada.post("/programs", json!({"title": "Tea", "kind": "party"})).await.refused(422, "invalid-fields");
        let said = "“party” is no choice for “kind”. Choose one of: day_program, course, workshop, event.";
        assert_eq!(problem["detail"], said);
        let twice = r#"{"title": "Tea", "title": "Cake", "kind": "event"}"#;
        let twice = ada.request(reqwest::Method::POST, "/programs").header("content-type", "application/json").body(twice);
        let twice = Reply::read("twice".into(), twice.send().await.unwrap()).await;
        twice.refused_field("title", "twice");
        assert_eq!(ada.get("/programs").await.expect(200)["items"].as_array().unwrap().len(), 1, "nothing half-written");
        assert_eq!(ada.get(&path).await.expect(200)["title"], "Morning day program");
    }

    async fn a_session_is_checked_field_by_field(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, program) = (house.participant("Bob").await, draft(&ada, json!({"time_zone": "Europe/Berlin"})).await);
        let path = format!("{}/sessions", path_of(&program));
        let at = |from: &str, to: &str| json!({"starts_at": from, "ends_at": to});
        let wall = |from: &str, to: &str| json!({"starts_local": from, "ends_local": to});
        let mut cases = vec![
            (at("2027-01-01T10:00:00Z", "2027-01-01T09:00:00Z"), "ends_at", "ends-before-start"),
            (at("2027-01-01T10:00:00Z", "2027-01-01T10:00:00Z"), "ends_at", "ends-before-start"),
            (at("2027-01-01T10:00:00Z", "2027-01-02T10:00:01Z"), "ends_at", "too-long"),
            (at("2027-01-01T10:00:00", "2027-01-01T11:00:00Z"), "starts_at", "wrong-type"),
            (at("tomorrow", "2027-01-01T11:00:00Z"), "starts_at", "wrong-type"),
            (at("9999-12-31T23:00:00-23:00", "9999-12-31T23:30:00-23:00"), "starts_at", "out-of-range"),
            (json!({"starts_at": 1764000000}), "starts_at", "wrong-type"),
            (json!({}), "starts_at", "missing"),
            (json!({"starts_at": "2027-01-01T10:00:00Z"}), "ends_at", "missing"),
            (json!({"starts_local": "2027-01-01T10:00:00"}), "ends_local", "missing"),
            (json!({"starts_at": "2027-01-01T10:00:00Z", "ends_local": "2027-01-01T11:00:00"}), "ends_local", "mixed-forms"),
            (wall("2027-03-28T02:30:00", "2027-03-28T04:00:00"), "starts_local", "skipped-hour"),
            (wall("2027-10-31T02:30:00", "2027-10-31T04:00:00"), "starts_local", "repeated-hour"),
            (wall("2027-01-01T10:00:00Z", "2027-01-01T11:00:00Z"), "starts_local", "not-a-local-time"),
        ];
        let right = || wall("2027-01-01T10:00:00", "2027-01-01T11:00:00");
        let with = |more: Value| {
            let mut input = right();
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        cases.push((with(json!({"time_zone": "Europe/Atlantis"})), "time_zone", "unknown-zone"));
        cases.push((with(json!({"lead_id": bob.id})), "lead_id", "not-staff"));
        cases.push((with(json!({"lead_id": "ada"})), "lead_id", "wrong-type"));
        cases.push((with(json!({"state": "live"})), "state", "unknown-field"));
        cases.push((with(json!({"title": ""})), "title", "too-short"));
        cases.push((with(json!({"icon": "rocket"})), "icon", "wrong-type"));
        for (wrong, field, code) in cases {
            let mut input = json!({"title": "Tea"});
            input.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
            ada.post(&path, input).await.refused_field(field, code);
        }
        assert_eq!(ada.get(&path).await.expect(200)["items"], json!([]));
        let session = format!("/sessions/{}", ada.post(&path, with(json!({"title": "Tea"}))).await.expect(201)["id"].as_str().unwrap());
        ada.patch(&session, json!({"ends_at": "2027-01-01T08:00:00Z"})).await.refused_field("ends_at", "ends-before-start");
        ada.patch(&session, json!({"starts_local": "2027-03-28T02:30:00", "ends_local": "2027-03-28T03:30:00"})).await.refused_field("starts_local", "skipped-hour");
        ada.patch(&session, json!({"program_id": program["id"]})).await.refused_field("program_id", "unknown-field");
    }

    async fn an_hour_that_happens_twice_is_told_apart_by_its_offset(house: House) {
        let ada = house.instructor("Ada").await;
        let program = path_of(&draft(&ada, json!({"time_zone": "Europe/Berlin"})).await);
        let input = json!({"title": "Night", "starts_at": "2027-10-31T02:30:00+01:00", "ends_at": "2027-10-31T03:30:00+01:00"});
        let session = ada.post(&format!("{program}/sessions"), input).await.expect(201);
        assert_eq!((&session["starts_local"], &session["starts_at"]), (&json!("2027-10-31T02:30:00"), &json!("2027-10-31T01:30:00Z")));
    }

    async fn what_is_not_there_is_not_found(house: House) {
        let ada = house.instructor("Ada").await;
        let id = server::kit::UserId::new();
        for path in [format!("/programs/{id}"), "/programs/no-such-slug".into(), "/programs/%00".into(), "/programs/%FF".into(), "/programs/A%20B".into()] {
            ada.get(&path).await.refused(404, "not-found");
            ada.patch(&path, json!({"title": "x"})).await.refused(404, "not-found");
            ada.delete(&path).await.refused(404, "not-found");
            ada.ask(&format!("{path}/publish")).await.refused(404, "not-found");
            ada.ask(&format!("{path}/enrollments")).await.refused(404, "not-found");
            ada.get(&format!("{path}/sessions")).await.refused(404, "not-found");
        }
        for path in [format!("/sessions/{id}"), "/sessions/tea".into()] {
            ada.get(&path).await.refused(404, "not-found");
            ada.patch(&path, json!({"title": "x"})).await.refused(404, "not-found");
            ada.delete(&path).await.refused(404, "not-found");
            for verb in ["start", "end", "cancel"] {
                ada.ask(&format!("{path}/{verb}")).await.refused(404, "not-found");
            }
        }
        ada.delete(&format!("/enrollments/{id}")).await.refused(404, "not-found");
    }

    async fn odd_bodies_and_queries_meet_a_sentence(house: House) {
        let ada = house.instructor("Ada").await;
        let bob = house.participant("Bob").await;
        let program = published(&ada, json!({})).await;
        let path = format!("{program}/enrollments");
        ada.post(&path, json!({"user_id": server::kit::UserId::new()})).await.refused_field("user_id", "unknown-person");
        ada.post(&path, json!({"user_id": 5})).await.refused_field("user_id", "wrong-type");
        ada.post(&path, json!({"user": bob.id})).await.refused_field("user", "unknown-field");
        enroll(&bob, &program).await;
        let session = session_in(&house, &ada, &program, 5).await;
        ada.post(&format!("{session}/start"), json!({"now": true})).await.refused_field("now", "unknown-field");
        ada.post(&format!("{program}/publish"), json!({"at": 1})).await.refused_field("at", "unknown-field");
        for (query, field, code) in [
            ("limit=0", "limit", "out-of-range"),
            ("limit=101", "limit", "out-of-range"),
            ("after=nonsense", "after", "bad-cursor"),
            ("kind=party", "kind", "wrong-type"),
            ("mine=perhaps", "mine", "wrong-type"),
            ("title=tea", "title", "unknown-field"),
        ] {
            ada.get(&format!("/programs?{query}")).await.refused_field(field, code);
        }
        ada.get(&format!("{path}?status=gone")).await.refused_field("status", "wrong-type");
    }
}
