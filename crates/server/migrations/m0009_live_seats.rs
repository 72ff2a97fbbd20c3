//! Seats: what of somebody's presence outlives the server.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [text("sent"), text("muted")] {
            let column = column.default("").to_owned();
            manager.alter_table(Table::alter().table("seats").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
