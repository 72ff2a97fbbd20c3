//! How often somebody may change whether they are recorded, and how long a cookie for a replay is good.

use reqwest::Method;
use reqwest::header::{COOKIE, RANGE};
use serde_json::{Value, json};
use server::accounts::access;
use server::accounts::model::Scope;
use server::live::recording::willing;

use super::Class;
use super::media::publish;
use super::recording::{path_of, ready, record, watch, written};
use crate::both_databases;
use crate::util::{House, Person, Reply, Socket};

async fn answers(class: &Class, who: &Person, yes: bool) -> Reply {
    let request = who.request(Method::PUT, &format!("{}/recording_consent", class.session)).json(&json!({"yes": yes}));
    Reply::read("PUT recording_consent".into(), request.send().await.unwrap()).await
}

/// Whether a player with nothing but this cookie gets bytes.
async fn plays(house: &House, track: &str, cookie: &str) -> u16 {
    let request = house.nobody().request(Method::GET, track).header(COOKIE, cookie).header(RANGE, "bytes=0-9");
    request.send().await.unwrap().status().as_u16()
}

both_databases! {
    async fn an_equal_answer_is_no_new_one_and_a_no_is_never_too_many(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let first = answers(&class, &class.bob, true).await.expect(200);
        house.parts.clock.advance_seconds(1);
        assert_eq!(answers(&class, &class.bob, true).await.expect(200), first);
        assert_eq!(bob.ask("consent", json!({"yes": true})).await, first["answer"]);
        for _ in 1..20 {
            answers(&class, &class.bob, false).await.expect(200);
            answers(&class, &class.bob, true).await.expect(200);
        }
        answers(&class, &class.bob, false).await.expect(200);
        let problem = answers(&class, &class.bob, true).await.refused(429, "answers-too-often");
        assert!(problem["detail"].as_str().unwrap().contains("not recorded"), "{problem}");
        Socket::refused(&bob.ask("consent", json!({"yes": true})).await, 429, "answers-too-often");
        assert_eq!(bob.ask("consent", json!({"yes": false})).await["yes"], false);
        let willing = willing::Willing::read(house.parts.db.read(), class.program[10..].parse().unwrap()).await.unwrap();
        assert!(!willing.now(class.bob.id.parse().unwrap()), "the no stands");
        answers(&class, &class.ada, true).await.expect(200);
        house.parts.clock.advance_seconds(3601);
        let bob = house.sign_in("bob.marsh@example.org").await;
        assert_eq!(answers(&class, &bob, true).await.expect(200)["answer"]["yes"], true);
    }

    async fn who_signs_out_plays_nothing_more_in_that_browser(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let _sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 20_000).await;
        class.end().await;
        let recording = ready(&class, &class.bob, 1).await.remove(0);
        let elsewhere = house.sign_in("bob.marsh@example.org").await;
        let (_, other) = watch(&elsewhere, &recording).await;
        let (replay, cookie) = watch(&class.bob, &recording).await;
        let track = format!("{}/tracks/{}", path_of(&recording), replay["tracks"][0]["id"].as_str().unwrap());
        let renewed = class.bob.ask("/auth/refresh").await.expect(200);
        assert_eq!(plays(&house, &track, &cookie).await, 206, "the next token is of the same sign-in");
        let (_, later) = watch(&class.bob.signed_in(&renewed), &recording).await;
        class.bob.ask("/auth/logout").await.expect(204);
        for cookie in [&cookie, &later] {
            assert_eq!(plays(&house, &track, cookie).await, 401);
        }
        assert_eq!(plays(&house, &track, &other).await, 206, "another device is signed in still");
        // A token that no sign-in gave ends by its own time alone.
        let token = access::issue(&house.parts, class.bob.id.parse().unwrap(), Scope::Account, 0, None);
        let (_, program) = watch(&house.nobody().with_token(&token), &recording).await;
        elsewhere.ask("/auth/logout").await.expect(204);
        assert_eq!((plays(&house, &track, &program).await, plays(&house, &track, &other).await), (206, 401));
        let whole: Value = elsewhere.get(&path_of(&recording)).await.expect(200);
        assert_eq!(whole["recording"]["id"], recording["id"]);
    }
}
