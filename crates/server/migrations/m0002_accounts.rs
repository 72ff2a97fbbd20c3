//! Accounts: people, their refresh tokens, their personal join links.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A guest is a row without credentials; who was erased keeps the row, emptied of what names them.
        let users = Table::create()
            .table("users")
            .col(uuid("id").primary_key())
            .col(string("name"))
            .col(string_null("email"))
            .col(string_null("password_hash"))
            .col(string("role"))
            .col(string_null("pronouns"))
            .col(string_null("locale"))
            .col(string("time_zone"))
            .col(boolean("active").default(true))
            .col(boolean("guest").default(false))
            .col(integer("epoch").default(0))
            .col(text("search_text").default(""))
            .col(big_integer_null("erased_at"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .to_owned();
        manager.create_table(users).await?;
        manager
            .create_index(Index::create().name("users_email").table("users").col("email").unique().to_owned())
            .await?;
        let tokens = Table::create()
            .table("refresh_tokens")
            .col(uuid("id").primary_key())
            .col(uuid("family"))
            .col(uuid("user_id"))
            .col(binary("hash"))
            .col(string("scope"))
            .col(big_integer("issued_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("used_at"))
            .col(big_integer_null("ended_at"))
            .foreign_key(ForeignKey::create().from("refresh_tokens", "user_id").to("users", "id"))
            .to_owned();
        manager.create_table(tokens).await?;
        manager
            .create_index(
                Index::create().name("refresh_tokens_hash").table("refresh_tokens").col("hash").unique().to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("refresh_tokens_family").table("refresh_tokens").col("family").to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("refresh_tokens_user").table("refresh_tokens").col("user_id").to_owned())
            .await?;
        let links = Table::create()
            .table("join_links")
            .col(uuid("user_id").primary_key())
            .col(binary("hash"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            .foreign_key(ForeignKey::create().from("join_links", "user_id").to("users", "id"))
            .to_owned();
        manager.create_table(links).await?;
        manager
            .create_index(Index::create().name("join_links_hash").table("join_links").col("hash").unique().to_owned())
            .await
    }
}
