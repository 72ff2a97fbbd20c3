//! Access tokens: short-lived JWTs, signed with a key of their own. Also the tokens of seats, with another key and audience.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::Scope;
use crate::kit::{At, UserId};
use crate::plumbing::Parts;

/// How long an access token lives.
pub const SECONDS: i64 = 15 * 60;

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    aud: String,
    scope: Scope,
    /// The account's epoch when this was issued.
    epoch: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sign_in: Option<Uuid>,
    iat: i64,
    exp: i64,
}

/// What a valid access token says. Whether the account still stands is asked of the account.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub user: UserId,
    pub scope: Scope,
    pub epoch: i32,
    /// The family of refresh tokens that it came with; none where it came without.
    pub sign_in: Option<Uuid>,
    pub expires_at: At,
}

/// Why a token was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    Expired,
    Forged,
}

pub fn issue(parts: &Parts, user: UserId, scope: Scope, epoch: i32, sign_in: Option<Uuid>) -> String {
    let now = parts.clock.now().micros() / 1_000_000;
    let claims = Claims { sub: user, aud: "access".into(), scope, epoch, sign_in, iat: now, exp: now + SECONDS };
    sign(parts, "access-token", &claims)
}

pub fn read(parts: &Parts, token: &str) -> Result<Said, Doubt> {
    let claims: Claims = verify(parts, "access-token", "access", token)?;
    let expires_at = At(claims.exp * 1_000_000);
    if expires_at <= parts.clock.now() {
        return Err(Doubt::Expired);
    }
    let Claims { sub: user, scope, epoch, sign_in, .. } = claims;
    Ok(Said { user, scope, epoch, sign_in, expires_at })
}

/// Signs claims with the key of `purpose`; the key's name goes into the header.
pub fn sign(parts: &Parts, purpose: &str, claims: &impl Serialize) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(parts.keys.kid().to_string());
    let key = EncodingKey::from_secret(&parts.keys.derive(purpose));
    jsonwebtoken::encode(&header, claims, &key).expect("claims are plain JSON")
}

/// Believes only HS256, only our keys, only this audience. The caller looks at the expiry, by the house's clock.
pub fn verify<T: serde::de::DeserializeOwned>(
    parts: &Parts,
    purpose: &str,
    audience: &str,
    token: &str,
) -> Result<T, Doubt> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| Doubt::Forged)?;
    let key = header.kid.and_then(|kid| parts.keys.derive_by(&kid, purpose)).ok_or(Doubt::Forged)?;
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&[audience]);
    rules.set_required_spec_claims(&["aud", "sub"]);
    rules.validate_exp = false;
    let data = jsonwebtoken::decode::<T>(token, &DecodingKey::from_secret(&key), &rules);
    data.map(|d| d.claims).map_err(|_| Doubt::Forged)
}
