//! Routes of calendars.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::feed;
use super::wire::*;
use crate::accounts::{Caller, MaybeCaller};
use crate::kit::{Answer, FeedId, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Id, MaybeBody, Problem};
use crate::plumbing::keys;

/// The calendars that the caller gave out; their addresses are shown once, when they are made.
#[utoipa::path(get, path = "/me/calendars", tag = "programs", security(("bearer" = [])),
    responses((status = 200, body = Feeds)))]
async fn list(State(parts): State<Parts>, caller: Caller) -> Answer<Json<Feeds>> {
    feed::list(&parts, &caller).await.map(Json)
}

/// Make a calendar that a calendar program can subscribe to, of all programs or of one.
///
/// Its address needs no sign-in: whoever has it reads the calendar, until it is taken back or made anew. Sessions keep their
/// UID, and SEQUENCE grows with every change.
#[utoipa::path(post, path = "/me/calendars", tag = "programs", security(("bearer" = [])), request_body = NewFeed,
    responses((status = 201, body = NewFeedAddress), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn make(
    State(parts): State<Parts>,
    caller: Caller,
    MaybeBody(input): MaybeBody<NewFeed>,
) -> Answer<(StatusCode, Json<NewFeedAddress>)> {
    Ok((StatusCode::CREATED, Json(feed::make(&parts, &caller, input).await?)))
}

/// Take a calendar back.
#[utoipa::path(delete, path = "/me/calendars/{id}", tag = "programs", security(("bearer" = [])),
    params(("id" = FeedId, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete(State(parts): State<Parts>, caller: Caller, Id(id): Id<FeedId>) -> Answer<StatusCode> {
    feed::delete(&parts, &caller, id).await.map(|()| StatusCode::NO_CONTENT)
}

/// A calendar, for whoever has its address.
#[utoipa::path(get, path = "/calendars/{address}", tag = "programs", params(("address" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 304), (status = 404, body = Problem)))]
async fn read(State(parts): State<Parts>, Path(address): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let text = feed::read(&parts, &address).await?;
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&keys::sha256(text.as_bytes())[..12]));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|known| known.as_bytes() == tag.as_bytes());
    let head = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".into())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    Ok((head, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

/// One session as a calendar file, for who may know of its program.
#[utoipa::path(get, path = "/sessions/{id}/calendar", tag = "programs", security((), ("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 404, body = Problem)))]
async fn session(
    State(parts): State<Parts>,
    MaybeCaller(caller): MaybeCaller,
    Id(id): Id<SessionId>,
) -> Answer<impl IntoResponse> {
    let text = feed::one(&parts, caller.as_ref(), id).await?;
    let head = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"session.ics\""),
    ];
    Ok((head, text))
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(delete))
        .routes(routes!(read))
        .routes(routes!(session))
}
