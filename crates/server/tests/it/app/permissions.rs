//! The permission matrix: every route × every kind of person, with the answer each gets. A route that is not in it fails the test.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::both_databases;
use crate::programs::{enroll, published, session_in};
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::{Person, Reply};

/// The columns: nobody, a participant elsewhere, one of this program, the same by a join link, an instructor elsewhere,
/// this program's lead, an administrator.
const WHO: [&str; 7] = ["stranger", "eve", "bob", "bob by link", "mallory", "ada", "helen"];

/// method, path, body, and the status for each of [`WHO`]. `P`, `S`, `E` and `U` stand for the program, its session, bob's
/// enrollment and bob.
#[rustfmt::skip]
fn matrix() -> Vec<(Method, &'static str, Value, [u16; 7])> {
    let (get, post, patch, delete) = (Method::GET, Method::POST, Method::PATCH, Method::DELETE);
    let none = || Value::Null;
    let sdp = || json!("v=0");
    let series = || json!({"title": "New", "starts_local": "2027-03-01T10:00", "ends_local": "2027-03-01T11:00", "rule": "FREQ=WEEKLY;COUNT=2"});
    vec![
        // Signing in and out is for everybody; what is wrong with it is a matter of the credentials.
        (post.clone(), "/auth/register", json!({"email": "x"}), [422, 422, 422, 422, 422, 422, 422]),
        (post.clone(), "/auth/login", json!({"email": "x@y.zz", "password": "-"}), [401, 401, 401, 401, 401, 401, 401]),
        (post.clone(), "/auth/link", json!({"token": "-"}), [401, 401, 401, 401, 401, 401, 401]),
        (post.clone(), "/auth/forgot", json!({"email": "x@y.zz"}), [202, 202, 202, 202, 202, 202, 202]),
        (post.clone(), "/auth/reset/check", json!({"token": "-"}), [404, 404, 404, 404, 404, 404, 404]),
        (post.clone(), "/auth/reset", json!({"token": "-", "password": "three plain words"}), [404, 404, 404, 404, 404, 404, 404]),
        (post.clone(), "/auth/logout", none(), [204, 204, 204, 204, 204, 204, 204]),
        (post.clone(), "/auth/refresh", none(), [401, 401, 401, 401, 401, 401, 401]),
        (post.clone(), "/auth/logout_everywhere", json!({"x": 1}), [401, 422, 422, 422, 422, 422, 422]),
        (post.clone(), "/setup", json!({}), [422, 422, 422, 422, 422, 422, 422]),
        (post.clone(), "/setup/check", json!({"token": "-"}), [404, 404, 404, 404, 404, 404, 404]),
        // Oneself.
        (get.clone(), "/me", none(), [401, 200, 200, 200, 200, 200, 200]),
        (patch.clone(), "/me", json!({}), [401, 200, 200, 200, 200, 200, 200]),
        (get.clone(), "/me/day", none(), [401, 200, 200, 200, 200, 200, 200]),
        (get.clone(), "/overview", none(), [401, 403, 403, 403, 200, 200, 200]),
        // People.
        (get.clone(), "/users", none(), [401, 403, 403, 403, 403, 403, 200]),
        (post.clone(), "/users", json!({"name": "New"}), [401, 403, 403, 403, 403, 403, 201]),
        (get.clone(), "/users/U", none(), [401, 403, 403, 403, 403, 403, 200]),
        (patch.clone(), "/users/U", json!({}), [401, 403, 403, 403, 403, 403, 200]),
        (post.clone(), "/users/U/join_link", none(), [401, 403, 403, 403, 404, 201, 201]),
        (delete.clone(), "/users/U/join_link", none(), [401, 403, 403, 403, 404, 204, 204]),
        // Mails.
        (get.clone(), "/mails", none(), [401, 403, 403, 403, 403, 403, 200]),
        (get.clone(), "/mails/00000000-0000-7000-8000-000000000000", none(), [401, 403, 403, 403, 403, 403, 404]),
        (post.clone(), "/mails/00000000-0000-7000-8000-000000000000/retry", none(), [401, 403, 403, 403, 403, 403, 409]),
        // Programs.
        (get.clone(), "/programs", none(), [200, 200, 200, 200, 200, 200, 200]),
        (post.clone(), "/programs", json!({"title": "New", "kind": "course"}), [401, 403, 403, 403, 201, 201, 201]),
        (get.clone(), "/programs/P", none(), [200, 200, 200, 200, 200, 200, 200]),
        (patch.clone(), "/programs/P", json!({}), [401, 403, 403, 403, 403, 200, 200]),
        (delete.clone(), "/programs/P", none(), [401, 403, 403, 403, 403, 409, 409]),
        (post.clone(), "/programs/P/publish", none(), [401, 403, 403, 403, 403, 409, 409]),
        (post.clone(), "/programs/P/archive", none(), [401, 403, 403, 403, 403, 200, 200]),
        (get.clone(), "/programs/P/enrollments", none(), [401, 403, 403, 403, 403, 200, 200]),
        (post.clone(), "/programs/P/enrollments", none(), [401, 201, 409, 403, 201, 409, 409]),
        (delete.clone(), "/enrollments/E", none(), [401, 404, 204, 403, 404, 204, 204]),
        (get.clone(), "/programs/P/timetable?from=2026-11-23&to=2026-11-29", none(), [401, 403, 403, 403, 403, 200, 200]),
        // Calendars. An address needs no sign-in, and opens nothing when it is not one.
        (get.clone(), "/me/calendars", none(), [401, 200, 200, 200, 200, 200, 200]),
        (post.clone(), "/me/calendars", none(), [401, 201, 201, 201, 201, 201, 201]),
        (delete.clone(), "/me/calendars/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/calendars/00000000-0000-7000-8000-000000000000", none(), [404, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/sessions/S/calendar", none(), [200, 200, 200, 200, 200, 200, 200]),
        // Series.
        (get.clone(), "/programs/P/series", none(), [401, 403, 403, 403, 403, 200, 200]),
        (post.clone(), "/programs/P/series", series(), [401, 403, 403, 403, 403, 201, 201]),
        (post.clone(), "/programs/P/series/preview", series(), [401, 403, 403, 403, 403, 200, 200]),
        (get.clone(), "/series/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (patch.clone(), "/series/00000000-0000-7000-8000-000000000000", json!({}), [401, 404, 404, 404, 404, 404, 404]),
        (delete.clone(), "/series/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (post.clone(), "/series/00000000-0000-7000-8000-000000000000/preview", json!({}), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/holidays", none(), [401, 403, 403, 403, 200, 200, 200]),
        (Method::PUT, "/holidays", json!({"holidays": []}), [401, 403, 403, 403, 403, 403, 200]),
        (get.clone(), "/programs/P/holidays", none(), [401, 403, 403, 403, 403, 200, 200]),
        (Method::PUT, "/programs/P/holidays", json!({"holidays": []}), [401, 403, 403, 403, 403, 200, 200]),
        // Sessions.
        (get.clone(), "/programs/P/sessions", none(), [200, 200, 200, 200, 200, 200, 200]),
        (post.clone(), "/programs/P/sessions", json!({"title": "New", "starts_local": "2027-03-01T10:00", "ends_local": "2027-03-01T11:00"}), [401, 403, 403, 403, 403, 201, 201]),
        (get.clone(), "/sessions/S", none(), [401, 200, 200, 200, 200, 200, 200]),
        (patch.clone(), "/sessions/S", json!({}), [401, 403, 403, 403, 403, 200, 200]),
        (delete.clone(), "/sessions/S", none(), [401, 403, 403, 403, 403, 204, 204]),
        (post.clone(), "/sessions/S/start", none(), [401, 403, 403, 403, 403, 200, 200]),
        (post.clone(), "/sessions/S/end", none(), [401, 403, 403, 403, 403, 409, 409]),
        (post.clone(), "/sessions/S/cancel", none(), [401, 403, 403, 403, 403, 200, 200]),
        (post.clone(), "/sessions/S/join", none(), [401, 403, 200, 200, 403, 200, 200]),
        // Whoever knows of it may ask; this program takes no guests.
        (post.clone(), "/sessions/S/guests", json!({"name": "Gus"}), [403, 403, 403, 403, 403, 403, 403]),
        (post.clone(), "/sessions/S/whip", sdp(), [401, 403, 409, 409, 403, 409, 409]),
        (post.clone(), "/sessions/S/whep", sdp(), [401, 403, 409, 409, 403, 409, 409]),
        (delete.clone(), "/sessions/S/whip/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (delete.clone(), "/sessions/S/whep/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/sessions/S/recording_consent", none(), [401, 403, 200, 200, 403, 200, 200]),
        (Method::PUT, "/sessions/S/recording_consent", json!({"yes": true}), [401, 403, 200, 200, 403, 200, 200]),
        (get.clone(), "/sessions/S/recordings", none(), [401, 403, 200, 200, 403, 200, 200]),
        (get.clone(), "/programs/P/recordings", none(), [401, 403, 200, 200, 403, 200, 200]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (delete.clone(), "/recordings/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000/tracks/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000/viewers", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000/video", none(), [401, 404, 404, 404, 404, 404, 404]),
        (post.clone(), "/recordings/00000000-0000-7000-8000-000000000000/video", json!({}), [401, 404, 404, 404, 404, 404, 404]),
        (delete.clone(), "/recordings/00000000-0000-7000-8000-000000000000/video", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000/video/file", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000/boards/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/recordings/00000000-0000-7000-8000-000000000000/boards/00000000-0000-7000-8000-000000000000/images/00000000-0000-7000-8000-000000000000", none(), [401, 404, 404, 404, 404, 404, 404]),
        // What was said, for who belongs here; the address for a caption service opens by itself alone.
        (get.clone(), "/sessions/S/transcript", none(), [401, 403, 200, 200, 403, 200, 200]),
        (get.clone(), "/sessions/S/transcript.vtt", none(), [401, 403, 200, 200, 403, 200, 200]),
        (get.clone(), "/sessions/S/documents", none(), [401, 403, 200, 200, 403, 200, 200]),
        (get.clone(), "/sessions/S/documents/00000000-0000-7000-8000-000000000000", none(), [401, 403, 404, 404, 403, 404, 404]),
        (get.clone(), "/sessions/S/documents/00000000-0000-7000-8000-000000000000/images/00000000-0000-7000-8000-000000000000", none(), [401, 403, 404, 404, 403, 404, 404]),
        (patch.clone(), "/sessions/S/transcript/00000000-0000-7000-8000-000000000000", json!({"text": "x"}), [401, 403, 403, 403, 403, 404, 404]),
        (get.clone(), "/sessions/S/caption_link", none(), [401, 403, 403, 403, 403, 200, 200]),
        (post.clone(), "/sessions/S/caption_link", none(), [401, 403, 403, 403, 403, 201, 201]),
        (delete.clone(), "/sessions/S/caption_link", none(), [401, 403, 403, 403, 403, 204, 204]),
        (post.clone(), "/captions/00000000-0000-7000-8000-000000000000", json!("Hello"), [404, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/captions/00000000-0000-7000-8000-000000000000/seq", none(), [404, 404, 404, 404, 404, 404, 404]),
        (get.clone(), "/sessions/S/attendances", none(), [401, 403, 403, 403, 403, 200, 200]),
        (get.clone(), "/sessions/S/attendances.csv", none(), [401, 403, 403, 403, 403, 200, 200]),
    ]
}

/// What a row acts on, made anew where the row would change it.
struct Scene {
    program: String,
    session: String,
    enrollment: String,
}

async fn scene(house: &House, ada: &Person, bob: &Person) -> Scene {
    let program = published(ada, json!({"title": "Weekday Together"})).await;
    let session = session_in(house, ada, &program, 5).await;
    let enrollment = enroll(bob, &program).await;
    let last = |path: &str| path.rsplit('/').next().unwrap().to_string();
    Scene { program: last(&program), session: last(&session), enrollment: enrollment["id"].as_str().unwrap().into() }
}

async fn ask(who: &Person, method: &Method, path: &str, body: &Value) -> Reply {
    let mut request = who.request(method.clone(), path);
    request = match body {
        Value::Null => request,
        Value::String(sdp) => request.header("content-type", "application/sdp").body(sdp.clone()),
        body => request.json(body),
    };
    Reply::read(format!("{method} {path}"), request.send().await.unwrap()).await
}

both_databases! {
    async fn everybody_may_do_what_the_matrix_says_and_nothing_else(house: House) {
        let helen = house.admin().await;
        let (ada, mallory) = (house.instructor("Ada").await, house.instructor("Mallory").await);
        let (bob, eve) = (house.participant("Bob").await, house.participant("Eve").await);
        let link = helen.ask(&format!("/users/{}/join_link", bob.id)).await.expect(201);
        let token = link["url"].as_str().unwrap().split('#').nth(1).unwrap().to_string();
        let by_link = house.nobody().post("/auth/link", json!({"token": token})).await.expect(200);
        let people = [&house.nobody(), &eve, &bob, &house.nobody().signed_in(&by_link), &mallory, &ada, &helen];
        // Their tokens alone: cookies would let a refresh or a sign-out of one row reach into the next.
        let people = people.map(|p| Person { client: reqwest::Client::new(), ..p.clone() });
        let mut wrong = Vec::new();
        for (method, template, body, expected) in matrix() {
            let mut shared = scene(&house, &ada, &bob).await;
            for (i, who) in people.iter().enumerate() {
                // What a row changed is made anew for the next person.
                if i > 0 && method != Method::GET && expected[i - 1] < 300 && template.contains(['P', 'S', 'E']) {
                    shared = scene(&house, &ada, &bob).await;
                }
                let path = template
                    .replace("/P", &format!("/{}", shared.program))
                    .replace("/S", &format!("/{}", shared.session))
                    .replace("/E", &format!("/{}", shared.enrollment))
                    .replace("/U", &format!("/{}", bob.id));
                if template == "/users/U/join_link" && method == Method::DELETE && expected[i] == 204 {
                    helen.ask(&path).await.expect(201);
                }
                let reply = ask(who, &method, &path, &body).await;
                if reply.status != expected[i] {
                    wrong.push(format!("{method} {template} by {}: {} instead of {}: {}", WHO[i], reply.status, expected[i], reply.text));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    async fn every_route_stands_in_the_matrix(house: House) {
        let document = house.nobody().get("/api/openapi.json").await.expect(200);
        let described: BTreeSet<(String, String)> = document["paths"].as_object().unwrap().iter()
            .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |m| (m.to_uppercase(), plain(path))))
            .collect();
        let listed: BTreeSet<(String, String)> = matrix().iter().map(|(m, path, ..)| (m.to_string(), plain(path))).collect();
        assert_eq!(described, listed);
    }
}

/// A path with every id as `*`.
fn plain(path: &str) -> String {
    let path = path.strip_prefix("/api/v1").unwrap_or(path).split('?').next().unwrap();
    let is_id = |part: &str| part.starts_with('{') || part.len() == 36 || ["P", "S", "E", "U"].contains(&part);
    path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}
