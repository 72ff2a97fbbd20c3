//! What lies around every route: request ids, logs, security headers, and a panic that becomes a 500 of its own request.

use std::any::Any;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;

use super::problem::respond;
use crate::kit::Refusal;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps the whole router.
pub fn around(router: Router, https: bool) -> Router {
    router
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(move |request, next| secure(request, next, https)))
        .layer(from_fn(log))
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().cloned().or(panic.downcast_ref::<&str>().map(|s| s.to_string()));
    metrics::counter!("vdp_panics_total", "in" => "request").increment(1);
    respond(Refusal::broken(format!("a request panicked: {}", text.unwrap_or_default())))
}

async fn log(mut request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let (method, path) = (request.method().clone(), loggable(request.uri().path()));
    let route = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_string());
    request.headers_mut().insert(REQUEST_ID.clone(), id.clone());
    let started = Instant::now();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let mut response = tracing::Instrument::instrument(next.run(request), span.clone()).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    // The query stays out: tokens could stand in it.
    span.in_scope(|| tracing::info!(%method, path, status, ms = took.as_secs_f64() * 1e3, "answered"));
    let labels = [
        ("method", method.to_string()),
        ("route", route.unwrap_or_else(|| "other".into())),
        ("status", status.to_string()),
    ];
    metrics::histogram!("vdp_http_seconds", &labels).record(took.as_secs_f64());
    response.headers_mut().insert(REQUEST_ID.clone(), id);
    response
}

/// As many characters as the shortest secret that an address may hold.
const SECRET: usize = 43;

/// A path without what could be a secret: an address may hold one, like that of a caption service.
fn loggable(path: &str) -> String {
    let shown = |part| if str::len(part) < SECRET { part } else { "…" };
    path.split('/').map(shown).collect::<Vec<_>>().join("/")
}

/// A proxy's request id when it is a plain one, else our own.
fn request_id(request: &Request) -> HeaderValue {
    let plain = |v: &&HeaderValue| {
        v.len() <= 64 && v.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
    };
    let given = request.headers().get(&REQUEST_ID).filter(plain).cloned();
    given.unwrap_or_else(|| HeaderValue::from_str(&uuid::Uuid::now_v7().simple().to_string()).expect("hex digits"))
}

async fn secure(request: Request, next: Next, https: bool) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
    );
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if is_api {
        put(header::CACHE_CONTROL, "no-store");
        put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
    if https {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

pub async fn api_not_found() -> Refusal {
    Refusal::not_found("address")
}

pub async fn method_not_allowed() -> Refusal {
    Refusal::new(405, "method-not-allowed", "Not like this", "This address does not take that method.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_path_is_not_logged() {
        let secret = crate::plumbing::keys::random_token();
        for path in [format!("/api/v1/captions/{secret}"), format!("/api/v1/captions/{secret}/seq/")] {
            assert!(!loggable(&path).contains(&secret[..8]), "{path}");
        }
        let plain = "/api/v1/sessions/018f2d5e-7a3b-7c4d-8e9f-0a1b2c3d4e5f/transcript.vtt";
        assert_eq!(loggable(plain), plain);
    }
}
