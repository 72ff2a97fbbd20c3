//! Plumbing: mails that wait or were sent; accounts: the one-time links in them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mails = Table::create()
            .table("mails")
            .col(uuid("id").primary_key())
            .col(string("address"))
            .col(string("name"))
            .col(string("locale"))
            .col(string("kind"))
            .col(text("subject"))
            // Sealed where `secret` is true; empty once such a mail was sent.
            .col(text("text"))
            .col(text("html"))
            .col(boolean("secret"))
            .col(string("state"))
            .col(integer("attempts").default(0))
            .col(text_null("last_error"))
            .col(big_integer("created_at"))
            .col(big_integer("give_up_at"))
            .col(big_integer_null("good_until"))
            .col(big_integer_null("sent_at"))
            .to_owned();
        manager.create_table(mails).await?;
        manager
            .create_index(Index::create().name("mails_state").table("mails").col("state").col("id").to_owned())
            .await?;
        let links = Table::create()
            .table("mail_links")
            .col(uuid("id").primary_key())
            .col(uuid("user_id"))
            .col(string("purpose"))
            .col(binary("hash"))
            // The address that the link proves, where it proves one.
            .col(string_null("address"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(ForeignKey::create().from("mail_links", "user_id").to("users", "id"))
            .to_owned();
        manager.create_table(links).await?;
        manager
            .create_index(Index::create().name("mail_links_hash").table("mail_links").col("hash").unique().to_owned())
            .await?;
        manager
            .create_index(Index::create().name("mail_links_user").table("mail_links").col("user_id").to_owned())
            .await
    }
}
