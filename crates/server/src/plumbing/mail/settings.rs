//! What mails are sent with, read from the settings' texts and checked.

use lettre::message::Mailbox;
use reqwest::Url;

/// The sender and the way out.
#[derive(Clone, Debug)]
pub struct Settings {
    pub from: Mailbox,
    pub way: Way,
}

#[derive(Clone)]
pub enum Way {
    /// As lettre writes it: `smtps://user:password@host:port`, or `smtp://…?tls=required`.
    Smtp(String),
    SendGrid {
        api_key: String,
        /// What the paths of the API stand behind.
        base: String,
    },
}

pub const SENDGRID: &str = "https://api.sendgrid.com";

/// Both hold secrets.
impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Way::Smtp(_) => "Smtp",
            Way::SendGrid { .. } => "SendGrid",
        })
    }
}

pub fn from(text: &str) -> Result<Mailbox, &'static str> {
    text.parse().map_err(|_| "use an address, like Harbour Lane <post@example.org>")
}

/// What is right, where the address is not. It is never shown: it may hold a password.
pub fn smtp(text: &str) -> Result<Way, &'static str> {
    const RIGHT: &str = "use smtps://user:password@host, or smtp://user:password@host?tls=required for STARTTLS";
    let url = Url::parse(text).map_err(|_| RIGHT)?;
    // A word that lettre does not know would be no encryption.
    let words_known = url.query_pairs().all(|(name, value)| name == "tls" && value == "required");
    let shape = matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty());
    let half_named = url.username().is_empty() == url.password().is_some();
    if !words_known || !shape || half_named || url.fragment().is_some() {
        return Err(RIGHT);
    }
    let near = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let encrypted = url.scheme() == "smtps" || url.query().is_some();
    if url.password().is_some() && !encrypted && !near {
        return Err("the password would go over the network unencrypted; use smtps://, or smtp:// with ?tls=required");
    }
    super::smtp::transport(text, "localhost").map_err(|_| RIGHT)?;
    Ok(Way::Smtp(text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_go_over_the_network_encrypted_or_not_at_all() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        for good in [
            "smtps://a:b@mail.example.org",
            "smtp://a:b@mail.example.org:587?tls=required",
            "smtp://relay.example.org:25",
            "smtp://a:b@localhost:1025",
            "smtp://[::1]:1025",
        ] {
            assert!(smtp(good).is_ok(), "{good}");
        }
        for wrong in [
            "mail.example.org",
            "https://mail.example.org",
            "smtp://",
            "smtp://a:b@mail.example.org",
            "smtp://a:b@mail.example.org?tls=opportunistic",
            "smtp://mail.example.org?tsl=required",
            "smtps://a@mail.example.org",
        ] {
            assert!(smtp(wrong).is_err(), "{wrong}");
        }
    }
}
