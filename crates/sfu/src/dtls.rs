//! DTLS by dimpl, with one configuration for all connections.
//!
//! dimpl proves its cryptography with test vectors whenever a configuration is made, and str0m's own provider makes one
//! for every connection, which was a good part of a join. Here it is proven once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use str0m::config::{CryptoProvider, DtlsCert, DtlsVersion};
use str0m::crypto::CryptoError;
use str0m::crypto::dtls::{DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, ProtocolVersion};

/// A provider that keeps its configuration, by the packet size it was made for.
#[derive(Default)]
struct Proven(Mutex<Option<(Option<usize>, Arc<dimpl::Config>)>>);

/// The usual cryptography with this DTLS in it. Lives for ever, as str0m wants it; an engine makes one.
pub(crate) fn provider() -> CryptoProvider {
    CryptoProvider { dtls_provider: Box::leak(Box::<Proven>::default()), ..str0m::crypto::from_feature_flags() }
}

impl Proven {
    fn config(&self, mtu: Option<usize>) -> Result<Arc<dimpl::Config>, CryptoError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, config)) = kept.as_ref().filter(|(made_for, _)| *made_for == mtu) {
            return Ok(config.clone());
        }
        // ICE has shown before that the other side is where it says it is.
        let builder = dimpl::Config::builder().use_server_cookie(false);
        let builder = mtu.into_iter().fold(builder, |builder, mtu| builder.mtu(mtu));
        let config = builder.build().map_err(|error| CryptoError::Other(error.to_string()))?;
        Ok(kept.insert((mtu, Arc::new(config))).1.clone())
    }
}

impl std::fmt::Debug for Proven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proven").finish_non_exhaustive()
    }
}

impl DtlsProvider for Proven {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        dimpl::certificate::generate_self_signed_certificate().ok()
    }

    fn new_dtls(
        &self,
        cert: &DtlsCert,
        now: Instant,
        version: DtlsVersion,
        mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        let (config, cert) = (self.config(mtu)?, cert.clone());
        let dtls = match version {
            DtlsVersion::Dtls12 => dimpl::Dtls::new_12(config, cert, now),
            DtlsVersion::Dtls13 => dimpl::Dtls::new_13(config, cert, now),
            _ => dimpl::Dtls::new_auto(config, cert, now),
        };
        Ok(Box::new(Instance(dtls)))
    }
}

struct Instance(dimpl::Dtls);

impl std::fmt::Debug for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Instance").finish_non_exhaustive()
    }
}

impl DtlsInstance for Instance {
    fn set_active(&mut self, active: bool) {
        self.0.set_active(active);
    }

    fn is_active(&self) -> bool {
        self.0.is_active()
    }

    fn handle_packet(&mut self, packet: &[u8]) -> Result<(), DtlsImplError> {
        self.0.handle_packet(packet)
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), DtlsImplError> {
        self.0.handle_timeout(now)
    }

    fn poll_output<'a>(&mut self, buf: &'a mut [u8]) -> DtlsOutput<'a> {
        self.0.poll_output(buf)
    }

    fn send_application_data(&mut self, data: &[u8]) -> Result<usize, DtlsImplError> {
        self.0.send_application_data(data)
    }

    fn protocol_version(&self) -> Option<ProtocolVersion> {
        self.0.protocol_version()
    }

    fn is_closing(&self) -> bool {
        self.0.is_closing()
    }

    fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    fn close(&mut self) -> Result<(), DtlsImplError> {
        self.0.close()
    }
}
