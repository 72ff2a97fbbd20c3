//! Tokens: what expired, was forged or was used twice opens nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

fn part(token: &str, n: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap())
}

both_databases! {
    async fn an_access_token_runs_out_and_is_refreshed_by_the_cookie(house: House) {
        let bob = house.participant("Bob").await;
        house.parts.clock.advance_seconds(15 * 60 + 1);
        bob.get("/me").await.refused(401, "token-expired");
        let answer = bob.ask("/auth/refresh").await.expect(200);
        bob.signed_in(&answer).get("/me").await.expect(200);
    }

    async fn forged_unsigned_and_swapped_tokens_are_refused(house: House) {
        let bob = house.participant("Bob").await;
        let eve = house.participant("Eve").await;
        let (good, other) = (bob.token.clone().unwrap(), eve.token.clone().unwrap());
        let pieces: Vec<&str> = good.split('.').collect();
        let mut claims = part(&good, 1);
        claims["sub"] = part(&other, 1)["sub"].clone();
        let none = format!("{}.{}.", encode(&json!({"alg": "none", "typ": "JWT"})), encode(&claims));
        let swapped = format!("{}.{}.{}", pieces[0], encode(&claims), pieces[2]);
        let mut header = part(&good, 0);
        header["kid"] = json!("unknown");
        let unknown_key = format!("{}.{}.{}", encode(&header), pieces[1], pieces[2]);
        let foreign = format!("{}.{}.{}", pieces[0], pieces[1], other.split('.').nth(2).unwrap());
        for token in [none.as_str(), &swapped, &unknown_key, &foreign, "garbage", "", "a.b.c"] {
            bob.with_token(token).get("/me").await.refused(401, "token-invalid");
        }
        let request = house.nobody().request(reqwest::Method::GET, "/me").header("authorization", "Basic Ym9iOnB3");
        assert_eq!(request.send().await.unwrap().status(), 401);
    }

    async fn a_refresh_token_used_twice_ends_its_whole_family(house: House) {
        let bob = house.participant("Bob").await;
        let login = json!({"email": "bob@example.org", "password": "three plain words"});
        let thief = reqwest::Client::new();
        let first = bob.request(reqwest::Method::POST, "/auth/login").json(&login).send().await.unwrap();
        let cookie = first.headers()["set-cookie"].to_str().unwrap().to_string();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/api/v1/auth"), "{cookie}");
        let stolen = cookie.split(';').next().unwrap().to_string();
        let fresh = bob.ask("/auth/refresh").await.expect(200);
        assert!(fresh["access_token"].is_string());
        let replay = thief.post(format!("{}/api/v1/auth/refresh", house.url)).header("cookie", stolen).send().await.unwrap();
        assert_eq!(replay.status(), 401);
        bob.ask("/auth/refresh").await.refused(401, "signed-out");
    }

    async fn two_refreshes_at_once_give_one_good_token(house: House) {
        let bob = house.participant("Bob").await;
        let (a, b) = tokio::join!(bob.ask("/auth/refresh"), bob.ask("/auth/refresh"));
        assert!([a.status, b.status].contains(&200), "{} {}", a.text, b.text);
    }

    async fn signing_out_ends_this_device_and_everywhere_ends_all(house: House) {
        let phone = house.participant("Bob").await;
        let laptop = house.sign_in("bob@example.org").await;
        phone.ask("/auth/logout").await.expect(204);
        phone.ask("/auth/refresh").await.refused(401, "sign-in-first");
        let answer = laptop.ask("/auth/refresh").await.expect(200);
        let laptop = laptop.signed_in(&answer);
        laptop.ask("/auth/logout_everywhere").await.expect(204);
        laptop.get("/me").await.refused(401, "token-ended");
        phone.get("/me").await.refused(401, "token-ended");
    }

    async fn a_new_role_or_a_switch_off_ends_what_was_issued_before(house: House) {
        let bob = house.participant("Bob").await;
        let admin = house.admin().await;
        admin.patch(&format!("/users/{}", bob.id), json!({"role": "instructor"})).await.expect(200);
        bob.get("/me").await.refused(401, "token-ended");
        bob.ask("/auth/refresh").await.refused(401, "signed-out");
        let bob = house.sign_in("bob@example.org").await;
        assert_eq!(bob.get("/me").await.expect(200)["role"], "instructor");
        admin.patch(&format!("/users/{}", bob.id), json!({"active": false})).await.expect(200);
        bob.get("/me").await.refused(401, "token-ended");
        let login = json!({"email": "bob@example.org", "password": "three plain words"});
        house.nobody().post("/auth/login", login).await.refused(401, "wrong-credentials");
    }
}
