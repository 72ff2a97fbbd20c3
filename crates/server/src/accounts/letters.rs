//! The letters that this room writes to people. Who has no address gets none.

use super::mail_link::Made;
use super::model::Model;
use crate::kit::Answer;
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;
use crate::plumbing::mail::{self, Letter};

/// A link to choose another password.
pub async fn password_reset(parts: &Parts, tx: &Tx<'_>, user: &Model, organisation: &str, made: Made) -> Answer<()> {
    let link = format!("{}/reset#{}", parts.site.public_url, made.secret);
    let Some(letter) = to(user, "password-reset", organisation) else { return Ok(()) };
    let letter = Letter { link: Some(&link), secret: true, good_until: Some(made.expires_at), ..letter };
    mail::put(parts, tx, letter).await.map(|_| ())
}

/// The password is another now: whoever did not do that learns of it.
pub async fn password_changed(parts: &Parts, tx: &Tx<'_>, user: &Model, organisation: &str) -> Answer<()> {
    let Some(letter) = to(user, "password-changed", organisation) else { return Ok(()) };
    mail::put(parts, tx, letter).await.map(|_| ())
}

fn to<'a>(user: &'a Model, kind: &'static str, organisation: &'a str) -> Option<Letter<'a>> {
    Some(Letter {
        kind,
        address: user.email.as_deref()?,
        name: &user.name,
        locale: user.locale.as_deref(),
        values: vec![("organisation", organisation)],
        link: None,
        secret: false,
        good_until: None,
    })
}
