//! The product itself as a program: a server with a database of its own, and an administrator who uses it over HTTP.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::process::{Running, built, folder, free_port, on_core};

const EMAIL: &str = "bench@example.org";
const PASSWORD: &str = "three plain words";

/// Where a server's records are.
pub struct Place {
    pub folder: PathBuf,
    /// `None`: SQLite in the folder.
    database_url: Option<String>,
}

impl Place {
    /// An empty place with one administrator.
    pub fn new(name: &str, database_url: Option<String>) -> Result<Place> {
        let place = Place { folder: folder(name)?, database_url };
        let mut create = place.command(Command::new(built("vdp")?));
        create.args(["admin", "create", "--email", EMAIL, "--name", "Helen Marsh", "--password-stdin"]);
        let mut create = create.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        create.stdin.take().context("no way in")?.write_all(PASSWORD.as_bytes())?;
        ensure!(create.wait()?.success(), "no administrator could be made");
        Ok(place)
    }

    fn command(&self, mut command: Command) -> Command {
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("VDP_")) {
            command.env_remove(name);
        }
        command.env("VDP_DATA_DIR", self.folder.join("data")).env("VDP_LOG", "warn");
        if let Some(url) = &self.database_url {
            command.env("VDP_DATABASE_URL", url);
        }
        command.current_dir(&self.folder);
        command
    }
}

pub struct Product {
    pub process: Running,
    pub address: String,
    /// From the start of the process to the first yes of `/readyz`.
    pub ready_after: Duration,
}

impl Product {
    /// Starts a server and waits until it is ready. `core`: hold it there, or let it have all.
    pub async fn open(place: &Place, core: Option<usize>) -> Result<Product> {
        let program = built("vdp")?;
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = place.command(core.map_or_else(|| Command::new(&program), |core| on_core(core, &program)));
        command.args(["serve", "--listen", &address, "--media-ips", "127.0.0.1"]);
        let started = Instant::now();
        let process = Running::start(&mut command, &place.folder.join("server.log"))?;
        ready(&address, &place.folder).await?;
        Ok(Product { process, address, ready_after: started.elapsed() })
    }

    pub async fn sign_in(&self, email: &str) -> Result<Person> {
        let mut person =
            Person { client: Client::new(), base: format!("http://{}/api/v1", self.address), token: String::new() };
        let said = person.post("/auth/login", json!({"email": email, "password": PASSWORD})).await?;
        person.token = said["access_token"].as_str().context("no access token")?.into();
        Ok(person)
    }

    pub async fn administrator(&self) -> Result<Person> {
        self.sign_in(EMAIL).await
    }
}

/// Asks `/readyz` every few milliseconds, over a bare connection: a full client would cost more than what is measured.
async fn ready(address: &str, folder: &Path) -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline {
        if says_ready(address).await.unwrap_or(false) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    anyhow::bail!("the server is not ready; it said: {}", std::fs::read_to_string(folder.join("server.log"))?)
}

async fn says_ready(address: &str) -> std::io::Result<bool> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut wire = tokio::net::TcpStream::connect(address).await?;
    wire.write_all(format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").as_bytes()).await?;
    let mut answer = [0; 12];
    wire.read_exact(&mut answer).await?;
    Ok(answer.ends_with(b" 200"))
}

/// Somebody who uses the server over HTTP.
#[derive(Clone)]
pub struct Person {
    client: Client,
    base: String,
    pub token: String,
}

impl Person {
    pub async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Result<Value> {
        self.ask(Method::PUT, path, Some(body)).await
    }

    /// A POST without a body.
    pub async fn act(&self, path: &str) -> Result<Value> {
        self.ask(Method::POST, path, None).await
    }

    pub async fn get(&self, path: &str) -> Result<Value> {
        self.ask(Method::GET, path, None).await
    }

    /// A participant who is signed in.
    pub async fn participant(&self, product: &Product, number: usize) -> Result<Person> {
        let email = format!("participant-{number}@example.org");
        let person = json!({"name": format!("Participant {number}"), "email": email, "password": PASSWORD});
        self.post("/users", person).await?;
        product.sign_in(&email).await
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.base));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{method} {path}: {status} {text}");
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}
