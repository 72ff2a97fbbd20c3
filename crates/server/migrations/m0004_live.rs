//! Live: seats. Where a seat lives (node, shard) is written in its row.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seats = Table::create()
            .table("seats")
            .col(uuid("id").primary_key())
            .col(uuid("session_id"))
            .col(uuid("user_id"))
            .col(string("kind"))
            .col(boolean("staff"))
            .col(string("node"))
            .col(integer("shard"))
            .col(uuid_null("entry"))
            .col(big_integer_null("present_since"))
            .col(big_integer_null("last_seen"))
            .col(big_integer("opened_at"))
            .col(big_integer_null("closed_at"))
            .col(string_null("closed_because"))
            .foreign_key(ForeignKey::create().from("seats", "session_id").to("sessions", "id"))
            .foreign_key(ForeignKey::create().from("seats", "user_id").to("users", "id"))
            .to_owned();
        manager.create_table(seats).await?;
        manager
            .create_index(
                Index::create().name("seats_of_session").table("seats").col("session_id").col("user_id").to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("seats_open").table("seats").col("closed_at").to_owned()).await?;
        // Who was removed from a class does not come back into it.
        let removals = Table::create()
            .table("removals")
            .col(uuid("session_id"))
            .col(uuid("user_id"))
            .col(uuid("removed_by"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("session_id").col("user_id"))
            .to_owned();
        manager.create_table(removals).await
    }
}
