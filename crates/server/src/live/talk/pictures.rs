//! Pictures in the chat: read from a data URL, kept beside their message, given to who may read it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sea_orm::entity::prelude::*;

use super::chat::seat_of;
use super::model::{image, message};
use super::wire::{LookAt, Picture};
use super::{Reader, may_read};
use crate::kit::{Answer, Refusal};
use crate::live::sockets::Sitting;
use crate::live::{Live, policy};
use crate::plumbing::Parts;

/// The largest picture, in bytes.
const LARGEST: usize = 512 * 1024;

/// A picture that is one by its first bytes. Nothing that could carry a script is among the types.
pub struct Image {
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

pub fn read(url: &str) -> Answer<Image> {
    let data = url.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,")).map(|(_, data)| data);
    let data = data.ok_or_else(|| refused("unreadable", "Send the picture as a data URL."))?;
    if data.len() > LARGEST.div_ceil(3) * 4 {
        return Err(refused("too-large", "Use a picture of at most 512 KiB."));
    }
    let bytes = STANDARD.decode(data).map_err(|_| refused("unreadable", "Send the picture in base64."))?;
    let mime = type_of(&bytes).ok_or_else(|| refused("not-a-picture", "Use a PNG, JPEG, WebP or GIF picture."))?;
    Ok(Image { mime, bytes })
}

fn refused(code: &'static str, text: &str) -> Refusal {
    Refusal::field("image", code, text)
}

/// What the first bytes say, not what the sender says.
fn type_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// Whoever may read the message may look at its picture.
pub async fn look(parts: &Parts, sitting: Sitting, said: LookAt) -> Answer<Picture> {
    let reader = {
        let state = parts.memory.of::<Live>().state();
        let (room, seat) = seat_of(&state, sitting)?;
        policy::is_inside(room, seat)?;
        Reader { user: seat.user, host: room.is_host(seat), breakout: seat.breakout }
    };
    let missing = || Refusal::not_found("picture");
    let row = message::Entity::find_by_id(said.id).one(parts.db.read()).await?.ok_or_else(missing)?;
    if row.session_id != sitting.session || !may_read(&row, reader) {
        return Err(missing());
    }
    let image = image::Entity::find_by_id(said.id).one(parts.db.read()).await?.ok_or_else(missing)?;
    let mime = row.image.ok_or_else(missing)?;
    Ok(Picture { image: format!("data:{mime};base64,{}", STANDARD.encode(image.bytes)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_are_pictures() {
        let url = |bytes: &[u8]| format!("data:image/png;base64,{}", STANDARD.encode(bytes));
        let png = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0];
        assert_eq!(read(&url(&png)).unwrap().mime, "image/png");
        assert_eq!(read(&url(b"\xff\xd8\xff\xe0")).unwrap().mime, "image/jpeg", "whatever the sender calls it");
        for bad in [url(b"<svg onload=alert(1)>"), url(b""), "data:image/png;base64,***".into(), "http://x/".into()] {
            assert_eq!(read(&bad).err().unwrap().errors[0].field, "image", "{bad}");
        }
        let large = read(&url(&[0u8; LARGEST + 3])).err().unwrap();
        assert_eq!(large.errors[0].code, "too-large");
    }
}
