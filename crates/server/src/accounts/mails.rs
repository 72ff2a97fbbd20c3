//! The house's outbox, for admins: what was written to whom, what became of it, and once more.

use super::caller::{Admin, Caller};
use super::wire::{Mail, MailText, MailsQuery, Outbox};
use crate::kit::paging::{Page, PageQuery};
use crate::kit::{Answer, MailId};
use crate::plumbing::Parts;
use crate::plumbing::mail::{self, Post, carry, model::Model, store};

pub async fn list(parts: &Parts, caller: &Caller, query: MailsQuery) -> Answer<Outbox> {
    caller.admin()?;
    let page = PageQuery { limit: query.limit, after: query.after };
    let limit = page.limit()?;
    let rows = store::list(parts.db.read(), query.state, page.key()?, limit).await?;
    let Page { items, next } = Page::cut(rows, limit, |mail| mail.id).map(Mail::of);
    Ok(Outbox { items, next, delivers: parts.memory.of::<Post>().is_open() })
}

pub async fn show(parts: &Parts, caller: &Caller, id: MailId) -> Answer<MailText> {
    let admin = caller.admin()?;
    Ok(as_wire(parts, admin, store::need(parts.db.read(), id).await?))
}

pub async fn again(parts: &Parts, caller: &Caller, id: MailId) -> Answer<MailText> {
    let admin = caller.admin()?;
    Ok(as_wire(parts, admin, carry::again(parts, id).await?))
}

/// What opens somebody's account is read by an admin only where it reaches that person in no other way.
fn as_wire(parts: &Parts, _: Admin, mail: Model) -> MailText {
    let shown = !mail.secret || !parts.memory.of::<Post>().is_open();
    let text = shown.then(|| mail::opened(parts, &mail, "text")).flatten();
    MailText { text, secret: mail.secret, mail: Mail::of(mail) }
}
