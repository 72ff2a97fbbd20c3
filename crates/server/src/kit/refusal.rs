//! Refusals are sentences for a person. Rooms make them by functions named for the situation.

use serde::Serialize;
use serde_json::{Map, Value};

/// What a room's function answers.
pub type Answer<T> = Result<T, Refusal>;

/// Why something was not done: an RFC 9457 problem in the making.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub status: u16,
    /// A stable code the page translates, like `already-enrolled`.
    pub code: &'static str,
    pub title: &'static str,
    /// An English sentence for a person.
    pub detail: String,
    pub params: Map<String, Value>,
    pub errors: Vec<FieldError>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
}

/// One field that is wrong, and what would be right.
#[derive(Clone, Debug, Serialize, PartialEq, utoipa::ToSchema)]
pub struct FieldError {
    pub field: String,
    #[serde(rename = "type")]
    pub code: &'static str,
    pub message: String,
}

impl Refusal {
    pub fn new(status: u16, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Refusal {
            status,
            code,
            title,
            detail: detail.into(),
            params: Map::new(),
            errors: Vec::new(),
            retry_after: None,
        }
    }
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
    /// One field is wrong.
    pub fn field(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError { field: field.into(), code, message: message.into() }])
    }
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let detail = errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" ");
        let mut refusal = Self::new(422, "invalid-fields", "Something is not right yet", detail);
        refusal.errors = errors;
        refusal
    }
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(400, "malformed", "We cannot read that", detail)
    }
    pub fn not_found(what: &str) -> Self {
        Self::new(404, "not-found", "Not there", format!("There is no such {what}, or it is not yours to see."))
    }
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(403, "may-not", "You may not do that", detail)
    }
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(409, code, "Not in this state", detail)
    }
    pub fn sign_in_first() -> Self {
        Self::new(401, "sign-in-first", "Sign in first", "Sign in, then try again.")
    }
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(503, "unavailable", "Not available just now", detail).retry_after(2)
    }
    /// Our fault. The cause is logged, never shown.
    pub fn broken(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "something broke");
        Self::new(500, "broken", "Something broke here", "Something broke on our side. Try again in a moment.")
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.detail, self.code)
    }
}

impl std::error::Error for Refusal {}
