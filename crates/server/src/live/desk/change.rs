//! The one door to a desk: the row, then memory, then what follows.

use std::sync::Arc;

use futures::FutureExt;

use super::{Desk, effects, store};
use crate::events::Fact;
use crate::kit::{Answer, SessionId};
use crate::live::{Live, policy};
use crate::plumbing::{Parts, outbox};

/// One who writes at a time per class, so that no change is made on what another one replaces.
pub type Pen = Arc<tokio::sync::Mutex<()>>;

/// Changes the desk of a class; `by` is the name of who does. `act` may refuse, and answers the facts to announce.
pub async fn desk(
    parts: &Parts,
    session: SessionId,
    by: &str,
    act: impl FnOnce(&mut Desk) -> Answer<Vec<Fact>>,
) -> Answer<()> {
    let live = parts.memory.of::<Live>();
    let pen = {
        let state = live.state();
        state.rooms.get(&session).map(|room| room.pen.clone()).ok_or_else(policy::seat_gone)?
    };
    let _turn = pen.lock().await;
    let before = live.state().rooms.get(&session).map(|room| room.desk.clone()).ok_or_else(policy::seat_gone)?;
    let mut after = before.clone();
    let facts = act(&mut after)?;
    if after == before {
        return Ok(());
    }
    let now = parts.clock.now();
    let (desk, facts) = (&after, &facts);
    parts
        .db
        .write(|tx| {
            async move {
                store::put(tx, session, desk, now).await?;
                for fact in facts {
                    outbox::record(parts, tx, fact.clone()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    effects::follow(&mut live.state(), session, &before, after, by, now);
    Ok(())
}
