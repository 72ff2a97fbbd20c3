//! The namespace `/`: notices of what one is in. Durable pushes are caught up by `resume`; who is here is told when it
//! changes, at most twice a second per class.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, Event, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;

use super::protocol::{Expired, FreshToken, GoodUntil, NoticeAsked, PresenceNotice, Resume, Resumed};
use super::{Live, store};
use crate::accounts::{Caller, Scope, caller};
use crate::kit::{Answer, At, ProgramId, Refusal, UserId};
use crate::plumbing::http::Problem;
use crate::plumbing::messages::acknowledged;
use crate::plumbing::{Parts, pushes};

#[derive(Deserialize)]
struct Handshake {
    token: String,
}

/// Adds the namespace.
pub fn attach(parts: &Parts, io: &SocketIo) {
    let (door, hall) = (parts.clone(), parts.clone());
    let check = move |socket: SocketRef, TryData(said): TryData<Handshake>| {
        let parts = door.clone();
        async move {
            let token = said.map_err(|_| "token-invalid")?.token;
            let caller = caller::from_token(&parts, &token).await.map_err(|refusal| match refusal.code {
                "token-expired" | "token-ended" => "token-expired",
                "token-invalid" => "token-invalid",
                _ => "unavailable",
            })?;
            // Before the rest is read: what changes meanwhile reaches this person's channel.
            socket.join(user_channel(caller.id));
            enter_all(&parts, &socket, &caller).await.map_err(|_| "unavailable")?;
            socket.extensions.insert(Pass::of(&caller));
            Ok::<(), &'static str>(())
        }
    };
    let connect = move |socket: SocketRef| {
        let parts = hall.clone();
        socket.on_fallback(
            move |socket: SocketRef, Event(event): Event, TryData(payload): TryData<Value>, ack: AckSender| {
                let parts = parts.clone();
                async move { answer(ack, hear(&parts, &socket, &event, payload.unwrap_or(Value::Null)).await) }
            },
        );
        async {}
    };
    io.ns("/", connect.with(check));
}

async fn hear(parts: &Parts, socket: &SocketRef, event: &str, payload: Value) -> Answer<Value> {
    match NoticeAsked::read(event, payload)?.ok_or_else(|| Refusal::not_found("message"))? {
        NoticeAsked::Resume(said) => acknowledged::<Resume>(resume(parts, socket, said).await),
        NoticeAsked::FreshToken(said) => acknowledged::<FreshToken>(renew(parts, socket, said).await),
    }
}

fn answer(ack: AckSender, said: Answer<Value>) {
    let said = said.unwrap_or_else(|refusal| json!({"problem": Problem::from(refusal)}));
    let _ = ack.send(&said);
}

/// What a connection may hear, and until when: as long as the token it came with, or a fresher one, is good.
#[derive(Clone)]
struct Pass {
    user: UserId,
    scope: Scope,
    /// In microseconds since the epoch.
    until: Arc<AtomicI64>,
}

impl Pass {
    fn of(caller: &Caller) -> Pass {
        Pass { user: caller.id, scope: caller.scope, until: Arc::new(AtomicI64::new(caller.expires_at.micros())) }
    }
}

/// A fresh token of the same sign-in keeps the connection open; answers until when.
async fn renew(parts: &Parts, socket: &SocketRef, said: FreshToken) -> Answer<GoodUntil> {
    let caller = caller::from_token(parts, &said.token).await?;
    let pass = socket.extensions.get::<Pass>().ok_or_else(Refusal::sign_in_first)?;
    if (caller.id, caller.scope) != (pass.user, pass.scope) {
        return Err(Refusal::forbidden("This connection is another sign-in's. Connect anew with this token."));
    }
    let fresh = caller.expires_at.micros();
    let until = pass.until.fetch_max(fresh, Ordering::Relaxed).max(fresh);
    Ok(GoodUntil { expires_at: At(until) })
}

/// Ends the connections whose token has run out; they come back with a fresh one.
pub async fn close_expired(parts: &Parts) {
    let now = parts.clock.now().micros();
    let Some(everybody) = parts.bus.io().and_then(|io| io.of("/")) else { return };
    for socket in everybody.sockets() {
        let until = socket.extensions.get::<Pass>().map(|pass| pass.until.load(Ordering::Relaxed));
        if until.is_some_and(|until| until <= now) {
            let _ = socket.emit("expired", &Expired {});
            drop(socket.disconnect());
        }
    }
}

pub fn user_channel(user: UserId) -> String {
    format!("user:{user}")
}

pub fn program_channel(program: ProgramId) -> String {
    format!("program:{program}")
}

pub fn staff_channel(program: ProgramId) -> String {
    format!("staff:{program}")
}

/// An admin looks after all programs; they hear all of them here.
const ADMINS: &str = "admins";

async fn enter_all(parts: &Parts, socket: &SocketRef, caller: &Caller) -> Answer<()> {
    let staffs = caller.may_teach() && caller.scope == Scope::Account;
    let heard = store::programs_of(parts.db.read(), caller.id, staffs).await?;
    for program in heard.attends.iter().chain(&heard.teaches) {
        socket.join(program_channel(*program));
    }
    for program in heard.teaches {
        socket.join(staff_channel(program));
    }
    if caller.is_admin() {
        socket.join(ADMINS);
    }
    Ok(())
}

/// What was missed on each channel since the number that was heard last: at most 500 per channel, oldest first. While
/// the last of them is below the channel's head there is more; ask again.
async fn resume(parts: &Parts, socket: &SocketRef, said: Resume) -> Answer<Resumed> {
    let (mut missed, mut heads) = (Vec::new(), BTreeMap::new());
    let durable = |channel: &str| channel.starts_with("user:") || channel.starts_with("program:");
    for channel in socket.rooms().into_iter().filter(|channel| durable(channel)) {
        // The head first: what comes after it is told live.
        let head = pushes::head_of(parts, &channel).await?;
        if let Some(since) = said.since.get(channel.as_ref()) {
            missed.extend(pushes::missed(parts, &channel, *since).await?);
        }
        heads.insert(channel.to_string(), head);
    }
    Ok(Resumed { missed, heads })
}

/// Lets the connections of a person hear a program.
pub async fn enter(parts: &Parts, user: UserId, program: ProgramId) {
    if let Some(io) = parts.bus.io().and_then(|io| io.of("/")) {
        let _ = io.within(user_channel(user)).join(program_channel(program)).await;
    }
}

pub async fn leave(parts: &Parts, user: UserId, program: ProgramId) {
    if let Some(io) = parts.bus.io().and_then(|io| io.of("/")) {
        // Who also teaches it goes on hearing it.
        let mine = io.within(user_channel(user)).except(staff_channel(program));
        let _ = mine.leave(program_channel(program)).await;
    }
}

/// Ends the connections of a person: they come back with a new token, or not at all.
pub async fn disconnect(parts: &Parts, user: UserId) {
    if let Some(io) = parts.bus.io().and_then(|io| io.of("/")) {
        let _ = io.within(user_channel(user)).disconnect().await;
    }
}

/// How many looks at who is here lie between two at who has an old token.
const EXPIRED_EVERY: u32 = 2;

/// Tells who is here, until the house closes.
pub async fn run(parts: Parts) {
    let mut beat = tokio::time::interval(Duration::from_millis(500));
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    for round in 0u32.. {
        tokio::select! {
            _ = parts.closing.cancelled() => return,
            _ = beat.tick() => tell_presence(&parts).await,
        }
        if round % EXPIRED_EVERY == 0 {
            close_expired(&parts).await;
        }
    }
}

/// Tells who is here where that changed. How many wait in the lobby is for staff.
pub async fn tell_presence(parts: &Parts) {
    let news = parts.memory.of::<Live>().state().stirred();
    let Some(io) = parts.bus.io() else { return };
    for (program, session, in_room, waiting) in news {
        let notice = |waiting| PresenceNotice { session_id: session, program_id: program, in_room, waiting };
        let staff = vec![staff_channel(program), ADMINS.to_string()];
        let Some(everybody) = io.of("/") else { return };
        let _ = everybody.to(program_channel(program)).except(staff.clone()).emit("presence", &notice(0)).await;
        let Some(everybody) = io.of("/") else { return };
        let _ = everybody.to(staff).emit("presence", &notice(waiting)).await;
    }
}
