//! Refusals as `application/problem+json`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::kit::Refusal;
use crate::kit::refusal::FieldError;

/// An RFC 9457 problem document.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A stable code that the page translates, like `already-enrolled`.
    #[serde(rename = "type")]
    pub code: &'static str,
    pub title: &'static str,
    pub status: u16,
    /// An English sentence for a person.
    pub detail: String,
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
    pub errors: Vec<FieldError>,
}

impl From<Refusal> for Problem {
    fn from(r: Refusal) -> Problem {
        Problem { code: r.code, title: r.title, status: r.status, detail: r.detail, params: r.params, errors: r.errors }
    }
}

pub fn respond(refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry_after = refusal.retry_after;
    let body = serde_json::to_vec(&Problem::from(refusal)).unwrap_or_default();
    let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        respond(self)
    }
}
