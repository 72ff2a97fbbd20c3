//! What operators look at: health, readiness, metrics, the API's description. Also the house's own tidying.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use futures::FutureExt;
use sea_orm::entity::prelude::*;

use super::Metrics;
use crate::accounts::mail_link;
use crate::kit::{Answer, Refusal};
use crate::live::Live;
use crate::plumbing::{Parts, answers, http, mail, outbox, pushes};

pub fn router(metrics: Option<Metrics>, document: utoipa::openapi::OpenApi) -> Router<Parts> {
    let json = document.to_json().expect("the document is JSON");
    let page = docs_page(&document);
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(move |c, s, h| show_metrics(metrics.clone(), c, s, h)))
        .route("/api/openapi.json", get(async move || (kind, json)))
        .route("/api/docs", get(async move || ([(header::CONTENT_SECURITY_POLICY, DOCS_POLICY)], Html(page))))
        .route("/api/{*rest}", axum::routing::any(http::api_not_found))
        .route("/api", axum::routing::any(http::api_not_found))
}

async fn ready(State(parts): State<Parts>) -> Answer<&'static str> {
    if parts.closing.is_cancelled() {
        return Err(Refusal::unavailable("The server is stopping. Come back in a moment."));
    }
    if !parts.memory.of::<Live>().healthy() {
        return Err(Refusal::unavailable("The media engine does not work."));
    }
    let answer = tokio::time::timeout(Duration::from_secs(3), parts.db.ping()).await;
    if !parts.memory.of::<Live>().healthy() {
        return Err(Refusal::unavailable("The media engine does not run."));
    }
    match answer {
        Ok(Ok(())) => Ok("ready\n"),
        _ => Err(Refusal::unavailable("The database does not answer.")),
    }
}

async fn show_metrics(
    metrics: Option<Metrics>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    State(parts): State<Parts>,
    headers: HeaderMap,
) -> Response {
    let Some(metrics) = metrics else { return Refusal::not_found("address").into_response() };
    let given =
        headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let by_token = metrics.token.is_some() && given == metrics.token.as_deref();
    // Behind a proxy on this machine everybody seems to be local: then only the token opens.
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let local =
        peer.is_some_and(|p| p.0.0.ip().to_canonical().is_loopback()) && !forwarded && parts.site.proxies.0.is_empty();
    if !(by_token || local) {
        return Refusal::forbidden("Metrics are for this machine, or for who has the metrics token.").into_response();
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.handle.render()).into_response()
}

const DOCS_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// A plain page that lists every path with what it does.
fn docs_page(document: &utoipa::openapi::OpenApi) -> String {
    let value = serde_json::to_value(document).unwrap_or_default();
    let mut rows = String::new();
    for (path, methods) in value["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            let answers: Vec<&str> =
                operation["responses"].as_object().into_iter().flatten().map(|(code, _)| code.as_str()).collect();
            rows.push_str(&format!(
                "<tr><td><code>{}</code></td><td><code>{path}</code></td><td>{summary}</td><td>{}</td></tr>",
                method.to_uppercase(),
                answers.join(" ")
            ));
        }
    }
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>API, Virtual Day Program</title>\
         <style>body{{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}}td,th{{text-align:left;padding:.3rem .8rem;vertical-align:top}}tr{{border-top:1px solid #bbb}}</style>\
         <h1>The API of Virtual Day Program</h1><p>The whole description, with every field, is <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>\
         <table><thead><tr><th>Method<th>Path<th>Does<th>Answers<tbody>{rows}</table></html>"
    )
}

/// How long heard facts and old pushes are kept.
const KEPT_DAYS: i64 = 14;

/// Drops what nobody needs any more, once an hour.
pub async fn housekeeping(parts: Parts) {
    loop {
        tokio::select! {
            _ = parts.closing.cancelled() => return,
            _ = tokio::time::sleep(Duration::from_secs(3600)) => {}
        }
        parts.limits.tidy();
        if let Err(refusal) = tidy(&parts).await {
            tracing::warn!(%refusal, "tidying has to wait");
        }
    }
}

/// Drops heard facts, old pushes, old mails and answers that nobody can ask for again.
pub async fn tidy(parts: &Parts) -> Answer<()> {
    let now = parts.clock.now();
    let old = now.plus_seconds(-KEPT_DAYS * 86_400);
    parts
        .db
        .write(|tx| {
            async move {
                outbox::Entity::delete_many().filter(outbox::Column::HeardAt.lt(old)).exec(tx.conn()).await?;
                pushes::Entity::delete_many().filter(pushes::Column::At.lt(old)).exec(tx.conn()).await?;
                mail_link::forget_old(tx, now).await?;
                mail::store::forget_old(tx, now).await?;
                answers::forget_old(tx, now).await
            }
            .boxed()
        })
        .await
}
