//! Recording a class: what those who said yes send, one file per source, without transcoding.
//!
//! A recording is a row, a folder and an entry of the desk. The desk says that it runs, so everybody in the room sees
//! it; the engine gives the packets of those who may be recorded to the recorder's thread (`tape`). At its end, and at
//! the next start after a crash, `wrap_up` finishes the files and makes rows of them; where an S3 server is set up,
//! `shelving` then brings them there. What is not in files (chat,
//! polls) is read from its rows when somebody watches: what was taken back stays taken back.

pub mod beside;
pub mod boards;
pub mod consent;
pub mod ending;
pub mod http;
mod left_out;
pub mod model;
pub mod replay;
pub mod retention;
pub mod run;
pub mod shelf;
pub mod shelving;
pub mod store;
pub mod video;
pub mod watching;
pub mod willing;
pub mod wire;
pub mod wrap_up;

use std::path::PathBuf;

use tokio::sync::mpsc;

use crate::kit::RecordingId;

/// Settings of recordings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where they are kept, a folder each.
    pub folder: PathBuf,
    /// The most bytes one may have.
    pub most_bytes: u64,
    /// So many bytes of the disk are left free for everything else.
    pub reserve: u64,
    /// Where finished ones go; without it they stay in the folder.
    pub s3: Option<shelf::S3>,
    /// Makes one video of a recording; without it the one on the `PATH` does.
    pub ffmpeg: Option<PathBuf>,
}

pub type News = mpsc::UnboundedReceiver<tape::News>;

/// The recorder.
pub struct Recorder {
    pub deck: tape::Deck,
    pub settings: Settings,
    pub shelf: Option<shelf::Shelf>,
    pub beside: beside::Beside,
    /// One video is made at a time.
    pub turn: tokio::sync::Semaphore,
    /// Two at once must not finish the same files.
    finishing: tokio::sync::Mutex<()>,
    left_out: std::sync::Mutex<left_out::LeftOut>,
}

impl Recorder {
    pub fn start(settings: Settings) -> std::io::Result<(Recorder, News)> {
        let (sender, news) = mpsc::unbounded_channel();
        let deck = tape::start(move |told| drop(sender.send(told)))?;
        let shelf = settings.s3.clone().map(shelf::Shelf::new).transpose()?;
        let (beside, turn) = (Default::default(), tokio::sync::Semaphore::new(1));
        let (finishing, left_out) = Default::default();
        Ok((Recorder { deck, settings, shelf, beside, turn, finishing, left_out }, news))
    }

    pub fn folder_of(&self, id: RecordingId) -> PathBuf {
        self.settings.folder.join(id.to_string())
    }
}
