//! Which documents there are: made, named, removed, shown to everybody.

use futures::FutureExt;
use sea_orm::IntoActiveModel;
use sea_orm::entity::prelude::*;

use super::model::{self, DocumentKind, Model};
use super::wire::{DocumentView, Documents, MakeDocument, NameDocument, RemoveDocument, ShowDocument};
use super::{policy as rules, store};
use crate::events::Fact;
use crate::kit::checks::Checks;
use crate::kit::{Answer, BreakoutId, DocumentId, Refusal, SessionId};
use crate::live::desk::{change, waiting};
use crate::live::moderate::host;
use crate::live::room::{Room, Seat};
use crate::live::sockets::Sitting;
use crate::live::talk::chat::seat_of;
use crate::live::{Live, pen_of, policy};
use crate::plumbing::messages::Nothing;
use crate::plumbing::{Parts, outbox};

/// The most documents of a class, those of its breakout rooms too.
const MOST: usize = 60;

/// A document as pages see it.
pub fn seen(row: &Model) -> DocumentView {
    DocumentView {
        id: row.id,
        kind: row.kind,
        title: row.title.clone(),
        breakout_id: row.breakout_id,
        made_by: row.maker.clone(),
        created_at: row.created_at,
    }
}

/// Whether this seat may look at documents: until the class begins hosts prepare them alone, and who was not let in
/// sees none.
pub fn may_look(room: &Room, seat: &Seat) -> bool {
    let stranger = seat.guest && waiting::must_wait(room, seat);
    !seat.waiting && !stranger && (room.class.is_live() || room.is_host(seat))
}

/// The same, with why not.
pub fn need_look(room: &Room, seat: &Seat) -> Answer<()> {
    match may_look(room, seat) {
        true => Ok(()),
        false => Err(policy::is_inside(room, seat).err().unwrap_or_else(rules::no_document)),
    }
}

/// Whether this seat may write in documents.
pub fn need_draw(room: &Room, seat: &Seat) -> Answer<()> {
    need_look(room, seat)?;
    if room.is_host(seat) || room.desk.lets_draw(seat.user) { Ok(()) } else { Err(rules::may_not_draw()) }
}

/// The documents of the room a seat is in.
pub fn view(room: &Room, seat: &Seat) -> Vec<DocumentView> {
    if !may_look(room, seat) {
        return Vec::new();
    }
    of_place(room, seat.breakout).map(seen).collect()
}

fn of_place(room: &Room, place: Option<BreakoutId>) -> impl Iterator<Item = &Model> {
    room.documents.iter().filter(move |row| row.breakout_id == place)
}

/// A document of the room a seat is in.
pub fn find<'a>(room: &'a Room, seat: &Seat, id: DocumentId) -> Answer<&'a Model> {
    need_look(room, seat)?;
    of_place(room, seat.breakout).find(|row| row.id == id).ok_or_else(rules::no_document)
}

pub async fn make(parts: &Parts, sitting: Sitting, said: MakeDocument) -> Answer<DocumentView> {
    let mut checks = Checks::new();
    let title = checks.text("title", &said.title, 1, 80);
    checks.finish()?;
    let pen = pen_of(parts, sitting)?;
    let _turn = pen.lock().await;
    let row = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        if let Some(known) = already(room, seat, &said)? {
            return Ok(seen(known));
        }
        need_draw(room, seat)?;
        if room.documents.len() >= MOST {
            return Err(rules::too_many_documents());
        }
        Model {
            id: said.id,
            session_id: sitting.session,
            program_id: room.class.program,
            breakout_id: seat.breakout,
            kind: said.kind,
            title,
            made_by: seat.user,
            maker: seat.name.to_string(),
            created_at: parts.clock.now(),
            removed_at: None,
        }
    };
    insert(parts, &row).await?;
    let view = seen(&row);
    let place = row.breakout_id;
    rearranged(parts, sitting.session, place, |documents| documents.push(row));
    Ok(view)
}

/// What is answered instead of making one: the first of its kind, the notes, or what was made by the same word before.
fn already<'a>(room: &'a Room, seat: &Seat, said: &MakeDocument) -> Answer<Option<&'a Model>> {
    need_look(room, seat)?;
    if let Some(same) = room.documents.iter().find(|row| row.id == said.id) {
        let is_own = same.made_by == seat.user && same.breakout_id == seat.breakout;
        return if is_own { Ok(Some(same)) } else { Err(rules::id_taken("id")) };
    }
    let one_is_enough = said.first || said.kind == DocumentKind::Notes;
    Ok(of_place(room, seat.breakout).find(|row| one_is_enough && row.kind == said.kind))
}

async fn insert(parts: &Parts, row: &Model) -> Answer<()> {
    let fact = &Fact::DocumentMade {
        document: row.id,
        session: row.session_id,
        program: row.program_id,
        by: row.made_by,
        at: row.created_at,
    };
    parts
        .db
        .write(|tx| {
            async move {
                if model::Entity::find_by_id(row.id).one(tx.conn()).await?.is_some() {
                    return Err(rules::id_taken("id"));
                }
                let row = row.clone().into_active_model().reset_all();
                model::Entity::insert(row).exec_without_returning(tx.conn()).await?;
                outbox::record(parts, tx, fact.clone()).await
            }
            .boxed()
        })
        .await
}

/// Changes what memory has and tells the room that it concerns.
fn rearranged(parts: &Parts, session: SessionId, place: Option<BreakoutId>, act: impl FnOnce(&mut Vec<Model>)) {
    let mut state = parts.memory.of::<Live>().state();
    let Some(room) = state.rooms.get_mut(&session) else { return };
    act(&mut room.documents);
    let documents = of_place(room, place).map(seen).collect();
    let here = room.sockets_of(|seat| seat.breakout == place && may_look(room, seat));
    state.voice.tell(here, Documents { documents });
}

/// Who made a document, and hosts.
pub async fn name(parts: &Parts, sitting: Sitting, said: NameDocument) -> Answer<DocumentView> {
    let mut checks = Checks::new();
    let title = checks.text("title", &said.title, 1, 80);
    checks.finish()?;
    let (row, is_own) = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        let row = find(room, seat, said.document_id)?;
        (row.clone(), row.made_by == seat.user && need_draw(room, seat).is_ok())
    };
    if !is_own {
        host(parts, sitting).await?;
    }
    let (id, named) = (row.id, title.as_str());
    parts.db.write(|tx| store::change(tx, id, Some(named), None).boxed()).await?;
    let view = DocumentView { title: title.clone(), ..seen(&row) };
    rearranged(parts, sitting.session, row.breakout_id, |documents| {
        documents.iter_mut().filter(|row| row.id == id).for_each(|row| row.title = title.clone());
    });
    Ok(view)
}

/// For everybody. What was written stays in the rows, and nobody sees it any more.
pub async fn remove(parts: &Parts, sitting: Sitting, said: RemoveDocument) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    let row = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        find(room, seat, said.document_id)?.clone()
    };
    let (id, now) = (row.id, parts.clock.now());
    change::desk(parts, sitting.session, &by.name, |desk| {
        desk.shown.take_if(|shown| *shown == id);
        Ok(Vec::new())
    })
    .await?;
    parts.db.write(|tx| store::change(tx, id, None, Some(now)).boxed()).await?;
    rearranged(parts, sitting.session, row.breakout_id, |documents| documents.retain(|row| row.id != id));
    Ok(Nothing {})
}

/// Brings a document of the main room onto everybody's stage.
pub async fn show(parts: &Parts, sitting: Sitting, said: ShowDocument) -> Answer<Nothing> {
    let by = host(parts, sitting).await?;
    if let Some(id) = said.document_id {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        need_look(room, seat)?;
        let known = of_place(room, None).any(|row| row.id == id);
        if !known {
            return Err(Refusal::not_found("board or notes in the main room"));
        }
    }
    change::desk(parts, sitting.session, &by.name, |desk| {
        desk.shown = said.document_id;
        Ok(Vec::new())
    })
    .await?;
    Ok(Nothing {})
}
