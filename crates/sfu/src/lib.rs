//! The media engine: seats and tracks. It knows no people, no SQL, no HTTP and no clock.
//!
//! A [`Shard`] owns rooms, seats and connections and does no I/O of its own: bytes, commands and
//! time go in, bytes and events come out. [`driver`] alone has sockets and threads, one of each
//! per shard. A room lives on exactly one shard.
//!
//! The path of a packet: `shard` finds the connection (`demux`), the connection decrypts it
//! (`conn`, str0m in RTP mode), `ingress` names the track it belongs to, and `egress` hands it to
//! every `slot` that carries the track, each of which rewrites it (`rewrite`) into its own stream. The
//! viewer's `outlet` numbers and encrypts it (`line`, `srtp`) and hears what became of it (`rtcp`,
//! `estimate`); what leaves for one viewer at once is a `batch`.

mod allocate;
mod batch;
mod conn;
mod counters;
mod demux;
pub mod driver;
mod dtls;
mod egress;
mod estimate;
mod identity;
mod ingress;
#[doc(hidden)]
pub mod inside;
mod keys;
mod line;
mod model;
mod negotiate;
mod outlet;
mod packet;
mod panics;
mod publish;
mod pulse;
mod quality;
mod recent;
mod rewrite;
mod room;
mod rtcp;
mod sdp;
mod secrets;
mod shard;
mod slot;
mod speaker;
mod srtp;
mod subscribe;
mod tape;
mod timers;
mod track;
mod vp8;
mod whep;

pub use conn::Transmit;
pub use counters::Counters;
pub use driver::{Config, Media, start, start_taped};
pub use identity::Identity;
pub use model::{
    Closing, Direction, Event, Kind, Level, Refusal, RoomId, SeatId, SeatOptions, Slot, Source, Taped, TapedPacket,
    Track, Want,
};
pub use shard::{Command, Input, Output, Shard, ShardConfig};
pub use tape::red_frames;
