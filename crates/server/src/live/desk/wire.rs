//! How the hosts have arranged a class, as pages see it, and the messages for it.

use serde::{Deserialize, Serialize};

use crate::kit::checks::nullable;
use crate::kit::{At, BreakoutId, DocumentId, SeatId, UserId};
use crate::live::recording::wire::Recording;
use crate::live::wire::Source;

/// What participants may do, and who comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Switch their microphones on.
    pub speak: bool,
    /// Switch their cameras on.
    pub show: bool,
    /// Share their screens.
    pub share: bool,
    /// Draw on whiteboards and write notes.
    pub draw: bool,
    pub chat: ChatRule,
    /// Nobody new comes in. Who was in already may come back.
    pub locked: bool,
    /// Who comes waits until a host lets them in.
    pub waiting_room: bool,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            speak: true,
            show: true,
            share: true,
            draw: true,
            chat: ChatRule::Everyone,
            locked: false,
            waiting_room: false,
        }
    }
}

/// To whom participants may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatRule {
    #[default]
    Everyone,
    /// To those who lead alone.
    Hosts,
    Closed,
}

/// What one person may do although the rules say no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Allowance {
    pub speak: bool,
    pub show: bool,
    pub share: bool,
    pub draw: bool,
}

/// The whole desk; the event `desk`.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DeskView {
    pub rules: Rules,
    /// Who leads besides the staff.
    pub hosts: Vec<UserId>,
    /// Who writes captions of what others say, besides the hosts.
    pub captioners: Vec<UserId>,
    pub allowed: Vec<Allowed>,
    /// Whom everybody sees large.
    #[schema(required)]
    pub spotlight: Option<UserId>,
    /// In the order in which they went up.
    pub hands: Vec<Hand>,
    #[schema(required)]
    pub timer: Option<Timer>,
    #[schema(required)]
    pub breakouts: Option<BreakoutsView>,
    /// While the class is recorded.
    #[schema(required)]
    pub recording: Option<Recording>,
    /// The board or the notes that a host brought onto everybody's stage in the main room.
    #[schema(required)]
    pub shown: Option<DocumentId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Allowed {
    pub user_id: UserId,
    #[serde(flatten)]
    pub may: Allowance,
}

/// A raised hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Hand {
    pub user_id: UserId,
    pub name: String,
    pub since: At,
}

/// A timer that everybody sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Timer {
    pub ends_at: At,
    /// How long it was set for.
    pub seconds: u32,
    /// What it is for; may be empty.
    pub label: String,
}

/// Somebody in the waiting room.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    pub seat_id: SeatId,
    pub user_id: UserId,
    pub name: String,
    /// Without an account.
    pub guest: bool,
    pub since: At,
}

/// To hosts: who waits to be let in; the event `waiting`.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct WaitingRoom {
    pub waiting: Vec<Waiting>,
}

/// A host let you in: the room follows with `room`.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetIn {}

/// A sentence from a host: to who waits, or to all breakout rooms; the event `word`.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Word {
    pub text: String,
    pub from: String,
}

/// Breakout rooms.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct BreakoutsView {
    /// People are in them now; before, they are a plan that hosts see.
    pub open: bool,
    /// Participants choose their room themselves.
    pub choice: bool,
    #[schema(required)]
    pub ends_at: Option<At>,
    pub rooms: Vec<BreakoutView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct BreakoutView {
    pub id: BreakoutId,
    pub name: String,
    pub people: Vec<UserId>,
    /// Since when they ask for help.
    #[schema(required)]
    pub help_since: Option<At>,
}

/// You are in another room now: its people follow with `room`; publish anew.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Moved {
    /// Null is the main room.
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
    pub name: String,
}

// What a page says.

/// For hosts: changes the rules that are named.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SetRules {
    pub speak: Option<bool>,
    pub show: Option<bool>,
    pub share: Option<bool>,
    pub draw: Option<bool>,
    pub chat: Option<ChatRule>,
    pub locked: Option<bool>,
    pub waiting_room: Option<bool>,
}

/// For hosts: what one person may do although the rules say no; replaces what was said before.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    pub user_id: UserId,
    #[serde(default)]
    pub speak: bool,
    #[serde(default)]
    pub show: bool,
    #[serde(default)]
    pub share: bool,
    #[serde(default)]
    pub draw: bool,
}

/// For hosts: switches this source off for everybody who does not lead.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MuteAll {
    pub source: Source,
}

/// For hosts: whom everybody sees large; null for nobody.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Spotlight {
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    pub user_id: Option<UserId>,
}

/// For hosts: shares the hosting with somebody, or takes it back. Staff always lead.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHost {
    pub user_id: UserId,
    pub host: bool,
}

/// One's own hand, up or down.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseHand {
    pub up: bool,
}

/// For hosts: lowers the hand of one person, or all without one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LowerHands {
    #[serde(default)]
    pub user_id: Option<UserId>,
}

/// For hosts: sets the timer, 5 seconds to 8 hours; without seconds it is taken away.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTimer {
    #[serde(default)]
    pub seconds: Option<i64>,
    /// At most 60 characters.
    #[serde(default)]
    pub label: String,
}

/// Asks who shares the screen now to let one share instead.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskShare {
    /// Who shares.
    pub seat_id: SeatId,
}

/// Somebody asks to share instead of you.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShareAsked {
    pub seat_id: SeatId,
    pub name: String,
}

/// Who shares goes on, and the one who asked is told.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepShare {
    /// Who asked.
    pub seat_id: SeatId,
}

/// You asked to share instead of somebody, who goes on.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShareKept {
    /// Who shares.
    pub name: String,
}

/// For hosts: lets somebody in who waits, or everybody without a seat.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    #[serde(default)]
    pub seat_id: Option<SeatId>,
}

/// For hosts: does not let somebody in who waits.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnAway {
    pub seat_id: SeatId,
}

/// For hosts: a sentence to everybody who waits.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellWaiting {
    /// 1 to 300 characters.
    pub text: String,
}

/// For hosts: plans breakout rooms, anew.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanBreakouts {
    /// 1 to 50 rooms.
    pub count: i64,
    pub how: Assignment,
}

/// How people come into breakout rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assignment {
    /// A host puts each person somewhere.
    ByHand,
    Random,
    /// Each person chooses.
    Choice,
    /// As in the breakout rooms before, in this class or the program's last one that had some.
    LastTime,
}

/// For hosts: renames a breakout room.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameBreakout {
    pub breakout_id: BreakoutId,
    /// 1 to 60 characters.
    pub name: String,
}

/// Puts a person into a breakout room, or into the main room. Hosts anybody; participants themselves, where they choose.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveTo {
    /// Oneself, unless said otherwise.
    #[serde(default)]
    pub user_id: Option<UserId>,
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    pub breakout_id: Option<BreakoutId>,
}

/// For hosts: opens the breakout rooms.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBreakouts {
    /// Everybody is brought back after so long: 1 to 480 minutes.
    #[serde(default)]
    pub minutes: Option<i64>,
}

/// For hosts: brings everybody back, at once or after so many seconds (at most 600).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseBreakouts {
    #[serde(default)]
    pub in_seconds: i64,
}

/// For hosts: a sentence to everybody in the class, wherever they are.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellAll {
    /// 1 to 300 characters.
    pub text: String,
}

/// From a breakout room: asks a host to come, or says that it is no longer needed.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallHelp {
    pub help: bool,
}
