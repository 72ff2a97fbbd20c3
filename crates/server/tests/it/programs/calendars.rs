//! Calendars, as other programs read them: Python's icalendar reads the events, dateutil the time zones.

use chrono::{NaiveDate, TimeDelta};
use reqwest::Method;
use reqwest::header::{ETAG, IF_NONE_MATCH};
use serde_json::{Value, json};
use server::kit::At;
use server::kit::time::{Wall, wall_to_utc};
use server::programs::calendar::ics::{self, Event};

use super::recurrence::python;
use super::{draft, enroll, path_of, published};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::{House, Person};

/// Reads calendars that stand one after the other; tells of each event what it is and when, by the file's own time zones.
const READER: &str = r#"
import io, json, sys, warnings
from datetime import timezone
from dateutil.tz import tzical
from icalendar import Calendar
warnings.simplefilter("ignore")
files = sys.stdin.buffer.read().decode().split("\0")
for text in files:
    zones = tzical(io.StringIO(text.replace("\r\n ", ""))) if "BEGIN:VTIMEZONE" in text else None
    events = []
    for event in Calendar.from_ical(text).walk("VEVENT"):
        def instant(name):
            zone = event[name].params.get("TZID")
            plain = event[name].dt.replace(tzinfo=None)
            read = plain.replace(tzinfo=zones.get(zone) if zone else timezone.utc)
            return read.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        events.append({"uid": str(event["UID"]), "title": str(event["SUMMARY"]), "starts_at": instant("DTSTART"), "ends_at": instant("DTEND"),
                       "sequence": int(event["SEQUENCE"]), "status": str(event["STATUS"]), "words": str(event.get("DESCRIPTION", "")),
                       "url": str(event["URL"])})
    print(json.dumps(events))
"#;

fn read(files: &[String]) -> Vec<Vec<Value>> {
    let told = python(READER, files.join("\0"));
    told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The path of a new calendar's address.
async fn subscribe(who: &Person, input: Value) -> String {
    let made = who.post("/me/calendars", input).await.expect(201);
    made["url"].as_str().unwrap().split_once("/api/v1").unwrap().1.to_string()
}

async fn events(house: &House, address: &str) -> Vec<Value> {
    let answer = house.nobody().get(address).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    read(&[answer.text]).remove(0)
}

fn titles(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["title"].as_str().unwrap()).collect()
}

async fn session(house: &House, who: &Person, program: &str, title: &str, minutes: i64) -> Value {
    let starts = house.parts.clock.now().plus_minutes(minutes);
    let input = json!({"title": title, "starts_at": starts, "ends_at": starts.plus_minutes(45)});
    who.post(&format!("{program}/sessions"), input).await.expect(201)
}

both_databases! {
    async fn a_calendar_shows_what_its_owner_attends_and_keeps_up(house: House) {
        let (ada, bob) = (house.instructor("Ada").await, house.participant("Bob").await);
        let tea = published(&ada, json!({"title": "Tea", "time_zone": "America/New_York"})).await;
        let other = published(&ada, json!({"title": "Other"})).await;
        enroll(&bob, &tea).await;
        let first = session(&house, &ada, &tea, "Tea, cake; and \\ more", 60).await;
        session(&house, &ada, &tea, "Second", 60 * 24 * 200).await;
        session(&house, &ada, &other, "Not his", 60).await;
        let address = subscribe(&bob, json!({})).await;
        let before = events(&house, &address).await;
        assert_eq!(titles(&before), ["Tea, cake; and \\ more", "Second"]);
        assert_eq!((&before[0]["starts_at"], &before[0]["ends_at"]), (&first["starts_at"], &first["ends_at"]));
        assert_eq!((&before[0]["sequence"], &before[0]["status"]), (&json!(0), &json!("CONFIRMED")));

        let path = format!("/sessions/{}", first["id"].as_str().unwrap());
        let later = house.parts.clock.now().plus_minutes(120);
        let moved = ada.patch(&path, json!({"starts_at": later, "ends_at": later.plus_minutes(30)})).await.expect(200);
        ada.post(&format!("{path}/cancel"), json!({"reason": "Ada is ill"})).await.expect(200);
        let after = events(&house, &address).await;
        assert_eq!(after[0]["uid"], before[0]["uid"]);
        assert_eq!((&after[0]["starts_at"], &after[0]["status"]), (&moved["starts_at"], &json!("CANCELLED")));
        assert!(after[0]["sequence"].as_i64().unwrap() >= 2, "each change counts: {}", after[0]);
        assert!(after[0]["words"].as_str().unwrap().starts_with("Ada is ill"));
        assert!(after[0]["url"].as_str().unwrap().ends_with("/room"));

        let again = house.nobody().get(&address).await;
        let known = house.nobody().request(Method::GET, &address).header(IF_NONE_MATCH, again.headers[ETAG].clone());
        assert_eq!(known.send().await.unwrap().status(), 304);
        let listed = bob.get("/me/calendars").await.expect(200);
        assert!(listed["feeds"][0]["last_used_at"].is_string() && !listed.to_string().contains(&address[11..30]), "{listed}");
        assert_eq!(titles(&events(&house, &subscribe(&ada, json!({})).await).await).len(), 3);
        let id = other.trim_start_matches("/programs/");
        assert_eq!(titles(&events(&house, &subscribe(&ada, json!({"program_id": id})).await).await), ["Not his"]);
        bob.post("/me/calendars", json!({"program_id": id})).await.refused(404, "not-found");
    }

    async fn an_address_is_taken_back_by_its_owner_and_with_the_account(house: House) {
        let (helen, ada, bob) = (house.admin().await, house.instructor("Ada").await, house.participant("Bob").await);
        let tea = published(&ada, json!({"title": "Tea"})).await;
        enroll(&bob, &tea).await;
        session(&house, &ada, &tea, "Tea", 60).await;
        let status = async |address: &str| house.nobody().get(address).await.status;
        let old = subscribe(&bob, json!({})).await;
        let new = subscribe(&bob, json!({})).await;
        assert_eq!((status(&old).await, status(&new).await), (404, 200), "made anew, the one before is gone");
        let id = bob.get("/me/calendars").await.expect(200)["feeds"][0]["id"].as_str().unwrap().to_string();
        ada.delete(&format!("/me/calendars/{id}")).await.refused(404, "not-found");
        bob.delete(&format!("/me/calendars/{id}")).await.expect(204);
        assert_eq!(status(&new).await, 404);
        let last = subscribe(&bob, json!({})).await;
        helen.patch(&format!("/users/{}", bob.id), json!({"active": false})).await.expect(200);
        assert_eq!(status(&last).await, 404);
        for guess in ["/calendars/", "/calendars/.ics", "/calendars/%00", "/calendars/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"] {
            assert_eq!(status(guess).await, 404, "{guess}");
        }
    }

    async fn one_session_is_a_file_for_who_may_know_of_it(house: House) {
        let (ada, bob) = (house.instructor("Ada").await, house.participant("Bob").await);
        let tea = published(&ada, json!({"title": "Tea"})).await;
        let open = session(&house, &ada, &tea, "Tea BEGIN:VEVENT", 60).await;
        let secret = path_of(&draft(&ada, json!({"title": "Draft"})).await);
        let hidden = session(&house, &ada, &secret, "Hidden", 60).await;
        let path = |session: &Value| format!("/sessions/{}/calendar", session["id"].as_str().unwrap());
        let file = house.nobody().get(&path(&open)).await;
        assert_eq!(file.status, 200);
        assert_eq!(read(&[file.text]).remove(0).len(), 1);
        bob.get(&path(&hidden)).await.refused(404, "not-found");
    }
}

/// Every zone of the tz database, for a year: at hours that go through the day, and around each change of the clocks.
#[test]
fn every_time_zone_is_read_as_it_is_meant() {
    let mut expected = Vec::new();
    let mut files = Vec::new();
    for zone in chrono_tz::TZ_VARIANTS {
        let mut all = Vec::new();
        let first = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        for number in 0..37 {
            let local = first.and_hms_opt(number % 24, 30, 0).unwrap() + TimeDelta::days(10 * i64::from(number));
            let Wall::Once(starts_at) = wall_to_utc(local, zone) else { continue };
            let ends_at = starts_at.plus_minutes(90);
            all.push(event(number, local, (starts_at, ends_at), zone));
        }
        expected.push(all.iter().map(|event| (event.starts_at.rfc3339(), event.ends_at.rfc3339())).collect::<Vec<_>>());
        files.push(ics::calendar("All", &all));
    }
    let text = |value: &Value| value.as_str().unwrap().to_string();
    for ((zone, expected), found) in chrono_tz::TZ_VARIANTS.iter().zip(expected).zip(read(&files)) {
        let found: Vec<_> = found.iter().map(|event| (text(&event["starts_at"]), text(&event["ends_at"]))).collect();
        assert_eq!(found, expected, "{zone}");
    }
}

fn event(number: u32, local: chrono::NaiveDateTime, (starts_at, ends_at): (At, At), zone: chrono_tz::Tz) -> Event {
    Event {
        uid: format!("{number}@example.org"),
        sequence: 0,
        changed_at: starts_at,
        starts_local: local,
        ends_local: ends_at.local(zone),
        starts_at,
        ends_at,
        zone,
        title: "Event".into(),
        words: String::new(),
        program: "Program".into(),
        url: "https://example.org".into(),
        cancelled: false,
    }
}
