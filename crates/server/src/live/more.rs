//! What a page says beyond its own sound and picture: talking, and leading the class.

use serde_json::Value;

use super::captions::wire::{Caption, CaptionHistory, SetCaptioner};
use super::captions::write;
use super::desk::wire::{
    Admit, Allow, AskShare, CallHelp, CloseBreakouts, KeepShare, LowerHands, MoveTo, MuteAll, NameBreakout,
    OpenBreakouts, PlanBreakouts, RaiseHand, SetHost, SetRules, SetTimer, Spotlight, TellAll, TellWaiting, TurnAway,
};
use super::desk::{breaking, hands, hosts, waiting};
use super::documents::wire::{
    AddImage, CloseDocument, DocumentImage, MakeDocument, NameDocument, OpenDocument, PointAt, RemoveDocument,
    ShowDocument, WriteDocument,
};
use super::documents::{images, shelf, write as page};
use super::protocol::Asked;
use super::recording::wire::{AnswerConsent, Record};
use super::recording::{consent, run};
use super::sockets::Sitting;
use super::talk::wire::{
    AnswerPoll, AskQuestion, ChangePoll, EditMessage, History, LookAt, MakePoll, React, RemoveMessage, RemovePoll,
    RemoveQuestion, Say, SettleQuestion, VoteQuestion,
};
use super::talk::{chat, pictures, polls, questions};
use crate::kit::{Answer, Refusal};
use crate::plumbing::Parts;
use crate::plumbing::messages::acknowledged;

pub async fn hear(parts: &Parts, at: Sitting, asked: Asked) -> Answer<Value> {
    match asked {
        Asked::Say(said) => acknowledged::<Say>(chat::say(parts, at, said).await),
        Asked::EditMessage(said) => acknowledged::<EditMessage>(chat::edit(parts, at, said).await),
        Asked::RemoveMessage(said) => acknowledged::<RemoveMessage>(chat::remove(parts, at, said).await),
        Asked::History(said) => acknowledged::<History>(chat::history(parts, at, said).await),
        Asked::LookAt(said) => acknowledged::<LookAt>(pictures::look(parts, at, said).await),
        Asked::React(said) => acknowledged::<React>(chat::react(parts, at, said)),
        Asked::MakePoll(said) => acknowledged::<MakePoll>(polls::make(parts, at, said).await),
        Asked::ChangePoll(said) => acknowledged::<ChangePoll>(polls::change(parts, at, said).await),
        Asked::RemovePoll(said) => acknowledged::<RemovePoll>(polls::remove(parts, at, said).await),
        Asked::AnswerPoll(said) => acknowledged::<AnswerPoll>(polls::answer(parts, at, said).await),
        Asked::AskQuestion(said) => acknowledged::<AskQuestion>(questions::ask(parts, at, said).await),
        Asked::VoteQuestion(said) => acknowledged::<VoteQuestion>(questions::vote(parts, at, said).await),
        Asked::SettleQuestion(said) => acknowledged::<SettleQuestion>(questions::settle(parts, at, said).await),
        Asked::RemoveQuestion(said) => acknowledged::<RemoveQuestion>(questions::remove(parts, at, said).await),
        Asked::MakeDocument(said) => acknowledged::<MakeDocument>(shelf::make(parts, at, said).await),
        Asked::NameDocument(said) => acknowledged::<NameDocument>(shelf::name(parts, at, said).await),
        Asked::RemoveDocument(said) => acknowledged::<RemoveDocument>(shelf::remove(parts, at, said).await),
        Asked::ShowDocument(said) => acknowledged::<ShowDocument>(shelf::show(parts, at, said).await),
        Asked::OpenDocument(said) => acknowledged::<OpenDocument>(page::open(parts, at, said).await),
        Asked::CloseDocument(said) => acknowledged::<CloseDocument>(page::close(parts, at, said)),
        Asked::WriteDocument(said) => acknowledged::<WriteDocument>(page::write(parts, at, said).await),
        Asked::PointAt(said) => acknowledged::<PointAt>(page::point(parts, at, said)),
        Asked::AddImage(said) => acknowledged::<AddImage>(images::add(parts, at, said).await),
        Asked::DocumentImage(said) => acknowledged::<DocumentImage>(images::look(parts, at, said).await),
        leading => lead(parts, at, leading).await,
    }
}

async fn lead(parts: &Parts, at: Sitting, asked: Asked) -> Answer<Value> {
    match asked {
        Asked::SetRules(said) => acknowledged::<SetRules>(hosts::set_rules(parts, at, said).await),
        Asked::Allow(said) => acknowledged::<Allow>(hosts::allow(parts, at, said).await),
        Asked::MuteAll(said) => acknowledged::<MuteAll>(hosts::mute_all(parts, at, said).await),
        Asked::Spotlight(said) => acknowledged::<Spotlight>(hosts::spotlight(parts, at, said).await),
        Asked::Caption(said) => acknowledged::<Caption>(write::caption(parts, at, said).await),
        Asked::CaptionHistory(said) => acknowledged::<CaptionHistory>(write::history(parts, at, said).await),
        Asked::SetCaptioner(said) => acknowledged::<SetCaptioner>(write::set_captioner(parts, at, said).await),
        Asked::SetHost(said) => acknowledged::<SetHost>(hosts::set_host(parts, at, said).await),
        Asked::AskShare(said) => acknowledged::<AskShare>(hosts::ask_share(parts, at, said)),
        Asked::KeepShare(said) => acknowledged::<KeepShare>(hosts::keep_share(parts, at, said)),
        Asked::RaiseHand(said) => acknowledged::<RaiseHand>(hands::raise(parts, at, said).await),
        Asked::LowerHands(said) => acknowledged::<LowerHands>(hands::lower(parts, at, said).await),
        Asked::SetTimer(said) => acknowledged::<SetTimer>(hands::set_timer(parts, at, said).await),
        Asked::Admit(said) => acknowledged::<Admit>(waiting::admit(parts, at, said).await),
        Asked::TurnAway(said) => acknowledged::<TurnAway>(waiting::turn_away(parts, at, said).await),
        Asked::TellWaiting(said) => acknowledged::<TellWaiting>(waiting::tell(parts, at, said).await),
        Asked::PlanBreakouts(said) => acknowledged::<PlanBreakouts>(breaking::plan(parts, at, said).await),
        Asked::NameBreakout(said) => acknowledged::<NameBreakout>(breaking::name(parts, at, said).await),
        Asked::MoveTo(said) => acknowledged::<MoveTo>(breaking::move_to(parts, at, said).await),
        Asked::OpenBreakouts(said) => acknowledged::<OpenBreakouts>(breaking::open(parts, at, said).await),
        Asked::CloseBreakouts(said) => acknowledged::<CloseBreakouts>(breaking::close(parts, at, said).await),
        Asked::TellAll(said) => acknowledged::<TellAll>(breaking::tell_all(parts, at, said).await),
        Asked::CallHelp(said) => acknowledged::<CallHelp>(breaking::call_help(parts, at, said).await),
        Asked::Record(said) => acknowledged::<Record>(run::record(parts, at, said).await),
        Asked::AnswerConsent(said) => acknowledged::<AnswerConsent>(consent::answer(parts, at, said).await),
        // What concerns a seat's own sound and picture is heard by `messages`.
        _ => Err(Refusal::broken("a message that nobody hears")),
    }
}
