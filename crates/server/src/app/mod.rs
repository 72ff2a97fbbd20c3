//! The roof: builds every part, lists every route, socket, listener and job. Tests build the same house on port 0.

pub mod operate;
pub mod serve;
pub mod shell;
pub mod sockets;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use futures::FutureExt;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::kit::Refusal;
use crate::plumbing::bus::Bus;
use crate::plumbing::clock::Clock;
use crate::plumbing::db::Db;
use crate::plumbing::keys::Keys;
use crate::plumbing::memory::MemoryBuilder;
use crate::plumbing::outbox::{self, Listener};
use crate::plumbing::state::Site;
use crate::plumbing::{Parts, http, jobs, mail, migrations};
use crate::{accounts, attendance, live, programs};

/// What a house is built from.
pub struct Plan {
    pub db: Db,
    pub keys: Keys,
    pub site: Site,
    pub media: live::Settings,
    /// What mails are sent with; without it they wait where an admin reads them.
    pub mail: Option<mail::Settings>,
    pub clock: Clock,
    pub metrics: Option<Metrics>,
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
        .merge(accounts::http_mails::router())
        .merge(programs::http::router())
        .merge(live::http::router())
        .merge(attendance::http::router());
    let (router, mut document) =
        OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", api).split_for_parts();
    http::keyed::describe(&mut document);
    (router, document)
}

/// The OpenAPI 3.1 document, as JSON.
pub fn openapi() -> String {
    routes().1.to_pretty_json().expect("the document is JSON")
}

impl House {
    /// Builds the house on a migrated database and starts its background work.
    pub async fn build(plan: Plan) -> Result<House, Refusal> {
        migrations::run(&plan.db).await?;
        let (layer, io) = live::sockets::build();
        let keys = plan.keys.clone();
        let voter = Box::new(move |poll, user| live::talk::polls::voter(&keys, poll, user));
        let room = live::Live::new(plan.media, voter).map_err(no_media_port)?;
        let post = mail::Post::new(plan.mail, &plan.site.public_url).map_err(no_mail)?;
        let parts = assemble(plan.db, plan.keys, plan.site, plan.clock, memory().with(room).with(post));
        parts.bus.attach(io.clone());
        live::sockets::attach(&parts, &io);
        live::notices::attach(&parts, &io);
        live::recording::wrap_up::mend(&parts).await?;
        live::repair::reopen(&parts).await?;
        mail::carry::resume(&parts).await?;
        let (api, document) = routes();
        let keyed = http::keyed::Keyed::new(
            parts.clone(),
            &document,
            Arc::new(|parts, headers| async move { accounts::caller::name_of(&parts, &headers).await }.boxed()),
        );
        let router = api
            .route_layer(axum::middleware::from_fn_with_state(keyed, http::keyed::answer_once))
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
        live::stop(&self.parts).await;
        for task in self.tasks {
            let _ = task.await;
        }
        live::stop(&self.parts).await;
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
    assemble(db, keys, site, Clock::default(), memory().with(mail::Post::closed()))
}

/// Who hears facts.
pub fn listeners() -> Vec<Listener> {
    vec![
        Arc::new(|parts, tx, fact| live::listen::hear(parts, tx, fact).boxed()),
        Arc::new(|parts, tx, fact| attendance::listen::hear(parts, tx, fact).boxed()),
    ]
}

/// Who does which job.
pub fn job_handlers() -> jobs::Handlers {
    let all = live::jobs::handlers().into_iter().chain(mail::carry::handlers()).chain(accounts::reset::handlers());
    all.collect()
}

fn no_media_port(error: std::io::Error) -> Refusal {
    let text = format!(
        "The media engine cannot open its ports: {error}. Set VDP_MEDIA_PORT and VDP_MEDIA_IPS to free ones of this machine."
    );
    Refusal::new(503, "no-media-port", "No media port", text)
}

fn no_mail(error: String) -> Refusal {
    let text = format!("Mails cannot be sent: {error}. Look at VDP_SMTP_URL or VDP_SENDGRID_API_KEY.");
    Refusal::new(503, "no-mail", "No mail", text)
}

fn background(parts: &Parts) -> Vec<JoinHandle<()>> {
    let mut tasks = live::tasks(parts);
    tasks.extend([
        tokio::spawn(outbox::deliver(parts.clone(), listeners())),
        tokio::spawn(jobs::work(parts.clone(), job_handlers())),
        tokio::spawn(operate::housekeeping(parts.clone())),
    ]);
    tasks
}
