//! Routes of the attendance room.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::*;
use super::{csv, who_came};
use crate::accounts::Caller;
use crate::kit::paging::Page;
use crate::kit::{Answer, At, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Id, Params, Problem};

/// My sessions on a date.
#[utoipa::path(get, path = "/me/day", tag = "attendance", security(("bearer" = [])), params(DayQuery),
    responses((status = 200, body = Day), (status = 422, body = Problem)))]
async fn day(State(parts): State<Parts>, caller: Caller, Params(query): Params<DayQuery>) -> Answer<Json<Day>> {
    Ok(Json(super::day::day(&parts, &caller, query).await?))
}

/// What I look after on a date: the programs I am staff of; for an admin, all.
#[utoipa::path(get, path = "/overview", tag = "attendance", security(("bearer" = [])), params(DayQuery),
    responses((status = 200, body = Day), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn overview(State(parts): State<Parts>, caller: Caller, Params(query): Params<DayQuery>) -> Answer<Json<Day>> {
    Ok(Json(super::overview::overview(&parts, &caller, query).await?))
}

/// A program's timetable between two dates, for its staff.
#[utoipa::path(get, path = "/programs/{id}/timetable", tag = "attendance", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug"), TimetableQuery),
    responses((status = 200, body = Timetable), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn timetable(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
    Params(query): Params<TimetableQuery>,
) -> Answer<Json<Timetable>> {
    Ok(Json(super::timetable::timetable(&parts, &caller, &key, query).await?))
}

/// Who came to a session, for its staff; true to this moment while it is live.
#[utoipa::path(get, path = "/sessions/{id}/attendances", tag = "attendance", security(("bearer" = [])),
    params(("id" = SessionId, Path), AttendancesQuery),
    responses((status = 200, body = Page<Attended>), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn attendances(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    Params(query): Params<AttendancesQuery>,
) -> Answer<Json<Page<Attended>>> {
    Ok(Json(who_came::page(&parts, &caller, id, query).await?))
}

/// Who came, as a sheet for spreadsheets.
#[utoipa::path(get, path = "/sessions/{id}/attendances.csv", tag = "attendance", security(("bearer" = [])),
    params(("id" = SessionId, Path), SheetQuery),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
async fn sheet(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    Params(query): Params<SheetQuery>,
) -> Answer<impl IntoResponse> {
    let register = who_came::register(&parts, &caller, id, query.absent).await?;
    let session = &register.session;
    let zone = session.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let date = At::local(session.starts_at, zone).date();
    let name = format!("attachment; filename=\"who-came-{}-{date}.csv\"", register.program.slug);
    let kind = "text/csv; charset=utf-8; header=present".to_string();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], csv::sheet(&register.people, zone)))
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(day))
        .routes(routes!(overview))
        .routes(routes!(timetable))
        .routes(routes!(attendances))
        .routes(routes!(sheet))
}
