//! The rooms of the house. The binary and the tests use them; nothing is re-exported.

pub mod accounts;
pub mod app;
pub mod attendance;
pub mod config;
pub mod demo;
pub mod events;
pub mod kit;
pub mod live;
pub mod plumbing;
pub mod programs;
