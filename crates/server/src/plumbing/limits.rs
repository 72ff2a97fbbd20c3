//! How often something may be tried. Keys join account and address, so that one person's mistakes lock nobody else out;
//! an address alone has a high ceiling, because a group home shares one.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::kit::{Answer, Refusal};

pub struct Limits {
    per_account: DefaultKeyedRateLimiter<(String, IpAddr)>,
    per_address: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        let quota = |per_minute: u32| Quota::per_minute(NonZeroU32::new(per_minute).expect("not zero"));
        Limits { per_account: RateLimiter::keyed(quota(10)), per_address: RateLimiter::keyed(quota(300)) }
    }
}

impl Limits {
    /// Counts one try of `account` (an address or a link's hash) from `address`.
    pub fn try_account(&self, account: &str, address: IpAddr) -> Answer<()> {
        self.try_address(address)?;
        self.per_account.check_key(&(account.to_string(), address)).map_err(|not_until| slow_down(&not_until))
    }

    /// Counts one try from `address`.
    pub fn try_address(&self, address: IpAddr) -> Answer<()> {
        self.per_address.check_key(&address).map_err(|not_until| slow_down(&not_until))
    }

    /// Forgets keys that are at rest; called now and then.
    pub fn tidy(&self) {
        self.per_account.retain_recent();
        self.per_address.retain_recent();
    }
}

fn slow_down(not_until: &governor::NotUntil<governor::clock::QuantaInstant>) -> Refusal {
    let wait = not_until.wait_time_from(DefaultClock::default().now()).as_secs() as u32 + 1;
    Refusal::new(
        429,
        "too-many-tries",
        "Too many tries",
        format!("That was tried too often. Wait {wait} seconds, then try again."),
    )
    .with("seconds", wait)
    .retry_after(wait)
}
