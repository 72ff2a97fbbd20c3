//! Rooms: twenty people who all send sound and a simulcast picture for a minute; and what one more seat costs to join and to hold.

use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{SecondsFormat, TimeDelta, Utc};
use serde_json::json;

use super::media::{Received, Sends};
use super::product::{Person, Place, Product};
use super::seat::Seat;
use super::socket::Socket;
use super::table::{Row, Table};

const PEOPLE: usize = 20;
const LOUD: usize = 2;
const MINUTE: u64 = 60;
/// After everybody is in: estimates rise, layers settle.
const SETTLE: Duration = Duration::from_secs(10);
/// The room fills up to twenty.
const NEWCOMERS: usize = PEOPLE - 2;

/// The room of twenty.
pub async fn twenty(table: &mut Table) -> Result<()> {
    let class = Class::open("room", PEOPLE).await?;
    let seats = class.seats(0..PEOPLE).await?;
    for (number, seat) in seats.iter().enumerate() {
        seat.watch(seats.iter().map(|other| other.id.as_str()).filter(|id| **id != seat.id), 180).await?;
        seat.media.send(true, number < LOUD);
    }
    connected(&seats).await?;
    let host = class.host().await?;
    tokio::time::sleep(SETTLE).await;
    let memory = class.product.process.memory()?;
    let (got, cpu) = minute(&class, &seats).await?;
    let after = class.product.process.memory()?;
    table.add(Row {
        what: format!("room of {PEOPLE}, all send sound and simulcast pictures for {MINUTE} s: packets lost"),
        ours: format!("{} of {}", got.lost, got.packets + got.lost),
        marks: "no loss",
        ..Row::default()
    });
    table.add(Row {
        what: "the same: memory at the start and at the end".into(),
        reference: format!("{memory:.0} MB"),
        ours: format!("{after:.0} MB"),
        ratio: format!("{:.2} ×", after / memory),
        marks: "flat",
    });
    table.add(Row {
        what: "the same: CPU-s per million packets received".into(),
        ours: format!("{:.1} ({:.0} % of a core)", cpu * 1e6 / got.packets as f64, cpu * 100.0 / MINUTE as f64),
        ..Row::default()
    });
    host.ask("record", json!({"on": true})).await?;
    tokio::time::sleep(SETTLE).await;
    let (recorded, cpu_recorded) = minute(&class, &seats).await?;
    host.ask("record", json!({"on": false})).await?;
    let (without, with) = (cpu * 1e6 / got.packets as f64, cpu_recorded * 1e6 / recorded.packets as f64);
    table.add(Row {
        what: format!(
            "the same while all {PEOPLE} are recorded, {} tracks: CPU-s per million packets received",
            2 * PEOPLE
        ),
        reference: format!("not recorded: {without:.1}"),
        ours: format!("{with:.1}, {} packets lost", recorded.lost),
        ratio: format!("{:.2} ×", with / without),
        ..Row::default()
    });
    Ok(())
}

/// What all of them receive in a minute, and the CPU seconds it takes.
async fn minute(class: &Class, seats: &[Seat]) -> Result<(Received, f64)> {
    sum(seats).await?;
    let cpu = class.product.process.cpu()?;
    tokio::time::sleep(Duration::from_secs(MINUTE)).await;
    let cpu = class.product.process.cpu()? - cpu;
    Ok((sum(seats).await?, cpu))
}

/// Many people, in one way or another.
pub struct Crowd {
    pub name: &'static str,
    pub what: &'static str,
    pub rooms: usize,
    pub people: usize,
    /// So many of each room send sound and picture; one of them is loud.
    pub senders: usize,
    /// At which height each looks at the senders.
    pub height: u32,
    pub sends: Sends,
}

const CROWDS: [Crowd; 3] = [
    Crowd {
        name: "thirty",
        what: "one room, 30 send to 30",
        rooms: 1,
        people: 30,
        senders: 30,
        height: 120,
        sends: Sends::ALL,
    },
    Crowd {
        name: "lecture",
        what: "a lecture, 1 sends to 300",
        rooms: 1,
        people: 301,
        senders: 1,
        height: 180,
        sends: Sends::ALL,
    },
    // Client and server share two cores: with more, the client would be what is measured.
    Crowd {
        name: "forty",
        what: "40 rooms of 6, all send a small picture, and sound only while they talk",
        rooms: 40,
        people: 6,
        senders: 6,
        height: 120,
        sends: Sends { layers: 1, dtx: true },
    },
];

/// What a crowd got, and what it cost.
pub struct Figures {
    pub got: Received,
    /// CPU seconds of the server.
    pub cpu: f64,
    pub seconds: u64,
    /// MB a seat, when everything flowed and at the end.
    pub each: [f64; 2],
    /// The whole process at the end, as a multiple of then.
    pub growth: f64,
}

impl Figures {
    /// CPU seconds per million packets received.
    pub fn cost(&self) -> f64 {
        self.cpu * 1e6 / self.got.packets as f64
    }

    pub fn loss(&self) -> String {
        format!("{} of {}", self.got.lost, self.got.packets + self.got.lost)
    }

    pub fn late(&self) -> String {
        format!("{} / {} ms", self.got.within(0.5), self.got.within(0.99))
    }
}

/// How long the crowds stay: `make bench ROW=crowds MINUTES=10`.
fn minutes() -> u64 {
    std::env::var("MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// Rooms at the size that is promised: what is lost, how late it comes, what a packet costs, what a seat holds, and whether it grows.
pub async fn crowds(table: &mut Table) -> Result<()> {
    for crowd in &CROWDS {
        let figures = crowd.measure(MINUTE * minutes()).await?;
        table.add(Row {
            what: format!("{}, {} s: packets lost", crowd.what, figures.seconds),
            ours: figures.loss(),
            marks: "no loss",
            ..Row::default()
        });
        table.add(Row {
            what: "the same: from sender to receiver, half / 99 %, at most".into(),
            ours: figures.late(),
            marks: "p99 < 30 ms",
            ..Row::default()
        });
        let core = figures.cpu * 100.0 / figures.seconds as f64;
        table.add(Row {
            what: "the same: CPU-s per million packets received".into(),
            ours: format!("{:.1} ({core:.0} % of a core)", figures.cost()),
            ..Row::default()
        });
        table.add(Row {
            what: "the same: memory per seat, at the start and at the end".into(),
            reference: format!("{:.2} MB", figures.each[0]),
            ours: format!("{:.2} MB", figures.each[1]),
            ratio: format!("{:.2} ×", figures.growth),
            marks: "≤ 1 MB; flat",
        });
    }
    Ok(())
}

impl Crowd {
    pub async fn measure(&self, seconds: u64) -> Result<Figures> {
        let (class, sessions) = Class::open_several(self.name, self.rooms * self.people, self.rooms).await?;
        let server = &class.product.process;
        let empty = server.memory()?;
        let seats = self.gather(&class, &sessions).await?;
        tokio::time::sleep(SETTLE).await;
        sum(&seats).await?;
        let (cpu, memory) = (server.cpu()?, server.memory()?);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        let (cpu, after) = (server.cpu()? - cpu, server.memory()?);
        let each = [memory, after].map(|memory| (memory - empty) / seats.len() as f64);
        Ok(Figures { got: sum(&seats).await?, cpu, seconds, each, growth: after / memory })
    }

    /// Everybody comes, sends and watches.
    async fn gather(&self, class: &Class, sessions: &[String]) -> Result<Vec<Seat>> {
        let mut seats = Vec::new();
        for (room, session) in sessions.iter().enumerate() {
            let who = room * self.people..(room + 1) * self.people;
            let here = class.seats_in(session, who, self.sends).await?;
            for (number, seat) in here.iter().enumerate() {
                let shown = here[..self.senders].iter().map(|other| other.id.as_str()).filter(|id| **id != seat.id);
                seat.watch(shown, self.height).await?;
                seat.media.send(number < self.senders, number == 0);
            }
            seats.extend(here);
        }
        Ok(seats)
    }
}

/// Waits until all their connections are up; there is something to receive only once somebody sends.
async fn connected(seats: &[Seat]) -> Result<()> {
    for seat in seats {
        seat.connected().await?;
    }
    Ok(())
}

async fn sum(seats: &[Seat]) -> Result<Received> {
    let mut sum = Received::default();
    for seat in seats {
        sum.add(&seat.received().await?);
    }
    Ok(sum)
}

/// A quiet class of two, into which others come one after the other: each with a line and both connections. Nobody sends
/// meanwhile, so that what is counted is the coming.
pub async fn one_more(table: &mut Table) -> Result<()> {
    let class = Class::open("join", NEWCOMERS + 2).await?;
    let first = class.seats(0..2).await?;
    first.iter().for_each(|seat| seat.media.send(true, false));
    connected(&first).await?;
    first.iter().for_each(|seat| seat.media.send(false, false));
    let (cpu, memory) = (class.product.process.cpu()?, class.product.process.memory()?);
    let more = class.seats(2..NEWCOMERS + 2).await?;
    connected(&more).await?;
    let (cpu, after) = (class.product.process.cpu()? - cpu, class.product.process.memory()?);
    table.add(Row {
        what: format!("one more seat in a room that fills to {PEOPLE}: CPU to join, line and both media connections"),
        ours: format!("{:.1} ms", cpu * 1000.0 / NEWCOMERS as f64),
        marks: "≤ 10 ms; ≤ 3 ms",
        ..Row::default()
    });
    table.add(Row {
        what: "the same: resident memory".into(),
        ours: format!("{:.2} MB", (after - memory) / NEWCOMERS as f64),
        marks: "≤ 1 MB; ≤ 0.4 MB",
        ..Row::default()
    });
    drop((first, more));
    Ok(())
}

/// A class that is live, and people who may come in.
pub struct Class {
    pub product: Product,
    pub session: String,
    pub people: Vec<Person>,
    staff: Person,
}

impl Class {
    pub async fn open(name: &str, people: usize) -> Result<Class> {
        Ok(Self::open_several(name, people, 1).await?.0)
    }

    /// A server with several live sessions of one program; the class is the first of them.
    async fn open_several(name: &str, people: usize, rooms: usize) -> Result<(Class, Vec<String>)> {
        let product = Product::open(&Place::new(name, None)?, Some(0)).await?;
        let staff = product.administrator().await?;
        let id = |value: &serde_json::Value| value["id"].as_str().map(str::to_string).context("no id");
        let program = json!({"title": "Weekday Together", "kind": "day_program", "time_zone": "UTC"});
        let program = id(&staff.post("/programs", program).await?)?;
        staff.act(&format!("/programs/{program}/publish")).await?;
        #[allow(clippy::disallowed_methods, reason = "the server that is measured has the time of the machine")]
        let soon = |minutes| (Utc::now() + TimeDelta::minutes(minutes)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut sessions = Vec::new();
        for _ in 0..rooms {
            let session = json!({"title": "Gentle movement", "starts_at": soon(5), "ends_at": soon(65)});
            let session = id(&staff.post(&format!("/programs/{program}/sessions"), session).await?)?;
            staff.act(&format!("/sessions/{session}/start")).await?;
            sessions.push(session);
        }
        let mut class = Class { product, session: sessions[0].clone(), people: Vec::new(), staff };
        for number in 0..people {
            let person = class.staff.participant(&class.product, number).await?;
            person.act(&format!("/programs/{program}/enrollments")).await?;
            class.people.push(person);
        }
        Ok((class, sessions))
    }

    /// The line of a host who neither sends nor looks; everybody else says that they may be recorded.
    async fn host(&self) -> Result<Socket> {
        for person in &self.people {
            person.put(&format!("/sessions/{}/recording_consent", self.session), json!({"yes": true})).await?;
        }
        let joined = self.staff.act(&format!("/sessions/{}/join", self.session)).await?;
        let token = joined["token"].as_str().context("a seat has a token")?;
        let (line, mut heard) = Socket::connect(&self.product.address, token).await?;
        tokio::spawn(async move { while heard.recv().await.is_some() {} });
        let beats = line.clone();
        tokio::spawn(async move {
            while beats.ask("beat", json!({})).await.is_ok() {
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
        });
        Ok(line)
    }

    /// Lets some in, one after the other.
    async fn seats(&self, who: std::ops::Range<usize>) -> Result<Vec<Seat>> {
        self.seats_in(&self.session, who, Sends::ALL).await
    }

    async fn seats_in(&self, session: &str, who: std::ops::Range<usize>, sends: Sends) -> Result<Vec<Seat>> {
        let mut seats = Vec::new();
        for person in &self.people[who] {
            seats.push(Seat::take(&self.product, person, session, sends).await?);
        }
        Ok(seats)
    }
}
