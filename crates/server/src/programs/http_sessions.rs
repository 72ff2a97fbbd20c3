//! Routes of sessions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::http::{Tagged, tagged};
use super::wire::*;
use super::{run, schedule, show};
use crate::accounts::{Caller, MaybeCaller};
use crate::kit::paging::Page;
use crate::kit::{Answer, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, Id, IfMatch, MaybeBody, NoBody, Params, Problem};

async fn answer(parts: &Parts, (session, program): schedule::Scheduled) -> Answer<Tagged<Session>> {
    Ok(tagged(show::session_as_wire(parts, session, &program).await?))
}

/// A program's sessions, in the order of time.
#[utoipa::path(get, path = "/programs/{id}/sessions", tag = "programs", security((), ("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug"), SessionsQuery),
    responses((status = 200, body = Page<Session>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn sessions(
    State(parts): State<Parts>,
    MaybeCaller(caller): MaybeCaller,
    Id(key): Id<String>,
    Params(query): Params<SessionsQuery>,
) -> Answer<Json<Page<Session>>> {
    Ok(Json(show::sessions(&parts, caller.as_ref(), &key, query).await?))
}

/// Plan a session.
#[utoipa::path(post, path = "/programs/{id}/sessions", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")), request_body = NewSession,
    responses((status = 201, body = Session), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn plan(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    Body(input): Body<NewSession>,
) -> Answer<(StatusCode, Tagged<Session>)> {
    let done = schedule::create(&parts, &caller, &key, input).await?;
    Ok((StatusCode::CREATED, answer(&parts, done).await?))
}

/// One session.
#[utoipa::path(get, path = "/sessions/{id}", tag = "programs", security(("bearer" = [])), params(("id" = SessionId, Path)),
    responses((status = 200, body = Session, headers(("ETag" = String))), (status = 404, body = Problem)))]
async fn session(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>) -> Answer<Tagged<Session>> {
    Ok(tagged(show::session(&parts, &caller, id).await?))
}

/// Change a session. Once it began, only its title and summary change.
#[utoipa::path(patch, path = "/sessions/{id}", tag = "programs", security(("bearer" = [])),
    params(("id" = SessionId, Path), ("If-Match" = Option<String>, Header)), request_body = SessionPatch,
    responses((status = 200, body = Session, headers(("ETag" = String))), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
async fn change(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    if_match: IfMatch,
    Body(patch): Body<SessionPatch>,
) -> Answer<Tagged<Session>> {
    let done = schedule::change(&parts, &caller, id, &if_match, patch).await?;
    answer(&parts, done).await
}

/// Take a session away that never began.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "programs", security(("bearer" = [])), params(("id" = SessionId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn delete(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>) -> Answer<StatusCode> {
    schedule::delete(&parts, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Start a class, from the opening of its door on.
#[utoipa::path(post, path = "/sessions/{id}/start", tag = "programs", security(("bearer" = [])), params(("id" = SessionId, Path)),
    responses((status = 200, body = Session), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn start(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    _: NoBody,
) -> Answer<Tagged<Session>> {
    answer(&parts, run::start(&parts, &caller, id).await?).await
}

/// End a class.
#[utoipa::path(post, path = "/sessions/{id}/end", tag = "programs", security(("bearer" = [])), params(("id" = SessionId, Path)),
    responses((status = 200, body = Session), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn end(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>, _: NoBody) -> Answer<Tagged<Session>> {
    answer(&parts, run::end(&parts, &caller, id).await?).await
}

/// Cancel a session that has not begun.
#[utoipa::path(post, path = "/sessions/{id}/cancel", tag = "programs", security(("bearer" = [])), params(("id" = SessionId, Path)),
    request_body = CancelSession,
    responses((status = 200, body = Session), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn cancel(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    MaybeBody(input): MaybeBody<CancelSession>,
) -> Answer<Tagged<Session>> {
    answer(&parts, run::cancel(&parts, &caller, id, input.reason.as_deref()).await?).await
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(sessions, plan))
        .routes(routes!(session, change, delete))
        .routes(routes!(start))
        .routes(routes!(end))
        .routes(routes!(cancel))
}
