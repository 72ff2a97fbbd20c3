//! The engine in a simulated network: real WebRTC peers, simulated time, one seed for a whole run.

mod net;
mod peer;
mod sharing;
mod world;
