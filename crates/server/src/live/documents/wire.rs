//! Whiteboards and notes as pages see them, and the messages for them.

use serde::{Deserialize, Serialize};

use super::model::DocumentKind;
use crate::kit::checks::nullable;
use crate::kit::{At, BreakoutId, DocumentId, ImageId, SeatId, UserId};

/// A document that a class writes together.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DocumentView {
    pub id: DocumentId,
    pub kind: DocumentKind,
    pub title: String,
    /// The breakout room it belongs to; null is the main room.
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
    /// Who made it.
    pub made_by: String,
    pub created_at: At,
}

/// Whose hand a Yjs client id is. What a client id has written is theirs, whatever the text of it says.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DocumentWriter {
    /// The client id of a Yjs document, 32 bits.
    pub client: u32,
    pub user_id: UserId,
    pub name: String,
}

/// The documents of the room one is in, in the order in which they were made; the event `documents`.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Documents {
    pub documents: Vec<DocumentView>,
}

/// What was written in a document that one has open; the event `written`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Written {
    pub document_id: DocumentId,
    /// Grows by one with each event of this document. Who misses one opens the document again.
    pub seq: u64,
    /// A Yjs update, version 1, in base64. One's own writing comes back in it.
    pub update: String,
    /// Whose hands are in it.
    pub writers: Vec<DocumentWriter>,
}

/// Where others are in a document that one has open; the event `pointing`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Pointing {
    pub document_id: DocumentId,
    pub pointers: Vec<Pointer>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Pointer {
    pub seat_id: SeatId,
    /// What their page said; null when they are not there any more.
    #[schema(required)]
    pub state: Option<String>,
}

// What a page says.

/// Makes a document in the room one is in.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeDocument {
    /// The page makes the id; said again, it is made once.
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// 1 to 80 characters.
    pub title: String,
    /// Only where the room has none of this kind yet; else its oldest is answered. A room has one `notes` always.
    #[serde(default)]
    pub first: bool,
}

/// Renames a document: who made it, and hosts.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameDocument {
    pub document_id: DocumentId,
    /// 1 to 80 characters.
    pub title: String,
}

/// For hosts: removes a document for everybody.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveDocument {
    pub document_id: DocumentId,
}

/// For hosts: brings a document of the main room onto everybody's stage; null takes it away.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowDocument {
    #[serde(deserialize_with = "nullable")]
    pub document_id: Option<DocumentId>,
}

/// Opens a document: from now on `written` and `pointing` come, until it is closed or the connection ends.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDocument {
    pub document_id: DocumentId,
    /// The Yjs state vector of what is there already, in base64. Left out, everything is answered.
    #[serde(default)]
    pub state: Option<String>,
}

/// The answer to `open_document`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OpenedDocument {
    pub document: DocumentView,
    /// Of the last `written` event; the next one has one more.
    pub seq: u64,
    /// What is not there yet, as one Yjs update in base64.
    pub update: String,
    /// The Yjs state vector of the document, in base64: what a page has beyond it was never written.
    pub state: String,
    /// `update` is compressed (raw DEFLATE, RFC 1951) before base64.
    pub deflated: bool,
    /// Everybody who ever wrote in it.
    pub writers: Vec<DocumentWriter>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseDocument {
    pub document_id: DocumentId,
}

/// Writes in a document that one has open.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteDocument {
    pub document_id: DocumentId,
    /// A Yjs update, version 1, in base64; at most 256 KiB. It may build on what one was told, and on nothing else.
    pub update: String,
}

/// The answer to `write_document`: it stands on the disk.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct DocumentStands {
    /// Of the `written` event it is in.
    pub seq: u64,
}

/// Tells the others where one is.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PointAt {
    pub document_id: DocumentId,
    /// At most 500 characters, understood by pages alone; null when one is not there any more.
    #[serde(deserialize_with = "nullable")]
    pub state: Option<String>,
}

/// Puts a picture beside a board; the board then names it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddImage {
    pub document_id: DocumentId,
    /// The page makes the id; said again, it is kept once.
    pub id: ImageId,
    /// A data URL of a PNG, JPEG, WebP or GIF of at most 512 KiB and 4096 by 4096 pixels.
    pub image: String,
}

/// Which picture of a board.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentImage {
    pub document_id: DocumentId,
    pub id: ImageId,
}

// Over HTTP.

/// What a session has made.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SessionDocuments {
    /// The session's title.
    pub title: String,
    pub starts_at: At,
    pub time_zone: String,
    pub documents: Vec<DocumentView>,
}
