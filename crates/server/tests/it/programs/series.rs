//! Series: planned by a rule, seen before they are saved, changed in part or whole, with what began left as it is.

use reqwest::Method;
use reqwest::header::IF_MATCH;
use serde_json::{Value, json};

use super::{draft, enroll, path_of, published, pushed};
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::{House, Person, Reply};

/// Mondays and Wednesdays at half past ten in Berlin, six times, over the change of the clocks in March 2027.
fn tea(more: Value) -> Value {
    let mut series = json!({"title": "Tea", "starts_local": "2027-03-17T10:30:00", "ends_local": "2027-03-17T11:15:00",
        "rule": "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6"});
    series.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    series
}

async fn berlin(ada: &Person) -> String {
    published(ada, json!({"time_zone": "Europe/Berlin"})).await
}

async fn sessions(who: &Person, program: &str) -> Vec<Value> {
    who.get(&format!("{program}/sessions?limit=100")).await.expect(200)["items"].as_array().unwrap().clone()
}

/// Local beginnings without the year, and the state where it is not scheduled.
async fn times(who: &Person, program: &str) -> Vec<String> {
    let short = |one: &Value| {
        let state = one["state"].as_str().unwrap();
        let state = if state == "scheduled" { String::new() } else { format!(" {state}") };
        format!("{}{state}", &one["starts_local"].as_str().unwrap()[5..16])
    };
    sessions(who, program).await.iter().map(short).collect()
}

fn path(series: &Value) -> String {
    format!("/series/{}", series["id"].as_str().unwrap())
}

/// What a preview says, as (change, beginning).
fn changes(preview: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let rows = preview["sessions"].as_array().unwrap().iter();
    rows.map(|row| (text(&row["change"]), text(&row["starts_local"])[5..16].to_string())).collect()
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(change, at)| (change.to_string(), at.to_string())).collect()
}

both_databases! {
    async fn a_series_makes_sessions_on_the_clocks_of_its_zone(house: House) {
        let (ada, bob) = (house.instructor("Ada").await, house.participant("Bob").await);
        let program = berlin(&ada).await;
        enroll(&bob, &program).await;
        let input = tea(json!({"lead_id": ada.id, "plan": [{"minute": 5, "title": "Kettle"}], "except": ["2027-03-24"]}));
        let preview = ada.post(&format!("{program}/series/preview"), input.clone()).await.expect(200);
        assert_eq!(sessions(&ada, &program).await.len(), 0, "a look changes nothing");
        assert_eq!(preview["left_out"], json!([{"day": "2027-03-24", "name": ""}]));
        let series = ada.post(&format!("{program}/series"), input).await.expect(201);
        assert_eq!(series["rule"], "FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE");
        assert_eq!((&series["sessions"], &series["lead"]["name"], &series["except"]), (&json!(5), &json!("Ada"), &json!(["2027-03-24"])));
        let made = sessions(&bob, &program).await;
        let at: Vec<&str> = made.iter().map(|one| one["starts_at"].as_str().unwrap()).collect();
        assert_eq!(at, ["2027-03-17T09:30:00Z", "2027-03-22T09:30:00Z", "2027-03-29T08:30:00Z", "2027-03-31T08:30:00Z", "2027-04-05T08:30:00Z"]);
        let previewed: Vec<&Value> = preview["sessions"].as_array().unwrap().iter().map(|one| &one["starts_at"]).collect();
        assert_eq!(previewed, at.iter().map(|at| json!(at)).collect::<Vec<_>>().iter().collect::<Vec<_>>());
        for one in &made {
            assert_eq!((&one["series_id"], &one["original_start"], &one["plan"][0]["title"]), (&series["id"], &one["starts_local"], &json!("Kettle")));
        }
        let listed = ada.get(&format!("{program}/series")).await.expect(200);
        assert_eq!(listed, json!({"series": [series]}));
        let told = pushed(&house, &format!("program:{}", program.trim_start_matches("/programs/"))).await;
        assert_eq!(told.iter().filter(|(event, _)| event == "session_changed").count(), 1, "pages are told once");
    }

    async fn holidays_of_the_house_and_of_the_program_are_left_out(house: House) {
        let (helen, ada) = (house.admin().await, house.instructor("Ada").await);
        let program = berlin(&ada).await;
        let put = async |who: &Person, path: &str, holidays: Value| {
            let request = who.request(Method::PUT, path).json(&json!({"holidays": holidays}));
            Reply::read(format!("PUT {path}"), request.send().await.unwrap()).await
        };
        let easter = json!([{"name": "Easter", "first_day": "2027-03-26", "last_day": "2027-03-29"}]);
        assert_eq!(put(&helen, "/holidays", easter.clone()).await.expect(200), json!({"holidays": easter}));
        put(&ada, &format!("{program}/holidays"), json!([{"name": "Outing", "first_day": "2027-03-17", "last_day": "2027-03-17"}])).await.expect(200);
        let preview = ada.post(&format!("{program}/series/preview"), tea(json!({}))).await.expect(200);
        assert_eq!(preview["left_out"], json!([{"day": "2027-03-17", "name": "Outing"}, {"day": "2027-03-29", "name": "Easter"}]));
        for (holidays, field, code) in [
            (json!([{"name": "", "first_day": "2027-03-26", "last_day": "2027-03-29"}]), "holidays[0].name", "too-short"),
            (json!([{"name": "X", "first_day": "26.3.2027", "last_day": "2027-03-29"}]), "holidays[0].first_day", "not-a-day"),
            (json!([{"name": "X", "first_day": "2027-03-30", "last_day": "2027-03-29"}]), "holidays[0].last_day", "ends-before-start"),
        ] {
            put(&helen, "/holidays", holidays).await.refused_field(field, code);
        }
        assert_eq!(helen.get("/holidays").await.expect(200)["holidays"].as_array().unwrap().len(), 1, "nothing half-written");
    }

    async fn this_one_and_those_after_it_change(house: House) {
        let ada = house.instructor("Ada").await;
        let program = berlin(&ada).await;
        let series = ada.post(&format!("{program}/series"), tea(json!({}))).await.expect(201);
        let before = sessions(&ada, &program).await;
        // The fourth was moved by hand, and the fifth has a title of its own.
        let one = |place: usize| format!("/sessions/{}", before[place]["id"].as_str().unwrap());
        ada.patch(&one(3), json!({"starts_local": "2027-03-29T15:00:00", "ends_local": "2027-03-29T16:00:00"})).await.expect(200);
        ada.patch(&one(4), json!({"title": "Tea with guests"})).await.expect(200);
        let patch = json!({"from": "2027-03-24T10:30:00", "title": "Coffee", "starts_local": "2027-03-24T11:00:00"});
        let preview = ada.post(&format!("{}/preview", path(&series)), patch.clone()).await.expect(200);
        assert_eq!(changes(&preview), pairs(&[("moved", "03-24T11:00"), ("kept", "03-29T15:00"), ("moved", "03-31T11:00"), ("moved", "04-05T11:00")]));
        assert_eq!(preview["sessions"][0]["was_starts_local"], "2027-03-24T10:30:00");
        let later = ada.patch(&path(&series), patch).await.expect(200);
        assert_ne!(later["id"], series["id"]);
        assert_eq!((&later["rule"], &later["ends_local"]), (&json!("FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE"), &json!("2027-03-24T11:45:00")));
        assert_eq!(times(&ada, &program).await, ["03-17T10:30", "03-22T10:30", "03-24T11:00", "03-29T15:00", "03-31T11:00", "04-05T11:00"]);
        let after = sessions(&ada, &program).await;
        let titles: Vec<&str> = after.iter().map(|one| one["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Tea", "Tea", "Coffee", "Coffee", "Tea with guests", "Coffee"]);
        let ids = |all: &[Value]| all.iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(&after), ids(&before), "each is still the same class");
        let old = ada.get(&path(&series)).await.expect(200);
        assert_eq!((&old["rule"], &old["sessions"]), (&json!("FREQ=WEEKLY;UNTIL=20270323T235959;BYDAY=MO,WE"), &json!(2)));
    }

    async fn another_weekday_moves_classes_and_a_shorter_rule_takes_some_away(house: House) {
        let ada = house.instructor("Ada").await;
        let program = berlin(&ada).await;
        let series = ada.post(&format!("{program}/series"), tea(json!({}))).await.expect(201);
        let before = sessions(&ada, &program).await;
        let first = before[0]["id"].as_str().unwrap();
        ada.patch(&path(&series), json!({"rule": "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5", "starts_local": "2027-03-18T09:00:00"})).await.expect(200);
        assert_eq!(times(&ada, &program).await, ["03-18T09:00", "03-23T09:00", "03-25T09:00", "03-30T09:00", "04-01T09:00"]);
        assert_eq!(sessions(&ada, &program).await[0]["id"], json!(first));
        ada.delete(&format!("{}?from=2027-03-25T09:00:00", path(&series))).await.expect(204);
        assert_eq!(times(&ada, &program).await, ["03-18T09:00", "03-23T09:00"]);
        ada.delete(&path(&series)).await.expect(204);
        assert_eq!(times(&ada, &program).await, [] as [&str; 0]);
        ada.get(&path(&series)).await.refused(404, "not-found");
    }

    async fn what_began_or_was_cancelled_stays_as_it_is(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({"time_zone": "UTC"})).await;
        let now = house.parts.clock.now();
        let local = |minutes: i64| now.plus_minutes(minutes).utc().format("%Y-%m-%dT%H:%M:00").to_string();
        let input = json!({"title": "Daily", "starts_local": local(5), "ends_local": local(35), "rule": "FREQ=DAILY;COUNT=4"});
        let series = ada.post(&format!("{program}/series"), input).await.expect(201);
        let before = sessions(&ada, &program).await;
        let one = |place: usize| format!("/sessions/{}", before[place]["id"].as_str().unwrap());
        ada.ask(&format!("{}/start", one(0))).await.expect(200);
        ada.ask(&format!("{}/cancel", one(2))).await.expect(200);
        ada.ask(&format!("{}/join", one(0))).await.expect(200);
        let preview = ada.post(&format!("{}/preview", path(&series)), json!({"starts_local": local(65)})).await.expect(200);
        let kinds: Vec<String> = changes(&preview).into_iter().map(|(change, _)| change).collect();
        assert_eq!(kinds, ["untouched", "moved", "untouched", "moved"]);
        ada.patch(&path(&series), json!({"starts_local": local(65), "title": "Later"})).await.expect(200);
        let after = sessions(&ada, &program).await;
        let titles: Vec<&str> = after.iter().map(|one| one["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Daily", "Later", "Daily", "Later"]);
        ada.ask(&format!("{}/end", one(0))).await.expect(200);
        ada.delete(&path(&series)).await.expect(204);
        let left: Vec<Value> = sessions(&ada, &program).await.into_iter().map(|one| one["state"].clone()).collect();
        assert_eq!(left, ["ended", "cancelled"]);
        assert_eq!(ada.get(&path(&series)).await.expect(200)["sessions"], 2, "what was has its rule still");
    }

    async fn who_leads_two_at_once_is_told_while_planning(house: House) {
        let ada = house.instructor("Ada").await;
        let eve = house.instructor("Eve").await;
        let (hers, others) = (berlin(&ada).await, berlin(&eve).await);
        let busy = json!({"title": "Pottery", "starts_local": "2027-03-22T11:00:00", "ends_local": "2027-03-22T12:00:00", "lead_id": ada.id});
        ada.post(&format!("{hers}/sessions"), busy).await.expect(201);
        let input = tea(json!({"lead_id": ada.id}));
        let preview = ada.post(&format!("{hers}/series/preview"), input.clone()).await.expect(200);
        let met: Vec<&Value> = preview["sessions"].as_array().unwrap().iter().map(|one| &one["conflicts"]).collect();
        assert_eq!(met[1][0]["title"], "Pottery");
        assert!(met.iter().enumerate().all(|(place, met)| place == 1 || met == &&json!([])));
        let series = ada.post(&format!("{hers}/series"), input).await.expect(201);
        let again = ada.post(&format!("{}/preview", path(&series)), json!({"summary": "x"})).await.expect(200);
        assert_eq!(again["sessions"][1]["conflicts"].as_array().unwrap().len(), 1, "its own sessions are none");
        eve.post(&format!("{others}/series"), tea(json!({"lead_id": ada.id}))).await.refused_field("lead_id", "not-staff");
    }

    async fn two_who_change_it_at_once_are_told(house: House) {
        let ada = house.instructor("Ada").await;
        let program = berlin(&ada).await;
        let made = ada.post(&format!("{program}/series"), tea(json!({}))).await;
        let tag = made.headers["etag"].to_str().unwrap().to_string();
        let path = path(&made.expect(201));
        let change = async |title: &str| {
            let request = ada.request(Method::PATCH, &path).header(IF_MATCH, &tag).json(&json!({"title": title}));
            Reply::read("PATCH".into(), request.send().await.unwrap()).await
        };
        change("Coffee").await.expect(200);
        change("Cocoa").await.refused(412, "changed-meanwhile");
        assert!(sessions(&ada, &program).await.iter().all(|one| one["title"] == "Coffee"));
    }

    async fn what_cannot_be_is_refused_by_its_field(house: House) {
        let ada = house.instructor("Ada").await;
        let program = path_of(&draft(&ada, json!({"time_zone": "Europe/Berlin"})).await);
        for (more, field, code) in [
            (json!({"rule": "FREQ=WEEKLY"}), "rule", "endless"),
            (json!({"rule": "FREQ=SECONDLY;COUNT=9"}), "rule", "not-a-rule"),
            (json!({"rule": "FREQ=DAILY;COUNT=401"}), "rule", "too-many"),
            (json!({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20990101"}), "rule", "no-sessions"),
            (json!({"rule": "FREQ=DAILY;UNTIL=20200101"}), "rule", "no-sessions"),
            (json!({"rule": "FREQ=DAILY;COUNT=2", "except": ["2027-03-17", "2027-03-18"]}), "rule", "no-sessions"),
            (json!({"except": ["tomorrow"]}), "except[0]", "not-a-day"),
            (json!({"ends_local": "2027-03-17T10:30:00"}), "ends_local", "ends-before-start"),
            (json!({"ends_local": "2027-03-18T10:31:00"}), "ends_local", "too-long"),
            (json!({"starts_local": "soon"}), "starts_local", "not-a-local-time"),
            (json!({"time_zone": "Mars/Olympus"}), "time_zone", "unknown-zone"),
            (json!({"title": " "}), "title", "too-short"),
            (json!({"plan": [{"minute": 50, "title": "Too late"}]}), "plan", "after-the-end"),
        ] {
            ada.post(&format!("{program}/series"), tea(more)).await.refused_field(field, code);
        }
        assert_eq!(sessions(&ada, &program).await.len(), 0);
        let series = ada.post(&format!("{program}/series"), tea(json!({}))).await.expect(201);
        let wrong = json!({"from": "2027-03-18T10:30:00", "title": "x"});
        ada.patch(&path(&series), wrong).await.refused_field("from", "no-such-session");
        ada.delete(&format!("{}?from=2027-03-18T10:30:00", path(&series))).await.refused_field("from", "no-such-session");
        ada.patch(&path(&series), json!({"rule": "FREQ=DAILY"})).await.refused_field("rule", "endless");
        assert_eq!(times(&ada, &program).await.len(), 6, "nothing half-done");
    }
}
