//! Keys. One secret is the root; every use derives its own key from it, so that one leaked token key opens nothing else.

use std::path::Path;

use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The root secret, and old ones that still verify what was issued under them.
#[derive(Clone)]
pub struct Keys {
    roots: std::sync::Arc<Vec<Root>>,
}

struct Root {
    kid: String,
    secret: Vec<u8>,
}

impl Keys {
    /// From the setting's text: one secret a line, the newest first. Each has at least 32 characters.
    pub fn from_text(text: &str) -> Result<Keys, String> {
        let roots: Vec<Root> = text
            .lines()
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(|s| Root { kid: kid(s.as_bytes()), secret: s.as_bytes().to_vec() })
            .collect();
        if roots.is_empty() {
            return Err("The secret key is empty. Put at least 32 random characters there.".into());
        }
        if roots.iter().any(|r| r.secret.len() < 32) {
            return Err("The secret key is too short. Use at least 32 random characters.".into());
        }
        Ok(Keys { roots: roots.into() })
    }

    /// Reads the key file, or makes it with a fresh secret that only its owner can read.
    pub fn load_or_make(path: &Path) -> Result<Keys, String> {
        match std::fs::read_to_string(path) {
            Ok(text) => Keys::from_text(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secret = URL_SAFE_NO_PAD.encode([random::<32>(), random::<32>()].concat());
                write_private(path, &secret)
                    .map_err(|e| format!("Cannot write the key file {}: {e}.", path.display()))?;
                Keys::from_text(&secret)
            }
            Err(error) => Err(format!("Cannot read the key file {}: {error}.", path.display())),
        }
    }

    /// The name of the newest key, written into what it signs.
    pub fn kid(&self) -> &str {
        &self.roots[0].kid
    }

    /// The key for one use, by the newest root.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        derive(&self.roots[0].secret, purpose)
    }

    /// The key for one use under the root that `kid` names.
    pub fn derive_by(&self, kid: &str, purpose: &str) -> Option<[u8; 32]> {
        self.roots.iter().find(|r| r.kid == kid).map(|r| derive(&r.secret, purpose))
    }
}

/// HMAC-SHA-256 of the purpose under the root.
fn derive(secret: &[u8], purpose: &str) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, purpose.as_bytes());
    tag.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

fn kid(secret: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&sha256(&[b"kid:", secret].concat())[..6])
}

pub fn sha256(data: &[u8]) -> [u8; 32] {
    digest::digest(&digest::SHA256, data).as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A fresh secret for a link or a token: 32 random bytes, URL-safe.
pub fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}
