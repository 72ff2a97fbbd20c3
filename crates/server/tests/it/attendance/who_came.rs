//! Who came: intervals merged per person, true to the microsecond, live while the class runs.

use serde_json::{Value, json};

use super::stage::*;
use crate::both_databases;
use crate::util::{House, Person};

struct Class {
    ada: Person,
    program: String,
    session: String,
}

/// Ada's class of 45 minutes, at 10:30 on a day in March.
async fn class(house: &House) -> Class {
    move_to(house, "2031-03-10T10:00:00Z");
    let ada = house.instructor("Ada").await;
    let program = program(&ada, "Morning", "Europe/London").await;
    let session = session(&ada, &program, "Gentle movement", "2031-03-10T10:30:00Z", "2031-03-10T11:15:00Z").await;
    Class { ada, program, session }
}

impl Class {
    fn path(&self) -> String {
        format!("/sessions/{}/attendances", self.session)
    }
    async fn people(&self, query: &str) -> Vec<Value> {
        let ada = again(&self.ada).await;
        let answer = ada.get(&format!("{}{query}", self.path())).await.expect(200);
        answer["items"].as_array().unwrap().clone()
    }
    fn presence<'a>(&'a self, person: &'a Person) -> Presence<'a> {
        Presence::of(person, &self.session, &self.program)
    }
}

both_databases! {
    async fn a_rejoin_leaves_its_gap_and_two_devices_count_once(house: House) {
        let class = class(&house).await;
        let (bob, cleo) = (house.participant("Bob").await, house.participant("Cleo").await);
        class.presence(&bob).lasts(&house, "2031-03-10T10:30:00.25Z", "2031-03-10T10:40:00Z").await;
        class.presence(&bob).lasts(&house, "2031-03-10T10:41:00Z", "2031-03-10T11:15:00.5Z").await;
        class.presence(&cleo).lasts(&house, "2031-03-10T10:30:00Z", "2031-03-10T11:00:00Z").await;
        class.presence(&cleo).lasts(&house, "2031-03-10T10:50:00Z", "2031-03-10T11:05:00Z").await;
        Presence { staff: true, ..class.presence(&class.ada) }
            .lasts(&house, "2031-03-10T10:29:00Z", "2031-03-10T11:16:00Z").await;
        let people = class.people("").await;
        let names: Vec<_> = people.iter().map(|p| text(&p["user"]["name"]) + ", " + p["role"].as_str().unwrap()).collect();
        assert_eq!(names, ["Ada, staff", "Bob, participant", "Cleo, participant"]);
        assert_eq!(people[0]["seconds"], 47.0 * 60.0, "nothing is clipped to the schedule");
        assert_eq!(people[1]["seconds"], 599.75 + 34.0 * 60.0 + 0.5);
        assert_eq!(people[1]["intervals"], json!([
            {"joined_at": "2031-03-10T10:30:00.250000Z", "left_at": "2031-03-10T10:40:00Z", "source": "live"},
            {"joined_at": "2031-03-10T10:41:00Z", "left_at": "2031-03-10T11:15:00.500000Z", "source": "live"},
        ]));
        assert_eq!(people[1]["first_joined_at"], "2031-03-10T10:30:00.250000Z");
        assert_eq!(people[1]["last_left_at"], "2031-03-10T11:15:00.500000Z");
        assert_eq!((&people[2]["seconds"], people[2]["intervals"].as_array().unwrap().len()), (&json!(2100.0), 1));
        assert!(people.iter().all(|p| p["present"] == false));
    }

    async fn while_the_class_runs_the_seconds_grow(house: House) {
        let class = class(&house).await;
        let bob = house.participant("Bob").await;
        announce(&house, &[class.presence(&bob).taken("2031-03-10T10:30:00Z")]).await;
        move_to(&house, "2031-03-10T10:31:00Z");
        let soon = class.people("").await.remove(0);
        house.parts.clock.advance_seconds(600);
        let later = class.people("").await.remove(0);
        let grown = later["seconds"].as_f64().unwrap() - soon["seconds"].as_f64().unwrap();
        assert!((600.0..660.0).contains(&grown), "{grown}");
        assert_eq!(later["present"], true);
        assert!(later["last_left_at"].is_null() && later["intervals"][0]["left_at"].is_null());
    }

    async fn nobody_is_present_in_a_class_that_is_over(house: House) {
        let class = class(&house).await;
        let bob = house.participant("Bob").await;
        enroll(&bob, &class.program).await;
        move_to(&house, "2031-03-10T10:29:00Z");
        again(&class.ada).await.ask(&format!("/sessions/{}/start", class.session)).await.expect(200);
        // That he left was not heard yet, nor ever will be: the seat's row says no more than the class does.
        announce(&house, &[class.presence(&bob).taken("2031-03-10T10:30:00Z")]).await;
        move_to(&house, "2031-03-10T10:50:00Z");
        let ended = again(&class.ada).await.ask(&format!("/sessions/{}/end", class.session)).await.expect(200);
        let ended = at(ended["ended_at"].as_str().unwrap());
        house.parts.clock.advance_seconds(300);
        let person = class.people("").await.remove(0);
        let seconds = json!(ended.seconds_since(at("2031-03-10T10:30:00Z")));
        assert_eq!((&person["present"], &person["seconds"]), (&json!(false), &seconds));
        assert_eq!((&person["last_left_at"], &person["intervals"][0]["left_at"]), (&json!(ended), &json!(ended)));
        let day = again(&bob).await.get("/me/day").await.expect(200);
        assert_eq!(day["items"][0]["my_seconds"], seconds);
        let sheet = again(&class.ada).await.get(&format!("{}.csv", class.path())).await.text;
        assert!(sheet.contains(",no,") && !sheet.contains("/.."), "{sheet}");
    }

    async fn facts_may_come_twice_and_the_wrong_way_round(house: House) {
        let class = class(&house).await;
        let (bob, cleo) = (house.participant("Bob").await, house.participant("Cleo").await);
        let (first, second) = (class.presence(&bob), Presence { staff: true, ..class.presence(&cleo) });
        let (from, to) = ("2031-03-10T10:30:00Z", "2031-03-10T10:50:00Z");
        announce(&house, &[first.taken(from), first.left(to), first.left("2031-03-10T10:55:00Z"), first.taken(from)]).await;
        announce(&house, &[second.left(to)]).await;
        let early = class.people("").await;
        assert_eq!(early[1]["seconds"], 0.0, "all that is known yet is a last sign of life");
        announce(&house, &[second.taken(from), second.left(to)]).await;
        let people = class.people("").await;
        assert_eq!(people.iter().map(|p| p["seconds"].as_f64().unwrap()).collect::<Vec<_>>(), [1200.0, 1200.0]);
        assert_eq!(people[0]["user"]["name"], "Cleo", "she was there as staff, which the second fact said");
    }

    async fn who_left_before_they_joined_was_there_for_no_time(house: House) {
        let class = class(&house).await;
        let bob = house.participant("Bob").await;
        class.presence(&bob).lasts(&house, "2031-03-10T10:40:00Z", "2031-03-10T10:39:58Z").await;
        let person = class.people("").await.remove(0);
        assert_eq!((&person["seconds"], &person["last_left_at"]), (&json!(0.0), &json!("2031-03-10T10:40:00Z")));
    }

    async fn the_absent_are_those_who_were_enrolled_then_and_did_not_come(house: House) {
        let class = class(&house).await;
        let (bob, cleo) = (house.participant("Bob").await, house.participant("Cleo").await);
        let dan = house.participant("Dan").await;
        for person in [&bob, &cleo, &dan] {
            enroll(person, &class.program).await;
        }
        let mine = dan.get(&format!("/programs/{}", class.program)).await.expect(200)["my"]["enrollment"]["id"].clone();
        dan.delete(&format!("/enrollments/{}", text(&mine))).await.expect(204);
        class.presence(&bob).lasts(&house, "2031-03-10T10:30:00Z", "2031-03-10T11:00:00Z").await;
        let admin = house.admin().await;
        move_to(&house, "2031-03-12T10:00:00Z");
        enroll(&house.participant("Eve").await, &class.program).await;
        let names = |people: Vec<Value>| people.iter().map(|p| text(&p["user"]["name"])).collect::<Vec<_>>();
        assert_eq!(names(class.people("").await), ["Bob"]);
        assert_eq!(names(class.people("?absent=false").await), ["Bob"]);
        let all = class.people("?absent=true").await;
        let cleo = all[1].clone();
        assert_eq!(names(all), ["Bob", "Cleo"], "Dan had left, Eve came later");
        assert_eq!(cleo["intervals"], json!([]));
        assert_eq!((&cleo["seconds"], &cleo["present"]), (&json!(0.0), &json!(false)));
        assert!(cleo["first_joined_at"].is_null() && cleo["last_left_at"].is_null());
        again(&admin).await.get(&class.path()).await.expect(200);
    }

    async fn a_register_is_whole_or_paged(house: House) {
        let class = class(&house).await;
        for name in ["Bob", "Cleo", "Dan"] {
            enroll(&house.participant(name).await, &class.program).await;
        }
        let ada = &class.ada;
        let whole = ada.get(&format!("{}?absent=true", class.path())).await.expect(200);
        assert_eq!((whole["items"].as_array().unwrap().len(), &whole["next"]), (3, &Value::Null));
        let first = ada.get(&format!("{}?absent=true&limit=2", class.path())).await.expect(200);
        let next = text(&first["next"]);
        let second = ada.get(&format!("{}?absent=true&limit=2&after={next}", class.path())).await.expect(200);
        assert_eq!((&second["items"][0], &second["next"]), (&whole["items"][2], &Value::Null));
        ada.get(&format!("{}?limit=0", class.path())).await.refused_field("limit", "out-of-range");
        ada.get(&format!("{}?after=x", class.path())).await.refused_field("after", "bad-cursor");
        ada.get(&format!("{}?absent=perhaps", class.path())).await.expect(422);
        ada.get(&format!("{}?colour=red", class.path())).await.refused_field("colour", "unknown-field");
    }

    async fn only_staff_of_the_program_see_who_came(house: House) {
        let class = class(&house).await;
        let (bob, eve) = (house.participant("Bob").await, house.participant("Eve").await);
        let zed = house.instructor("Zed").await;
        enroll(&bob, &class.program).await;
        let path = format!("/programs/{}", class.program);
        class.ada.patch(&path, json!({"visibility": "private"})).await.expect(200);
        for path in [class.path(), format!("{}.csv", class.path())] {
            house.nobody().get(&path).await.refused(401, "sign-in-first");
            bob.get(&path).await.refused(403, "may-not");
            eve.get(&path).await.refused(404, "not-found");
            zed.get(&path).await.refused(404, "not-found");
            assert_eq!(class.ada.get(&path).await.status, 200);
            assert_eq!(house.admin().await.get(&path).await.status, 200);
        }
        let nothing = uuid::Uuid::now_v7();
        class.ada.get(&format!("/sessions/{nothing}/attendances")).await.refused(404, "not-found");
        class.ada.get("/sessions/nonsense/attendances").await.refused(404, "not-found");
    }
}
