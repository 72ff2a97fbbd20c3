//! Routes of the live room.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model::Kind;
use super::wire::{Joined, NewGuest};
use super::{captions, guests, join, whip};
use crate::accounts::Caller;
use crate::kit::{Answer, Refusal, SeatId, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, ClientAddress, Id, NoBody, Problem, read_text};

const SDP: &str = "application/sdp";

/// Take a seat in a class.
///
/// From `can_join_at` until the end. Before the class begins the seat waits in the lobby. A person has at most two
/// seats in a class; the newest replaces the oldest.
#[utoipa::path(post, path = "/sessions/{id}/join", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = Joined), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem)))]
async fn join_session(
    State(parts): State<Parts>,
    caller: Caller,
    Id(session): Id<SessionId>,
    _: NoBody,
) -> Answer<Json<Joined>> {
    join::join(&parts, &caller, session).await.map(Json)
}

/// Ask to come into a session as a guest: without an account, where its program takes guests.
///
/// A host lets the guest in; until then the seat waits, and nothing of the room is seen or heard.
#[utoipa::path(post, path = "/sessions/{id}/guests", tag = "live",
    params(("id" = SessionId, Path)), request_body = NewGuest,
    responses((status = 201, body = Joined), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn join_as_guest(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Id(session): Id<SessionId>,
    Body(input): Body<NewGuest>,
) -> Answer<(StatusCode, Json<Joined>)> {
    parts.limits.try_address(from)?;
    let joined = guests::join(&parts, session, &input).await?;
    Ok((StatusCode::CREATED, Json(joined)))
}

/// Publish into a live class (WHIP, RFC 9725).
#[utoipa::path(post, path = "/sessions/{id}/whip", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    request_body(content = String, content_type = "application/sdp", description = "An SDP offer, at most 1 MiB."),
    responses((status = 201, body = String, content_type = "application/sdp", headers(("Location" = String))),
              (status = 403, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
              (status = 415, body = Problem), (status = 422, body = Problem)))]
async fn publish(
    State(parts): State<Parts>,
    caller: Caller,
    Id(session): Id<SessionId>,
    request: Request,
) -> Answer<Response> {
    open(&parts, &caller, session, Kind::Whip, request).await
}

/// Watch a live class (WHEP): one voice, and the screen, else the active speaker, else staff.
#[utoipa::path(post, path = "/sessions/{id}/whep", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    request_body(content = String, content_type = "application/sdp", description = "An SDP offer, at most 1 MiB."),
    responses((status = 201, body = String, content_type = "application/sdp", headers(("Location" = String))),
              (status = 403, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
              (status = 415, body = Problem), (status = 422, body = Problem)))]
async fn watch(
    State(parts): State<Parts>,
    caller: Caller,
    Id(session): Id<SessionId>,
    request: Request,
) -> Answer<Response> {
    open(&parts, &caller, session, Kind::Whep, request).await
}

async fn open(parts: &Parts, caller: &Caller, session: SessionId, kind: Kind, request: Request) -> Answer<Response> {
    // Read in any case: an answer to an unread body may not arrive.
    let sdp = read_text(request, SDP).await;
    let opened = whip::open(parts, caller, session, kind, sdp).await?;
    let way = if kind == Kind::Whip { "whip" } else { "whep" };
    let place = format!("/api/v1/sessions/{session}/{way}/{}", opened.seat);
    let headers = [(header::CONTENT_TYPE, SDP.to_string()), (header::LOCATION, place)];
    Ok((StatusCode::CREATED, headers, opened.sdp).into_response())
}

/// End a publication.
#[utoipa::path(delete, path = "/sessions/{id}/whip/{seat}", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path), ("seat" = SeatId, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
async fn end_publishing(
    State(parts): State<Parts>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Answer<StatusCode> {
    leave(&parts, &caller, path, Kind::Whip).await
}

/// End watching.
#[utoipa::path(delete, path = "/sessions/{id}/whep/{seat}", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path), ("seat" = SeatId, Path)),
    responses((status = 200), (status = 404, body = Problem)))]
async fn end_watching(State(parts): State<Parts>, caller: Caller, path: Path<(String, String)>) -> Answer<StatusCode> {
    leave(&parts, &caller, path, Kind::Whep).await
}

async fn leave(
    parts: &Parts,
    caller: &Caller,
    Path((session, seat)): Path<(String, String)>,
    kind: Kind,
) -> Answer<StatusCode> {
    let unknown = |_| Refusal::not_found("seat");
    let (session, seat) = (session.parse().map_err(unknown)?, seat.parse().map_err(unknown)?);
    whip::leave(parts, caller, session, seat, kind).await?;
    // RFC 9725 asks for 200.
    Ok(StatusCode::OK)
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(join_session))
        .routes(routes!(join_as_guest))
        .routes(routes!(publish))
        .routes(routes!(watch))
        .routes(routes!(end_publishing))
        .routes(routes!(end_watching))
        .merge(super::recording::http::router())
        .merge(captions::http::router())
        .merge(super::documents::http::router())
}
