//! Everything that is not the API: files of the front end, and the shell for its pages.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode};
use axum::response::IntoResponse;

use crate::accounts::organisation;
use crate::kit::Refusal;
use crate::plumbing::Parts;
use crate::plumbing::assets::{self, Head};
use crate::programs::{Visibility, show};

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
    let head = match program_of(path) {
        Some(key) => program_head(&parts, &key, organisation).await,
        None => Head { organisation, ..Default::default() },
    };
    assets::shell(StatusCode::OK, &head)
}

/// The program whose public page this is, by id or slug.
fn program_of(path: &str) -> Option<String> {
    let key = path.strip_prefix("/programs/")?;
    let key = key.strip_suffix('/').unwrap_or(key);
    // Ids and slugs need no escapes: what has some is no program's.
    let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (plain && !key.is_empty() && key.len() <= 64).then(|| key.to_string())
}

/// What search and previews may know of a program: what anybody may who is not signed in, and nothing of any other.
async fn program_head(parts: &Parts, key: &str, organisation: String) -> Head {
    let Ok(program) = show::public(parts, key).await else { return Head { organisation, ..Default::default() } };
    Head {
        organisation,
        url: Some(format!("{}/programs/{}", parts.site.public_url, program.slug)),
        description: Some(program.summary).filter(|summary| !summary.is_empty()),
        unlisted: program.visibility != Visibility::Public,
        title: Some(program.title),
    }
}
