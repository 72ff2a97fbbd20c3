//! Playing the files of a recording. A page's player cannot show a token, so opening a recording gives a cookie that
//! is good for that recording's files alone; every request for a range of bytes is checked anew against who its
//! holder is now.

use std::ops::Range;
use std::path::PathBuf;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::Cookie;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;
use tower_http::services::ServeFile;
use uuid::Uuid;

use super::model::{Stage, track};
use super::{Recorder, replay, shelving, store, video};
use crate::accounts::access::{self, Said};
use crate::accounts::caller::{self, Accounts};
use crate::accounts::model::Scope;
use crate::accounts::refresh;
use crate::accounts::{Caller, access::Doubt};
use crate::kit::{Answer, At, RecordingId, Refusal, TrackId, UserId};
use crate::live::{Live, media};
use crate::plumbing::Parts;
use crate::programs::place;

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
    /// The cookie ends with the sign-in that it was given in.
    #[serde(default)]
    sign_in: Option<Uuid>,
    exp: i64,
}

/// The cookie for the files of one recording.
pub async fn cookie(parts: &Parts, caller: &Caller, recording: RecordingId) -> Answer<HeaderValue> {
    let account = parts.memory.of::<Accounts>().get(parts, caller.id).await?.ok_or_else(Refusal::sign_in_first)?;
    let exp = parts.clock.now().plus_seconds(SECONDS).micros() / 1_000_000;
    let Caller { id: user, scope, sign_in, .. } = *caller;
    let claims = Claims { recording, aud: "replay".into(), user, scope, epoch: account.epoch, sign_in, exp };
    let token = access::sign(parts, PURPOSE, &claims);
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
    let Claims { user, scope, epoch, sign_in, .. } = claims;
    if let Some(sign_in) = sign_in
        && !refresh::stands(parts, sign_in).await?
    {
        return Err(Refusal::sign_in_first());
    }
    caller::standing(parts, Said { user, scope, epoch, sign_in, expires_at }).await
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
    answer(parts, Kept::Track(track), request).await
}

/// A range of the one video of a recording, for staff.
pub async fn serve_video(parts: &Parts, id: RecordingId, request: Request) -> Answer<Response> {
    let caller = asks(parts, request.headers(), id).await?;
    let opened = replay::open(parts, &caller, id).await?;
    place::staff_of_session(parts.db.read(), &caller, opened.row.session_id).await?;
    if opened.row.state != Stage::Ready {
        return Err(replay::not_ready(opened.row.state));
    }
    let row = video::need(parts.db.read(), id).await?;
    let name = video::file_name(&opened.program.slug, opened.row.started_at);
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Refusal::broken)?;
    let mut response = answer(parts, Kept::Video(row), request).await?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// A file of a recording: on the disk, or an object on the shelf.
enum Kept {
    Track(track::Model),
    Video(video::model::Model),
}

impl Kept {
    /// What it is never changes: this says which bytes these are, wherever they are kept.
    fn tag(&self) -> String {
        match self {
            Kept::Track(track) => format!("\"{}\"", track.id),
            Kept::Video(video) => format!("\"{}-{}\"", video.recording_id, video.asked_at.micros()),
        }
    }

    fn object(&self) -> Option<&str> {
        match self {
            Kept::Track(track) => track.object.as_deref(),
            Kept::Video(video) => video.object.as_deref(),
        }
    }

    fn file(&self, recorder: &Recorder) -> PathBuf {
        match self {
            Kept::Track(track) => recorder.folder_of(track.recording_id).join(&track.file),
            Kept::Video(row) => recorder.folder_of(row.recording_id).join(video::FILE),
        }
    }

    fn bytes(&self) -> u64 {
        match self {
            Kept::Track(track) => track.bytes as u64,
            Kept::Video(video) => video.bytes as u64,
        }
    }

    fn mime(&self) -> &'static str {
        match self {
            Kept::Track(track) if track.source == "microphone" => "audio/webm",
            Kept::Track(_) => "video/webm",
            Kept::Video(_) => "video/mp4",
        }
    }

    async fn read_again(&self, parts: &Parts) -> Answer<Kept> {
        let conn = parts.db.read();
        Ok(match self {
            Kept::Track(track) => Kept::Track(store::need_track(conn, track.recording_id, track.id).await?),
            Kept::Video(row) => Kept::Video(video::need(conn, row.recording_id).await?),
        })
    }
}

async fn answer(parts: &Parts, kept: Kept, request: Request) -> Answer<Response> {
    let live = parts.memory.of::<Live>();
    let recorder = live.recorder.as_ref().ok_or_else(media::no_media)?;
    let tag = HeaderValue::from_str(&kept.tag()).map_err(Refusal::broken)?;
    let headers = request.headers();
    let mut response = if headers.get_all(header::IF_NONE_MATCH).iter().any(|known| tag == known) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let same = headers.get(header::IF_RANGE).is_none_or(|known| tag == known);
        let range = headers.get(header::RANGE).filter(|_| same).cloned();
        let asked = Asked { head: request.method() == Method::HEAD, range };
        bytes(parts, recorder, &kept, &asked).await?
    };
    response.headers_mut().remove(header::LAST_MODIFIED);
    response.headers_mut().insert(header::ETAG, tag);
    // Kept by the one who may see it, who asks each time whether they still may.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// Which bytes of a file.
struct Asked {
    head: bool,
    range: Option<HeaderValue>,
}

async fn bytes(parts: &Parts, recorder: &Recorder, kept: &Kept, asked: &Asked) -> Answer<Response> {
    if kept.object().is_some() {
        return from_shelf(recorder, kept, asked).await;
    }
    let response = from_disk(recorder, kept, asked).await?;
    if response.status() != StatusCode::NOT_FOUND {
        return Ok(response);
    }
    // It may have gone to the shelf since its row was read.
    from_shelf(recorder, &kept.read_again(parts).await?, asked).await
}

async fn from_disk(recorder: &Recorder, kept: &Kept, asked: &Asked) -> Answer<Response> {
    let mime = kept.mime().parse().map_err(Refusal::broken)?;
    let file = ServeFile::new_with_mime(kept.file(recorder), &mime);
    let (mut ranged, _) = Request::new(Body::empty()).into_parts();
    ranged.method = if asked.head { Method::HEAD } else { Method::GET };
    asked.range.iter().for_each(|range| drop(ranged.headers.insert(header::RANGE, range.clone())));
    let request = Request::from_parts(ranged, Body::empty());
    Ok(file.oneshot(request).await.map_err(Refusal::broken)?.into_response())
}

/// The same answers as from the disk; the bytes are handed on as they come.
async fn from_shelf(recorder: &Recorder, kept: &Kept, asked: &Asked) -> Answer<Response> {
    let object = kept.object().ok_or_else(|| Refusal::not_found("file"))?;
    let shelf = recorder.shelf.as_ref().ok_or_else(shelving::no_shelf)?;
    let size = kept.bytes();
    let mut answer = Response::builder().header(header::ACCEPT_RANGES, "bytes");
    let wanted = match &asked.range {
        None => 0..size,
        Some(range) => {
            let Some(wanted) = one_range(range, size) else {
                answer = answer.header(header::CONTENT_RANGE, format!("bytes */{size}"));
                return answer.status(416).body(Body::empty()).map_err(Refusal::broken);
            };
            let (first, last) = (wanted.start, wanted.end - 1);
            answer = answer.status(206).header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}"));
            wanted
        }
    };
    answer = answer.header(header::CONTENT_TYPE, kept.mime()).header(header::CONTENT_LENGTH, wanted.end - wanted.start);
    if asked.head || wanted.is_empty() {
        return answer.body(Body::empty()).map_err(Refusal::broken);
    }
    let bytes = shelf.range(object, wanted).await.map_err(shelf_away)?;
    answer.body(Body::from_stream(bytes)).map_err(Refusal::broken)
}

/// The one range that is asked for, if that is what is asked, and it is there.
fn one_range(range: &HeaderValue, size: u64) -> Option<Range<u64>> {
    let ranges = http_range_header::parse_range_header(range.to_str().ok()?).ok()?.validate(size).ok()?;
    let [one] = ranges.as_slice() else { return None };
    Some(*one.start()..*one.end() + 1)
}

fn shelf_away(why: String) -> Refusal {
    tracing::warn!(why, "a recording could not be read from its S3 server");
    Refusal::unavailable("This recording cannot be reached just now. Try again in a moment.")
}
