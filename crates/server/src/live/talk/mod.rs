//! What is said and asked in a class: chat, polls, questions, signs.
//!
//! Rows come first, then memory, then pages: what a page was told is there after a crash, in the same order. Memory has
//! all polls and questions of a class and its newest messages, so that who comes in asks no database.

pub mod chat;
pub mod load;
pub mod model;
pub mod pictures;
pub mod polls;
pub mod questions;
pub mod scribe;
pub mod wire;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use self::model::{Audience, PollKind, PollState, message, poll, question};
use self::wire::{
    ChatMessage, ChatPage, MyAnswer, PollPerson, PollResults, PollText, PollView, QuestionView, TalkView,
};
use crate::kit::{BreakoutId, PollId, QuestionId, UserId};

/// So many of the newest messages are in memory, and so many of them are shown to who comes in.
pub const KEPT: usize = 200;
pub const SHOWN: usize = 50;
/// What a rating goes up to.
pub const STARS: u8 = 5;

/// Who reads: what they may see follows from it.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub user: UserId,
    pub host: bool,
    pub breakout: Option<BreakoutId>,
}

/// The conversation of one class, as far as memory has it.
#[derive(Debug, Default)]
pub struct Talk {
    /// The last number that a message, or a change of one, was given.
    pub number: i64,
    /// The newest messages, oldest first.
    pub recent: VecDeque<message::Model>,
    /// There are older ones in the rows.
    pub older: bool,
    pub polls: BTreeMap<PollId, Poll>,
    pub questions: BTreeMap<QuestionId, Question>,
}

#[derive(Clone, Debug)]
pub struct Poll {
    pub row: poll::Model,
    pub options: Vec<String>,
    pub answers: HashMap<String, Given>,
}

/// One person's answer, by the keyed hash of who gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub user: Option<UserId>,
    pub choices: Vec<u8>,
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub row: question::Model,
    pub votes: BTreeSet<UserId>,
}

pub fn may_read(row: &message::Model, reader: Reader) -> bool {
    row.user_id == reader.user
        || match row.audience {
            Audience::Everyone => row.breakout_id == reader.breakout,
            Audience::Hosts => reader.host,
        }
}

pub fn view(row: &message::Model) -> ChatMessage {
    ChatMessage {
        id: row.id,
        seq: row.seq,
        rev: row.rev,
        user_id: row.user_id,
        name: row.name.clone(),
        staff: row.staff,
        to: row.audience,
        breakout_id: row.breakout_id,
        text: row.text.clone(),
        image: row.image.is_some(),
        said_at: row.said_at,
        edited_at: row.edited_at,
        removed_at: row.removed_at,
    }
}

impl Talk {
    /// What somebody finds who comes in. `voter` makes their keyed hash for a poll.
    pub fn view(&self, reader: Reader, voter: impl Fn(PollId) -> String) -> TalkView {
        let readable = self.recent.iter().rev().filter(|row| may_read(row, reader));
        let mut messages: Vec<ChatMessage> = readable.take(SHOWN + 1).map(view).collect();
        let more = messages.len() > SHOWN || self.older;
        messages.truncate(SHOWN);
        messages.reverse();
        let mut polls: Vec<&Poll> = self.polls.values().filter(|poll| poll.is_for(reader.host)).collect();
        polls.sort_by_key(|poll| (poll.row.made_at, poll.row.id));
        let mine = |poll: &&Poll| {
            let given = poll.answers.get(&voter(poll.row.id))?;
            Some(MyAnswer { poll_id: poll.row.id, choices: given.choices.clone(), text: given.text.clone() })
        };
        let my_answers = polls.iter().filter_map(mine).collect();
        let mut questions: Vec<&Question> = self.questions.values().collect();
        questions.sort_by_key(|question| (question.row.asked_at, question.row.id));
        let my_votes = questions.iter().filter(|question| question.votes.contains(&reader.user));
        TalkView {
            chat: ChatPage { messages, more },
            my_votes: my_votes.map(|question| question.row.id).collect(),
            my_answers,
            polls: polls.iter().map(|poll| poll.view(reader.host)).collect(),
            questions: questions.iter().map(|question| question.view()).collect(),
        }
    }

    /// Takes over a message that was written.
    pub fn take(&mut self, row: message::Model) {
        if let Some(known) = self.recent.iter_mut().find(|known| known.id == row.id) {
            // What is said again answers with the row of then, which may have been changed since.
            if known.rev <= row.rev {
                *known = row;
            }
            return;
        }
        if self.recent.back().is_none_or(|last| last.seq < row.seq) {
            self.recent.push_back(row);
        }
        while self.recent.len() > KEPT {
            self.recent.pop_front();
            self.older = true;
        }
    }
}

impl Poll {
    /// Drafts are the hosts' own.
    pub fn is_for(&self, host: bool) -> bool {
        host || self.row.state != PollState::Draft
    }

    pub fn view(&self, host: bool) -> PollView {
        PollView {
            id: self.row.id,
            question: self.row.question.clone(),
            kind: self.row.kind,
            options: self.options.clone(),
            anonymous: self.row.anonymous,
            state: self.row.state,
            shown: self.row.shown,
            answered: self.answers.len(),
            results: (host || self.row.shown).then(|| self.results(host)),
        }
    }

    fn results(&self, host: bool) -> PollResults {
        let (places, first) = match self.row.kind {
            PollKind::Single | PollKind::Multiple => (self.options.len(), 0),
            PollKind::Rating => (STARS.into(), 1),
            PollKind::Text => (0, 0),
        };
        let mut counts = vec![0; places];
        for choice in self.answers.values().flat_map(|given| &given.choices) {
            if let Some(count) = counts.get_mut(usize::from(*choice).wrapping_sub(first)) {
                *count += 1;
            }
        }
        // In the order of the hashes: who answered first is not told by it.
        let mut answers: Vec<(&String, &Given)> = self.answers.iter().collect();
        answers.sort_by_key(|(voter, _)| voter.as_str());
        let texts = answers.iter().filter(|(_, given)| !given.text.is_empty());
        let named = |given: &Given| given.user.filter(|_| host && !self.row.anonymous);
        PollResults {
            counts,
            texts: texts.map(|(_, given)| PollText { text: given.text.clone(), user_id: named(given) }).collect(),
            people: answers
                .iter()
                .filter_map(|(_, given)| Some(PollPerson { user_id: named(given)?, choices: given.choices.clone() }))
                .collect(),
        }
    }
}

impl Question {
    pub fn view(&self) -> QuestionView {
        QuestionView {
            id: self.row.id,
            user_id: self.row.user_id,
            name: self.row.name.clone(),
            text: self.row.text.clone(),
            asked_at: self.row.asked_at,
            votes: self.votes.len(),
            answered_at: self.row.answered_at,
            answer: self.row.answer.clone(),
        }
    }
}
