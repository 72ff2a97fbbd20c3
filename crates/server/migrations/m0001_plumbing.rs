//! Plumbing: outbox, durable pushes, jobs, and the one row that is the organisation.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outbox = Table::create()
            .table("outbox")
            .col(uuid("id").primary_key())
            .col(text("fact"))
            .col(big_integer("at"))
            .col(big_integer_null("heard_at"))
            .col(integer("attempts").default(0))
            .to_owned();
        manager.create_table(outbox).await?;
        manager
            .create_index(Index::create().name("outbox_waiting").table("outbox").col("heard_at").col("id").to_owned())
            .await?;
        let heads =
            Table::create().table("push_heads").col(string("channel").primary_key()).col(big_integer("seq")).to_owned();
        manager.create_table(heads).await?;
        let pushes = Table::create()
            .table("pushes")
            .col(string("channel"))
            .col(big_integer("seq"))
            .col(string("event"))
            .col(text("payload"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("channel").col("seq"))
            .to_owned();
        manager.create_table(pushes).await?;
        let jobs = Table::create()
            .table("jobs")
            .col(uuid("id").primary_key())
            .col(string("kind"))
            .col(string_null("unique_key").unique_key())
            .col(text("body"))
            .col(big_integer("run_at"))
            .col(big_integer_null("claimed_until"))
            .col(integer("attempts").default(0))
            .col(text_null("last_error"))
            .to_owned();
        manager.create_table(jobs).await?;
        manager.create_index(Index::create().name("jobs_due").table("jobs").col("run_at").to_owned()).await?;
        let organisation = Table::create()
            .table("organisation")
            .col(integer("id").primary_key())
            .col(string("name"))
            .col(binary_null("set_up_hash"))
            .col(big_integer_null("set_up_at"))
            .to_owned();
        manager.create_table(organisation).await
    }
}
