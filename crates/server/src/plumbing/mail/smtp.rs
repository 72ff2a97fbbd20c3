//! The way out by SMTP.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::post::{Outgoing, Trouble};

pub type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// How long the server may think about one command.
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes the transport of an address; `name` is how we introduce ourselves.
pub fn transport(url: &str, name: &str) -> Result<Smtp, Error> {
    let hello = ClientId::Domain(name.into());
    Ok(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.hello_name(hello).timeout(Some(PATIENCE)).build())
}

pub async fn send(smtp: &Smtp, from: &Mailbox, mail: &Outgoing) -> Result<(), Trouble> {
    let message = message(from, mail)?;
    smtp.send(message).await.map(|_| ()).map_err(|error| trouble(&error))
}

fn message(from: &Mailbox, mail: &Outgoing) -> Result<Message, Trouble> {
    let refused = |error: &dyn std::fmt::Display| Trouble::Refused(format!("This mail cannot be written: {error}."));
    let address = mail.address.parse().map_err(|error| Trouble::Bounced(format!("This is no address: {error}.")))?;
    let name = Some(mail.name.clone()).filter(|name| !name.is_empty());
    let part = |kind: ContentType, body: &str| SinglePart::builder().header(kind).body(body.to_string());
    let bodies = MultiPart::alternative()
        .singlepart(part(ContentType::TEXT_PLAIN, &mail.text))
        .singlepart(part(ContentType::TEXT_HTML, &mail.html));
    let plain = |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_string());
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, address))
        .subject(mail.subject.clone())
        .date(SystemTime::UNIX_EPOCH + Duration::from_micros(mail.created_at.micros().max(0) as u64))
        .message_id(Some(mail.message_id(from.email.domain())))
        // Answering machines do not answer to these.
        .raw_header(plain("Auto-Submitted", "auto-generated"))
        .raw_header(plain("Content-Language", &mail.language))
        .multipart(bodies)
        .map_err(|error| refused(&error))
}

fn trouble(error: &Error) -> Trouble {
    let text = match std::error::Error::source(error) {
        Some(said) => format!("{error}: {said}"),
        None => error.to_string(),
    };
    match error.status() {
        Some(code) if error.is_permanent() => by_code(u16::from(code), text),
        _ => Trouble::Later(text),
    }
}

/// What a refusal for good means. That we may not sign in is a matter of our settings and not of this mail.
fn by_code(code: u16, text: String) -> Trouble {
    match code {
        530 | 534 | 535 | 538 => Trouble::Later(text),
        550 | 551 | 553 => Trouble::Bounced(text),
        _ => Trouble::Refused(text),
    }
}
