//! A Socket.IO 4 client over WebSocket, as small as tests need it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;

use super::House;

/// How long anything is waited for before the test fails.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Socket {
    namespace: String,
    out: mpsc::UnboundedSender<String>,
    heard: mpsc::UnboundedReceiver<(String, Value)>,
    kept: VecDeque<(String, Value)>,
    acks: Acks,
    asked: i64,
    task: tokio::task::JoinHandle<()>,
}

type Acks = Arc<Mutex<HashMap<i64, oneshot::Sender<Value>>>>;
type Wire = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

impl Socket {
    /// Connects to a namespace; the error is the message of `connect_error`.
    pub async fn connect(house: &House, namespace: &str, token: &str) -> Result<Socket, String> {
        Self::connect_with(house, namespace, json!({"token": token})).await
    }

    pub async fn connect_with(house: &House, namespace: &str, auth: Value) -> Result<Socket, String> {
        let url = format!("ws://{}/socket.io/?EIO=4&transport=websocket", house.address);
        let (mut wire, _) = tokio_tungstenite::connect_async(url).await.expect("the house takes sockets");
        let namespace = if namespace == "/" { String::new() } else { format!("{namespace},") };
        assert!(text(&mut wire).await.expect("an opening packet").starts_with('0'));
        wire.send(Message::text(format!("40{namespace}{auth}"))).await.unwrap();
        let answer = loop {
            match text(&mut wire).await.expect("an answer to the handshake") {
                ping if ping == "2" => wire.send(Message::text("3")).await.unwrap(),
                answer => break answer,
            }
        };
        if let Some(error) = answer.strip_prefix(&format!("44{namespace}")) {
            let error: Value = serde_json::from_str(error).unwrap();
            return Err(error["message"].as_str().unwrap().to_string());
        }
        assert!(answer.starts_with(&format!("40{namespace}")), "{answer}");
        let (out, outbox) = mpsc::unbounded_channel();
        let (mouth, heard) = mpsc::unbounded_channel();
        let acks = Acks::default();
        let task = tokio::spawn(run(wire, outbox, mouth, acks.clone(), namespace.clone()));
        Ok(Socket { namespace, out, heard, kept: VecDeque::new(), acks, asked: 0, task })
    }

    /// Says something and waits for the acknowledgement.
    pub async fn ask(&mut self, event: &str, payload: Value) -> Value {
        self.asked += 1;
        let (reply, answer) = oneshot::channel();
        self.acks.lock().unwrap().insert(self.asked, reply);
        self.send(&format!("2{}{}{}", self.namespace, self.asked, json!([event, payload])));
        tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| panic!("no answer to {event}")).unwrap()
    }

    /// Says something that must be refused with this code.
    #[track_caller]
    pub fn refused(answer: &Value, status: u16, code: &str) {
        assert_eq!(answer["problem"]["status"], status, "{answer}");
        assert_eq!(answer["problem"]["type"], code, "{answer}");
    }

    /// A raw Socket.IO packet.
    pub fn send(&self, packet: &str) {
        let _ = self.out.send(format!("4{packet}"));
    }

    /// The next event of this name; the others are kept for later.
    pub async fn hear(&mut self, event: &str) -> Value {
        self.hear_where(event, |_| true).await
    }

    /// The next event of this name that fits.
    pub async fn hear_where(&mut self, event: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.kept.iter().position(|(name, payload)| name == event && fits(payload)) {
            return self.kept.remove(place).unwrap().1;
        }
        let wait = async {
            loop {
                match self.heard.recv().await {
                    Some((name, payload)) if name == event && fits(&payload) => return payload,
                    Some(other) => self.kept.push_back(other),
                    None => panic!("the connection ended before “{event}”; kept: {:?}", self.kept),
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("never heard “{event}”"))
    }

    /// Forgets what was said of this name before.
    pub fn forget(&mut self, event: &str) {
        self.kept.retain(|(name, _)| name != event);
    }

    /// Whether any of these events came until now.
    pub fn has_heard(&mut self, events: &[&str]) -> bool {
        while let Ok(other) = self.heard.try_recv() {
            self.kept.push_back(other);
        }
        self.kept.iter().any(|(name, _)| events.contains(&name.as_str()))
    }

    /// Whether anything that came and was not taken yet holds this text.
    pub fn has_heard_of(&mut self, text: &str) -> bool {
        self.has_heard(&[]);
        self.kept.iter().any(|(_, payload)| payload.to_string().contains(text))
    }

    /// Waits until the server ends the connection.
    pub async fn ended(&mut self) {
        let wait = async { while self.heard.recv().await.is_some() {} };
        tokio::time::timeout(PATIENCE, wait).await.expect("the server ends the connection");
    }

    /// Goes away without a word, as a killed browser does.
    pub async fn vanish(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

async fn text(wire: &mut Wire) -> Option<String> {
    match tokio::time::timeout(PATIENCE, wire.next()).await {
        Ok(Some(Ok(Message::Text(text)))) => Some(text.to_string()),
        _ => None,
    }
}

async fn run(
    mut wire: Wire,
    mut outbox: mpsc::UnboundedReceiver<String>,
    mouth: mpsc::UnboundedSender<(String, Value)>,
    acks: Acks,
    namespace: String,
) {
    loop {
        let packet = tokio::select! {
            Some(packet) = outbox.recv() => {
                if wire.send(Message::text(packet)).await.is_err() {
                    return;
                }
                continue;
            }
            packet = wire.next() => packet,
        };
        let Some(Ok(Message::Text(packet))) = packet else { return };
        let packet = packet.as_str();
        if packet == "2" {
            let _ = wire.send(Message::text("3")).await;
        } else if packet.starts_with("41") {
            return;
        } else if let Some(event) = packet.strip_prefix(&format!("42{namespace}")) {
            let (name, payload): (String, Value) = serde_json::from_str(event).unwrap();
            let _ = mouth.send((name, payload));
        } else if let Some(ack) = packet.strip_prefix(&format!("43{namespace}")) {
            let start = ack.find('[').unwrap();
            let (id, values): (i64, Vec<Value>) =
                (ack[..start].parse().unwrap(), serde_json::from_str(&ack[start..]).unwrap());
            if let Some(reply) = acks.lock().unwrap().remove(&id) {
                let _ = reply.send(values.into_iter().next().unwrap_or(Value::Null));
            }
        }
    }
}
