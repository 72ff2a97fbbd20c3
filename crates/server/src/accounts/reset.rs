//! A forgotten password: a link by mail, good once and for an hour, to choose another.

use std::net::IpAddr;
use std::sync::Arc;

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::mail_link::{self, Purpose};
use super::model::Model;
use super::password::Passwords;
use super::wire::{Forgot, Reset};
use super::{letters, organisation, store};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal};
use crate::plumbing::jobs::{self, Handler, Outcome};
use crate::plumbing::{Parts, outbox};

const FORGOT: &str = "forgot-password";
const GOOD_SECONDS: i64 = 3600;
/// Mails to one person in an hour, whoever asks for them and from wherever.
const PER_HOUR: u64 = 5;

#[derive(Serialize, Deserialize)]
struct Body {
    email: String,
}

pub fn handlers() -> Vec<(&'static str, Handler)> {
    let forgot: Handler = Arc::new(|parts, body| {
        async move {
            let Body { email } = serde_json::from_value(body).map_err(Refusal::broken)?;
            send_link(&parts, &email).await?;
            Ok(Outcome::Done)
        }
        .boxed()
    });
    vec![(FORGOT, forgot)]
}

/// Somebody forgot the password of this address. A job looks whether anybody has it: so the answer says nothing of that,
/// and neither does the time it takes.
pub async fn forgot(parts: &Parts, input: Forgot, from: IpAddr) -> Answer<()> {
    let mut checks = Checks::new();
    let email = checks.email("email", &input.email);
    checks.finish()?;
    // Counted apart from sign-ins: who asks for a link too often may still sign in.
    parts.limits.try_account(&format!("forgot {email}"), from)?;
    let (key, now) = (format!("{FORGOT}:{email}"), parts.clock.now());
    let (key, email) = (&key, &email);
    let put = parts.db.write(|tx| jobs::put(tx, FORGOT, key, json!(Body { email: email.clone() }), now).boxed());
    put.await
}

/// Who has a password can get another. A personal join link does not open the account, and this must not either.
fn may_reset(user: &Model) -> bool {
    user.active && user.erased_at.is_none() && !user.guest && user.password_hash.is_some()
}

async fn send_link(parts: &Parts, email: &str) -> Answer<()> {
    let Some(user) = store::find_by_email(parts.db.read(), email).await?.filter(may_reset) else { return Ok(()) };
    let organisation = organisation::name(parts).await?;
    let (user, organisation) = (&user, &organisation);
    let write = parts.db.write(|tx| {
        async move {
            let since = parts.clock.now().plus_seconds(-3600);
            if mail_link::made_since(tx, user.id, Purpose::Reset, since).await? >= PER_HOUR {
                tracing::info!(user = %user.id, "asked for too many new passwords; no mail is sent");
                return Ok(());
            }
            let link = mail_link::make(parts, tx, user.id, Purpose::Reset, GOOD_SECONDS).await?;
            letters::password_reset(parts, tx, user, organisation, link).await
        }
        .boxed()
    });
    write.await
}

/// Whether a link still works. Asking does not use it up, and neither does opening its page.
pub async fn check(parts: &Parts, token: &str) -> Answer<()> {
    whose(parts, parts.db.read(), token).await.map(|_| ())
}

async fn whose(parts: &Parts, conn: &impl sea_orm::ConnectionTrait, token: &str) -> Answer<Model> {
    let link = mail_link::find(conn, Purpose::Reset, token, parts.clock.now()).await?.ok_or_else(no_such_link)?;
    let user = store::find(conn, link.user_id).await?;
    user.filter(may_reset).ok_or_else(no_such_link)
}

/// Gives the account another password and ends what was signed in with the old one.
pub async fn reset(parts: &Parts, input: Reset) -> Answer<()> {
    let mut checks = Checks::new();
    checks.password("password", &input.password);
    checks.finish()?;
    check(parts, &input.token).await?;
    let hash = parts.memory.of::<Passwords>().hash(&input.password).await?;
    let organisation = organisation::name(parts).await?;
    let (token, hash, organisation) = (&input.token, &hash, &organisation);
    let write = parts.db.write(|tx| {
        async move {
            let user = whose(parts, tx.conn(), token).await?;
            let (id, epoch, at) = (user.id, user.epoch, parts.clock.now());
            mail_link::end_all(tx, id).await?;
            store::end_tokens(tx, id, at).await?;
            // Whoever sits in a class with the old password leaves it.
            outbox::announce(parts, tx, Fact::AccountChanged { user: id, at }).await?;
            let mut row = user.into_active_model();
            row.password_hash = Set(Some(hash.clone()));
            row.epoch = Set(epoch + 1);
            let user = store::update(parts, tx, row).await?;
            letters::password_changed(parts, tx, &user, organisation).await
        }
        .boxed()
    });
    write.await
}

fn no_such_link() -> Refusal {
    let text = "This link was used already, or it is older than an hour. Ask for a new one on the sign-in page.";
    Refusal::new(404, "reset-link-not-valid", "The link does not work", text)
}
