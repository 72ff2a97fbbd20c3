//! Live: whiteboards and notes, what was written in them, by whose hand, and the pictures on boards.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let documents = Table::create()
            .table("documents")
            .col(uuid("id").primary_key())
            .col(uuid("session_id"))
            .col(uuid("program_id"))
            .col(uuid_null("breakout_id"))
            .col(string("kind"))
            .col(string("title"))
            .col(uuid("made_by"))
            .col(string("maker"))
            .col(big_integer("created_at"))
            .col(big_integer_null("removed_at"))
            .foreign_key(ForeignKey::create().from("documents", "session_id").to("sessions", "id"))
            .to_owned();
        manager.create_table(documents).await?;
        let of_session =
            Index::create().name("documents_of_session").table("documents").col("session_id").col("id").to_owned();
        manager.create_index(of_session).await?;
        let updates = Table::create()
            .table("document_updates")
            .col(uuid("document_id"))
            .col(big_integer("seq"))
            .col(big_integer("at"))
            .col(binary("bytes"))
            .primary_key(Index::create().col("document_id").col("seq"))
            .foreign_key(ForeignKey::create().from("document_updates", "document_id").to("documents", "id"))
            .to_owned();
        manager.create_table(updates).await?;
        let writers = Table::create()
            .table("document_writers")
            .col(uuid("document_id"))
            // A Yjs client id, 32 bits.
            .col(big_integer("client"))
            .col(uuid("user_id"))
            .col(string("name"))
            // How much it wrote, and how much of that was announced.
            .col(big_integer("objects"))
            .col(big_integer("characters"))
            .col(big_integer("told_objects"))
            .col(big_integer("told_characters"))
            .primary_key(Index::create().col("document_id").col("client"))
            .foreign_key(ForeignKey::create().from("document_writers", "document_id").to("documents", "id"))
            .to_owned();
        manager.create_table(writers).await?;
        let images = Table::create()
            .table("document_images")
            .col(uuid("id").primary_key())
            .col(uuid("document_id"))
            .col(string("mime"))
            .col(binary("bytes"))
            .col(uuid("added_by"))
            .col(big_integer("added_at"))
            .foreign_key(ForeignKey::create().from("document_images", "document_id").to("documents", "id"))
            .to_owned();
        manager.create_table(images).await?;
        let of_document =
            Index::create().name("images_of_document").table("document_images").col("document_id").to_owned();
        manager.create_index(of_document).await
    }
}
