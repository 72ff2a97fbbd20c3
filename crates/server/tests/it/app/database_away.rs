//! A database that goes away later: the house says 503 until it is back, and then goes on by itself.

use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::util::{Engine, House, Place};

/// A cable to PostgreSQL that can be pulled.
struct Cable {
    address: std::net::SocketAddr,
    target: String,
    cut: std::sync::Mutex<CancellationToken>,
}

impl Cable {
    async fn lay(target: String) -> Arc<Cable> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let cable = Arc::new(Cable { address, target, cut: Default::default() });
        tokio::spawn(cable.clone().carry(listener));
        cable
    }

    async fn carry(self: Arc<Self>, listener: TcpListener) {
        while let Ok((mut near, _)) = listener.accept().await {
            let cut = self.cut.lock().unwrap().clone();
            let target = self.target.clone();
            tokio::spawn(async move {
                if cut.is_cancelled() {
                    return;
                }
                let Ok(mut far) = TcpStream::connect(target).await else { return };
                tokio::select! {
                    _ = cut.cancelled() => {}
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                }
            });
        }
    }

    fn pull(&self) {
        self.cut.lock().unwrap().cancel();
    }

    fn plug_in(&self) {
        *self.cut.lock().unwrap() = CancellationToken::new();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_house_answers_503_while_postgres_is_away_and_recovers() {
    let real = Place::new(Engine::Postgres).await;
    let host = real.url.split('@').nth(1).and_then(|r| r.split('/').next()).expect("a host in the URL").to_string();
    let cable = Cable::lay(host.clone()).await;
    let mut place = real;
    place.url = place.url.replace(&host, &cable.address.to_string());
    let house = House::open_at(place, Default::default()).await;
    let admin = house.admin().await;
    admin.get("/users").await.expect(200);

    cable.pull();
    let reply = admin.get("/users").await;
    assert!(reply.headers.contains_key("retry-after"), "{reply:?}");
    reply.refused(503, "unavailable");
    house.nobody().get("/readyz").await.refused(503, "unavailable");
    assert_eq!(house.nobody().get("/healthz").await.status, 200, "the process itself is well");

    cable.plug_in();
    // Each connection of the pool that broke is noticed at its next use, so at most that many requests still fail.
    let mut tries = 0;
    while admin.get("/users").await.status != 200 {
        tries += 1;
        assert!(tries <= 16, "the pool did not recover");
    }
    assert_eq!(house.nobody().get("/readyz").await.status, 200);
    house.close().await;
}
