//! Serving: listeners, TLS, signals and the drain.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::signal::unix::{SignalKind, signal};

use super::House;
use crate::live;
use crate::plumbing::Parts;

/// How long a drain may take.
const DRAIN: Duration = Duration::from_secs(6);
/// How long of it seats may take to be written.
const FLUSH: Duration = Duration::from_secs(3);

/// Serves until told to stop, then drains.
pub async fn run(house: House, listener: TcpListener, tls: Option<(PathBuf, PathBuf)>) -> anyhow::Result<()> {
    listener.set_nonblocking(true)?;
    let handle: Handle<SocketAddr> = Handle::new();
    let service = house.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let stopping = tokio::spawn(stop_on_signal(house.parts.clone(), handle.clone()));
    match tls {
        None => axum_server::from_tcp(listener)?.handle(handle).serve(service).await?,
        Some((cert, key)) => {
            let config = RustlsConfig::from_pem_file(&cert, &key).await?;
            tokio::spawn(reload_on_hangup(config.clone(), cert, key));
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

async fn reload_on_hangup(config: RustlsConfig, cert: PathBuf, key: PathBuf) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        match config.reload_from_pem_file(&cert, &key).await {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => tracing::error!(%error, "the certificate could not be read; the old one stays"),
        }
    }
}
