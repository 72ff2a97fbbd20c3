//! A whole house on port 0, with a database of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use serde_json::json;
use server::accounts::set_up;
use server::app::{self, Plan};
use server::live;
use server::plumbing::Parts;
use server::plumbing::clock::Clock;
use server::plumbing::db::Db;
use server::plumbing::keys::Keys;
use server::plumbing::mail;
use server::plumbing::state::{Registration, Site};
use tokio::sync::Mutex;

use super::person::{Person, new_client};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where a house's records are; a house can be opened again on the same place.
#[derive(Clone, Debug)]
pub struct Place {
    pub engine: Engine,
    pub url: String,
    pub folder: PathBuf,
    /// The most bytes of one recording.
    pub recording_bytes: u64,
    pub s3: Option<live::recording::shelf::S3>,
    /// Without a value the one on the `PATH`.
    pub ffmpeg: Option<PathBuf>,
    pub mail: Option<mail::Settings>,
    postgres_admin: Option<(String, String)>,
}

pub const PASSWORD: &str = "three plain words";

#[derive(Clone)]
pub struct House {
    pub url: String,
    pub address: SocketAddr,
    pub parts: Parts,
    pub place: Place,
    inner: Arc<Mutex<Inner>>,
    admin: Arc<tokio::sync::OnceCell<Person>>,
}

struct Inner {
    house: Option<app::House>,
    serving: Option<tokio::task::JoinHandle<()>>,
}

impl House {
    pub async fn open(engine: Engine) -> House {
        Self::open_at(Place::new(engine).await, Clock::default()).await
    }

    /// Opens a house on records that may be there already, as after a restart.
    pub async fn open_at(place: Place, clock: Clock) -> House {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}");
        let plan = Plan {
            db: Db::connect(&place.url).await.expect("the test database opens"),
            keys: Keys::from_text("a key for tests that is long enough to be one").unwrap(),
            site: Site { public_url: url.clone(), proxies: Default::default(), registration: Registration::Open },
            media: live::Settings {
                node: "test".into(),
                media: Some(live::media::Settings {
                    shards: 1,
                    port: 0,
                    ips: vec![[127, 0, 0, 1].into()],
                    room_seats: 50,
                }),
                turn: None,
                room_seats: 50,
                recording: live::recording::Settings {
                    folder: place.folder.join("recordings"),
                    most_bytes: place.recording_bytes,
                    reserve: 0,
                    s3: place.s3.clone(),
                    ffmpeg: place.ffmpeg.clone(),
                },
            },
            mail: place.mail.clone(),
            clock,
            metrics: None,
        };
        let house = app::House::build(plan).await.expect("the house opens");
        let parts = house.parts.clone();
        let service = house.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, service).await;
        });
        let inner = Inner { house: Some(house), serving: Some(serving) };
        House { url, address, parts, place, inner: Arc::new(Mutex::new(inner)), admin: Default::default() }
    }

    /// The same house, closed and opened again with this way out for its mails, at the same time of its clock.
    pub async fn opened_with_mail(&self, mail: Option<mail::Settings>) -> House {
        self.crash().await;
        Self::open_at(Place { mail, ..self.place.clone() }, self.parts.clock.clone()).await
    }

    /// The first administrator, made through the set-up link.
    pub async fn admin(&self) -> Person {
        let make = async || {
            let link = set_up::open(&self.parts).await.unwrap().expect("the house is empty");
            let token = link.split('#').nth(1).unwrap();
            let nobody = self.nobody();
            let input = json!({"token": token, "organisation": "Harbour Lane", "name": "Helen Marsh",
                "email": "helen@example.org", "password": PASSWORD, "time_zone": "Europe/London"});
            let answer = nobody.post("/setup", input).await.expect(201);
            nobody.signed_in(&answer)
        };
        self.admin.get_or_init(make).await.clone()
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Person {
        Person::new(self.url.clone(), new_client())
    }

    /// A participant, registered through the front door.
    pub async fn participant(&self, name: &str) -> Person {
        self.admin().await;
        let nobody = self.nobody();
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let input = json!({"email": email, "password": PASSWORD, "name": name});
        let answer = nobody.post("/auth/register", input).await.expect(201);
        nobody.signed_in(&answer)
    }

    /// An instructor: made by the administrator, then signed in.
    pub async fn instructor(&self, name: &str) -> Person {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let input = json!({"name": name, "email": email, "role": "instructor", "password": PASSWORD});
        self.admin().await.post("/users", input).await.expect(201);
        self.sign_in(&email).await
    }

    pub async fn sign_in(&self, email: &str) -> Person {
        let nobody = self.nobody();
        let answer = nobody.post("/auth/login", json!({"email": email, "password": PASSWORD})).await.expect(200);
        nobody.signed_in(&answer)
    }

    /// Stops serving without any farewell, as a crash does. The records stay.
    pub async fn crash(&self) {
        let mut inner = self.inner.lock().await;
        if let Some(serving) = inner.serving.take() {
            serving.abort();
            let _ = serving.await;
        }
        if let Some(house) = inner.house.take() {
            house.close().await;
        }
    }

    pub async fn close(&self) {
        self.crash().await;
        self.place.remove().await;
    }
}

impl Place {
    pub async fn new(engine: Engine) -> Place {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let folder = std::env::temp_dir().join(format!("vdp-test-{id}"));
        std::fs::create_dir_all(&folder).unwrap();
        if engine == Engine::Sqlite {
            let url = format!("sqlite://{}", folder.join("vdp.db").display());
            return Place {
                engine,
                url,
                folder,
                recording_bytes: 1 << 40,
                s3: None,
                ffmpeg: None,
                mail: None,
                postgres_admin: None,
            };
        }
        let base = std::env::var("VDP_TEST_POSTGRES_URL").expect(
            "This test needs PostgreSQL: run it through “make test”, or set VDP_TEST_POSTGRES_URL to a server where databases may be made",
        );
        let name = format!("vdp_{id}");
        let admin = sea_orm::Database::connect(&base).await.expect("the test server of PostgreSQL answers");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        admin.close().await.unwrap();
        Place {
            engine,
            url: with_database(&base, &name),
            folder,
            recording_bytes: 1 << 40,
            s3: None,
            ffmpeg: None,
            mail: None,
            postgres_admin: Some((base, name)),
        }
    }

    pub async fn remove(&self) {
        if let Some((base, name)) = &self.postgres_admin {
            let admin = sea_orm::Database::connect(base).await.unwrap();
            admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
            admin.close().await.unwrap();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The same server, another database: the path of the URL is replaced, its query kept.
fn with_database(url: &str, name: &str) -> String {
    let (rest, query) = url.split_once('?').map_or((url, None), |(r, q)| (r, Some(q)));
    let start = rest.find("://").map_or(0, |i| i + 3);
    let end = rest[start..].find('/').map_or(rest.len(), |i| start + i);
    let query = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}/{name}{query}", &rest[..end])
}
