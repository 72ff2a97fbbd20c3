//! Live: a recording as one video file.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let videos = Table::create()
            .table("recording_videos")
            .col(uuid("recording_id").primary_key())
            .col(string("state"))
            .col(integer("percent").default(0))
            .col(big_integer("bytes").default(0))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer_null("made_at"))
            // The key of its object on the S3 server; none while it is a file on the disk.
            .col(string_null("object"))
            .foreign_key(ForeignKey::create().from("recording_videos", "recording_id").to("recordings", "id"))
            .to_owned();
        manager.create_table(videos).await
    }
}
