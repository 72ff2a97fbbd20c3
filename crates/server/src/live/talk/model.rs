//! The rows of what is said and asked in a class.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A closed set of words: a text column, a JSON string.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $word:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
                 utoipa::ToSchema)]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$about])* $word),+ }
    };
}

words!(
    /// Who may read a message.
    Audience {
        #[default]
        Everyone,
        /// Those who lead, and who wrote it.
        Hosts,
    }
);
words!(
    /// How a poll is answered.
    PollKind {
        #[default]
        Single,
        Multiple,
        /// A number from 1 to 5.
        Rating,
        Text,
    }
);
words!(
    /// How far a poll is.
    PollState {
        #[default]
        Draft,
        Open,
        Closed,
    }
);

/// A message of the chat.
pub mod message {
    use super::Audience;
    use crate::kit::{At, BreakoutId, MessageId, SessionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MessageId,
        pub session_id: SessionId,
        /// Its place in the conversation.
        pub seq: i64,
        /// The number of its last change.
        pub rev: i64,
        pub user_id: UserId,
        /// As it was when it was said.
        pub name: String,
        pub staff: bool,
        pub audience: Audience,
        pub breakout_id: Option<BreakoutId>,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        /// The type of its picture, like `image/webp`.
        pub image: Option<String>,
        pub said_at: At,
        pub edited_at: Option<At>,
        pub removed_at: Option<At>,
        pub removed_by: Option<UserId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The picture of a message.
pub mod image {
    use crate::kit::MessageId;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_images")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub message_id: MessageId,
        pub bytes: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a message said before a change.
pub mod edit {
    use crate::kit::{At, MessageId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_edits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub message_id: MessageId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub rev: i64,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub changed_by: UserId,
        pub at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod poll {
    use super::{PollKind, PollState};
    use crate::kit::{At, PollId, SessionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "polls")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PollId,
        pub session_id: SessionId,
        pub made_by: UserId,
        #[sea_orm(column_type = "Text")]
        pub question: String,
        pub kind: PollKind,
        /// A JSON list.
        #[sea_orm(column_type = "Text")]
        pub options: String,
        pub anonymous: bool,
        pub state: PollState,
        pub shown: bool,
        pub made_at: At,
        pub opened_at: Option<At>,
        pub closed_at: Option<At>,
        pub removed_at: Option<At>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One person's answer to a poll.
pub mod answer {
    use crate::kit::{At, PollId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub poll_id: PollId,
        /// A keyed hash of poll and person.
        #[sea_orm(primary_key, auto_increment = false)]
        pub voter: String,
        /// None where the poll is anonymous.
        pub user_id: Option<UserId>,
        /// A JSON list of numbers.
        #[sea_orm(column_type = "Text")]
        pub choices: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod question {
    use crate::kit::{At, QuestionId, SessionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "questions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuestionId,
        pub session_id: SessionId,
        pub user_id: UserId,
        /// As it was when it was asked.
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub asked_at: At,
        #[sea_orm(column_type = "Text", nullable)]
        pub answer: Option<String>,
        pub answered_at: Option<At>,
        pub answered_by: Option<UserId>,
        pub removed_at: Option<At>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who wants to know a question too.
pub mod vote {
    use crate::kit::{QuestionId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_votes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_id: QuestionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
