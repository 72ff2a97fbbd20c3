//! Routes of captions: the transcript, and the address for caption services.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::*;
use super::{link, service, transcript};
use crate::accounts::Caller;
use crate::kit::paging::Page;
use crate::kit::{Answer, CaptionId, Refusal, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, ClientAddress, Id, NoBody, Params, Problem, read_text};

/// What was said in a session, line by line, for its members: staff and who attends.
///
/// Staff read all of it; others what was said in the main room, and their own words.
#[utoipa::path(get, path = "/sessions/{id}/transcript", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path), TranscriptQuery),
    responses((status = 200, body = Page<TranscriptLine>), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn read(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    Params(query): Params<TranscriptQuery>,
) -> Answer<Json<Page<TranscriptLine>>> {
    transcript::page(&parts, &caller, id, query).await.map(Json)
}

/// The transcript as WebVTT, for players and subtitle editors.
///
/// Its times count from the moment when the class began (`started_at`), which a note in the head of the file names.
#[utoipa::path(get, path = "/sessions/{id}/transcript.vtt", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = String, content_type = "text/vtt"), (status = 403, body = Problem),
              (status = 404, body = Problem)))]
async fn sheet(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>) -> Answer<impl IntoResponse> {
    let (name, text) = transcript::sheet(&parts, &caller, id).await?;
    let name = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, "text/vtt; charset=utf-8".to_string()), (header::CONTENT_DISPOSITION, name)], text))
}

/// Correct a line of the transcript, for staff. What it said before is kept.
#[utoipa::path(patch, path = "/sessions/{id}/transcript/{line}", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path), ("line" = CaptionId, Path)), request_body = CorrectLine,
    responses((status = 200, body = TranscriptLine), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem)))]
async fn correct(
    State(parts): State<Parts>,
    caller: Caller,
    Path((session, line)): Path<(String, String)>,
    Body(said): Body<CorrectLine>,
) -> Answer<Json<TranscriptLine>> {
    let unknown = |_| Refusal::not_found("line");
    let place = (session.parse().map_err(unknown)?, line.parse().map_err(unknown)?);
    transcript::correct(&parts, &caller, place, said).await.map(Json)
}

/// Whether a session has an address for a caption service, for who leads it.
#[utoipa::path(get, path = "/sessions/{id}/caption_link", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = CaptionLink), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn look(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>) -> Answer<Json<CaptionLink>> {
    link::look(&parts, &caller, id).await.map(Json)
}

/// Make an address for a caption service, for who leads the session. The one before stops working.
#[utoipa::path(post, path = "/sessions/{id}/caption_link", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 201, body = NewCaptionLink), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem)))]
async fn make(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<SessionId>,
    _: NoBody,
) -> Answer<(StatusCode, Json<NewCaptionLink>)> {
    Ok((StatusCode::CREATED, Json(link::make(&parts, &caller, id).await?)))
}

/// Take the address for a caption service back.
#[utoipa::path(delete, path = "/sessions/{id}/caption_link", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn revoke(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>) -> Answer<StatusCode> {
    link::revoke(&parts, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send a line of captions, for a caption service. The address is what `caption_link` made.
///
/// The body is one line of text; breaks in it count as spaces. Lines are numbered 1, 2, 3 and so on; one that is sent
/// twice is taken once. Answers the number of the last line.
#[utoipa::path(post, path = "/captions/{token}", tag = "live",
    params(("token" = String, Path), ServiceQuery),
    request_body(content = String, content_type = "text/plain", description = "1 to 500 characters."),
    responses((status = 200, body = String, content_type = "text/plain"), (status = 400, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
              (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn send(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Id(token): Id<String>,
    Params(query): Params<ServiceQuery>,
    request: Request,
) -> Answer<String> {
    // Read in any case: an answer to an unread body may not arrive.
    let text = read_text(request, "text/plain").await;
    let last = match text {
        Ok(text) => service::send(&parts, &token, query, &text).await,
        // Whether the address works is not told to who cannot use it.
        Err(refusal) => service::last(&parts, &token).await.and(Err(refusal)),
    };
    slow_guesses(&parts, from, last).await
}

/// The number of the last line that a caption service sent by this address; 0 before the first.
#[utoipa::path(get, path = "/captions/{token}/seq", tag = "live", params(("token" = String, Path), ServiceQuery),
    responses((status = 200, body = String, content_type = "text/plain"), (status = 404, body = Problem),
              (status = 429, body = Problem)))]
async fn last(
    State(parts): State<Parts>,
    ClientAddress(from): ClientAddress,
    Id(token): Id<String>,
    Params(_query): Params<ServiceQuery>,
) -> Answer<String> {
    let last = service::last(&parts, &token).await;
    slow_guesses(&parts, from, last).await
}

/// Who tries addresses that do not work is slowed.
async fn slow_guesses(parts: &Parts, from: std::net::IpAddr, last: Answer<i64>) -> Answer<String> {
    if last.as_ref().is_err_and(|refusal| refusal.status == 404) {
        parts.limits.try_address(from)?;
    }
    last.map(|last| last.to_string())
}

/// The routes of captions.
pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(sheet))
        .routes(routes!(correct))
        .routes(routes!(look, make, revoke))
        .routes(routes!(send))
        .routes(routes!(last))
}
