//! Series: a recurrence rule that makes sessions.

pub mod expand;
pub mod rule;
