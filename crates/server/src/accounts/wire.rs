//! What goes in and out of the accounts room.

use serde::{Deserialize, Serialize};

use super::model::{self, Role, Scope};
use crate::kit::checks::{given, value};
use crate::kit::{At, UserId};

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Compared without case.
    pub email: String,
    /// 10 to 200 characters.
    pub password: String,
    pub name: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    pub email: String,
    pub password: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    /// What stands behind the `#` of a personal join link.
    pub token: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    pub token: String,
    pub organisation: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub time_zone: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SignedIn {
    pub user: Me,
    /// A bearer token, good for `expires_in` seconds.
    pub access_token: String,
    pub token_type: &'static str,
    pub expires_in: i64,
}

/// The person who is signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Me {
    pub id: UserId,
    pub name: String,
    #[schema(required)]
    pub email: Option<String>,
    pub role: Role,
    #[schema(required)]
    pub pronouns: Option<String>,
    /// A BCP 47 tag, like `en-GB`.
    #[schema(required)]
    pub locale: Option<String>,
    /// An IANA name, like `Europe/London`.
    pub time_zone: String,
    pub active: bool,
    pub scope: Scope,
    pub created_at: At,
}

impl Me {
    pub fn of(user: model::Model, scope: Scope) -> Me {
        let role = if scope == Scope::Link { Role::Participant } else { user.role };
        let model::Model { id, name, email, pronouns, locale, time_zone, active, created_at, .. } = user;
        Me { id, name, email, role, pronouns, locale, time_zone, active, scope, created_at }
    }
}

/// A person, as an admin sees them.
#[derive(Serialize, utoipa::ToSchema)]
pub struct User {
    pub id: UserId,
    pub name: String,
    #[schema(required)]
    pub email: Option<String>,
    pub role: Role,
    #[schema(required)]
    pub pronouns: Option<String>,
    #[schema(required)]
    pub locale: Option<String>,
    pub time_zone: String,
    pub active: bool,
    pub has_join_link: bool,
    pub created_at: At,
}

impl User {
    pub fn of(user: model::Model, has_join_link: bool) -> User {
        let model::Model { id, name, email, role, pronouns, locale, time_zone, active, created_at, .. } = user;
        User { id, name, email, role, pronouns, locale, time_zone, active, has_join_link, created_at }
    }
}

/// What a person changes about themselves. A field left out stays; null empties it.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MePatch {
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub pronouns: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub locale: Option<Option<String>>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    /// Needed to change the password.
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub current_password: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub new_password: Option<String>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    pub name: String,
    pub email: Option<String>,
    /// `participant` when not said.
    pub role: Option<Role>,
    /// Without one the person comes by a personal join link.
    pub password: Option<String>,
    pub time_zone: Option<String>,
}

#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UserPatch {
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub role: Option<Role>,
    #[serde(deserialize_with = "value")]
    #[schema(nullable = false)]
    pub active: Option<bool>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct UsersQuery {
    /// Words of the name or address.
    pub q: Option<String>,
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// A new personal join link. It is shown this once; only its hash is kept.
#[derive(Serialize, utoipa::ToSchema)]
pub struct JoinLink {
    pub url: String,
    pub created_at: At,
}
