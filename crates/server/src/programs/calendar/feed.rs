//! Addresses of calendars: made, taken back, and answered to whoever has one.

use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::ics::{self, Event};
use super::model::{ActiveModel, Column, Entity, Model};
use super::wire::{Feed, Feeds, NewFeed, NewFeedAddress};
use crate::accounts::caller::{Accounts, Caller};
use crate::accounts::{Scope, model::Role};
use crate::kit::time::parse_local;
use crate::kit::{Answer, At, FeedId, Refusal, SessionId};
use crate::plumbing::{Parts, keys};
use crate::programs::timetable::{self, Slot};
use crate::programs::{SessionRole, State, place, program, session, store};

/// What was is kept so long in a calendar, and what comes is there so early, in minutes.
const BACK: i64 = 90 * 24 * 60;
const AHEAD: i64 = 550 * 24 * 60;
/// That it was used is written down at most this often, in seconds.
const USED: f64 = 60.0;
/// A person has so many at most.
const MOST: usize = 50;

pub async fn list(parts: &Parts, caller: &Caller) -> Answer<Feeds> {
    let conn = parts.db.read();
    let rows = Entity::find().filter(Column::UserId.eq(caller.id)).order_by_asc(Column::CreatedAt).all(conn).await?;
    let mut feeds = Vec::new();
    for row in rows {
        let program = match row.program_id {
            Some(id) => store::find_program(conn, id).await?,
            None => None,
        };
        feeds.push(Feed {
            id: row.id,
            program_id: row.program_id,
            program_title: program.map_or(String::new(), |program| program.title),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        });
    }
    Ok(Feeds { feeds })
}

/// A new address. One for the same, made before, stops working.
pub async fn make(parts: &Parts, caller: &Caller, input: NewFeed) -> Answer<NewFeedAddress> {
    let secret = keys::random_token();
    let row = Model {
        id: FeedId::new(),
        user_id: caller.id,
        program_id: input.program_id,
        hash: keys::sha256(secret.as_bytes()).to_vec(),
        scope: caller.scope,
        created_at: parts.clock.now(),
        last_used_at: None,
    };
    let row = &row;
    parts
        .db
        .write(|tx| {
            async move {
                if let Some(program) = row.program_id {
                    let place = place::of(tx.conn(), caller, program).await?;
                    if !place.is_staff() && !place.attends() {
                        return Err(place::no_such_program());
                    }
                }
                let same = match row.program_id {
                    Some(program) => Column::ProgramId.eq(program),
                    None => Column::ProgramId.is_null(),
                };
                Entity::delete_many().filter(Column::UserId.eq(caller.id)).filter(same).exec(tx.conn()).await?;
                if Entity::find().filter(Column::UserId.eq(caller.id)).count(tx.conn()).await? >= MOST as u64 {
                    let text = format!("You have {MOST} calendars. Take one back that you no longer use.");
                    return Err(Refusal::conflict("too-many", text));
                }
                Entity::insert(ActiveModel::from(row.clone())).exec_without_returning(tx.conn()).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    let url = format!("{}/api/v1/calendars/{secret}.ics", parts.site.public_url);
    Ok(NewFeedAddress { id: row.id, url, created_at: row.created_at })
}

pub async fn delete(parts: &Parts, caller: &Caller, id: FeedId) -> Answer<()> {
    let gone = parts
        .db
        .write(|tx| {
            async move {
                let mine = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::UserId.eq(caller.id));
                Ok(mine.exec(tx.conn()).await?.rows_affected)
            }
            .boxed()
        })
        .await?;
    if gone == 0 { Err(Refusal::not_found("calendar")) } else { Ok(()) }
}

/// The calendar behind an address. For an address that is not, or not any more, there is none.
pub async fn read(parts: &Parts, address: &str) -> Answer<String> {
    let secret = address.strip_suffix(".ics").unwrap_or(address);
    let hash = keys::sha256(secret.as_bytes()).to_vec();
    let none = || Refusal::not_found("calendar");
    let conn = parts.db.read();
    let row = Entity::find().filter(Column::Hash.eq(hash)).one(conn).await?.ok_or_else(none)?;
    let owner = owner(parts, &row).await?.ok_or_else(none)?;
    let now = parts.clock.now();
    used(parts, &row, now).await?;
    let (from, to) = (now.plus_minutes(-BACK), now.plus_minutes(AHEAD));
    let mut slots = timetable::sessions_for_user(conn, &owner, from, to).await?;
    let mut name = String::new();
    if let Some(id) = row.program_id {
        slots.retain(|(_, program, _)| program.id == id);
        name = store::find_program(conn, id).await?.map_or(name, |program| program.title);
    }
    let title = if name.is_empty() { owner.name.to_string() } else { name };
    let events: Vec<Event> = slots.iter().map(|slot| event(parts, slot)).collect();
    Ok(ics::calendar(&title, &events))
}

/// As whom an address reads, as long as that account stands.
async fn owner(parts: &Parts, row: &Model) -> Answer<Option<Caller>> {
    let account = parts.memory.of::<Accounts>().get(parts, row.user_id).await?.filter(|account| account.active);
    Ok(account.map(|account| Caller {
        id: row.user_id,
        name: account.name.clone(),
        role: if row.scope == Scope::Link { Role::Participant } else { account.role },
        scope: row.scope,
        time_zone: account.time_zone,
        sign_in: None,
        expires_at: At(i64::MAX),
    }))
}

async fn used(parts: &Parts, row: &Model, now: At) -> Answer<()> {
    if row.last_used_at.is_some_and(|last| now.seconds_since(last) < USED) {
        return Ok(());
    }
    let change = ActiveModel { id: Set(row.id), last_used_at: Set(Some(now)), ..Default::default() };
    let write = parts.db.write(|tx| {
        let change = change.clone();
        async move {
            Entity::update_many().set(change).filter(Column::Id.eq(row.id)).exec(tx.conn()).await?;
            Ok(())
        }
        .boxed()
    });
    write.await
}

/// One session as a file, for who may know of its program.
pub async fn one(parts: &Parts, caller: Option<&Caller>, id: SessionId) -> Answer<String> {
    let conn = parts.db.read();
    let (session, program) = store::need_session(conn, id).await?;
    place::seen(conn, caller, &program).await.map_err(|_| Refusal::not_found("session"))?;
    let title = program.title.clone();
    Ok(ics::calendar(&title, &[event(parts, &(session, program, SessionRole::Participant))]))
}

fn event(parts: &Parts, (session, program, _): &Slot) -> Event {
    let zone = session.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let local = |text: &str, at: At| parse_local(text).unwrap_or(at.local(zone));
    let url = format!("{}/sessions/{}/room", parts.site.public_url, session.id);
    let host = parts.site.public_url.split("://").last().unwrap_or("vdp").split([':', '/']).next().unwrap_or("vdp");
    Event {
        uid: format!("{}@{host}", session.id),
        sequence: session.version - 1,
        changed_at: session.updated_at,
        starts_local: local(&session.starts_local, session.starts_at),
        ends_local: local(&session.ends_local, session.ends_at),
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        zone,
        title: session.title.clone(),
        words: words(session, &url),
        program: program_title(program),
        url,
        cancelled: session.state == State::Cancelled,
    }
}

fn program_title(program: &program::Model) -> String {
    program.title.clone()
}

fn words(session: &session::Model, url: &str) -> String {
    let all = [session.cancel_reason.as_deref().unwrap_or_default(), &session.summary, url];
    all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}
