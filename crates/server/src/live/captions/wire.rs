//! Captions and their transcript, as pages and services see them.

use serde::{Deserialize, Serialize};

use super::model::CaptionSource;
use crate::kit::{At, BreakoutId, CaptionId, SeatId, SessionId, UserId};

/// A line of captions that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CaptionLine {
    pub id: CaptionId,
    /// The place in the transcript: one number per class, growing. Who may not read everything sees gaps.
    pub seq: i64,
    /// The number of its last change, of the same row of numbers.
    pub rev: i64,
    /// Who spoke; null where a service does not say.
    #[schema(required)]
    pub user_id: Option<UserId>,
    /// The speaker's name; empty where a service does not say.
    pub name: String,
    /// In which breakout room it was said.
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
    pub source: CaptionSource,
    /// A tag of BCP 47, like `en-GB`.
    #[schema(required)]
    pub language: Option<String>,
    pub text: String,
    pub started_at: At,
    pub ended_at: At,
    /// Staff corrected it then.
    #[schema(required)]
    pub corrected_at: Option<At>,
}

/// New and corrected lines, in the order of their changes; the event `captions`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Captions {
    pub lines: Vec<CaptionLine>,
}

/// Lines, oldest first.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CaptionsPage {
    pub lines: Vec<CaptionLine>,
    /// There is more in the direction that was asked for.
    pub more: bool,
}

/// What is being said just now, not kept; the event `captioning`. An empty text takes the line back.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Captioning {
    pub drafts: Vec<CaptionDraft>,
}

/// A line that is not finished.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CaptionDraft {
    /// The id that the finished line will have.
    pub id: CaptionId,
    /// Who speaks.
    pub user_id: UserId,
    pub name: String,
    #[schema(required)]
    pub language: Option<String>,
    pub text: String,
}

// What a page says.

/// Writes down what is said. The page makes the id; a finished line that is said twice is kept once.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Caption {
    pub id: CaptionId,
    /// 1 to 500 characters; may be empty while it is not final.
    pub text: String,
    /// The line is finished and kept. Until then it is shown and forgotten.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Whose words they are, for a captioner. Left out, they are one's own, recognised by one's browser.
    #[serde(default)]
    pub speaker: Option<SeatId>,
    /// A tag of BCP 47, like `en-GB`.
    #[serde(default)]
    pub language: Option<String>,
}

/// The answer to a caption: the line where it is final, else null.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CaptionTaken {
    #[schema(required)]
    pub line: Option<CaptionLine>,
}

/// Lines before a place, or changed since a number; one of the two.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaptionHistory {
    /// The `seq` of the oldest line that is there.
    #[serde(default)]
    pub before: Option<i64>,
    /// The highest `rev` that is there.
    #[serde(default)]
    pub since: Option<i64>,
}

/// For hosts: lets somebody write captions of what others say, or takes it back. Hosts always may.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCaptioner {
    pub user_id: UserId,
    pub captioner: bool,
}

// Over HTTP.

/// A line of the transcript.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TranscriptLine {
    #[serde(flatten)]
    pub line: CaptionLine,
    /// What it said at first, and who changed it; to staff alone.
    #[schema(required)]
    pub correction: Option<Correction>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Correction {
    /// What the line said at first.
    pub first_text: String,
    /// Who corrected it last.
    pub by: String,
    pub at: At,
}

/// Which lines of a transcript.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TranscriptQuery {
    /// Words that stand in the text or in the speaker's name; accents and capitals do not matter. At most 100 characters.
    pub q: Option<String>,
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// What a line should have said.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectLine {
    /// 1 to 500 characters.
    pub text: String,
}

/// The address for a caption service. It is shown once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NewCaptionLink {
    /// A service sends each line there: `POST {url}&seq=1&lang=en-GB`, the text as `text/plain`.
    pub url: String,
    pub created_at: At,
}

/// Whether a class has an address for a caption service.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CaptionLink {
    pub session_id: SessionId,
    /// Null where it has none.
    #[schema(required)]
    pub created_at: Option<At>,
    /// When a service last sent something.
    #[schema(required)]
    pub last_used_at: Option<At>,
}

/// What a caption service says beside the text.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ServiceQuery {
    /// The version of this address, 1.
    pub v: Option<u8>,
    /// The service's number of this line: 1, 2, 3 and so on. Left out, it is the next one.
    pub seq: Option<i64>,
    /// The language of the text as a tag of BCP 47, like `en-GB`.
    pub lang: Option<String>,
}
