//! Routes of documents: what a session has made, to be read outside the room.

use axum::Json;
use axum::extract::{Path, State};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::reading;
use super::wire::{OpenedDocument, SessionDocuments};
use crate::accounts::Caller;
use crate::kit::{Answer, DocumentId, Refusal, SessionId};
use crate::live::talk::wire::Picture;
use crate::plumbing::Parts;
use crate::plumbing::http::{Id, Problem};

/// The boards and notes of a session, for its members: staff and who attends.
///
/// Staff see all of them; others those of the main room, from the moment when the class begins.
#[utoipa::path(get, path = "/sessions/{id}/documents", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path)),
    responses((status = 200, body = SessionDocuments), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn list(State(parts): State<Parts>, caller: Caller, Id(id): Id<SessionId>) -> Answer<Json<SessionDocuments>> {
    reading::of_session(&parts, &caller, id).await.map(Json)
}

/// A board or the notes as they are now, as a Yjs document.
#[utoipa::path(get, path = "/sessions/{id}/documents/{document}", tag = "live", security(("bearer" = [])),
    params(("id" = SessionId, Path), ("document" = DocumentId, Path)),
    responses((status = 200, body = OpenedDocument), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn read(
    State(parts): State<Parts>,
    caller: Caller,
    Path((session, document)): Path<(String, String)>,
) -> Answer<Json<OpenedDocument>> {
    reading::read(&parts, &caller, ids(&session, &document)?).await.map(Json)
}

/// A picture on a board, as a data URL.
#[utoipa::path(get, path = "/sessions/{id}/documents/{document}/images/{image}", tag = "live",
    security(("bearer" = [])),
    params(("id" = SessionId, Path), ("document" = DocumentId, Path), ("image" = String, Path)),
    responses((status = 200, body = Picture), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn image(
    State(parts): State<Parts>,
    caller: Caller,
    Path((session, document, image)): Path<(String, String, String)>,
) -> Answer<Json<Picture>> {
    let id = image.parse().map_err(|_| Refusal::not_found("picture"))?;
    reading::image(&parts, &caller, ids(&session, &document)?, id).await.map(Json)
}

fn ids(session: &str, document: &str) -> Answer<(SessionId, DocumentId)> {
    let unknown = |_| Refusal::not_found("board or notes");
    Ok((session.parse().map_err(unknown)?, document.parse().map_err(unknown)?))
}

/// The routes of documents.
pub fn router() -> OpenApiRouter<Parts> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read)).routes(routes!(image))
}
