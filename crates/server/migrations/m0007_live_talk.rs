//! Live: what is said and asked in a class, and how its hosts have arranged it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        chat(manager).await?;
        polls(manager).await?;
        questions(manager).await?;
        // Rules, hands, timer, breakouts: one small document per class, written whole.
        let desks = Table::create()
            .table("desks")
            .col(uuid("session_id").primary_key())
            .col(text("arranged"))
            .col(big_integer("changed_at"))
            .foreign_key(ForeignKey::create().from("desks", "session_id").to("sessions", "id"))
            .to_owned();
        manager.create_table(desks).await
    }
}

async fn chat(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let messages = Table::create()
        .table("messages")
        .col(uuid("id").primary_key())
        .col(uuid("session_id"))
        // The place in the conversation, and the number of the last change: one row of numbers per class.
        .col(big_integer("seq"))
        .col(big_integer("rev"))
        .col(uuid("user_id"))
        .col(string("name"))
        .col(boolean("staff"))
        .col(string("audience"))
        .col(uuid_null("breakout_id"))
        .col(text("text"))
        // The type of its picture.
        .col(string_null("image"))
        .col(big_integer("said_at"))
        .col(big_integer_null("edited_at"))
        .col(big_integer_null("removed_at"))
        .col(uuid_null("removed_by"))
        .foreign_key(ForeignKey::create().from("messages", "session_id").to("sessions", "id"))
        .foreign_key(ForeignKey::create().from("messages", "user_id").to("users", "id"))
        .to_owned();
    manager.create_table(messages).await?;
    let in_order =
        Index::create().name("messages_in_order").table("messages").col("session_id").col("seq").unique().to_owned();
    manager.create_index(in_order).await?;
    let changes = Index::create().name("messages_changed").table("messages").col("session_id").col("rev").to_owned();
    manager.create_index(changes).await?;
    let pictures = Table::create()
        .table("message_images")
        .col(uuid("message_id").primary_key())
        .col(blob("bytes"))
        .foreign_key(ForeignKey::create().from("message_images", "message_id").to("messages", "id"))
        .to_owned();
    manager.create_table(pictures).await?;
    // What a message said before it was edited or removed.
    let edits = Table::create()
        .table("message_edits")
        .col(uuid("message_id"))
        .col(big_integer("rev"))
        .col(text("text"))
        .col(uuid("changed_by"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("message_id").col("rev"))
        .foreign_key(ForeignKey::create().from("message_edits", "message_id").to("messages", "id"))
        .to_owned();
    manager.create_table(edits).await
}

async fn polls(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let polls = Table::create()
        .table("polls")
        .col(uuid("id").primary_key())
        .col(uuid("session_id"))
        .col(uuid("made_by"))
        .col(text("question"))
        .col(string("kind"))
        .col(text("options"))
        .col(boolean("anonymous"))
        .col(string("state"))
        .col(boolean("shown"))
        .col(big_integer("made_at"))
        .col(big_integer_null("opened_at"))
        .col(big_integer_null("closed_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(ForeignKey::create().from("polls", "session_id").to("sessions", "id"))
        .to_owned();
    manager.create_table(polls).await?;
    let of = Index::create().name("polls_of_session").table("polls").col("session_id").to_owned();
    manager.create_index(of).await?;
    // An anonymous answer has no person: `voter` is a keyed hash, so that each person answers once.
    let answers = Table::create()
        .table("poll_answers")
        .col(uuid("poll_id"))
        .col(string("voter"))
        .col(uuid_null("user_id"))
        .col(text("choices"))
        .col(text("text"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("poll_id").col("voter"))
        .foreign_key(ForeignKey::create().from("poll_answers", "poll_id").to("polls", "id"))
        .to_owned();
    manager.create_table(answers).await
}

async fn questions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let questions = Table::create()
        .table("questions")
        .col(uuid("id").primary_key())
        .col(uuid("session_id"))
        .col(uuid("user_id"))
        .col(string("name"))
        .col(text("text"))
        .col(big_integer("asked_at"))
        .col(text_null("answer"))
        .col(big_integer_null("answered_at"))
        .col(uuid_null("answered_by"))
        .col(big_integer_null("removed_at"))
        .foreign_key(ForeignKey::create().from("questions", "session_id").to("sessions", "id"))
        .foreign_key(ForeignKey::create().from("questions", "user_id").to("users", "id"))
        .to_owned();
    manager.create_table(questions).await?;
    let of = Index::create().name("questions_of_session").table("questions").col("session_id").to_owned();
    manager.create_index(of).await?;
    let votes = Table::create()
        .table("question_votes")
        .col(uuid("question_id"))
        .col(uuid("user_id"))
        .primary_key(Index::create().col("question_id").col("user_id"))
        .foreign_key(ForeignKey::create().from("question_votes", "question_id").to("questions", "id"))
        .to_owned();
    manager.create_table(votes).await
}
