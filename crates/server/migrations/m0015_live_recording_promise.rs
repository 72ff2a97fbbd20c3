//! Live: how long a recording is kept, as people were told when it began.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Days; none for those that began before this was written down.
        let kept = Table::alter().table("recordings").add_column(integer_null("kept_days")).to_owned();
        manager.alter_table(kept).await
    }
}
