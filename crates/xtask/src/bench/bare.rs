//! The least a server of this kind can do: axum that answers every request with the same bytes, and one that passes on
//! what is said.

use std::path::Path;

use anyhow::Result;
use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::{SinkExt, StreamExt};

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

/// Passes every text that one WebSocket says on to all, at the port named by `PORT`.
pub async fn chat() -> Result<()> {
    let port: u16 = std::env::var("PORT")?.parse()?;
    let (said, _) = tokio::sync::broadcast::channel::<Utf8Bytes>(1024);
    let enter = move |upgrade: WebSocketUpgrade| {
        let said = said.clone();
        async move { upgrade.on_upgrade(move |socket| pass_on(socket, said)) }
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, Router::new().route("/", get(enter))).await?;
    Ok(())
}

async fn pass_on(socket: WebSocket, said: tokio::sync::broadcast::Sender<Utf8Bytes>) {
    let (mut out, mut heard) = socket.split();
    let mut all = said.subscribe();
    let speak = async {
        while let Ok(text) = all.recv().await {
            if out.send(Message::Text(text)).await.is_err() {
                return;
            }
        }
    };
    let listen = async {
        while let Some(Ok(Message::Text(text))) = heard.next().await {
            let _ = said.send(text);
        }
    };
    tokio::select! { () = speak => {}, () = listen => {} }
}
