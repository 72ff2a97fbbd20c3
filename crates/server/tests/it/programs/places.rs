//! Places and the line: never oversold, never left empty while somebody waits.

use futures::future::join_all;
use serde_json::json;

use super::{draft, enroll, facts, path_of, published, pushed};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn fifty_people_at_once_get_ten_places_and_forty_wait_in_line(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({"capacity": 10})).await;
        let names: Vec<String> = (0..50).map(|n| format!("Person {n}")).collect();
        house.admin().await;
        let people = join_all(names.iter().map(|name| house.participant(name))).await;
        let path = format!("{program}/enrollments");
        let replies = join_all(people.iter().map(|person| person.ask(&path))).await;
        let mut statuses = std::collections::BTreeMap::<String, usize>::new();
        for reply in replies {
            let row = reply.expect(201);
            *statuses.entry(row["status"].as_str().unwrap().into()).or_default() += 1;
        }
        assert_eq!(statuses, [("active".into(), 10), ("waitlisted".into(), 40)].into());
        let detail = ada.get(&program).await.expect(200);
        assert_eq!((&detail["enrolled"], &detail["waiting"], &detail["places_left"]), (&json!(10), &json!(40), &json!(0)));
        let list = ada.get(&format!("{path}?limit=100")).await.expect(200);
        let mut line: Vec<i64> =
            list["items"].as_array().unwrap().iter().filter_map(|row| row["place_in_line"].as_i64()).collect();
        line.sort();
        assert_eq!(line, (1..=40).collect::<Vec<_>>(), "everybody has a place of their own in the line");
    }

    async fn the_same_person_twice_at_once_enrolls_once(house: House) {
        let ada = house.instructor("Ada").await;
        let bob = house.participant("Bob").await;
        let path = format!("{}/enrollments", published(&ada, json!({"capacity": 10})).await);
        let (a, b) = tokio::join!(bob.ask(&path), bob.ask(&path));
        let mut codes = [a.status, b.status];
        codes.sort();
        assert_eq!(codes, [201, 409]);
        bob.ask(&path).await.refused(409, "already-enrolled");
        assert_eq!(ada.get(&path).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }

    async fn a_place_that_falls_free_goes_to_the_first_in_line(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, cem) = (house.participant("Bob").await, house.participant("Cem").await);
        let dora = house.participant("Dora").await;
        let program = published(&ada, json!({"capacity": 1})).await;
        let bobs = enroll(&bob, &program).await;
        assert_eq!(enroll(&cem, &program).await["place_in_line"], 1);
        assert_eq!(enroll(&dora, &program).await["place_in_line"], 2);
        bob.delete(&format!("/enrollments/{}", bobs["id"].as_str().unwrap())).await.expect(204);

        let cems = cem.get(&program).await.expect(200);
        assert_eq!((&cems["my"]["enrollment"]["status"], &cems["waiting"]), (&json!("active"), &json!(1)));
        assert_eq!(dora.get(&program).await.expect(200)["my"]["enrollment"]["place_in_line"], 1);
        let told = pushed(&house, &format!("user:{}", cem.id)).await;
        let (event, payload) = told.last().unwrap();
        assert_eq!((event.as_str(), &payload["status"]), ("enrollment_changed", &json!("active")));
        let facts = facts(&house).await;
        assert_eq!(facts[facts.len() - 2..], ["enrollment_cancelled", "enrollment_confirmed"]);

        let again = enroll(&bob, &program).await;
        assert_eq!((&again["id"], &again["place_in_line"]), (&bobs["id"], &json!(2)), "his row is used again, at the end of the line");
    }

    async fn who_leaves_the_line_makes_no_room_and_the_others_move_up(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, cem) = (house.participant("Bob").await, house.participant("Cem").await);
        let dora = house.participant("Dora").await;
        let program = published(&ada, json!({"capacity": 1})).await;
        enroll(&bob, &program).await;
        let cems = enroll(&cem, &program).await;
        enroll(&dora, &program).await;
        let path = format!("/enrollments/{}", cems["id"].as_str().unwrap());
        cem.delete(&path).await.expect(204);
        cem.delete(&path).await.refused(404, "not-found");
        let doras = dora.get(&program).await.expect(200);
        assert_eq!(doras["my"]["enrollment"]["place_in_line"], 1);
        assert_eq!((&doras["enrolled"], &doras["waiting"]), (&json!(1), &json!(1)));
    }

    async fn more_places_let_people_in_and_fewer_than_taken_are_refused(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({"capacity": 1})).await;
        for name in ["Bob", "Cem", "Dora", "Eli"] {
            enroll(&house.participant(name).await, &program).await;
        }
        let wider = ada.patch(&program, json!({"capacity": 3})).await.expect(200);
        assert_eq!((&wider["enrolled"], &wider["waiting"]), (&json!(3), &json!(1)));
        let problem = ada.patch(&program, json!({"capacity": 2})).await.refused(409, "below-taken");
        assert_eq!((&problem["params"]["taken"], &problem["errors"][0]["field"]), (&json!(3), &json!("capacity")));
        let open = ada.patch(&program, json!({"capacity": null})).await.expect(200);
        assert_eq!((&open["enrolled"], &open["waiting"], &open["places_left"]), (&json!(4), &json!(0), &json!(null)));
    }

    async fn staff_add_and_take_out_people_and_do_not_enroll_themselves(house: House) {
        let ada = house.instructor("Ada").await;
        let (bob, eve) = (house.participant("Bob").await, house.participant("Eve").await);
        let program = published(&ada, json!({"visibility": "private"})).await;
        let path = format!("{program}/enrollments");
        ada.ask(&path).await.refused(409, "is-staff");
        house.admin().await.ask(&path).await.refused(409, "is-staff");
        ada.post(&path, json!({"user_id": house.admin().await.id})).await.refused(409, "is-staff");
        bob.ask(&path).await.refused(404, "not-found");
        let row = ada.post(&path, json!({"user_id": bob.id})).await.expect(201);
        assert_eq!((&row["user"]["name"], &row["status"]), (&json!("Bob"), &json!("active")));
        ada.post(&path, json!({"user_id": bob.id})).await.refused(409, "already-enrolled");
        bob.get(&program).await.expect(200);
        bob.post(&path, json!({"user_id": eve.id})).await.refused(403, "may-not");
        bob.get(&path).await.refused(403, "may-not");
        let row = format!("/enrollments/{}", row["id"].as_str().unwrap());
        eve.delete(&row).await.refused(404, "not-found");
        ada.delete(&row).await.expect(204);
        bob.get(&program).await.refused(404, "not-found");
    }

    async fn only_published_programs_take_people(house: House) {
        let ada = house.instructor("Ada").await;
        let bob = house.participant("Bob").await;
        let program = path_of(&draft(&ada, json!({})).await);
        let path = format!("{program}/enrollments");
        bob.ask(&path).await.refused(404, "not-found");
        ada.post(&path, json!({"user_id": bob.id})).await.refused(409, "not-published");
        ada.ask(&format!("{program}/publish")).await.expect(200);
        enroll(&bob, &program).await;
        ada.ask(&format!("{program}/archive")).await.expect(200);
        let eve = house.participant("Eve").await;
        eve.ask(&path).await.refused(404, "not-found");
        ada.post(&path, json!({"user_id": eve.id})).await.refused(409, "archived");
    }
}
