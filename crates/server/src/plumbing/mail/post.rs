//! The post office: the way out that is set up, and how many mails are under way at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::Mailbox;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::sendgrid::SendGrid;
use super::settings::{Settings, Way};
use super::smtp::{self, Smtp};
use crate::kit::{At, MailId};

/// Mails under way at once; a slow server must not hold up everything else.
const AT_ONCE: usize = 4;

/// A mail as it goes out.
pub struct Outgoing {
    pub id: MailId,
    pub address: String,
    pub name: String,
    pub language: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub created_at: At,
}

impl Outgoing {
    /// The same at every try, so that one that goes out twice is known as one.
    pub fn message_id(&self, domain: &str) -> String {
        format!("<{}@{domain}>", self.id)
    }
}

/// Why a mail did not go out.
#[derive(Debug)]
pub enum Trouble {
    /// There is nobody at this address.
    Bounced(String),
    /// It will never be taken.
    Refused(String),
    /// It may be taken at another time.
    Later(String),
}

enum Carrier {
    Smtp(Box<Smtp>),
    SendGrid(SendGrid),
}

struct Open {
    from: Mailbox,
    carrier: Carrier,
}

/// Kept in memory; without a way out it is closed, and mails wait.
#[derive(Clone)]
pub struct Post {
    open: Option<Arc<Open>>,
    places: Arc<Semaphore>,
    under_way: UnderWay,
}

type UnderWay = Arc<Mutex<HashSet<MailId>>>;

/// One mail is under way while this is held.
pub struct Place {
    id: MailId,
    under_way: UnderWay,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

impl Post {
    /// `public_url` is where the house stands.
    pub fn new(settings: Option<Settings>, public_url: &str) -> Result<Post, String> {
        let open = settings.map(|settings| open(settings, public_url)).transpose()?;
        Ok(Post { open: open.map(Arc::new), ..Post::closed() })
    }

    pub fn closed() -> Post {
        Post { open: None, places: Arc::new(Semaphore::new(AT_ONCE)), under_way: Default::default() }
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// A place among those under way, if there is one and this mail is not under way already.
    pub fn place(&self, id: MailId) -> Option<Place> {
        let permit = self.places.clone().try_acquire_owned().ok()?;
        let is_new = self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        is_new.then(|| Place { id, under_way: self.under_way.clone(), _permit: permit })
    }

    pub async fn send(&self, mail: &Outgoing) -> Result<(), Trouble> {
        let Some(open) = &self.open else { return Err(Trouble::Later("There is no way out.".into())) };
        match &open.carrier {
            Carrier::Smtp(smtp) => smtp::send(smtp, &open.from, mail).await,
            Carrier::SendGrid(sendgrid) => sendgrid.send(&open.from, mail).await,
        }
    }
}

fn open(settings: Settings, public_url: &str) -> Result<Open, String> {
    let Settings { from, way } = settings;
    let host = reqwest::Url::parse(public_url).ok().and_then(|url| url.host_str().map(str::to_string));
    let carrier = match way {
        Way::Smtp(url) => {
            let smtp = smtp::transport(&url, host.as_deref().unwrap_or("localhost"));
            Carrier::Smtp(Box::new(smtp.map_err(|error| error.to_string())?))
        }
        Way::SendGrid { api_key, base } => Carrier::SendGrid(SendGrid::new(api_key, base)?),
    };
    Ok(Open { from, carrier })
}
