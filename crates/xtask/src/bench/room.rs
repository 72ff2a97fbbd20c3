//! Rooms: twenty people who all send sound and a simulcast picture for a minute; and what one more seat costs to join and to hold.

use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{SecondsFormat, TimeDelta, Utc};
use serde_json::json;

use super::media::Received;
use super::product::{Person, Place, Product};
use super::seat::Seat;
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
    tokio::time::sleep(SETTLE).await;
    sum(&seats).await?;
    let (cpu, memory) = (class.product.process.cpu()?, class.product.process.memory()?);
    tokio::time::sleep(Duration::from_secs(MINUTE)).await;
    let (cpu, after) = (class.product.process.cpu()? - cpu, class.product.process.memory()?);
    let got = sum(&seats).await?;
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
    Ok(())
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
        let got = seat.received().await?;
        sum = Received { packets: sum.packets + got.packets, lost: sum.lost + got.lost };
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
struct Class {
    product: Product,
    session: String,
    people: Vec<Person>,
}

impl Class {
    async fn open(name: &str, people: usize) -> Result<Class> {
        let product = Product::open(&Place::new(name, None)?, Some(0)).await?;
        let staff = product.administrator().await?;
        let id = |value: &serde_json::Value| value["id"].as_str().map(str::to_string).context("no id");
        let program = json!({"title": "Weekday Together", "kind": "day_program", "time_zone": "UTC"});
        let program = id(&staff.post("/programs", program).await?)?;
        staff.act(&format!("/programs/{program}/publish")).await?;
        let soon = |minutes| (Utc::now() + TimeDelta::minutes(minutes)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let session = json!({"title": "Gentle movement", "starts_at": soon(5), "ends_at": soon(65)});
        let session = id(&staff.post(&format!("/programs/{program}/sessions"), session).await?)?;
        let mut class = Class { product, session, people: Vec::new() };
        for number in 0..people {
            let person = staff.participant(&class.product, number).await?;
            person.act(&format!("/programs/{program}/enrollments")).await?;
            class.people.push(person);
        }
        staff.act(&format!("/sessions/{}/start", class.session)).await?;
        Ok(class)
    }

    /// Lets some in, one after the other.
    async fn seats(&self, who: std::ops::Range<usize>) -> Result<Vec<Seat>> {
        let mut seats = Vec::new();
        for person in &self.people[who] {
            seats.push(Seat::take(&self.product, person, &self.session).await?);
        }
        Ok(seats)
    }
}
