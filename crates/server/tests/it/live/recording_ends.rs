//! Recordings that begin and end at awkward moments, and what was promised when they began.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use server::kit::At;
use server::live::Live;
use server::live::recording::run;
use server::plumbing::clock::Clock;

use super::Class;
use super::recording::{ready, record};
use crate::both_databases;
use crate::util::{House, Socket, until};

fn at(value: &Value) -> At {
    At::parse(value.as_str().expect("a time")).unwrap()
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
        run::prepare(&house.parts, class.id(), ada).await.unwrap();
        let ended = class.end().await;
        let all = ready(&class, &class.ada, 1).await;
        assert_eq!((&all[0]["because"], at(&all[0]["ended_at"])), (&json!("over"), ended));
        let late = run::prepare(&house.parts, class.id(), ada).await.unwrap_err();
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
    }
}
