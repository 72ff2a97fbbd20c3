//! Live: what was said in a class, written down line by line, and the address of a caption service.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lines(manager).await?;
        // What a line said before it was corrected.
        let edits = Table::create()
            .table("caption_edits")
            .col(uuid("caption_id"))
            .col(big_integer("rev"))
            .col(text("text"))
            .col(uuid("changed_by"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("caption_id").col("rev"))
            .foreign_key(ForeignKey::create().from("caption_edits", "caption_id").to("captions", "id"))
            .to_owned();
        manager.create_table(edits).await?;
        let links = Table::create()
            .table("caption_links")
            .col(uuid("session_id").primary_key())
            .col(binary("hash"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            // The service's own number of its last line.
            .col(big_integer("last_seq"))
            .foreign_key(ForeignKey::create().from("caption_links", "session_id").to("sessions", "id"))
            .to_owned();
        manager.create_table(links).await?;
        let hash = Index::create().name("caption_links_hash").table("caption_links").col("hash").unique().to_owned();
        manager.create_index(hash).await
    }
}

async fn lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let lines = Table::create()
        .table("captions")
        .col(uuid("id").primary_key())
        .col(uuid("session_id"))
        .col(uuid_null("breakout_id"))
        // The place in the transcript, and the number of the last change: one row of numbers per class.
        .col(big_integer("seq"))
        .col(big_integer("rev"))
        // Who spoke; nobody knows it of a service's line.
        .col(uuid_null("user_id"))
        .col(string("name"))
        // Who wrote it down; nobody for a service.
        .col(uuid_null("written_by"))
        .col(string("source"))
        .col(string_null("language"))
        .col(text("text"))
        // Name and text, folded, for searching.
        .col(text("search_text"))
        // The number that a service gave it.
        .col(big_integer_null("service_seq"))
        .col(big_integer("started_at"))
        .col(big_integer("ended_at"))
        .col(big_integer_null("corrected_at"))
        .col(uuid_null("corrected_by"))
        .foreign_key(ForeignKey::create().from("captions", "session_id").to("sessions", "id"))
        .foreign_key(ForeignKey::create().from("captions", "user_id").to("users", "id"))
        .to_owned();
    manager.create_table(lines).await?;
    let in_order =
        Index::create().name("captions_in_order").table("captions").col("session_id").col("seq").unique().to_owned();
    manager.create_index(in_order).await?;
    let changes = Index::create().name("captions_changed").table("captions").col("session_id").col("rev").to_owned();
    manager.create_index(changes).await
}
