//! Tests through public doors: HTTP, sockets, real databases. One binary; each room has its folder.

mod accounts;
mod app;
mod attendance;
mod demo;
mod live;
mod plumbing;
mod programs;
mod util;
