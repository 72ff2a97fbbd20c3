//! Playing the files of a recording. A page's player cannot show a token, so opening a recording gives a cookie that
//! is good for that recording's files alone; every request for a range of bytes is checked anew against who its
//! holder is now.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::Cookie;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::model::Stage;
use super::{replay, store};
use crate::accounts::access::{self, Said};
use crate::accounts::caller::{self, Accounts};
use crate::accounts::model::Scope;
use crate::accounts::{Caller, access::Doubt};
use crate::kit::{Answer, At, RecordingId, Refusal, TrackId, UserId};
use crate::live::{Live, media};
use crate::plumbing::Parts;

const COOKIE: &str = "vdp_replay";
const PURPOSE: &str = "replay";
/// Longer than a day's recording with pauses; then the page is opened anew.
const SECONDS: i64 = 12 * 3600;

#[derive(Serialize, Deserialize)]
struct Claims {
    #[serde(rename = "sub")]
    recording: RecordingId,
    aud: String,
    user: UserId,
    scope: Scope,
    epoch: i32,
    exp: i64,
}

/// The cookie for the files of one recording.
pub async fn cookie(parts: &Parts, caller: &Caller, recording: RecordingId) -> Answer<HeaderValue> {
    let account = parts.memory.of::<Accounts>().get(parts, caller.id).await?.ok_or_else(Refusal::sign_in_first)?;
    let exp = parts.clock.now().plus_seconds(SECONDS).micros() / 1_000_000;
    let (user, scope, epoch) = (caller.id, caller.scope, account.epoch);
    let token = access::sign(parts, PURPOSE, &Claims { recording, aud: "replay".into(), user, scope, epoch, exp });
    let secure = if parts.site.is_https() { "; Secure" } else { "" };
    let path = format!("/api/v1/recordings/{recording}");
    let text = format!("{COOKIE}={token}; Path={path}; HttpOnly; SameSite=Strict; Max-Age={SECONDS}{secure}");
    HeaderValue::from_str(&text).map_err(Refusal::broken)
}

/// Who asks for a file: by the cookie of its recording, or by a token like anywhere else.
async fn asks(parts: &Parts, headers: &HeaderMap, recording: RecordingId) -> Answer<Caller> {
    if let Some(token) = headers.get(header::AUTHORIZATION) {
        let token = token.to_str().ok().and_then(|text| text.split_once(' ')).map_or("", |(_, token)| token.trim());
        return caller::from_token(parts, token).await;
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let ours = cookies.flat_map(Cookie::split_parse).flatten().find(|cookie| cookie.name() == COOKIE);
    let claims: Result<Claims, Doubt> =
        ours.map_or(Err(Doubt::Forged), |cookie| access::verify(parts, PURPOSE, "replay", cookie.value()));
    let claims = claims.ok().filter(|claims| claims.recording == recording).ok_or_else(Refusal::sign_in_first)?;
    let expires_at = At(claims.exp * 1_000_000);
    if expires_at <= parts.clock.now() {
        return Err(Refusal::sign_in_first());
    }
    caller::standing(parts, Said { user: claims.user, scope: claims.scope, epoch: claims.epoch, expires_at }).await
}

/// A range of a track's file (RFC 9110, 14).
pub async fn serve(parts: &Parts, id: RecordingId, track: TrackId, request: Request) -> Answer<Response> {
    let caller = asks(parts, request.headers(), id).await?;
    let opened = replay::open(parts, &caller, id).await?;
    if opened.row.state != Stage::Ready {
        return Err(replay::not_ready(opened.row.state));
    }
    let track = store::need_track(parts.db.read(), id, track).await?;
    let consent = store::consent(parts.db.read(), opened.program.id, track.user_id).await?;
    if consent.is_none_or(|consent| !consent.yes) {
        return Err(Refusal::not_found("track"));
    }
    let live = parts.memory.of::<Live>();
    let recorder = live.recorder.as_ref().ok_or_else(media::no_media)?;
    let mime = if track.source == "microphone" { "audio/webm" } else { "video/webm" };
    let mime = mime.parse().map_err(Refusal::broken)?;
    let file = ServeFile::new_with_mime(recorder.folder_of(id).join(&track.file), &mime);
    let (mut ranged, _) = Request::new(axum::body::Body::empty()).into_parts();
    ranged.method = if request.method() == Method::HEAD { Method::HEAD } else { Method::GET };
    for name in [header::RANGE, header::IF_RANGE, header::IF_MODIFIED_SINCE, header::IF_NONE_MATCH] {
        request.headers().get(&name).into_iter().for_each(|value| drop(ranged.headers.insert(&name, value.clone())));
    }
    let request = Request::from_parts(ranged, axum::body::Body::empty());
    let mut response = file.oneshot(request).await.map_err(Refusal::broken)?.into_response();
    // Kept by the one who may see it, and by nobody between.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    Ok(response)
}
