//! A Socket.IO 4 client over WebSocket, as small as a seat needs it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

const PATIENCE: Duration = Duration::from_secs(20);

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Acks = Arc<Mutex<HashMap<i64, oneshot::Sender<Value>>>>;
/// What the server says: the event's name and its payload.
pub type Heard = mpsc::UnboundedReceiver<(String, Value)>;

/// The way to the server; clones say things over the same connection, which ends with the last of them.
#[derive(Clone)]
pub struct Socket {
    out: mpsc::UnboundedSender<String>,
    acks: Acks,
    asked: Arc<AtomicI64>,
}

impl Socket {
    /// Connects to the namespace `/live` with a seat's token.
    pub async fn connect(address: &str, token: &str) -> Result<(Socket, Heard)> {
        let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let (mut wire, _) = tokio_tungstenite::connect_async(url).await?;
        ensure!(text(&mut wire).await?.starts_with('0'), "no opening packet");
        wire.send(Message::text(format!("40/live,{}", json!({"token": token})))).await?;
        let mut answer = text(&mut wire).await?;
        while answer == "2" {
            wire.send(Message::text("3")).await?;
            answer = text(&mut wire).await?;
        }
        ensure!(answer.starts_with("40/live,"), "the seat's line was refused: {answer}");
        let (out, outbox) = mpsc::unbounded_channel();
        let (mouth, heard) = mpsc::unbounded_channel();
        let acks = Acks::default();
        tokio::spawn(run(wire, outbox, mouth, acks.clone()));
        Ok((Socket { out, acks, asked: Arc::default() }, heard))
    }

    /// Says something and waits for the acknowledgement, which must not be a refusal.
    pub async fn ask(&self, event: &str, payload: Value) -> Result<Value> {
        let number = self.asked.fetch_add(1, Relaxed);
        let (reply, answer) = oneshot::channel();
        self.acks.lock().expect("nobody panics here").insert(number, reply);
        self.out.send(format!("42/live,{number}{}", json!([event, payload])))?;
        let answer =
            tokio::time::timeout(PATIENCE, answer).await.with_context(|| format!("no answer to {event}"))??;
        if answer.get("problem").is_some() {
            bail!("{event} was refused: {answer}");
        }
        Ok(answer)
    }
}

async fn text(wire: &mut Wire) -> Result<String> {
    match tokio::time::timeout(PATIENCE, wire.next()).await? {
        Some(Ok(Message::Text(text))) => Ok(text.to_string()),
        other => bail!("not a text: {other:?}"),
    }
}

async fn run(
    mut wire: Wire,
    mut outbox: mpsc::UnboundedReceiver<String>,
    mouth: mpsc::UnboundedSender<(String, Value)>,
    acks: Acks,
) -> Result<()> {
    loop {
        let packet = tokio::select! {
            said = outbox.recv() => match said {
                Some(said) => {
                    wire.send(Message::text(said)).await?;
                    continue;
                }
                None => return Ok(()),
            },
            packet = wire.next() => packet,
        };
        let Some(Ok(Message::Text(packet))) = packet else { return Ok(()) };
        if packet.as_str() == "2" {
            wire.send(Message::text("3")).await?;
        } else if let Some(event) = packet.strip_prefix("42/live,") {
            let _ = mouth.send(serde_json::from_str(event)?);
        } else if let Some(ack) = packet.strip_prefix("43/live,") {
            let (number, values) = ack.split_at(ack.find('[').context("an empty acknowledgement")?);
            let reply = acks.lock().expect("nobody panics here").remove(&number.parse()?);
            let value = serde_json::from_str::<Vec<Value>>(values)?.into_iter().next();
            reply.map(|reply| reply.send(value.unwrap_or(Value::Null)));
        }
    }
}
