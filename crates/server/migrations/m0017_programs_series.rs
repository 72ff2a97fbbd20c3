//! Programs: series of sessions, and the days on which nothing takes place.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let to_program = |from: &str| {
            ForeignKey::create()
                .from(from.to_string(), "program_id")
                .to("programs", "id")
                .on_delete(ForeignKeyAction::Cascade)
                .to_owned()
        };
        let series = Table::create()
            .table("series")
            .col(uuid("id").primary_key())
            .col(uuid("program_id"))
            // The recurrence rule of RFC 5545, and wall-clock times of its first session.
            .col(string("rule"))
            .col(string("starts_local"))
            .col(string("ends_local"))
            .col(string("time_zone"))
            // What its sessions say unless they say otherwise themselves.
            .col(string("title"))
            .col(string_null("icon"))
            .col(string_null("tone"))
            .col(uuid_null("lead_id"))
            .col(integer("version").default(1))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .col(text("summary"))
            .col(text("plan"))
            // Days that are left out: a JSON list.
            .col(text("except"))
            .foreign_key(&mut to_program("series"))
            .to_owned();
        manager.create_table(series).await?;
        manager
            .create_index(Index::create().name("series_of_program").table("series").col("program_id").to_owned())
            .await?;
        manager
            .create_index(Index::create().name("sessions_of_series").table("sessions").col("series_id").to_owned())
            .await?;
        manager
            .create_index(
                Index::create().name("sessions_of_lead").table("sessions").col("lead_id").col("starts_at").to_owned(),
            )
            .await?;
        let holidays = Table::create()
            .table("holidays")
            .col(uuid("id").primary_key())
            // Of the whole house where none.
            .col(uuid_null("program_id"))
            .col(string("name"))
            .col(string("first_day"))
            .col(string("last_day"))
            .foreign_key(&mut to_program("holidays"))
            .to_owned();
        manager.create_table(holidays).await
    }
}
