//! Live: where the bytes of a recording's track are.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The key of its object on the S3 server; none while it is a file on the disk.
        let kept = Table::alter().table("recording_tracks").add_column(string_null("object")).to_owned();
        manager.alter_table(kept).await
    }
}
