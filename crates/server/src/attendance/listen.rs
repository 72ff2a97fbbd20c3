//! What this room hears: seats taken and left become intervals. Hearing a fact twice, or the two the wrong way round,
//! leaves the same row.

use super::store::{self, Left, Taken};
use super::wire::AttendanceNotice;
use crate::events::Fact;
use crate::kit::{Answer, ProgramId, SessionId};
use crate::plumbing::Parts;
use crate::plumbing::db::Tx;

pub async fn hear(parts: &Parts, tx: &Tx<'_>, fact: &Fact) -> Answer<()> {
    match *fact {
        Fact::SeatTaken { seat, entry, session, program, user, staff, at } => {
            store::taken(parts, tx, Taken { seat, entry, session, user, staff, at }).await?;
            tell(parts, tx, session, program);
        }
        Fact::SeatLeft { seat, entry, session, program, user, at, .. } => {
            store::left(parts, tx, Left { seat, entry, session, user, at }).await?;
            tell(parts, tx, session, program);
        }
        _ => {}
    }
    Ok(())
}

/// Tells the program's staff that who came to this session has changed. A page that misses it asks again anyway.
fn tell(parts: &Parts, tx: &Tx<'_>, session: SessionId, program: ProgramId) {
    let bus = parts.bus.clone();
    tx.after_commit(move || {
        bus.tell(format!("staff:{program}"), "attendance", AttendanceNotice { session_id: session })
    });
}
