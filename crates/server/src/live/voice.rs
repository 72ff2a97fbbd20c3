//! What sockets are told, in the order in which it became true.
//!
//! Rooms change under a lock; what follows from a change is queued there and said here, so that nobody hears an older
//! state after a newer one, and nobody holds the lock while payloads are written.

use serde_json::Value;
use socketioxide::extract::SocketRef;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::protocol::Told;

/// One thing to say, to some sockets.
pub struct Say {
    pub to: Vec<SocketRef>,
    pub what: What,
}

pub enum What {
    Said(Box<Told>),
    /// The server ends the connection.
    Goodbye,
}

/// The queue's end that rooms speak into.
#[derive(Clone)]
pub struct Voice(mpsc::UnboundedSender<Say>);

pub type Ear = mpsc::UnboundedReceiver<Say>;

impl Voice {
    pub fn new() -> (Voice, Ear) {
        let (sender, ear) = mpsc::unbounded_channel();
        (Voice(sender), ear)
    }

    pub fn tell(&self, to: Vec<SocketRef>, said: impl Into<Told>) {
        if !to.is_empty() {
            let _ = self.0.send(Say { to, what: What::Said(Box::new(said.into())) });
        }
    }

    pub fn goodbye(&self, to: Vec<SocketRef>) {
        if !to.is_empty() {
            let _ = self.0.send(Say { to, what: What::Goodbye });
        }
    }
}

/// Says what is queued until the house closes and the queue is empty.
pub async fn speak(mut ear: Ear, closing: CancellationToken) {
    loop {
        let Say { to, what } = tokio::select! {
            biased;
            Some(say) = ear.recv() => say,
            _ = closing.cancelled() => return,
            else => return,
        };
        match what {
            What::Said(said) => {
                let (event, payload) = (said.event(), said.payload());
                to.into_iter().for_each(|socket| deliver(socket, event, &payload));
            }
            What::Goodbye => to.into_iter().for_each(|socket| drop(socket.disconnect())),
        }
        tokio::task::coop::consume_budget().await;
    }
}

fn deliver(socket: SocketRef, event: &str, payload: &Value) {
    if let Err(error) = socket.emit(event, payload)
        && socket.connected()
    {
        // It missed something: let it come back and begin with a snapshot.
        tracing::debug!(%error, event, "a socket does not keep up");
        metrics::counter!("vdp_live_sockets_too_slow_total").increment(1);
        drop(socket.disconnect());
    }
}
