//! The chat: two hundred people in one class, twenty messages a second, each stored before anybody hears it. Beside it a bare
//! axum WebSocket that stores nothing and passes the same bytes on to the same number of people.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use anyhow::{Context, Result};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::process::{Running, answers, folder, free_port, on_core};
use super::room::Class;
use super::socket::{Heard, Socket};
use super::table::{Row, Table};

const PEOPLE: usize = 200;
const PER_SECOND: u64 = 20;
const SECONDS: u64 = 20;
const SAID: &str =
    "Can I do this one with my arms down? My shoulder is sore today, and the chair is a little low for me.";

pub async fn measure(table: &mut Table) -> Result<()> {
    let bare = bare().await?;
    let ours = ours().await?;
    table.add(Row {
        what: format!("chat, {PEOPLE} people, {PER_SECOND} messages a second, each stored first: CPU µs per delivery"),
        reference: format!("bare axum WebSocket, nothing stored: {bare:.1}"),
        ours: format!("{ours:.1}"),
        ratio: format!("{:.2} ×", ours / bare),
        marks: "≤ 1.5 ×; ≤ 1.0 ×",
    });
    Ok(())
}

/// Counts messages of the chat that arrive.
async fn count(mut heard: Heard, delivered: Arc<AtomicU64>) {
    while let Some((event, payload)) = heard.recv().await {
        if event == "chat" {
            delivered.fetch_add(payload["messages"].as_array().map_or(0, Vec::len) as u64, Relaxed);
        }
    }
}

async fn ours() -> Result<f64> {
    let class = Class::open("chat", PEOPLE).await?;
    let delivered = Arc::<AtomicU64>::default();
    let mut lines = Vec::new();
    for person in &class.people {
        let joined = person.act(&format!("/sessions/{}/join", class.session)).await?;
        let token = joined["token"].as_str().context("a seat has a token")?;
        let (line, heard) = Socket::connect(&class.product.address, token).await?;
        tokio::spawn(count(heard, delivered.clone()));
        lines.push(line);
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let cpu = class.product.process.cpu()?;
    speak(|number| {
        let line = lines[number as usize % PEOPLE].clone();
        let said = json!({"id": uuid(number), "text": SAID});
        tokio::spawn(async move { line.ask("say", said).await });
        Ok(())
    })
    .await?;
    let used = class.product.process.cpu()? - cpu;
    Ok(used * 1e6 / checked(&delivered)?)
}

async fn bare() -> Result<f64> {
    let port = free_port()?;
    let mut command = on_core(0, &std::env::current_exe()?);
    command.args(["bare-chat"]).env("PORT", port.to_string());
    let server = Running::start(&mut command, &folder("bare-chat")?.join("server.log"))?;
    answers(&format!("http://127.0.0.1:{port}/"), Duration::from_secs(10)).await?;
    let delivered = Arc::<AtomicU64>::default();
    let (mut mouths, message) = (Vec::new(), as_told(SAID).to_string());
    for _ in 0..PEOPLE {
        let (wire, _) = tokio_tungstenite::connect_async(format!("ws://127.0.0.1:{port}/")).await?;
        let (mouth, mut ear) = wire.split();
        let delivered = delivered.clone();
        tokio::spawn(async move {
            while let Some(Ok(Message::Text(text))) = ear.next().await {
                if serde_json::from_str::<Value>(&text).is_ok() {
                    delivered.fetch_add(1, Relaxed);
                }
            }
        });
        mouths.push(Arc::new(tokio::sync::Mutex::new(mouth)));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let cpu = server.cpu()?;
    speak(|number| {
        let (mouth, message) = (mouths[number as usize % PEOPLE].clone(), message.clone());
        tokio::spawn(async move { mouth.lock().await.send(Message::text(message)).await });
        Ok(())
    })
    .await?;
    let used = server.cpu()? - cpu;
    Ok(used * 1e6 / checked(&delivered)?)
}

/// Says something twenty times a second, and waits until it has arrived.
async fn speak(mut say: impl FnMut(u64) -> Result<()>) -> Result<()> {
    let mut beat = tokio::time::interval(Duration::from_micros(1_000_000 / PER_SECOND));
    for number in 0..PER_SECOND * SECONDS {
        beat.tick().await;
        say(number)?;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(())
}

fn checked(delivered: &AtomicU64) -> Result<f64> {
    let (delivered, all) = (delivered.load(Relaxed), PER_SECOND * SECONDS * PEOPLE as u64);
    anyhow::ensure!(delivered == all, "{delivered} of {all} deliveries came");
    Ok(delivered as f64)
}

/// An id of its own for each message.
fn uuid(number: u64) -> String {
    format!("01900000-0000-7000-8000-{number:012x}")
}

/// A message as a page is told it, so that both servers send as many bytes.
fn as_told(text: &str) -> Value {
    json!({"messages": [{"id": uuid(0), "seq": 1, "rev": 1, "user_id": uuid(1), "name": "Participant 1", "staff": false,
        "to": "everyone", "breakout_id": null, "text": text, "image": false, "said_at": "2026-11-24T10:36:00.000000Z",
        "edited_at": null, "removed_at": null}]})
}
