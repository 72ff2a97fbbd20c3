//! Who may make a personal join link: an admin, and staff of a program in which the person holds a place.

use super::{place, store};
use crate::accounts::Caller;
use crate::accounts::join_link::MayLink;
use crate::kit::{Answer, Refusal, UserId};
use crate::plumbing::Parts;

/// The permission to make or revoke this person's link.
pub async fn may_link(parts: &Parts, caller: &Caller, user: UserId) -> Answer<MayLink> {
    if !place::staffs(caller) {
        return Err(Refusal::forbidden("Only staff can make join links."));
    }
    if caller.is_admin() || store::teaches(parts.db.read(), caller.id, user).await? {
        return Ok(MayLink { user, by: caller.id });
    }
    Err(Refusal::not_found("person"))
}
