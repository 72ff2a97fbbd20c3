//! Registering, signing in, and what every way of signing in ends with.

use std::net::IpAddr;

use futures::FutureExt;
use uuid::Uuid;

use super::model::{self, Role, Scope};
use super::password::Passwords;
use super::wire::{Login, Me, Register, SignedIn};
use super::{access, refresh, store};
use crate::kit::checks::Checks;
use crate::kit::{Answer, Refusal};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::state::Registration;

/// A sign-in and the refresh token that goes into the cookie.
pub type Done = (SignedIn, String);

pub async fn register(parts: &Parts, input: Register, from: IpAddr) -> Answer<Done> {
    if parts.site.registration != Registration::Open {
        let text = "New accounts are made by invitation here. Ask the people who run your program.";
        return Err(Refusal::new(403, "registration-closed", "By invitation", text));
    }
    parts.limits.try_address(from)?;
    let mut checks = Checks::new();
    let email = checks.email("email", &input.email);
    checks.password("password", &input.password);
    let name = checks.text("name", &input.name, 1, 120);
    checks.finish()?;
    if store::find_by_email(parts.db.read(), &email).await?.is_some() {
        return Err(store::email_taken());
    }
    let hash = parts.memory.of::<Passwords>().hash(&input.password).await?;
    let zone = super::organisation::time_zone(parts).await?;
    let new = || store::NewUser {
        name: &name,
        email: Some(&email),
        password_hash: Some(&hash),
        role: Role::Participant,
        time_zone: &zone,
        guest: false,
    };
    parts
        .db
        .write(|tx| {
            async move {
                let user = store::insert(parts, tx, new()).await?;
                begin(parts, tx, user, Scope::Account).await
            }
            .boxed()
        })
        .await
}

pub async fn login(parts: &Parts, input: Login, from: IpAddr) -> Answer<Done> {
    let email = input.email.trim().to_lowercase();
    parts.limits.try_account(&email, from)?;
    let user = store::find_by_email(parts.db.read(), &email).await?;
    let hash = user.as_ref().and_then(|u| u.password_hash.as_deref());
    let right = parts.memory.of::<Passwords>().verify(&input.password, hash).await?;
    let user = user.filter(|u| right && u.active && u.erased_at.is_none()).ok_or_else(wrong)?;
    parts.limits.forgive(&email, from);
    let user = &user;
    parts.db.write(|tx| async move { begin(parts, tx, user.clone(), Scope::Account).await }.boxed()).await
}

fn wrong() -> Refusal {
    let text = "The email address and the password do not belong together. Check both, then try again.";
    Refusal::new(401, "wrong-credentials", "Not signed in", text)
}

/// Signs a person in: an access token and the first refresh token of a new family.
pub async fn begin(parts: &Parts, tx: &Tx<'_>, user: model::Model, scope: Scope) -> Answer<Done> {
    let (family, secret) = refresh::begin(parts, tx, user.id, scope).await?;
    Ok((signed_in(parts, user, scope, family), secret))
}

pub fn signed_in(parts: &Parts, user: model::Model, scope: Scope, family: Uuid) -> SignedIn {
    let access_token = access::issue(parts, user.id, scope, user.epoch, Some(family));
    SignedIn { access_token, token_type: "Bearer", expires_in: access::SECONDS, user: Me::of(user, scope) }
}
