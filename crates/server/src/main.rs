//! The command line: serve · migrate · admin create · openapi.

use std::io::{IsTerminal, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use server::app::{House, Metrics, Plan, openapi, serve, sockets};
use server::config::{Config, Flags, load};
use server::plumbing::clock::Clock;
use server::plumbing::db::Db;
use server::plumbing::keys::{self, Keys};
use server::plumbing::migrations;
use server::plumbing::state::Site;
use server::{demo, live};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Virtual Day Program: the whole virtual day of an organisation, in one binary.
#[derive(Parser)]
#[command(name = "vdp", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server. It migrates its database by itself.
    Serve {
        /// Fill an empty database with a sample organisation.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database to the newest shape and stop.
    Migrate,
    /// Accounts of administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Print the OpenAPI document.
    Openapi {
        /// The messages of the sockets instead.
        #[arg(long)]
        sockets: bool,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Make an administrator. Without --password-stdin a password is made up and printed.
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// Read the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Openapi { sockets } = cli.command {
        let document = if sockets { sockets::describe() } else { openapi() };
        // A closed pipe is the reader's choice, not an error.
        let _ = writeln!(std::io::stdout(), "{document}");
        return ExitCode::SUCCESS;
    }
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads can be started");
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vdp: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<(), String> {
    let config = load(&cli.flags, std::env::vars())?;
    logging(&config);
    match cli.command {
        Command::Serve { demo } => serve_house(config, demo).await,
        Command::Migrate => migrate(&config).await,
        Command::Admin { command: AdminCommand::Create { email, name, password_stdin } } => {
            create_admin(&config, email, name, password_stdin).await
        }
        Command::Openapi { .. } => unreachable!("answered before"),
    }
}

fn logging(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(format!("{},sqlx=warn,sea_orm=warn", config.log));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    if config.log_json { lines.json().init() } else { lines.init() }
}

fn data_folder(config: &Config) -> Result<(), String> {
    let folder = &config.data_dir;
    let cannot = |e: std::io::Error| {
        format!("Cannot write in the data folder {}: {e}. Make it writable, or set VDP_DATA_DIR.", folder.display())
    };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let probe = folder.join(".write-probe");
    std::fs::write(&probe, b"").map_err(cannot)?;
    std::fs::remove_file(&probe).map_err(cannot)
}

/// Connects, waiting up to 30 s for a database that is not up yet.
async fn database(config: &Config) -> Result<Db, String> {
    let started = Instant::now();
    loop {
        let tried = match Db::connect(&config.database_url).await {
            Ok(db) => db.ping().await.map(|()| db),
            Err(error) => Err(error),
        };
        match tried {
            Ok(db) => return Ok(db),
            Err(error)
                if started.elapsed() < Duration::from_secs(30) && !config.database_url.starts_with("sqlite:") =>
            {
                tracing::warn!(%error, "the database does not answer; trying again for up to 30 s");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
            Err(error) => return Err(format!("The database cannot be opened: {error}. Check VDP_DATABASE_URL.")),
        }
    }
}

fn root_keys(config: &Config) -> Result<Keys, String> {
    match &config.secret_key {
        Some(text) => Keys::from_text(text),
        None => Keys::load_or_make(&config.data_dir.join("secret-key")),
    }
}

async fn migrate(config: &Config) -> Result<(), String> {
    data_folder(config)?;
    let db = database(config).await?;
    migrations::run(&db).await.map_err(|e| format!("The database could not be migrated: {e}."))?;
    println!("The database has the newest shape.");
    Ok(())
}

async fn serve_house(config: Config, demo: bool) -> Result<(), String> {
    data_folder(&config)?;
    let tls = match config.tls.clone() {
        Some((cert, key)) => Some(serve::Tls::open(cert, key).await?),
        None => None,
    };
    let recorder =
        metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder().map_err(|e| e.to_string())?;
    let listener = TcpListener::bind(config.listen).map_err(|e| cannot_listen(config.listen, &e))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let db = database(&config).await?;
    let site = site(&config, address);
    let plan = Plan {
        db,
        keys: root_keys(&config)?,
        media: media(&config),
        mail: config.mail.clone(),
        site,
        clock: Clock::default(),
        metrics: Some(Metrics { handle: recorder, token: config.metrics_token.clone() }),
    };
    let house = House::build(plan).await.map_err(|e| format!("The server could not start: {e}."))?;
    if demo {
        fill_demo(&house, &config).await?;
    } else if let Some(link) = server::accounts::set_up::open(&house.parts).await.map_err(|e| e.to_string())? {
        println!("Nobody is here yet. Set your organisation up at this link; it works once:\n  {link}");
    }
    println!("Virtual Day Program is at {}", house.parts.site.public_url);
    let _ = std::io::stdout().flush();
    serve::run(house, listener, tls).await.map_err(|e| format!("The server stopped: {e}."))
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::AddrInUse {
        return format!(
            "Port {} is taken by another program. Stop that one, or set VDP_LISTEN to another port.",
            address.port()
        );
    }
    format!("Cannot listen on {address}: {error}. Set VDP_LISTEN to an address of this machine.")
}

fn site(config: &Config, address: SocketAddr) -> Site {
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let host = match address.ip() {
        ip if ip.is_unspecified() => format!("localhost:{}", address.port()),
        _ => address.to_string(),
    };
    Site {
        public_url: config.public_url.clone().unwrap_or_else(|| format!("{scheme}://{host}")),
        proxies: config.trusted_proxies.clone(),
        registration: config.registration,
    }
}

fn media(config: &Config) -> live::Settings {
    let ips = if config.media_ips.is_empty() { own_addresses(config.listen.ip()) } else { config.media_ips.clone() };
    let shards = std::thread::available_parallelism().map_or(1, |n| n.get());
    let room_seats = config.media_room_seats;
    live::Settings {
        node: "main".into(),
        media: Some(live::media::Settings { shards, port: config.media_port, ips, room_seats }),
        turn: config.turn.clone().map(|(url, secret)| live::turn::Turn { url, secret }),
        room_seats,
        recording: live::recording::Settings {
            folder: config.data_dir.join("recordings"),
            most_bytes: config.recording_limit,
            reserve: config.recording_reserve,
            ffmpeg: config.ffmpeg.clone(),
            s3: config.s3.clone(),
        },
    }
}

/// Addresses at which a browser may reach us: loopback when we listen there, and the one that leads outside.
fn own_addresses(listen: IpAddr) -> Vec<IpAddr> {
    if listen.is_loopback() {
        return vec![listen];
    }
    // Connecting a UDP socket sends nothing; it only asks the routing table which address would be ours.
    let ours = |target: &str, any: &str| {
        let socket = UdpSocket::bind(any).ok()?;
        socket.connect(target).ok()?;
        socket.local_addr().ok().map(|a| a.ip())
    };
    let found = [ours("192.0.2.1:9", "0.0.0.0:0"), ours("[2001:db8::1]:9", "[::]:0")];
    let mut addresses: Vec<IpAddr> = found.into_iter().flatten().filter(|ip| !ip.is_unspecified()).collect();
    addresses.push(IpAddr::from([127, 0, 0, 1]));
    addresses.dedup();
    addresses
}

async fn create_admin(config: &Config, email: String, name: String, password_stdin: bool) -> Result<(), String> {
    data_folder(config)?;
    let password = if password_stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|e| format!("Cannot read the password: {e}."))?;
        text.trim_end_matches(['\r', '\n']).to_string()
    } else {
        keys::random_token()[..20].to_string()
    };
    let db = database(config).await?;
    migrations::run(&db).await.map_err(|e| format!("The database could not be migrated: {e}."))?;
    let parts = server::app::parts_for_commands(db, root_keys(config)?, site(config, config.listen));
    let user = server::accounts::people::make_admin(&parts, &email, &name, &password).await.map_err(|e| e.detail)?;
    println!("{} ({}) is an administrator now.", user.name, user.email.unwrap_or_default());
    if !password_stdin {
        println!("Password: {password}");
    }
    Ok(())
}

/// Fills the sample organisation where nobody is yet, and says who can sign in.
async fn fill_demo(house: &House, config: &Config) -> Result<(), String> {
    let password = demo_password(config)?;
    let now = house.parts.clock.now();
    let filled = demo::fill(&house.parts, &password, now).await.map_err(|e| e.to_string())?;
    if filled.people.is_empty() {
        println!("This database has people of its own already; the sample organisation was left out.");
        return Ok(());
    }
    println!("The sample people, all with the password “{password}”:");
    for person in filled.people {
        println!("  {:<13} {:<34} {}", format!("{:?}", person.role).to_lowercase(), person.email, person.name);
    }
    Ok(())
}

/// The password of all demo people: set, kept from the last time, or made up now.
fn demo_password(config: &Config) -> Result<String, String> {
    if let Some(password) = &config.demo_password {
        return Ok(password.clone());
    }
    let path = config.data_dir.join("demo-password");
    if let Ok(kept) = std::fs::read_to_string(Path::new(&path)) {
        return Ok(kept.trim().to_string());
    }
    let made = keys::random_token()[..16].to_string();
    keys::write_private(&path, &made).map_err(|e| format!("Cannot write {}: {e}.", path.display()))?;
    Ok(made)
}
