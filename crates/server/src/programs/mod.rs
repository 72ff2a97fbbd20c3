//! Programs: what people enroll in, its staff, its sessions, and who is enrolled.
//!
//! Invariants: a program never holds more people than it has places, and its `taken` and `waiting` are what its
//! enrollments say; while a place is free in a published program, nobody waits in line; a session's truth is its
//! local wall time and zone; what began, or what people were enrolled in, is kept.

pub mod calendar;
pub mod cards;
pub mod edit;
pub mod enroll;
pub mod http;
pub mod join_links;
pub mod listing;
pub mod model;
pub mod place;
pub mod policy;
pub mod run;
pub mod schedule;
pub mod series;
pub mod show;
pub mod store;
pub mod timetable;
pub mod when;
pub mod wire;

mod http_enrollments;
mod http_sessions;

pub use model::{
    Icon, Kind, Part, ProgramStatus, SessionRole, State, Status, Tone, Visibility, enrollment, program, session, staff,
};
pub use place::{Place, Staff};
