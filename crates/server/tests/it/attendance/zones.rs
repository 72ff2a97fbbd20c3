//! Days are those of the person, not of the program; some have 23 hours, some 25.

use serde_json::json;

use super::stage::*;
use crate::both_databases;
use crate::util::Person;

async fn titles(person: &Person, date: &str) -> Vec<String> {
    let day = person.get(&format!("/me/day?date={date}")).await.expect(200);
    day["items"].as_array().unwrap().iter().map(|i| text(&i["session"]["title"])).collect()
}

both_databases! {
    async fn the_day_is_that_of_the_persons_zone(house: House) {
        move_to(&house, "2031-03-10T02:30:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Morning", "Europe/London").await;
        session(&ada, &program, "Circle", "2031-03-10T03:00:00Z", "2031-03-10T03:45:00Z").await;
        let bob = house.participant("Bob").await;
        enroll(&bob, &program).await;
        bob.patch("/me", json!({"time_zone": "America/New_York"})).await.expect(200);
        // Summer time began there on the 9th: it is 22:30 on the 9th in New York, and 02:30 on the 10th in London.
        let today = bob.get("/me/day").await.expect(200);
        assert_eq!((&today["date"], &today["time_zone"]), (&json!("2031-03-09"), &json!("America/New_York")));
        assert_eq!(today["items"][0]["session"]["starts_local"], "2031-03-10T03:00:00", "the session keeps its own zone");
        assert_eq!(titles(&bob, "2031-03-10").await, Vec::<String>::new());
        assert_eq!(ada.get("/me/day").await.expect(200)["date"], "2031-03-10");
        assert_eq!(titles(&ada, "2031-03-10").await, ["Circle"]);
    }

    async fn days_meet_without_gap_or_overlap_when_clocks_change(house: House) {
        move_to(&house, "2031-03-01T08:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Night", "Europe/London").await;
        // 30 March has 23 hours in London, 26 October has 25.
        for (title, starts, ends) in [
            ("last of the 29th", "2031-03-29T23:30:00Z", "2031-03-30T00:00:00Z"),
            ("first of the 30th", "2031-03-30T00:00:00Z", "2031-03-30T00:30:00Z"),
            ("last of the 30th", "2031-03-30T22:30:00Z", "2031-03-30T23:00:00Z"),
            ("first of the 31st", "2031-03-30T23:00:00Z", "2031-03-30T23:30:00Z"),
            ("first of October 26", "2031-10-25T23:00:00Z", "2031-10-25T23:30:00Z"),
            ("last of October 26", "2031-10-26T23:30:00Z", "2031-10-27T00:00:00Z"),
        ] {
            session(&ada, &program, title, starts, ends).await;
        }
        assert_eq!(titles(&ada, "2031-03-29").await, ["last of the 29th"]);
        assert_eq!(titles(&ada, "2031-03-30").await, ["first of the 30th", "last of the 30th"]);
        assert_eq!(titles(&ada, "2031-03-31").await, ["first of the 31st"]);
        assert_eq!(titles(&ada, "2031-10-25").await, Vec::<String>::new());
        assert_eq!(titles(&ada, "2031-10-26").await, ["first of October 26", "last of October 26"]);
    }

    async fn what_crosses_midnight_stands_in_both_days(house: House) {
        move_to(&house, "2031-03-01T08:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Night", "Europe/London").await;
        session(&ada, &program, "Vigil", "2031-03-10T23:30:00Z", "2031-03-11T00:30:00Z").await;
        assert_eq!(titles(&ada, "2031-03-10").await, ["Vigil"]);
        assert_eq!(titles(&ada, "2031-03-11").await, ["Vigil"]);
        assert_eq!(titles(&ada, "2031-03-12").await, Vec::<String>::new());
    }
}
