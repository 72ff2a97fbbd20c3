//! A house to test in, the people who use it, and the macro that runs a test on both databases.

mod house;
mod person;

pub use house::{Engine, House, Place};
pub use person::{Person, Reply};

/// Makes one test per database from each function: `async fn name(house: House) { … }`.
///
/// A test that needs PostgreSQL fails with a sentence when there is none; it is never skipped.
#[macro_export]
macro_rules! both_databases {
    ($( $(#[$meta:meta])* async fn $name:ident($house:ident: House) $body:block )*) => {$(
        mod $name {
            #[allow(unused_imports)]
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
