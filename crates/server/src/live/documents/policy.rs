//! Why something is not done to a document, in sentences.

use super::inspect::Flaw;
use crate::kit::Refusal;

pub fn may_not_draw() -> Refusal {
    let text = "Only the hosts draw and write for now. Ask them to let you.";
    Refusal::new(403, "may-not-draw", "Only the hosts draw now", text)
}

pub fn no_document() -> Refusal {
    Refusal::not_found("board or notes in this room")
}

pub fn too_many_documents() -> Refusal {
    Refusal::conflict("too-many-documents", "This class has as many boards as it can have. Remove one first.")
}

pub fn id_taken(field: &str) -> Refusal {
    Refusal::field(field, "taken", "Give each board and each picture an id of its own.")
}

pub fn update_too_large() -> Refusal {
    Refusal::field("update", "too-large", "Write at most 256 KiB at once.")
}

pub fn document_full() -> Refusal {
    let text = "This is full: there is no room for more in it. Make another one, or delete something.";
    Refusal::new(409, "document-full", "There is no room for more", text)
}

pub fn images_full() -> Refusal {
    let text = "This board has as many pictures as it can have. Make another board for more.";
    Refusal::new(409, "document-full", "There is no room for more", text)
}

pub fn not_your_hand() -> Refusal {
    let text = "This Yjs client id belongs to somebody else. Make a new document on the page.";
    Refusal::field("update", "not-yours", text)
}

/// What is wrong with an update.
pub fn flawed(flaw: Flaw) -> Refusal {
    match flaw {
        Flaw::Unreadable => Refusal::field("update", "unreadable", "Send a Yjs update, version 1, in base64."),
        Flaw::Foreign => {
            let text = "There is something in it that a document of this kind does not have.";
            Refusal::field("update", "foreign", text)
        }
        Flaw::Deep => Refusal::field("update", "too-deep", "Things are nested too deeply in it."),
        Flaw::Ahead => {
            let text = "It builds on something that was never written here. Open the document again.";
            Refusal::conflict("out-of-step", text)
        }
        Flaw::Broken => Refusal::field("update", "unreadable", "This could not be joined to the document."),
    }
}

/// What is wrong with what a page says it has.
pub fn flawed_state(flaw: Flaw) -> Refusal {
    match flaw {
        Flaw::Broken => Refusal::broken("a document cannot be encoded"),
        _ => Refusal::field("state", "unreadable", "Send a Yjs state vector in base64."),
    }
}
