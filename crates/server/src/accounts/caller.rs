//! Who is calling: the extractor every guarded route begins with.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use axum::extract::{FromRef, FromRequestParts};
use axum::http::{HeaderMap, header, request};

use uuid::Uuid;

use super::access::{self, Doubt};
use super::model::{self, Role, Scope};
use super::store;
use crate::kit::{Answer, At, Refusal, UserId};
use crate::plumbing::Parts;

/// A signed-in person. Holding one is the permission to act as them.
#[derive(Clone, Debug)]
pub struct Caller {
    pub id: UserId,
    pub name: Arc<str>,
    /// What the sign-in allows them to be: a join link never makes staff.
    pub role: Role,
    pub scope: Scope,
    pub time_zone: chrono_tz::Tz,
    /// The sign-in that the token came from, if any did: [`super::refresh::stands`] says whether it still does.
    pub sign_in: Option<Uuid>,
    /// When the token they showed runs out.
    pub expires_at: At,
}

impl Caller {
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }
    pub fn may_teach(&self) -> bool {
        matches!(self.role, Role::Admin | Role::Instructor)
    }
    /// The permission to do what only admins do.
    pub fn admin(&self) -> Answer<Admin> {
        if self.is_admin() { Ok(Admin(())) } else { Err(Refusal::forbidden("Only an administrator may do that.")) }
    }
}

/// Proof that the caller is an admin.
#[derive(Clone, Copy, Debug)]
pub struct Admin(());

/// Finds the caller behind a token, or says why not.
pub async fn from_token(parts: &Parts, token: &str) -> Answer<Caller> {
    let said = access::read(parts, token).map_err(|doubt| match doubt {
        Doubt::Expired => expired(),
        Doubt::Forged => not_believed(),
    })?;
    standing(parts, said).await
}

/// Who a token speaks of, if their account still stands as it did when the token was given.
pub async fn standing(parts: &Parts, said: access::Said) -> Answer<Caller> {
    let account = parts.memory.of::<Accounts>().get(parts, said.user).await?.ok_or_else(not_believed)?;
    if !account.active || account.epoch != said.epoch {
        return Err(ended());
    }
    let role = if said.scope == Scope::Link { Role::Participant } else { account.role };
    let Account { name, time_zone, .. } = (*account).clone();
    let access::Said { user: id, scope, sign_in, expires_at, .. } = said;
    Ok(Caller { id, name, role, scope, time_zone, sign_in, expires_at })
}

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    Parts: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut request::Parts, state: &S) -> Answer<Caller> {
        let token = bearer(&request.headers).ok_or_else(Refusal::sign_in_first)?;
        from_token(&Parts::from_ref(state), token).await
    }
}

/// For pages that are public but show more to who is signed in. A token that is there must be right.
pub struct MaybeCaller(pub Option<Caller>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeCaller
where
    Parts: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut request::Parts, state: &S) -> Answer<MaybeCaller> {
        match bearer(&request.headers) {
            None => Ok(MaybeCaller(None)),
            Some(token) => from_token(&Parts::from_ref(state), token).await.map(|c| MaybeCaller(Some(c))),
        }
    }
}

/// Names the caller behind these headers, alike for all tokens of theirs that open the same; nothing for nobody.
pub async fn name_of(parts: &Parts, headers: &HeaderMap) -> Option<String> {
    let caller = from_token(parts, bearer(headers)?).await.ok()?;
    let scope = match caller.scope {
        Scope::Account => "account",
        Scope::Link => "link",
    };
    Some(format!("{}:{scope}", caller.id))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().unwrap_or("-");
    let (scheme, token) = value.split_once(' ').unwrap_or(("", ""));
    // A header of another kind is a wrong token, not no token.
    Some(if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" })
}

fn expired() -> Refusal {
    Refusal::new(401, "token-expired", "Signed out", "Your sign-in has run out. Sign in again.")
}

fn not_believed() -> Refusal {
    Refusal::new(401, "token-invalid", "Not signed in", "This sign-in is not valid. Sign in again.")
}

fn ended() -> Refusal {
    Refusal::new(401, "token-ended", "Signed out", "This sign-in was ended. Sign in again.")
}

/// What every request needs to know of an account.
#[derive(Clone, Debug)]
pub struct Account {
    pub name: Arc<str>,
    pub role: Role,
    pub active: bool,
    pub epoch: i32,
    pub time_zone: chrono_tz::Tz,
}

impl From<&model::Model> for Account {
    fn from(user: &model::Model) -> Account {
        Account {
            name: user.name.as_str().into(),
            role: user.role,
            active: user.active && user.erased_at.is_none(),
            epoch: user.epoch,
            time_zone: user.time_zone.parse().unwrap_or(chrono_tz::UTC),
        }
    }
}

/// Accounts kept in memory between requests. A change forgets its entry right after the commit.
#[derive(Clone, Default)]
pub struct Accounts {
    kept: Arc<RwLock<Kept>>,
}

#[derive(Default)]
struct Kept {
    /// Grows with every change, so that a read that began before a change is not kept after it.
    changes: u64,
    by_id: HashMap<UserId, (At, Arc<Account>)>,
}

/// With PostgreSQL another node may change an account: what is kept is believed this long.
const KEPT_SECONDS: i64 = 2;

fn is_fresh(parts: &Parts, at: At, now: At) -> bool {
    parts.db.is_sqlite() || now.seconds_since(at) < KEPT_SECONDS as f64
}

impl Accounts {
    pub async fn get(&self, parts: &Parts, id: UserId) -> Answer<Option<Arc<Account>>> {
        let now = parts.clock.now();
        let before = {
            let kept = self.kept.read().expect("no panic holds this lock");
            if let Some((at, account)) = kept.by_id.get(&id)
                && is_fresh(parts, *at, now)
            {
                return Ok(Some(account.clone()));
            }
            kept.changes
        };
        let Some(user) = store::find(parts.db.read(), id).await? else { return Ok(None) };
        let account = Arc::new(Account::from(&user));
        let mut kept = self.kept.write().expect("no panic holds this lock");
        if kept.changes == before {
            if kept.by_id.len() > 50_000 {
                kept.by_id.clear();
            }
            kept.by_id.insert(id, (now, account.clone()));
        }
        Ok(Some(account))
    }

    /// Many at once; those that are not kept are read by one query.
    pub async fn get_all(&self, parts: &Parts, mut ids: Vec<UserId>) -> Answer<HashMap<UserId, Arc<Account>>> {
        ids.sort_unstable();
        ids.dedup();
        let now = parts.clock.now();
        let mut found = HashMap::with_capacity(ids.len());
        let before = {
            let kept = self.kept.read().expect("no panic holds this lock");
            ids.retain(|id| match kept.by_id.get(id) {
                Some((at, account)) if is_fresh(parts, *at, now) => found.insert(*id, account.clone()).is_some(),
                _ => true,
            });
            kept.changes
        };
        if ids.is_empty() {
            return Ok(found);
        }
        let users = store::find_all(parts.db.read(), ids).await?;
        let mut kept = self.kept.write().expect("no panic holds this lock");
        for user in users {
            let account = Arc::new(Account::from(&user));
            if kept.changes == before {
                kept.by_id.insert(user.id, (now, account.clone()));
            }
            found.insert(user.id, account);
        }
        Ok(found)
    }

    /// Called after the commit of any change to this account.
    pub fn forget(&self, id: UserId) {
        let mut kept = self.kept.write().expect("no panic holds this lock");
        kept.changes += 1;
        kept.by_id.remove(&id);
    }
}
