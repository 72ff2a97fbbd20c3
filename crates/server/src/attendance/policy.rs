//! Who may see who came: the staff of the program, asked with `programs::place::staff_of`. Each person sees their own
//! time in their day.

use crate::accounts::Caller;
use crate::kit::{Answer, Refusal};
use crate::programs::place;

/// The overview is for who looks after programs; a join link opens the participant's side only.
pub fn may_oversee(caller: &Caller) -> Answer<()> {
    if place::staffs(caller) {
        return Ok(());
    }
    Err(Refusal::forbidden("The overview is for instructors and administrators. Your sessions are in My day."))
}
