//! Settings: flags before environment before `vdp.toml` before defaults. What is unknown or wrong stops the start
//! with a sentence that names it.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::live::recording::shelf::S3;
use crate::plumbing::mail;
use crate::plumbing::proxies::Proxies;
use crate::plumbing::state::Registration;

/// Every key there is. `vdp.toml` uses these names; the variable of `listen` is `VDP_LISTEN`, its flag `--listen`.
const KEYS: &[&str] = &[
    "listen",
    "tls_cert",
    "tls_key",
    "public_url",
    "trusted_proxies",
    "data_dir",
    "secret_key",
    "database_url",
    "registration",
    "media_port",
    "media_ips",
    "media_room_seats",
    "recording_limit_gb",
    "recording_reserve_gb",
    "ffmpeg",
    "s3_endpoint",
    "s3_bucket",
    "s3_region",
    "s3_access_key",
    "s3_secret_key",
    "s3_path_style",
    "s3_allow_http",
    "turn_url",
    "turn_secret",
    "smtp_url",
    "sendgrid_api_key",
    "mail_from",
    "demo_password",
    "metrics_token",
    "log",
    "log_format",
];

/// Settings as flags. Secrets have none: a command line is seen by everybody on the machine.
#[derive(Args, Clone, Debug, Default)]
pub struct Flags {
    /// The settings file; `vdp.toml` in the current folder when it is there.
    #[arg(long, global = true)]
    pub config: Option<PathBuf>,
    /// HTTP address, like 127.0.0.1:8080; port 0 picks a free one.
    #[arg(long, global = true)]
    pub listen: Option<String>,
    /// PEM file with the certificate chain: serve HTTPS.
    #[arg(long, global = true)]
    pub tls_cert: Option<String>,
    /// PEM file with the certificate's private key.
    #[arg(long, global = true)]
    pub tls_key: Option<String>,
    /// What links begin with, like https://day.example.org.
    #[arg(long, global = true)]
    pub public_url: Option<String>,
    /// Networks of proxies whose word about the client's address is believed, like 10.0.0.0/8.
    #[arg(long, global = true)]
    pub trusted_proxies: Option<String>,
    /// The one folder that holds database, files and generated keys.
    #[arg(long, global = true)]
    pub data_dir: Option<String>,
    /// `sqlite://…` or `postgres://…`.
    #[arg(long, global = true)]
    pub database_url: Option<String>,
    /// Who may make an account: open, invite or closed.
    #[arg(long, global = true)]
    pub registration: Option<String>,
    /// First UDP and TCP port of the media engine; 0 picks free ones.
    #[arg(long, global = true)]
    pub media_port: Option<String>,
    /// Addresses at which browsers reach the media engine, separated by commas.
    #[arg(long, global = true)]
    pub media_ips: Option<String>,
    /// Seats in one room.
    #[arg(long, global = true)]
    pub media_room_seats: Option<String>,
    /// A TURN server, like turn:turn.example.org:3478.
    #[arg(long, global = true)]
    pub turn_url: Option<String>,
    /// What is logged: error, warn, info, debug, or a filter like info,sfu=debug.
    #[arg(long, global = true)]
    pub log: Option<String>,
    /// How logs look: text or json.
    #[arg(long, global = true)]
    pub log_format: Option<String>,
}

impl Flags {
    fn given(&self) -> Vec<(&'static str, &Option<String>)> {
        vec![
            ("listen", &self.listen),
            ("tls_cert", &self.tls_cert),
            ("tls_key", &self.tls_key),
            ("public_url", &self.public_url),
            ("trusted_proxies", &self.trusted_proxies),
            ("data_dir", &self.data_dir),
            ("database_url", &self.database_url),
            ("registration", &self.registration),
            ("media_port", &self.media_port),
            ("media_ips", &self.media_ips),
            ("media_room_seats", &self.media_room_seats),
            ("turn_url", &self.turn_url),
            ("log", &self.log),
            ("log_format", &self.log_format),
        ]
    }
}

/// The settings, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Without a trailing slash; `None` means “from the listen address”.
    pub public_url: Option<String>,
    pub trusted_proxies: Proxies,
    pub data_dir: PathBuf,
    pub secret_key: Option<String>,
    pub database_url: String,
    pub registration: Registration,
    pub media_port: u16,
    /// Empty means “find out”.
    pub media_ips: Vec<IpAddr>,
    pub media_room_seats: usize,
    /// The most a recording may take, and what stays free of the disk; in bytes.
    pub recording_limit: u64,
    pub recording_reserve: u64,
    /// Makes one video of a recording; without it the one on the `PATH` does.
    pub ffmpeg: Option<PathBuf>,
    /// Where finished recordings go; without it they stay on the disk.
    pub s3: Option<S3>,
    pub turn: Option<(String, String)>,
    /// What mails are sent with; without it they wait.
    pub mail: Option<mail::Settings>,
    pub demo_password: Option<String>,
    pub metrics_token: Option<String>,
    pub log: String,
    pub log_json: bool,
}

/// Reads all settings. An error is one sentence for the person who starts the server.
pub fn load(flags: &Flags, environment: impl IntoIterator<Item = (String, String)>) -> Result<Config, String> {
    let mut values = Values(BTreeMap::new());
    values.file(flags.config.as_deref())?;
    values.environment(environment)?;
    for (key, value) in flags.given() {
        if let Some(value) = value {
            values.set(key, value.clone(), format!("the flag --{}", key.replace('_', "-")));
        }
    }
    values.check()
}

/// Each key's text and where it came from.
struct Values(BTreeMap<&'static str, (String, String)>);

fn known(key: &str) -> Option<&'static str> {
    KEYS.iter().copied().find(|k| *k == key)
}

impl Values {
    fn set(&mut self, key: &'static str, value: String, source: String) {
        self.0.insert(key, (value, source));
    }

    fn file(&mut self, given: Option<&Path>) -> Result<(), String> {
        let path = given.unwrap_or(Path::new("vdp.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if given.is_none() && e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(format!("Cannot read the settings file {}: {e}.", path.display())),
        };
        let table: toml::Table =
            text.parse().map_err(|e| format!("The settings file {} is not TOML: {e}", path.display()))?;
        for (name, value) in table {
            let key = known(&name).ok_or_else(|| format!("{} has an unknown key “{name}”.", path.display()))?;
            let text = as_text(value)
                .ok_or_else(|| format!("“{name}” in {} must be a text, a number or a list.", path.display()))?;
            self.set(key, text, path.display().to_string());
        }
        Ok(())
    }

    fn environment(&mut self, environment: impl IntoIterator<Item = (String, String)>) -> Result<(), String> {
        let mut seen: BTreeMap<&'static str, String> = BTreeMap::new();
        for (variable, value) in environment {
            let Some(name) = variable.strip_prefix("VDP_").filter(|name| !is_kubernetes(name)) else { continue };
            let name = name.to_lowercase();
            let (key, value) = match (known(&name), name.strip_suffix("_file").and_then(known)) {
                (Some(key), _) => (key, value),
                (None, Some(key)) => (key, read_secret(&variable, &value)?),
                (None, None) => return Err(format!("There is no setting {variable}. Take it out of the environment.")),
            };
            if let Some(other) = seen.insert(key, variable.clone()) {
                return Err(format!("Both {other} and {variable} are set. Keep one of them."));
            }
            self.set(key, value, variable);
        }
        Ok(())
    }

    fn text(&self, key: &'static str) -> Option<&str> {
        self.0.get(key).map(|(value, _)| value.trim()).filter(|value| !value.is_empty())
    }

    fn wrong(&self, key: &'static str, right: &str) -> String {
        let (value, source) = self.0.get(key).map_or(("", "the defaults"), |(v, s)| (v.as_str(), s.as_str()));
        format!("“{value}” from {source} is not right for “{key}”: {right}.")
    }

    fn parse<T: std::str::FromStr>(&self, key: &'static str, default: T, right: &str) -> Result<T, String> {
        self.text(key).map_or(Ok(default), |text| text.parse().map_err(|_| self.wrong(key, right)))
    }

    fn list<T: std::str::FromStr>(&self, key: &'static str, right: &str) -> Result<Vec<T>, String> {
        let text = self.text(key).unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.map(|item| item.parse().map_err(|_| self.wrong(key, right))).collect()
    }

    fn check(&self) -> Result<Config, String> {
        let data_dir = PathBuf::from(self.text("data_dir").unwrap_or("./data"));
        let database_url = match self.text("database_url") {
            Some(url)
                if url.starts_with("sqlite:") || url.starts_with("postgres://") || url.starts_with("postgresql://") =>
            {
                url.into()
            }
            Some(_) => {
                return Err(
                    self.wrong_secret("database_url", "use sqlite://<file> or postgres://user:password@host/name")
                );
            }
            None => format!("sqlite://{}", data_dir.join("vdp.db").display()),
        };
        Ok(Config {
            listen: self.parse(
                "listen",
                SocketAddr::from(([127, 0, 0, 1], 8080)),
                "use an address and a port, like 127.0.0.1:8080",
            )?,
            tls: self.pair("tls_cert", "tls_key")?.map(|(cert, key)| (cert.into(), key.into())),
            public_url: self.public_url()?,
            trusted_proxies: Proxies(
                self.list("trusted_proxies", "use networks like 10.0.0.0/8, separated by commas")?,
            ),
            secret_key: self.text("secret_key").map(Into::into),
            registration: self.choice(
                "registration",
                &[("open", Registration::Open), ("invite", Registration::Invite), ("closed", Registration::Closed)],
            )?,
            media_port: self.parse("media_port", 0, "use a port from 0 to 65535")?,
            media_ips: self.list("media_ips", "use addresses like 192.168.1.10, separated by commas")?,
            media_room_seats: self.seats()?,
            recording_limit: self.gigabytes("recording_limit_gb", 100.0)?,
            recording_reserve: self.gigabytes("recording_reserve_gb", 1.0)?,
            ffmpeg: self.text("ffmpeg").map(Into::into),
            s3: self.s3()?,
            turn: self.pair("turn_url", "turn_secret")?,
            mail: self.mail()?,
            demo_password: self.text("demo_password").map(Into::into),
            metrics_token: self.text("metrics_token").map(Into::into),
            log: self.log()?,
            log_json: self.choice("log_format", &[("text", false), ("json", true)])?,
            database_url,
            data_dir,
        })
    }

    fn log(&self) -> Result<String, String> {
        let text = self.text("log").unwrap_or("info");
        tracing_subscriber::EnvFilter::try_new(text)
            .map_err(|_| self.wrong("log", "use error, warn, info, debug, or a filter"))?;
        Ok(text.into())
    }

    fn seats(&self) -> Result<usize, String> {
        let right = "use a number from 2 to 10000";
        let seats = self.parse("media_room_seats", 500usize, right)?;
        if (2..=10_000).contains(&seats) { Ok(seats) } else { Err(self.wrong("media_room_seats", right)) }
    }

    fn gigabytes(&self, key: &'static str, default: f64) -> Result<u64, String> {
        let right = "use a number of gigabytes from 0 to 1000000";
        let size = self.parse(key, default, right)?;
        if (0.0..=1e6).contains(&size) { Ok((size * 1e9) as u64) } else { Err(self.wrong(key, right)) }
    }

    fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Result<T, String> {
        let Some(text) = self.text(key) else { return Ok(choices[0].1) };
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        chosen.ok_or_else(|| self.wrong(key, &format!("use one of {}", names.join(", "))))
    }

    /// Two settings that go together.
    fn pair(&self, a: &'static str, b: &'static str) -> Result<Option<(String, String)>, String> {
        match (self.text(a), self.text(b)) {
            (Some(x), Some(y)) => Ok(Some((x.into(), y.into()))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(format!("“{a}” is set and “{b}” is not. Set both, or neither.")),
            (None, Some(_)) => Err(format!("“{b}” is set and “{a}” is not. Set both, or neither.")),
        }
    }

    /// An S3 server: all of it, or nothing.
    fn s3(&self) -> Result<Option<S3>, String> {
        let needed = ["s3_endpoint", "s3_bucket", "s3_access_key", "s3_secret_key"];
        let mut all = needed.into_iter().chain(["s3_region", "s3_path_style", "s3_allow_http"]);
        let Some(set) = all.find(|key| self.text(key).is_some()) else { return Ok(None) };
        let missing: Vec<&str> = needed.into_iter().filter(|key| self.text(key).is_none()).collect();
        if !missing.is_empty() {
            let missing = missing.join("”, “");
            return Err(format!("“{set}” is set and “{missing}” is not. Set all that S3 needs, or nothing of it."));
        }
        let text = |key| self.text(key).unwrap_or_default().to_string();
        let endpoint = text("s3_endpoint").trim_end_matches('/').to_string();
        let Some(host) = host_of(&endpoint).filter(|host| !host.contains('@')) else {
            return Err(self.wrong_secret("s3_endpoint", "use an address like https://s3.example.org"));
        };
        let near = ["localhost", "127.0.0.1", "[::1]"];
        let near = near.iter().any(|name| host.strip_prefix(name).is_some_and(|r| r.is_empty() || r.starts_with(':')));
        let allowed = self.choice("s3_allow_http", &[("false", false), ("true", true)])?;
        if endpoint.starts_with("http://") && !near && !allowed {
            return Err("“s3_endpoint” is not encrypted. Use https, or set “s3_allow_http” to true where nobody is \
                 on the way."
                .into());
        }
        let bucket = text("s3_bucket");
        if !bucket.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)) {
            return Err(self.wrong("s3_bucket", "use the name of a bucket, like vdp-recordings"));
        }
        Ok(Some(S3 {
            endpoint,
            bucket,
            region: self.text("s3_region").unwrap_or("us-east-1").into(),
            access_key: text("s3_access_key"),
            secret_key: text("s3_secret_key"),
            path_style: self.choice("s3_path_style", &[("true", true), ("false", false)])?,
        }))
    }

    /// One way out for mails, and who they are from.
    fn mail(&self) -> Result<Option<mail::Settings>, String> {
        let from = self.text("mail_from").map(mail::settings::from).transpose();
        let from = from.map_err(|right| self.wrong("mail_from", right))?;
        let (set, way) = match (self.text("smtp_url"), self.text("sendgrid_api_key")) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => {
                return Err("“smtp_url” and “sendgrid_api_key” are both set. Keep the one that mails go out by.".into());
            }
            (Some(url), None) => {
                let way = mail::settings::smtp(url).map_err(|right| self.wrong_secret("smtp_url", right))?;
                ("smtp_url", way)
            }
            (None, Some(key)) if key.bytes().all(|b| b.is_ascii_graphic()) => {
                let base = mail::settings::SENDGRID.to_string();
                ("sendgrid_api_key", mail::Way::SendGrid { api_key: key.into(), base })
            }
            (None, Some(_)) => return Err(self.wrong_secret("sendgrid_api_key", "use the key as SendGrid shows it")),
        };
        let missing = || format!("“{set}” is set and “mail_from” is not. Say who mails are from.");
        Ok(Some(mail::Settings { from: from.ok_or_else(missing)?, way }))
    }

    fn public_url(&self) -> Result<Option<String>, String> {
        let Some(url) = self.text("public_url") else { return Ok(None) };
        if host_of(url).is_some() {
            Ok(Some(url.trim_end_matches('/').into()))
        } else {
            Err(self.wrong("public_url", "use an address like https://day.example.org"))
        }
    }

    /// For values that may hold a password: they are not shown.
    fn wrong_secret(&self, key: &'static str, right: &str) -> String {
        let source = self.0.get(key).map_or("the defaults", |(_, source)| source.as_str());
        format!("The value from {source} is not right for “{key}”: {right}.")
    }
}

/// The host of an address that is nothing but one.
fn host_of(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://"))?.trim_end_matches('/');
    Some(host).filter(|host| !host.is_empty() && !host.contains(['/', ' ', '?', '#']))
}

fn as_text(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        toml::Value::Array(items) => {
            items.into_iter().map(as_text).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        _ => None,
    }
}

fn read_secret(variable: &str, path: &str) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map(|text| text.trim().to_string())
        .map_err(|e| format!("Cannot read the file {path} that {variable} names: {e}."))
}

/// What Kubernetes puts into every pod beside a service named `vdp`.
fn is_kubernetes(name: &str) -> bool {
    name == "PORT" || name.starts_with("PORT_") || name == "SERVICE_HOST" || name.starts_with("SERVICE_PORT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<Config, String> {
        let flags = Flags { config: Some("/dev/null".into()), ..Default::default() };
        load(&flags, variables.iter().map(|(k, v)| (k.to_string(), v.to_string())))
    }

    #[test]
    fn an_unknown_variable_is_named() {
        let error = with(&[("VDP_LISTN", "x")]).unwrap_err();
        assert!(error.contains("VDP_LISTN"), "{error}");
        assert!(with(&[("VDP_PORT_8080_TCP", "tcp://1.2.3.4:1"), ("VDP_SERVICE_HOST", "x")]).is_ok());
    }

    #[test]
    fn a_bad_value_is_named_with_what_would_be_right() {
        for (key, value) in [
            ("VDP_LISTEN", "nowhere"),
            ("VDP_MEDIA_PORT", "70000"),
            ("VDP_MEDIA_IPS", "here"),
            ("VDP_REGISTRATION", "maybe"),
            ("VDP_MEDIA_ROOM_SEATS", "1"),
            ("VDP_RECORDING_LIMIT_GB", "-1"),
            ("VDP_RECORDING_RESERVE_GB", "much"),
            ("VDP_PUBLIC_URL", "day.example.org"),
            ("VDP_TRUSTED_PROXIES", "10.0.0.0/99"),
            ("VDP_LOG_FORMAT", "xml"),
        ] {
            let error = with(&[(key, value)]).unwrap_err();
            assert!(error.contains(value) && error.contains(key), "{error}");
        }
    }

    #[test]
    fn a_database_address_is_never_shown() {
        let error = with(&[("VDP_DATABASE_URL", "mysql://user:secret@host/db")]).unwrap_err();
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn flags_come_before_the_environment() {
        let flags =
            Flags { config: Some("/dev/null".into()), listen: Some("127.0.0.1:1".into()), ..Default::default() };
        let config = load(&flags, [("VDP_LISTEN".to_string(), "127.0.0.1:2".to_string())]).unwrap();
        assert_eq!(config.listen.port(), 1);
    }

    #[test]
    fn half_a_pair_is_refused() {
        assert!(with(&[("VDP_TLS_CERT", "cert.pem")]).unwrap_err().contains("tls_key"));
        assert!(with(&[("VDP_TURN_SECRET", "s")]).unwrap_err().contains("turn_url"));
    }

    #[test]
    fn mail_has_one_way_out_and_a_sender() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let from = ("VDP_MAIL_FROM", "Harbour Lane <post@example.org>");
        let smtp = ("VDP_SMTP_URL", "smtps://visible:hidden@mail.example.org");
        let sendgrid = ("VDP_SENDGRID_API_KEY", "SG.hidden");
        assert!(with(&[]).unwrap().mail.is_none() && with(&[from]).unwrap().mail.is_none());
        for way in [smtp, sendgrid] {
            let config = with(&[way, from]).unwrap();
            assert!(config.mail.is_some());
            let shown = format!("{config:?}");
            assert!(!shown.contains("hidden") && !shown.contains("visible"), "{shown}");
            assert!(with(&[way]).unwrap_err().contains("mail_from"));
        }
        assert!(with(&[smtp, sendgrid, from]).unwrap_err().contains("both"));
        let error = with(&[("VDP_MAIL_FROM", "nobody")]).unwrap_err();
        assert!(error.contains("nobody") && error.contains("mail_from"), "{error}");
        for wrong in ["imap://hidden@mail.example.org", "smtp://a:hidden@mail.example.org"] {
            let error = with(&[("VDP_SMTP_URL", wrong), from]).unwrap_err();
            assert!(error.contains("smtp_url") && !error.contains("hidden"), "{error}");
        }
        let error = with(&[("VDP_SENDGRID_API_KEY", "hidden key"), from]).unwrap_err();
        assert!(error.contains("sendgrid_api_key") && !error.contains("hidden"), "{error}");
    }

    #[test]
    fn an_s3_server_is_set_up_whole_and_encrypted_or_not_at_all() {
        let all = |endpoint: &str, more: &[(&str, &str)]| {
            let mut set = vec![
                ("VDP_S3_ENDPOINT", endpoint),
                ("VDP_S3_BUCKET", "class"),
                ("VDP_S3_ACCESS_KEY", "visible"),
                ("VDP_S3_SECRET_KEY", "hidden"),
            ];
            set.extend(more);
            with(&set)
        };
        let error = with(&[("VDP_S3_BUCKET", "class"), ("VDP_S3_ACCESS_KEY", "a")]).unwrap_err();
        assert!(error.contains("s3_endpoint") && error.contains("s3_secret_key"), "{error}");
        assert!(with(&[("VDP_S3_PATH_STYLE", "false")]).unwrap_err().contains("s3_bucket"));
        let config = all("https://s3.example.org/", &[]).unwrap();
        let s3 = config.s3.clone().unwrap();
        assert_eq!((&*s3.endpoint, &*s3.region, s3.path_style), ("https://s3.example.org", "us-east-1", true));
        let shown = format!("{config:?}");
        assert!(!shown.contains("hidden") && !shown.contains("visible"), "{shown}");
        for near in ["http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]"] {
            assert!(all(near, &[]).is_ok(), "{near}");
        }
        for far in ["http://s3.example.org", "http://localhost.example.org"] {
            assert!(all(far, &[]).unwrap_err().contains("s3_allow_http"), "{far}");
            assert!(all(far, &[("VDP_S3_ALLOW_HTTP", "true")]).is_ok());
        }
        for wrong in ["s3.example.org", "https://s3.example.org/bucket", "https://hidden@s3.example.org"] {
            let error = all(wrong, &[]).unwrap_err();
            assert!(error.contains("s3_endpoint") && !error.contains("hidden"), "{error}");
        }
        assert!(all("https://s3.example.org", &[("VDP_S3_PATH_STYLE", "maybe")]).is_err());
        let keys =
            [("VDP_S3_ACCESS_KEY", "a"), ("VDP_S3_SECRET_KEY", "s"), ("VDP_S3_ENDPOINT", "https://s3.example.org")];
        let error = with(&[&keys[..], &[("VDP_S3_BUCKET", "a/b")]].concat()).unwrap_err();
        assert!(error.contains("a/b"), "{error}");
    }

    #[test]
    fn the_example_file_shows_every_key_and_no_other() {
        let example = include_str!("../../../config.example.toml");
        let shown: Vec<&str> = example
            .lines()
            .filter_map(|line| line.strip_prefix("# ")?.split_once(" = "))
            .map(|(key, _)| key)
            .filter(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'))
            .collect();
        let mut sorted = (shown.clone(), KEYS.to_vec());
        sorted.0.sort();
        sorted.1.sort();
        assert_eq!(sorted.0, sorted.1);
    }
}
