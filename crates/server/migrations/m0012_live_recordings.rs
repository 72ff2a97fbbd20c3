//! Live: recordings, who said that they may be recorded, and who watched.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recordings = Table::create()
            .table("recordings")
            .col(uuid("id").primary_key())
            .col(uuid("session_id"))
            .col(string("node"))
            .col(string("state"))
            .col(string_null("because"))
            .col(uuid("started_by"))
            .col(big_integer("started_at"))
            .col(big_integer_null("ended_at"))
            // Milliseconds, and bytes of all tracks.
            .col(big_integer("ms").default(0))
            .col(big_integer("bytes").default(0))
            .col(big_integer_null("kept_until"))
            .col(uuid_null("deleted_by"))
            .foreign_key(ForeignKey::create().from("recordings", "session_id").to("sessions", "id"))
            .to_owned();
        manager.create_table(recordings).await?;
        let by_session =
            Index::create().name("recordings_of_session").table("recordings").col("session_id").col("id").to_owned();
        manager.create_index(by_session).await?;
        let tracks = Table::create()
            .table("recording_tracks")
            .col(uuid("id").primary_key())
            .col(uuid("recording_id"))
            .col(uuid("seat_id"))
            .col(uuid("user_id"))
            .col(string("source"))
            .col(big_integer("starts_ms"))
            .col(big_integer("ms"))
            .col(big_integer("bytes"))
            .col(string("file"))
            .foreign_key(ForeignKey::create().from("recording_tracks", "recording_id").to("recordings", "id"))
            .to_owned();
        manager.create_table(tracks).await?;
        let by_recording =
            Index::create().name("tracks_of_recording").table("recording_tracks").col("recording_id").to_owned();
        manager.create_index(by_recording).await?;
        // Every answer is kept; the newest counts.
        let consents = Table::create()
            .table("recording_consents")
            .col(uuid("program_id"))
            .col(uuid("user_id"))
            .col(big_integer("at"))
            .col(boolean("yes"))
            .primary_key(Index::create().col("program_id").col("user_id").col("at"))
            .foreign_key(
                ForeignKey::create()
                    .from("recording_consents", "program_id")
                    .to("programs", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(ForeignKey::create().from("recording_consents", "user_id").to("users", "id"))
            .to_owned();
        manager.create_table(consents).await?;
        let views = Table::create()
            .table("recording_views")
            .col(uuid("id").primary_key())
            .col(uuid("recording_id"))
            .col(uuid("user_id"))
            .col(big_integer("at"))
            .foreign_key(ForeignKey::create().from("recording_views", "recording_id").to("recordings", "id"))
            .to_owned();
        manager.create_table(views).await
    }
}
