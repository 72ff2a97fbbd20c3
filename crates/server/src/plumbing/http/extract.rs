//! Extractors that answer bad input with a sentence about the field.

use std::net::IpAddr;
use std::str::FromStr;

use axum::extract::{FromRef, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts as RequestParts;
use axum::http::{HeaderMap, header};
use futures::StreamExt;
use serde::de::DeserializeOwned;

use super::wording;
use crate::kit::Refusal;
use crate::plumbing::Parts;

/// What we take in one body.
const MOST: usize = 1 << 20;
/// What we read and drop of a larger one, so that the answer arrives.
const DROPPED: usize = 16 << 20;

/// A JSON body, read strictly: unknown, missing and wrongly typed fields are named.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let is_json = has_type(request.headers(), is_json);
        let bytes = read(request).await?;
        if !is_json {
            return Err(wrong_type("application/json"));
        }
        parse(&bytes).map(Body)
    }
}

/// For a POST without a documented body: nothing, or `{}`.
pub struct NoBody;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let bytes = read(request).await?;
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            let Nothing {} = parse(&bytes)?;
        }
        Ok(NoBody)
    }
}

/// A JSON body that may be left out: nothing stands for `{}`.
pub struct MaybeBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for MaybeBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let is_json = has_type(request.headers(), is_json);
        let bytes = read(request).await?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(MaybeBody(T::default()));
        }
        if !is_json {
            return Err(wrong_type("application/json"));
        }
        parse(&bytes).map(MaybeBody)
    }
}

/// A text body of the given media type, at most 1 MiB, as SDP comes.
pub async fn read_text(request: Request, kind: &str) -> Result<String, Refusal> {
    let right = has_type(request.headers(), |given| given == kind);
    let bytes = read(request).await?;
    if !right {
        return Err(wrong_type(kind));
    }
    String::from_utf8(bytes).map_err(|_| Refusal::malformed("The body is not UTF-8 text."))
}

fn wrong_type(kind: &str) -> Refusal {
    Refusal::new(415, "wrong-media-type", "Wrong kind of body", format!("Send the body with “Content-Type: {kind}”."))
}

fn is_json(kind: &str) -> bool {
    kind == "application/json" || kind.ends_with("+json")
}

fn has_type(headers: &HeaderMap, is: impl Fn(&str) -> bool) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    is(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str())
}

async fn read(request: Request) -> Result<Vec<u8>, Refusal> {
    read_body(request.into_body()).await
}

/// The whole body, at most 1 MiB.
pub(super) async fn read_body(body: axum::body::Body) -> Result<Vec<u8>, Refusal> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut seen = 0usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refusal::malformed("The body did not arrive whole."))?;
        seen += chunk.len();
        if seen <= MOST {
            bytes.extend_from_slice(&chunk);
        } else if seen > DROPPED {
            break;
        }
    }
    if seen > MOST {
        let text = "The body is larger than 1 MiB. Send less at once.";
        return Err(Refusal::new(413, "too-large", "Too large", text));
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(Refusal::malformed("The body is not UTF-8 text."));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| {
        let path = e.path().to_string();
        explain(bytes, &path, e.inner())
    })?;
    json.end().map_err(|_| Refusal::malformed("There is something after the JSON value."))?;
    Ok(value)
}

/// A value that came by another way than a body, read as strictly.
fn read_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|e| field_error(&e.path().to_string(), &e.inner().to_string()))
}

/// The payload of a socket's message, read as strictly as a body. Left out is the same as empty.
pub fn read_payload<T: DeserializeOwned>(payload: serde_json::Value) -> Result<T, Refusal> {
    match payload {
        serde_json::Value::Null => read_value(serde_json::json!({})),
        serde_json::Value::Object(_) => read_value(payload),
        _ => Err(Refusal::field("body", "wrong-type", "Send an object with named fields.")),
    }
}

fn explain(bytes: &[u8], path: &str, error: &serde_json::Error) -> Refusal {
    use serde_json::error::Category;
    // A number where one of some words is due counts as bad JSON for the reader; it is not.
    let is_json = || serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    if error.classify() != Category::Data && !is_json() {
        return Refusal::malformed(format!("The body is not JSON: {error}."));
    }
    field_error(path, &error.to_string())
}

/// Serde's words about a field, as ours.
fn field_error(path: &str, text: &str) -> Refusal {
    let text = text.split(" at line ").next().unwrap_or(text);
    let quoted = text.split('`').nth(1).unwrap_or_default();
    let inside = |field: &str| match path {
        "." | "" => field.to_string(),
        path if path == field || path.ends_with(&format!(".{field}")) => path.to_string(),
        path => format!("{path}.{field}"),
    };
    if text.starts_with("unknown field") {
        let field = inside(quoted);
        return Refusal::field(&field, "unknown-field", format!("There is no field “{field}” here. Leave it out."));
    }
    if text.starts_with("missing field") {
        let field = inside(quoted);
        return Refusal::field(&field, "missing", format!("Fill in “{field}”."));
    }
    if text.starts_with("duplicate field") {
        let field = inside(quoted);
        return Refusal::field(&field, "twice", format!("“{field}” is there twice. Write it once."));
    }
    let field = if path == "." || path.is_empty() { "body" } else { path };
    if text.starts_with("invalid type: null") {
        let text = format!("“{field}” cannot be null. Leave it out, or give it a value.");
        return Refusal::field(field, "wrong-type", text);
    }
    Refusal::field(field, "wrong-type", wording::of_mismatch(field, text))
}

/// The query string, read strictly.
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut RequestParts, state: &S) -> Result<Self, Refusal> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Params(value)),
            Err(rejection) => {
                let text = std::error::Error::source(&rejection).map_or(rejection.to_string(), |e| e.to_string());
                let (path, text) = text.split_once(": ").map_or(("", text.as_str()), |(p, t)| (p, t));
                Err(field_error(path, text))
            }
        }
    }
}

/// An id in the path. One that is no id at all names nothing: 404.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Id<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut RequestParts, state: &S) -> Result<Self, Refusal> {
        let unknown = || Refusal::not_found("thing");
        let Path(texts) =
            Path::<Vec<(String, String)>>::from_request_parts(parts, state).await.map_err(|_| unknown())?;
        let (_, text) = texts.first().ok_or_else(unknown)?;
        text.parse().map(Id).map_err(|_| unknown())
    }
}

/// The version that the client last saw, from `If-Match`.
pub struct IfMatch(pub Option<String>);

impl IfMatch {
    /// Refuses when the client saw another version than `current`.
    pub fn check(&self, current: &str) -> Result<(), Refusal> {
        let stale =
            self.0.as_ref().is_some_and(|seen| seen != "*" && !seen.split(',').any(|tag| tag.trim() == current));
        if stale {
            let text = "Somebody else changed this since you opened it. Look at it again, then change it.";
            return Err(Refusal::new(412, "changed-meanwhile", "Changed meanwhile", text));
        }
        Ok(())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut RequestParts, _: &S) -> Result<Self, Refusal> {
        Ok(IfMatch(parts.headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok()).map(str::to_string)))
    }
}

/// The client's address, through trusted proxies.
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress
where
    Parts: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut RequestParts, state: &S) -> Result<Self, Refusal> {
        let house = Parts::from_ref(state);
        Ok(ClientAddress(house.site.proxies.client(&parts.extensions, &parts.headers)))
    }
}
