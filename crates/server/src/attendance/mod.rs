//! Attendance: who was present, for how long.
//!
//! Nouns: an *interval* is one row of the ledger, one unbroken presence of one seat (its `entry`); a *presence* is what
//! the intervals of one person in one session merge to. Invariants: the ledger is raw, a row is never clipped, joined
//! or rounded, its end is written once; presence is staff's to see, each person sees their own.

pub mod csv;
pub mod day;
pub mod http;
pub mod listen;
pub mod merge;
pub mod model;
pub mod overview;
pub mod policy;
pub mod presence_now;
pub mod store;
pub mod timetable;
pub mod who_came;
pub mod wire;

mod closing;
mod dates;
mod items;
