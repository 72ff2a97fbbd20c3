//! Programs, sessions, enrollments through HTTP.

mod bad_input;
mod calendars;
mod classes;
mod drafts;
mod join_links;
mod places;
mod recurrence;
mod schedule;
mod series;
mod visibility;

use serde_json::{Value, json};
use server::plumbing::pushes;

use crate::util::{House, Person};

/// A draft of `ada`'s, with what `more` says of it.
pub async fn draft(ada: &Person, more: Value) -> Value {
    let mut input = json!({"title": "Morning day program", "kind": "day_program"});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ada.post("/programs", input).await.expect(201)
}

/// The same, published. Answers its path.
pub async fn published(ada: &Person, more: Value) -> String {
    let path = path_of(&draft(ada, more).await);
    ada.ask(&format!("{path}/publish")).await.expect(200);
    path
}

pub fn path_of(program: &Value) -> String {
    format!("/programs/{}", program["id"].as_str().unwrap())
}

/// A session that starts in so many minutes and lasts an hour. Answers its path.
pub async fn session_in(house: &House, ada: &Person, program: &str, minutes: i64) -> String {
    let starts = house.parts.clock.now().plus_minutes(minutes);
    let input = json!({"title": "Tea and news", "starts_at": starts, "ends_at": starts.plus_minutes(60)});
    let session = ada.post(&format!("{program}/sessions"), input).await.expect(201);
    format!("/sessions/{}", session["id"].as_str().unwrap())
}

/// Enrolls somebody by themselves. Answers the enrollment.
pub async fn enroll(bob: &Person, program: &str) -> Value {
    bob.ask(&format!("{program}/enrollments")).await.expect(201)
}

/// What a channel was told durably, as (event, payload).
pub async fn pushed(house: &House, channel: &str) -> Vec<(String, Value)> {
    let pushes = pushes::missed(&house.parts, channel, 0).await.unwrap();
    pushes.into_iter().map(|p| (p.event, p.payload)).collect()
}

/// The facts announced so far, by name.
pub async fn facts(house: &House) -> Vec<String> {
    use sea_orm::{EntityTrait, QueryOrder};
    use server::plumbing::outbox::{Column, Entity};
    let rows = Entity::find().order_by_asc(Column::Id).all(house.parts.db.read()).await.unwrap();
    let name = |fact: &str| serde_json::from_str::<Value>(fact).unwrap()["fact"].as_str().unwrap().to_string();
    rows.iter().map(|row| name(&row.fact)).collect()
}
