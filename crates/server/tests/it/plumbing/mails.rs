//! Mails to a real SMTP server: taken, put off, refused, and what they look like when they come.

use futures::FutureExt;
use serde_json::Value;
use server::kit::MailId;
use server::plumbing::mail::{self, Letter, State};

use crate::both_databases;
use crate::util::{House, Smtp, until};

fn letter(address: &str) -> Letter<'_> {
    Letter {
        kind: "password-reset",
        address,
        name: "Zoë Ångström",
        locale: Some("de"),
        values: vec![("organisation", "Hafen „Süd“")],
        link: Some("https://day.example.org/reset#the-secret"),
        secret: true,
        good_until: None,
    }
}

pub async fn put(house: &House, letter: impl Fn() -> Letter<'static> + Send + Sync) -> MailId {
    let parts = &house.parts;
    parts.db.write(|tx| mail::put(parts, tx, letter()).boxed()).await.unwrap()
}

pub async fn row(house: &House, id: MailId) -> mail::model::Model {
    mail::store::need(house.parts.db.read(), id).await.unwrap()
}

pub async fn tried(house: &House, id: MailId, times: i32) -> mail::model::Model {
    until("the mail is tried", async || row(house, id).await.attempts >= times).await;
    row(house, id).await
}

fn header<'a>(mail: &'a Value, name: &str) -> Vec<&'a str> {
    let all = mail["headers"].as_array().unwrap().iter();
    all.filter(|pair| pair[0] == name).map(|pair| pair[1].as_str().unwrap()).collect()
}

both_databases! {
    async fn a_mail_comes_whole_in_the_readers_language(house: House) {
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        let id = put(&house, || letter("zoe@example.org")).await;
        let mail = smtp.to("zoe@example.org").await;
        assert_eq!((&mail["from"], &mail["hello"]), (&Value::from("post@harbour.example"), &Value::from("127.0.0.1")));
        assert_eq!(header(&mail, "Subject"), ["Ein neues Passwort für Hafen „Süd“"]);
        assert_eq!(header(&mail, "To"), ["Zoë Ångström <zoe@example.org>"]);
        assert_eq!(header(&mail, "From"), ["Zoë's Day <post@harbour.example>"]);
        assert_eq!(header(&mail, "Message-ID"), [format!("<{id}@harbour.example>")]);
        assert_eq!(header(&mail, "Auto-Submitted"), ["auto-generated"]);
        assert_eq!((header(&mail, "Content-Language"), header(&mail, "Date").len()), (vec!["de"], 1));
        assert_eq!(mail["kind"], "multipart/alternative");
        assert_eq!(mail["parts"], serde_json::json!([["text/plain", "utf-8"], ["text/html", "utf-8"]]));
        for part in ["text", "html"] {
            for said in ["Guten Tag Zoë Ångström,", "https://day.example.org/reset#the-secret"] {
                assert!(mail[part].as_str().unwrap().contains(said), "{said} in {part}: {mail}");
            }
        }
        let row = tried(&house, id, 1).await;
        assert_eq!((row.state, row.sent_at.is_some(), row.last_error.as_deref()), (State::Sent, true, None));
        assert_eq!((&*row.text, &*row.html), ("", ""), "nobody needs the secret here any more");
        house.crash().await;
    }

    async fn a_secret_is_sealed_while_it_waits(house: House) {
        let id = put(&house, || letter("zoe@example.org")).await;
        let row = row(&house, id).await;
        assert_eq!(row.state, State::Waiting);
        assert!(!format!("{}{}{row:?}", row.text, row.html).contains("the-secret"));
        assert!(mail::opened(&house.parts, &row, "text").unwrap().contains("reset#the-secret"));
        let plain = put(&house, || Letter { kind: "password-changed", secret: false, link: None, ..letter("zoe@example.org") }).await;
        assert!(self::row(&house, plain).await.text.starts_with("Guten Tag"));
    }

    async fn what_waited_without_a_way_out_goes_once_there_is_one(house: House) {
        let id = put(&house, || letter("zoe@example.org")).await;
        let late = put(&house, || {
            let past = server::kit::At(0);
            Letter { good_until: Some(past), ..letter("late@example.org") }
        }).await;
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        smtp.to("zoe@example.org").await;
        tried(&house, id, 1).await;
        assert_eq!(tried(&house, late, 1).await.state, State::Failed, "its link is good for nothing");
        let house = smtp.serves(&house).await;
        tried(&house, put(&house, || letter("next@example.org")).await, 1).await;
        assert_eq!(smtp.taken().len(), 2, "what was sent is not sent again");
        house.crash().await;
    }

    async fn a_busy_server_gets_it_later(house: House) {
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        let id = put(&house, || letter("busy@example.org")).await;
        let row = tried(&house, id, 1).await;
        assert_eq!(row.state, State::Waiting);
        assert!(row.last_error.unwrap().contains("Too much to do"));
        house.parts.clock.advance_seconds(31);
        smtp.to("busy@example.org").await;
        let row = tried(&house, id, 2).await;
        assert_eq!((row.state, row.attempts, row.last_error), (State::Sent, 2, None));
        house.crash().await;
    }

    async fn what_is_refused_for_good_is_not_tried_again(house: House) {
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        let (gone, unwanted) = (put(&house, || letter("gone@example.org")).await, put(&house, || letter("unwanted@example.org")).await);
        for (id, state, why) in [(gone, State::Bounced, "Nobody of this name"), (unwanted, State::Failed, "Not wanted here")] {
            let row = tried(&house, id, 1).await;
            assert_eq!(row.state, state);
            assert!(row.last_error.unwrap().contains(why));
        }
        house.parts.clock.advance_seconds(2 * 86_400);
        let next = put(&house, || letter("zoe@example.org")).await;
        tried(&house, next, 1).await;
        assert_eq!((row(&house, gone).await.attempts, row(&house, unwanted).await.attempts), (1, 1));
        house.crash().await;
    }

    async fn a_server_that_was_away_gets_it_when_it_is_back(house: House) {
        let mut smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        smtp.away().await;
        let id = put(&house, || letter("zoe@example.org")).await;
        for (times, pause) in [(1, 31), (2, 61), (3, 121)] {
            assert_eq!(tried(&house, id, times).await.state, State::Waiting);
            if times == 3 {
                smtp.back().await;
            }
            house.parts.clock.advance_seconds(pause);
        }
        smtp.to("zoe@example.org").await;
        assert_eq!(tried(&house, id, 4).await.state, State::Sent);
        house.crash().await;
    }

    async fn after_a_day_it_is_given_up(house: House) {
        let mut smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        smtp.away().await;
        let id = put(&house, || letter("zoe@example.org")).await;
        tried(&house, id, 1).await;
        house.parts.clock.advance_seconds(86_400);
        let row = tried(&house, id, 2).await;
        assert_eq!(row.state, State::Failed);
        assert!(row.last_error.unwrap().contains("Connection error"));
        house.crash().await;
    }

    async fn a_name_makes_no_header(house: House) {
        let smtp = Smtp::open().await;
        let house = smtp.serves(&house).await;
        let evil = "Eve\r\nBcc: all@example.org\r\n\r\n<b>";
        let id = put(&house, || Letter { name: evil, values: vec![("organisation", evil)], ..letter("eve@example.org") }).await;
        let mail = smtp.to("eve@example.org").await;
        assert!(header(&mail, "Bcc").is_empty(), "{mail}");
        assert_eq!(mail["to"], serde_json::json!(["eve@example.org"]));
        assert!(header(&mail, "Subject")[0].contains("Eve  Bcc: all@example.org"), "{mail}");
        assert_eq!(mail["kind"], "multipart/alternative");
        assert_eq!(tried(&house, id, 1).await.state, State::Sent);
        let nobody = put(&house, || letter("no\r\nRCPT TO:<all@example.org>")).await;
        assert_eq!(tried(&house, nobody, 1).await.state, State::Bounced);
        house.crash().await;
    }

    async fn a_wrong_password_of_ours_is_put_right_within_the_day(house: House) {
        let smtp = Smtp::open().await;
        let house = house.opened_with_mail(Some(smtp.settings("post:wrong@"))).await;
        let id = put(&house, || letter("zoe@example.org")).await;
        let row = tried(&house, id, 1).await;
        assert_eq!(row.state, State::Waiting, "{:?}", row.last_error);
        let house = house.opened_with_mail(Some(smtp.settings("post:hidden%2Fone@"))).await;
        house.parts.clock.advance_seconds(31);
        assert_eq!(smtp.to("zoe@example.org").await["signed_in"], true);
        house.crash().await;
    }
}
