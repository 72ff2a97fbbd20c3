//! A forgotten password, from the mail to the new one.

use serde_json::{Value, json};

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::{Person, Smtp, until};

const NEW: &str = "another three words";

async fn forgot(house: &House, email: &str) {
    let reply = house.nobody().post("/auth/forgot", json!({"email": email})).await;
    assert_eq!((reply.status, &*reply.text), (202, ""));
}

/// The mails of this kind, the newest first, once the job looked at every address that was told.
async fn mails(house: &House, helen: &Person, kind: &str) -> Vec<Value> {
    jobs_done(house).await;
    let all = helen.get("/mails?limit=100").await.expect(200)["items"].as_array().unwrap().clone();
    all.into_iter().filter(|mail| mail["kind"] == kind).collect()
}

async fn jobs_done(house: &House) {
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    use server::plumbing::jobs::{Column, Entity};
    until("every address was looked at", async || {
        let left = Entity::find().filter(Column::Kind.eq("forgot-password")).count(house.parts.db.read()).await;
        left.unwrap() == 0
    })
    .await;
}

/// What stands behind the `#` of the link in a mail's text.
pub fn secret(text: &Value) -> String {
    let text = text.as_str().expect("a text that is shown");
    let link = text.lines().find(|line| line.contains('#')).expect("a link");
    link.split('#').nth(1).unwrap().to_string()
}

async fn newest_secret(house: &House, helen: &Person) -> String {
    let mails = mails(house, helen, "password-reset").await;
    let mail = helen.get(&format!("/mails/{}", mails[0]["id"].as_str().unwrap())).await.expect(200);
    secret(&mail["text"])
}

async fn reset(house: &House, token: &str, password: &str) -> crate::util::Reply {
    house.nobody().post("/auth/reset", json!({"token": token, "password": password})).await
}

both_databases! {
    async fn bob_gets_a_link_by_mail_and_chooses_another_password(house: House) {
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        let bob = house.participant("Bob").await;
        bob.patch("/me", json!({"locale": "de-AT"})).await.expect(200);
        let elsewhere = house.sign_in("bob@example.org").await;
        forgot(&house, " BOB@example.org ").await;
        let mail = smtp.to("bob@example.org").await;
        assert!(mail["text"].as_str().unwrap().contains(&format!("{}/reset#", house.url)), "{mail}");
        let token = secret(&mail["text"]);
        // Whoever opens the page first, a scanner of mails, uses nothing up.
        for _ in 0..2 {
            house.nobody().post("/auth/reset/check", json!({"token": token})).await.expect(204);
        }
        reset(&house, &token, "short").await.refused_field("password", "too-short");
        reset(&house, &token, NEW).await.expect(204);
        for signed_in in [&bob, &elsewhere] {
            signed_in.get("/me").await.refused(401, "token-ended");
            signed_in.ask("/auth/refresh").await.refused(401, "signed-out");
        }
        house.nobody().post("/auth/login", json!({"email": "bob@example.org", "password": "three plain words"})).await.refused(401, "wrong-credentials");
        house.nobody().post("/auth/login", json!({"email": "bob@example.org", "password": NEW})).await.expect(200);
        until("he is told", async || smtp.taken().len() == 2).await;
        let told = smtp.taken().remove(1);
        assert!(told["text"].as_str().unwrap().contains("wurde gerade geändert"), "{told}");
        house.crash().await;
    }

    async fn a_link_works_once_and_for_an_hour(house: House) {
        house.participant("Bob").await;
        let helen = house.admin().await;
        forgot(&house, "bob@example.org").await;
        let first = newest_secret(&house, &helen).await;
        forgot(&house, "bob@example.org").await;
        let second = newest_secret(&house, &helen).await;
        assert_ne!(first, second);
        reset(&house, &first, NEW).await.expect(204);
        for used in [&first, &second, &"made-up".to_string()] {
            reset(&house, used, "yet another one").await.refused(404, "reset-link-not-valid");
            house.nobody().post("/auth/reset/check", json!({"token": used})).await.refused(404, "reset-link-not-valid");
        }
        forgot(&house, "bob@example.org").await;
        let third = newest_secret(&house, &helen).await;
        house.parts.clock.advance_seconds(3601);
        reset(&house, &third, "yet another one").await.refused(404, "reset-link-not-valid");
        house.nobody().post("/auth/login", json!({"email": "bob@example.org", "password": NEW})).await.expect(200);
    }

    async fn a_link_that_is_used_twice_at_once_is_used_once(house: House) {
        house.participant("Bob").await;
        let helen = house.admin().await;
        forgot(&house, "bob@example.org").await;
        let token = newest_secret(&house, &helen).await;
        let (a, b) = tokio::join!(reset(&house, &token, "the first of two"), reset(&house, &token, "the second of two"));
        let mut codes = [a.status, b.status];
        codes.sort();
        assert_eq!(codes, [204, 404]);
        assert_eq!(mails(&house, &helen, "password-changed").await.len(), 1);
    }

    async fn who_has_no_password_of_their_own_gets_nothing(house: House) {
        let helen = house.admin().await;
        let gone = house.participant("Gone").await;
        helen.patch(&format!("/users/{}", gone.id), json!({"active": false})).await.expect(200);
        let linked = helen.post("/users", json!({"name": "Linked", "email": "linked@example.org"})).await.expect(201);
        helen.ask(&format!("/users/{}/join_link", linked["id"].as_str().unwrap())).await.expect(201);
        for email in ["nobody@example.org", "gone@example.org", "linked@example.org"] {
            forgot(&house, email).await;
        }
        assert_eq!(mails(&house, &helen, "password-reset").await, Vec::<Value>::new());
        // Who is switched off after the mail cannot use it either.
        house.participant("Bob").await;
        forgot(&house, "bob@example.org").await;
        let token = newest_secret(&house, &helen).await;
        let bob = helen.get("/users?q=bob").await.expect(200)["items"][0]["id"].as_str().unwrap().to_string();
        helen.patch(&format!("/users/{bob}"), json!({"active": false})).await.expect(200);
        reset(&house, &token, NEW).await.refused(404, "reset-link-not-valid");
    }

    async fn asking_again_and_again_is_slowed_and_fills_no_mailbox(house: House) {
        house.participant("Bob").await;
        let helen = house.admin().await;
        for n in 1..=10 {
            forgot(&house, "bob@example.org").await;
            jobs_done(&house).await;
            assert_eq!(mails(&house, &helen, "password-reset").await.len(), n.min(5));
        }
        let slowed = house.nobody().post("/auth/forgot", json!({"email": "bob@example.org"})).await;
        assert!(slowed.headers.contains_key("retry-after"));
        slowed.refused(429, "too-many-tries");
        // Neither he nor anybody else is kept from signing in by that.
        house.sign_in("bob@example.org").await;
        forgot(&house, "helen@example.org").await;
        let who = mails(&house, &helen, "password-reset").await;
        assert_eq!(who[0]["to"], "helen@example.org");
    }

    async fn what_is_wrong_is_named(house: House) {
        let nobody = house.nobody();
        nobody.post("/auth/forgot", json!({"email": "bob"})).await.refused_field("email", "not-an-address");
        nobody.post("/auth/forgot", json!({})).await.refused_field("email", "missing");
        nobody.post("/auth/forgot", json!({"email": "a@b.cd", "name": "x"})).await.refused_field("name", "unknown-field");
        nobody.post("/auth/reset", json!({"token": 7, "password": NEW})).await.refused_field("token", "wrong-type");
        nobody.post("/auth/reset", json!({"token": "x", "password": "a".repeat(201)})).await.refused_field("password", "too-long");
    }

    async fn a_password_that_bob_changes_himself_ends_older_links_and_is_told(house: House) {
        let bob = house.participant("Bob").await;
        let helen = house.admin().await;
        forgot(&house, "bob@example.org").await;
        let token = newest_secret(&house, &helen).await;
        bob.patch("/me", json!({"current_password": "three plain words", "new_password": NEW})).await.expect(200);
        reset(&house, &token, "yet another one").await.refused(404, "reset-link-not-valid");
        assert_eq!(mails(&house, &helen, "password-changed").await.len(), 1);
    }
}
