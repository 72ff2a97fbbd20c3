//! `Idempotency-Key`: a POST that makes something and is sent twice with the same key makes it once.
//!
//! It lies around every route whose description says 201 and asks for a sign-in; handlers know nothing of it. The first
//! answer is given again for a day, to the same caller and the same request. Sign-in itself is left out: its answers are
//! tokens and cookies, which are not kept.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::BoxFuture;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{OpenApi, Ref, RefOr, Required, content::ContentBuilder, schema};

use super::extract;
use crate::kit::{Answer, Refusal};
use crate::plumbing::answers::{self, Claim, Claimed, Kept};
use crate::plumbing::{Parts, keys};

static KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is the first one again.
static REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// What of an answer is kept beside its body.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG];
const LONGEST: usize = 200;

/// Names the caller of a request, the same for all their tokens; nothing when nobody is signed in.
pub type Identify = Arc<dyn Fn(Parts, HeaderMap) -> BoxFuture<'static, Option<String>> + Send + Sync>;

/// What the layer needs to know.
#[derive(Clone)]
pub struct Keyed {
    parts: Parts,
    /// As the router matches them.
    paths: Arc<HashSet<String>>,
    identify: Identify,
}

impl Keyed {
    /// For the routes of `document` that take keys.
    pub fn new(parts: Parts, document: &OpenApi, identify: Identify) -> Keyed {
        let posts = document.paths.paths.iter().filter_map(|(path, item)| Some((path, item.post.as_ref()?)));
        let paths = posts.filter(|(_, post)| makes(post)).map(|(path, _)| path.clone()).collect();
        Keyed { parts, paths: Arc::new(paths), identify }
    }
}

fn makes(post: &Operation) -> bool {
    post.responses.responses.contains_key("201") && post.security.as_ref().is_some_and(|ways| !ways.is_empty())
}

/// Says in the description of each route that takes keys that it does.
pub fn describe(document: &mut OpenApi) {
    let posts = document.paths.paths.values_mut().filter_map(|item| item.post.as_mut());
    for post in posts.filter(|post| makes(post)) {
        let text = "1 to 200 visible ASCII characters, made up for this request. For 24 hours the same key with the same \
                    request gives the first answer again (`Idempotency-Replayed: true`) and does nothing; with another \
                    request it is refused with 422 `idempotency-key-reused`, and with 409 `idempotency-key-in-use` while \
                    the first is still being served.";
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(text))
            .schema(Some(schema::Object::with_type(schema::Type::String)));
        post.parameters.get_or_insert_default().push(RefOr::T(key.build()));
        for status in ["409", "422"] {
            let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            let refusal = ResponseBuilder::new().content("application/json", problem).build();
            post.responses.responses.entry(status.into()).or_insert(RefOr::T(refusal));
        }
    }
}

/// The layer. A request without a key, to a route that takes none, or of nobody, goes through as it is.
pub async fn answer_once(State(keyed): State<Keyed>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().is_some_and(|path| keyed.paths.contains(path.as_str()));
    if request.method() != Method::POST || !matched || !request.headers().contains_key(&KEY) {
        return next.run(request).await;
    }
    answer(keyed, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn answer(keyed: Keyed, request: Request, next: Next) -> Answer<Response> {
    let Keyed { parts, identify, .. } = keyed;
    let Some(caller) = identify(parts.clone(), request.headers().clone()).await else {
        return Ok(next.run(request).await);
    };
    let key = read_key(request.headers())?;
    let (head, body) = request.into_parts();
    let body = extract::read_body(body).await?;
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let kind = head.headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let hash = URL_SAFE_NO_PAD.encode(keys::sha256(&[target.as_bytes(), b"\n", kind, b"\n", &body].concat()));
    match answers::claim(&parts, &caller, &key, &hash).await? {
        Claimed::Answered(kept) => Ok(again(kept)),
        Claimed::Serve(claim) => {
            let work = answers::serve(claim.clone(), next.run(Request::from_parts(head, body.into())));
            served(parts, claim, work).await
        }
    }
}

/// Serves to the end, even when the client is gone: whoever asks again wants this answer.
async fn served(parts: Parts, claim: Claim, work: impl Future<Output = Response> + Send + 'static) -> Answer<Response> {
    let task = tracing::Instrument::in_current_span({
        let (parts, claim) = (parts.clone(), claim.clone());
        async move { settle(&parts, &claim, work.await).await }
    });
    match tokio::spawn(task).await {
        Ok(response) => Ok(response),
        Err(ended) => {
            answers::release(&parts, &claim).await?;
            match ended.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Refusal::unavailable("The server is stopping. Try again in a moment.")),
            }
        }
    }
}

/// Keeps an answer that lasts. What is our fault, or was refused for the moment, may be tried again with the same key.
async fn settle(parts: &Parts, claim: &Claim, response: Response) -> Response {
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let passing = [StatusCode::UNAUTHORIZED, StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    let lasts = !head.status.is_server_error() && !passing.contains(&head.status);
    let done = match std::str::from_utf8(&body) {
        Ok(text) if lasts => {
            let header =
                |name: HeaderName| Some((name.to_string(), head.headers.get(&name)?.to_str().ok()?.to_string()));
            let headers = KEPT_HEADERS.into_iter().filter_map(header).collect();
            let kept = Kept { status: head.status.as_u16(), headers, body: text.into() };
            answers::keep(parts, claim, &kept).await
        }
        _ => answers::release(parts, claim).await,
    };
    if let Err(refusal) = done {
        tracing::warn!(%refusal, "an answer could not be kept for its key");
    }
    Response::from_parts(head, body.into())
}

fn again(kept: Kept) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Bytes::from(kept.body)).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in kept.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED.clone(), HeaderValue::from_static("true"));
    response
}

fn read_key(headers: &HeaderMap) -> Answer<String> {
    let mut values = headers.get_all(&KEY).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(unfit("Send one Idempotency-Key, not several."));
    };
    let bytes = value.as_bytes();
    if bytes.is_empty() || bytes.len() > LONGEST || !bytes.iter().all(u8::is_ascii_graphic) {
        return Err(unfit(
            "Use 1 to 200 visible ASCII characters without spaces for the Idempotency-Key, like a UUID.",
        ));
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn unfit(text: &str) -> Refusal {
    Refusal::field("Idempotency-Key", "not-a-key", text)
}
