//! The namespace `/live`: who may connect to a seat, and its messages in their order, one at a time.
//!
//! Socket.IO handlers run side by side; a seat's messages must not. So each connection has a queue and one worker, and
//! a panic in the worker closes its seat alone.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::extract::{AckSender, Event, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use socketioxide::layer::SocketIoLayer;
use socketioxide::socket::DisconnectReason;
use socketioxide::{ParserError, SocketIo};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::flood::{self, Bucket, Verdict};
use super::model::Because;
use super::room::Class;
use super::{Live, ledger, messages, policy, store, talk, token};
use crate::kit::{Answer, Refusal, SeatId, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::http::Problem;
use crate::programs;

/// How often the transport asks whether a client is still there, and how long it waits for the answer.
const PING: Duration = Duration::from_secs(5);
const PONG: Duration = Duration::from_secs(6);

/// The longest message anybody may say, in bytes: an SDP of a full room is a fifth of it.
const LONGEST: usize = 1 << 20;

/// The Socket.IO server as this room needs it: a client that is gone is noticed within a silence's length, an SDP of
/// a full room fits into a message, and a busy room into a socket's buffer.
pub fn build() -> (SocketIoLayer, SocketIo) {
    // `max_payload` is for polling alone; a WebSocket has limits of its own, 64 MiB if nobody says another.
    let limits =
        SocketIo::builder().max_payload(LONGEST as u64).ws_max_message_size(LONGEST).ws_max_frame_size(LONGEST);
    limits.ping_interval(PING).ping_timeout(PONG).max_buffer_size(2048).build_layer()
}

/// Which seat a connection sits on.
#[derive(Clone, Copy, Debug)]
pub struct Sitting {
    pub seat: SeatId,
    pub session: SessionId,
}

#[derive(Deserialize)]
struct Handshake {
    token: String,
}

/// Adds the namespace.
pub fn attach(parts: &Parts, io: &SocketIo) {
    let (door, room) = (parts.clone(), parts.clone());
    let check = move |socket: SocketRef, TryData(said): TryData<Handshake>| {
        let parts = door.clone();
        async move {
            let sitting = admit(&parts, said).await?;
            socket.extensions.insert(sitting);
            // Here and not once it is connected: a page may speak as soon as it hears that it is.
            let inbox = listen(&parts, &socket);
            socket.extensions.insert(Arc::new(Mutex::new(Some(inbox))));
            Ok::<(), &'static str>(())
        }
    };
    let connect = async move |socket: SocketRef| {
        let inbox = socket.extensions.get::<Arc<Mutex<Option<Inbox>>>>();
        let inbox = inbox.and_then(|inbox| inbox.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let (Some(sitting), Some(inbox)) = (socket.extensions.get::<Sitting>(), inbox) {
            serve(room.clone(), socket, sitting, inbox).await;
        }
    };
    io.ns("/live", connect.with(check));
}

/// Whether the token's seat may be sat on; the error is the `connect_error` a page sees.
async fn admit(parts: &Parts, said: Result<Handshake, ParserError>) -> Result<Sitting, &'static str> {
    let token = said.map_err(|_| "token-invalid")?.token;
    let claims = token::read(parts, &token).map_err(|_| "token-invalid")?;
    let sitting = Sitting { seat: claims.seat, session: claims.session };
    let live = parts.memory.of::<Live>();
    if live.state().seat(claims.seat).is_some() {
        return renew_class(parts, sitting).await.map(|()| sitting).map_err(|_| "unavailable");
    }
    match store::find(parts.db.read(), claims.seat).await {
        Ok(Some(row)) => Err(row.closed_because.map_or("seat-gone", Because::word)),
        Ok(None) => Err("seat-gone"),
        Err(_) => Err("unavailable"),
    }
}

/// A fact that says the class began may still be on its way; the rows are not.
async fn renew_class(parts: &Parts, sitting: Sitting) -> Answer<()> {
    let (session, program) = programs::store::need_session(parts.db.read(), sitting.session).await?;
    let kept = talk::load::kept(parts, session.id, &program).await?;
    let mut state = parts.memory.of::<Live>().state();
    if kept.is_none() && !state.rooms.contains_key(&session.id) {
        return Err(policy::just_closed());
    }
    state.room(Class::of(&session, &program), kept);
    Ok(())
}

/// One message of a page, or the end of its connection.
enum Heard {
    Message { event: String, payload: Value, ack: AckSender },
    End(DisconnectReason),
}

/// So many messages of a seat wait for their turn. Each may be a megabyte.
const WAITING: usize = 64;

type Inbox = mpsc::Receiver<Heard>;

fn listen(parts: &Parts, socket: &SocketRef) -> Inbox {
    let (queue, inbox) = mpsc::channel(WAITING);
    let bucket = Arc::new(Mutex::new(Bucket::new(parts.clock.now())));
    let (clock, messages) = (parts.clock.clone(), queue.clone());
    // Not an async closure either: the queue is in the order of the messages.
    socket.on_fallback(
        move |socket: SocketRef, Event(event): Event, TryData(payload): TryData<Value>, ack: AckSender| {
            let bytes = payload.as_ref().map_or(0, flood::weight);
            let verdict = bucket.lock().unwrap_or_else(PoisonError::into_inner).take(clock.now(), bytes);
            match verdict {
                Verdict::Take => {
                    let payload = payload.unwrap_or(Value::Null);
                    let heard = messages.try_send(Heard::Message { event, payload, ack });
                    if let Err(TrySendError::Full(Heard::Message { ack, .. })) = heard {
                        answer(ack, Err(too_much()));
                    }
                }
                Verdict::Refuse => answer(ack, Err(too_much())),
                Verdict::Disconnect => drop(socket.disconnect()),
            }
            async {}
        },
    );
    socket.on_disconnect(move |reason: DisconnectReason| async move {
        let _ = queue.send(Heard::End(reason)).await;
    });
    inbox
}

/// Sits the connection on its seat and does what it says, until it ends.
async fn serve(parts: Parts, socket: SocketRef, sitting: Sitting, mut inbox: Inbox) {
    metrics::gauge!("vdp_live_sockets").increment(1.0);
    let work = AssertUnwindSafe(work(&parts, &socket, sitting, &mut inbox)).catch_unwind().await;
    metrics::gauge!("vdp_live_sockets").decrement(1.0);
    if work.is_err() {
        tracing::error!(seat = %sitting.seat, "a seat panicked and is closed; the room goes on");
        metrics::counter!("vdp_panics_total", "in" => "seat").increment(1);
        parts.memory.of::<Live>().state().close(sitting.seat, parts.clock.now(), Because::Failed);
        ledger::write_or_later(&parts).await;
        drop(socket.disconnect());
    }
}

async fn work(parts: &Parts, socket: &SocketRef, sitting: Sitting, inbox: &mut Inbox) {
    let live = parts.memory.of::<Live>();
    live.state().attach(sitting.seat, socket.clone(), parts.clock.now());
    ledger::write_or_later(parts).await;
    loop {
        let heard = tokio::select! {
            heard = inbox.recv() => heard,
            _ = parts.closing.cancelled() => return,
        };
        match heard {
            None => return,
            Some(Heard::End(reason)) => return end(parts, socket, sitting, reason),
            Some(Heard::Message { event, payload, ack }) => {
                let said = messages::hear(parts, socket, sitting, &event, payload).await;
                answer(ack, said);
                if live.state().seat(sitting.seat).is_none() {
                    return drop(socket.clone().disconnect());
                }
            }
        }
    }
}

fn answer(ack: AckSender, said: Answer<Value>) {
    let said = said.unwrap_or_else(|refusal| json!({"problem": Problem::from(refusal)}));
    let _ = ack.send(&said);
}

fn end(parts: &Parts, socket: &SocketRef, sitting: Sitting, reason: DisconnectReason) {
    let now = parts.clock.now();
    let alive_until = match reason {
        // Noticed late: its last answer came before the ping that it did not answer.
        DisconnectReason::HeartbeatTimeout => now.plus_seconds(-((PING + PONG).as_secs() as i64)),
        _ => now,
    };
    parts.memory.of::<Live>().state().detach(sitting.seat, socket, alive_until);
}

fn too_much() -> Refusal {
    let text = "That was too much at once. Wait a moment, then try again.";
    Refusal::new(429, "too-many-messages", "Too much at once", text).retry_after(1)
}
