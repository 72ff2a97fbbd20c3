//! The token of a seat. It stays valid over restarts: whether the seat still stands is asked of the seat.

use serde::{Deserialize, Serialize};

use crate::accounts::access::{self, Doubt};
use crate::kit::{At, SeatId, SessionId, UserId};
use crate::plumbing::Parts;

const PURPOSE: &str = "seat-token";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    #[serde(rename = "sub")]
    pub seat: SeatId,
    aud: String,
    pub session: SessionId,
    pub user: UserId,
    exp: i64,
}

/// How long after the planned end a seat's token is still believed.
const KEPT_SECONDS: i64 = 24 * 3600;

pub fn issue(parts: &Parts, seat: SeatId, session: SessionId, user: UserId, ends_at: At) -> String {
    // A class that runs over, or was started late, must not lose its seats.
    let until = ends_at.max(parts.clock.now()).plus_seconds(KEPT_SECONDS);
    let claims = Claims { seat, aud: "seat".into(), session, user, exp: until.micros() / 1_000_000 };
    access::sign(parts, PURPOSE, &claims)
}

pub fn read(parts: &Parts, token: &str) -> Result<Claims, Doubt> {
    let claims: Claims = access::verify(parts, PURPOSE, "seat", token)?;
    if At(claims.exp * 1_000_000) <= parts.clock.now() {
        return Err(Doubt::Expired);
    }
    Ok(claims)
}
