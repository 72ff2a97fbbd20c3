//! Bad input meets a sentence about the field.

use reqwest::Method;
use serde_json::json;

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::Reply;

async fn raw(house: &House, kind: Option<&str>, body: Vec<u8>) -> Reply {
    let mut request = house.nobody().request(Method::POST, "/auth/login").body(body);
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    Reply::read("POST /auth/login".into(), request.send().await.unwrap()).await
}

both_databases! {
    async fn fields_that_are_wrong_are_named(house: House) {
        let nobody = house.nobody();
        let good = json!({"email": "bob@example.org", "password": "three plain words", "name": "Bob"});
        let with = |field: &str, value: serde_json::Value| { let mut v = good.clone(); v[field] = value; v };
        let mut missing = good.clone();
        missing.as_object_mut().unwrap().remove("name");
        let path = "/auth/register";
        nobody.post(path, missing).await.refused_field("name", "missing");
        nobody.post(path, with("colour", json!("red"))).await.refused_field("colour", "unknown-field");
        nobody.post(path, with("name", json!(7))).await.refused_field("name", "wrong-type");
        nobody.post(path, with("name", json!(null))).await.refused_field("name", "wrong-type");
        nobody.post(path, with("name", json!("x".repeat(121)))).await.refused_field("name", "too-long");
        nobody.post(path, with("name", json!("a\u{0}b"))).await.refused_field("name", "control-characters");
        nobody.post(path, with("email", json!("bob"))).await.refused_field("email", "not-an-address");
        nobody.post(path, with("password", json!("short"))).await.refused_field("password", "too-short");
    }

    async fn bodies_that_cannot_be_read_are_told_apart(house: House) {
        let json_kind = Some("application/json");
        raw(&house, json_kind, b"{\"email\": ".to_vec()).await.refused(400, "malformed");
        raw(&house, json_kind, b"".to_vec()).await.refused(400, "malformed");
        raw(&house, json_kind, b"{\"email\": \"\xff\xfe\", \"password\": \"x\"}".to_vec()).await.refused(400, "malformed");
        raw(&house, json_kind, b"{} {}".to_vec()).await.expect(422);
        raw(&house, json_kind, b"[]".to_vec()).await.expect(422);
        raw(&house, Some("text/plain"), b"{}".to_vec()).await.refused(415, "wrong-media-type");
        raw(&house, None, b"{}".to_vec()).await.refused(415, "wrong-media-type");
        raw(&house, json_kind, vec![b' '; (1 << 20) + 1]).await.refused(413, "too-large");
        raw(&house, json_kind, vec![b'{'; 3 << 20]).await.refused(413, "too-large");
    }

    async fn a_post_without_a_body_takes_nothing_or_braces_and_no_more(house: House) {
        let bob = house.participant("Bob").await;
        bob.post("/auth/refresh", json!({})).await.expect(200);
        bob.ask("/auth/refresh").await.expect(200);
        bob.post("/auth/refresh", json!({"x": 1})).await.refused_field("x", "unknown-field");
    }

    async fn unknown_paths_and_methods_answer_as_problems(house: House) {
        let bob = house.participant("Bob").await;
        bob.get("/nowhere").await.refused(404, "not-found");
        bob.get("/api/nowhere").await.refused(404, "not-found");
        bob.delete("/me").await.refused(405, "method-not-allowed");
        house.admin().await.get("/users/not-an-id").await.refused(404, "not-found");
        house.admin().await.get("/users/01890000-0000-7000-8000-000000000000").await.refused(404, "not-found");
    }
}
