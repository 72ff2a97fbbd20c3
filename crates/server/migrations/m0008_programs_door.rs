//! Programs: who comes in by which door, and what a session will do.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [boolean("waiting_room"), boolean("guests")] {
            let column = column.default(false).to_owned();
            manager.alter_table(Table::alter().table("programs").add_column(column).to_owned()).await?;
        }
        let plan = text("plan").default("[]").to_owned();
        manager.alter_table(Table::alter().table("sessions").add_column(plan).to_owned()).await
    }
}
