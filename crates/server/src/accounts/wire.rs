//! What goes in and out of the accounts room.

use serde::{Deserialize, Serialize};

use super::model::{self, Role, Scope};
use crate::kit::checks::{given, value};
use crate::kit::{At, MailId, UserId};
use crate::plumbing::mail;

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

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forgot {
    /// Compared without case.
    pub email: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// What stands behind the `#` of the link in the mail.
    pub token: String,
    /// 10 to 200 characters.
    pub password: String,
}

/// A mail, without its text.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Mail {
    pub id: MailId,
    pub to: String,
    pub name: String,
    /// Which letter it is, like `password-reset`.
    pub kind: String,
    /// The language it is written in.
    pub locale: String,
    pub subject: String,
    pub state: mail::State,
    pub attempts: i32,
    /// Why the last try did not bring it there.
    #[schema(required)]
    pub last_error: Option<String>,
    pub created_at: At,
    #[schema(required)]
    pub sent_at: Option<At>,
}

impl Mail {
    pub fn of(mail: mail::model::Model) -> Mail {
        let mail::model::Model { id, address: to, name, kind, locale, subject, state, .. } = mail;
        let mail::model::Model { attempts, last_error, created_at, sent_at, .. } = mail;
        Mail { id, to, name, kind, locale, subject, state, attempts, last_error, created_at, sent_at }
    }
}

/// A mail with its text.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MailText {
    #[serde(flatten)]
    pub mail: Mail,
    /// Null where it is not for you to read: it holds a link that opens somebody's account, and that is sent to them.
    #[schema(required)]
    pub text: Option<String>,
    /// Whether it holds such a link.
    pub secret: bool,
}

/// Mails, and whether there is anything to send them with.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Outbox {
    pub items: Vec<Mail>,
    #[schema(required)]
    pub next: Option<String>,
    /// Without a way out (`smtp_url` or `sendgrid_api_key`) mails wait.
    pub delivers: bool,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MailsQuery {
    /// Only those in this state.
    pub state: Option<mail::State>,
    /// How many, 1 to 100; 20 when not said.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}
