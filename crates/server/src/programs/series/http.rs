//! Routes of series and holidays.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::*;
use super::{change, holidays, make, save, show};
use crate::accounts::Caller;
use crate::kit::{Answer, SeriesId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, Id, IfMatch, Params, Problem};
use crate::programs::http::{Tagged, tagged};

/// The series of a program, for its staff.
#[utoipa::path(get, path = "/programs/{id}/series", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 200, body = SeriesList), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn list(State(parts): State<Parts>, caller: Caller, Id(key): Id<String>) -> Answer<Json<SeriesList>> {
    show::list(&parts, &caller, &key).await.map(Json)
}

/// Plan a series: sessions by a recurrence rule, but for holidays. Local time stays local time when the clocks change.
#[utoipa::path(post, path = "/programs/{id}/series", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")), request_body = NewSeries,
    responses((status = 201, body = Series), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn create(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    Body(input): Body<NewSeries>,
) -> Answer<(StatusCode, Tagged<Series>)> {
    Ok((StatusCode::CREATED, tagged(make::create(&parts, &caller, &key, input).await?)))
}

/// See which sessions a new series would make, and where its lead is elsewhere. Nothing is changed.
#[utoipa::path(post, path = "/programs/{id}/series/preview", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")), request_body = NewSeries,
    responses((status = 200, body = SeriesPreview), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn preview_new(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    Body(input): Body<NewSeries>,
) -> Answer<Json<SeriesPreview>> {
    make::preview(&parts, &caller, &key, input).await.map(Json)
}

/// One series, for the staff of its program.
#[utoipa::path(get, path = "/series/{id}", tag = "programs", security(("bearer" = [])), params(("id" = SeriesId, Path)),
    responses((status = 200, body = Series, headers(("ETag" = String))), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn one(State(parts): State<Parts>, caller: Caller, Id(id): Id<SeriesId>) -> Answer<Tagged<Series>> {
    Ok(tagged(show::one(&parts, &caller, id).await?))
}

/// Change a series: all of it that has not begun, or from a session on (then that part is a series of its own, which is
/// answered). Sessions that were moved by hand keep their time, and words of their own.
#[utoipa::path(patch, path = "/series/{id}", tag = "programs", security(("bearer" = [])),
    params(("id" = SeriesId, Path), ("If-Match" = Option<String>, Header)), request_body = SeriesPatch,
    responses((status = 200, body = Series, headers(("ETag" = String))), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
async fn patch(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SeriesId>,
    if_match: IfMatch,
    Body(patch): Body<SeriesPatch>,
) -> Answer<Tagged<Series>> {
    Ok(tagged(save::change(&parts, &caller, id, &if_match, patch).await?))
}

/// See what a change would do, session by session. Nothing is changed.
#[utoipa::path(post, path = "/series/{id}/preview", tag = "programs", security(("bearer" = [])),
    params(("id" = SeriesId, Path)), request_body = SeriesPatch,
    responses((status = 200, body = SeriesPreview), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn preview(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SeriesId>,
    Body(patch): Body<SeriesPatch>,
) -> Answer<Json<SeriesPreview>> {
    change::preview(&parts, &caller, id, patch).await.map(Json)
}

/// End a series: its sessions that have not begun are taken away, all of them or from one on.
#[utoipa::path(delete, path = "/series/{id}", tag = "programs", security(("bearer" = [])),
    params(("id" = SeriesId, Path), DeleteSeries),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn delete(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SeriesId>,
    Params(query): Params<DeleteSeries>,
) -> Answer<StatusCode> {
    save::delete(&parts, &caller, id, query).await.map(|()| StatusCode::NO_CONTENT)
}

/// Days on which nothing takes place in the whole house, for those who plan.
#[utoipa::path(get, path = "/holidays", tag = "programs", security(("bearer" = [])),
    responses((status = 200, body = Holidays), (status = 403, body = Problem)))]
async fn of_house(State(parts): State<Parts>, caller: Caller) -> Answer<Json<Holidays>> {
    holidays::of_house(&parts, &caller).await.map(Json)
}

/// Say all of them anew, for admins.
#[utoipa::path(put, path = "/holidays", tag = "programs", security(("bearer" = [])), request_body = Holidays,
    responses((status = 200, body = Holidays), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn put_of_house(
    State(parts): State<Parts>,
    caller: Caller,
    Body(said): Body<Holidays>,
) -> Answer<Json<Holidays>> {
    holidays::put_of_house(&parts, &caller, said).await.map(Json)
}

/// Days on which nothing takes place in a program, beside those of the house.
#[utoipa::path(get, path = "/programs/{id}/holidays", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 200, body = Holidays), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn of_program(State(parts): State<Parts>, caller: Caller, Id(key): Id<String>) -> Answer<Json<Holidays>> {
    holidays::of_program(&parts, &caller, &key).await.map(Json)
}

/// Say all of them anew.
#[utoipa::path(put, path = "/programs/{id}/holidays", tag = "programs", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")), request_body = Holidays,
    responses((status = 200, body = Holidays), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn put_of_program(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    Body(said): Body<Holidays>,
) -> Answer<Json<Holidays>> {
    holidays::put_of_program(&parts, &caller, &key, said).await.map(Json)
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(preview_new))
        .routes(routes!(one, patch, delete))
        .routes(routes!(preview))
        .routes(routes!(of_house, put_of_house))
        .routes(routes!(of_program, put_of_program))
}
