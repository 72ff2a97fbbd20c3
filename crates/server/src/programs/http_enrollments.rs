//! Routes of enrollments, and of the join links that staff make for the people in their programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::*;
use super::{enroll, join_links, show};
use crate::accounts::wire::JoinLink;
use crate::accounts::{Caller, join_link};
use crate::kit::paging::Page;
use crate::kit::{Answer, EnrollmentId, UserId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Id, MaybeBody, NoBody, Params, Problem};

/// Who is in a program, for its staff.
#[utoipa::path(get, path = "/programs/{id}/enrollments", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug"), EnrollmentsQuery),
    responses((status = 200, body = Page<Enrollment>), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn enrollments(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    Params(query): Params<EnrollmentsQuery>,
) -> Answer<Json<Page<Enrollment>>> {
    Ok(Json(show::enrollments(&parts, &caller, &key, query).await?))
}

/// Enroll. A full program puts the person in line.
#[utoipa::path(post, path = "/programs/{id}/enrollments", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")), request_body = NewEnrollment,
    responses((status = 201, body = Enrollment), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn enroll_in(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    MaybeBody(input): MaybeBody<NewEnrollment>,
) -> Answer<(StatusCode, Json<Enrollment>)> {
    Ok((StatusCode::CREATED, Json(enroll::enroll(&parts, &caller, &key, input.user_id).await?)))
}

/// Leave a program, or take somebody out of it. The place goes to the first in line.
#[utoipa::path(delete, path = "/enrollments/{id}", tag = "programs", security(("bearer" = [])), params(("id" = EnrollmentId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn leave(State(parts): State<Parts>, caller: Caller, Id(id): Id<EnrollmentId>) -> Answer<StatusCode> {
    enroll::leave(&parts, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a personal join link; the one before stops working. Its URL is shown this once.
#[utoipa::path(post, path = "/users/{id}/join_link", tag = "programs", security(("bearer" = [])), params(("id" = UserId, Path)),
    responses((status = 201, body = JoinLink), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn make_link(
    State(parts): State<Parts>,
    caller: Caller,
    Id(user): Id<UserId>,
    _: NoBody,
) -> Answer<(StatusCode, Json<JoinLink>)> {
    let permission = join_links::may_link(&parts, &caller, user).await?;
    Ok((StatusCode::CREATED, Json(join_link::make(&parts, permission).await?)))
}

/// Revoke a personal join link.
#[utoipa::path(delete, path = "/users/{id}/join_link", tag = "programs", security(("bearer" = [])), params(("id" = UserId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn revoke_link(State(parts): State<Parts>, caller: Caller, Id(user): Id<UserId>) -> Answer<StatusCode> {
    let permission = join_links::may_link(&parts, &caller, user).await?;
    join_link::revoke(&parts, permission).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(enrollments, enroll_in))
        .routes(routes!(leave))
        .routes(routes!(make_link, revoke_link))
}
