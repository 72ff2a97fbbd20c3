//! Who makes join links, and how far one reaches.

use serde_json::json;

use super::{enroll, published, session_in};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn staff_make_links_for_the_people_in_their_programs(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, eve) = (house.participant("Bob").await, house.instructor("Eve").await);
        let program = published(&ada, json!({})).await;
        let path = format!("/users/{}/join_link", bob.id);
        ada.ask(&path).await.refused(404, "not-found");
        let row = enroll(&bob, &program).await;
        let link = ada.ask(&path).await.expect(201);
        assert!(link["url"].as_str().unwrap().contains("/j#"));
        eve.ask(&path).await.refused(404, "not-found");
        bob.ask(&path).await.refused(403, "may-not");
        house.nobody().ask(&path).await.refused(401, "sign-in-first");
        eve.delete(&path).await.refused(404, "not-found");
        ada.delete(&path).await.expect(204);
        ada.delete(&path).await.refused(404, "not-found");
        house.admin().await.ask(&path).await.expect(201);
        bob.delete(&format!("/enrollments/{}", row["id"].as_str().unwrap())).await.expect(204);
        ada.ask(&path).await.refused(404, "not-found");
        ada.ask(&format!("/users/{}/join_link", uuid())).await.refused(404, "not-found");
    }

    async fn who_comes_by_a_link_sees_their_programs_and_does_not_choose_new_ones(house: House) {
        let ada = house.instructor("Ada").await;
        let bob = house.participant("Bob").await;
        let (mine, other) = (published(&ada, json!({})).await, published(&ada, json!({})).await);
        let row = enroll(&bob, &mine).await;
        let link = ada.ask(&format!("/users/{}/join_link", bob.id)).await.expect(201);
        let token = link["url"].as_str().unwrap().split('#').nth(1).unwrap().to_string();
        let tablet = house.nobody();
        let tablet = tablet.signed_in(&tablet.post("/auth/link", json!({"token": token})).await.expect(200));
        assert_eq!(tablet.get(&mine).await.expect(200)["my"]["enrollment"]["status"], "active");
        tablet.ask(&format!("{other}/enrollments")).await.refused(403, "may-not");
        tablet.delete(&format!("/enrollments/{}", row["id"].as_str().unwrap())).await.refused(403, "may-not");
        tablet.get(&format!("{mine}/enrollments")).await.refused(403, "may-not");
        let session = session_in(&house, &ada, &mine, 5).await;
        tablet.ask(&format!("{session}/start")).await.refused(403, "may-not");
    }
}

fn uuid() -> String {
    server::kit::UserId::new().to_string()
}
