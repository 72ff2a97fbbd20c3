//! What is said and asked in a class, as pages see it, and the messages for it.

use serde::{Deserialize, Serialize};

use super::model::{Audience, PollKind, PollState};
use crate::kit::{At, BreakoutId, MessageId, PollId, QuestionId, SeatId, UserId};

/// A message of the chat.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ChatMessage {
    pub id: MessageId,
    /// The place in the conversation: one number per class, growing. Who may not read everything sees gaps.
    pub seq: i64,
    /// The number of its last change, of the same row of numbers.
    pub rev: i64,
    pub user_id: UserId,
    pub name: String,
    pub staff: bool,
    pub to: Audience,
    /// In which breakout room it was said.
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
    /// Empty when it was removed.
    pub text: String,
    /// It has a picture: `picture` reads it.
    pub image: bool,
    pub said_at: At,
    #[schema(required)]
    pub edited_at: Option<At>,
    #[schema(required)]
    pub removed_at: Option<At>,
}

/// New and changed messages of the chat, in the order of their changes; the event `chat`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Chat {
    pub messages: Vec<ChatMessage>,
}

/// Messages of the chat, oldest first.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ChatPage {
    pub messages: Vec<ChatMessage>,
    /// There is more in the direction that was asked for.
    pub more: bool,
}

/// A poll.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PollView {
    pub id: PollId,
    pub question: String,
    pub kind: PollKind,
    /// Empty for `rating` (1 to 5) and `text`.
    pub options: Vec<String>,
    pub anonymous: bool,
    /// Drafts are seen by the hosts alone.
    pub state: PollState,
    /// The results are shown to everybody.
    pub shown: bool,
    /// How many have answered.
    pub answered: usize,
    /// To hosts, and to everybody once they are shown.
    #[schema(required)]
    pub results: Option<PollResults>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PollResults {
    /// How many chose each option; for `rating` how many gave 1, 2, 3, 4, 5.
    pub counts: Vec<usize>,
    /// What was written, for `text`.
    pub texts: Vec<PollText>,
    /// Who chose what; to hosts, where the poll is not anonymous.
    pub people: Vec<PollPerson>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PollText {
    pub text: String,
    /// Null where the poll is anonymous.
    #[schema(required)]
    pub user_id: Option<UserId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PollPerson {
    pub user_id: UserId,
    pub choices: Vec<u8>,
}

/// One's own answer to a poll.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MyAnswer {
    pub poll_id: PollId,
    /// The places of the chosen options, from 0; for `rating` the number from 1 to 5.
    pub choices: Vec<u8>,
    pub text: String,
}

/// A poll is new or changed; the event `poll`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PollTold {
    pub poll: PollView,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PollGone {
    pub poll_id: PollId,
}

/// A question to those who lead.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct QuestionView {
    pub id: QuestionId,
    pub user_id: UserId,
    pub name: String,
    pub text: String,
    pub asked_at: At,
    /// How many others want to know it too.
    pub votes: usize,
    #[schema(required)]
    pub answered_at: Option<At>,
    /// What was answered, where it was written down.
    #[schema(required)]
    pub answer: Option<String>,
}

/// A question is new or changed; the event `question`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuestionTold {
    pub question: QuestionView,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuestionGone {
    pub question_id: QuestionId,
}

/// A small sign, seen for a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    Clap,
    Heart,
    Laugh,
    Smile,
    ThumbsUp,
    ThumbsDown,
    Celebrate,
    Surprised,
}

/// Who has shown which sign just now, by the ids of their seats; the event `reactions`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Reactions {
    pub reactions: Vec<Reaction>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Reaction {
    pub seat_id: SeatId,
    pub sign: Sign,
}

/// What has been said and asked so far, for who comes in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TalkView {
    /// The newest messages, oldest first; `history` has those before.
    pub chat: ChatPage,
    pub polls: Vec<PollView>,
    pub my_answers: Vec<MyAnswer>,
    pub questions: Vec<QuestionView>,
    /// Which questions I want to know too.
    pub my_votes: Vec<QuestionId>,
}

// What a page says.

/// Says something in the chat. The page makes the id; said twice, it is said once.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Say {
    pub id: MessageId,
    /// 1 to 2000 characters; may be left out with a picture.
    #[serde(default)]
    pub text: String,
    /// Everybody unless said otherwise.
    #[serde(default)]
    pub to: Audience,
    /// A picture as a data URL: PNG, JPEG, WebP or GIF, at most 512 KiB.
    #[serde(default)]
    pub image: Option<String>,
}

/// Reads the picture of a message.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAt {
    pub id: MessageId,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Picture {
    /// A data URL.
    pub image: String,
}

/// Changes one's own message.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    pub id: MessageId,
    pub text: String,
}

/// Takes a message back: one's own, or any for a host.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMessage {
    pub id: MessageId,
}

/// Messages before a place, or changed since a number; one of the two.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The `seq` of the oldest message that is there.
    #[serde(default)]
    pub before: Option<i64>,
    /// The highest `rev` that is there.
    #[serde(default)]
    pub since: Option<i64>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct React {
    pub sign: Sign,
}

/// For hosts: a new poll, as a draft or at once.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakePoll {
    pub id: PollId,
    /// 1 to 300 characters.
    pub question: String,
    pub kind: PollKind,
    /// 2 to 12 for `single` and `multiple`, none for the others; each 1 to 120 characters, no two alike.
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub anonymous: bool,
    /// Ask it now.
    #[serde(default)]
    pub open: bool,
}

/// For hosts: asks a draft, ends a poll, shows or hides what came of it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePoll {
    pub poll_id: PollId,
    #[serde(default)]
    pub state: Option<PollState>,
    #[serde(default)]
    pub shown: Option<bool>,
}

/// For hosts.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovePoll {
    pub poll_id: PollId,
}

/// Answers a poll; again replaces the answer.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerPoll {
    pub poll_id: PollId,
    #[serde(default)]
    pub choices: Vec<u8>,
    #[serde(default)]
    pub text: String,
}

/// Asks those who lead. The page makes the id; said twice, it is asked once.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskQuestion {
    pub id: QuestionId,
    /// 1 to 500 characters.
    pub text: String,
}

/// “I want to know that too”, or no longer.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteQuestion {
    pub question_id: QuestionId,
    pub up: bool,
}

/// For hosts: it was answered, or it was not.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleQuestion {
    pub question_id: QuestionId,
    pub answered: bool,
    /// At most 1000 characters.
    #[serde(default)]
    pub answer: Option<String>,
}

/// Takes a question back: one's own, or any for a host.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveQuestion {
    pub question_id: QuestionId,
}
