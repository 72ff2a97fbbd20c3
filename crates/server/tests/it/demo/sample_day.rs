//! A sample day that works at any hour of any weekday, and never touches records that are there.

use sea_orm::{FromQueryResult, JsonValue, Statement};
use serde_json::{Value, json};
use server::accounts::Role;
use server::demo;
use server::kit::At;
use server::plumbing::db::backend;

use crate::both_databases;
use crate::util::{House, Person};

const PASSWORD: &str = "a demo password";

async fn sign_in(house: &House, who: &str) -> Person {
    let nobody = house.nobody();
    let input = json!({"email": format!("{who}@demo.example"), "password": PASSWORD});
    nobody.signed_in(&nobody.post("/auth/login", input).await.expect(200))
}

/// Moves the clock forward to an instant and fills the house as a start at that instant does.
async fn fill_at(house: &House, instant: &str) -> demo::Filled {
    let start = At::parse(instant).unwrap();
    let seconds = (start.0 - house.parts.clock.now().0).div_euclid(1_000_000) + 1;
    house.parts.clock.advance_seconds(seconds);
    demo::fill(&house.parts, PASSWORD, house.parts.clock.now()).await.unwrap()
}

/// Every row of every table of the sample, without what hashing salts.
async fn everything(house: &House) -> Vec<Value> {
    let mut all = Vec::new();
    for (table, columns) in [
        ("organisation", "*"),
        ("users", "id, name, email, role, pronouns, time_zone, active, search_text, created_at, updated_at"),
        ("programs", "*"),
        ("program_staff", "*"),
        ("enrollments", "*"),
        ("sessions", "*"),
        ("attendances", "*"),
    ] {
        let text = format!("SELECT {columns} FROM {table} ORDER BY 1, 2");
        let conn = house.parts.db.read();
        let rows = JsonValue::find_by_statement(Statement::from_string(backend(house.parts.db.is_sqlite()), text));
        all.extend(rows.all(conn).await.unwrap().into_iter().map(|row| json!([table, row])));
    }
    all
}

/// What Rosa and Maya find: one class that is open now, one that is over, some that come later.
async fn look_around(house: &House, when: &str) {
    let (rosa, maya) = (sign_in(house, "participant").await, sign_in(house, "instructor").await);
    let today: chrono::NaiveDate = rosa.get("/me/day").await.expect(200)["date"].as_str().unwrap().parse().unwrap();
    let mut items: Vec<Value> = Vec::new();
    // Near midnight the sample day is in two dates.
    for date in [today.pred_opt().unwrap(), today, today.succ_opt().unwrap()] {
        let day = rosa.get(&format!("/me/day?date={date}")).await.expect(200);
        items.extend(day["items"].as_array().unwrap().clone());
    }
    let of = |state: &str| items.iter().filter(|i| i["state"] == state).cloned().collect::<Vec<_>>();
    let open = of("open");
    assert_eq!(open.len(), 1, "{when}: one class is due");
    assert!(of("later").len() >= 3 && !of("over").is_empty(), "{when}: {} items", items.len());
    assert_eq!(open[0]["session"]["title"], "Gentle movement");
    let path = format!("/sessions/{}/start", open[0]["session"]["id"].as_str().unwrap());
    assert_eq!(maya.ask(&path).await.expect(200)["state"], "live", "{when}");
}

both_databases! {
    async fn on_a_tuesday_morning_the_class_that_is_due_can_be_started(house: House) {
        let filled = fill_at(&house, "2031-11-25T10:24:00Z").await;
        assert!(filled.fresh);
        assert_eq!(filled.people[0].email, "admin@demo.example");
        assert_eq!(filled.people.iter().filter(|p| p.role == Role::Instructor).count(), 4);
        assert!(filled.people.len() >= 27, "{}", filled.people.len());
        look_around(&house, "Tuesday morning").await;
    }

    async fn on_a_saturday_night_too(house: House) {
        fill_at(&house, "2031-11-29T23:50:00Z").await;
        look_around(&house, "2031-11-29T23:50").await;
    }

    async fn and_in_the_night_when_clocks_go_back(house: House) {
        fill_at(&house, "2031-10-26T00:40:00Z").await;
        look_around(&house, "2031-10-26T00:40").await;
    }

    async fn four_weeks_have_been_and_people_came(house: House) {
        fill_at(&house, "2031-11-25T10:24:00Z").await;
        let admin = sign_in(&house, "admin").await;
        let path = "/programs/weekday-together/timetable?from=2031-10-28&to=2031-12-02";
        let items = admin.get(path).await.expect(200)["items"].as_array().unwrap().clone();
        let over: Vec<_> = items.iter().filter(|i| i["state"] == "over").collect();
        assert!(over.len() > 75, "{}", over.len());
        assert!(items.iter().filter(|i| i["state"] == "cancelled").count() >= 2);
        for item in &over {
            let came = item["came"].as_i64().unwrap();
            assert!((6..=20).contains(&came), "{item}");
        }
        let register = format!("/sessions/{}/attendances?absent=true", over[20]["session"]["id"].as_str().unwrap());
        let people = admin.get(&register).await.expect(200)["items"].as_array().unwrap().clone();
        assert_eq!(people.iter().filter(|p| p["role"] == "participant").count(), 20, "who waits in line is not expected");
        assert!(people.iter().all(|p| p["present"] == false));
        let program = admin.get("/programs/weekday-together").await.expect(200);
        assert_eq!((&program["enrolled"], &program["waiting"], &program["places_left"]), (&json!(20), &json!(2), &json!(0)));
        let workshop = admin.get("/programs/watercolour-evenings").await.expect(200);
        assert_eq!((&workshop["price_cents"], &workshop["places_left"]), (&json!(4800), &json!(2)));
        assert_eq!(house.nobody().get("/programs/autumn-concert").await.expect(200)["capacity"], 200);
    }

    async fn records_that_are_there_are_left_alone(house: House) {
        let admin = house.admin().await;
        let before = everything(&house).await;
        let filled = demo::fill(&house.parts, PASSWORD, house.parts.clock.now()).await.unwrap();
        assert!(!filled.fresh && filled.people.is_empty());
        assert_eq!(everything(&house).await, before);
        admin.get("/me").await.expect(200);
    }

    async fn a_second_start_says_who_is_there_and_changes_nothing(house: House) {
        let first = fill_at(&house, "2031-11-25T10:24:00Z").await;
        let before = everything(&house).await;
        let second = fill_at(&house, "2031-11-26T10:24:00Z").await;
        assert!(!second.fresh);
        assert_eq!(second.people, first.people);
        assert_eq!(everything(&house).await, before);
    }

    async fn the_same_start_makes_the_same_bytes(house: House) {
        let other = House::open(house.place.engine).await;
        for house in [&house, &other] {
            demo::fill(&house.parts, PASSWORD, At::parse("2031-11-25T10:24:00Z").unwrap()).await.unwrap();
        }
        assert_eq!(everything(&house).await, everything(&other).await);
        other.close().await;
    }
}
