//! Registering and signing in.

use serde_json::json;

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn bob_registers_signs_in_and_is_himself(house: House) {
        let bob = house.participant("Bob Stone").await;
        let me = bob.get("/me").await.expect(200);
        assert_eq!((me["name"].as_str(), me["role"].as_str()), (Some("Bob Stone"), Some("participant")));
        assert_eq!(me["time_zone"], "Europe/London", "the house's zone, until he says otherwise");
        let again = house.sign_in("BOB.Stone@Example.org").await;
        assert_eq!(again.id, bob.id, "addresses compare without case");
    }

    async fn an_address_is_taken_once_even_when_two_register_at_once(house: House) {
        house.admin().await;
        let input = json!({"email": "twin@example.org", "password": "three plain words", "name": "Twin"});
        let (a, b) = (house.nobody(), house.nobody());
        let (a, b) = tokio::join!(a.post("/auth/register", input.clone()), b.post("/auth/register", input));
        let mut codes = [a.status, b.status];
        codes.sort();
        assert_eq!(codes, [201, 409]);
        let refused = if a.status == 409 { a } else { b };
        refused.refused(409, "email-taken");
    }

    async fn a_wrong_password_and_an_unknown_address_answer_alike(house: House) {
        house.participant("Bob").await;
        let nobody = house.nobody();
        let wrong = nobody.post("/auth/login", json!({"email": "bob@example.org", "password": "not the one at all"})).await;
        let unknown = nobody.post("/auth/login", json!({"email": "who@example.org", "password": "not the one at all"})).await;
        assert_eq!(wrong.refused(401, "wrong-credentials"), unknown.refused(401, "wrong-credentials"));
    }

    async fn guessing_one_account_is_slowed_and_nobody_else_is_locked_out(house: House) {
        house.participant("Bob").await;
        house.participant("Eve").await;
        let nobody = house.nobody();
        let mut last = None;
        for _ in 0..12 {
            last = Some(nobody.post("/auth/login", json!({"email": "bob@example.org", "password": "guessing again"})).await);
        }
        let last = last.unwrap();
        assert!(last.headers.contains_key("retry-after"));
        last.refused(429, "too-many-tries");
        house.nobody().post("/auth/login", json!({"email": "bob@example.org", "password": "three plain words"})).await.refused(429, "too-many-tries");
        // The same address, another person of the same group home: not slowed, however often they sign in.
        for _ in 0..12 {
            house.sign_in("eve@example.org").await;
        }
        house.sign_in("eve@example.org").await;
    }

    async fn the_set_up_link_works_once(house: House) {
        let link = server::accounts::set_up::open(&house.parts).await.unwrap().unwrap();
        let token = link.split('#').nth(1).unwrap();
        let nobody = house.nobody();
        nobody.post("/setup/check", json!({"token": token})).await.expect(204);
        nobody.post("/setup/check", json!({"token": "guessed"})).await.refused(404, "set-up-link-used");
        let input = json!({"token": token, "organisation": "Harbour Lane", "name": "Helen", "email": "helen@example.org", "password": "short"});
        nobody.post("/setup", input.clone()).await.refused_field("password", "too-short");
        let mut input = input;
        input["password"] = json!("three plain words");
        let answer = nobody.post("/setup", input.clone()).await.expect(201);
        assert_eq!(answer["user"]["role"], "admin");
        input["email"] = json!("eve@example.org");
        nobody.post("/setup", input).await.refused(404, "set-up-link-used");
        assert!(server::accounts::set_up::open(&house.parts).await.unwrap().is_none(), "no new link once people are there");
    }

    async fn bob_changes_his_profile_and_his_password(house: House) {
        let bob = house.participant("Bob").await;
        let me = bob.patch("/me", json!({"pronouns": "he/him", "locale": "en-GB", "time_zone": "America/New_York"})).await.expect(200);
        assert_eq!(me["time_zone"], "America/New_York");
        let me = bob.patch("/me", json!({"pronouns": null})).await.expect(200);
        assert!(me["pronouns"].is_null());
        bob.patch("/me", json!({"time_zone": "Mars/Base"})).await.refused_field("time_zone", "unknown-zone");
        bob.patch("/me", json!({"new_password": "another long one"})).await.refused_field("current_password", "wrong");
        bob.patch("/me", json!({"current_password": "three plain words", "new_password": "another long one"})).await.expect(200);
        bob.get("/me").await.refused(401, "token-ended");
        house.nobody().post("/auth/login", json!({"email": "bob@example.org", "password": "another long one"})).await.expect(200);
    }
}
