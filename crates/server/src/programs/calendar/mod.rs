//! Calendars (RFC 5545): sessions for the calendar programs of people, who subscribe to a secret address of their own.
//!
//! `ics` writes, `zones` says what a time zone does: both pure. `feed` keeps the addresses and answers them.

pub mod feed;
pub mod http;
pub mod ics;
pub mod model;
pub mod wire;
pub mod zones;
