//! What a person changes about themselves.

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;

use super::caller::Caller;
use super::model::Scope;
use super::password::Passwords;
use super::wire::{Me, MePatch};
use super::{letters, mail_link, organisation, policy, store};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal};
use crate::plumbing::{Parts, outbox};

pub async fn me(parts: &Parts, caller: &Caller) -> Answer<Me> {
    Ok(Me::of(store::need(parts.db.read(), caller.id).await?, caller.scope))
}

pub async fn change(parts: &Parts, caller: &Caller, patch: MePatch) -> Answer<Me> {
    let mut checks = Checks::new();
    let name = patch.name.as_deref().map(|n| checks.text("name", n, 1, 120));
    let pronouns = patch.pronouns.as_ref().map(|p| checks.optional_text("pronouns", p.as_deref(), 40));
    let locale = patch.locale.as_ref().map(|l| checks.language("locale", l.as_deref()));
    if let Some(zone) = &patch.time_zone {
        checks.zone("time_zone", zone);
    }
    if let Some(password) = &patch.new_password {
        checks.password("new_password", password);
    }
    checks.finish()?;
    let hash = new_password(parts, caller, &patch).await?;
    let house = organisation::name(parts).await?;
    let house = &house;
    let (name, pronouns, locale, zone, hash) = (&name, &pronouns, &locale, &patch.time_zone, &hash);
    let user = parts
        .db
        .write(|tx| {
            async move {
                let before = store::need(tx.conn(), caller.id).await?;
                let email = before.email.clone();
                let epoch = before.epoch;
                let named_anew = name.as_ref().is_some_and(|name| *name != before.name)
                    || pronouns.as_ref().is_some_and(|pronouns| *pronouns != before.pronouns);
                if named_anew {
                    let fact = Fact::PersonRenamed { user: caller.id, at: parts.clock.now() };
                    outbox::announce(parts, tx, fact).await?;
                }
                let mut row = before.into_active_model();
                if let Some(name) = name {
                    row.search_text = Set(store::search_text(name, email.as_deref()));
                    row.name = Set(name.clone());
                }
                if let Some(pronouns) = pronouns {
                    row.pronouns = Set(pronouns.clone());
                }
                if let Some(locale) = locale {
                    row.locale = Set(locale.clone());
                }
                if let Some(zone) = zone {
                    row.time_zone = Set(zone.clone());
                }
                if let Some(hash) = hash {
                    // A new password signs every other device out.
                    row.password_hash = Set(Some(hash.clone()));
                    row.epoch = Set(epoch + 1);
                    store::end_tokens(tx, caller.id, parts.clock.now()).await?;
                    mail_link::end_all(tx, caller.id).await?;
                }
                let user = store::update(parts, tx, row).await?;
                if hash.is_some() {
                    letters::password_changed(parts, tx, &user, house).await?;
                }
                Ok(user)
            }
            .boxed()
        })
        .await?;
    Ok(Me::of(user, caller.scope))
}

async fn new_password(parts: &Parts, caller: &Caller, patch: &MePatch) -> Answer<Option<String>> {
    let Some(new) = &patch.new_password else {
        if patch.current_password.is_some() {
            return Err(Refusal::field("new_password", "missing", "Write the new password too."));
        }
        return Ok(None);
    };
    policy::whole_account(caller)?;
    let passwords = parts.memory.of::<Passwords>();
    let user = store::need(parts.db.read(), caller.id).await?;
    if user.password_hash.is_some() {
        let current = patch.current_password.as_deref().unwrap_or_default();
        if !passwords.verify(current, user.password_hash.as_deref()).await? {
            let text = "The current password is not right.";
            return Err(Refusal::field("current_password", "wrong", text));
        }
    }
    Ok(Some(passwords.hash(new).await?))
}

/// Ends every sign-in of this person, everywhere.
pub async fn sign_out_everywhere(parts: &Parts, caller: &Caller) -> Answer<()> {
    // A link signs out what came by links; it must not end the sign-ins of the account.
    if caller.scope == Scope::Link {
        let now = parts.clock.now();
        return parts.db.write(|tx| store::end_link_tokens(tx, caller.id, now).boxed()).await;
    }
    parts
        .db
        .write(|tx| {
            async move {
                let user = store::need(tx.conn(), caller.id).await?;
                let epoch = user.epoch;
                let mut row = user.into_active_model();
                row.epoch = Set(epoch + 1);
                store::end_tokens(tx, caller.id, parts.clock.now()).await?;
                store::update(parts, tx, row).await.map(|_| ())
            }
            .boxed()
        })
        .await
}
