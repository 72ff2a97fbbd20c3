//! Serving: listeners, TLS, signals and the drain.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::House;
use crate::live;
use crate::plumbing::Parts;

/// How long a drain may take.
const DRAIN: Duration = Duration::from_secs(6);
/// How long of it seats may take to be written.
const FLUSH: Duration = Duration::from_secs(3);

/// Serves until told to stop, then drains.
pub async fn run(house: House, listener: TcpListener, tls: Option<Tls>) -> anyhow::Result<()> {
    listener.set_nonblocking(true)?;
    let handle: Handle<SocketAddr> = Handle::new();
    let service = house.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let stopping = tokio::spawn(stop_on_signal(house.parts.clone(), handle.clone()));
    match tls {
        None => axum_server::from_tcp(listener)?.handle(handle).serve(service).await?,
        Some(tls) => {
            let config = tls.config.clone();
            tokio::spawn(tls.reload_on_hangup());
            axum_server::from_tcp_rustls(listener, config)?.handle(handle).serve(service).await?;
        }
    }
    stopping.abort();
    house.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The first signal drains, a second one stops at once.
async fn stop_on_signal(parts: Parts, handle: Handle<SocketAddr>) {
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be heard");
    let mut interrupt = signal(SignalKind::interrupt()).expect("signals can be heard");
    tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    tracing::info!("stopping: people are told to come back; a second signal stops at once");
    // Seats are flushed before anything stops; a database that is away must not hold the stop up.
    let drained = tokio::spawn(async move {
        let _ = tokio::time::timeout(FLUSH, live::drain(&parts)).await;
        parts.closing.cancel();
        handle.graceful_shutdown(Some(DRAIN));
    });
    tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    drained.abort();
    std::process::exit(1);
}

/// A certificate that is served, and how to read it again.
pub struct Tls {
    config: RustlsConfig,
    cert: PathBuf,
    key: PathBuf,
    hangup: Signal,
}

impl Tls {
    /// Reads the two files; the error is a sentence that names the setting and the file. From here on SIGHUP means to
    /// read them again, and no longer to stop.
    pub async fn open(cert: PathBuf, key: PathBuf) -> Result<Tls, String> {
        let hangup = signal(SignalKind::hangup()).map_err(|e| format!("SIGHUP cannot be heard: {e}."))?;
        let (chain, private) = read(&cert, &key)?;
        let config = RustlsConfig::from_pem(chain, private).await.map_err(|e| unfit(&cert, &key, &e))?;
        Ok(Tls { config, cert, key, hangup })
    }

    async fn reload_on_hangup(mut self) {
        while self.hangup.recv().await.is_some() {
            match self.reload().await {
                Ok(()) => tracing::info!("the certificate was read again"),
                Err(error) => tracing::error!("the certificate could not be read again and the old one stays: {error}"),
            }
        }
    }

    async fn reload(&self) -> Result<(), String> {
        let (chain, private) = read(&self.cert, &self.key)?;
        self.config.reload_from_pem(chain, private).await.map_err(|e| unfit(&self.cert, &self.key, &e))
    }
}

/// Both files, each known to hold what it is for.
fn read(cert: &Path, key: &Path) -> Result<(Vec<u8>, Vec<u8>), String> {
    let open = |path: &Path, name: &str| {
        std::fs::read(path).map_err(|e| format!("Cannot read the file {} that {name} names: {e}.", path.display()))
    };
    let (chain, private) = (open(cert, "VDP_TLS_CERT")?, open(key, "VDP_TLS_KEY")?);
    let has = |text: &[u8], what: &str| String::from_utf8_lossy(text).contains(what);
    if !has(&chain, "-----BEGIN CERTIFICATE-----") {
        let path = cert.display();
        return Err(format!(
            "There is no certificate in {path}. Set VDP_TLS_CERT to a PEM file with it and its chain."
        ));
    }
    if !has(&private, "PRIVATE KEY-----") {
        let path = key.display();
        return Err(format!(
            "There is no private key in {path}. Set VDP_TLS_KEY to the PEM file with the certificate's."
        ));
    }
    Ok((chain, private))
}

fn unfit(cert: &Path, key: &Path, error: &std::io::Error) -> String {
    let (cert, key) = (cert.display(), key.display());
    format!(
        "The certificate {cert} and the key {key} do not work together: {error}. Check VDP_TLS_CERT and VDP_TLS_KEY."
    )
}
