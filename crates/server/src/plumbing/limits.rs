//! How often something may be tried. Failures are counted by account and address together, so that one person's mistakes
//! lock nobody else out; an address alone has a high ceiling, because a group home shares one.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::kit::{Answer, Refusal};

/// Failures of one account from one address before it has to wait.
const FAILURES: u32 = 10;
/// How long they count.
const WINDOW: Duration = Duration::from_secs(60);
/// Tries of any kind from one address.
const PER_ADDRESS_AND_MINUTE: u32 = 600;

type Account = (String, IpAddr);

pub struct Limits {
    failures: Mutex<HashMap<Account, (u32, Instant)>>,
    per_address: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(PER_ADDRESS_AND_MINUTE).expect("not zero"));
        Limits { failures: Mutex::default(), per_address: RateLimiter::keyed(quota) }
    }
}

impl Limits {
    /// Whether `account` may be tried from `address` now. The try counts as a failure until it is forgiven, so that many
    /// at once are slowed as well.
    pub fn try_account(&self, account: &str, address: IpAddr) -> Answer<()> {
        self.try_address(address)?;
        let mut failures = self.failures();
        let (count, since) = failures.entry((account.to_string(), address)).or_insert((0, Instant::now()));
        match WINDOW.checked_sub(since.elapsed()) {
            Some(left) if *count >= FAILURES => return Err(slow_down(left)),
            Some(_) => *count += 1,
            None => (*count, *since) = (1, Instant::now()),
        }
        Ok(())
    }

    /// The try was right: who signs in rightly is never slowed.
    pub fn forgive(&self, account: &str, address: IpAddr) {
        self.failures().remove(&(account.to_string(), address));
    }

    /// Counts one try from `address`.
    pub fn try_address(&self, address: IpAddr) -> Answer<()> {
        let wait = |not_until: governor::NotUntil<_>| not_until.wait_time_from(DefaultClock::default().now());
        self.per_address.check_key(&address).map_err(|not_until| slow_down(wait(not_until)))
    }

    /// Forgets what is at rest; called now and then.
    pub fn tidy(&self) {
        self.per_address.retain_recent();
        self.failures().retain(|_, (_, since)| since.elapsed() < WINDOW);
    }

    fn failures(&self) -> MutexGuard<'_, HashMap<Account, (u32, Instant)>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn slow_down(wait: Duration) -> Refusal {
    let wait = wait.as_secs() as u32 + 1;
    let text = format!("That was tried too often. Wait {wait} seconds, then try again.");
    Refusal::new(429, "too-many-tries", "Too many tries", text).with("seconds", wait).retry_after(wait)
}
