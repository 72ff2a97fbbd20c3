//! A recording as one video: made by ffmpeg beside everything else, for staff alone, and gone when it has to be.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use reqwest::Method;
use reqwest::header::{CONTENT_DISPOSITION, COOKIE};
use serde_json::{Value, json};
use server::plumbing::clock::Clock;

use super::Class;
use super::media::publish;
use super::recording::{bytes, path_of, ready, record, watch, written};
use super::recording_shelf::{place_with, recorded, stored};
use crate::both_databases;
use crate::util::{Bucket, Engine, House, Person, Place, until};

fn path(recording: &Value) -> String {
    format!("{}/video", path_of(recording))
}

async fn state(who: &Person, recording: &Value) -> String {
    who.get(&path(recording)).await.expect(200)["state"].as_str().unwrap().to_string()
}

async fn ask(who: &Person, recording: &Value) -> Value {
    who.post(&path(recording), json!({})).await.expect(202)
}

async fn becomes(who: &Person, recording: &Value, wanted: &str) {
    until("the video is as far as that", async || state(who, recording).await == wanted).await;
}

async fn answer(who: &Person, class: &Class, yes: bool) {
    let request = who.request(Method::PUT, &format!("{}/recording_consent", class.session));
    assert_eq!(request.json(&json!({"yes": yes})).send().await.unwrap().status(), 200);
}

/// Two who said yes, recorded; the class is over.
async fn two_recorded(house: &House) -> (Class, Value) {
    let class = Class::live(house).await;
    answer(&class.bob, &class, true).await;
    let (mut ada, ..) = class.sit(&class.ada).await;
    let (mut bob, ..) = class.sit(&class.bob).await;
    let _sends = (publish(&mut bob).await, publish(&mut ada).await);
    record(&mut ada).await;
    let line = json!({"id": uuid::Uuid::now_v7(), "text": "<i>said</i> & done", "final": true});
    assert!(ada.ask("caption", line).await["problem"].is_null());
    written(house, 80_000).await;
    class.end().await;
    let recording = ready(&class, &class.ada, 1).await.remove(0);
    (class, recording)
}

/// Writes a program that stands for ffmpeg.
fn program(place: &Place, script: &str) -> PathBuf {
    let file = place.folder.join("ffmpeg");
    std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    file
}

/// What ffprobe finds in a file: kinds of streams, and the seconds.
fn probed(file: &Path) -> (Vec<String>, f64, String) {
    let found = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "stream=codec_name:format=duration:format_tags=title", "-of", "json"])
        .arg(file)
        .output()
        .expect("ffprobe of Debian's package ffmpeg is there");
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    let codecs = found["streams"].as_array().unwrap().iter();
    let codecs = codecs.filter_map(|stream| Some(stream["codec_name"].as_str()?.to_string())).collect();
    let seconds = found["format"]["duration"].as_str().unwrap().parse().unwrap();
    (codecs, seconds, found["format"]["tags"]["title"].as_str().unwrap_or_default().into())
}

both_databases! {
    async fn staff_get_one_video_until_somebody_in_it_says_no(house: House) {
        let (class, recording) = two_recorded(&house).await;
        let (ada, bob) = (&class.ada, &class.bob);
        let view = ada.get(&path(&recording)).await.expect(200);
        assert_eq!(view, json!({"state": "none", "percent": 0, "bytes": 0, "made_at": null, "may_make": true}));
        for who in [bob, &house.participant("Eve Stone").await] {
            let status = if std::ptr::eq(who, bob) { 403 } else { 404 };
            assert_eq!(who.get(&path(&recording)).await.status, status);
            assert_eq!(who.post(&path(&recording), json!({})).await.status, status);
            assert_eq!(who.delete(&path(&recording)).await.status, status);
            assert_eq!(who.get(&format!("{}/file", path(&recording))).await.status, status);
        }
        ada.get(&format!("{}/file", path(&recording))).await.refused(404, "not-found");
        assert_eq!(ask(ada, &recording).await["state"], "waiting");
        ask(ada, &recording).await;
        becomes(ada, &recording, "ready").await;
        let view = ada.get(&path(&recording)).await.expect(200);
        assert_eq!((&view["percent"], view["made_at"].is_string()), (&json!(100), true));
        assert_eq!(ask(ada, &recording).await, view, "asked again it is there already");

        let (_, cookie) = watch(ada, &recording).await;
        let file = format!("{}/file", path(&recording));
        let (status, whole) = bytes(&house, &file, &cookie, "bytes=0-").await;
        assert_eq!((status, whole.len() as u64), (206, view["bytes"].as_u64().unwrap()));
        let response = house.nobody().request(Method::GET, &file).header(COOKIE, &cookie).send().await.unwrap();
        let name = response.headers()[CONTENT_DISPOSITION].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"") && name.ends_with(".mp4\""), "{name}");
        let (_, his) = watch(bob, &recording).await;
        assert_eq!(bytes(&house, &file, &his, "bytes=0-9").await.0, 403, "a cookie to watch is none to take it away");
        let kept = house.place.folder.join("kept.mp4");
        std::fs::write(&kept, &whole).unwrap();
        let (codecs, seconds, title) = probed(&kept);
        assert!(["h264", "aac", "mov_text"].iter().all(|codec| codecs.iter().any(|one| one == codec)), "{codecs:?}");
        let ms = recording["ms"].as_f64().unwrap();
        assert!((seconds * 1000.0 - ms).abs() < 700.0, "{seconds} s of {ms} ms");
        assert!(!title.is_empty());
        let folder = house.place.folder.join("recordings").join(recording["id"].as_str().unwrap());
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("video-")), "{left:?}");

        answer(bob, &class, false).await;
        assert_eq!(bytes(&house, &file, &cookie, "bytes=0-9").await.0, 404, "from the answer on");
        assert_eq!(state(ada, &recording).await, "none");
        until("its bytes are gone", async || !folder.join("video.mp4").exists()).await;
        ask(ada, &recording).await;
        becomes(ada, &recording, "ready").await;
        ada.delete(&path(&recording)).await.expect(204);
        assert_eq!(state(ada, &recording).await, "none");
        answer(ada, &class, false).await;
        ada.post(&path(&recording), json!({})).await.refused(409, "nothing-to-show");
        answer(ada, &class, true).await;
        ask(ada, &recording).await;
        becomes(ada, &recording, "ready").await;
        ada.delete(&path_of(&recording)).await.expect(204);
        ada.get(&path(&recording)).await.refused(410, "recording-deleted");
        until("nothing of it is left", async || !folder.exists()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_ffmpeg_it_is_said() {
    let mut place = Place::new(Engine::Sqlite).await;
    place.ffmpeg = Some("/nowhere/ffmpeg".into());
    let house = House::open_at(place, Clock::default()).await;
    let (class, recording) = two_recorded(&house).await;
    assert_eq!(class.ada.get(&path(&recording)).await.expect(200)["may_make"], false);
    class.ada.post(&path(&recording), json!({})).await.refused(409, "no-ffmpeg");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_is_said_and_can_be_tried_again() {
    let mut place = Place::new(Engine::Sqlite).await;
    let broken = program(&place, "echo no such codec >&2; exit 1");
    place.ffmpeg = Some(broken.clone());
    let house = House::open_at(place, Clock::default()).await;
    let (class, recording) = two_recorded(&house).await;
    ask(&class.ada, &recording).await;
    becomes(&class.ada, &recording, "failed").await;
    std::fs::write(&broken, "#!/bin/sh\nexec ffmpeg \"$@\"\n").unwrap();
    assert_eq!(ask(&class.ada, &recording).await["state"], "waiting");
    becomes(&class.ada, &recording, "ready").await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_in_the_middle_goes_on_and_a_wish_taken_back_ends_it() {
    let mut place = Place::new(Engine::Sqlite).await;
    place.ffmpeg = Some(program(&place, "exec sleep 1000"));
    let house = House::open_at(place.clone(), Clock::default()).await;
    let (class, recording) = two_recorded(&house).await;
    ask(&class.ada, &recording).await;
    let folder = place.folder.join("recordings").join(recording["id"].as_str().unwrap());
    let under_way =
        || std::fs::read_dir(&folder).unwrap().flatten().any(|e| e.file_name().to_string_lossy().starts_with("video-"));
    until("ffmpeg runs", async || under_way()).await;
    house.crash().await;

    place.ffmpeg = None;
    let again = House::open_at(place, Clock::default()).await;
    let ada = again.sign_in("ada.njeri@example.org").await;
    // Past the hold of a worker that is gone.
    again.parts.clock.advance_seconds(61);
    becomes(&ada, &recording, "ready").await;
    ada.delete(&path(&recording)).await.expect(204);
    assert_eq!(state(&ada, &recording).await, "none");
    again.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_made_from_and_kept_on_the_s3_server() {
    let bucket = Bucket::open().await;
    let house = House::open_at(place_with(&bucket, Engine::Sqlite).await, Clock::default()).await;
    let (class, _ada) = recorded(&house).await;
    class.end().await;
    let recording = ready(&class, &class.ada, 1).await.remove(0);
    stored(&house, &bucket).await;
    ask(&class.ada, &recording).await;
    becomes(&class.ada, &recording, "ready").await;
    let folder = house.place.folder.join("recordings").join(recording["id"].as_str().unwrap());
    until("it is there alone", async || bucket.many() == 3 && !folder.exists()).await;
    let (_, cookie) = watch(&class.ada, &recording).await;
    let (status, front) = bytes(&house, &format!("{}/file", path(&recording)), &cookie, "bytes=4-7").await;
    assert_eq!((status, &front[..]), (206, &b"ftyp"[..]));
    class.ada.delete(&path(&recording)).await.expect(204);
    until("its object is gone", async || bucket.many() == 2).await;
    house.close().await;
}
