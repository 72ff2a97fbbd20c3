//! Making, changing, publishing, archiving and deleting programs.

use serde_json::json;

use super::{draft, enroll, path_of, published, session_in};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::{House, Reply};

fn etag(reply: &Reply) -> String {
    reply.headers["etag"].to_str().unwrap().to_string()
}

both_databases! {
    async fn ada_makes_a_program_and_leads_it(house: House) {
        let ada = house.instructor("Ada").await;
        let program = draft(&ada, json!({"title": "Évening Choir", "capacity": 12, "price_cents": 1250, "currency": "EUR"})).await;
        assert_eq!((&program["slug"], &program["status"]), (&json!("evening-choir"), &json!("draft")));
        assert_eq!(program["staff"], json!([{"user": {"id": ada.id, "name": "Ada"}, "part": "lead"}]));
        assert_eq!(program["my"], json!({"part": "lead", "enrollment": null}));
        assert_eq!((&program["places_left"], &program["join_minutes_before"]), (&json!(12), &json!(10)));
        assert_eq!(program["time_zone"], "Europe/London", "hers, when not said");
        let by_slug = ada.get("/programs/evening-choir").await.expect(200);
        assert_eq!(by_slug["id"], program["id"]);
        let bob = house.participant("Bob").await;
        bob.post("/programs", json!({"title": "Mine", "kind": "course"})).await.refused(403, "may-not");
        house.nobody().post("/programs", json!({"title": "Mine", "kind": "course"})).await.refused(401, "sign-in-first");
    }

    async fn programs_of_one_title_have_addresses_of_their_own(house: House) {
        let ada = house.instructor("Ada").await;
        let input = || json!({"title": "Tea", "kind": "event"});
        let (a, b) = tokio::join!(ada.post("/programs", input()), ada.post("/programs", input()));
        let mut slugs = [a.expect(201)["slug"].clone(), b.expect(201)["slug"].clone()].map(|s| s.as_str().unwrap().to_string());
        slugs.sort();
        assert_eq!(slugs, ["tea", "tea-2"]);
        assert_eq!(draft(&ada, json!({"title": "Tea"})).await["slug"], "tea-3");
        assert_eq!(draft(&ada, json!({"title": "茶"})).await["slug"], "program");
    }

    async fn a_stale_change_is_refused_and_nothing_is_lost(house: House) {
        let ada = house.instructor("Ada").await;
        let path = path_of(&draft(&ada, json!({})).await);
        let seen = etag(&ada.get(&path).await);
        let first = ada.request(reqwest::Method::PATCH, &path).header("if-match", &seen).json(&json!({"summary": "Hers."}));
        let first = Reply::read("first".into(), first.send().await.unwrap()).await;
        assert_ne!(etag(&first), seen);
        first.expect(200);
        let second = ada.request(reqwest::Method::PATCH, &path).header("if-match", &seen).json(&json!({"summary": "His."}));
        Reply::read("second".into(), second.send().await.unwrap()).await.refused(412, "changed-meanwhile");
        assert_eq!(ada.get(&path).await.expect(200)["summary"], "Hers.");
        ada.patch(&path, json!({"title": "Renamed"})).await.expect(200);
        let now = ada.get(&path).await.expect(200);
        assert_eq!((&now["title"], &now["slug"], &now["summary"]), (&json!("Renamed"), &json!("morning-day-program"), &json!("Hers.")));
    }

    async fn only_its_staff_change_a_program(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, eve) = (house.participant("Bob").await, house.instructor("Eve").await);
        let hidden = path_of(&draft(&ada, json!({})).await);
        let open = published(&ada, json!({})).await;
        enroll(&bob, &open).await;
        for (path, who, status, code) in
            [(&hidden, &eve, 404, "not-found"), (&open, &eve, 403, "may-not"), (&open, &bob, 403, "may-not")]
        {
            who.patch(path, json!({"title": "Mine now"})).await.refused(status, code);
            who.delete(path).await.refused(status, code);
            who.ask(&format!("{path}/publish")).await.refused(status, code);
            who.ask(&format!("{path}/archive")).await.refused(status, code);
            who.get(&format!("{path}/enrollments")).await.refused(status, code);
            let session = json!({"title": "Mine", "starts_at": "2027-01-01T10:00:00Z", "ends_at": "2027-01-01T11:00:00Z"});
            who.post(&format!("{path}/sessions"), session).await.refused(status, code);
        }
        house.admin().await.patch(&hidden, json!({"title": "By the admin"})).await.expect(200);
    }

    async fn publishing_and_archiving_happen_once_and_can_be_taken_back(house: House) {
        let ada = house.instructor("Ada").await;
        let path = path_of(&draft(&ada, json!({})).await);
        assert_eq!(ada.ask(&format!("{path}/publish")).await.expect(200)["status"], "published");
        ada.ask(&format!("{path}/publish")).await.refused(409, "already-published");
        let session = session_in(&house, &ada, &path, 5).await;
        ada.ask(&format!("{session}/start")).await.expect(200);
        ada.ask(&format!("{path}/archive")).await.refused(409, "already-live");
        ada.ask(&format!("{session}/end")).await.expect(200);
        assert_eq!(ada.ask(&format!("{path}/archive")).await.expect(200)["status"], "archived");
        ada.ask(&format!("{path}/archive")).await.refused(409, "already-archived");
        assert_eq!(ada.ask(&format!("{path}/publish")).await.expect(200)["status"], "published");
    }

    async fn a_program_is_deleted_only_while_nobody_was_in_it(house: House) {
        let ada = house.instructor("Ada").await;
        let bob = house.participant("Bob").await;
        let path = path_of(&draft(&ada, json!({})).await);
        let session = session_in(&house, &ada, &path, 60).await;
        ada.delete(&path).await.expect(204);
        ada.get(&path).await.refused(404, "not-found");
        ada.get(&session).await.refused(404, "not-found");
        ada.delete(&path).await.refused(404, "not-found");
        ada.patch(&path, json!({"title": "Gone"})).await.refused(404, "not-found");

        let kept = published(&ada, json!({})).await;
        let row = enroll(&bob, &kept).await;
        bob.delete(&format!("/enrollments/{}", row["id"].as_str().unwrap())).await.expect(204);
        ada.delete(&kept).await.refused(409, "has-history");
        let begun = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &begun, 5).await;
        ada.ask(&format!("{session}/start")).await.expect(200);
        ada.delete(&begun).await.refused(409, "has-history");
    }
}
