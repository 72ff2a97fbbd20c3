//! Series: a recurrence rule that makes sessions, which then live lives of their own.
//!
//! `rule` and `expand` are RFC 5545, `times` puts its days on the clocks of a zone, `changes` says what a changed rule does
//! to the sessions that are there: all pure. `make`, `change` and `save` do it.

pub mod change;
pub mod changes;
mod conflicts;
pub mod expand;
pub mod holidays;
pub mod http;
pub mod make;
pub mod model;
pub mod read;
pub mod rule;
pub mod save;
pub mod show;
pub mod store;
pub mod times;
pub mod wire;
