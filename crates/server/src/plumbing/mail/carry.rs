//! The job of each mail: it is tried, and tried again with growing pauses, until it is sent, refused or too old.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{self, ActiveModel, Model, State};
use super::post::{Outgoing, Post, Trouble};
use super::{TRIED_SECONDS, opened, store};
use crate::kit::{Answer, At, MailId, Refusal};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::jobs::{self, Handler, Outcome};

const SEND_MAIL: &str = "send-mail";
/// When to look again at one that is under way; longer than a try can take, so that it is not tried twice at once.
const LOOK_AGAIN_SECONDS: i64 = 180;
const LONGEST_TRY: Duration = Duration::from_secs(90);
/// When to look again while too many are under way.
const FULL_SECONDS: i64 = 2;

#[derive(Serialize, Deserialize)]
struct Body {
    mail: MailId,
}

pub fn handlers() -> Vec<(&'static str, Handler)> {
    let send: Handler = Arc::new(|parts, body| {
        async move {
            let Body { mail } = serde_json::from_value(body).map_err(Refusal::broken)?;
            hand_over(&parts, mail).await
        }
        .boxed()
    });
    vec![(SEND_MAIL, send)]
}

/// Lets a mail be tried at `when`.
pub async fn soon(tx: &Tx<'_>, id: MailId, when: At) -> Answer<()> {
    jobs::put(tx, SEND_MAIL, &key(id), json!(Body { mail: id }), when).await
}

fn key(id: MailId) -> String {
    format!("{SEND_MAIL}:{id}")
}

/// At the start: what waited while there was no way out is tried now.
pub async fn resume(parts: &Parts) -> Answer<()> {
    if !parts.memory.of::<Post>().is_open() {
        return Ok(());
    }
    let now = parts.clock.now();
    let write = parts.db.write(|tx| {
        async move {
            for id in store::waiting(tx.conn()).await? {
                if !jobs::waits(tx, &key(id)).await? {
                    soon(tx, id, now).await?;
                }
            }
            Ok(())
        }
        .boxed()
    });
    write.await
}

/// An admin wants it to be tried now, whatever became of it before.
pub async fn again(parts: &Parts, id: MailId) -> Answer<Model> {
    if !parts.memory.of::<Post>().is_open() {
        let text = "There is nothing to send mails with. Set “smtp_url” or “sendgrid_api_key” up first.";
        return Err(Refusal::conflict("no-mail-transport", text));
    }
    let now = parts.clock.now();
    let write = parts.db.write(|tx| {
        async move {
            let mail = store::need(tx.conn(), id).await?;
            if mail.state == State::Sent {
                return Err(Refusal::conflict("mail-sent", "This mail was sent already."));
            }
            if ran_out(&mail, now) {
                let text = "The link in this mail has run out. The person can ask for a new one.";
                return Err(Refusal::conflict("mail-ran-out", text));
            }
            let row = ActiveModel {
                id: Set(id),
                state: Set(State::Waiting),
                attempts: Set(0),
                give_up_at: Set(now.plus_seconds(TRIED_SECONDS)),
                ..Default::default()
            };
            let mail = model::Entity::update(row).exec(tx.conn()).await?;
            soon(tx, id, now).await?;
            Ok(mail)
        }
        .boxed()
    });
    write.await
}

/// Gives a mail to a task of its own: a server that thinks for long must not hold up other jobs.
async fn hand_over(parts: &Parts, id: MailId) -> Answer<Outcome> {
    let post = parts.memory.of::<Post>();
    let now = parts.clock.now();
    // Without a way out it waits for the start after one is set up.
    if !post.is_open() {
        return Ok(Outcome::Done);
    }
    let Some(mail) = store::find(parts.db.read(), id).await?.filter(|mail| mail.state == State::Waiting) else {
        return Ok(Outcome::Done);
    };
    let Some(place) = post.place(id) else { return Ok(Outcome::Again(now.plus_seconds(FULL_SECONDS))) };
    let parts = parts.clone();
    tokio::spawn(async move {
        let _place = place;
        let done = async {
            let became = carry(&parts, &mail).await;
            settle(&parts, &mail, became).await
        };
        let answer = tokio::select! {
            _ = parts.closing.cancelled() => return,
            answer = done => answer,
        };
        if let Err(refusal) = answer {
            tracing::warn!(mail = %id, %refusal, "what became of a mail could not be written down; it is tried again");
        }
    });
    Ok(Outcome::GoesOn(now.plus_seconds(LOOK_AGAIN_SECONDS)))
}

async fn carry(parts: &Parts, mail: &Model) -> Result<(), Trouble> {
    let now = parts.clock.now();
    if ran_out(mail, now) || mail.give_up_at <= now {
        let text = mail.last_error.clone();
        return Err(Trouble::Refused(text.unwrap_or_else(|| "It waited too long and was not sent any more.".into())));
    }
    let (Some(text), Some(html)) = (opened(parts, mail, "text"), opened(parts, mail, "html")) else {
        return Err(Trouble::Refused("It was sealed under a key that is gone.".into()));
    };
    let outgoing = Outgoing {
        id: mail.id,
        address: mail.address.clone(),
        name: mail.name.clone(),
        language: mail.locale.clone(),
        subject: mail.subject.clone(),
        text,
        html,
        created_at: mail.created_at,
    };
    let tried = tokio::time::timeout(LONGEST_TRY, parts.memory.of::<Post>().send(&outgoing)).await;
    tried.unwrap_or_else(|_| Err(Trouble::Later("The mail server took too long.".into())))
}

fn ran_out(mail: &Model, now: At) -> bool {
    mail.good_until.is_some_and(|until| until <= now)
}

async fn settle(parts: &Parts, mail: &Model, became: Result<(), Trouble>) -> Answer<()> {
    let now = parts.clock.now();
    let attempts = mail.attempts + 1;
    let next = now.plus_seconds(pause(attempts));
    let (change, again) = match &became {
        Ok(()) => (sent(mail, now), None),
        Err(Trouble::Bounced(why)) => (ended(State::Bounced, why), None),
        Err(Trouble::Refused(why)) => (ended(State::Failed, why), None),
        Err(Trouble::Later(why)) if next >= mail.give_up_at || ran_out(mail, next) => (ended(State::Failed, why), None),
        Err(Trouble::Later(why)) => (ended(State::Waiting, why), Some(next)),
    };
    tracing::info!(mail = %mail.id, kind = mail.kind, attempts, became = ?change.state, "a mail was tried");
    let change = ActiveModel { attempts: Set(attempts), ..change };
    let write = parts.db.write(|tx| {
        let change = change.clone();
        async move {
            store::settle(tx, mail.id, change).await?;
            match again {
                Some(next) => soon(tx, mail.id, next).await,
                None => Ok(()),
            }
        }
        .boxed()
    });
    write.await
}

/// It is out of our hands; nobody needs its secret here any more.
fn sent(mail: &Model, now: At) -> ActiveModel {
    let mut change =
        ActiveModel { state: Set(State::Sent), sent_at: Set(Some(now)), last_error: Set(None), ..Default::default() };
    if mail.secret {
        change.text = Set(String::new());
        change.html = Set(String::new());
    }
    change
}

fn ended(state: State, why: &str) -> ActiveModel {
    let why = why.chars().filter(|c| !c.is_control()).take(500).collect();
    ActiveModel { state: Set(state), last_error: Set(Some(why)), ..Default::default() }
}

/// Half a minute, then twice as long each time, up to an hour.
fn pause(attempts: i32) -> i64 {
    (30i64 << (attempts - 1).clamp(0, 7)).min(3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        assert_eq!([1, 2, 3, 8, 400].map(pause), [30, 60, 120, 3600, 3600]);
    }
}
