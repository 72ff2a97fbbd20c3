//! Plumbing: first answers by the key that their callers sent, so that a request sent again acts once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let answers = Table::create()
            .table("first_answers")
            .col(string("caller"))
            .col(string("key"))
            .col(string("request"))
            .col(uuid("claim"))
            .col(big_integer("claimed_until"))
            .col(boolean("acted"))
            .col(text_null("answer"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("caller").col("key"))
            .to_owned();
        manager.create_table(answers).await?;
        manager
            .create_index(
                Index::create().name("first_answers_by_age").table("first_answers").col("created_at").to_owned(),
            )
            .await
    }
}
