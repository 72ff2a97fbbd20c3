//! The roof: builds every part, lists every route, socket, listener and job. Tests build the same house on port 0.

pub mod operate;
pub mod serve;
pub mod shell;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use futures::FutureExt;
use metrics_exporter_prometheus::PrometheusHandle;
use socketioxide::SocketIo;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::accounts;
use crate::attendance;
use crate::kit::Refusal;
use crate::plumbing::bus::Bus;
use crate::plumbing::clock::Clock;
use crate::plumbing::db::Db;
use crate::plumbing::keys::Keys;
use crate::plumbing::memory::MemoryBuilder;
use crate::plumbing::outbox::{self, Listener};
use crate::plumbing::state::Site;
use crate::plumbing::{Parts, http, jobs, migrations};
use crate::programs;

/// What a house is built from.
pub struct Plan {
    pub db: Db,
    pub keys: Keys,
    pub site: Site,
    pub media: Media,
    pub clock: Clock,
    pub metrics: Option<Metrics>,
}

/// Settings of the media engine.
#[derive(Clone, Debug)]
pub struct Media {
    /// First UDP and TCP port, one per shard; 0 picks free ones.
    pub port: u16,
    pub ips: Vec<IpAddr>,
    pub room_seats: usize,
    /// URL and shared secret of a TURN server.
    pub turn: Option<(String, String)>,
}

/// The recorder behind `/metrics`, and the token that opens it to others than loopback.
#[derive(Clone)]
pub struct Metrics {
    pub handle: PrometheusHandle,
    pub token: Option<String>,
}

/// A built house: ready to be served, its background work running.
pub struct House {
    pub parts: Parts,
    pub router: Router,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Virtual Day Program", description = "The whole virtual day: programs, timetable, live rooms, attendance."),
    modifiers(&Bearer),
    components(schemas(http::Problem))
)]
struct Document;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Every route of the API, with its description.
fn routes() -> (Router<Parts>, utoipa::openapi::OpenApi) {
    let api = OpenApiRouter::new()
        .merge(accounts::http::router())
        .merge(programs::http::router())
        .merge(attendance::http::router());
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", api).split_for_parts()
}

/// The OpenAPI 3.1 document, as JSON.
pub fn openapi() -> String {
    routes().1.to_pretty_json().expect("the document is JSON")
}

impl House {
    /// Builds the house on a migrated database and starts its background work.
    pub async fn build(plan: Plan) -> Result<House, Refusal> {
        migrations::run(&plan.db).await?;
        let (layer, io) = SocketIo::builder().max_payload(1 << 20).max_buffer_size(1024).build_layer();
        let parts = assemble(plan.db, plan.keys, plan.site, plan.clock, memory());
        parts.bus.attach(io);
        let (api, document) = routes();
        let router = api
            .merge(operate::router(plan.metrics, document))
            .fallback(shell::answer)
            .method_not_allowed_fallback(http::method_not_allowed)
            .layer(DefaultBodyLimit::disable())
            .with_state(parts.clone())
            .layer(layer);
        let router = http::around(router, parts.site.is_https());
        let tasks = background(&parts);
        Ok(House { parts, router, tasks })
    }

    /// Stops the background work and closes the database.
    pub async fn close(self) {
        self.parts.closing.cancel();
        for task in self.tasks {
            let _ = task.await;
        }
        self.parts.db.close().await;
    }
}

/// What the rooms keep in memory.
fn memory() -> MemoryBuilder {
    MemoryBuilder::default()
        .with(accounts::caller::Accounts::default())
        .with(accounts::password::Passwords::default())
        .with(programs::cards::Cards::default())
}

fn assemble(db: Db, keys: Keys, site: Site, clock: Clock, memory: MemoryBuilder) -> Parts {
    Parts {
        db,
        clock,
        keys,
        bus: Bus::default(),
        bell: Default::default(),
        limits: Default::default(),
        memory: memory.build(),
        site: Arc::new(site),
        closing: CancellationToken::new(),
    }
}

/// The parts alone, for commands that do not serve.
pub fn parts_for_commands(db: Db, keys: Keys, site: Site) -> Parts {
    assemble(db, keys, site, Clock::default(), memory())
}

/// Who hears facts.
pub fn listeners() -> Vec<Listener> {
    vec![Arc::new(|parts, tx, fact| attendance::listen::hear(parts, tx, fact).boxed())]
}

/// Who does which job.
pub fn job_handlers() -> jobs::Handlers {
    jobs::Handlers::new()
}

fn background(parts: &Parts) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(outbox::deliver(parts.clone(), listeners())),
        tokio::spawn(jobs::work(parts.clone(), job_handlers())),
        tokio::spawn(operate::housekeeping(parts.clone())),
    ]
}
