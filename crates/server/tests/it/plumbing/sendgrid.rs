//! Mails by SendGrid's API, told to a server in its place.

use std::sync::{Arc, Mutex};

use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode};
use axum::{Json, Router, routing::post};
use serde_json::{Value, json};
use server::plumbing::mail::{Letter, Settings, State, Way};

use super::mails::{put, row, tried};
use crate::both_databases;
use crate::util::House;

/// What it was told, and what it answers from now on.
#[derive(Default)]
struct Told {
    mails: Vec<Value>,
    keys: Vec<String>,
    answer: u16,
}

type SendGrid = Arc<Mutex<Told>>;

async fn take(
    Shared(told): Shared<SendGrid>,
    headers: HeaderMap,
    Json(mail): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let mut told = told.lock().unwrap();
    told.keys.push(headers["authorization"].to_str().unwrap().into());
    told.mails.push(mail);
    let why = json!({"errors": [{"message": "That is not right.", "field": null}]});
    (StatusCode::from_u16(told.answer).unwrap(), Json(why))
}

async fn by_sendgrid(house: &House) -> (House, SendGrid) {
    let told = SendGrid::default();
    let router = Router::new().route("/v3/mail/send", post(take)).with_state(told.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let way = Way::SendGrid { api_key: "SG.hidden".into(), base };
    let from = "Harbour Lane <post@harbour.example>".parse().unwrap();
    (house.opened_with_mail(Some(Settings { from, way })).await, told)
}

fn letter() -> Letter<'static> {
    Letter {
        kind: "password-changed",
        address: "zoe@example.org",
        name: "Zoë",
        locale: None,
        values: vec![("organisation", "Harbour Lane")],
        link: None,
        secret: false,
        good_until: None,
    }
}

both_databases! {
    async fn a_mail_is_told_with_both_bodies_and_without_tracking(house: House) {
        let (house, told) = by_sendgrid(&house).await;
        told.lock().unwrap().answer = 202;
        let id = put(&house, letter).await;
        assert_eq!(tried(&house, id, 1).await.state, State::Sent);
        let told = std::mem::take(&mut *told.lock().unwrap());
        assert_eq!(told.keys, ["Bearer SG.hidden"]);
        let mail = &told.mails[0];
        assert_eq!(mail["personalizations"], json!([{"to": [{"email": "zoe@example.org", "name": "Zoë"}]}]));
        assert_eq!(mail["from"], json!({"email": "post@harbour.example", "name": "Harbour Lane"}));
        assert_eq!((&mail["subject"], &mail["custom_args"]), (&json!("Your password was changed"), &json!({"mail_id": id})));
        assert_eq!((&mail["content"][0]["type"], &mail["content"][1]["type"]), (&json!("text/plain"), &json!("text/html")));
        assert_eq!(mail["tracking_settings"]["click_tracking"]["enable"], false);
        assert_eq!(mail["tracking_settings"]["open_tracking"]["enable"], false);
        house.crash().await;
    }

    async fn a_refusal_is_for_good_and_trouble_is_not(house: House) {
        let (house, told) = by_sendgrid(&house).await;
        for (answer, state) in [(400, State::Failed), (413, State::Failed), (401, State::Waiting), (429, State::Waiting), (503, State::Waiting)] {
            told.lock().unwrap().answer = answer;
            let id = put(&house, letter).await;
            let row = tried(&house, id, 1).await;
            assert_eq!(row.state, state, "{answer}");
            let why = row.last_error.unwrap();
            assert!(why.contains(&answer.to_string()) && why.contains("not right") && !why.contains("hidden"), "{why}");
        }
        told.lock().unwrap().answer = 202;
        let id = put(&house, letter).await;
        tried(&house, id, 1).await;
        assert_eq!(row(&house, id).await.state, State::Sent);
        house.crash().await;
    }
}
