//! Polls and questions: who may ask, who sees what, and what is kept of it.

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use server::events::Fact;
use server::live::talk::model::answer;
use uuid::Uuid;

use super::{Class, facts};
use crate::both_databases;
use crate::programs::enroll;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::Socket;

/// A poll that is asked at once.
async fn open_poll(host: &mut Socket, change: Value) -> Value {
    let mut poll = json!({"id": Uuid::now_v7(), "question": "Tea or coffee?", "kind": "single", "options": ["Tea", "Coffee"], "open": true});
    poll.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let made = host.ask("make_poll", poll).await;
    assert_eq!(made["state"], if made["state"] == "draft" { "draft" } else { "open" }, "{made}");
    made
}

both_databases! {
    async fn a_poll_is_answered_once_by_each_and_shown_when_the_host_shows_it(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let poll = open_poll(&mut ada, json!({})).await;
        let id = poll["id"].clone();
        let heard = bob.hear("poll").await["poll"].clone();
        assert_eq!((&heard["question"], &heard["results"]), (&json!("Tea or coffee?"), &json!(null)));
        bob.ask("answer_poll", json!({"poll_id": id, "choices": [0]})).await;
        let mine = bob.ask("answer_poll", json!({"poll_id": id, "choices": [1]})).await;
        assert_eq!(mine["choices"], json!([1]));
        let of_host = ada.hear_where("poll", |told| told["poll"]["results"]["counts"] == json!([0, 1])).await["poll"].clone();
        assert_eq!(of_host["results"]["people"], json!([{"user_id": class.bob.id, "choices": [1]}]));
        let closed = ada.ask("change_poll", json!({"poll_id": id, "state": "closed", "shown": true})).await;
        assert_eq!((&closed["state"], &closed["answered"]), (&json!("closed"), &json!(1)));
        let shown = bob.hear_where("poll", |told| told["poll"]["shown"] == true).await["poll"].clone();
        assert_eq!(shown["results"], json!({"counts": [0, 1], "texts": [], "people": []}));
        Socket::refused(&bob.ask("answer_poll", json!({"poll_id": id, "choices": [0]})).await, 409, "poll-closed");
        let (mut again, ..) = {
            let (_, token) = class.join(&class.bob).await;
            (class.connect(&token).await, token)
        };
        let room = again.hear("room").await;
        assert_eq!(room["talk"]["my_answers"], json!([{"poll_id": id, "choices": [1], "text": ""}]));
        assert_eq!(room["talk"]["polls"][0]["results"]["counts"], json!([0, 1]));
    }

    async fn an_anonymous_answer_has_no_person_anywhere(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let poll = open_poll(&mut ada, json!({"anonymous": true, "kind": "text", "options": []})).await;
        let long = bob.ask("answer_poll", json!({"poll_id": poll["id"], "text": "m".repeat(501)})).await;
        Socket::refused(&long, 422, "invalid-fields");
        bob.ask("answer_poll", json!({"poll_id": poll["id"], "text": "More music"})).await;
        bob.ask("answer_poll", json!({"poll_id": poll["id"], "text": "Much more music"})).await;
        let told = ada.hear_where("poll", |told| told["poll"]["results"]["texts"][0]["text"] == "Much more music").await;
        assert_eq!(told["poll"]["results"]["texts"], json!([{"text": "Much more music", "user_id": null}]));
        let rows = answer::Entity::find().all(house.parts.db.read()).await.unwrap();
        assert_eq!((rows.len(), rows[0].user_id), (1, None));
        assert!(!rows[0].voter.contains(&class.bob.id));
        let answered = facts(&house).await.into_iter().filter(|fact| matches!(fact, Fact::PollAnswered { user: None, .. }));
        assert_eq!(answered.count(), 2);
    }

    async fn drafts_are_the_hosts_own_and_what_is_removed_is_gone(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let draft = open_poll(&mut ada, json!({"open": false})).await;
        let shown = json!({"poll_id": draft["id"], "shown": true});
        Socket::refused(&ada.ask("change_poll", shown).await, 422, "invalid-fields");
        Socket::refused(&bob.ask("answer_poll", json!({"poll_id": draft["id"], "choices": [0]})).await, 404, "not-found");
        bob.ask("room", json!({})).await;
        assert_eq!(bob.hear("room").await["talk"]["polls"], json!([]));
        ada.ask("change_poll", json!({"poll_id": draft["id"], "state": "open"})).await;
        bob.hear_where("poll", |told| told["poll"]["state"] == "open").await;
        ada.ask("remove_poll", json!({"poll_id": draft["id"]})).await;
        assert_eq!(bob.hear("poll_gone").await["poll_id"], draft["id"]);
        Socket::refused(&bob.ask("answer_poll", json!({"poll_id": draft["id"], "choices": [0]})).await, 404, "not-found");
    }

    async fn bad_polls_and_answers_are_refused_with_the_field(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let made = |change: Value| {
            let mut poll = json!({"id": Uuid::now_v7(), "question": "?", "kind": "single", "options": ["a", "b"]});
            poll.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            poll
        };
        for (field, change) in [
            ("question", json!({"question": " "})),
            ("options", json!({"options": ["a"]})),
            ("options", json!({"options": ["a", "A"]})),
            ("options", json!({"kind": "rating"})),
            ("options[1]", json!({"options": ["a", ""]})),
            ("options", json!({"options": vec!["x"; 13]})),
            ("kind", json!({"kind": "guess"})),
        ] {
            let answer = ada.ask("make_poll", made(change.clone())).await;
            let fields: Vec<&str> = answer["problem"]["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
            assert!(fields.contains(&field), "{change} {answer}");
        }
        Socket::refused(&bob.ask("make_poll", made(json!({}))).await, 403, "may-not");
        let single = open_poll(&mut ada, json!({})).await;
        let rating = open_poll(&mut ada, json!({"kind": "rating", "options": []})).await;
        for (poll, field, answer) in [
            (&single, "choices", json!({})),
            (&single, "choices", json!({"choices": [0, 1]})),
            (&single, "choices", json!({"choices": [2]})),
            (&single, "choices", json!({"choices": [300]})),
            (&single, "text", json!({"choices": [0], "text": "and milk"})),
            (&rating, "choices", json!({"choices": [6]})),
            (&rating, "choices", json!({"choices": [0]})),
        ] {
            let mut said = answer.clone();
            said["poll_id"] = poll["id"].clone();
            let refused = bob.ask("answer_poll", said).await;
            Socket::refused(&refused, 422, "invalid-fields");
            let named = refused["problem"]["errors"][0]["field"].as_str().unwrap();
            assert!(named.starts_with(field), "{answer} {refused}");
        }
    }

    async fn questions_are_asked_voted_for_and_answered(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        enroll(&cleo, &class.program).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let (mut cleo_socket, ..) = class.sit(&cleo).await;
        let asked = json!({"id": Uuid::now_v7(), "text": "When is lunch?"});
        let question = bob.ask("ask_question", asked.clone()).await;
        assert_eq!(bob.ask("ask_question", asked).await["id"], question["id"], "asked twice is asked once");
        let id = question["id"].clone();
        assert_eq!(ada.hear("question").await["question"]["text"], "When is lunch?");
        for _ in 0..2 {
            assert_eq!(cleo_socket.ask("vote_question", json!({"question_id": id, "up": true})).await["votes"], 1);
        }
        Socket::refused(&bob.ask("vote_question", json!({"question_id": id, "up": true})).await, 409, "own-question");
        let settle = json!({"question_id": id, "answered": true, "answer": "At noon."});
        Socket::refused(&cleo_socket.ask("settle_question", settle.clone()).await, 403, "may-not");
        let settled = ada.ask("settle_question", settle).await;
        assert_eq!((&settled["answer"], settled["answered_at"].is_string()), (&json!("At noon."), true));
        cleo_socket.ask("room", json!({})).await;
        let room = cleo_socket.hear_where("room", |room| room["talk"]["my_votes"] == json!([id])).await;
        assert_eq!(room["talk"]["questions"][0]["votes"], 1);
        Socket::refused(&cleo_socket.ask("remove_question", json!({"question_id": id})).await, 403, "may-not");
        bob.ask("remove_question", json!({"question_id": id})).await;
        assert_eq!(ada.hear("question_gone").await["question_id"], id);
    }
}
