//! Recording: who is in it, what is kept of it over every kind of end, and who may watch.

use reqwest::Method;
use reqwest::header::{COOKIE, RANGE, SET_COOKIE};
use serde_json::{Value, json};
use server::live::recording::retention;
use server::plumbing::clock::Clock;

use super::media::publish;
use super::{Class, facts};
use crate::both_databases;
use crate::util::{Engine, House, Person, Place, Socket, until};

/// Waits for so many bytes in the files of recordings.
pub async fn written(house: &House, bytes: u64) {
    let folder = house.place.folder.join("recordings");
    until("files grow", async || size_of(&folder) >= bytes).await;
}

pub fn size_of(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| if e.path().is_dir() { size_of(&e.path()) } else { e.metadata().map_or(0, |m| m.len()) }).sum()
}

/// The recordings of a class, once so many of them are ready.
pub async fn ready(class: &Class, who: &Person, many: usize) -> Vec<Value> {
    let path = format!("{}/recordings", class.session);
    let list = async || who.get(&path).await.expect(200)["recordings"].as_array().unwrap().clone();
    until("recordings are ready", async || list().await.iter().filter(|one| one["state"] == "ready").count() >= many)
        .await;
    list().await
}

pub fn path_of(recording: &Value) -> String {
    format!("/recordings/{}", recording["id"].as_str().unwrap())
}

/// Opens a recording; answers what it says and the cookie.
pub async fn watch(who: &Person, recording: &Value) -> (Value, String) {
    let answer = who.get(&path_of(recording)).await;
    let cookie = answer.headers[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_string();
    (answer.expect(200), cookie)
}

fn sources(replay: &Value) -> Vec<(String, String)> {
    let tracks = replay["tracks"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let mut all: Vec<_> = tracks.map(|track| (text(&track["name"]), text(&track["source"]))).collect();
    all.sort();
    all
}

/// Asks for bytes of a file with nothing but a cookie, as a player does.
pub async fn bytes(house: &House, path: &str, cookie: &str, range: &str) -> (u16, Vec<u8>) {
    let request = house.nobody().request(Method::GET, path).header(COOKIE, cookie).header(RANGE, range);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
}

async fn status(house: &House, path: &str, cookie: &str) -> u16 {
    bytes(house, path, cookie, "bytes=0-9").await.0
}

async fn refused(socket: &mut Socket, payload: Value, status: u16, code: &str) {
    Socket::refused(&socket.ask("record", payload).await, status, code);
}

pub async fn record(host: &mut Socket) -> Value {
    assert_eq!(host.ask("record", json!({"on": true})).await, json!({}));
    host.hear_where("desk", |desk| !desk["recording"].is_null()).await["recording"].clone()
}

both_databases! {
    async fn those_who_said_yes_are_in_it_and_it_is_watched_at_the_end(house: House) {
        let class = Class::live(&house).await;
        let cleo = house.participant("Cleo Sands").await;
        crate::programs::enroll(&cleo, &class.program).await;
        let asked = class.bob.get(&format!("{}/recording_consent", class.session)).await.expect(200);
        assert_eq!(asked, json!({"kept_days": 30, "answer": null}));
        let consent = class.bob.request(Method::PUT, &format!("{}/recording_consent", class.session));
        assert_eq!(consent.json(&json!({"yes": true})).send().await.unwrap().status(), 200);

        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, bob_seat, _) = class.sit(&class.bob).await;
        let (mut no, no_seat, _) = class.sit(&cleo).await;
        let _sends = (publish(&mut bob).await, publish(&mut no).await, publish(&mut ada).await);
        record(&mut ada).await;
        bob.hear_where("desk", |desk| !desk["recording"].is_null()).await;
        bob.ask("say", json!({"id": uuid::Uuid::now_v7(), "text": "hello to later"})).await;
        no.ask("say", json!({"id": uuid::Uuid::now_v7(), "text": "not for later"})).await;
        for (seat, text) in [(&bob_seat, "Bob speaks"), (&no_seat, "Cleo speaks")] {
            let line = json!({"id": uuid::Uuid::now_v7(), "text": text, "final": true, "speaker": seat});
            assert!(ada.ask("caption", line).await["problem"].is_null());
        }
        ada.ask("room", json!({})).await;
        let room = ada.hear_where("room", |room| room["people"].as_array().unwrap().len() == 3).await;
        let recordable = |seat: &str| room["people"].as_array().unwrap().iter().find(|p| p["seat_id"] == json!(seat)).unwrap()["recordable"].clone();
        assert_eq!((recordable(&bob_seat), recordable(&no_seat)), (json!(true), json!(false)));
        assert_eq!(room["you"]["consent"]["yes"], true, "who presses Record is in it");
        written(&house, 60_000).await;
        class.end().await;

        let all = ready(&class, &class.bob, 1).await;
        assert_eq!((&all[0]["because"], all.len()), (&json!("over"), 1));
        let listed = class.bob.get(&format!("{}/recordings", class.program)).await.expect(200);
        assert_eq!((&listed["recordings"][0]["recording"], listed["recordings"][0]["title"].is_string()), (&all[0], true));
        let day = class.bob.get("/me/day").await.expect(200);
        assert!(day["items"].as_array().unwrap().iter().all(|item| item["recorded"] == true), "{day}");
        let (replay, cookie) = watch(&class.bob, &all[0]).await;
        let pairs = |names: &[&str]| names.iter().flat_map(|n| ["camera", "microphone"].map(|s| (n.to_string(), s.to_string()))).collect::<Vec<_>>();
        assert_eq!(sources(&replay), pairs(&["Ada Njeri", "Bob Marsh"]));
        let said: Vec<&Value> = replay["chat"].as_array().unwrap().iter().map(|said| &said["text"]).collect();
        assert_eq!(said, [&json!("hello to later")]);
        let written: Vec<(&Value, &Value)> = replay["captions"].as_array().unwrap().iter().map(|line| (&line["name"], &line["text"])).collect();
        assert_eq!(written, [(&json!("Bob Marsh"), &json!("Bob speaks"))]);
        assert_eq!(replay["chapters"], json!([{"at_ms": 0, "kind": "start", "label": ""}]));
        for track in replay["tracks"].as_array().unwrap() {
            assert!(track["ms"].as_i64().unwrap() > 500 && track["starts_ms"].as_i64().unwrap() < 2_000, "{track}");
            let path = format!("{}/tracks/{}", path_of(&all[0]), track["id"].as_str().unwrap());
            let front = bytes(&house, &path, &cookie, "bytes=0-3").await;
            assert_eq!(front, (206, vec![0x1a, 0x45, 0xdf, 0xa3]), "{path}");
            let all_of_it = bytes(&house, &path, &cookie, "bytes=0-").await;
            assert_eq!(json!(all_of_it.1.len()), track["bytes"]);
            assert_eq!(bytes(&house, &path, &cookie, "bytes=999999999-").await.0, 416);
        }
        let watched = facts(&house).await;
        let watched = watched.iter().filter(|fact| matches!(fact, server::events::Fact::ReplayWatched { .. })).count();
        assert_eq!(watched, 1);
        watch(&class.bob, &all[0]).await;
        let viewers = format!("{}/viewers", path_of(&all[0]));
        let who = class.ada.get(&viewers).await.expect(200)["viewers"].clone();
        assert_eq!((&who[0]["name"], &who[0]["times"], who.as_array().unwrap().len()), (&json!("Bob Marsh"), &json!(2), 1));
        class.bob.get(&viewers).await.refused(403, "may-not");
    }

    async fn a_no_holds_from_the_answer_on_and_a_yes_too(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, seat, _) = class.sit(&class.bob).await;
        let _sends = publish(&mut bob).await;
        record(&mut ada).await;
        assert_eq!(bob.ask("consent", json!({"yes": true})).await["yes"], true);
        ada.hear_where("person", |person| person["seat_id"] == json!(seat) && person["recordable"] == true).await;
        written(&house, 20_000).await;
        assert_eq!(bob.ask("consent", json!({"yes": false})).await["yes"], false);
        ada.hear_where("person", |person| person["seat_id"] == json!(seat) && person["recordable"] == false).await;
        // What was on its way is written; then nothing more.
        let folder = house.place.folder.join("recordings");
        let mut before = size_of(&folder);
        until("the files stand still", async || {
            tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
            std::mem::replace(&mut before, size_of(&folder)) == size_of(&folder)
        }).await;
        assert_eq!(ada.ask("record", json!({"on": false})).await, json!({}));
        bob.hear_where("desk", |desk| desk["recording"].is_null()).await;
        let all = ready(&class, &class.ada, 1).await;
        assert_eq!(all[0]["because"], "stopped");
        assert_eq!(watch(&class.ada, &all[0]).await.0["tracks"], json!([]), "the no holds for what was recorded before");
        bob.ask("consent", json!({"yes": true})).await;
        let (replay, cookie) = watch(&class.ada, &all[0]).await;
        assert_eq!(replay["tracks"].as_array().unwrap().len(), 2);
        let track = format!("{}/tracks/{}", path_of(&all[0]), replay["tracks"][0]["id"].as_str().unwrap());
        assert_eq!(status(&house, &track, &cookie).await, 206);
        bob.ask("consent", json!({"yes": false})).await;
        assert_eq!(status(&house, &track, &cookie).await, 404);
    }

    async fn a_yes_is_no_leave_for_what_came_before_it(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, bob_seat, _) = class.sit(&class.bob).await;
        let _sends = publish(&mut ada).await;
        record(&mut ada).await;
        let service = class.ada.ask(&format!("{}/caption_link", class.session)).await.expect(201)["url"].clone();
        let service = service.as_str().unwrap();
        let path = &service[service.find("/captions/").unwrap()..];
        let mut say = async |text: &str| {
            house.parts.clock.advance_seconds(1);
            bob.ask("say", json!({"id": uuid::Uuid::now_v7(), "text": text})).await;
            let line = json!({"id": uuid::Uuid::now_v7(), "text": text, "final": true, "speaker": bob_seat});
            assert!(ada.ask("caption", line).await["problem"].is_null());
            house.parts.clock.advance_seconds(1);
        };
        say("before").await;
        let sent = house.nobody().request(Method::POST, path).header("content-type", "text/plain").body("of somebody");
        assert_eq!(sent.send().await.unwrap().status(), 200);
        class.bob.request(Method::PUT, &format!("{}/recording_consent", class.session)).json(&json!({"yes": true})).send().await.unwrap();
        say("after").await;
        // Somebody who says nothing sits there too: whose words a service sent nobody knows.
        let cleo = house.participant("Cleo Sands").await;
        crate::programs::enroll(&cleo, &class.program).await;
        class.sit(&cleo).await;
        written(&house, 30_000).await;
        class.end().await;
        let (replay, _) = watch(&class.bob, &ready(&class, &class.bob, 1).await[0]).await;
        let texts = |list: &Value| list.as_array().unwrap().iter().map(|one| one["text"].clone()).collect::<Vec<_>>();
        assert_eq!(texts(&replay["chat"]), ["after"]);
        assert_eq!(texts(&replay["captions"]), ["after"]);
    }

    async fn who_left_the_program_may_still_take_their_yes_back(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        let path = format!("{}/recording_consent", class.session);
        class.bob.request(Method::PUT, &path).json(&json!({"yes": true})).send().await.unwrap();
        let _sends = (publish(&mut ada).await, publish(&mut bob).await);
        record(&mut ada).await;
        written(&house, 60_000).await;
        class.end().await;
        let recording = &ready(&class, &class.ada, 1).await[0];
        let (before, _) = watch(&class.ada, recording).await;
        assert!(sources(&before).iter().any(|(name, _)| name == "Bob Marsh"));
        let enrolled = class.ada.get(&format!("{}/enrollments", class.program)).await.expect(200);
        let bobs = enrolled["items"].as_array().unwrap().iter().find(|one| one["user"]["id"] == json!(class.bob.id)).unwrap();
        class.ada.delete(&format!("/enrollments/{}", bobs["id"].as_str().unwrap())).await.expect(204);
        let no = class.bob.request(Method::PUT, &path).json(&json!({"yes": false})).send().await.unwrap();
        assert_eq!(no.status(), 200);
        let (after, _) = watch(&class.ada, recording).await;
        assert!(sources(&after).iter().all(|(name, _)| name != "Bob Marsh"), "{after}");
    }

    async fn a_no_counts_whatever_the_clock_says(house: House) {
        let class = Class::live(&house).await;
        let consent = server::live::recording::consent::put;
        let (program, bob) = (class.program[10..].parse().unwrap(), class.bob.id.parse().unwrap());
        house.parts.clock.advance_seconds(3600);
        let yes = consent(&house.parts, program, bob, true).await.unwrap();
        house.crash().await;
        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let no = consent(&again.parts, program, bob, false).await.unwrap();
        assert!(no.at > yes.at && !no.yes);
        let kept = server::live::recording::store::consent(again.parts.db.read(), program, bob).await.unwrap();
        assert_eq!(kept, Some(no));
        again.crash().await;
    }

    async fn what_a_deletion_left_behind_goes_with_the_next_try(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let _sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 30_000).await;
        class.end().await;
        let recording = ready(&class, &class.ada, 1).await[0].clone();
        let folder = house.place.folder.join("recordings").join(recording["id"].as_str().unwrap());
        let aside = house.place.folder.join("aside");
        // A folder that cannot be removed as one.
        std::fs::rename(&folder, &aside).unwrap();
        std::fs::write(&folder, "no folder").unwrap();
        class.ada.delete(&path_of(&recording)).await.refused(500, "broken");
        std::fs::remove_file(&folder).unwrap();
        std::fs::rename(&aside, &folder).unwrap();
        class.ada.delete(&path_of(&recording)).await.expect(204);
        assert!(!folder.exists());
        house.parts.clock.advance_seconds(40 * 24 * 3600);
        let id = recording["id"].as_str().unwrap().parse().unwrap();
        retention::expire(&house.parts, id).await.unwrap();
        let row = server::live::recording::store::need(house.parts.db.read(), id).await.unwrap();
        assert_eq!(row.deleted_by, Some(class.ada.id.parse().unwrap()), "who deleted it stays known");
    }

    async fn only_hosts_of_a_live_class_record_where_the_program_does(house: House) {
        let class = Class::of(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        refused(&mut ada, json!({"on": true}), 409, "not-live").await;
        class.start().await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        refused(&mut bob, json!({"on": true}), 403, "may-not").await;
        refused(&mut ada, json!({"on": "yes"}), 422, "invalid-fields").await;
        class.ada.patch(&class.program, json!({"recording_days": 0})).await.expect(200);
        refused(&mut ada, json!({"on": true}), 409, "not-recorded").await;
        for wrong in [-1, 3651] {
            class.ada.patch(&class.program, json!({"recording_days": wrong})).await.expect(422);
        }
        class.ada.patch(&class.program, json!({"recording_days": 7})).await.expect(200);
        let first = record(&mut ada).await;
        ada.ask("record", json!({"on": true})).await;
        class.end().await;
        let all = ready(&class, &class.ada, 1).await;
        assert_eq!((all.len(), &all[0]["id"]), (1, &first["id"]), "pressed twice is one");
        assert_eq!(watch(&class.ada, &all[0]).await.0["tracks"], json!([]), "nobody sent anything");
    }

    async fn a_recording_is_for_its_program_alone_and_every_range_is_asked_anew(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let _sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 20_000).await;
        let running = class.bob.get(&format!("{}/recordings", class.session)).await.expect(200);
        let running = &running["recordings"][0];
        class.bob.get(&path_of(running)).await.refused(409, "still-recording");
        class.end().await;
        let recording = ready(&class, &class.bob, 1).await.remove(0);
        let path = path_of(&recording);

        let eve = house.participant("Eve Stone").await;
        eve.get(&path).await.expect(404);
        eve.get(&format!("{}/recordings", class.session)).await.expect(403);
        let (replay, cookie) = watch(&class.bob, &recording).await;
        let track = format!("{path}/tracks/{}", replay["tracks"][0]["id"].as_str().unwrap());
        assert_eq!(status(&house, &track, &cookie).await, 206);
        assert_eq!(status(&house, &track, "").await, 401);
        assert_eq!(status(&house, &track, &cookie.replace('.', "x")).await, 401);
        let other = format!("/recordings/{}/tracks/{}", uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
        assert_eq!(status(&house, &other, &cookie).await, 401, "the cookie is for one recording");
        assert_eq!(eve.get(&track).await.status, 404);
        assert_eq!(status(&house, &format!("{path}/tracks/..%2f..%2fvdp.db"), &cookie).await, 404);

        let enrollments = class.ada.get(&format!("{}/enrollments", class.program)).await.expect(200);
        let enrollment = enrollments["items"][0]["id"].as_str().unwrap();
        class.ada.delete(&format!("/enrollments/{enrollment}")).await.expect(204);
        assert_eq!(status(&house, &track, &cookie).await, 404, "no longer in the program");

        eve.delete(&path).await.expect(404);
        assert!(size_of(&house.place.folder.join("recordings")) > 0);
        class.ada.delete(&path).await.expect(204);
        class.ada.get(&path).await.refused(410, "recording-deleted");
        assert_eq!(size_of(&house.place.folder.join("recordings")), 0);
    }

    async fn a_recording_is_deleted_when_its_time_has_come(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let _sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 10_000).await;
        class.end().await;
        let recording = ready(&class, &class.ada, 1).await.remove(0);
        let id = recording["id"].as_str().unwrap().parse().unwrap();
        retention::expire(&house.parts, id).await.unwrap();
        watch(&class.ada, &recording).await;
        house.parts.clock.advance_seconds(30 * 86_400 + 5);
        let ada = house.sign_in("ada.njeri@example.org").await;
        retention::expire(&house.parts, id).await.unwrap();
        ada.get(&path_of(&recording)).await.refused(410, "recording-deleted");
        assert_eq!(size_of(&house.place.folder.join("recordings")), 0);
    }

    async fn after_a_crash_what_was_written_is_watched_and_the_class_is_recorded_on(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, _, token) = class.sit(&class.ada).await;
        let sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 40_000).await;
        house.crash().await;
        drop(sends);

        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let (ada, bob) = (again.sign_in("ada.njeri@example.org").await, again.sign_in("bob.marsh@example.org").await);
        let class = Class { house: again.clone(), ada, bob, ..class };
        let all = ready(&class, &class.bob, 1).await;
        assert_eq!((&all[0]["because"], &all[1]["state"]), (&json!("restart"), &json!("running")));
        assert!(all[0]["ms"].as_i64().unwrap() > 500, "{all:?}");
        let mut ada = class.connect(&token).await;
        let room = ada.hear("room").await;
        assert_eq!(room["desk"]["recording"]["id"], all[1]["id"]);
        let _sends = publish(&mut ada).await;
        let before = size_of(&again.place.folder.join("recordings"));
        written(&again, before + 20_000).await;
        class.end().await;
        let all = ready(&class, &class.bob, 2).await;
        for recording in &all {
            assert_eq!(watch(&class.bob, recording).await.0["tracks"].as_array().unwrap().len(), 2);
        }
        again.crash().await;
    }

    async fn a_server_that_stops_leaves_a_finished_recording(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let _sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 20_000).await;
        server::live::drain(&house.parts).await;
        let all = ready(&class, &class.ada, 1).await;
        assert_eq!(all[0]["because"], "restart");
    }

    async fn breakout_rooms_are_not_recorded(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let (mut bob, ..) = class.sit(&class.bob).await;
        bob.ask("consent", json!({"yes": true})).await;
        record(&mut ada).await;
        ada.ask("plan_breakouts", json!({"count": 1, "how": "random"})).await;
        ada.ask("open_breakouts", json!({})).await;
        bob.hear("moved").await;
        let sends = publish(&mut bob).await;
        sends.until("connected", |seen| seen.connected.load(std::sync::atomic::Ordering::Relaxed)).await;
        bob.hear_where("speaking", |said| said["seats"] != json!([])).await;
        class.end().await;
        let all = ready(&class, &class.ada, 1).await;
        assert_eq!(watch(&class.ada, &all[0]).await.0["tracks"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_recording_and_the_class_goes_on() {
    let mut place = Place::new(Engine::Sqlite).await;
    place.recording_bytes = 30_000;
    let house = House::open_at(place, Clock::default()).await;
    let class = Class::live(&house).await;
    let (mut ada, ..) = class.sit(&class.ada).await;
    let (mut bob, ..) = class.sit(&class.bob).await;
    let _sends = publish(&mut ada).await;
    record(&mut ada).await;
    assert_eq!(ada.hear("recording_ended").await, json!({"because": "full"}));
    bob.hear_where("desk", |desk| desk["recording"].is_null()).await;
    bob.ask("say", json!({"id": uuid::Uuid::now_v7(), "text": "still here"})).await;
    let all = ready(&class, &class.bob, 1).await;
    assert_eq!(all[0]["because"], "full");
    let tracks = watch(&class.bob, &all[0]).await.0["tracks"].clone();
    assert!(tracks.as_array().unwrap().iter().all(|track| track["ms"].as_i64().unwrap() > 500), "{tracks}");
    house.crash().await;
}
