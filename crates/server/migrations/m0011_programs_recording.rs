//! Programs: how long recordings of their sessions are kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let days = integer("recording_days").default(30).to_owned();
        manager.alter_table(Table::alter().table("programs").add_column(days).to_owned()).await
    }
}
