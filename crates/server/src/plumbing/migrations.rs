//! Migrations: one source for both databases, one file per step, named after the room it serves.

use sea_orm_migration::prelude::*;

#[path = "../../migrations/m0001_plumbing.rs"]
mod m0001_plumbing;
#[path = "../../migrations/m0002_accounts.rs"]
mod m0002_accounts;
#[path = "../../migrations/m0003_programs.rs"]
mod m0003_programs;
#[path = "../../migrations/m0004_live.rs"]
mod m0004_live;
#[path = "../../migrations/m0005_attendance.rs"]
mod m0005_attendance;
#[path = "../../migrations/m0006_plumbing_answers.rs"]
mod m0006_plumbing_answers;
#[path = "../../migrations/m0007_live_talk.rs"]
mod m0007_live_talk;
#[path = "../../migrations/m0008_programs_door.rs"]
mod m0008_programs_door;
#[path = "../../migrations/m0009_live_seats.rs"]
mod m0009_live_seats;
#[path = "../../migrations/m0010_live_captions.rs"]
mod m0010_live_captions;
#[path = "../../migrations/m0011_programs_recording.rs"]
mod m0011_programs_recording;
#[path = "../../migrations/m0012_live_recordings.rs"]
mod m0012_live_recordings;
#[path = "../../migrations/m0013_live_documents.rs"]
mod m0013_live_documents;
#[path = "../../migrations/m0014_live_recording_store.rs"]
mod m0014_live_recording_store;
#[path = "../../migrations/m0015_live_recording_promise.rs"]
mod m0015_live_recording_promise;
#[path = "../../migrations/m0016_live_recording_video.rs"]
mod m0016_live_recording_video;
#[path = "../../migrations/m0017_programs_series.rs"]
mod m0017_programs_series;
#[path = "../../migrations/m0018_plumbing_mails.rs"]
mod m0018_plumbing_mails;
#[path = "../../migrations/m0019_programs_calendars.rs"]
mod m0019_programs_calendars;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_plumbing::Step),
            Box::new(m0002_accounts::Step),
            Box::new(m0003_programs::Step),
            Box::new(m0004_live::Step),
            Box::new(m0005_attendance::Step),
            Box::new(m0006_plumbing_answers::Step),
            Box::new(m0007_live_talk::Step),
            Box::new(m0008_programs_door::Step),
            Box::new(m0009_live_seats::Step),
            Box::new(m0010_live_captions::Step),
            Box::new(m0011_programs_recording::Step),
            Box::new(m0012_live_recordings::Step),
            Box::new(m0013_live_documents::Step),
            Box::new(m0014_live_recording_store::Step),
            Box::new(m0015_live_recording_promise::Step),
            Box::new(m0016_live_recording_video::Step),
            Box::new(m0017_programs_series::Step),
            Box::new(m0018_plumbing_mails::Step),
            Box::new(m0019_programs_calendars::Step),
        ]
    }
}

/// Brings the database to the newest shape.
pub async fn run(db: &super::db::Db) -> Result<(), DbErr> {
    Migrator::up(db.read(), None).await
}
