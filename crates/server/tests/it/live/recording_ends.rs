//! Recordings that begin and end at awkward moments, and what was promised when they began.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use server::kit::At;
use server::live::Live;
use server::live::recording::{run, store};
use server::plumbing::clock::Clock;

use super::Class;
use super::media::publish;
use super::recording::{ready, record, written};
use crate::both_databases;
use crate::util::{House, Socket, until};

fn at(value: &Value) -> At {
    At::parse(value.as_str().expect("a time")).unwrap()
}

fn days(from: &Value, to: &Value) -> f64 {
    at(to).seconds_since(at(from)) / 86_400.0
}

async fn recordings(class: &Class) -> Vec<Value> {
    let list = class.ada.get(&format!("{}/recordings", class.session)).await.expect(200);
    list["recordings"].as_array().unwrap().clone()
}

both_databases! {
    async fn a_class_that_ends_as_its_recording_begins_leaves_none_running(house: House) {
        let class = Class::live(&house).await;
        let ada = class.ada.id.parse().unwrap();
        // Written down, and the class is over before the desk says so.
        run::prepare(&house.parts, class.id(), ada, None).await.unwrap();
        let ended = class.end().await;
        let all = ready(&class, &class.ada, 1).await;
        assert_eq!((&all[0]["because"], at(&all[0]["ended_at"])), (&json!("over"), ended));
        let late = run::prepare(&house.parts, class.id(), ada, None).await.unwrap_err();
        assert_eq!(late.code, "not-live");
        assert_eq!(recordings(&class).await.len(), 1);
    }

    async fn a_recording_that_nobody_came_back_to_ends_with_its_class(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        record(&mut ada).await;
        house.crash().await;
        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let (ada, bob) = (again.sign_in("ada.njeri@example.org").await, again.sign_in("bob.marsh@example.org").await);
        let class = Class { house: again.clone(), ada, bob, ..class };
        assert_eq!(recordings(&class).await[1]["state"], "running");
        again.parts.memory.of::<Live>().state().rooms.clear();
        class.end().await;
        assert_eq!(ready(&class, &class.ada, 2).await[1]["because"], "over");
        again.crash().await;
    }

    async fn a_class_that_is_over_in_the_rows_is_not_recorded_whatever_memory_says(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let pen = house.parts.memory.of::<Live>().state().rooms[&class.id()].pen.clone();
        let turn = pen.lock().await;
        let (program, user) = (class.program[10..].parse().unwrap(), class.ada.id.parse().unwrap());
        let conn = house.parts.db.read();
        let asks = async { ada.ask("record", json!({"on": true})).await };
        let meanwhile = async {
            until("the recording is prepared", async || recordings(&class).await.len() == 1).await;
            conn.execute_unprepared("UPDATE sessions SET state = 'ended'").await.unwrap();
            drop(turn);
        };
        let (answer, ()) = tokio::join!(asks, meanwhile);
        Socket::refused(&answer, 409, "not-live");
        assert_eq!(recordings(&class).await, Vec::<Value>::new(), "what never began is taken back");
        assert_eq!(store::consent(conn, program, user).await.unwrap(), None, "nobody was recorded, so nobody agreed");
    }

    async fn a_recording_is_kept_as_long_as_was_said_when_it_began(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        record(&mut ada).await;
        class.ada.patch(&class.program, json!({"recording_days": 2})).await.expect(200);
        ada.ask("record", json!({"on": false})).await;
        let first = ready(&class, &class.ada, 1).await.remove(0);
        assert_eq!(days(&first["ended_at"], &first["kept_until"]), 30.0);
        record(&mut ada).await;
        class.end().await;
        let second = ready(&class, &class.ada, 2).await.remove(1);
        assert_eq!(days(&second["ended_at"], &second["kept_until"]), 2.0);
    }

    async fn a_recording_that_a_crash_ended_ended_then_and_goes_on_by_the_same_promise(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let sends = publish(&mut ada).await;
        record(&mut ada).await;
        written(&house, 30_000).await;
        class.ada.patch(&class.program, json!({"recording_days": 0})).await.expect(200);
        house.crash().await;
        drop(sends);
        let clock = Clock::default();
        clock.advance_seconds(1800);
        let again = House::open_at(house.place.clone(), clock).await;
        let (ada, bob) = (again.sign_in("ada.njeri@example.org").await, again.sign_in("bob.marsh@example.org").await);
        let class = Class { house: again.clone(), ada, bob, ..class };
        let first = &ready(&class, &class.ada, 1).await[0];
        let length = at(&first["ended_at"]).seconds_since(at(&first["started_at"]));
        assert!((length * 1000.0 - first["ms"].as_f64().unwrap()).abs() < 1.0, "{first}");
        assert_eq!(days(&first["ended_at"], &first["kept_until"]), 30.0);
        class.end().await;
        let next = &ready(&class, &class.ada, 2).await[1];
        assert_eq!(days(&next["ended_at"], &next["kept_until"]), 30.0);
        again.crash().await;
    }

    async fn who_presses_record_where_it_cannot_begin_has_agreed_to_nothing(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let folder = house.place.folder.join("recordings");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::write(&folder, "no folder").unwrap();
        Socket::refused(&ada.ask("record", json!({"on": true})).await, 503, "unavailable");
        let consent = format!("{}/recording_consent", class.session);
        assert_eq!(class.ada.get(&consent).await.expect(200)["answer"], json!(null));
        std::fs::remove_file(&folder).unwrap();
        record(&mut ada).await;
        assert_eq!(class.ada.get(&consent).await.expect(200)["answer"]["yes"], true);
        ada.ask("room", json!({})).await;
        ada.hear_where("room", |room| room["you"]["consent"]["yes"] == json!(true)).await;
    }
}
