//! Pictures on boards: kept beside the board, given to who may look at it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::FutureExt;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QuerySelect};

use super::model::{DocumentKind, image};
use super::wire::{AddImage, DocumentImage};
use super::{policy, shelf, write};
use crate::kit::{Answer, At, DocumentId, ImageId, Refusal, UserId};
use crate::live::sockets::Sitting;
use crate::live::talk::chat::seat_of;
use crate::live::talk::pictures;
use crate::live::talk::wire::Picture;
use crate::live::{Live, policy as room_policy};
use crate::plumbing::Parts;
use crate::plumbing::messages::Nothing;

/// The most pictures of one board: some papers of many pages.
const MOST: u64 = 200;
/// A picture that unpacks to more pixels in a line or a row is refused.
const WIDEST: usize = 4096;

pub async fn add(parts: &Parts, sitting: Sitting, said: AddImage) -> Answer<Nothing> {
    let picture = pictures::read(&said.image)?;
    measure(&picture.bytes)?;
    let (document, user) = {
        let now = parts.clock.now();
        let mut state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        let row = shelf::find(room, seat, said.document_id)?;
        shelf::need_draw(room, seat)?;
        if row.kind != DocumentKind::Board {
            return Err(policy::no_document());
        }
        let (id, user) = (row.id, seat.user);
        let room = state.rooms.get_mut(&sitting.session).ok_or_else(room_policy::seat_gone)?;
        if !room.takes_board_picture(user, now) {
            return Err(room_policy::too_many_pictures());
        }
        (id, user)
    };
    let row = &image::Model {
        id: said.id,
        document_id: document,
        mime: picture.mime.to_string(),
        bytes: picture.bytes,
        added_by: user,
        added_at: parts.clock.now(),
    };
    parts
        .db
        .write(|tx| {
            async move {
                if let Some(known) = image::Entity::find_by_id(row.id).one(tx.conn()).await? {
                    let same = known.document_id == row.document_id && known.added_by == row.added_by;
                    return if same { Ok(()) } else { Err(policy::id_taken("id")) };
                }
                let count = image::Entity::find().filter(image::Column::DocumentId.eq(row.document_id));
                if count.count(tx.conn()).await? >= MOST {
                    return Err(policy::images_full());
                }
                let row = row.clone().into_active_model().reset_all();
                image::Entity::insert(row).exec_without_returning(tx.conn()).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    Ok(Nothing {})
}

/// Its size is read from its head: nothing is unpacked here.
fn measure(bytes: &[u8]) -> Answer<()> {
    let refused = |code, text: &str| Refusal::field("image", code, text);
    let size = imagesize::blob_size(bytes);
    let size = size.map_err(|_| refused("not-a-picture", "Use a PNG, JPEG, WebP or GIF picture."))?;
    if size.width.max(size.height) > WIDEST {
        return Err(refused("too-large", "Use a picture of at most 4096 by 4096 pixels."));
    }
    Ok(())
}

pub async fn look(parts: &Parts, sitting: Sitting, said: DocumentImage) -> Answer<Picture> {
    let row = write::need(parts, sitting, said.document_id)?;
    picture(parts, row.id, said.id).await
}

/// As a data URL.
pub async fn picture(parts: &Parts, document: DocumentId, id: ImageId) -> Answer<Picture> {
    picture_by(parts, document, id, |_, _| true).await
}

/// A picture, where it was added by somebody of whom it is shown.
pub async fn picture_by(
    parts: &Parts,
    document: DocumentId,
    id: ImageId,
    shows: impl Fn(UserId, At) -> bool,
) -> Answer<Picture> {
    let rows = image::Entity::find_by_id(id).filter(image::Column::DocumentId.eq(document)).limit(1);
    let row = rows.one(parts.db.read()).await?.filter(|row| shows(row.added_by, row.added_at));
    let row = row.ok_or_else(|| Refusal::not_found("picture"))?;
    Ok(Picture { image: format!("data:{};base64,{}", row.mime, STANDARD.encode(row.bytes)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_unpacks_to_very_much_is_refused() {
        let png = |width: u32, height: u32| {
            let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R'];
            bytes.extend(width.to_be_bytes());
            bytes.extend(height.to_be_bytes());
            bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
            bytes
        };
        assert!(measure(&png(4096, 4096)).is_ok());
        assert_eq!(measure(&png(30_000, 30_000)).unwrap_err().errors[0].code, "too-large");
        assert_eq!(measure(b"\xff\xd8\xff").unwrap_err().errors[0].code, "not-a-picture");
    }
}
