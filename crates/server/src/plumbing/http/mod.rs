//! HTTP manners: how requests are read, and how refusals go out as RFC 9457 problem documents.

mod extract;
pub mod keyed;
mod layers;
mod problem;
mod wording;

pub use extract::{Body, ClientAddress, Id, IfMatch, MaybeBody, NoBody, Params, read_payload, read_text};
pub use layers::{api_not_found, around, method_not_allowed};
pub use problem::{Problem, respond};
