//! Who finds which program, in the list and by its address.

use serde_json::{Value, json};

use super::{draft, enroll, path_of, published, session_in};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::{House, Person};

async fn titles(who: &Person, query: &str) -> Vec<String> {
    let page = who.get(&format!("/programs{query}")).await.expect(200);
    let title = |program: &Value| program["title"].as_str().unwrap().to_string();
    page["items"].as_array().unwrap().iter().map(title).collect()
}

both_databases! {
    async fn everybody_finds_what_is_theirs_to_find(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, eve) = (house.participant("Bob").await, house.instructor("Eve").await);
        let (admin, nobody) = (house.admin().await, house.nobody());
        let paths = [
            path_of(&draft(&ada, json!({"title": "draft"})).await),
            published(&ada, json!({"title": "public"})).await,
            published(&ada, json!({"title": "by link", "visibility": "link"})).await,
            published(&ada, json!({"title": "private", "visibility": "private"})).await,
            published(&ada, json!({"title": "archived"})).await,
        ];
        for path in [&paths[3], &paths[4]] {
            ada.post(&format!("{path}/enrollments"), json!({"user_id": bob.id})).await.expect(201);
        }
        ada.ask(&format!("{}/archive", paths[4])).await.expect(200);
        for (who, sees) in [
            (&ada, [200, 200, 200, 200, 200]),
            (&admin, [200, 200, 200, 200, 200]),
            (&bob, [404, 200, 200, 200, 200]),
            (&eve, [404, 200, 200, 404, 404]),
            (&nobody, [404, 200, 200, 404, 404]),
        ] {
            for (path, status) in paths.iter().zip(sees) {
                assert_eq!(who.get(path).await.status, status, "{} {path}", who.name);
                assert_eq!(who.get(&format!("{path}/sessions")).await.status, status, "{} {path}", who.name);
            }
        }
        assert_eq!(titles(&nobody, "").await, ["public"]);
        assert_eq!(titles(&eve, "").await, ["public"]);
        assert_eq!(titles(&bob, "").await, ["archived", "private", "public"]);
        assert_eq!(titles(&bob, "?mine=true").await, ["archived", "private"]);
        assert_eq!(titles(&ada, "").await, ["archived", "private", "by link", "public", "draft"]);
        assert_eq!(titles(&admin, "?mine=true").await, [] as [&str; 0]);
        assert_eq!(titles(&admin, "").await.len(), 5);
        assert_eq!(titles(&nobody, "?mine=true").await, [] as [&str; 0]);
    }

    async fn the_list_shows_where_one_stands(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, cem) = (house.participant("Bob").await, house.participant("Cem").await);
        let program = published(&ada, json!({"capacity": 1, "kind": "workshop"})).await;
        enroll(&bob, &program).await;
        let cems = enroll(&cem, &program).await;
        for who in [&ada, &bob, &cem, &house.nobody()] {
            let list = who.get("/programs").await.expect(200);
            assert_eq!(list["items"][0], who.get(&program).await.expect(200), "the list shows the same as the detail");
        }
        let item = cem.get("/programs?kind=workshop").await.expect(200)["items"][0].clone();
        assert_eq!(item["my"]["enrollment"], json!({"id": cems["id"], "status": "waitlisted", "place_in_line": 1}));
        assert_eq!(house.nobody().get("/programs").await.expect(200)["items"][0]["my"], json!(null));
        assert_eq!(titles(&cem, "?kind=course").await, [] as [&str; 0]);
    }

    async fn the_list_turns_its_pages_without_a_gap(house: House) {
        let ada = house.instructor("Ada").await;
        for n in 0..5 {
            published(&ada, json!({"title": format!("Number {n}")})).await;
        }
        let mut seen = Vec::new();
        let mut query = "?limit=2".to_string();
        loop {
            let page = ada.get(&format!("/programs{query}")).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|p| p["title"].as_str().unwrap().to_string()));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=2&after={next}");
        }
        assert_eq!(seen, ["Number 4", "Number 3", "Number 2", "Number 1", "Number 0"]);
    }

    async fn a_session_is_seen_by_whom_its_program_is_seen(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, eve) = (house.participant("Bob").await, house.participant("Eve").await);
        let program = published(&ada, json!({"visibility": "private"})).await;
        ada.post(&format!("{program}/enrollments"), json!({"user_id": bob.id})).await.expect(201);
        let session = session_in(&house, &ada, &program, 60).await;
        assert_eq!(bob.get(&session).await.expect(200)["state"], "scheduled");
        eve.get(&session).await.refused(404, "not-found");
        eve.ask(&format!("{session}/start")).await.refused(404, "not-found");
        eve.patch(&session, json!({"title": "Mine"})).await.refused(404, "not-found");
        house.nobody().get(&session).await.refused(401, "sign-in-first");
    }
}
