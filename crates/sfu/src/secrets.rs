//! What nobody may guess: ICE credentials, from a secret that comes with the shard.

use str0m::IceCreds;
use str0m::crypto::Sha256Provider;

/// Every character an ICE credential may have; there are 64.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Characters, of six bits each.
const UFRAG: usize = 16;
const PASSWORD: usize = 24;

/// An endless row of hashes of the secret and a counter.
pub(crate) struct Secrets {
    secret: [u8; 32],
    count: u64,
    sha256: &'static dyn Sha256Provider,
}

impl Secrets {
    pub fn new(secret: [u8; 32], sha256: &'static dyn Sha256Provider) -> Secrets {
        Secrets { secret, count: 0, sha256 }
    }

    fn next(&mut self) -> [u8; 32] {
        self.count += 1;
        self.sha256.sha256(&[&self.secret[..], &self.count.to_be_bytes()].concat())
    }

    pub fn ice(&mut self) -> IceCreds {
        IceCreds { ufrag: text(&self.next()[..UFRAG]), pass: text(&self.next()[..PASSWORD]) }
    }

    /// str0m makes the credentials of an ICE restart itself, with this thread's fast generator. Call
    /// this before, so that they come from the secret too.
    pub fn stir(&mut self) {
        let [a, b, c, d, e, f, g, h, ..] = self.next();
        fastrand::seed(u64::from_be_bytes([a, b, c, d, e, f, g, h]));
    }
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| ALPHABET[(byte & 63) as usize] as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_follow_from_the_secret_and_never_repeat() {
        let crypto = str0m::crypto::from_feature_flags();
        let row = |secret: u8| {
            let mut secrets = Secrets::new([secret; 32], crypto.sha256_provider);
            (0..100).map(|_| secrets.ice()).collect::<Vec<_>>()
        };
        let (first, other) = (row(1), row(2));
        assert_eq!(first, row(1));
        let all = first.iter().chain(&other).flat_map(|c| [&c.ufrag, &c.pass]);
        assert_eq!(all.collect::<std::collections::BTreeSet<_>>().len(), 400);
        assert_eq!((first[0].ufrag.len(), first[0].pass.len()), (16, 24));
    }
}
