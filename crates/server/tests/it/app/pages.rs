//! What the served page says of itself before any script runs: for search, previews and who has no script.

use serde_json::json;

use crate::both_databases;
use crate::programs::{draft, published};
use crate::util::{House, Reply};

async fn page(house: &House, path: &str) -> Reply {
    let answer = reqwest::get(format!("{}{path}", house.url)).await.unwrap();
    let reply = Reply::read(path.into(), answer).await;
    assert_eq!(reply.status, 200, "{path}");
    assert!(reply.text.contains("vdp-organisation"), "the front end is not built: make web/dist/index.html");
    reply
}

/// What stands in the page's head: the title, and every `meta` with its content.
fn head(html: &str) -> Vec<(String, String)> {
    let between = |text: &str, from: &str, to: &str| {
        let start = text.find(from)? + from.len();
        Some(text[start..][..text[start..].find(to)?].to_string())
    };
    let mut found = vec![("title".to_string(), between(html, "<title>", "</title>").unwrap())];
    for tag in html.split("<meta ").skip(1).map(|rest| &rest[..rest.find('>').unwrap()]) {
        let name = between(tag, "name=\"", "\"").or_else(|| between(tag, "property=\"", "\""));
        found.extend(name.zip(between(tag, "content=\"", "\"")));
    }
    found
}

fn says(html: &str, name: &str) -> Option<String> {
    head(html).into_iter().find(|(found, _)| found == name).map(|(_, content)| content)
}

both_databases! {
    async fn a_public_program_says_what_it_is(house: House) {
        let ada = house.instructor("Ada").await;
        let more = json!({"title": "Watercolour mornings", "summary": "Paint & talk, twice a week."});
        let program = published(&ada, more).await;
        let id = program.trim_start_matches("/programs/");
        for path in ["/programs/watercolour-mornings".to_string(), program.clone(), format!("/programs/{id}/?a=b")] {
            let html = page(&house, &path).await.text;
            let said = |name| says(&html, name);
            assert_eq!(said("title").as_deref(), Some("Watercolour mornings, Harbour Lane"));
            assert_eq!(said("description").as_deref(), Some("Paint &amp; talk, twice a week."));
            assert_eq!(said("og:title").as_deref(), Some("Watercolour mornings"));
            assert_eq!(said("og:description").as_deref(), Some("Paint &amp; talk, twice a week."));
            assert_eq!(said("og:type").as_deref(), Some("website"));
            assert_eq!(said("og:site_name").as_deref(), Some("Harbour Lane"));
            assert_eq!(said("og:url"), Some(format!("{}/programs/watercolour-mornings", house.url)));
            assert_eq!(said("robots"), None);
            assert_eq!(html.matches("<title>").count(), 1);
        }
        let plain = page(&house, "/programs").await;
        assert_eq!(says(&plain.text, "og:title"), None, "other pages are the shell as it is");
    }

    async fn what_is_typed_stays_text(house: House) {
        let ada = house.instructor("Ada").await;
        let evil = json!({"title": "</title><script>alert(1)</script>", "summary": "\"><img src=x onerror='alert(2)'>"});
        let program = published(&ada, evil).await;
        let reply = page(&house, &program).await;
        let policy = reply.headers["content-security-policy"].to_str().unwrap();
        let plain = page(&house, "/").await;
        assert_eq!(policy, plain.headers["content-security-policy"], "no script is added");
        assert!(!reply.text.contains("<script>alert") && !reply.text.contains("<img"), "{}", reply.text);
        assert_eq!(says(&reply.text, "og:title").unwrap(), "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(says(&reply.text, "description").unwrap(), "&quot;&gt;&lt;img src=x onerror='alert(2)'&gt;");
    }

    async fn what_is_not_public_reveals_nothing(house: House) {
        let ada = house.instructor("Ada").await;
        let unknown = page(&house, "/programs/nothing-of-that-name").await.text;
        draft(&ada, json!({"title": "Secret draft"})).await;
        published(&ada, json!({"title": "Secret circle", "visibility": "private"})).await;
        let archived = published(&ada, json!({"title": "Secret past"})).await;
        ada.ask(&format!("{archived}/archive")).await.expect(200);
        for slug in ["secret-draft", "secret-circle", "secret-past", "%00", "%ff", "a%2Fb", "", "secret-circle/x"] {
            assert_eq!(page(&house, &format!("/programs/{slug}")).await.text, unknown, "{slug}");
        }
    }

    async fn who_has_the_link_sees_it_and_search_does_not(house: House) {
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({"title": "By invitation", "visibility": "link"})).await;
        let reply = page(&house, "/programs/by-invitation").await;
        assert_eq!(says(&reply.text, "robots").as_deref(), Some("noindex"));
        assert_eq!(reply.headers["x-robots-tag"], "noindex");
        assert_eq!(says(&reply.text, "og:title").as_deref(), Some("By invitation"));
        let nobody = house.nobody();
        assert_eq!(nobody.get("/programs/by-invitation").await.expect(200)["visibility"], "link");
        for who in [&nobody, &house.participant("Bob").await] {
            assert_eq!(who.get("/programs").await.expect(200)["items"], json!([]));
        }
        ada.patch(&program, json!({"visibility": "public"})).await.expect(200);
        assert!(!page(&house, "/programs/by-invitation").await.headers.contains_key("x-robots-tag"));
    }
}
