//! A house to test in, the people who use it, and the macro that runs a test on both databases.

mod bucket;
mod house;
mod peer;
mod person;
mod smtp;
mod socket;

pub use bucket::{Bucket, SECRET};
pub use house::{Engine, House, Place};
pub use peer::{Peer, Seen};
pub use person::{Person, Reply};
pub use smtp::Smtp;
pub use socket::Socket;

/// Looks until it is so, for at most ten seconds.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..1000 {
        if so().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

/// Makes one test per database from each function: `async fn name(house: House) { … }`.
///
/// A test that needs PostgreSQL fails with a sentence when there is none; it is never skipped.
#[macro_export]
macro_rules! both_databases {
    ($( $(#[$meta:meta])* async fn $name:ident($house:ident: House) $body:block )*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing of its file")]
            use super::*;

            $(#[$meta])*
            async fn run($house: $crate::util::House) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let house = $crate::util::House::open($crate::util::Engine::Sqlite).await;
                run(house.clone()).await;
                house.close().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let house = $crate::util::House::open($crate::util::Engine::Postgres).await;
                run(house.clone()).await;
                house.close().await;
            }
        }
    )*};
}
