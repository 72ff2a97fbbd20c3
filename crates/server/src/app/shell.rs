//! Everything that is not the API: files of the front end, and the shell for its pages.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode};
use axum::response::IntoResponse;

use crate::accounts::organisation;
use crate::kit::Refusal;
use crate::plumbing::Parts;
use crate::plumbing::assets::{self, Head};

pub async fn answer(State(parts): State<Parts>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Refusal::new(405, "method-not-allowed", "Not like this", "This address does not take that method.")
            .into_response();
    }
    let path = request.uri().path();
    if let Some(file) = assets::file(path, request.headers()) {
        return file;
    }
    // The page must come even while the database is away: it then says so itself.
    let organisation = organisation::name(&parts).await.unwrap_or_else(|_| organisation::UNNAMED.into());
    let head = Head { organisation, ..Default::default() };
    assets::shell(StatusCode::OK, &head)
}
