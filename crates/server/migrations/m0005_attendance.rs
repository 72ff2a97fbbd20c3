//! Attendance: the ledger of who was present, interval by interval. Nothing in it is clipped, joined or rounded.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let attendances = Table::create()
            .table("attendances")
            .col(uuid("id").primary_key())
            .col(uuid("session_id"))
            .col(uuid("user_id"))
            .col(uuid_null("seat_id"))
            .col(boolean("staff"))
            .col(big_integer("joined_at"))
            .col(big_integer_null("left_at"))
            .col(string("source"))
            .col(uuid_null("author_id"))
            .col(text_null("reason"))
            .col(big_integer("created_at"))
            .foreign_key(ForeignKey::create().from("attendances", "session_id").to("sessions", "id"))
            .foreign_key(ForeignKey::create().from("attendances", "user_id").to("users", "id"))
            .to_owned();
        manager.create_table(attendances).await?;
        manager
            .create_index(
                Index::create()
                    .name("attendances_of_session")
                    .table("attendances")
                    .col("session_id")
                    .col("user_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("attendances_of_user")
                    .table("attendances")
                    .col("user_id")
                    .col("joined_at")
                    .to_owned(),
            )
            .await
    }
}
