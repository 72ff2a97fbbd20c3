//! What admins do with people, and what others may not.

use serde_json::json;

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn only_admins_see_and_change_people(house: House) {
        let bob = house.participant("Bob").await;
        let ada = house.instructor("Ada").await;
        for person in [&bob, &ada] {
            person.get("/users").await.refused(403, "may-not");
            person.get(&format!("/users/{}", bob.id)).await.refused(403, "may-not");
            person.patch(&format!("/users/{}", bob.id), json!({"role": "admin"})).await.refused(403, "may-not");
            person.post("/users", json!({"name": "X"})).await.refused(403, "may-not");
        }
        house.nobody().get("/users").await.refused(401, "sign-in-first");
    }

    async fn the_list_of_people_is_paged_and_searched_without_accents(house: House) {
        let admin = house.admin().await;
        for name in ["Zoë Ångström", "Bob One", "Bob Two", "Bob Three"] {
            admin.post("/users", json!({"name": name})).await.expect(201);
        }
        let first = admin.get("/users?q=bob&limit=2").await.expect(200);
        assert_eq!(first["items"].as_array().unwrap().len(), 2);
        let next = first["next"].as_str().unwrap();
        let second = admin.get(&format!("/users?q=bob&limit=2&after={next}")).await.expect(200);
        assert_eq!(second["items"].as_array().unwrap().len(), 1);
        assert!(second["next"].is_null());
        assert_eq!(admin.get("/users?q=zoe%20ANG").await.expect(200)["items"][0]["name"], "Zoë Ångström");
        admin.get("/users?limit=0").await.refused_field("limit", "out-of-range");
        admin.get("/users?limit=101").await.refused_field("limit", "out-of-range");
        admin.get("/users?after=nonsense").await.refused_field("after", "bad-cursor");
        admin.get("/users?limit=many").await.expect(422);
        admin.get("/users?colour=red").await.refused_field("colour", "unknown-field");
    }

    async fn an_admin_keeps_her_own_rights(house: House) {
        let admin = house.admin().await;
        let path = format!("/users/{}", admin.id);
        admin.patch(&path, json!({"role": "participant"})).await.refused(409, "own-account");
        admin.patch(&path, json!({"active": false})).await.refused(409, "own-account");
        admin.patch(&path, json!({"name": "Helen M."})).await.expect(200);
    }
}
