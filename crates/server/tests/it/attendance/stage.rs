//! A program with people in it, a clock that stands where a test wants it, and seats that are told to be taken and left.

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use server::app;
use server::events::{Fact, Parting};
use server::kit::{At, SeatId};
use server::plumbing::outbox;
use uuid::Uuid;

use crate::util::{House, Person};

pub fn at(text: &str) -> At {
    At::parse(text).unwrap()
}

/// Moves the clock forward to an instant. Who signed in before signs in again.
pub fn move_to(house: &House, instant: &str) {
    let seconds = (at(instant).0 - house.parts.clock.now().0).div_euclid(1_000_000) + 1;
    assert!(seconds > 0, "the clock only goes forward");
    house.parts.clock.advance_seconds(seconds);
}

/// The same person with a fresh token, as their page gets one when the old one has run out.
pub async fn again(person: &Person) -> Person {
    person.signed_in(&person.post("/auth/refresh", json!({})).await.expect(200))
}

/// A published program of `lead`.
pub async fn program(lead: &Person, title: &str, zone: &str) -> String {
    let input = json!({"title": title, "kind": "day_program", "time_zone": zone});
    let id = text(&lead.post("/programs", input).await.expect(201)["id"]);
    lead.ask(&format!("/programs/{id}/publish")).await.expect(200);
    id
}

pub async fn session(lead: &Person, program: &str, title: &str, starts_at: &str, ends_at: &str) -> String {
    let input = json!({"title": title, "starts_at": starts_at, "ends_at": ends_at});
    text(&lead.post(&format!("/programs/{program}/sessions"), input).await.expect(201)["id"])
}

pub async fn enroll(person: &Person, program: &str) {
    person.ask(&format!("/programs/{program}/enrollments")).await.expect(201);
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("text, not {value}")).to_string()
}

/// One presence of one seat.
#[derive(Clone, Copy)]
pub struct Presence<'a> {
    pub entry: Uuid,
    pub session: &'a str,
    pub program: &'a str,
    pub person: &'a Person,
    pub staff: bool,
}

impl<'a> Presence<'a> {
    pub fn of(person: &'a Person, session: &'a str, program: &'a str) -> Presence<'a> {
        Presence { entry: Uuid::now_v7(), session, program, person, staff: false }
    }

    pub fn taken(&self, instant: &str) -> Fact {
        Fact::SeatTaken {
            seat: SeatId(self.entry),
            entry: self.entry,
            session: self.session.parse().unwrap(),
            program: self.program.parse().unwrap(),
            user: self.person.id.parse().unwrap(),
            staff: self.staff,
            at: at(instant),
        }
    }

    pub fn left(&self, instant: &str) -> Fact {
        Fact::SeatLeft {
            seat: SeatId(self.entry),
            entry: self.entry,
            session: self.session.parse().unwrap(),
            program: self.program.parse().unwrap(),
            user: self.person.id.parse().unwrap(),
            at: at(instant),
            because: Parting::Left,
            sent: Default::default(),
        }
    }

    /// Taken and left again.
    pub async fn lasts(&self, house: &House, from: &str, to: &str) {
        announce(house, &[self.taken(from), self.left(to)]).await;
    }
}

/// Announces facts as the live room does, and waits until everybody has heard them.
pub async fn announce(house: &House, facts: &[Fact]) {
    let parts = &house.parts;
    let announced = parts.db.write(|tx| {
        async move {
            for fact in facts {
                outbox::announce(parts, tx, fact.clone()).await?;
            }
            Ok(())
        }
        .boxed()
    });
    announced.await.unwrap();
    let waiting = async || {
        let unheard = outbox::Entity::find().filter(outbox::Column::HeardAt.is_null());
        unheard.count(parts.db.read()).await.unwrap() > 0
    };
    // The house delivers by itself; a second hand does no harm, for listeners may hear a fact twice.
    while waiting().await {
        outbox::deliver_some(parts, &app::listeners()).await;
    }
}
