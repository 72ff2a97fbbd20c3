//! Who the engine is in DTLS: one certificate, shared by every connection of every shard.
//!
//! Making a certificate takes a millisecond and randomness, so it happens once, outside a shard.

use std::sync::Arc;

use str0m::config::{CryptoProvider, DtlsCert};

#[derive(Clone)]
pub struct Identity {
    pub(crate) cert: DtlsCert,
    pub(crate) crypto: Arc<CryptoProvider>,
}

impl Identity {
    /// A new certificate, or `None` if the crypto library cannot make one.
    pub fn generate() -> Option<Identity> {
        Identity::with(crate::dtls::provider())
    }

    /// The same with cryptography from somewhere else, as simulations want it.
    pub fn with(crypto: CryptoProvider) -> Option<Identity> {
        let crypto = Arc::new(crypto);
        let cert = crypto.dtls_provider.generate_certificate()?;
        Some(Identity { cert, crypto })
    }
}
