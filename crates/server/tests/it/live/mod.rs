//! The live room: seats, sockets, media, presence.

mod breakouts;
mod caption_service;
mod captions;
pub mod chat;
mod desk;
mod documents;
mod documents_hostile;
mod guests;
mod hostile;
mod joining;
mod media;
mod moderation;
mod notices;
mod polls;
mod presence;
mod recording;
mod recording_answers;
mod recording_ends;
mod recording_shelf;
mod recording_video;
mod restart;
mod signalling;
mod waiting;

use server::events::{Fact, Sent};
use server::kit::{At, SessionId};
use server::live::{Live, ledger, sweep};

use crate::programs::{enroll, published, session_in};
use crate::util::{House, Person, Socket};

/// A class that begins in five minutes: `ada` teaches it, `bob` attends.
pub struct Class {
    pub house: House,
    pub ada: Person,
    pub bob: Person,
    pub program: String,
    pub session: String,
}

impl Class {
    pub async fn of(house: &House) -> Class {
        let (ada, bob) = (house.instructor("Ada Njeri").await, house.participant("Bob Marsh").await);
        let program = published(&ada, serde_json::json!({})).await;
        enroll(&bob, &program).await;
        let session = session_in(house, &ada, &program, 5).await;
        Class { house: house.clone(), ada, bob, program, session }
    }

    pub async fn live(house: &House) -> Class {
        let class = Self::of(house).await;
        class.start().await;
        class
    }

    pub fn id(&self) -> SessionId {
        self.session.trim_start_matches("/sessions/").parse().unwrap()
    }

    /// Starts the class; answers when.
    pub async fn start(&self) -> At {
        let session = self.ada.ask(&format!("{}/start", self.session)).await.expect(200);
        At::parse(session["started_at"].as_str().unwrap()).unwrap()
    }

    pub async fn end(&self) -> At {
        let session = self.ada.ask(&format!("{}/end", self.session)).await.expect(200);
        At::parse(session["ended_at"].as_str().unwrap()).unwrap()
    }

    /// Takes a seat; answers its id and its token.
    pub async fn join(&self, who: &Person) -> (String, String) {
        let joined = who.ask(&format!("{}/join", self.session)).await.expect(200);
        (joined["seat_id"].as_str().unwrap().into(), joined["token"].as_str().unwrap().into())
    }

    pub async fn connect(&self, token: &str) -> Socket {
        Socket::connect(&self.house, "/live", token).await.expect("the seat is there")
    }

    /// Takes a seat and sits down on it; answers the socket, and the seat's id and token.
    pub async fn sit(&self, who: &Person) -> (Socket, String, String) {
        let (seat, token) = self.join(who).await;
        let mut socket = self.connect(&token).await;
        socket.hear("room").await;
        (socket, seat, token)
    }

    /// What became of the presences in this class, in order.
    pub async fn presences(&self) -> Vec<Fact> {
        ledger::write(&self.house.parts).await.unwrap();
        facts(&self.house).await.into_iter().filter(is_presence).collect()
    }

    /// What the last presence on a seat sent.
    pub async fn sent(&self, seat: &str) -> Sent {
        let seat = seat.parse().unwrap();
        let left = |fact: &Fact| match fact {
            Fact::SeatLeft { seat: of, sent, .. } if *of == seat => Some(*sent),
            _ => None,
        };
        self.presences().await.iter().rev().find_map(left).expect("the presence has ended")
    }

    /// Lets time pass and the house look at its seats.
    pub async fn later(&self, seconds: i64) {
        self.house.parts.clock.advance_seconds(seconds);
        sweep::sweep(&self.house.parts).await;
    }

    /// Waits until the house has noticed that nobody is connected to a seat.
    pub async fn is_alone(&self, seat: &str) {
        let seat = seat.parse().unwrap();
        crate::util::until("the connection's end is noticed", async || {
            let state = self.house.parts.memory.of::<Live>().state();
            state.seat(seat).is_some_and(|seat| seat.socket.is_none())
        })
        .await;
    }

    pub fn now(&self) -> At {
        self.house.parts.clock.now()
    }
}

pub fn is_presence(fact: &Fact) -> bool {
    matches!(fact, Fact::SeatTaken { .. } | Fact::SeatLeft { .. })
}

pub async fn facts(house: &House) -> Vec<Fact> {
    use sea_orm::{EntityTrait, QueryOrder};
    use server::plumbing::outbox::{Column, Entity};
    let rows = Entity::find().order_by_asc(Column::Id).all(house.parts.db.read()).await.unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.fact).unwrap()).collect()
}

/// The time and the entry of a presence's fact; whether it begins.
pub fn told(fact: &Fact) -> (bool, At, uuid::Uuid) {
    match fact {
        Fact::SeatTaken { at, entry, .. } => (true, *at, *entry),
        Fact::SeatLeft { at, entry, .. } => (false, *at, *entry),
        other => panic!("not a presence: {other:?}"),
    }
}

/// The house's time in an acknowledgement of a beat.
pub async fn beat(socket: &mut Socket) -> At {
    let answer = socket.ask("beat", serde_json::json!({})).await;
    At::parse(answer["now"].as_str().unwrap()).unwrap()
}
