//! The least a server of this kind can do: axum that answers every request with the same bytes.

use std::path::Path;

use anyhow::Result;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

/// Serves the file's bytes at every path of the port named by `PORT`, as one JSON answer.
pub async fn serve(file: &Path) -> Result<()> {
    let bytes = axum::body::Bytes::from(std::fs::read(file)?);
    let port: u16 = std::env::var("PORT")?.parse()?;
    let answer = move || {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json")], bytes).into_response() }
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, Router::new().fallback(get(answer))).await?;
    Ok(())
}
