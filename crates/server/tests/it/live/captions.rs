//! Captions of pages: drafts and lines, who may write them, and the transcript that they become.

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use server::events::Fact;
use server::live::captions::model;
use server::plumbing::clock::Clock;
use uuid::Uuid;

use super::Class;
use crate::both_databases;
use crate::programs::enroll;
use crate::util::{House, Person, Socket};

/// Says a finished line in one's own voice; answers it.
async fn speak(socket: &mut Socket, text: &str) -> Value {
    let taken = socket.ask("caption", json!({"id": Uuid::now_v7(), "text": text, "final": true})).await;
    assert_eq!(taken["line"]["text"], text, "{taken}");
    taken["line"].clone()
}

/// The texts that a page was told, until `last` is among them.
async fn read_until(socket: &mut Socket, last: &str) -> Vec<String> {
    let mut read = Vec::new();
    loop {
        let told = socket.hear("captions").await;
        read.extend(texts(&told["lines"]).into_iter().map(str::to_string));
        if read.iter().any(|text| text == last) {
            return read;
        }
    }
}

fn texts(lines: &Value) -> Vec<&str> {
    lines.as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect()
}

async fn transcript(who: &Person, class: &Class, query: &str) -> Value {
    who.get(&format!("{}/transcript{query}", class.session)).await.expect(200)
}

async fn cleo(class: &Class) -> Person {
    let cleo = class.house.participant("Cleo Sands").await;
    enroll(&cleo, &class.program).await;
    cleo
}

both_databases! {
    async fn lines_are_read_in_order_and_found_by_who_comes_later(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ada_seat, _) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        for text in ["Good morning", "Can you hear me?"] {
            speak(&mut ada, text).await;
        }
        let line = speak(&mut bob, "Yes <we> can 🌞").await;
        assert_eq!((&line["name"], &line["source"], &line["seq"]), (&json!("Bob Marsh"), &json!("speech"), &json!(3)));
        assert_eq!(read_until(&mut ada, "Yes <we> can 🌞").await, ["Good morning", "Can you hear me?", "Yes <we> can 🌞"]);
        // Who types writes it down for somebody else.
        let said = json!({"id": Uuid::now_v7(), "text": "Lovely", "final": true, "speaker": ada_seat, "language": "en-GB"});
        let first = ada.ask("caption", said.clone()).await;
        assert_eq!((&first["line"]["source"], &first["line"]["language"]), (&json!("typed"), &json!("en-GB")));
        assert_eq!(ada.ask("caption", said.clone()).await, first, "said twice, it is kept once");
        Socket::refused(&bob.ask("caption", json!({"id": said["id"], "text": "Mine", "final": true})).await, 422, "invalid-fields");
        for number in 0..20 {
            house.parts.clock.advance_seconds(1);
            speak(&mut ada, &format!("number {number}")).await;
        }
        let (_, token) = class.join(&cleo(&class).await).await;
        let mut late = class.connect(&token).await;
        let captions = late.hear("room").await["captions"].clone();
        assert_eq!((texts(&captions["lines"]).len(), texts(&captions["lines"])[0]), (20, "number 0"));
        assert_eq!(captions["more"], true);
        let before = late.ask("captions", json!({"before": captions["lines"][0]["seq"]})).await;
        assert_eq!(texts(&before["lines"]), ["Good morning", "Can you hear me?", "Yes <we> can 🌞", "Lovely"]);
        assert_eq!(before["more"], false);
        assert_eq!(texts(&late.ask("captions", json!({"since": 22})).await["lines"]), ["number 18", "number 19"]);
        for wrong in [json!({}), json!({"before": 1, "since": 1})] {
            Socket::refused(&late.ask("captions", wrong).await, 422, "invalid-fields");
        }
        let words = crate::live::facts(&house).await.into_iter().filter_map(|fact| match fact {
            Fact::CaptionsWritten { lines, .. } => Some(lines.iter().map(|line| line.words).sum::<usize>()),
            _ => None,
        });
        assert_eq!(words.sum::<usize>(), 2 + 4 + 4 + 1 + 40);
    }

    async fn a_draft_is_shown_and_never_kept(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let id = Uuid::now_v7();
        let began = class.now();
        let draft = |text: &str| json!({"id": id, "text": text, "final": false});
        assert_eq!(ada.ask("caption", draft("Good")).await, json!({"line": null}));
        let told = bob.hear("captioning").await;
        assert_eq!((&told["drafts"][0]["text"], &told["drafts"][0]["name"]), (&json!("Good"), &json!("Ada Njeri")));
        Socket::refused(&bob.ask("caption", draft("Not mine")).await, 422, "invalid-fields");
        assert_eq!(model::Entity::find().all(house.parts.db.read()).await.unwrap(), []);
        assert_eq!(transcript(&class.ada, &class, "").await["items"], json!([]));
        house.parts.clock.advance_seconds(3);
        let line = ada.ask("caption", json!({"id": id, "text": "Good morning", "final": true})).await["line"].clone();
        let at = |field: &str| server::kit::At::parse(line[field].as_str().unwrap()).unwrap();
        assert!((0.0..2.0).contains(&at("started_at").seconds_since(began)), "it began with its first draft");
        assert!(at("ended_at").seconds_since(at("started_at")) >= 3.0);
        assert_eq!(read_until(&mut bob, "Good morning").await, ["Good morning"]);
        // One that comes after its line is told to nobody.
        assert_eq!(ada.ask("caption", draft("Good morni")).await, json!({"line": null}));
        speak(&mut ada, "Next").await;
        read_until(&mut bob, "Next").await;
        assert!(!bob.has_heard(&["captioning"]));
    }

    async fn hosts_and_captioners_write_for_others_and_nobody_else(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ada_seat, _) = class.sit(&class.ada).await;
        let (mut bob, bob_seat, _) = class.sit(&class.bob).await;
        let line = |speaker: &str| json!({"id": Uuid::now_v7(), "text": "Hello", "final": true, "speaker": speaker});
        Socket::refused(&bob.ask("caption", line(&ada_seat)).await, 403, "may-not");
        Socket::refused(&bob.ask("caption", line(&bob_seat)).await, 403, "may-not");
        let captioner = |may: bool| json!({"user_id": class.bob.id, "captioner": may});
        Socket::refused(&bob.ask("set_captioner", captioner(true)).await, 403, "may-not");
        Socket::refused(&ada.ask("set_captioner", json!({"user_id": Uuid::now_v7(), "captioner": true})).await, 404, "not-found");
        assert_eq!(ada.ask("set_captioner", captioner(true)).await, json!({}));
        let desk = bob.hear_where("desk", |desk| desk["captioners"] != json!([])).await;
        assert_eq!(desk["captioners"], json!([class.bob.id]));
        let taken = bob.ask("caption", line(&ada_seat)).await;
        assert_eq!((&taken["line"]["name"], &taken["line"]["source"]), (&json!("Ada Njeri"), &json!("typed")));
        Socket::refused(&bob.ask("caption", line(&Uuid::now_v7().to_string())).await, 404, "not-found");
        ada.ask("set_captioner", captioner(false)).await;
        Socket::refused(&bob.ask("caption", line(&ada_seat)).await, 403, "may-not");
        // It goes with who is sent out, as all that hosts gave them.
        ada.ask("set_captioner", captioner(true)).await;
        ada.ask("remove", json!({"seat_id": bob_seat, "may_return": true})).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        Socket::refused(&bob.ask("caption", line(&ada_seat)).await, 403, "may-not");
    }

    async fn who_may_not_speak_has_no_captions(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, bob_seat, _) = class.sit(&class.bob).await;
        let line = || json!({"id": Uuid::now_v7(), "text": "Hello", "final": true});
        ada.ask("set_rules", json!({"speak": false})).await;
        Socket::refused(&bob.ask("caption", line()).await, 403, "may-not");
        speak(&mut ada, "I may").await;
        ada.ask("set_rules", json!({"speak": true})).await;
        let on = |on: bool| json!({"microphone": on, "camera": false, "screen": false});
        bob.ask("state", on(false)).await;
        bob.ask("state", on(true)).await;
        speak(&mut bob, "So may I").await;
        ada.ask("mute", json!({"seat_id": bob_seat, "source": "microphone"})).await;
        Socket::refused(&bob.ask("caption", line()).await, 403, "may-not");
        // Nothing is heard of who waits, and who waits hears nothing.
        ada.ask("set_rules", json!({"waiting_room": true})).await;
        let (mut waiting, ..) = class.sit(&cleo(&class).await).await;
        Socket::refused(&waiting.ask("caption", line()).await, 409, "still-waiting");
        Socket::refused(&waiting.ask("captions", json!({"since": 0})).await, 409, "still-waiting");
        speak(&mut ada, "Only inside").await;
        read_until(&mut bob, "Only inside").await;
        waiting.ask("room", json!({})).await;
        assert_eq!(waiting.hear("room").await["captions"], json!({"lines": [], "more": false}));
        assert!(!waiting.has_heard(&["captions", "captioning"]));
        assert_eq!(model::Entity::find().all(house.parts.db.read()).await.unwrap().len(), 3);
    }

    async fn before_the_class_nothing_is_written_down(house: House) {
        let class = Class::of(&house).await;
        let (mut ada, seat, _) = class.sit(&class.ada).await;
        for speaker in [Value::Null, json!(seat)] {
            let said = json!({"id": Uuid::now_v7(), "text": "Hello?", "final": true, "speaker": speaker});
            Socket::refused(&ada.ask("caption", said).await, 409, "not-live");
        }
        Socket::refused(&ada.ask("captions", json!({"since": 0})).await, 409, "not-live");
    }

    async fn a_flood_of_captions_is_refused_in_a_sentence(house: House) {
        let class = Class::live(&house).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let mut refused = None;
        for number in 0..60 {
            let draft = json!({"id": Uuid::now_v7(), "text": format!("word {number}"), "final": false});
            let answer = bob.ask("caption", draft).await;
            if answer["problem"]["type"] == "captions-too-fast" {
                refused = Some((number, answer));
                break;
            }
        }
        let (number, answer) = refused.expect("a flood is refused");
        assert!(number >= 30, "{number}");
        Socket::refused(&answer, 429, "captions-too-fast");
        assert!(answer["problem"]["detail"].as_str().unwrap().ends_with('.'));
        house.parts.clock.advance_seconds(2);
        speak(&mut bob, "Calm again").await;
    }

    async fn bad_captions_are_refused_with_the_field(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let id = Uuid::now_v7();
        for (field, wrong) in [
            ("text", json!({"id": id, "text": "  ", "final": true})),
            ("text", json!({"id": id, "text": "x".repeat(501), "final": true})),
            ("text", json!({"id": id, "text": "x".repeat(501), "final": false})),
            ("text", json!({"id": id, "text": "two\nlines", "final": true})),
            ("final", json!({"id": id, "text": "x"})),
            ("language", json!({"id": id, "text": "x", "final": true, "language": "English, please"})),
            ("speaker", json!({"id": id, "text": "x", "final": true, "speaker": "Ada"})),
            ("id", json!({"id": "7", "text": "x", "final": true})),
        ] {
            let answer = ada.ask("caption", wrong.clone()).await;
            Socket::refused(&answer, 422, "invalid-fields");
            assert_eq!(answer["problem"]["errors"][0]["field"], field, "{wrong} {answer}");
        }
        assert_eq!(model::Entity::find().all(house.parts.db.read()).await.unwrap(), []);
    }

    async fn what_is_said_in_a_breakout_room_stays_there(house: House) {
        let class = Class::live(&house).await;
        let cleo = cleo(&class).await;
        let (mut ada, ada_seat, _) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let (mut cleo_socket, ..) = class.sit(&cleo).await;
        ada.ask("set_captioner", json!({"user_id": cleo.id, "captioner": true})).await;
        ada.ask("plan_breakouts", json!({"count": 2, "how": "by_hand"})).await;
        let planned = |desk: &Value| desk["breakouts"]["rooms"].as_array().is_some_and(|rooms| rooms.len() == 2);
        let rooms = ada.hear_where("desk", planned).await["breakouts"]["rooms"].clone();
        for (who, room) in [(&class.bob, &rooms[0]), (&cleo, &rooms[1])] {
            ada.ask("move_to", json!({"user_id": who.id, "breakout_id": room["id"]})).await;
        }
        ada.ask("open_breakouts", json!({})).await;
        bob.hear("moved").await;
        cleo_socket.hear("moved").await;
        bob.ask("caption", json!({"id": Uuid::now_v7(), "text": "Only he", "final": false})).await;
        assert_eq!(bob.hear("captioning").await["drafts"][0]["text"], "Only he");
        let line = speak(&mut bob, "Only here").await;
        assert_eq!(line["breakout_id"], rooms[0]["id"]);
        // A captioner writes for the room where they are.
        let far = json!({"id": Uuid::now_v7(), "text": "x", "final": true, "speaker": ada_seat});
        Socket::refused(&cleo_socket.ask("caption", far).await, 404, "not-found");
        speak(&mut cleo_socket, "Over here").await;
        speak(&mut ada, "In the main room").await;
        assert_eq!(read_until(&mut cleo_socket, "Over here").await, ["Over here"]);
        assert_eq!(read_until(&mut ada, "In the main room").await, ["In the main room"]);
        assert!(!cleo_socket.has_heard(&["captioning", "captions"]) && !ada.has_heard(&["captioning", "captions"]));
        assert_eq!(texts(&cleo_socket.ask("captions", json!({"since": 0})).await["lines"]), ["Over here"]);
        cleo_socket.ask("room", json!({})).await;
        let room = cleo_socket.hear_where("room", |room| room["captions"]["lines"] != json!([])).await;
        assert_eq!(texts(&room["captions"]["lines"]), ["Over here"]);
        // Afterwards members read the main room and their own words; staff all.
        let of_cleo = transcript(&cleo, &class, "").await["items"].clone();
        assert_eq!(texts(&of_cleo), ["Over here", "In the main room"]);
        let sheet = cleo.get(&format!("{}/transcript.vtt", class.session)).await;
        assert!(!sheet.text.contains("Only here") && sheet.text.contains("Over here"));
        assert_eq!(transcript(&class.ada, &class, "").await["items"].as_array().unwrap().len(), 3);
    }

    async fn members_search_the_transcript_and_staff_correct_it(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let line = speak(&mut ada, "Ze café opens at 100%").await;
        speak(&mut bob, "See you_there").await;
        for (query, found) in [
            ("?q=CAFE", 1), ("?q=100%25", 1), ("?q=a%25o", 0), ("?q=you_t", 1), ("?q=see_you", 0), ("?q=ada", 1), ("?q=%5C", 0),
        ] {
            let items = transcript(&class.bob, &class, query).await["items"].clone();
            assert_eq!(items.as_array().unwrap().len(), found, "{query}: {items}");
        }
        let page = transcript(&class.bob, &class, "?limit=1").await;
        let next = transcript(&class.bob, &class, &format!("?limit=1&after={}", page["next"].as_str().unwrap())).await;
        assert_eq!((texts(&next["items"]), &next["next"]), (vec!["See you_there"], &Value::Null));
        let path = format!("{}/transcript", class.session);
        class.bob.get(&format!("{path}?q={}", "x".repeat(101))).await.refused_field("q", "too-long");
        class.bob.get(&format!("{path}?page=2")).await.refused_field("page", "unknown-field");
        let of_line = format!("{path}/{}", line["id"].as_str().unwrap());
        class.bob.patch(&of_line, json!({"text": "Mine"})).await.refused(403, "may-not");
        class.ada.patch(&of_line, json!({"text": " "})).await.refused_field("text", "too-short");
        class.ada.patch(&of_line, json!({"text": "The café opens at 9"})).await.expect(200);
        let corrected = class.ada.patch(&of_line, json!({"text": "The café opens at 10"})).await.expect(200);
        assert_eq!(corrected["correction"]["first_text"], "Ze café opens at 100%");
        assert_eq!((&corrected["correction"]["by"], &corrected["seq"]), (&json!("Ada Njeri"), &line["seq"]));
        let told = bob.hear_where("captions", |told| told["lines"][0]["text"] == "The café opens at 10").await;
        assert!(told["lines"][0]["corrected_at"].is_string());
        assert_eq!(texts(&bob.ask("captions", json!({"since": 2})).await["lines"]), ["The café opens at 10"]);
        let items = transcript(&class.bob, &class, "").await["items"].clone();
        assert_eq!((&items[0]["text"], &items[0]["correction"]), (&json!("The café opens at 10"), &Value::Null));
        assert!(items[0]["corrected_at"].is_string());
        assert_eq!(transcript(&class.ada, &class, "").await["items"][0]["correction"], corrected["correction"]);
        assert_eq!(transcript(&class.bob, &class, "?q=ze").await["items"], json!([]));
        // The line of another class is none of this one.
        let other = crate::programs::session_in(&house, &class.ada, &class.program, 200).await;
        let far = format!("{other}/transcript/{}", line["id"].as_str().unwrap());
        class.ada.patch(&far, json!({"text": "x"})).await.refused(404, "not-found");
        // After the class it goes on as well, with nobody in the room.
        class.end().await;
        let later = class.ada.patch(&of_line, json!({"text": "The café opens at ten"})).await.expect(200);
        assert_eq!(later["rev"], 5);
    }

    async fn the_transcript_is_a_file_for_players(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        house.parts.clock.advance_seconds(61);
        speak(&mut ada, "1 --> 2 & <b>bold</b>").await;
        class.end().await;
        let sheet = class.bob.get(&format!("{}/transcript.vtt", class.session)).await;
        assert_eq!(sheet.headers["content-type"], "text/vtt; charset=utf-8");
        let name = sheet.headers["content-disposition"].to_str().unwrap().to_string();
        assert!(name.starts_with("attachment; filename=\"transcript-") && name.ends_with(".vtt\""), "{name}");
        let lines: Vec<&str> = sheet.text.lines().collect();
        assert_eq!(lines[0], "WEBVTT");
        assert_eq!(lines.iter().filter(|line| line.contains("-->")).count(), 1, "{}", sheet.text);
        let times = lines.iter().find(|line| line.contains(" --> ")).unwrap();
        assert!(times.starts_with("00:01:0"), "a minute after the start: {times}");
        assert_eq!(lines.last(), Some(&"<v Ada Njeri>1 --&gt; 2 &amp; &lt;b&gt;bold&lt;/b&gt;</v>"));
    }

    async fn captions_outlive_the_server(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ada_seat, token) = class.sit(&class.ada).await;
        let (_bob, _, bobs) = class.sit(&class.bob).await;
        speak(&mut ada, "Before").await;
        ada.ask("set_captioner", json!({"user_id": class.bob.id, "captioner": true})).await;
        house.crash().await;
        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let mut ada = Socket::connect(&again, "/live", &token).await.expect("the seat is held");
        let room = ada.hear("room").await;
        assert_eq!(texts(&room["captions"]["lines"]), ["Before"]);
        let mut bob = Socket::connect(&again, "/live", &bobs).await.expect("the seat is held");
        let said = json!({"id": Uuid::now_v7(), "text": "After", "final": true, "speaker": ada_seat});
        assert_eq!(bob.ask("caption", said).await["line"]["seq"], 2);
        again.crash().await;
    }
}
