//! Passwords: argon2id, hashed off the async threads and only a few at once.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::kit::{Answer, Refusal};

/// What an unknown account is checked against, so that it takes as long as a known one: no password has a hash of zeros.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlzIA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes a few passwords at once: each takes 19 MiB and a core for some milliseconds.
pub struct Passwords {
    at_once: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords { at_once: Semaphore::new(2) }
    }
}

impl Passwords {
    pub async fn hash(&self, password: &str) -> Answer<String> {
        let password = password.to_string();
        self.off_thread(move || hash_now(&password)).await?
    }

    /// Whether `password` is right for `hash`; without a hash the same work is done and the answer is no.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Answer<bool> {
        let password = password.to_string();
        let known = hash.is_some();
        let hash = hash.unwrap_or(NOBODY).to_string();
        let right = self.off_thread(move || verify_now(&password, &hash)).await?;
        Ok(known && right)
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        let _place = self.at_once.acquire().await.map_err(Refusal::broken)?;
        tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)
    }
}

fn argon() -> Argon2<'static> {
    // OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).expect("sound parameters"))
}

pub fn hash_now(password: &str) -> Answer<String> {
    argon().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Refusal::broken)
}

fn verify_now(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_costs_as_much_as_somebody_and_has_no_password() {
        let somebody = hash_now("three plain words").unwrap();
        let (somebody, nobody) = (PasswordHash::new(&somebody).unwrap(), PasswordHash::new(NOBODY).unwrap());
        let cost = |hash: &PasswordHash| (hash.algorithm, hash.version, hash.params.clone());
        assert_eq!(cost(&somebody), cost(&nobody));
        assert!(!verify_now("", NOBODY) && !verify_now("nobody has this ", NOBODY));
    }
}
