//! The engine in a simulated network: real WebRTC peers, simulated time, one seed for a whole run.

mod dtls;
mod hostile;
mod layers;
mod net;
mod outgoing;
mod peer;
mod poor_lines;
mod refusals;
mod seeds;
mod sharing;
mod speaking;
mod taping;
mod trouble;
mod whep;
mod world;
