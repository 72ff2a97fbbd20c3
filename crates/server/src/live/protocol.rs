//! The messages of the namespace `/live`, and what pages say on `/`. docs/REALTIME.md tells what they mean; a test keeps
//! the two together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::captions::wire::{Caption, CaptionHistory, CaptionTaken, Captioning, Captions, CaptionsPage, SetCaptioner};
use super::desk::wire::{
    Admit, Allow, AskShare, CallHelp, CloseBreakouts, DeskView, KeepShare, LetIn, LowerHands, MoveTo, Moved, MuteAll,
    NameBreakout, OpenBreakouts, PlanBreakouts, RaiseHand, SetHost, SetRules, SetTimer, ShareAsked, ShareKept,
    Spotlight, TellAll, TellWaiting, TurnAway, WaitingRoom, Word,
};
use super::documents::wire::{
    AddImage, CloseDocument, DocumentImage, DocumentStands, DocumentView, Documents, MakeDocument, NameDocument,
    OpenDocument, OpenedDocument, PointAt, Pointing, RemoveDocument, ShowDocument, WriteDocument, Written,
};
use super::recording::wire::{AnswerConsent, Consent, Record, RecordingEnded};
use super::talk::wire::{
    AnswerPoll, AskQuestion, ChangePoll, Chat, ChatMessage, ChatPage, EditMessage, History, LookAt, MakePoll, MyAnswer,
    Picture, PollGone, PollTold, PollView, QuestionGone, QuestionTold, QuestionView, React, Reactions, RemoveMessage,
    RemovePoll, RemoveQuestion, Say, SettleQuestion, VoteQuestion,
};
use super::wire::{Person, Quality, RoomView, Source, Switches};
use crate::kit::{At, ProgramId, SeatId, SessionId};
use crate::plumbing::http::Problem;
use crate::plumbing::messages::{Nothing, asked, told};
use crate::plumbing::pushes::Push;

told! {
    /// What the server says on `/live`, by event.
    LiveServerEvents, Told {
        /// The whole room: after every connect, after a change of the class, when asked.
        room: RoomView,
        /// Somebody came, or changed.
        person: Person,
        gone: Gone,
        offer: Offer,
        slots: Slots,
        speaking: Speaking,
        quality: Qualities,
        muted: Muted,
        /// The class begins.
        started: Started,
        /// How the hosts have arranged the class, whole.
        desk: DeskView,
        /// To hosts: the recording ended by itself.
        recording_ended: RecordingEnded,
        chat: Chat,
        reactions: Reactions,
        captions: Captions,
        captioning: Captioning,
        /// The boards and notes of the room one is in, whole.
        documents: Documents,
        written: Written,
        pointing: Pointing,
        poll: PollTold,
        poll_gone: PollGone,
        question: QuestionTold,
        question_gone: QuestionGone,
        /// To hosts: who waits to be let in, whole.
        waiting: WaitingRoom,
        let_in: LetIn,
        word: Word,
        share_asked: ShareAsked,
        share_kept: ShareKept,
        moved: Moved,
        /// Last words: the class is over.
        ended: Ended,
        /// Last words: staff asked this person to leave.
        removed: Removed,
        /// Last words: another page or seat of the same person took over.
        replaced: Replaced,
        /// Last words: the seat is closed and there is no coming back.
        closed: Closed,
        /// The server stops: come back in a moment.
        draining: Draining,
    }
}

asked! {
    /// What a page says on `/live`, by event, with the acknowledgement.
    LiveClientEvents, Asked {
        publish: Publish => Sdp,
        answer: OfferAnswer => Nothing,
        restart: Restart => Nothing,
        watch: Watch => Nothing,
        state: Switches => Nothing,
        beat: Beat => Now,
        room: Look => Nothing,
        leave: Leave => Nothing,
        mute: Mute => Nothing,
        remove: Remove => Nothing,
        say: Say => ChatMessage,
        edit_message: EditMessage => ChatMessage,
        remove_message: RemoveMessage => ChatMessage,
        history: History => ChatPage,
        picture: LookAt => Picture,
        react: React => Nothing,
        caption: Caption => CaptionTaken,
        captions: CaptionHistory => CaptionsPage,
        make_poll: MakePoll => PollView,
        change_poll: ChangePoll => PollView,
        remove_poll: RemovePoll => Nothing,
        answer_poll: AnswerPoll => MyAnswer,
        ask_question: AskQuestion => QuestionView,
        vote_question: VoteQuestion => QuestionView,
        settle_question: SettleQuestion => QuestionView,
        remove_question: RemoveQuestion => Nothing,
        set_rules: SetRules => Nothing,
        allow: Allow => Nothing,
        mute_all: MuteAll => Nothing,
        spotlight: Spotlight => Nothing,
        set_host: SetHost => Nothing,
        set_captioner: SetCaptioner => Nothing,
        raise_hand: RaiseHand => Nothing,
        lower_hands: LowerHands => Nothing,
        set_timer: SetTimer => Nothing,
        ask_share: AskShare => Nothing,
        keep_share: KeepShare => Nothing,
        admit: Admit => Nothing,
        turn_away: TurnAway => Nothing,
        tell_waiting: TellWaiting => Nothing,
        plan_breakouts: PlanBreakouts => Nothing,
        name_breakout: NameBreakout => Nothing,
        move_to: MoveTo => Nothing,
        open_breakouts: OpenBreakouts => Nothing,
        close_breakouts: CloseBreakouts => Nothing,
        tell_all: TellAll => Nothing,
        call_help: CallHelp => Nothing,
        record: Record => Nothing,
        consent: AnswerConsent => Consent,
        make_document: MakeDocument => DocumentView,
        name_document: NameDocument => DocumentView,
        remove_document: RemoveDocument => Nothing,
        show_document: ShowDocument => Nothing,
        open_document: OpenDocument => OpenedDocument,
        close_document: CloseDocument => Nothing,
        write_document: WriteDocument => DocumentStands,
        point_at: PointAt => Nothing,
        add_image: AddImage => Nothing,
        document_image: DocumentImage => Picture,
    }
}

asked! {
    /// What a page says on `/`, by event, with the acknowledgement.
    NoticeClientEvents, NoticeAsked {
        resume: Resume => Resumed,
        token: FreshToken => GoodUntil,
    }
}

// What the server says on `/live`.

/// A seat is closed.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Gone {
    pub seat_id: SeatId,
}

/// The server offers the subscribing connection.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Offer {
    pub offer_id: u64,
    pub sdp: String,
    /// For a new connection, not for the one that stands.
    pub fresh: bool,
}

/// What each line of the subscribing connection carries now.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Slots {
    pub slots: Vec<Slot>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Slot {
    pub mid: String,
    pub kind: LineKind,
    /// Null while the line carries nothing.
    #[schema(required)]
    pub seat_id: Option<SeatId>,
    #[schema(required)]
    pub source: Option<Source>,
    /// Held back by congestion.
    pub paused: bool,
}

#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Audio,
    Video,
}

/// Who speaks, loudest first.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Speaking {
    pub seats: Vec<SeatId>,
}

/// How well connections do, by the ids of their seats.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Qualities(pub BTreeMap<String, Quality>);

/// A host muted you.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Muted {
    pub source: Source,
    /// The name of who did; empty where it is the rules of the class.
    pub by: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Closed {
    pub problem: Problem,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Started {}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ended {}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Removed {}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replaced {}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draining {}

// What a page says on `/live`, and what it is answered.

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// An offer.
    pub sdp: String,
    pub tracks: Vec<Track>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    pub mid: String,
    pub source: Source,
}

/// The answer to an offer of the page.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Sdp {
    pub sdp: String,
}

/// The answer to an offer of the server.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferAnswer {
    pub offer_id: u64,
    pub sdp: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Restart {
    /// A connection of its own instead of an ICE restart of the old one.
    #[serde(default)]
    pub fresh: bool,
}

/// All video that is visible now; replaces what was said before.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    pub tiles: Vec<Tile>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    pub seat_id: SeatId,
    pub source: Source,
    /// CSS pixels × device pixels.
    pub height: f64,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Beat {}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Now {
    pub now: At,
}

/// Asks for the event `room`.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Look {}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {}

/// For staff.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mute {
    pub seat_id: SeatId,
    pub source: Source,
}

/// For hosts: all seats of that person are closed.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    pub seat_id: SeatId,
    /// They may come back; unless said, they may not.
    #[serde(default)]
    pub may_return: bool,
}

// The namespace `/`.

/// Who is in a class now.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct PresenceNotice {
    pub session_id: SessionId,
    pub program_id: ProgramId,
    pub in_room: usize,
    /// In the lobby; told to staff, 0 to others.
    pub waiting: usize,
}

/// Last words: the token ran out.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Expired {}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// The last number heard, by channel.
    #[serde(default)]
    pub since: BTreeMap<String, i64>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Resumed {
    /// Oldest first, at most 500 per channel.
    pub missed: Vec<Push>,
    /// The newest number of each channel that is yours.
    pub heads: BTreeMap<String, i64>,
}

/// A token of the same sign-in that is good for longer.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FreshToken {
    pub token: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct GoodUntil {
    pub expires_at: At,
}
