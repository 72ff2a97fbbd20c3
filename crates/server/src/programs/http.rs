//! Routes of programs. Those of sessions and of enrollments stand beside this file.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::*;
use super::{calendar, edit, http_enrollments, http_sessions, listing, series, show};
use crate::accounts::{Caller, MaybeCaller};
use crate::kit::Answer;
use crate::kit::paging::Page;
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, Id, IfMatch, NoBody, Params, Problem};

/// A body with its ETag.
pub(super) type Tagged<T> = ([(HeaderName, String); 1], Json<T>);

pub(super) fn tagged<T>((body, version): (T, i32)) -> Tagged<T> {
    ([(header::ETAG, edit::etag(version))], Json(body))
}

/// The programs one may find: public ones, and those one belongs to. The newest first.
#[utoipa::path(get, path = "/programs", tag = "programs", security((), ("bearer" = [])), params(ProgramsQuery),
    responses((status = 200, body = Page<Program>), (status = 422, body = Problem)))]
async fn programs(
    State(parts): State<Parts>,
    MaybeCaller(caller): MaybeCaller,
    Params(query): Params<ProgramsQuery>,
) -> Answer<([(HeaderName, &'static str); 1], String)> {
    let text = listing::list(&parts, caller.as_ref(), query).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text))
}

/// Make a program: a draft, whose lead is whoever made it.
#[utoipa::path(post, path = "/programs", tag = "programs", security(("bearer" = [])), request_body = NewProgram,
    responses((status = 201, body = Program), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn make(
    State(parts): State<Parts>,
    caller: Caller,
    Body(input): Body<NewProgram>,
) -> Answer<(StatusCode, Tagged<Program>)> {
    let program = edit::create(&parts, &caller, input).await?;
    Ok((StatusCode::CREATED, tagged(show::changed(&parts, &caller, program).await?)))
}

/// One program, by id or slug.
#[utoipa::path(get, path = "/programs/{id}", tag = "programs", security((), ("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 200, body = Program, headers(("ETag" = String))), (status = 404, body = Problem)))]
async fn program(
    State(parts): State<Parts>,
    MaybeCaller(caller): MaybeCaller,
    Id(key): Id<String>,
) -> Answer<Tagged<Program>> {
    Ok(tagged(show::detail(&parts, caller.as_ref(), &key).await?))
}

/// Change a program. More places let people in from the line.
#[utoipa::path(patch, path = "/programs/{id}", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug"), ("If-Match" = Option<String>, Header)), request_body = ProgramPatch,
    responses((status = 200, body = Program, headers(("ETag" = String))), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
async fn change(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    if_match: IfMatch,
    Body(patch): Body<ProgramPatch>,
) -> Answer<Tagged<Program>> {
    let program = edit::change(&parts, &caller, &key, &if_match, patch).await?;
    Ok(tagged(show::changed(&parts, &caller, program).await?))
}

/// Delete a program in which nobody has been. One with a history is archived instead.
#[utoipa::path(delete, path = "/programs/{id}", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn delete(State(parts): State<Parts>, caller: Caller, Id(key): Id<String>) -> Answer<StatusCode> {
    edit::delete(&parts, &caller, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Publish a program: people can enroll.
#[utoipa::path(post, path = "/programs/{id}/publish", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 200, body = Program), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn publish(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    _: NoBody,
) -> Answer<Tagged<Program>> {
    let program = edit::publish(&parts, &caller, &key).await?;
    Ok(tagged(show::changed(&parts, &caller, program).await?))
}

/// Archive a program: it is kept, and takes nobody in any more.
#[utoipa::path(post, path = "/programs/{id}/archive", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 200, body = Program), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn archive(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    _: NoBody,
) -> Answer<Tagged<Program>> {
    let program = edit::archive(&parts, &caller, &key).await?;
    Ok(tagged(show::changed(&parts, &caller, program).await?))
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(programs, make))
        .routes(routes!(program, change, delete))
        .routes(routes!(publish))
        .routes(routes!(archive))
        .merge(http_sessions::router())
        .merge(series::http::router())
        .merge(calendar::http::router())
        .merge(http_enrollments::router())
}
