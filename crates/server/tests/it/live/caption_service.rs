//! A caption service sends lines to an address of the class, and to no other place.

use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use server::live::captions::model;

use super::Class;
use crate::both_databases;
use crate::util::{House, Person, Reply, Socket};

/// A new address of the class, as a path with its query.
async fn address(who: &Person, class: &Class) -> String {
    let link = who.ask(&format!("{}/caption_link", class.session)).await.expect(201);
    let url = link["url"].as_str().unwrap();
    url[url.find("/api/v1/").unwrap()..].to_string()
}

/// Sends a line as a service does: `&seq=…` behind the address.
async fn send(house: &House, to: &str, query: &str, body: impl Into<reqwest::Body>) -> Reply {
    let path = format!("{to}{query}");
    let request = house.nobody().request(Method::POST, &path).header("content-type", "text/plain; charset=utf-8");
    Reply::read(path, request.body(body).send().await.unwrap()).await
}

async fn rows(house: &House) -> usize {
    model::Entity::find().all(house.parts.db.read()).await.unwrap().len()
}

both_databases! {
    async fn its_lines_are_captions_of_the_main_room(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let to = address(&class.ada, &class).await;
        let seq = |to: &str| to.replace("?v=1", "/seq?v=1");
        assert_eq!(house.nobody().get(&seq(&to)).await.text, "0");
        let sent = send(&house, &to, "&seq=1&lang=en-GB", "Good morning\r\n to all of you\n").await;
        assert_eq!((sent.status, sent.text.as_str()), (200, "1"));
        let line = bob.hear("captions").await["lines"][0].clone();
        assert_eq!((&line["text"], &line["source"]), (&json!("Good morning to all of you"), &json!("service")));
        assert_eq!((&line["user_id"], &line["name"], &line["language"]), (&Value::Null, &json!(""), &json!("en-GB")));
        // Sent again it is taken once; another line of that number, or of one before, is refused.
        assert_eq!(send(&house, &to, "&seq=1", "Good morning to all of you").await.text, "1");
        let problem = send(&house, &to, "&seq=1", "Something else").await.refused(409, "seq-used");
        assert_eq!(problem["params"]["last"], 1);
        assert_eq!(send(&house, &to, "&seq=5", "Five").await.text, "5");
        send(&house, &to, "&seq=3", "Three").await.refused(409, "seq-used");
        assert_eq!(send(&house, &to, "", "Without a number").await.text, "6");
        assert_eq!(house.nobody().get(&seq(&to)).await.text, "6");
        assert_eq!(rows(&house).await, 3);
        let state = class.ada.get(&format!("{}/caption_link", class.session)).await.expect(200);
        assert!(state["created_at"].is_string() && state["last_used_at"].is_string() && state.get("url").is_none());
    }

    async fn an_address_works_until_it_is_renewed_taken_back_or_the_class_ends(house: House) {
        let class = Class::of(&house).await;
        let path = format!("{}/caption_link", class.session);
        let first = address(&class.ada, &class).await;
        send(&house, &first, "&seq=1", "Too early").await.refused(409, "not-live");
        class.start().await;
        assert_eq!(send(&house, &first, "&seq=1", "One").await.text, "1");
        let second = address(&class.ada, &class).await;
        send(&house, &first, "&seq=2", "Two").await.refused(404, "caption-link-not-valid");
        // Some services count from 0.
        assert_eq!(send(&house, &second, "&seq=0", "Zero").await.text, "0");
        assert_eq!(send(&house, &second, "&seq=0", "Zero").await.text, "0");
        assert_eq!(send(&house, &second, "&seq=1", "Counted anew").await.text, "1");
        class.ada.delete(&path).await.expect(204);
        send(&house, &second, "&seq=2", "Two").await.refused(404, "caption-link-not-valid");
        assert_eq!(class.ada.get(&path).await.expect(200)["created_at"], Value::Null);
        let third = address(&class.ada, &class).await;
        class.end().await;
        send(&house, &third, "&seq=1", "Too late").await.refused(409, "not-live");
        class.ada.ask(&path).await.refused(409, "session-over");
        assert_eq!(rows(&house).await, 3);
    }

    async fn who_shares_the_lead_may_make_one_too(house: House) {
        let class = Class::live(&house).await;
        let path = format!("{}/caption_link", class.session);
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (_bob, ..) = class.sit(&class.bob).await;
        class.bob.ask(&path).await.refused(403, "may-not");
        ada.ask("set_host", json!({"user_id": class.bob.id, "host": true})).await;
        address(&class.bob, &class).await;
        ada.ask("set_host", json!({"user_id": class.bob.id, "host": false})).await;
        class.bob.ask(&path).await.refused(403, "may-not");
    }

    async fn what_is_no_line_is_refused_in_a_sentence(house: House) {
        let class = Class::live(&house).await;
        let to = address(&class.ada, &class).await;
        send(&house, &to, "&seq=1", "x".repeat(501)).await.refused_field("body", "too-long");
        send(&house, &to, "&seq=1", " \n ").await.refused_field("body", "too-short");
        send(&house, &to, "&seq=1", "bell \u{7}").await.refused_field("body", "control-characters");
        send(&house, &to, "&seq=1", vec![0xff, 0xfe, 0x00]).await.refused(400, "malformed");
        send(&house, &to, "&seq=1", vec![b'x'; 2 << 20]).await.refused(413, "too-large");
        send(&house, &to, "&seq=-1", "x").await.refused_field("seq", "out-of-range");
        send(&house, &to, "&seq=one", "x").await.refused_field("seq", "wrong-type");
        send(&house, &to, "&lang=English, please", "x").await.refused_field("lang", "not-a-language-tag");
        send(&house, &to, "&who=me", "x").await.refused_field("who", "unknown-field");
        let json = house.nobody().request(Method::POST, &to).json(&json!({"text": "x"})).send().await.unwrap();
        Reply::read("json".into(), json).await.refused(415, "wrong-media-type");
        for wrong in ["/captions/nothing?v=1", "/captions/%F0%9F%8C%9E?v=1"] {
            send(&house, wrong, "&seq=1", "x").await.refused(404, "caption-link-not-valid");
            send(&house, wrong, "&seq=1", vec![0xff]).await.refused(404, "caption-link-not-valid");
        }
        assert_eq!(rows(&house).await, 0);
        // A flood is slowed, and a calm service goes on.
        let mut refused = None;
        for number in 1..=60 {
            let sent = send(&house, &to, &format!("&seq={number}"), format!("line {number}")).await;
            if sent.status != 200 {
                refused = Some(sent);
                break;
            }
        }
        let refused = refused.expect("a flood is refused");
        assert!(refused.headers.contains_key("retry-after"));
        refused.refused(429, "captions-too-fast");
        house.parts.clock.advance_seconds(5);
        assert_eq!(send(&house, &to, "", "Calm again").await.status, 200);
    }

    async fn two_at_once_of_one_number_are_one_line(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let to = address(&class.ada, &class).await;
        let same = || send(&house, &to, "&seq=1", "Once");
        let (one, two, three) = tokio::join!(same(), same(), same());
        assert_eq!([one.text, two.text, three.text], ["1", "1", "1"]);
        assert_eq!(rows(&house).await, 1);
        assert_eq!(bob.hear("captions").await["lines"][0]["text"], "Once");
        Socket::refused(&bob.ask("captions", json!({})).await, 422, "invalid-fields");
    }
}
