//! The recorder: packets of the media engine become files, one WebM per source, without transcoding.
//!
//! The path of a packet: `deck` (a thread of its own) gives it to the assembler of its source (`frames`), which puts
//! packets in order and makes frames of them; `clock` says when each belongs on the one clock of the recording; `reel`
//! writes them in clusters of at most a second (`webm`, RFC 9559). A file is playable as far as it is written, whatever
//! happens. `finish` gives it its duration and its cues, in place and by reading only the heads of its clusters: after
//! the end and after a crash alike, in the same time for a minute and for hours.

mod clock;
mod deck;
mod finish;
mod frames;
mod reel;
pub mod webm;

pub use deck::{Deck, Failure, Limits, News, free_bytes, start};
pub use finish::{Finished, finish};
pub use frames::{Assembler, Frame};
pub use reel::Reel;
