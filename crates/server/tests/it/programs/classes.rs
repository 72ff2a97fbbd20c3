//! Starting, ending and cancelling a class.

use serde_json::json;

use super::{enroll, facts, published, pushed, session_in};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn ada_starts_her_class_when_the_door_opens_and_ends_it(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 30).await;
        let (start, end) = (format!("{session}/start"), format!("{session}/end"));
        let planned = ada.get(&session).await.expect(200);
        let problem = ada.ask(&start).await.refused(409, "not-open-yet");
        assert_eq!(problem["params"]["can_join_at"], planned["can_join_at"]);
        ada.ask(&end).await.refused(409, "not-begun");
        house.parts.clock.advance_seconds(21 * 60);
        let ada = house.sign_in("ada@example.org").await;
        let live = ada.ask(&start).await.expect(200);
        assert_eq!((&live["state"], live["started_at"].is_string()), (&json!("live"), true));
        ada.ask(&start).await.refused(409, "already-live");
        ada.ask(&format!("{session}/cancel")).await.refused(409, "already-live");
        let over = ada.post(&end, json!({})).await.expect(200);
        assert_eq!((&over["state"], over["ended_at"].is_string()), (&json!("ended"), true));
        ada.ask(&end).await.refused(409, "already-over");
        ada.ask(&start).await.refused(409, "already-over");

        let program_id = planned["program_id"].as_str().unwrap();
        let told = pushed(&house, &format!("program:{program_id}")).await;
        let events: Vec<&str> = told.iter().map(|(event, _)| event.as_str()).collect();
        assert_eq!(events, ["session_changed", "session_started", "session_ended"]);
        assert_eq!(told[1].1, json!({"session_id": planned["id"], "program_id": program_id}));
        assert_eq!(facts(&house).await, ["session_changed", "session_started", "session_ended"]);
    }

    async fn two_presses_on_start_are_one_start(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let start = format!("{}/start", session_in(&house, &ada, &program, 5).await);
        let (a, b) = tokio::join!(ada.ask(&start), ada.ask(&start));
        let mut codes = [a.status, b.status];
        codes.sort();
        assert_eq!(codes, [200, 409]);
        assert_eq!(facts(&house).await.iter().filter(|fact| *fact == "session_started").count(), 1);
    }

    async fn a_class_that_nobody_ends_has_a_job_that_can_end_it_once(house: House) {
        use sea_orm::EntityTrait;
        use server::plumbing::jobs;
        use server::programs::run;

        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 5).await;
        let id: server::kit::SessionId = session.rsplit('/').next().unwrap().parse().unwrap();
        assert!(!run::end_by_itself(&house.parts, id).await.unwrap(), "it has not begun");
        let live = ada.ask(&format!("{session}/start")).await.expect(200);
        let jobs = jobs::Entity::find().all(house.parts.db.read()).await.unwrap();
        let job = jobs.iter().find(|job| job.unique_key == Some(format!("end-session:{id}"))).expect("a job");
        let ends = server::kit::At::parse(live["ends_at"].as_str().unwrap()).unwrap();
        assert_eq!((job.kind.as_str(), job.run_at), ("end-session", ends.plus_minutes(15)));
        assert!(run::end_by_itself(&house.parts, id).await.unwrap());
        assert!(!run::end_by_itself(&house.parts, id).await.unwrap(), "once");
        assert_eq!(ada.get(&session).await.expect(200)["state"], "ended");
    }

    async fn a_class_whose_time_is_over_is_not_started(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 5).await;
        house.parts.clock.advance_seconds(66 * 60);
        let ada = house.sign_in("ada@example.org").await;
        ada.ask(&format!("{session}/start")).await.refused(409, "already-over");
    }

    async fn a_cancelled_class_says_why_and_does_not_start(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 5).await;
        let cancel = format!("{session}/cancel");
        ada.post(&cancel, json!({"reason": "x".repeat(301)})).await.refused_field("reason", "too-long");
        ada.post(&cancel, json!({"why": "no"})).await.refused_field("why", "unknown-field");
        let cancelled = ada.post(&cancel, json!({"reason": "Ada is ill."})).await.expect(200);
        assert_eq!((&cancelled["state"], &cancelled["cancel_reason"]), (&json!("cancelled"), &json!("Ada is ill.")));
        ada.ask(&cancel).await.refused(409, "cancelled");
        ada.ask(&format!("{session}/start")).await.refused(409, "cancelled");
        ada.ask(&format!("{session}/end")).await.refused(409, "cancelled");
        let program_id = cancelled["program_id"].as_str().unwrap();
        assert_eq!(pushed(&house, &format!("program:{program_id}")).await.last().unwrap().0, "session_cancelled");
    }

    async fn only_staff_run_a_class(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, eve) = (house.participant("Bob").await, house.instructor("Eve").await);
        let program = published(&ada, json!({})).await;
        enroll(&bob, &program).await;
        let session = session_in(&house, &ada, &program, 5).await;
        for verb in ["start", "end", "cancel"] {
            let path = format!("{session}/{verb}");
            bob.ask(&path).await.refused(403, "may-not");
            eve.ask(&path).await.refused(403, "may-not");
            house.nobody().ask(&path).await.refused(401, "sign-in-first");
        }
        house.admin().await.ask(&format!("{session}/start")).await.expect(200);
    }
}
