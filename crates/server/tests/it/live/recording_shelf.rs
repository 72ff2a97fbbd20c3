//! Recordings on a real S3 server: stored, watched from there and deleted there, whatever becomes of the server meanwhile.

use std::sync::{Mutex, Once};

use reqwest::Method;
use reqwest::header::{ACCEPT_RANGES, CONTENT_RANGE, COOKIE, ETAG, HeaderMap, IF_NONE_MATCH, IF_RANGE, RANGE};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use server::live::recording::shelf::Shelf;
use server::plumbing::clock::Clock;
use server::plumbing::jobs;

use super::Class;
use super::media::publish;
use super::recording::{path_of, ready, record, size_of, watch, written};
use crate::util::{Bucket, Engine, House, Person, Place, SECRET, Socket, until};

pub async fn place_with(bucket: &Bucket, engine: Engine) -> Place {
    let mut place = Place::new(engine).await;
    place.s3 = Some(bucket.settings());
    place
}

/// A class that was recorded and goes on; stopped, the recording is ready on the disk.
pub async fn recorded(house: &House) -> (Class, Socket) {
    let class = Class::live(house).await;
    let (mut ada, ..) = class.sit(&class.ada).await;
    let _sends = publish(&mut ada).await;
    record(&mut ada).await;
    written(house, 40_000).await;
    (class, ada)
}

/// Ada answers whether she may be recorded.
async fn answer(class: &Class, yes: bool) {
    let request = class.ada.request(Method::PUT, &format!("{}/recording_consent", class.session));
    assert_eq!(request.json(&json!({"yes": yes})).send().await.unwrap().status(), 200);
}

fn on_disk(house: &House) -> u64 {
    size_of(&house.place.folder.join("recordings"))
}

pub async fn stored(house: &House, bucket: &Bucket) {
    until("all of it is on the S3 server alone", async || {
        tries_again(house, "shelve-recording").await;
        bucket.many() == 2 && on_disk(house) == 0
    })
    .await;
}

async fn job(house: &House, kind: &str) -> Option<jobs::Model> {
    jobs::Entity::find().filter(jobs::Column::Kind.eq(kind)).one(house.parts.db.read()).await.unwrap()
}

/// Lets the pause before a job's next try pass.
async fn tries_again(house: &House, kind: &str) {
    let now = house.parts.clock.now();
    if let Some(job) = job(house, kind).await.filter(|job| job.run_at > now) {
        house.parts.clock.advance_seconds((job.run_at.micros() - now.micros()) / 1_000_000 + 1);
    }
}

/// What the job that talks to the S3 server says of its last try.
async fn job_says(house: &House, kind: &str) -> String {
    let mut said = String::new();
    until("the job has failed", async || {
        said = job(house, kind).await.and_then(|row| row.last_error).unwrap_or_default();
        !said.is_empty()
    })
    .await;
    said
}

struct Got {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

async fn get(house: &House, path: &str, headers: &[(reqwest::header::HeaderName, &str)]) -> Got {
    let request =
        headers.iter().fold(house.nobody().request(Method::GET, path), |r, (name, value)| r.header(name, *value));
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Got { status, headers, bytes: answer.bytes().await.unwrap().to_vec() }
}

fn tracks(recording: &Value, replay: &Value) -> Vec<(String, u64)> {
    let tracks = replay["tracks"].as_array().unwrap().iter();
    tracks
        .map(|track| {
            let path = format!("{}/tracks/{}", path_of(recording), track["id"].as_str().unwrap());
            (path, track["bytes"].as_u64().unwrap())
        })
        .collect()
}

/// Every track, whole, as a player gets it; and its tag.
async fn whole(house: &House, who: &Person, recording: &Value) -> Vec<(Vec<u8>, String)> {
    let (replay, cookie) = watch(who, recording).await;
    let mut all = Vec::new();
    for (path, bytes) in tracks(recording, &replay) {
        let got = get(house, &path, &[(COOKIE, &cookie), (RANGE, "bytes=0-")]).await;
        assert_eq!((got.status, got.bytes.len() as u64), (206, bytes));
        all.push((got.bytes, got.headers[ETAG].to_str().unwrap().to_string()));
    }
    all
}

async fn goes_there_and_is_watched_from_there(engine: Engine) {
    let bucket = Bucket::open().await;
    let house = House::open_at(place_with(&bucket, engine).await, Clock::default()).await;
    let (class, _ada) = recorded(&house).await;
    class.end().await;
    let recording = ready(&class, &class.bob, 1).await.remove(0);
    stored(&house, &bucket).await;

    let (replay, cookie) = watch(&class.bob, &recording).await;
    let eve = house.participant("Eve Stone").await;
    let all = tracks(&recording, &replay);
    assert_eq!(all.len(), 2);
    for (path, size) in &all {
        let id = path.rsplit('/').next().unwrap();
        let key = format!("recordings/{}/{id}.webm", recording["id"].as_str().unwrap());
        let file = std::fs::read(bucket.object(&key)).expect("an object with a name nobody guesses");
        assert_eq!(file.len() as u64, *size);
        let size = file.len();
        let asks = async |range: &str| get(&house, path, &[(COOKIE, &cookie), (RANGE, range)]).await;
        let middle = size / 2;
        for (range, first, end) in [
            ("bytes=0-3".to_string(), 0, 4),
            (format!("bytes={middle}-{}", middle + 99), middle, middle + 100),
            ("bytes=-5".into(), size - 5, size),
            (format!("bytes={}-", size - 1), size - 1, size),
            ("bytes=0-99999999999".into(), 0, size),
        ] {
            let got = asks(&range).await;
            assert_eq!((got.status, &got.bytes[..]), (206, &file[first..end]), "{range}");
            assert_eq!(got.headers[CONTENT_RANGE], format!("bytes {first}-{}/{size}", end - 1));
            assert_eq!(got.headers[ACCEPT_RANGES], "bytes");
        }
        for range in ["bytes=999999999-", "bytes=5-2", "bytes=0-1,4-5"] {
            let got = asks(range).await;
            assert_eq!((got.status, &got.headers[CONTENT_RANGE]), (416, &format!("bytes */{size}").parse().unwrap()));
        }
        let all = get(&house, path, &[(COOKIE, &cookie)]).await;
        assert_eq!((all.status, all.bytes.len()), (200, size));
        let tag = all.headers[ETAG].to_str().unwrap();
        let same = get(&house, path, &[(COOKIE, &cookie), (RANGE, "bytes=0-3"), (IF_RANGE, tag)]).await;
        let other = get(&house, path, &[(COOKIE, &cookie), (RANGE, "bytes=0-3"), (IF_RANGE, "\"other\"")]).await;
        let known = get(&house, path, &[(COOKIE, &cookie), (IF_NONE_MATCH, tag)]).await;
        assert_eq!((same.status, other.status, known.status), (206, 200, 304));
        assert_eq!(get(&house, path, &[(RANGE, "bytes=0-3")]).await.status, 401);
        assert_eq!(eve.get(path).await.status, 404);
    }

    answer(&class, false).await;
    assert_eq!(get(&house, &all[0].0, &[(COOKIE, &cookie), (RANGE, "bytes=0-3")]).await.status, 404);
    answer(&class, true).await;

    bucket.away();
    let got = get(&house, &all[0].0, &[(COOKIE, &cookie), (RANGE, "bytes=0-3")]).await;
    assert_eq!(got.status, 503, "not there, and nothing breaks");
    class.ada.delete(&path_of(&recording)).await.expect(204);
    class.ada.get(&path_of(&recording)).await.refused(410, "recording-deleted");
    job_says(&house, "clear-recording").await;
    assert_eq!(bucket.many(), 2);
    bucket.back().await;
    until("its objects are gone", async || {
        tries_again(&house, "clear-recording").await;
        bucket.many() == 0
    })
    .await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_goes_to_the_s3_server_and_is_watched_from_there_on_sqlite() {
    goes_there_and_is_watched_from_there(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_goes_to_the_s3_server_and_is_watched_from_there_on_postgres() {
    goes_there_and_is_watched_from_there(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_s3_server_is_away_it_is_watched_from_the_disk_and_goes_there_later() {
    let bucket = Bucket::open().await;
    let house = House::open_at(place_with(&bucket, Engine::Sqlite).await, Clock::default()).await;
    bucket.away();
    let (class, mut ada) = recorded(&house).await;
    assert_eq!(ada.ask("record", json!({"on": false})).await, json!({}));
    let recording = ready(&class, &class.bob, 1).await.remove(0);
    let before = whole(&house, &class.bob, &recording).await;
    let said = job_says(&house, "shelve-recording").await;
    assert!(said.contains("S3 server"), "{said}");
    assert_eq!(ada.ask("say", json!({"id": uuid::Uuid::now_v7(), "text": "on we go"})).await["problem"], Value::Null);
    assert!(on_disk(&house) > 0);
    bucket.back().await;
    stored(&house, &bucket).await;
    assert_eq!(whole(&house, &class.bob, &recording).await, before, "the same bytes by the same tag");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_deleted_while_the_s3_server_is_away_never_goes_there() {
    let bucket = Bucket::open().await;
    let house = House::open_at(place_with(&bucket, Engine::Sqlite).await, Clock::default()).await;
    bucket.away();
    let (class, _ada) = recorded(&house).await;
    class.end().await;
    let recording = ready(&class, &class.bob, 1).await.remove(0);
    job_says(&house, "shelve-recording").await;
    class.ada.delete(&path_of(&recording)).await.expect(204);
    assert_eq!(on_disk(&house), 0);
    bucket.back().await;
    for kind in ["shelve-recording", "clear-recording"] {
        until("the job has nothing left to do", async || {
            tries_again(&house, kind).await;
            job(&house, kind).await.is_none()
        })
        .await;
    }
    assert_eq!(bucket.many(), 0);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_keys_are_told_without_them_and_right_ones_after_a_restart_store_what_waited() {
    let log = listen_to_the_log();
    let bucket = Bucket::open().await;
    let mut place = place_with(&bucket, Engine::Sqlite).await;
    let wrong = "a-secret-that-is-wrong";
    place.s3.as_mut().unwrap().secret_key = wrong.into();
    let house = House::open_at(place.clone(), Clock::default()).await;
    let (class, _ada) = recorded(&house).await;
    class.end().await;
    let recording = ready(&class, &class.bob, 1).await.remove(0);
    let said = job_says(&house, "shelve-recording").await;
    assert!(said.contains("refuses the keys"), "{said}");
    let before = whole(&house, &class.bob, &recording).await;
    until("the log says it", async || told(log).contains("refuses the keys")).await;
    let told = told(log);
    assert!(told.contains("shelve-recording"), "{told}");
    assert!(!told.contains(wrong) && !told.contains(SECRET) && !told.contains("the-access-key"), "{told}");
    assert_eq!(bucket.many(), 0);
    house.crash().await;

    place.s3 = Some(bucket.settings());
    let again = House::open_at(place.clone(), Clock::default()).await;
    // Past the hold of a worker that is gone.
    again.parts.clock.advance_seconds(61);
    stored(&again, &bucket).await;
    let bob = again.sign_in("bob.marsh@example.org").await;
    assert_eq!(whole(&again, &bob, &recording).await, before);
    again.crash().await;

    // The settings name no server any more: a sentence, until they do again.
    place.s3 = None;
    let third = House::open_at(place.clone(), Clock::default()).await;
    let bob = third.sign_in("bob.marsh@example.org").await;
    let (replay, _) = watch(&bob, &recording).await;
    let path = &tracks(&recording, &replay)[0].0;
    let refusal = bob.get(path).await.refused(503, "unavailable");
    assert!(refusal["detail"].as_str().unwrap().contains("not set up"), "{refusal}");
    third.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_recorded_before_goes_there_too() {
    let bucket = Bucket::open().await;
    let mut place = Place::new(Engine::Sqlite).await;
    let house = House::open_at(place.clone(), Clock::default()).await;
    let (class, _ada) = recorded(&house).await;
    class.end().await;
    ready(&class, &class.bob, 1).await;
    house.crash().await;
    place.s3 = Some(bucket.settings());
    let again = House::open_at(place, Clock::default()).await;
    stored(&again, &bucket).await;
    again.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_goes_in_parts_and_comes_back_as_it_was() {
    use futures::TryStreamExt;
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let bucket = Bucket::open().await;
    let shelf = Shelf::new(bucket.settings()).unwrap();
    let bytes: Vec<u8> = (0..(20u32 << 20) + 7).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let file = bucket.folder.join("large.webm");
    std::fs::write(&file, &bytes).unwrap();
    shelf.put("recordings/a/b.webm", &file, bytes.len() as u64).await.unwrap();
    assert!(std::fs::read(bucket.object("recordings/a/b.webm")).unwrap() == bytes);
    let over = (8 << 20) - 10..(16 << 20) + 10;
    let got = shelf.range("recordings/a/b.webm", over.clone()).await.unwrap();
    let got: Vec<u8> = got.map_ok(|some| some.to_vec()).try_concat().await.unwrap();
    assert!(got == bytes[over.start as usize..over.end as usize]);
    let short = shelf.put("recordings/a/c.webm", &file, bytes.len() as u64 + 1).await.unwrap_err();
    assert!(format!("{short:?}").contains("bytes of a track"), "{short:?}");
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Ear;

impl std::io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// All warnings from now on, as the log has them.
fn listen_to_the_log() -> &'static Mutex<Vec<u8>> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_ansi(false).with_writer(|| Ear).init();
    });
    &LOG
}

fn told(log: &Mutex<Vec<u8>>) -> String {
    String::from_utf8_lossy(&log.lock().unwrap()).into_owned()
}
