//! The way out by SendGrid's API.

use std::time::Duration;

use lettre::message::Mailbox;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::post::{Outgoing, Trouble};

pub struct SendGrid {
    client: reqwest::Client,
    address: String,
}

impl SendGrid {
    pub fn new(api_key: String, base: String) -> Result<SendGrid, String> {
        let mut key = HeaderValue::from_str(&format!("Bearer {api_key}")).map_err(|_| "The key has odd characters.")?;
        key.set_sensitive(true);
        let headers = HeaderMap::from_iter([(AUTHORIZATION, key)]);
        let client = reqwest::Client::builder().default_headers(headers).timeout(Duration::from_secs(30)).build();
        Ok(SendGrid { client: client.map_err(|error| error.to_string())?, address: format!("{base}/v3/mail/send") })
    }

    pub async fn send(&self, from: &Mailbox, mail: &Outgoing) -> Result<(), Trouble> {
        let request = self.client.post(&self.address).header(CONTENT_TYPE, "application/json");
        let answer = request.body(body(from, mail).to_string()).send().await;
        // The address of the API says nothing that is not known; the key never stands in an error.
        let answer = answer.map_err(|error| Trouble::Later(format!("SendGrid does not answer: {error}")))?;
        let status = answer.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(());
        }
        let said = answer.text().await.unwrap_or_default();
        let text = format!("SendGrid answered {status}: {}", why(&said));
        Err(match status {
            400 | 413 => Trouble::Refused(text),
            // That we may not, or not so fast, is a matter of our account and not of this mail.
            _ => Trouble::Later(text),
        })
    }
}

fn body(from: &Mailbox, mail: &Outgoing) -> Value {
    let person = |email: &str, name: Option<&str>| match name.filter(|name| !name.is_empty()) {
        Some(name) => json!({"email": email, "name": name}),
        None => json!({"email": email}),
    };
    let off = json!({"enable": false, "enable_text": false});
    json!({
        "personalizations": [{"to": [person(&mail.address, Some(&mail.name))]}],
        "from": person(from.email.as_ref(), from.name.as_deref()),
        "subject": mail.subject,
        "content": [
            {"type": "text/plain", "value": mail.text},
            {"type": "text/html", "value": mail.html},
        ],
        "headers": {
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            "Message-ID": mail.message_id(from.email.domain()),
        },
        "custom_args": {"mail_id": mail.id},
        // Links hold secrets and nobody is followed: they go out as they are.
        "tracking_settings": {"click_tracking": off, "open_tracking": {"enable": false}},
    })
}

/// The sentences of a refusal.
fn why(said: &str) -> String {
    let value: Value = serde_json::from_str(said).unwrap_or_default();
    let all = value["errors"].as_array().into_iter().flatten().filter_map(|error| error["message"].as_str());
    all.collect::<Vec<_>>().join(" ")
}
