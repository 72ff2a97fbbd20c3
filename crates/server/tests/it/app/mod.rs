//! The roof, through its public doors.

mod command_line;
mod contract;
mod database_away;
mod nulls;
mod operate;
mod pages;
mod permissions;
mod sent_twice;
mod tls;
