//! Short-lived TURN credentials, by the shared-secret scheme of coturn's `use-auth-secret`.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::kit::{At, UserId};

/// How long a credential opens the TURN server: longer than any class.
const SECONDS: i64 = 12 * 3600;

/// A server for ICE, as `RTCPeerConnection` takes it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct IceServer {
    pub urls: String,
    pub username: String,
    pub credential: String,
}

/// A TURN server and the secret it shares with us.
#[derive(Clone)]
pub struct Turn {
    pub url: String,
    pub secret: String,
}

pub fn servers(turn: Option<&Turn>, user: UserId, now: At) -> Vec<IceServer> {
    let Some(turn) = turn else { return Vec::new() };
    let username = format!("{}:{user}", now.plus_seconds(SECONDS).micros() / 1_000_000);
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, turn.secret.as_bytes());
    let credential = STANDARD.encode(hmac::sign(&key, username.as_bytes()));
    vec![IceServer { urls: turn.url.clone(), username, credential }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_what_coturn_computes() {
        let turn = Turn { url: "turn:turn.example.org:3478".into(), secret: "north".into() };
        let user = UserId(uuid::Uuid::nil());
        let now = At(1_700_000_000 * 1_000_000 - SECONDS * 1_000_000);
        let servers = servers(Some(&turn), user, now);
        assert_eq!(servers[0].username, format!("1700000000:{}", uuid::Uuid::nil()));
        assert_eq!(servers[0].credential, "WLicnZche6KJWOPqFFjtz/SZGys=");
        assert!(super::servers(None, user, now).is_empty());
    }
}
