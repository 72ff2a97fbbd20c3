//! Documents: whiteboards and notes, which a class writes together.
//!
//! A document is a Yjs document. Pages send updates; the server reads each one strictly ([`inspect`]), writes it, joins
//! it to the document in memory and tells it to everybody who has the document open. All updates of a document together
//! are the document, so what stands in the rows is what everybody has. Each update's client ids belong to one person,
//! which is how a page knows whose stroke it is without believing anybody.

pub mod film;
pub mod http;
pub mod images;
pub mod index;
pub mod inspect;
pub mod keeper;
pub mod kept;
pub mod model;
pub mod paper;
pub mod policy;
pub mod reading;
pub mod shelf;
pub mod store;
pub mod wire;
pub mod write;

mod tell;
