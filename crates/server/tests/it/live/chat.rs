//! The chat of a class: kept, ordered, replayed, changed with trace, and only for whom it is.

use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use server::live::talk::model::edit;
use server::plumbing::clock::Clock;
use uuid::Uuid;

use super::Class;
use crate::both_databases;
use crate::programs::enroll;
use crate::util::{House, Socket};

/// Says something; answers the message.
pub async fn say(socket: &mut Socket, text: &str) -> Value {
    let message = socket.ask("say", json!({"id": Uuid::now_v7(), "text": text})).await;
    assert_eq!(message["text"], text, "{message}");
    message
}

/// The texts that a page was told, until `last` is among them.
async fn heard_until(socket: &mut Socket, last: &str) -> Vec<String> {
    let mut texts = Vec::new();
    loop {
        let chat = socket.hear("chat").await;
        texts.extend(chat["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap().to_string()));
        if texts.iter().any(|text| text == last) {
            return texts;
        }
    }
}

fn texts(page: &Value) -> Vec<&str> {
    page["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect()
}

const PNG: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

both_databases! {
    async fn what_is_said_is_heard_in_order_and_found_by_who_comes_later(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        for text in ["Good morning", "Shall we?", "Look: https://example.org 🌞"] {
            say(&mut ada, text).await;
        }
        say(&mut bob, "Here I am").await;
        let heard = heard_until(&mut bob, "Here I am").await;
        assert_eq!(heard, ["Good morning", "Shall we?", "Look: https://example.org 🌞", "Here I am"]);
        let (mut late, token) = {
            let (_, token) = class.join(&class.bob).await;
            (class.connect(&token).await, token)
        };
        let room = late.hear("room").await;
        assert_eq!(texts(&room["talk"]["chat"]), heard.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(room["talk"]["chat"]["messages"][0]["staff"], true);
        assert_eq!(room["talk"]["chat"]["more"], false);
        assert!(!token.is_empty());
    }

    async fn said_twice_is_said_once(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let said = json!({"id": Uuid::now_v7(), "text": "Once"});
        let first = bob.ask("say", said.clone()).await;
        assert_eq!(bob.ask("say", said.clone()).await, first);
        let (mut two, ..) = class.sit(&class.bob).await;
        assert_eq!(two.ask("say", said.clone()).await, first, "from another seat of the same person too");
        Socket::refused(&ada.ask("say", said).await, 422, "invalid-fields");
        ada.ask("room", json!({})).await;
        let room = ada.hear_where("room", |room| !texts(&room["talk"]["chat"]).is_empty()).await;
        assert_eq!(texts(&room["talk"]["chat"]), ["Once"]);
    }

    async fn who_wrote_it_may_change_it_and_the_trace_stays(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let message = say(&mut bob, "I am hree").await;
        let id = message["id"].clone();
        Socket::refused(&ada.ask("edit_message", json!({"id": id, "text": "No"})).await, 403, "may-not");
        let edited = bob.ask("edit_message", json!({"id": id, "text": "I am here"})).await;
        assert_eq!((&edited["text"], &edited["seq"]), (&json!("I am here"), &message["seq"]));
        assert!(edited["edited_at"].is_string() && edited["rev"].as_i64() > message["rev"].as_i64());
        let chat = ada.hear_where("chat", |chat| chat["messages"][0]["edited_at"].is_string()).await;
        assert_eq!(chat["messages"][0]["text"], "I am here");
        let removed = ada.ask("remove_message", json!({"id": id})).await;
        assert_eq!((&removed["text"], removed["removed_at"].is_string()), (&json!(""), true));
        Socket::refused(&bob.ask("edit_message", json!({"id": id, "text": "Back"})).await, 409, "message-removed");
        let trace = edit::Entity::find().order_by_asc(edit::Column::Rev).all(house.parts.db.read()).await.unwrap();
        assert_eq!(trace.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["I am hree", "I am here"]);
        assert_eq!(trace[1].changed_by.to_string(), class.ada.id);
    }

    async fn a_participant_takes_back_only_their_own(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let of_ada = say(&mut ada, "Mine").await;
        Socket::refused(&bob.ask("remove_message", json!({"id": of_ada["id"]})).await, 403, "may-not");
        Socket::refused(&bob.ask("remove_message", json!({"id": Uuid::now_v7()})).await, 404, "not-found");
        let of_bob = say(&mut bob, "Oops").await;
        assert_eq!(bob.ask("remove_message", json!({"id": of_bob["id"]})).await["text"], "");
    }

    async fn a_word_to_the_hosts_is_read_by_them_alone(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        enroll(&cleo, &class.program).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let (mut cleo_socket, ..) = class.sit(&cleo).await;
        let word = bob.ask("say", json!({"id": Uuid::now_v7(), "text": "I need a break", "to": "hosts"})).await;
        assert_eq!(word["to"], "hosts");
        assert_eq!(ada.hear("chat").await["messages"][0]["text"], "I need a break");
        say(&mut ada, "Let us pause").await;
        assert_eq!(heard_until(&mut cleo_socket, "Let us pause").await, ["Let us pause"]);
        let page = cleo_socket.ask("history", json!({"since": 0})).await;
        assert_eq!(texts(&page), ["Let us pause"]);
        assert_eq!(texts(&bob.ask("history", json!({"since": 0})).await), ["I need a break", "Let us pause"]);
        Socket::refused(&cleo_socket.ask("picture", json!({"id": word["id"]})).await, 404, "not-found");
    }

    async fn who_was_away_catches_up_and_who_scrolls_goes_back(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let first = say(&mut ada, "number 0").await;
        let mut last = first.clone();
        for number in 1..=55 {
            house.parts.clock.advance_seconds(1);
            last = say(&mut ada, &format!("number {number}")).await;
        }
        let (_, token) = class.join(&class.bob).await;
        let mut bob = class.connect(&token).await;
        let room = bob.hear("room").await;
        let shown = texts(&room["talk"]["chat"]);
        assert_eq!((shown.len(), shown[0], *shown.last().unwrap()), (50, "number 6", "number 55"));
        assert_eq!(room["talk"]["chat"]["more"], true);
        let before = bob.ask("history", json!({"before": room["talk"]["chat"]["messages"][0]["seq"]})).await;
        assert_eq!((texts(&before).len(), before["more"].as_bool()), (6, Some(false)));
        ada.ask("edit_message", json!({"id": first["id"], "text": "number zero"})).await;
        let since = bob.ask("history", json!({"since": last["rev"]})).await;
        assert_eq!(texts(&since), ["number zero"]);
        for wrong in [json!({}), json!({"before": 1, "since": 1})] {
            Socket::refused(&bob.ask("history", wrong).await, 422, "invalid-fields");
        }
    }

    async fn the_conversation_outlives_the_server(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, _, token) = class.sit(&class.ada).await;
        say(&mut ada, "Before").await;
        ada.ask("raise_hand", json!({"up": true})).await;
        house.crash().await;
        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let mut ada = Socket::connect(&again, "/live", &token).await.expect("the seat is held");
        let room = ada.hear("room").await;
        assert_eq!(texts(&room["talk"]["chat"]), ["Before"]);
        assert_eq!(room["desk"]["hands"][0]["name"], "Ada Njeri");
        let after = say(&mut ada, "After").await;
        assert_eq!(after["seq"], 2);
        again.crash().await;
    }

    async fn bad_words_are_refused_with_the_field(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let id = Uuid::now_v7();
        for (field, wrong) in [
            ("text", json!({"id": id, "text": "  "})),
            ("text", json!({"id": id, "text": "x".repeat(2001)})),
            ("text", json!({"id": id, "text": "bell \u{7}"})),
            ("image", json!({"id": id, "image": "data:image/svg+xml;base64,PHN2Zz4="})),
            ("to", json!({"id": id, "text": "x", "to": "nobody"})),
            ("id", json!({"id": "7", "text": "x"})),
            ("bcc", json!({"id": id, "text": "x", "bcc": 1})),
        ] {
            let answer = bob.ask("say", wrong.clone()).await;
            Socket::refused(&answer, 422, "invalid-fields");
            assert_eq!(answer["problem"]["errors"][0]["field"], field, "{wrong} {answer}");
        }
        assert_eq!(texts(&bob.ask("history", json!({"since": 0})).await), Vec::<&str>::new());
    }

    async fn a_picture_comes_with_its_message_and_goes_with_it(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let message = bob.ask("say", json!({"id": Uuid::now_v7(), "text": "My cat", "image": PNG})).await;
        assert_eq!(message["image"], true);
        assert_eq!(ada.ask("picture", json!({"id": message["id"]})).await["image"], PNG);
        bob.ask("remove_message", json!({"id": message["id"]})).await;
        Socket::refused(&ada.ask("picture", json!({"id": message["id"]})).await, 404, "not-found");
    }

    async fn six_pictures_a_minute_are_enough(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let picture = || json!({"id": Uuid::now_v7(), "text": "", "image": PNG});
        for _ in 0..6 {
            assert_eq!(bob.ask("say", picture()).await["image"], true);
        }
        Socket::refused(&bob.ask("say", picture()).await, 429, "too-many-pictures");
        assert_eq!(bob.ask("say", json!({"id": Uuid::now_v7(), "text": "Words go on"})).await["text"], "Words go on");
        house.parts.clock.advance_seconds(61);
        assert_eq!(bob.ask("say", picture()).await["image"], true);
    }

    async fn before_the_class_nothing_is_said(house: House) {
        let class = Class::of(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        for (event, said) in [
            ("say", json!({"id": Uuid::now_v7(), "text": "Hello?"})),
            ("raise_hand", json!({"up": true})),
            ("react", json!({"sign": "clap"})),
            ("ask_question", json!({"id": Uuid::now_v7(), "text": "When?"})),
            ("history", json!({"since": 0})),
        ] {
            Socket::refused(&bob.ask(event, said).await, 409, "not-live");
        }
    }
}
