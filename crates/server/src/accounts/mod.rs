//! Accounts: who people are, how they sign in, what they may be.
//!
//! Invariants: a person without credentials is a guest or comes by a personal join link; a change of role or a
//! deactivation ends every token issued before (the account's *epoch* moves on); people are anonymised, never deleted.

pub mod access;
pub mod caller;
pub mod http;
pub mod http_mails;
pub mod join_link;
pub mod letters;
pub mod mail_link;
pub mod mails;
pub mod model;
pub mod organisation;
pub mod password;
pub mod people;
pub mod policy;
pub mod profile;
pub mod refresh;
pub mod reset;
pub mod set_up;
pub mod sign_in;
pub mod store;
pub mod wire;

pub use caller::{Caller, MaybeCaller};
pub use model::{Role, Scope};
