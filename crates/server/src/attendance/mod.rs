//! Attendance: who was present, for how long.
//!
//! Nouns: an *interval* is one row of the ledger, one unbroken presence of one seat (its `entry`); a *presence* is what
//! the intervals of one person in one session merge to. Invariants: the ledger is raw, a row is never clipped, joined
//! or rounded, its end is written once; presence is staff's to see, each person sees their own.

pub mod listen;
pub mod merge;
pub mod model;
pub mod store;
