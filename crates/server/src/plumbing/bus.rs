//! The realtime bus: says things to the sockets of a channel, at most once. What must not be lost goes through `pushes`.

use std::sync::{Arc, OnceLock};

use serde::Serialize;
use socketioxide::SocketIo;

/// Speaks on the namespace `/`. A channel is a Socket.IO room: `user:<id>`, `program:<id>`, `staff:<id>`.
#[derive(Clone, Default)]
pub struct Bus {
    io: Arc<OnceLock<SocketIo>>,
}

impl Bus {
    pub fn attach(&self, io: SocketIo) {
        let _ = self.io.set(io);
    }

    pub fn io(&self) -> Option<&SocketIo> {
        self.io.get()
    }

    /// Tells everybody on `channel`, now, once. A lost message is repaired by the next snapshot.
    pub fn tell(&self, channel: String, event: &'static str, payload: impl Serialize + Send + Sync + 'static) {
        let Some(io) = self.io.get().cloned() else { return };
        tokio::spawn(async move {
            if let Some(namespace) = io.of("/")
                && let Err(error) = namespace.to(channel).emit(event, &payload).await
            {
                tracing::debug!(%error, event, "some sockets did not hear it");
            }
        });
    }
}
