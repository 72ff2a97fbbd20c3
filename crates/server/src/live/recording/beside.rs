//! Work that takes long. Jobs stand in one line: it goes on beside them, and its job looks in.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::kit::{Answer, At, RecordingId, Refusal};
use crate::plumbing::jobs::Outcome;

const LOOK: Duration = Duration::from_millis(300);
const LOOK_AGAIN_SECONDS: i64 = 2;

/// What is done, and for which recording.
type Key = (&'static str, RecordingId);

#[derive(Default)]
pub struct Beside(Mutex<HashMap<Key, JoinHandle<Answer<()>>>>);

impl Beside {
    /// Begins the work, or looks whether it is done.
    pub async fn look_in(
        &self,
        key: Key,
        now: impl Fn() -> At,
        begin: impl FnOnce() -> JoinHandle<Answer<()>>,
    ) -> Answer<Outcome> {
        let begun = self.under_way().remove(&key);
        let mut work = begun.unwrap_or_else(begin);
        match tokio::time::timeout(LOOK, &mut work).await {
            Ok(done) => done.map_err(Refusal::broken)?.map(|()| Outcome::Done),
            Err(_) => {
                self.under_way().insert(key, work);
                Ok(Outcome::GoesOn(now().plus_seconds(LOOK_AGAIN_SECONDS)))
            }
        }
    }

    /// Held briefly, never over an await.
    fn under_way(&self) -> MutexGuard<'_, HashMap<Key, JoinHandle<Answer<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
