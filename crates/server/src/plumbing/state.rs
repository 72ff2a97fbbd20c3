//! The parts every room is handed. `app.rs` builds them; nothing here is global.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::bus::Bus;
use super::clock::Clock;
use super::db::Db;
use super::keys::Keys;
use super::limits::Limits;
use super::memory::Memory;
use super::outbox::Bell;
use super::proxies::Proxies;

/// Cheap to clone: handles to what the house runs on.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub bus: Bus,
    pub bell: Bell,
    pub limits: Arc<Limits>,
    /// What rooms keep in memory.
    pub memory: Memory,
    pub site: Arc<Site>,
    /// Cancelled when the house closes.
    pub closing: CancellationToken,
}

/// Where the house stands, for links and cookies.
#[derive(Clone, Debug)]
pub struct Site {
    /// What links begin with, without a trailing slash.
    pub public_url: String,
    pub proxies: Proxies,
    pub registration: Registration,
}

impl Site {
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    Open,
    Invite,
    Closed,
}
