//! `Idempotency-Key`: what is sent twice with one key is done once, and answered alike.

use reqwest::Method;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Value, json};
use server::app::operate;
use server::plumbing::answers;

use crate::both_databases;
use crate::live::Class;
use crate::programs::{published, session_in};
use crate::util::{House, Peer, Person, Reply};

async fn send(who: &Person, path: &str, key: &str, body: &Value) -> Reply {
    let request = who.request(Method::POST, path).header("idempotency-key", key);
    Reply::read(format!("POST {path}"), request.json(body).send().await.unwrap()).await
}

/// The whole answer, as far as it must be the same again.
fn whole(reply: &Reply) -> (u16, String, Vec<Option<String>>) {
    let header = |name: &str| reply.headers.get(name).map(|v| v.to_str().unwrap().to_string());
    (reply.status, reply.text.clone(), ["content-type", "location", "etag"].map(header).to_vec())
}

fn is_again(reply: &Reply) -> bool {
    reply.headers.get("idempotency-replayed").is_some_and(|v| v == "true")
}

async fn count(who: &Person, path: &str) -> usize {
    who.get(path).await.expect(200)["items"].as_array().unwrap().len()
}

async fn row(house: &House) -> answers::Model {
    answers::Entity::find().one(house.parts.db.read()).await.unwrap().expect("a kept answer")
}

both_databases! {
    async fn whatever_is_made_is_made_once(house: House) {
        let (helen, ada) = (house.admin().await, house.instructor("Ada").await);
        let bob = house.participant("Bob").await;
        let program = published(&ada, json!({})).await;
        let starts = house.parts.clock.now().plus_minutes(60);
        let session = json!({"title": "Tea", "starts_at": starts, "ends_at": starts.plus_minutes(30)});
        let (sessions, enrollments) = (format!("{program}/sessions"), format!("{program}/enrollments"));
        let weekly = json!({"title": "Tea", "starts_local": "2027-03-01T10:00", "ends_local": "2027-03-01T11:00", "rule": "FREQ=WEEKLY;COUNT=3"});
        for (who, path, body, lists) in [
            (&ada, "/programs", json!({"title": "Pottery", "kind": "course"}), vec![("/programs", 2)]),
            (&ada, &sessions, session, vec![(sessions.as_str(), 1)]),
            (&ada, &format!("{program}/series"), weekly, vec![(sessions.as_str(), 4)]),
            (&bob, &enrollments, json!({}), vec![]),
            (&helen, "/users", json!({"name": "Cleo"}), vec![("/users", 4)]),
            (&helen, &format!("/users/{}/join_link", bob.id), json!({}), vec![]),
        ] {
            let first = send(who, path, "once", &body).await;
            assert_eq!((first.status, is_again(&first)), (201, false), "{path}: {}", first.text);
            for _ in 0..2 {
                let again = send(who, path, "once", &body).await;
                assert!(is_again(&again));
                assert_eq!(whole(&again), whole(&first), "{path}");
            }
            for (list, length) in lists {
                assert_eq!(count(who, list).await, length, "{list}");
            }
            // The next request has a key of its own: the answer is another.
            let mut other = answers::Entity::find().all(house.parts.db.read()).await.unwrap();
            assert_eq!(other.len(), 1);
            let kept = other.remove(0);
            assert!(!kept.answer.as_ref().unwrap().contains("http"), "answers are sealed: {kept:?}");
            answers::Entity::delete_many().exec(house.parts.db.read()).await.unwrap();
        }
        assert_eq!(count(&ada, &enrollments).await, 1);
    }

    async fn a_publisher_that_asks_twice_has_one_seat(house: House) {
        let class = Class::live(&house).await;
        let peer = Peer::publisher();
        let offer = async || {
            let request = class.bob.request(Method::POST, &format!("{}/whip", class.session));
            let request = request.header("content-type", "application/sdp").header("idempotency-key", "camera-1");
            Reply::read("whip".into(), request.body(peer.offer.clone()).send().await.unwrap()).await
        };
        let first = offer().await;
        assert_eq!(first.status, 201, "{}", first.text);
        assert!(first.headers["location"].to_str().unwrap().contains("/whip/"));
        let again = offer().await;
        assert_eq!(whole(&again), whole(&first));
    }

    async fn a_key_belongs_to_one_request_of_one_caller(house: House) {
        let (ada, zed) = (house.instructor("Ada").await, house.instructor("Zed").await);
        let program = published(&ada, json!({})).await;
        let pottery = json!({"title": "Pottery", "kind": "course"});
        let first = send(&ada, "/programs", "k", &pottery).await.expect(201);
        send(&ada, "/programs", "k", &json!({"title": "Painting", "kind": "course"})).await
            .refused(422, "idempotency-key-reused");
        send(&ada, &format!("{program}/sessions"), "k", &pottery).await.refused(422, "idempotency-key-reused");
        let theirs = send(&zed, "/programs", "k", &pottery).await.expect(201);
        assert_ne!(theirs["id"], first["id"], "another person's keys are their own");
        // A fresh token is the same caller.
        let ada = ada.signed_in(&ada.post("/auth/refresh", json!({})).await.expect(200));
        assert_eq!(send(&ada, "/programs", "k", &pottery).await.expect(201), first);
        house.nobody().post("/programs", pottery.clone()).await.refused(401, "sign-in-first");
        send(&house.nobody(), "/programs", "k", &pottery).await.refused(401, "sign-in-first");
    }

    async fn of_twins_at_once_one_acts(house: House) {
        let ada = house.instructor("Ada").await;
        let body = json!({"title": "Pottery", "kind": "course"});
        let twins = (0..8).map(|_| send(&ada, "/programs", "twins", &body));
        let mut made = Vec::new();
        for reply in futures::future::join_all(twins).await {
            match reply.status {
                201 => made.push(reply.json()),
                _ => {
                    assert_eq!(reply.headers["retry-after"], "1");
                    reply.refused(409, "idempotency-key-in-use");
                }
            }
        }
        assert!(!made.is_empty() && made.iter().all(|answer| *answer == made[0]), "{made:?}");
        assert_eq!(count(&ada, "/programs").await, 1);
        assert_eq!(send(&ada, "/programs", "twins", &body).await.expect(201), made[0]);
    }

    async fn a_refusal_is_given_again_too(house: House) {
        let ada = house.instructor("Ada").await;
        let bad = json!({"title": "", "kind": "course"});
        let first = send(&ada, "/programs", "k", &bad).await;
        assert_eq!(first.status, 422);
        let again = send(&ada, "/programs", "k", &bad).await;
        assert!(is_again(&again));
        assert_eq!(whole(&again), whole(&first));
        again.refused_field("title", "too-short");
        assert!(!row(&house).await.acted, "nothing was done");
    }

    async fn after_a_day_the_key_is_free_and_the_answer_forgotten(house: House) {
        let ada = house.instructor("Ada").await;
        let body = json!({"title": "Pottery", "kind": "course"});
        let first = send(&ada, "/programs", "k", &body).await.expect(201);
        operate::tidy(&house.parts).await.unwrap();
        let again = async || ada.signed_in(&ada.post("/auth/refresh", json!({})).await.expect(200));
        house.parts.clock.advance_seconds(24 * 3600 - 60);
        assert_eq!(send(&again().await, "/programs", "k", &body).await.expect(201), first);
        house.parts.clock.advance_seconds(120);
        assert_ne!(send(&again().await, "/programs", "k", &body).await.expect(201)["id"], first["id"]);
        house.parts.clock.advance_seconds(25 * 3600);
        operate::tidy(&house.parts).await.unwrap();
        assert_eq!(answers::Entity::find().count(house.parts.db.read()).await.unwrap(), 0);
    }

    async fn a_request_that_was_cut_off_is_done_anew_only_if_it_had_no_effect(house: House) {
        let ada = house.instructor("Ada").await;
        let body = json!({"title": "Pottery", "kind": "course"});
        let first = send(&ada, "/programs", "k", &body).await.expect(201);
        // As a crash leaves it between the effect and the answer, and long ago.
        let cut_off = async |acted: bool| {
            let mut row = row(&house).await.into_active_model();
            (row.answer, row.acted) = (Set(None), Set(acted));
            answers::Entity::update(row).exec(house.parts.db.read()).await.unwrap();
        };
        cut_off(true).await;
        send(&ada, "/programs", "k", &body).await.refused(409, "idempotency-key-in-use");
        house.parts.clock.advance_seconds(61);
        send(&ada, "/programs", "k", &body).await.refused(409, "idempotency-answer-lost");
        cut_off(false).await;
        assert_ne!(send(&ada, "/programs", "k", &body).await.expect(201)["id"], first["id"]);
        assert!(row(&house).await.acted);
    }

    async fn a_key_that_is_none_is_refused_with_what_would_be_one(house: House) {
        let ada = house.instructor("Ada").await;
        let body = json!({"title": "Pottery", "kind": "course"});
        for key in ["", "two words", &"x".repeat(201), "tab\there"] {
            send(&ada, "/programs", key, &body).await.refused_field("Idempotency-Key", "not-a-key");
        }
        let request = ada.request(Method::POST, "/programs").json(&body);
        let bytes = reqwest::header::HeaderValue::from_bytes("clé".as_bytes()).unwrap();
        let reply = request.header("idempotency-key", bytes).send().await.unwrap();
        Reply::read("not ASCII".into(), reply).await.refused_field("Idempotency-Key", "not-a-key");
        let request = ada.request(Method::POST, "/programs").json(&body);
        let reply = request.header("idempotency-key", "a").header("idempotency-key", "b").send().await.unwrap();
        Reply::read("two keys".into(), reply).await.refused_field("Idempotency-Key", "not-a-key");
        assert_eq!(count(&ada, "/programs").await, 0);
        send(&ada, "/programs", &"x".repeat(200), &body).await.expect(201);
        // Where nothing is made the header means nothing.
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 5).await;
        send(&ada, &format!("{session}/start"), "", &json!({})).await.expect(200);
    }

    async fn the_description_says_where_keys_are_taken(house: House) {
        let document = house.nobody().get("/api/openapi.json").await.expect(200);
        let mut taking = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let named = |p: &Value| p["name"] == "Idempotency-Key" && p["in"] == "header";
                if operation["parameters"].as_array().is_some_and(|all| all.iter().any(named)) {
                    assert!(method == "post" && operation["responses"]["422"].is_object());
                    taking.push(path.trim_start_matches("/api/v1").to_string());
                }
            }
        }
        taking.sort();
        let expected = ["/me/calendars", "/programs", "/programs/{id}/enrollments", "/programs/{id}/series", "/programs/{id}/sessions",
            "/sessions/{id}/caption_link", "/sessions/{id}/whep",
            "/sessions/{id}/whip", "/users", "/users/{id}/join_link"];
        assert_eq!(taking, expected);
    }
}
