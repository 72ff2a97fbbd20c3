//! Routes of recordings.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire::{AnswerConsent, BoardReplay, ConsentView, ProgramRecordings, Recordings, Replay, VideoView, Viewers};
use super::{boards, consent, replay, retention, video, watching};
use crate::accounts::Caller;
use crate::kit::{Answer, DocumentId, RecordingId, Refusal, SessionId, TrackId};
use crate::live::talk::wire::Picture;
use crate::plumbing::Parts;
use crate::plumbing::http::{Body, Id, Problem};

/// Whether recordings are made in a session's program, how long they are kept, and what the caller answered.
#[utoipa::path(get, path = "/sessions/{id}/recording_consent", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = ConsentView), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn consent_view(
    State(parts): State<Parts>,
    caller: Caller,
    Id(session): Id<SessionId>,
) -> Answer<Json<ConsentView>> {
    consent::view(&parts, &caller, session).await.map(Json)
}

/// Answer whether one may be recorded. It holds for all sessions of the program, from now on, until it is changed.
#[utoipa::path(put, path = "/sessions/{id}/recording_consent", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)), request_body = AnswerConsent,
    responses((status = 200, body = ConsentView), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn answer_consent(
    State(parts): State<Parts>,
    caller: Caller,
    Id(session): Id<SessionId>,
    Body(input): Body<AnswerConsent>,
) -> Answer<Json<ConsentView>> {
    consent::answer_outside(&parts, &caller, session, input).await.map(Json)
}

/// The recordings of a session, for its staff and for those who are enrolled.
#[utoipa::path(get, path = "/sessions/{id}/recordings", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = Recordings), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn recordings(
    State(parts): State<Parts>,
    caller: Caller,
    Id(session): Id<SessionId>,
) -> Answer<Json<Recordings>> {
    replay::of_session(&parts, &caller, session).await.map(Json)
}

/// What can be watched of a program's sessions, newest first; for its staff and for those who are enrolled.
#[utoipa::path(get, path = "/programs/{id}/recordings", tag = "live", security(("bearer" = [])),
    params(("id" = String, Path, description = "Id or slug")),
    responses((status = 200, body = ProgramRecordings), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn program_recordings(
    State(parts): State<Parts>,
    caller: Caller,
    Id(key): Id<String>,
) -> Answer<Json<ProgramRecordings>> {
    replay::of_program(&parts, &caller, &key).await.map(Json)
}

/// Open a recording to watch it.
///
/// Everything but the media, and a cookie for the files of its tracks. That it was opened is written down.
#[utoipa::path(get, path = "/recordings/{id}", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 200, body = Replay), (status = 404, body = Problem), (status = 409, body = Problem),
              (status = 410, body = Problem)))]
async fn watch(State(parts): State<Parts>, caller: Caller, Id(id): Id<RecordingId>) -> Answer<Response> {
    let replay = replay::watch(&parts, &caller, id).await?;
    let cookie = watching::cookie(&parts, &caller, id).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(replay)).into_response())
}

/// Delete a recording and its files, for staff.
#[utoipa::path(delete, path = "/recordings/{id}", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn delete(State(parts): State<Parts>, caller: Caller, Id(id): Id<RecordingId>) -> Answer<StatusCode> {
    retention::delete(&parts, &caller, id).await.map(|()| StatusCode::NO_CONTENT)
}

/// A range of a track's WebM file, for who opened its recording (by its cookie) or by a token.
#[utoipa::path(get, path = "/recordings/{id}/tracks/{track}", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path), ("track" = TrackId, Path)),
    responses((status = 200, body = [u8], content_type = "video/webm"),
              (status = 206, body = [u8], content_type = "video/webm"),
              (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem),
              (status = 410, body = Problem), (status = 416)))]
async fn track(
    State(parts): State<Parts>,
    Path((id, track)): Path<(String, String)>,
    request: Request,
) -> Answer<Response> {
    let unknown = |_| Refusal::not_found("track");
    let (id, track) = (id.parse().map_err(unknown)?, track.parse().map_err(unknown)?);
    watching::serve(&parts, id, track, request).await
}

/// Who watched a recording, and how often; for staff.
#[utoipa::path(get, path = "/recordings/{id}/viewers", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 200, body = Viewers), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn viewers(State(parts): State<Parts>, caller: Caller, Id(id): Id<RecordingId>) -> Answer<Json<Viewers>> {
    replay::viewers(&parts, &caller, id).await.map(Json)
}

/// How a board changed while the class was recorded.
#[utoipa::path(get, path = "/recordings/{id}/boards/{board}", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path), ("board" = DocumentId, Path)),
    responses((status = 200, body = BoardReplay), (status = 404, body = Problem), (status = 409, body = Problem),
              (status = 410, body = Problem)))]
async fn board(
    State(parts): State<Parts>,
    caller: Caller,
    Path((id, board)): Path<(String, String)>,
) -> Answer<Json<BoardReplay>> {
    let unknown = |_| Refusal::not_found("board");
    let (id, board) = (id.parse().map_err(unknown)?, board.parse().map_err(unknown)?);
    boards::play(&parts, &caller, id, board).await.map(Json)
}

/// A picture on such a board, as a data URL.
#[utoipa::path(get, path = "/recordings/{id}/boards/{board}/images/{image}", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path), ("board" = DocumentId, Path), ("image" = String, Path)),
    responses((status = 200, body = Picture), (status = 404, body = Problem), (status = 409, body = Problem),
              (status = 410, body = Problem)))]
async fn board_image(
    State(parts): State<Parts>,
    caller: Caller,
    Path((id, board, image)): Path<(String, String, String)>,
) -> Answer<Json<Picture>> {
    let unknown = |_| Refusal::not_found("picture");
    let place = (board.parse().map_err(unknown)?, image.parse().map_err(unknown)?);
    boards::picture(&parts, &caller, id.parse().map_err(unknown)?, place).await.map(Json)
}

/// How far the one video of a recording is, for staff.
#[utoipa::path(get, path = "/recordings/{id}/video", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 200, body = VideoView), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 410, body = Problem)))]
async fn video_view(State(parts): State<Parts>, caller: Caller, Id(id): Id<RecordingId>) -> Answer<Json<VideoView>> {
    video::view(&parts, &caller, id).await.map(Json)
}

/// Have a recording made one video (MP4), for staff.
///
/// All pictures and sounds of those who may be shown, captions as a track of their own, chapters; without board and
/// chat. It takes about as long as the class, where ffmpeg is installed (409 `no-ffmpeg` where not). It is deleted with
/// the recording, and when somebody who was there takes their leave to be recorded back. Asking twice is asking once.
#[utoipa::path(post, path = "/recordings/{id}/video", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 202, body = VideoView), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 410, body = Problem)))]
async fn make_video(
    State(parts): State<Parts>,
    caller: Caller,
    Id(id): Id<RecordingId>,
) -> Answer<(StatusCode, Json<VideoView>)> {
    video::ask(&parts, &caller, id).await.map(|view| (StatusCode::ACCEPTED, Json(view)))
}

/// Delete the one video of a recording, or stop making it, for staff. The recording stays.
#[utoipa::path(delete, path = "/recordings/{id}/video", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 410, body = Problem)))]
async fn delete_video(State(parts): State<Parts>, caller: Caller, Id(id): Id<RecordingId>) -> Answer<StatusCode> {
    video::delete(&parts, &caller, id).await.map(|()| StatusCode::NO_CONTENT)
}

/// A range of that video, for staff, by the cookie of the recording or by a token.
#[utoipa::path(get, path = "/recordings/{id}/video/file", tag = "live", security(("bearer" = [])),
    params(("id" = RecordingId, Path)),
    responses((status = 200, body = [u8], content_type = "video/mp4"),
              (status = 206, body = [u8], content_type = "video/mp4"),
              (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 410, body = Problem), (status = 416)))]
async fn video_file(State(parts): State<Parts>, Id(id): Id<RecordingId>, request: Request) -> Answer<Response> {
    watching::serve_video(&parts, id, request).await
}

pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new()
        .routes(routes!(consent_view, answer_consent))
        .routes(routes!(recordings))
        .routes(routes!(program_recordings))
        .routes(routes!(watch, delete))
        .routes(routes!(track))
        .routes(routes!(viewers))
        .routes(routes!(board))
        .routes(routes!(board_image))
        .routes(routes!(video_view, make_video, delete_video))
        .routes(routes!(video_file))
}
