//! What admins do with people's accounts.

use futures::FutureExt;
use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;

use super::caller::Caller;
use super::model::Role;
use super::password::Passwords;
use super::wire::{NewUser, User, UserPatch, UsersQuery};
use super::{policy, store};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::paging::{Page, PageQuery};
use crate::kit::{Answer, UserId};
use crate::plumbing::Parts;
use crate::plumbing::outbox;

pub async fn list(parts: &Parts, caller: &Caller, query: UsersQuery) -> Answer<Page<User>> {
    caller.admin()?;
    let page = PageQuery { limit: query.limit, after: query.after };
    let limit = page.limit()?;
    let rows = store::search(parts.db.read(), query.q.as_deref().unwrap_or_default(), page.key()?, limit).await?;
    let linked = store::who_has_links(parts.db.read(), rows.iter().map(|u| u.id).collect()).await?;
    Ok(Page::cut(rows, limit, |u| u.id).map(|u| {
        let has_link = linked.contains(&u.id);
        User::of(u, has_link)
    }))
}

pub async fn show(parts: &Parts, caller: &Caller, id: UserId) -> Answer<User> {
    caller.admin()?;
    let user = store::need(parts.db.read(), id).await?;
    as_wire(parts, user).await
}

async fn as_wire(parts: &Parts, user: super::model::Model) -> Answer<User> {
    let linked = store::who_has_links(parts.db.read(), vec![user.id]).await?;
    Ok(User::of(user, !linked.is_empty()))
}

pub async fn add(parts: &Parts, caller: &Caller, input: NewUser) -> Answer<User> {
    caller.admin()?;
    insert(parts, input).await
}

async fn insert(parts: &Parts, input: NewUser) -> Answer<User> {
    let mut checks = Checks::new();
    let name = checks.text("name", &input.name, 1, 120);
    let email = input.email.as_deref().map(|e| checks.email("email", e));
    if let Some(password) = &input.password {
        checks.password("password", password);
        checks.ensure(
            email.is_some(),
            "email",
            "missing",
            "Someone with a password needs an email address to sign in with.",
        );
    }
    if let Some(zone) = &input.time_zone {
        checks.zone("time_zone", zone);
    }
    checks.finish()?;
    let hash = match &input.password {
        Some(password) => Some(parts.memory.of::<Passwords>().hash(password).await?),
        None => None,
    };
    let zone = match input.time_zone {
        Some(zone) => zone,
        None => super::organisation::time_zone(parts).await?,
    };
    let new = || store::NewUser {
        name: &name,
        email: email.as_deref(),
        password_hash: hash.as_deref(),
        role: input.role.unwrap_or(Role::Participant),
        time_zone: &zone,
        guest: false,
    };
    let user = parts.db.write(|tx| async move { store::insert(parts, tx, new()).await }.boxed()).await?;
    Ok(User::of(user, false))
}

/// Changes a name, a role, or whether the account is on. A new role or a switch-off ends what was issued before.
pub async fn change(parts: &Parts, caller: &Caller, id: UserId, patch: UserPatch) -> Answer<User> {
    caller.admin()?;
    let mut checks = Checks::new();
    let name = patch.name.as_deref().map(|n| checks.text("name", n, 1, 120));
    checks.finish()?;
    let name = &name;
    let user = parts
        .db
        .write(|tx| {
            async move {
                let user = store::need(tx.conn(), id).await?;
                policy::may_change(caller, &user, patch.role, patch.active)?;
                let ends = patch.role.is_some_and(|r| r != user.role) || patch.active.is_some_and(|a| a != user.active);
                let (epoch, email) = (user.epoch, user.email.clone());
                if name.as_ref().is_some_and(|name| *name != user.name) {
                    let fact = Fact::PersonRenamed { user: id, at: parts.clock.now() };
                    outbox::announce(parts, tx, fact).await?;
                }
                let mut row = user.into_active_model();
                if let Some(name) = name {
                    row.search_text = Set(store::search_text(name, email.as_deref()));
                    row.name = Set(name.clone());
                }
                patch.role.into_iter().for_each(|role| row.role = Set(role));
                patch.active.into_iter().for_each(|active| row.active = Set(active));
                if ends {
                    let at = parts.clock.now();
                    row.epoch = Set(epoch + 1);
                    store::end_tokens(tx, id, at).await?;
                    outbox::announce(parts, tx, Fact::AccountChanged { user: id, at }).await?;
                }
                store::update(parts, tx, row).await
            }
            .boxed()
        })
        .await?;
    as_wire(parts, user).await
}

/// An administrator from the command line.
pub async fn make_admin(parts: &Parts, email: &str, name: &str, password: &str) -> Answer<User> {
    let input = NewUser {
        name: name.into(),
        email: Some(email.into()),
        role: Some(Role::Admin),
        password: Some(password.into()),
        time_zone: None,
    };
    insert(parts, input).await
}
