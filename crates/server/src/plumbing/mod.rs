//! What every room runs on: database, outbox, jobs, mail, realtime bus, HTTP manners, clock, keys. No room's business is here.

pub mod answers;
pub mod assets;
pub mod bus;
pub mod clock;
pub mod db;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod limits;
pub mod mail;
pub mod memory;
pub mod messages;
pub mod migrations;
pub mod outbox;
pub mod proxies;
pub mod pushes;
pub mod seal;
pub mod state;

pub use state::Parts;
