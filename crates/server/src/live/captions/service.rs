//! Lines of a caption service: a person or a machine outside who sends what is said to an address of the class.
//!
//! The address takes what third-party caption services send: the text as `text/plain`, and `seq` and `lang` in the query.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::model::{self, CaptionSource, link};
use super::scribe::Act;
use super::wire::ServiceQuery;
use super::{LONGEST, write};
use crate::kit::checks::Checks;
use crate::kit::{Answer, At, CaptionId, Refusal, SessionId};
use crate::live::flood::{Bucket, Verdict};
use crate::live::{Live, policy};
use crate::plumbing::db::Tx;
use crate::plumbing::{Parts, keys};
use crate::programs::{self, State, program, session};

/// The highest number of a line: what a double counts exactly.
const HIGHEST: i64 = (1 << 53) - 1;
/// So many lines at once, and so many a second in the long run.
const BURST: f64 = 20.0;
const PER_SECOND: f64 = 5.0;
/// Classes whose services were heard longer ago than this are not counted any more, in seconds.
const RESTED: f64 = 60.0;

/// A line that a service sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Of the token it was sent by.
    hash: Vec<u8>,
    seq: Option<i64>,
    text: String,
    language: Option<String>,
    at: At,
}

/// How fast the services of each class are.
#[derive(Default)]
pub struct Paces(std::collections::HashMap<SessionId, (Bucket, At)>);

impl Paces {
    /// Whether a service may send something to this class now.
    pub fn keeps(&mut self, session: SessionId, now: At) -> bool {
        self.0.retain(|_, (_, last)| now.seconds_since(*last) < RESTED);
        let (bucket, last) = self.0.entry(session).or_insert_with(|| (Bucket::of(BURST, PER_SECOND, now), now));
        *last = now;
        bucket.take(now, 0) == Verdict::Take
    }
}

/// Takes a line; answers the number of the service's last line, which is this one's unless it was sent before.
pub async fn send(parts: &Parts, token: &str, query: ServiceQuery, body: &str) -> Answer<i64> {
    let (hash, session, program) = find(parts, token).await?;
    if session.state != State::Live {
        return Err(policy::captions_not_live());
    }
    let live = parts.memory.of::<Live>();
    let now = parts.clock.now();
    if !live.services().keeps(session.id, now) {
        return Err(policy::captions_too_fast());
    }
    let mut checks = Checks::new();
    checks.ensure(query.v.is_none_or(|v| v == 1), "v", "unknown-version", "Leave “v” as it is in the address: 1.");
    if let Some(seq) = query.seq {
        checks.number("seq", seq, 0, HIGHEST);
    }
    let language = checks.language("lang", query.lang.as_deref());
    // Services send the breaks of their lines with them.
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = checks.text("body", &line, 1, LONGEST);
    checks.finish()?;
    let sent = Sent { hash, seq: query.seq, text, language, at: now };
    let row = live.caption_scribe.write(session.id, program.id, Act::Service(sent)).await?;
    Ok(row.service_seq.unwrap_or_default())
}

/// The number of the service's last line; 0 before the first.
pub async fn last(parts: &Parts, token: &str) -> Answer<i64> {
    let hash = keys::sha256(token.as_bytes()).to_vec();
    Ok(by_hash(parts.db.read(), &hash).await?.ok_or_else(no_such_link)?.last_seq)
}

async fn find(parts: &Parts, token: &str) -> Answer<(Vec<u8>, session::Model, program::Model)> {
    let hash = keys::sha256(token.as_bytes()).to_vec();
    let link = by_hash(parts.db.read(), &hash).await?.ok_or_else(no_such_link)?;
    let (session, program) = programs::store::need_session(parts.db.read(), link.session_id).await?;
    Ok((hash, session, program))
}

async fn by_hash(conn: &impl ConnectionTrait, hash: &[u8]) -> Answer<Option<link::Model>> {
    Ok(link::Entity::find().filter(link::Column::Hash.eq(hash.to_vec())).one(conn).await?)
}

/// What becomes of a line.
pub enum Taken {
    New(Box<model::Model>),
    /// It was sent before, and nothing is done.
    Again(Box<model::Model>),
}

/// Takes the number of a line, in the transaction that writes it. A refusal inside is the line's answer.
pub async fn take(tx: &Tx<'_>, session: SessionId, sent: &Sent) -> Answer<Answer<Taken>> {
    // Looked at again: the address may have been taken back, and the number used, since the line came in.
    let link = by_hash(tx.conn(), &sent.hash).await?.filter(|link| link.session_id == session);
    let Some(link) = link else { return Ok(Err(no_such_link())) };
    let seq = sent.seq.unwrap_or(link.last_seq + 1);
    if seq <= link.last_seq {
        match numbered(tx.conn(), &link, seq).await? {
            Some(before) if before.text == sent.text => return Ok(Ok(Taken::Again(Box::new(before)))),
            // Some services begin with 0, which is where an address stands that nobody has used.
            None if seq == link.last_seq => {}
            _ => return Ok(Err(used(link.last_seq))),
        }
    }
    let change = link::ActiveModel {
        session_id: Set(session),
        last_seq: Set(seq),
        last_used_at: Set(Some(sent.at)),
        ..Default::default()
    };
    link::Entity::update(change).exec_without_returning(tx.conn()).await?;
    Ok(Ok(Taken::New(Box::new(row(session, sent, seq)))))
}

/// The line of this number that came by this address.
async fn numbered(conn: &impl ConnectionTrait, link: &link::Model, seq: i64) -> Answer<Option<model::Model>> {
    let rows = model::Entity::find()
        .filter(model::Column::SessionId.eq(link.session_id))
        .filter(model::Column::ServiceSeq.eq(seq))
        .filter(model::Column::StartedAt.gte(link.created_at))
        .order_by_desc(model::Column::Seq);
    Ok(rows.limit(1).one(conn).await?)
}

fn row(session: SessionId, sent: &Sent, seq: i64) -> model::Model {
    model::Model {
        id: CaptionId::new(),
        session_id: session,
        breakout_id: None,
        seq: 0,
        rev: 0,
        user_id: None,
        name: String::new(),
        written_by: None,
        source: CaptionSource::Service,
        language: sent.language.clone(),
        text: sent.text.clone(),
        search_text: write::search_text("", &sent.text),
        service_seq: Some(seq),
        started_at: sent.at,
        ended_at: sent.at,
        corrected_at: None,
        corrected_by: None,
    }
}

fn used(last: i64) -> Refusal {
    let text = format!("Another line had this number already. The last one was {last}: go on with {}.", last + 1);
    Refusal::conflict("seq-used", text).with("last", last)
}

/// Wrong, renewed and taken back look alike.
pub fn no_such_link() -> Refusal {
    let text = "This caption address does not work, or not any more. Ask a host of the class for a new one.";
    Refusal::new(404, "caption-link-not-valid", "The address does not work", text)
}
