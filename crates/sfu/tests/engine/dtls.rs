//! DTLS whose retransmission timers do not jitter. The jitter comes from the operating system's
//! randomness and shows as wake-ups at odd times, which would make each run a little different.

use std::time::{Duration, Instant};

use str0m::config::{CryptoProvider, DtlsCert, DtlsVersion};
use str0m::crypto::CryptoError;
use str0m::crypto::dtls::{DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, ProtocolVersion};

const GRID: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Calm(&'static dyn DtlsProvider);

#[derive(Debug)]
struct CalmInstance {
    inner: Box<dyn DtlsInstance>,
    start: Instant,
}

/// The usual cryptography, with calm timers.
pub fn provider() -> CryptoProvider {
    let usual = str0m::crypto::from_feature_flags();
    let calm = Box::leak(Box::new(Calm(usual.dtls_provider)));
    CryptoProvider { dtls_provider: calm, ..usual }
}

impl DtlsProvider for Calm {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        self.0.generate_certificate()
    }

    fn new_dtls(
        &self,
        cert: &DtlsCert,
        now: Instant,
        version: DtlsVersion,
        mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        let inner = self.0.new_dtls(cert, now, version, mtu)?;
        Ok(Box::new(CalmInstance { inner, start: now }))
    }
}

impl DtlsInstance for CalmInstance {
    fn poll_output<'a>(&mut self, buf: &'a mut [u8]) -> DtlsOutput<'a> {
        let since = match self.inner.poll_output(buf) {
            DtlsOutput::Timeout(at) => at.saturating_duration_since(self.start),
            other => return other,
        };
        // The first flights follow each other at once; retransmissions wait about a second, give or take.
        if since < Duration::from_millis(400) {
            return DtlsOutput::Timeout(self.start + since);
        }
        let steps = since.as_nanos().div_ceil(GRID.as_nanos()) as u32;
        DtlsOutput::Timeout(self.start + GRID * steps)
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
