//! Who may do what to an account.

use super::caller::Caller;
use super::model::{Model, Role};
use crate::kit::{Answer, Refusal};

/// Admins change others; nobody takes their own rights away, so that an installation keeps an admin.
pub fn may_change(caller: &Caller, user: &Model, role: Option<Role>, active: Option<bool>) -> Answer<()> {
    caller.admin()?;
    let demoted = role.is_some_and(|r| r != Role::Admin) || active == Some(false);
    if caller.id == user.id && demoted {
        let text = "You cannot take away your own rights. Ask another administrator.";
        return Err(Refusal::conflict("own-account", text));
    }
    Ok(())
}

/// A personal join link opens the participant's side only, so it is made for participants only.
pub fn may_have_link(user: &Model) -> Answer<()> {
    if user.role != Role::Participant {
        let text = "Personal join links are for participants. Staff sign in with their password.";
        return Err(Refusal::conflict("not-a-participant", text));
    }
    if !user.active {
        return Err(Refusal::conflict("inactive", "This account is switched off. Switch it on first."));
    }
    Ok(())
}

/// What a link's sign-in may not do: change the account behind it.
pub fn whole_account(caller: &Caller) -> Answer<()> {
    if caller.scope == super::Scope::Link {
        return Err(Refusal::forbidden("You came by a join link. It opens your day, not your account."));
    }
    Ok(())
}
