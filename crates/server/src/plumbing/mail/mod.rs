//! Mail: letters are rows, written in the transaction of what they tell, and carried by a job each.
//!
//! Without a transport they wait, and an admin reads them. With one, a mail is tried for a day with growing pauses; what
//! the other side refuses for good is marked at once. It is carried at least once: after a crash in the wrong moment the
//! same mail, with the same Message-ID, goes out again.

pub mod carry;
pub mod model;
pub mod post;
pub mod render;
pub mod sendgrid;
pub mod settings;
pub mod smtp;
pub mod store;
pub mod words;

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

pub use model::State;
pub use post::Post;
pub use settings::{Settings, Way};

use super::db::Tx;
use super::{Parts, seal};
use crate::kit::{Answer, At, MailId};

/// How long a mail is tried.
const TRIED_SECONDS: i64 = 24 * 3600;

/// A letter that is to be written and sent.
pub struct Letter<'a> {
    /// Which of the letters in `mails/*.toml`.
    pub kind: &'static str,
    pub address: &'a str,
    pub name: &'a str,
    /// The reader's language as a BCP 47 tag; English where we have no words in it.
    pub locale: Option<&'a str>,
    /// What stands for `{…}` in the words, beside `{name}`.
    pub values: Vec<(&'static str, &'a str)>,
    /// Where its button leads.
    pub link: Option<&'a str>,
    /// Whoever reads it can do what only the reader should: it is sealed, and gone once it was sent.
    pub secret: bool,
    /// After this it says nothing true any more and is not sent.
    pub good_until: Option<At>,
}

/// Writes a letter down in this transaction; it goes out after the commit.
pub async fn put(parts: &Parts, tx: &Tx<'_>, letter: Letter<'_>) -> Answer<MailId> {
    let written = render::write(&letter)?;
    let (id, now) = (MailId::new(), parts.clock.now());
    let kept = |what: &str, body: String| match letter.secret {
        true => seal::seal(&parts.keys, &place(id, what), &body),
        false => body,
    };
    let row = model::ActiveModel {
        id: Set(id),
        address: Set(letter.address.into()),
        name: Set(one_line(letter.name)),
        locale: Set(written.language.into()),
        kind: Set(letter.kind.into()),
        subject: Set(written.subject),
        text: Set(kept("text", written.text)),
        html: Set(kept("html", written.html)),
        secret: Set(letter.secret),
        state: Set(State::Waiting),
        attempts: Set(0),
        last_error: Set(None),
        created_at: Set(now),
        give_up_at: Set(now.plus_seconds(TRIED_SECONDS)),
        good_until: Set(letter.good_until),
        sent_at: Set(None),
    };
    model::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    carry::soon(tx, id, now).await?;
    Ok(id)
}

/// A body as it was written; nothing where it is gone, or the key it was sealed under is.
pub fn opened(parts: &Parts, mail: &model::Model, what: &str) -> Option<String> {
    let body = if what == "html" { &mail.html } else { &mail.text };
    if mail.secret { seal::open(&parts.keys, &place(mail.id, what), body) } else { Some(body.clone()) }
}

fn place(id: MailId, what: &str) -> String {
    format!("mail:{id}:{what}")
}

/// Text for a header: no line can end in it, so that no second header begins.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_string()
}
