//! A program's timetable, for its staff.

use serde_json::json;

use super::stage::*;
use crate::both_databases;

both_databases! {
    async fn the_weeks_of_a_program_are_read_in_its_own_zone(house: House) {
        move_to(&house, "2031-03-01T08:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Tea", "Asia/Tokyo").await;
        // 08:00 on the 10th in Tokyo is still the 9th in London.
        session(&ada, &program, "Early", "2031-03-09T23:00:00Z", "2031-03-10T00:00:00Z").await;
        session(&ada, &program, "Late", "2031-03-11T14:00:00Z", "2031-03-11T14:30:00Z").await;
        let path = |from: &str, to: &str| format!("/programs/tea/timetable?from={from}&to={to}");
        let titles = async |from: &str, to: &str| {
            let answer = ada.get(&path(from, to)).await.expect(200);
            assert_eq!(answer["time_zone"], "Asia/Tokyo");
            answer["items"].as_array().unwrap().iter().map(|i| text(&i["session"]["title"])).collect::<Vec<_>>()
        };
        assert_eq!(titles("2031-03-10", "2031-03-11").await, ["Early", "Late"]);
        assert_eq!(titles("2031-03-10", "2031-03-10").await, ["Early"]);
        assert_eq!(titles("2031-03-09", "2031-03-09").await, Vec::<String>::new());
        assert_eq!(titles("2031-03-11", "2031-04-21").await, ["Late"], "42 days are allowed");
        let by_id = ada.get(&format!("/programs/{program}/timetable?from=2031-03-10&to=2031-03-10")).await.expect(200);
        assert_eq!(by_id["items"][0]["role"], json!("staff"));
    }

    async fn a_range_that_is_wrong_is_named(house: House) {
        let ada = house.instructor("Ada").await;
        program(&ada, "Tea", "Europe/London").await;
        let get = async |query: &str| ada.get(&format!("/programs/tea/timetable{query}")).await;
        get("?from=2031-03-11&to=2031-04-22").await.refused_field("to", "too-many-days");
        get("?from=2031-03-11&to=2031-03-10").await.refused_field("to", "before-start");
        get("?from=x&to=2031-03-10").await.refused_field("from", "not-a-date");
        get("?from=2031-03-10&to=2031-13-10").await.refused_field("to", "not-a-date");
        get("?from=2031-03-10").await.refused_field("to", "missing");
        get("").await.refused_field("from", "missing");
        get("?from=2031-03-10&to=2031-03-10&week=1").await.refused_field("week", "unknown-field");
    }

    async fn only_staff_read_it(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, zed) = (house.participant("Bob").await, house.instructor("Zed").await);
        let program = program(&ada, "Tea", "Europe/London").await;
        enroll(&bob, &program).await;
        ada.patch(&format!("/programs/{program}"), json!({"visibility": "private"})).await.expect(200);
        let path = "/programs/tea/timetable?from=2031-03-10&to=2031-03-10";
        bob.get(path).await.refused(403, "may-not");
        zed.get(path).await.refused(404, "not-found");
        house.nobody().get(path).await.refused(401, "sign-in-first");
        house.admin().await.get(path).await.expect(200);
        ada.get("/programs/coffee/timetable?from=2031-03-10&to=2031-03-10").await.refused(404, "not-found");
    }
}
