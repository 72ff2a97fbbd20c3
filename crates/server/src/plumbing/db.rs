//! The database and its one write door.
//!
//! Every change goes through [`Db::write`]: `BEGIN IMMEDIATE` on SQLite, `SERIALIZABLE` on PostgreSQL, retried when
//! the database asks for it. What the world shall hear is collected in the [`Tx`] and said only after the commit.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::kit::{Answer, Refusal};

/// A future that borrows its transaction.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = Answer<T>> + Send + 'a>>;
type After = Box<dyn FnOnce() + Send>;

/// How often a write is tried before the person is told to come back.
const TRIES: u32 = 60;

#[derive(Clone)]
pub struct Db {
    pool: DatabaseConnection,
    sqlite: bool,
    /// SQLite has one writer. Who waits, waits here in line: waiting inside `BEGIN IMMEDIATE` would hold a connection of
    /// the pool, and would be polled by chance instead of served in order.
    line: Option<Arc<tokio::sync::Mutex<()>>>,
}

/// A write under way. Reads and changes go through [`Tx::conn`]; pushes wait in it for the commit.
///
/// `'c` is how long what the work borrows lives; it lets closures borrow instead of clone.
pub struct Tx<'c> {
    borrowed: PhantomData<&'c ()>,
    inner: DatabaseTransaction,
    after: Mutex<Vec<After>>,
    announced: std::sync::atomic::AtomicBool,
}

impl Tx<'_> {
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.inner
    }
    /// Runs `job` once the transaction is committed; forgotten when it is not.
    pub fn after_commit(&self, job: impl FnOnce() + Send + 'static) {
        self.after.lock().expect("no panic holds this lock").push(Box::new(job));
    }
    /// Does something that a constraint may forbid; what it did is undone then, and the transaction goes on.
    #[allow(clippy::disallowed_methods, reason = "a point within the write door to come back to")]
    pub async fn attempt<T>(
        &self,
        work: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
    ) -> Result<T, DbErr> {
        let point = self.inner.begin().await?;
        match work(&point).await {
            Ok(done) => point.commit().await.map(|()| done),
            Err(error) => {
                point.rollback().await?;
                Err(error)
            }
        }
    }
    pub(super) fn mark_announced(&self) -> bool {
        !self.announced.swap(true, std::sync::atomic::Ordering::Relaxed)
    }
}

impl Db {
    pub async fn connect(url: &str) -> Result<Db, DbErr> {
        let sqlite = url.starts_with("sqlite:");
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(if sqlite { 8 } else { 16 })
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(8))
            .connect_timeout(Duration::from_secs(5))
            .test_before_acquire(false)
            .test_before_acquire_if_idle_for(Duration::from_secs(5))
            .sqlx_logging(false);
        if sqlite {
            options.map_sqlx_sqlite_opts(|o| {
                // FULL: an acknowledged minute survives a power cut, not only a crash of the process.
                o.create_if_missing(true)
                    .pragma("journal_mode", "WAL")
                    .pragma("synchronous", "FULL")
                    .pragma("busy_timeout", "5000")
                    .pragma("foreign_keys", "ON")
                    .pragma("cache_size", "-8000")
            });
        }
        Ok(Db { pool: Database::connect(options).await?, sqlite, line: sqlite.then(Arc::default) })
    }

    /// For reading. Changes go through [`Db::write`].
    pub fn read(&self) -> &DatabaseConnection {
        &self.pool
    }

    pub fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    pub async fn ping(&self) -> Result<(), DbErr> {
        self.pool.execute_unprepared("SELECT 1").await.map(|_| ())
    }

    pub async fn close(&self) {
        let _ = self.pool.clone().close().await;
    }

    /// The one write door. `work` may run more than once; only its last run counts.
    pub async fn write<'c, T, F>(&self, work: F) -> Answer<T>
    where
        T: Send,
        F: for<'a> Fn(&'a Tx<'c>) -> Work<'a, T> + Send + Sync,
    {
        let mut pause = Duration::from_millis(1);
        for attempt in 1.. {
            match self.try_write(&work).await {
                Ok(done) => return Ok(done),
                Err(Failure::Refused(refusal)) => return Err(refusal),
                Err(Failure::Database(error)) if attempt < TRIES && is_conflict(&error) => {
                    metrics::counter!("vdp_write_retries_total").increment(1);
                    tokio::time::sleep(pause + jitter(pause)).await;
                    pause = (pause * 2).min(Duration::from_millis(60));
                }
                Err(Failure::Database(error)) => return Err(refusal(error)),
            }
        }
        unreachable!("the loop returns")
    }

    #[allow(clippy::disallowed_methods, reason = "this is the write door")]
    async fn try_write<'c, T, F>(&self, work: &F) -> Result<T, Failure>
    where
        T: Send,
        F: for<'a> Fn(&'a Tx<'c>) -> Work<'a, T> + Send + Sync,
    {
        let _turn = match &self.line {
            Some(line) => Some(line.lock().await),
            None => None,
        };
        let options = TransactionOptions {
            isolation_level: (!self.sqlite).then_some(IsolationLevel::Serializable),
            access_mode: None,
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        };
        let inner = self.pool.begin_with_options(options).await.map_err(Failure::Database)?;
        let tx = Tx { borrowed: PhantomData, inner, after: Mutex::default(), announced: Default::default() };
        let marked = async |done| super::answers::mark(tx.conn()).await.map(|()| done);
        let done = match work(&tx).await {
            Ok(done) => marked(done).await,
            refused => refused,
        };
        let done = match done {
            Ok(done) => done,
            Err(refusal) => {
                let Tx { inner, .. } = tx;
                let _ = inner.rollback().await;
                return Err(match conflict_of(&refusal) {
                    Some(error) => Failure::Database(error),
                    None => Failure::Refused(refusal),
                });
            }
        };
        let Tx { inner, after, .. } = tx;
        inner.commit().await.map_err(Failure::Database)?;
        for job in after.into_inner().expect("no panic holds this lock") {
            job();
        }
        Ok(done)
    }
}

enum Failure {
    Refused(Refusal),
    Database(DbErr),
}

/// A conflict inside `work` travels as a refusal of this code, so that rooms can use `?` on database errors.
const CONFLICT: &str = "write-conflict";

impl From<DbErr> for Refusal {
    fn from(error: DbErr) -> Refusal {
        refusal(error)
    }
}

fn refusal(error: DbErr) -> Refusal {
    if is_conflict(&error) {
        let text = "Many people are changing this at once. Try again in a moment.";
        return Refusal::new(503, CONFLICT, "Busy", text).retry_after(1);
    }
    if is_down(&error) {
        tracing::warn!(%error, "the database does not answer");
        return Refusal::unavailable("The records are not reachable just now. Try again in a moment.");
    }
    Refusal::broken(error)
}

fn conflict_of(refusal: &Refusal) -> Option<DbErr> {
    (refusal.code == CONFLICT).then(|| DbErr::Custom(CONFLICT.into()))
}

fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(e))
    | DbErr::Query(RuntimeErr::SqlxError(e))
    | DbErr::Conn(RuntimeErr::SqlxError(e))) = error
    else {
        return None;
    };
    e.as_database_error().and_then(|e| e.code()).map(|c| c.into_owned())
}

/// Serialization failure or deadlock on PostgreSQL; busy on SQLite.
fn is_conflict(error: &DbErr) -> bool {
    matches!(error, DbErr::Custom(text) if text == CONFLICT)
        || matches!(code(error).as_deref(), Some("40001" | "40P01" | "5" | "261" | "517" | "6" | "262"))
}

fn is_down(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
        return true;
    }
    if matches!(code(error).as_deref(), Some("57P01" | "57P02" | "57P03" | "53300" | "14" | "1802")) {
        return true;
    }
    let (DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e))) = error else {
        return false;
    };
    let text = e.to_string();
    e.as_database_error().is_none()
        && ["connect", "io error", "closed", "reset", "pipe", "communicating", "timed out"]
            .iter()
            .any(|w| text.to_lowercase().contains(w))
}

/// Which unique constraint or index an error names, in the words of either engine.
pub fn violates(error: &DbErr, name: &str) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(text)) if text.contains(name))
}

fn jitter(pause: Duration) -> Duration {
    let random = uuid::Uuid::new_v4().as_u128() as u64;
    Duration::from_nanos(random % (pause.as_nanos() as u64 + 1))
}

pub fn backend(sqlite: bool) -> DbBackend {
    if sqlite { DbBackend::Sqlite } else { DbBackend::Postgres }
}
