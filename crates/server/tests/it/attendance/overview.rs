//! The overview: an instructor sees what they teach, an admin everything, a participant nothing.

use serde_json::json;

use super::stage::*;
use crate::both_databases;
use crate::util::Person;

async fn titles(person: &Person) -> Vec<String> {
    let day = person.get("/overview?date=2031-03-10").await.expect(200);
    day["items"].as_array().unwrap().iter().map(|i| text(&i["session"]["title"])).collect()
}

both_databases! {
    async fn an_instructor_oversees_their_programs_and_an_admin_all(house: House) {
        move_to(&house, "2031-03-10T08:00:00Z");
        let (ada, zed) = (house.instructor("Ada").await, house.instructor("Zed").await);
        let bob = house.participant("Bob").await;
        let morning = program(&ada, "Morning", "Europe/London").await;
        let evening = program(&zed, "Evening", "Europe/London").await;
        let circle = session(&ada, &morning, "Circle", "2031-03-10T09:00:00Z", "2031-03-10T09:45:00Z").await;
        session(&zed, &evening, "Choir", "2031-03-10T18:00:00Z", "2031-03-10T19:00:00Z").await;
        enroll(&zed, &morning).await;
        enroll(&bob, &morning).await;
        let admin = house.admin().await;
        assert_eq!(titles(&ada).await, ["Circle"]);
        assert_eq!(titles(&zed).await, ["Choir"], "what one attends is in My day");
        assert_eq!(titles(&admin).await, ["Circle", "Choir"]);
        bob.get("/overview").await.refused(403, "may-not");
        house.nobody().get("/overview").await.refused(401, "sign-in-first");
        ada.get("/overview?date=soon").await.refused_field("date", "not-a-date");

        move_to(&house, "2031-03-10T09:00:00Z");
        let ada = again(&ada).await;
        ada.ask(&format!("/sessions/{circle}/start")).await.expect(200);
        // Bob at two devices, Zed as a participant, Ada as staff: two people came.
        for person in [&bob, &bob, &zed] {
            Presence::of(person, &circle, &morning).lasts(&house, "2031-03-10T09:00:00Z", "2031-03-10T09:10:00Z").await;
        }
        Presence { staff: true, ..Presence::of(&ada, &circle, &morning) }
            .lasts(&house, "2031-03-10T09:00:00Z", "2031-03-10T09:10:00Z").await;
        let items = again(&admin).await.get("/overview").await.expect(200)["items"].clone();
        assert_eq!((&items[0]["came"], &items[0]["due"], &items[0]["role"]), (&json!(2), &json!(2), &json!("staff")));
        assert!(items[1]["came"].is_null(), "nobody came to what has not begun");
    }

    async fn a_join_link_does_not_open_the_overview(house: House) {
        let bob = house.participant("Bob").await;
        let link = house.admin().await.ask(&format!("/users/{}/join_link", bob.id)).await.expect(201);
        let token = text(&link["url"]).split('#').nth(1).unwrap().to_string();
        let nobody = house.nobody();
        let by_link = nobody.signed_in(&nobody.post("/auth/link", json!({"token": token})).await.expect(200));
        by_link.get("/overview").await.refused(403, "may-not");
        by_link.get("/me/day").await.expect(200);
    }
}
