//! A real S3 server with one bucket, over a folder of its own, that can go away and come back.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Mutex;

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use server::live::recording::shelf::S3;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

pub const SECRET: &str = "the-secret-of-the-bucket";

pub struct Bucket {
    pub folder: PathBuf,
    address: SocketAddr,
    /// Its end is the end of every connection.
    running: Mutex<Option<Runtime>>,
}

impl Bucket {
    pub async fn open() -> Bucket {
        let folder = std::env::temp_dir().join(format!("vdp-bucket-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(folder.join("class")).unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut bucket = Bucket { folder, address, running: Mutex::default() };
        bucket.address = bucket.back().await;
        bucket
    }

    /// Listens, where it listened before.
    pub async fn back(&self) -> SocketAddr {
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(&self.folder).unwrap());
        service.set_auth(SimpleAuth::from_single("the-access-key", SECRET));
        let service = service.build();
        let router = axum::Router::new().fallback(move |request: Request| {
            let service = service.clone();
            async move {
                let answer = service.call(request.map(s3s::Body::http_body_unsync)).await;
                answer.map(|answer| answer.map(Body::new)).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
            }
        });
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let address = self.address;
        let (told, listens) = tokio::sync::oneshot::channel();
        runtime.spawn(async move {
            let listener = TcpListener::bind(address).await.unwrap();
            told.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        *self.running.lock().unwrap() = Some(runtime);
        listens.await.unwrap()
    }

    /// From now on it does not answer.
    pub fn away(&self) {
        if let Some(runtime) = self.running.lock().unwrap().take() {
            runtime.shutdown_background();
        }
    }

    pub fn settings(&self) -> S3 {
        S3 {
            endpoint: format!("http://{}", self.address),
            bucket: "class".into(),
            region: "us-east-1".into(),
            access_key: "the-access-key".into(),
            secret_key: SECRET.into(),
            path_style: true,
        }
    }

    /// The file behind an object.
    pub fn object(&self, key: &str) -> PathBuf {
        self.folder.join("class").join(key)
    }

    /// How many objects there are.
    pub fn many(&self) -> usize {
        fn files(folder: PathBuf) -> usize {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|e| if e.path().is_dir() { files(e.path()) } else { 1 }).sum()
        }
        files(self.folder.join("class"))
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.away();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
