//! Boards in the replay: as they changed while the class was recorded, of what those put there who may be recorded.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sea_orm::ConnectionTrait;

use super::model::{self, Stage};
use super::replay::{self, Opened};
use super::willing::Willing;
use super::wire::{BoardFrame, BoardReplay, Chapter, ChapterKind};
use crate::accounts::Caller;
use crate::kit::{Answer, At, DocumentId, ImageId, RecordingId, Refusal, UserId};
use crate::live::documents::film::{self, Film, Scene};
use crate::live::documents::model::{DocumentKind, Model, update};
use crate::live::documents::{images, shelf, store};
use crate::live::talk::wire::Picture;
use crate::plumbing::Parts;

/// The boards of the main room that stand still.
pub async fn boards(conn: &impl ConnectionTrait, row: &model::Model) -> Answer<Vec<Model>> {
    let mut boards = store::of_session(conn, row.session_id).await?;
    let until = row.ended_at.unwrap_or(row.started_at);
    let shown = |board: &Model| board.kind == DocumentKind::Board && board.breakout_id.is_none();
    boards.retain(|board| shown(board) && board.created_at <= until);
    Ok(boards)
}

/// A board that was begun while it was recorded begins a chapter.
pub fn chapters(row: &model::Model, boards: &[Model]) -> Vec<Chapter> {
    let begun = boards.iter().filter(|board| board.created_at >= row.started_at);
    let chapter = |board: &Model| Chapter {
        at_ms: replay::after(row, board.created_at),
        kind: ChapterKind::Board,
        label: board.title.clone(),
    };
    begun.map(chapter).collect()
}

pub async fn play(parts: &Parts, caller: &Caller, id: RecordingId, board: DocumentId) -> Answer<BoardReplay> {
    let (opened, board) = need(parts, caller, id, board).await?;
    let conn = parts.db.read();
    let willing = Willing::read(conn, opened.program.id).await?;
    let writers = store::writers(conn, board.id).await?;
    let people: BTreeMap<u32, (UserId, String)> =
        writers.into_iter().map(|(client, row)| (client, (row.user_id, row.name))).collect();
    let updates = store::updates(conn, board.id).await?;
    let (row, hands) = (opened.row, people.clone());
    // A long day's board takes some tenths of a second.
    let film = tokio::task::spawn_blocking(move || filmed(&row, &updates, &hands, &willing));
    let film = film.await.map_err(Refusal::broken)?;
    let film = film.map_err(|flaw| Refusal::broken(format!("a board cannot be replayed: {flaw:?}")))?;
    let frame = |frame: &film::Frame| BoardFrame { at_ms: frame.at_ms, update: STANDARD.encode(&frame.update) };
    let name = |(id, client): (String, u32)| Some((id, people.get(&client)?.1.clone()));
    Ok(BoardReplay {
        document: shelf::seen(&board),
        frames: film.frames.iter().map(frame).collect(),
        makers: film.makers.into_iter().filter_map(name).collect(),
    })
}

fn filmed(
    row: &model::Model,
    updates: &[update::Model],
    hands: &BTreeMap<u32, (UserId, String)>,
    willing: &Willing,
) -> Result<Film, crate::live::documents::inspect::Flaw> {
    let until = row.ended_at.unwrap_or(row.started_at);
    let scenes = updates
        .iter()
        .filter(|update| update.at <= until)
        .map(|update| Scene { at_ms: (update.at.micros() - row.started_at.micros()) / 1000, update: &update.bytes });
    let moment = |at_ms: i64| At(row.started_at.micros() + at_ms * 1000);
    film::of(scenes, |client, at_ms| hands.get(&client).is_some_and(|(user, _)| willing.then(*user, moment(at_ms))))
}

/// A picture of a board in the replay: by the same rule.
pub async fn picture(
    parts: &Parts,
    caller: &Caller,
    id: RecordingId,
    (board, image): (DocumentId, ImageId),
) -> Answer<Picture> {
    let (opened, board) = need(parts, caller, id, board).await?;
    let willing = Willing::read(parts.db.read(), opened.program.id).await?;
    images::picture_by(parts, board.id, image, |user, at| willing.then(user, at)).await
}

async fn need(parts: &Parts, caller: &Caller, id: RecordingId, board: DocumentId) -> Answer<(Opened, Model)> {
    let opened = replay::open(parts, caller, id).await?;
    if opened.row.state != Stage::Ready {
        return Err(replay::not_ready(opened.row.state));
    }
    let boards = boards(parts.db.read(), &opened.row).await?;
    let board = boards.into_iter().find(|row| row.id == board).ok_or_else(|| Refusal::not_found("board"))?;
    Ok((opened, board))
}
