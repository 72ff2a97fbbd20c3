//! A hostile page: it is refused with a sentence or cut off, and two others go on seeing and hearing each other.

#[path = "../../../../../fuzz/inputs/messages.rs"]
mod messages;

use std::sync::atomic::Ordering::Relaxed;

use serde_json::{Value, json};

use super::Class;
use super::media::{publish, subscribe};
use crate::both_databases;
use crate::programs::{enroll, session_in};
use crate::util::{Engine, House, Peer, Person, Socket};

/// Ada sees and hears Bob.
struct Pair {
    ada: Socket,
    bob: Socket,
    bobs_seat: String,
    sender: Peer,
    receiver: Peer,
}

impl Pair {
    async fn of(class: &Class) -> Pair {
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, bobs_seat, _) = class.sit(&class.bob).await;
        let sender = publish(&mut bob).await;
        sender.until("the sender connects", |seen| seen.connected.load(Relaxed)).await;
        ada.ask("watch", json!({"tiles": [{"seat_id": bobs_seat, "source": "camera", "height": 180}]})).await;
        let receiver = subscribe(&mut ada).await;
        Pair { ada, bob, bobs_seat, sender, receiver }
    }

    /// More sound and more picture arrive, and the line still answers.
    async fn goes_on(&mut self) {
        let (sound, picture) = (self.receiver.seen.audio.load(Relaxed), self.receiver.seen.video.load(Relaxed));
        let more = self.receiver.until("sound and picture go on", |seen| {
            seen.audio.load(Relaxed) > sound + 20 && seen.video.load(Relaxed) > picture + 20
        });
        more.await;
        assert!(self.sender.seen.connected.load(Relaxed));
        assert!(self.bob.ask("beat", json!({})).await["now"].is_string());
    }
}

async fn eve(class: &Class) -> Person {
    let eve = class.house.participant("Eve Stone").await;
    enroll(&eve, &class.program).await;
    eve
}

fn in_words(answer: &Value) {
    let words = answer["problem"]["detail"].as_str().unwrap_or_default();
    assert!(words.len() > 15 && words.ends_with('.'), "a sentence: {answer}");
}

both_databases! {
    async fn a_flood_of_messages_is_refused_with_a_sentence_and_then_cut_off(house: House) {
        let class = Class::live(&house).await;
        let mut pair = Pair::of(&class).await;
        let (mut socket, _, token) = class.sit(&eve(&class).await).await;
        for _ in 0..80 {
            socket.send("2/live,[\"room\",{}]");
        }
        let refused = socket.ask("room", json!({})).await;
        Socket::refused(&refused, 429, "too-many-messages");
        in_words(&refused);
        for _ in 0..2_000 {
            socket.send("2/live,[\"room\",{}]");
        }
        socket.ended().await;
        pair.goes_on().await;
        assert!(class.connect(&token).await.ask("beat", json!({})).await["now"].is_string(), "and may come back calmly");
    }

    async fn payloads_of_any_size_are_refused_or_end_their_own_connection(house: House) {
        let class = Class::live(&house).await;
        let mut pair = Pair::of(&class).await;
        let (mut socket, _, token) = class.sit(&eve(&class).await).await;
        let huge = "v=0\r\n".to_string() + &"a".repeat(600_000);
        let refused = socket.ask("publish", json!({"sdp": huge, "tracks": []})).await;
        Socket::refused(&refused, 413, "too-large");
        in_words(&refused);
        let tile = json!({"seat_id": pair.bobs_seat, "source": "camera", "height": 180});
        let refused = socket.ask("watch", json!({"tiles": vec![tile; 201]})).await;
        Socket::refused(&refused, 422, "invalid-fields");
        in_words(&refused);
        let deep = format!("2/live,7[\"state\",{}{}]", "[".repeat(100_000), "]".repeat(100_000));
        socket.send(&deep);
        socket.send(&format!("2/live,8[\"publish\",{{\"sdp\":\"{}\"}}]", "a".repeat(3 << 20)));
        socket.ended().await;
        pair.goes_on().await;
        assert!(class.connect(&token).await.ask("beat", json!({})).await["now"].is_string());
    }

    async fn a_flood_of_bytes_is_refused_though_its_messages_are_few(house: House) {
        let class = Class::live(&house).await;
        let mut pair = Pair::of(&class).await;
        let (mut socket, ..) = class.sit(&eve(&class).await).await;
        let large = json!({"id": uuid::Uuid::now_v7(), "text": "a".repeat(900_000)});
        let mut refused = 0;
        for _ in 0..10 {
            let answer = socket.ask("say", large.clone()).await;
            in_words(&answer);
            refused += (answer["problem"]["type"] == "too-many-messages") as u32;
        }
        assert!((4..10).contains(&refused), "{refused}");
        pair.goes_on().await;
        assert!(socket.ask("beat", json!({})).await["now"].is_string(), "small words are heard");
    }

    async fn tokens_of_other_seats_classes_and_times_open_nothing(house: House) {
        let class = Class::live(&house).await;
        let mut pair = Pair::of(&class).await;
        let eve = eve(&class).await;
        let refusal = async |token: &str| Socket::connect(&house, "/live", token).await.err().expect("a refusal");
        // Left, and tried again.
        let (mut socket, _, left) = class.sit(&eve).await;
        socket.ask("leave", json!({})).await;
        socket.ended().await;
        assert_eq!(refusal(&left).await, "seat-gone");
        // Of another house. All houses of these tests sign with one key, so it is well signed, for a seat that is not here.
        let other = House::open(Engine::Sqlite).await;
        let theirs = Class::live(&other).await;
        let (_, foreign) = theirs.join(&theirs.bob).await;
        assert_eq!(refusal(&foreign).await, "seat-gone");
        // Removed by staff: the token says nothing any more, and there is no new one.
        let (mut socket, seat, removed) = class.sit(&eve).await;
        assert_eq!(pair.ada.ask("remove", json!({"seat_id": seat})).await, json!({}));
        socket.ended().await;
        assert_eq!(refusal(&removed).await, "removed");
        eve.ask(&format!("{}/join", class.session)).await.refused(403, "removed");
        pair.goes_on().await;
    }

    async fn a_seat_of_another_class_can_be_neither_seen_nor_touched(house: House) {
        let class = Class::live(&house).await;
        let mut pair = Pair::of(&class).await;
        // Eve teaches a class of her own, so she is staff there and nobody here.
        let teacher = house.instructor("Eve Stone").await;
        let program = crate::programs::published(&teacher, json!({})).await;
        let session = session_in(&house, &teacher, &program, 5).await;
        teacher.ask(&format!("{session}/start")).await.expect(200);
        let joined = teacher.ask(&format!("{session}/join")).await.expect(200);
        let mut socket = class.connect(joined["token"].as_str().unwrap()).await;
        socket.hear("room").await;
        for message in ["mute", "remove"] {
            let said = match message {
                "mute" => json!({"seat_id": pair.bobs_seat, "source": "microphone"}),
                _ => json!({"seat_id": pair.bobs_seat}),
            };
            let refused = socket.ask(message, said).await;
            assert!(refused["problem"]["status"].as_u64().is_some_and(|s| s >= 400), "{message}: {refused}");
            in_words(&refused);
        }
        let sources = ["microphone", "camera", "screen"];
        let tiles: Vec<Value> = sources.map(|s| json!({"seat_id": pair.bobs_seat, "source": s, "height": 720})).into();
        assert_eq!(socket.ask("watch", json!({"tiles": tiles})).await, json!({}), "it is a wish, and stays one");
        assert_eq!(socket.ask("restart", json!({"fresh": true})).await, json!({}));
        pair.goes_on().await;
        // A whole second of media later nothing was offered and no line carries anything.
        assert!(socket.ask("beat", json!({})).await["now"].is_string());
        assert!(!socket.has_heard(&["offer", "slots", "speaking"]), "nothing of the other class reaches her");
        // Nor can a participant do in the own class what only staff may.
        let refused = pair.bob.ask("remove", json!({"seat_id": pair.bobs_seat})).await;
        Socket::refused(&refused, 403, "may-not");
    }
}

#[test]
fn what_the_fuzzer_begins_with_and_ever_found_does_no_harm() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/messages");
    let inputs: Vec<_> = std::fs::read_dir(folder).expect("the corpus is there").collect();
    assert!(inputs.len() > 3);
    for input in inputs {
        messages::take(&std::fs::read(input.unwrap().path()).unwrap());
    }
}

/// Values that are wrong nearly everywhere, each in its own way.
fn odd_values() -> Vec<Value> {
    let long = "x".repeat(20_000);
    let mut deep = json!(1);
    (0..100).for_each(|_| deep = json!([deep]));
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(""),
        json!(long),
        json!("\u{0}\u{202e}\u{7}"),
        json!("00000000-0000-0000-0000-000000000000"),
        json!([]),
        json!([255, 255, -1]),
        json!(vec!["same"; 2_000]),
        json!({"a": {"b": []}}),
        deep,
    ]
}

/// A message of the corpus, once with each field replaced by each odd value, once without it, and once with one too many.
fn bent(payload: &Value) -> Vec<Value> {
    let mut all = vec![payload.clone(), json!(null), json!([]), json!("text")];
    let fields: Vec<String> = payload.as_object().into_iter().flat_map(|fields| fields.keys().cloned()).collect();
    for field in fields {
        for odd in odd_values() {
            let mut one = payload.clone();
            one[&field] = odd;
            all.push(one);
        }
        let mut without = payload.clone();
        without.as_object_mut().unwrap().remove(&field);
        all.push(without);
    }
    let mut more = payload.clone();
    more["nobody_asked_for_this"] = json!(1);
    all.push(more);
    all
}

both_databases! {
    async fn every_message_with_every_odd_value_is_taken_or_refused_with_a_sentence(house: House) {
        let class = Class::live(&house).await;
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/messages");
        for input in std::fs::read_dir(folder).expect("the corpus is there") {
            let text = std::fs::read_to_string(input.unwrap().path()).unwrap();
            let (event, payload) = text.split_once('\n').unwrap();
            let payload = serde_json::from_str(payload).unwrap();
            for who in [&class.ada, &class.bob] {
                let (mut socket, ..) = class.sit(who).await;
                for (number, payload) in bent(&payload).into_iter().enumerate() {
                    if number % 50 == 49 {
                        // Not what floods are about.
                        class.house.parts.clock.advance_seconds(3);
                    }
                    let answer = socket.ask(event, payload.clone()).await;
                    if answer.get("problem").is_some() {
                        let status = answer["problem"]["status"].as_u64().unwrap();
                        assert!((400..500).contains(&status) && status != 429, "{event} {payload}: {answer}");
                        in_words(&answer);
                    }
                }
            }
        }
        let mut pair = Pair::of(&class).await;
        pair.goes_on().await;
    }
}
