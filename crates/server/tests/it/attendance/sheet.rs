//! Who came, as a sheet.

use super::stage::*;
use crate::both_databases;

both_databases! {
    async fn the_sheet_has_a_row_per_person_and_no_formulas(house: House) {
        move_to(&house, "2031-06-10T09:00:00Z");
        let ada = house.instructor("Ada").await;
        let program = program(&ada, "Morning", "Europe/London").await;
        let session = session(&ada, &program, "Gentle movement", "2031-06-10T09:30:00Z", "2031-06-10T10:15:00Z").await;
        let (bob, eve) = (house.participant("Bob").await, house.participant("Eve").await);
        let absent = house.participant("Dan").await;
        enroll(&absent, &program).await;
        let name = serde_json::json!({"name": "=HYPERLINK(\"http://x.example\",\"Eve\")"});
        eve.patch("/me", name).await.expect(200);
        Presence { staff: true, ..Presence::of(&ada, &session, &program) }
            .lasts(&house, "2031-06-10T09:30:00Z", "2031-06-10T10:15:00Z").await;
        Presence::of(&bob, &session, &program).lasts(&house, "2031-06-10T09:30:00.6Z", "2031-06-10T09:40:00Z").await;
        Presence::of(&bob, &session, &program).lasts(&house, "2031-06-10T09:41:10Z", "2031-06-10T10:15:00Z").await;
        announce(&house, &[Presence::of(&eve, &session, &program).taken("2031-06-10T10:15:00Z")]).await;
        let path = format!("/sessions/{session}/attendances.csv?absent=true");
        let reply = ada.get(&path).await;
        assert_eq!(reply.status, 200);
        assert!(reply.headers["content-type"].to_str().unwrap().starts_with("text/csv; charset=utf-8"));
        assert_eq!(reply.headers["content-disposition"], "attachment; filename=\"who-came-morning-2031-06-10.csv\"");
        let expected = "\u{feff}Name,Role,Came,Minutes,First joined,Last left,First joined (UTC),Last left (UTC),Still present,Intervals\r\n\
            Ada,staff,yes,45.00,2031-06-10T10:30:00+01:00,2031-06-10T11:15:00+01:00,2031-06-10T09:30:00Z,2031-06-10T10:15:00Z,no,2031-06-10T10:30:00+01:00/2031-06-10T11:15:00+01:00\r\n\
            \"'=HYPERLINK(\"\"http://x.example\"\",\"\"Eve\"\")\",participant,yes,0.00,2031-06-10T11:15:00+01:00,,2031-06-10T10:15:00Z,,yes,2031-06-10T11:15:00+01:00/..\r\n\
            Bob,participant,yes,43.82,2031-06-10T10:30:00.600000+01:00,2031-06-10T11:15:00+01:00,2031-06-10T09:30:00.600000Z,2031-06-10T10:15:00Z,no,2031-06-10T10:30:00.600000+01:00/2031-06-10T10:40:00+01:00 2031-06-10T10:41:10+01:00/2031-06-10T11:15:00+01:00\r\n\
            Dan,participant,no,0.00,,,,,no,\r\n";
        let bytes = ada.request(reqwest::Method::GET, &path).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(String::from_utf8(bytes.to_vec()).unwrap(), expected);
        ada.get(&format!("/sessions/{session}/attendances.csv?limit=2")).await.refused_field("limit", "unknown-field");
    }
}
