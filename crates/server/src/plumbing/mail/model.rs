//! The nouns: a mail and the state it is in.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kit::{At, MailId};

/// Where a mail is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = MailState)]
pub enum State {
    /// It will be tried, or there is nothing to send it with.
    Waiting,
    /// The other side took it.
    Sent,
    /// It was refused, or nobody took it for a day.
    Failed,
    /// There is nobody at this address.
    Bounced,
}

#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub address: String,
    pub name: String,
    pub locale: String,
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text")]
    pub html: String,
    pub secret: bool,
    pub state: State,
    pub attempts: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub created_at: At,
    pub give_up_at: At,
    pub good_until: Option<At>,
    pub sent_at: Option<At>,
}

/// Bodies may hold secrets: none of them is ever shown in a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("id", &self.id).field("kind", &self.kind).field("state", &self.state).finish()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
