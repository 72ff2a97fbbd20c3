//! The whiteboard: thirty people draw at once, each stroke growing ten times a second, each piece stored before anybody hears
//! it. Beside it a bare axum WebSocket that stores nothing and passes each piece on to the same thirty. Then what it takes
//! to come late to a board of ten thousand strokes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use yrs::updates::decoder::Decode;
use yrs::{Array, ArrayPrelim, ArrayRef, Doc, Map, MapPrelim, ReadTxn, Transact, Update};

use super::process::{Running, answers, folder, free_port, on_core};
use super::room::Class;
use super::socket::{Heard, Socket};
use super::table::{Row, Table};

const PEOPLE: usize = 30;
const SECONDS: u64 = 20;
/// So often a second a stroke grows, by so many points.
const PER_SECOND: u64 = 10;
const POINTS: usize = 6;
/// So often it grows; then the next one begins.
const GROWS: u64 = 10;
const STROKES: usize = 10_000;

pub async fn measure(table: &mut Table) -> Result<()> {
    let bare = bare().await?;
    let Figures { cost, half, most, late_bytes, late_ms, objects } = ours().await?;
    table.add(Row {
        what: format!(
            "board, {PEOPLE} people draw at once, each {PER_SECOND} times a second, stored first: CPU µs per piece that all see"
        ),
        reference: format!("bare axum WebSocket, nothing stored: {bare:.0}"),
        ours: format!("{cost:.0}"),
        ratio: format!("{:.2} ×", cost / bare),
        marks: "",
    });
    let (what, ours) = ("the same: from hand to page, half / 99 %".into(), format!("{half:.0} / {most:.0} ms"));
    table.add(Row { what, ours, ..Row::default() });
    let what = format!("board of {objects} strokes: bytes to who comes late, in one message; CPU of the server for it");
    table.add(Row { what, ours: format!("{:.2} MB; {late_ms:.0} ms", late_bytes as f64 / 1e6), ..Row::default() });
    Ok(())
}

struct Figures {
    /// CPU µs of the server per piece.
    cost: f64,
    /// Milliseconds from hand to page.
    half: f64,
    most: f64,
    late_bytes: usize,
    late_ms: f64,
    objects: usize,
}

/// Somebody's copy of the board.
struct Hand {
    doc: Doc,
    stroke: Option<ArrayRef>,
    strokes: u64,
}

impl Hand {
    fn new(client: u64) -> Hand {
        Hand { doc: Doc::with_client_id(client), stroke: None, strokes: 0 }
    }

    /// The next piece: a stroke that begins, or grows.
    fn draw(&mut self, number: u64) -> Vec<u8> {
        let elements = self.doc.get_or_insert_map("elements");
        let mut change = self.doc.transact_mut();
        if number.is_multiple_of(GROWS) {
            self.strokes += 1;
            let id = format!("{}-{}", self.doc.client_id(), self.strokes);
            let properties = [("type", "freedraw"), ("index", "a0"), ("strokeColor", "#1e1e1e")];
            let stroke = elements.insert(&mut change, id, MapPrelim::from(properties));
            for (name, value) in [("x", 312.5), ("y", 190.25), ("width", 80.0), ("height", 40.5)] {
                stroke.insert(&mut change, name, value);
            }
            self.stroke = Some(stroke.insert(&mut change, "points", ArrayPrelim::default()));
        }
        if let Some(points) = &self.stroke {
            let next = |at: usize| ((number as usize * 7 + at * 13) % 60) as i64 - 30;
            let end = points.len(&change);
            points.insert_range(&mut change, end, (0..POINTS * 2).map(next).collect::<Vec<_>>());
        }
        change.encode_update_v1()
    }
}

async fn ours() -> Result<Figures> {
    let class = Class::open("board", PEOPLE).await?;
    let mut lines = Vec::new();
    for person in &class.people {
        lines.push(sit(&class, person).await?);
    }
    let made = json!({"id": "01900000-0000-7000-8000-000000000001", "kind": "board", "title": "Board"});
    let board = lines[0].0.ask("make_document", made).await?["id"].clone();
    let (mut ears, mut mouths) = (Vec::new(), Vec::new());
    for (line, heard) in lines {
        line.ask("open_document", json!({"document_id": board})).await?;
        ears.push(heard);
        mouths.push(line);
    }
    let watch = Arc::new(Watch::default());
    tokio::spawn(watch.clone().look(ears.remove(0)));
    // The others read too, and throw it away.
    ears.into_iter().for_each(|mut heard| drop(tokio::spawn(async move { while heard.recv().await.is_some() {} })));
    let mut hands: Vec<Hand> = (0..PEOPLE).map(|person| Hand::new(person as u64 + 1)).collect();
    let cpu = class.product.process.cpu()?;
    beat(|number, person| {
        let update = hands[person].draw(number);
        watch.sent(&hands[person].doc);
        let said = json!({"document_id": board, "update": STANDARD.encode(update)});
        let line = mouths[person].clone();
        tokio::spawn(async move { line.ask("write_document", said).await });
    })
    .await?;
    let pieces = (SECONDS * PER_SECOND) as usize * PEOPLE;
    let cost = (class.product.process.cpu()? - cpu) * 1e6 / pieces as f64;
    let (half, most) = watch.figures(pieces)?;
    let objects = fill(&mouths, &mut hands, &board).await?;
    let cpu = class.product.process.cpu()?;
    let opened = mouths[1].ask("open_document", json!({"document_id": board})).await?;
    let late_ms = (class.product.process.cpu()? - cpu) * 1000.0;
    let late_bytes = opened["update"].as_str().context("an update")?.len();
    Ok(Figures { cost, half, most, late_bytes, late_ms, objects })
}

async fn sit(class: &Class, person: &super::product::Person) -> Result<(Socket, Heard)> {
    let joined = person.act(&format!("/sessions/{}/join", class.session)).await?;
    Socket::connect(&class.product.address, joined["token"].as_str().context("a seat has a token")?).await
}

/// Draws until there are ten thousand strokes; answers how many there are.
async fn fill(mouths: &[Socket], hands: &mut [Hand], board: &Value) -> Result<usize> {
    let mut strokes: usize = hands.iter().map(|hand| hand.strokes as usize).sum();
    for person in (0..PEOPLE).cycle() {
        if strokes >= STROKES {
            break;
        }
        let before = hands[person].doc.transact().state_vector();
        for _ in 0..20 {
            (0..GROWS).for_each(|number| drop(hands[person].draw(number)));
            strokes += 1;
        }
        let update = hands[person].doc.transact().encode_diff_v1(&before);
        let said = json!({"document_id": board, "update": STANDARD.encode(update)});
        mouths[person].ask("write_document", said).await?;
        // A page may say so much in a second.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(strokes)
}

/// One page, which sees when each piece comes.
#[derive(Default)]
struct Watch {
    /// For each hand: how far its copy was after each piece, and when.
    sent: std::sync::Mutex<BTreeMap<u64, VecDeque<(u32, Instant)>>>,
    took: std::sync::Mutex<Vec<Duration>>,
}

impl Watch {
    fn sent(&self, doc: &Doc) {
        let clock = doc.transact().state_vector().get(&doc.client_id());
        let mut sent = self.sent.lock().expect("nobody panics here");
        sent.entry(doc.client_id().get()).or_default().push_back((clock, Instant::now()));
    }

    async fn look(self: Arc<Self>, mut heard: Heard) -> Result<()> {
        let doc = Doc::new();
        while let Some((event, payload)) = heard.recv().await {
            if event != "written" {
                continue;
            }
            let now = Instant::now();
            let update = STANDARD.decode(payload["update"].as_str().context("an update")?)?;
            doc.transact_mut().apply_update(Update::decode_v1(&update)?)?;
            let state = doc.transact().state_vector();
            let mut sent = self.sent.lock().expect("nobody panics here");
            for (client, pieces) in sent.iter_mut() {
                let known = state.get(&yrs::block::ClientID::new(*client));
                while pieces.front().is_some_and(|(clock, _)| *clock <= known) {
                    let (_, at) = pieces.pop_front().context("it was there")?;
                    self.took.lock().expect("nobody panics here").push(now - at);
                }
            }
        }
        Ok(())
    }

    /// Half of the pieces came within the first, 99 of 100 within the second, in milliseconds.
    fn figures(&self, pieces: usize) -> Result<(f64, f64)> {
        let mut took = self.took.lock().expect("nobody panics here").clone();
        ensure!(took.len() == pieces, "{} of {pieces} pieces came", took.len());
        took.sort();
        let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        Ok((at(0.5), at(0.99)))
    }
}

async fn bare() -> Result<f64> {
    let port = free_port()?;
    let mut command = on_core(0, &std::env::current_exe()?);
    command.args(["bare-chat"]).env("PORT", port.to_string());
    let server = Running::start(&mut command, &folder("bare-board")?.join("server.log"))?;
    answers(&format!("http://127.0.0.1:{port}/"), Duration::from_secs(10)).await?;
    let delivered = Arc::<AtomicU64>::default();
    let mut mouths = Vec::new();
    for _ in 0..PEOPLE {
        let (wire, _) = tokio_tungstenite::connect_async(format!("ws://127.0.0.1:{port}/")).await?;
        let (mouth, mut ear) = wire.split();
        let delivered = delivered.clone();
        tokio::spawn(async move {
            while let Some(Ok(Message::Text(_))) = ear.next().await {
                delivered.fetch_add(1, Relaxed);
            }
        });
        mouths.push(Arc::new(tokio::sync::Mutex::new(mouth)));
    }
    let mut hands: Vec<Hand> = (0..PEOPLE).map(|person| Hand::new(person as u64 + 1)).collect();
    let cpu = server.cpu()?;
    beat(|number, person| {
        let message = json!({"update": STANDARD.encode(hands[person].draw(number))}).to_string();
        let mouth = mouths[person].clone();
        tokio::spawn(async move { mouth.lock().await.send(Message::text(message)).await });
    })
    .await?;
    let pieces = SECONDS * PER_SECOND * PEOPLE as u64;
    let (delivered, all) = (delivered.load(Relaxed), pieces * PEOPLE as u64);
    ensure!(delivered == all, "{delivered} of {all} deliveries came");
    Ok((server.cpu()? - cpu) * 1e6 / pieces as f64)
}

/// Everybody draws a piece, ten times a second, one after the other within each tenth.
async fn beat(mut draw: impl FnMut(u64, usize)) -> Result<()> {
    let step = Duration::from_micros(1_000_000 / PER_SECOND / PEOPLE as u64);
    let mut beat = tokio::time::interval(step);
    for number in 0..SECONDS * PER_SECOND {
        for person in 0..PEOPLE {
            beat.tick().await;
            draw(number, person);
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(())
}
