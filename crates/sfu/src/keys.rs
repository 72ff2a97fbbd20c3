//! The keys of a viewer's connection: DTLS exports them to str0m, and a copy comes to us.
//!
//! str0m takes its DTLS from a provider that lives for ever. Each shard puts one of its own around the
//! usual one (leaked once per shard), which notes the exported keying material (RFC 5764) as it passes.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Instant;

use str0m::config::{CryptoProvider, DtlsCert, DtlsVersion};
use str0m::crypto::CryptoError;
use str0m::crypto::dtls::{DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, ProtocolVersion, SrtpProfile};

/// What DTLS agreed on for SRTP.
pub(crate) struct Exported {
    pub profile: SrtpProfile,
    /// Client key, server key, client salt, server salt (RFC 5764, 4.2).
    pub material: Vec<u8>,
    /// We were the DTLS client.
    pub client: bool,
}

impl std::fmt::Debug for Exported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exported").field("profile", &self.profile).finish_non_exhaustive()
    }
}

/// Where one connection's keys arrive, if it is still there to want them. They can be taken once.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyBox(Arc<Mutex<Option<Exported>>>);

impl KeyBox {
    pub fn take(&self) -> Option<Exported> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A DTLS provider that keeps a copy of the keys.
#[derive(Debug)]
pub(crate) struct KeyTap {
    inner: &'static dyn DtlsProvider,
    newest: Mutex<KeyBox>,
}

impl KeyTap {
    /// The same cryptography with a tap in it.
    pub fn into(crypto: &CryptoProvider) -> (&'static KeyTap, CryptoProvider) {
        let tap: &'static KeyTap =
            Box::leak(Box::new(KeyTap { inner: crypto.dtls_provider, newest: Mutex::default() }));
        (tap, CryptoProvider { dtls_provider: tap, ..crypto.clone() })
    }

    /// Take the box of the connection that was made last. A shard makes one at a time.
    pub fn newest(&self) -> KeyBox {
        std::mem::take(&mut *self.newest.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl DtlsProvider for KeyTap {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        self.inner.generate_certificate()
    }

    fn new_dtls(
        &self,
        cert: &DtlsCert,
        now: Instant,
        version: DtlsVersion,
        mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        let inner = self.inner.new_dtls(cert, now, version, mtu)?;
        let keys = KeyBox::default();
        let slot = Arc::downgrade(&keys.0);
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(Box::new(Tapped { inner, slot }))
    }

    fn is_test(&self) -> bool {
        self.inner.is_test()
    }
}

#[derive(Debug)]
struct Tapped {
    inner: Box<dyn DtlsInstance>,
    slot: Weak<Mutex<Option<Exported>>>,
}

impl DtlsInstance for Tapped {
    fn poll_output<'a>(&mut self, buf: &'a mut [u8]) -> DtlsOutput<'a> {
        let output = self.inner.poll_output(buf);
        if let (DtlsOutput::KeyingMaterial(material, profile), Some(slot)) = (&output, self.slot.upgrade()) {
            let client = self.inner.is_active();
            let exported = Exported { profile: *profile, material: material.as_ref().to_vec(), client };
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(exported);
        }
        output
    }

    fn set_active(&mut self, active: bool) {
        self.inner.set_active(active)
    }

    fn handle_packet(&mut self, packet: &[u8]) -> Result<(), DtlsImplError> {
        self.inner.handle_packet(packet)
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), DtlsImplError> {
        self.inner.handle_timeout(now)
    }

    fn send_application_data(&mut self, data: &[u8]) -> Result<usize, DtlsImplError> {
        self.inner.send_application_data(data)
    }

    fn is_active(&self) -> bool {
        self.inner.is_active()
    }

    fn protocol_version(&self) -> Option<ProtocolVersion> {
        self.inner.protocol_version()
    }

    fn is_closing(&self) -> bool {
        self.inner.is_closing()
    }

    fn is_closed(&self) -> bool {
        self.inner.is_closed()
    }

    fn close(&mut self) -> Result<(), DtlsImplError> {
        self.inner.close()
    }
}
