//! The outbox, as an administrator sees it.

use serde_json::{Value, json};

use super::passwords::secret;
use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::{Person, Smtp, until};

/// Asks for a new password and returns the mail's row, once it is written.
async fn written(house: &House, helen: &Person, email: &str) -> Value {
    house.nobody().post("/auth/forgot", json!({"email": email})).await.expect(202);
    let of = async || {
        let all = helen.get("/mails").await.expect(200)["items"].as_array().unwrap().clone();
        all.into_iter().find(|mail| mail["to"] == email)
    };
    until("the mail is written", async || of().await.is_some()).await;
    of().await.unwrap()
}

async fn until_is(helen: &Person, id: &str, state: &str) -> Value {
    let path = format!("/mails/{id}");
    until("the mail is so far", async || helen.get(&path).await.expect(200)["state"] == state).await;
    helen.get(&path).await.expect(200)
}

both_databases! {
    async fn without_a_way_out_helen_reads_mails_and_hands_links_on(house: House) {
        house.participant("Bob").await;
        let helen = house.admin().await;
        let mail = written(&house, &helen, "bob@example.org").await;
        assert_eq!((&mail["state"], &mail["attempts"], &mail["sent_at"]), (&json!("waiting"), &json!(0), &Value::Null));
        assert!(mail.get("text").is_none());
        assert_eq!(helen.get("/mails").await.expect(200)["delivers"], false);
        let whole = helen.get(&format!("/mails/{}", mail["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&whole["secret"], &whole["name"]), (&json!(true), &json!("Bob")));
        assert!(whole["text"].as_str().unwrap().contains("/reset#"), "{whole}");
        helen.ask(&format!("/mails/{}/retry", mail["id"].as_str().unwrap())).await.refused(409, "no-mail-transport");
    }

    async fn with_a_way_out_a_secret_is_for_its_reader_alone(house: House) {
        let mut smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        house.participant("Bob").await;
        let helen = house.admin().await;
        smtp.away().await;
        let mail = written(&house, &helen, "bob@example.org").await;
        let whole = helen.get(&format!("/mails/{}", mail["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&whole["text"], &whole["secret"]), (&Value::Null, &json!(true)), "not while it waits");
        smtp.back().await;
        // A try may be under way, towards the server that was away: the next one finds it.
        let path = format!("/mails/{}/retry", mail["id"].as_str().unwrap());
        helen.ask(&path).await.expect(200);
        smtp.to("bob@example.org").await;
        let sent = until_is(&helen, mail["id"].as_str().unwrap(), "sent").await;
        assert_eq!(sent["text"], Value::Null, "and not when it is sent");
        helen.ask(&path).await.refused(409, "mail-sent");
        let token = secret(&smtp.to("bob@example.org").await["text"]);
        house.nobody().post("/auth/reset", json!({"token": token, "password": "another three words"})).await.expect(204);
        until("he is told", async || smtp.taken().len() == 2).await;
        let plain = helen.get("/mails?limit=1").await.expect(200)["items"][0]["id"].as_str().unwrap().to_string();
        let plain = helen.get(&format!("/mails/{plain}")).await.expect(200);
        assert!(plain["text"].as_str().unwrap().contains("was changed"), "what opens nothing is read: {plain}");
        house.crash().await;
    }

    async fn helen_tries_a_mail_again_that_failed(house: House) {
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        let mut helen = house.admin().await;
        for (name, state) in [("Unwanted", "failed"), ("Gone", "bounced")] {
            house.participant(name).await;
            let mail = written(&house, &helen, &format!("{}@example.org", name.to_lowercase())).await;
            let id = mail["id"].as_str().unwrap();
            let mail = until_is(&helen, id, state).await;
            assert!(mail["last_error"].as_str().is_some_and(|why| !why.is_empty()), "{mail}");
            let again = helen.ask(&format!("/mails/{id}/retry")).await.expect(200);
            assert_eq!((&again["state"], &again["attempts"]), (&json!("waiting"), &json!(0)));
            until_is(&helen, id, state).await;
            house.parts.clock.advance_seconds(3601);
            helen = house.sign_in("helen@example.org").await;
            helen.ask(&format!("/mails/{id}/retry")).await.refused(409, "mail-ran-out");
        }
        house.crash().await;
    }

    async fn mails_are_listed_by_state_the_newest_first_in_pages(house: House) {
        let helen = house.admin().await;
        for name in ["Ada", "Bob", "Cleo"] {
            house.participant(name).await;
            written(&house, &helen, &format!("{}@example.org", name.to_lowercase())).await;
        }
        let first = helen.get("/mails?limit=2&state=waiting").await.expect(200);
        let to = |page: &Value| page["items"].as_array().unwrap().iter().map(|mail| mail["to"].as_str().unwrap().to_string()).collect::<Vec<_>>();
        assert_eq!(to(&first), ["cleo@example.org", "bob@example.org"]);
        let second = helen.get(&format!("/mails?limit=2&state=waiting&after={}", first["next"].as_str().unwrap())).await.expect(200);
        assert_eq!((to(&second), &second["next"]), (vec!["ada@example.org".to_string()], &Value::Null));
        assert_eq!(to(&helen.get("/mails?state=sent").await.expect(200)), Vec::<String>::new());
        helen.get("/mails?state=lost").await.refused_field("state", "wrong-type");
        helen.get("/mails?limit=0").await.refused_field("limit", "out-of-range");
        helen.get("/mails?after=x").await.refused_field("after", "bad-cursor");
        helen.get("/mails?colour=red").await.refused_field("colour", "unknown-field");
    }

    async fn old_mails_and_links_are_forgotten(house: House) {
        house.participant("Bob").await;
        let helen = house.admin().await;
        written(&house, &helen, "bob@example.org").await;
        let many = async || {
            use sea_orm::{EntityTrait, PaginatorTrait};
            let links = server::accounts::model::mail_link::Entity::find().count(house.parts.db.read()).await.unwrap();
            let mails = server::plumbing::mail::model::Entity::find().count(house.parts.db.read()).await.unwrap();
            (links, mails)
        };
        server::app::operate::tidy(&house.parts).await.unwrap();
        assert_eq!(many().await, (1, 1));
        house.parts.clock.advance_seconds(91 * 86_400);
        server::app::operate::tidy(&house.parts).await.unwrap();
        assert_eq!(many().await, (0, 0));
    }
}
