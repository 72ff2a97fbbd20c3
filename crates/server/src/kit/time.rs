//! Instants and local times. An instant is UTC in microseconds; a session's truth is its local wall time and zone.

use chrono::{DateTime, LocalResult, NaiveDateTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant: microseconds since the Unix epoch, UTC. A BIGINT in both databases, RFC 3339 on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sea_orm::DeriveValueType)]
pub struct At(pub i64);

impl At {
    pub fn micros(self) -> i64 {
        self.0
    }
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }
    pub fn rfc3339(self) -> String {
        let whole = self.0 % 1_000_000 == 0;
        let form = if whole { SecondsFormat::Secs } else { SecondsFormat::Micros };
        self.utc().to_rfc3339_opts(form, true)
    }
    /// Reads RFC 3339 with an offset.
    pub fn parse(text: &str) -> Option<At> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| At(t.timestamp_micros()))
    }
    pub fn plus_seconds(self, seconds: i64) -> At {
        At(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    pub fn plus_minutes(self, minutes: i64) -> At {
        self.plus_seconds(minutes.saturating_mul(60))
    }
    /// Seconds from `earlier` to here; negative when `earlier` is later.
    pub fn seconds_since(self, earlier: At) -> f64 {
        (self.0 - earlier.0) as f64 / 1e6
    }
    pub fn local(self, zone: Tz) -> NaiveDateTime {
        self.utc().with_timezone(&zone).naive_local()
    }
}

impl From<DateTime<Utc>> for At {
    fn from(t: DateTime<Utc>) -> At {
        At(t.timestamp_micros())
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<At, D::Error> {
        let text = String::deserialize(d)?;
        At::parse(&text).ok_or_else(|| serde::de::Error::custom("a time like 2026-11-24T10:30:00Z, with its offset"))
    }
}

impl utoipa::PartialSchema for At {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .build()
            .into()
    }
}

impl utoipa::ToSchema for At {}

/// What a wall-clock time means in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    Once(At),
    /// Clocks go back: it happens twice, the offset must say which.
    Twice(At, At),
    /// Clocks go forward: it does not happen.
    Skipped,
}

pub fn wall_to_utc(local: NaiveDateTime, zone: Tz) -> Wall {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(t) => Wall::Once(At::from(t.to_utc())),
        LocalResult::Ambiguous(a, b) => Wall::Twice(At::from(a.to_utc()), At::from(b.to_utc())),
        LocalResult::None => Wall::Skipped,
    }
}

/// The first instant of a local date: midnight, or the first moment after a gap that swallows midnight.
pub fn start_of_day(date: chrono::NaiveDate, zone: Tz) -> At {
    let mut local = date.and_time(chrono::NaiveTime::MIN);
    for _ in 0..8 {
        match wall_to_utc(local, zone) {
            Wall::Once(at) | Wall::Twice(at, _) => return at,
            Wall::Skipped => local += chrono::Duration::minutes(30),
        }
    }
    At::from(local.and_utc())
}

pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// `2026-11-24T10:30:00`: fixed width, so it sorts as text.
pub fn local_text(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M:%S").to_string()
}

pub fn parse_local(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        parse_local(text).unwrap()
    }

    #[test]
    fn a_skipped_hour_does_not_happen() {
        let berlin = zone("Europe/Berlin").unwrap();
        assert_eq!(wall_to_utc(local("2026-03-29T02:30:00"), berlin), Wall::Skipped);
    }

    #[test]
    fn a_repeated_hour_happens_twice_an_hour_apart() {
        let new_york = zone("America/New_York").unwrap();
        let Wall::Twice(a, b) = wall_to_utc(local("2026-11-01T01:30:00"), new_york) else { panic!("not repeated") };
        assert_eq!(b.seconds_since(a), 3600.0);
    }

    #[test]
    fn an_instant_reads_back_as_written() {
        let at = At(1_764_000_000_123_456);
        assert_eq!(At::parse(&at.rfc3339()), Some(at));
        assert!(At::parse("2026-11-24T10:30:00").is_none(), "an offset is needed");
    }
}
