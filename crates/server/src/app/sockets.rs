//! The contract of the two sockets, made from the same types that are sent and read: a schema for each event.
//!
//! It is an OpenAPI document without paths, so that what makes the page's types of the API makes these as well.

use utoipa::OpenApi;

use crate::attendance::wire::AttendanceNotice;
use crate::live::protocol::{Expired, LiveClientEvents, LiveServerEvents, NoticeClientEvents, PresenceNotice};
use crate::plumbing::pushes::Push;
use crate::programs::wire::PushEvents;

/// What the server says on `/`, by event.
#[derive(utoipa::ToSchema)]
pub struct NoticeServerEvents {
    /// Durable: `PushEvents` has the payload for each event.
    pub push: Push,
    pub presence: PresenceNotice,
    /// To staff.
    pub attendance: AttendanceNotice,
    /// Last words: the token ran out.
    pub expired: Expired,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Virtual Day Program: sockets",
        description = "Messages of the Socket.IO namespaces `/` and `/live`. docs/REALTIME.md tells what they mean."
    ),
    components(schemas(NoticeServerEvents, NoticeClientEvents, PushEvents, LiveServerEvents, LiveClientEvents))
)]
struct Sockets;

/// The description of the sockets' messages, as JSON.
pub fn describe() -> String {
    Sockets::openapi().to_pretty_json().expect("the document is JSON")
}
