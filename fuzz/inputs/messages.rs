//! What pages say on their sockets: an event's name in the first line, its payload as JSON behind it.

use server::live::protocol::{Asked, NoticeAsked};

pub fn take(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (event, payload) = text.split_once('\n').unwrap_or((&text, ""));
    let Ok(payload) = serde_json::from_str::<serde_json::Value>(payload) else { return };
    let _ = Asked::read(event, payload.clone());
    let _ = NoticeAsked::read(event, payload);
}
