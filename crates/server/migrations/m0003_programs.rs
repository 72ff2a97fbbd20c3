//! Programs: programs, their staff, their sessions, who is enrolled.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        programs(manager).await?;
        staff(manager).await?;
        sessions(manager).await?;
        enrollments(manager).await
    }
}

async fn programs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // `taken` and `waiting` are kept by the transactions that change enrollments; the check is the last word on overselling.
    let programs = Table::create()
        .table("programs")
        .col(uuid("id").primary_key())
        .col(string("slug"))
        .col(string("title"))
        .col(string("kind"))
        .col(string("status"))
        .col(string("visibility"))
        .col(string("time_zone"))
        .col(integer_null("capacity"))
        .col(integer("taken").default(0))
        .col(integer("waiting").default(0))
        .col(big_integer("price_cents").default(0))
        .col(string("currency"))
        .col(integer("join_minutes_before").default(10))
        .col(string("icon"))
        .col(string("tone"))
        .col(integer("version").default(1))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        // Long texts come last: SQLite reads past them to reach a column behind them.
        .col(text("summary"))
        .col(text("search_text").default(""))
        .col(text("description"))
        .check(Expr::col("taken").gte(0).and(Expr::col("waiting").gte(0)))
        .check(Expr::col("capacity").is_null().or(Expr::col("taken").lte(Expr::col("capacity"))))
        .to_owned();
    manager.create_table(programs).await?;
    manager
        .create_index(Index::create().name("programs_slug").table("programs").col("slug").unique().to_owned())
        .await?;
    manager
        .create_index(
            Index::create()
                .name("programs_listed")
                .table("programs")
                .col("status")
                .col("visibility")
                .col("id")
                .to_owned(),
        )
        .await
}

async fn staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let staff = Table::create()
        .table("program_staff")
        .col(uuid("program_id"))
        .col(uuid("user_id"))
        .col(string("part"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("program_id").col("user_id"))
        .foreign_key(
            ForeignKey::create()
                .from("program_staff", "program_id")
                .to("programs", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(ForeignKey::create().from("program_staff", "user_id").to("users", "id"))
        .to_owned();
    manager.create_table(staff).await?;
    manager
        .create_index(Index::create().name("program_staff_user").table("program_staff").col("user_id").to_owned())
        .await
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // The truth is local wall time and zone; `starts_at` and `ends_at` are derived from them.
    let sessions = Table::create()
        .table("sessions")
        .col(uuid("id").primary_key())
        .col(uuid("program_id"))
        .col(string("title"))
        .col(text("summary"))
        .col(string("starts_local"))
        .col(string("ends_local"))
        .col(string("time_zone"))
        .col(big_integer("starts_at"))
        .col(big_integer("ends_at"))
        .col(string("state"))
        .col(big_integer_null("started_at"))
        .col(big_integer_null("ended_at"))
        .col(string_null("cancel_reason"))
        .col(string_null("icon"))
        .col(string_null("tone"))
        .col(uuid_null("lead_id"))
        .col(uuid_null("series_id"))
        .col(string_null("original_start"))
        .col(integer("version").default(1))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(
            ForeignKey::create()
                .from("sessions", "program_id")
                .to("programs", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(ForeignKey::create().from("sessions", "lead_id").to("users", "id"))
        .to_owned();
    manager.create_table(sessions).await?;
    manager
        .create_index(
            Index::create().name("sessions_of_program").table("sessions").col("program_id").col("starts_at").to_owned(),
        )
        .await?;
    manager
        .create_index(Index::create().name("sessions_by_time").table("sessions").col("starts_at").to_owned())
        .await?;
    manager.create_index(Index::create().name("sessions_by_state").table("sessions").col("state").to_owned()).await
}

async fn enrollments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let enrollments = Table::create()
        .table("enrollments")
        .col(uuid("id").primary_key())
        .col(uuid("program_id"))
        .col(uuid("user_id"))
        .col(string("status"))
        .col(big_integer("queued_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(ForeignKey::create().from("enrollments", "program_id").to("programs", "id"))
        .foreign_key(ForeignKey::create().from("enrollments", "user_id").to("users", "id"))
        .to_owned();
    manager.create_table(enrollments).await?;
    let once = Index::create()
        .name("enrollments_once")
        .table("enrollments")
        .col("program_id")
        .col("user_id")
        .unique()
        .to_owned();
    manager.create_index(once).await?;
    let line = Index::create()
        .name("enrollments_line")
        .table("enrollments")
        .col("program_id")
        .col("status")
        .col("queued_at")
        .to_owned();
    manager.create_index(line).await?;
    manager
        .create_index(
            Index::create().name("enrollments_user").table("enrollments").col("user_id").col("status").to_owned(),
        )
        .await
}
