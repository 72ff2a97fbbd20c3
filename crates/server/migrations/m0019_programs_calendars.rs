//! Programs: addresses of private calendars.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let feeds = Table::create()
            .table("calendar_feeds")
            .col(uuid("id").primary_key())
            .col(uuid("user_id"))
            // All of the person's programs where none.
            .col(uuid_null("program_id"))
            // Of the secret in its address.
            .col(binary("hash").unique_key())
            // As whom it reads: an account's may show what its owner teaches, a join link's never.
            .col(string("scope"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            .foreign_key(ForeignKey::create().from("calendar_feeds", "user_id").to("users", "id"))
            .foreign_key(
                ForeignKey::create()
                    .from("calendar_feeds", "program_id")
                    .to("programs", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(feeds).await?;
        let by_user = Index::create().name("feeds_of_user").table("calendar_feeds").col("user_id").to_owned();
        manager.create_index(by_user).await
    }
}
