//! Makes a video: cut after cut, so that a restart throws little away, and so that one can say how far it is.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::{FutureExt, TryStreamExt};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::graph::{self, Input, Words};
use super::model::{Model, VideoState};
use super::order::Order;
use super::plan::{self, Cut, Kind, Source};
use super::{ffmpeg, store};
use crate::kit::{Answer, RecordingId, Refusal};
use crate::live::recording::model::Stage;
use crate::live::recording::{Recorder, shelving, store as recordings};
use crate::plumbing::Parts;

/// A cut of a minute with many people takes some minutes on a small machine that is busy.
const LONGEST_CUT: Duration = Duration::from_secs(3600);
const LONGEST_LOOK: Duration = Duration::from_secs(60);
/// What is left for joining the cuts.
const CUTS_PERCENT: i64 = 95;

/// Why a video is not made.
enum Stop {
    /// Nobody wants it any more.
    Unwanted,
    /// It would fail again.
    Failed(String),
    Later(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop::Later(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Failed(format!("the disk refused: {error}"))
    }
}

/// Makes the video that was asked for, when it is its turn; and again, where it was asked for anew meanwhile.
pub async fn make(parts: &Parts, recorder: &Recorder, id: RecordingId) -> Answer<()> {
    let _turn = recorder.turn.acquire().await.map_err(Refusal::broken)?;
    while let Some(wish) = store::find(parts.db.read(), id).await? {
        if !matches!(wish.state, VideoState::Waiting | VideoState::Making) {
            break;
        }
        match made(parts, recorder, &wish).await {
            Ok(()) | Err(Stop::Unwanted) => {}
            Err(Stop::Later(refusal)) => return Err(refusal),
            Err(Stop::Failed(why)) => {
                tracing::error!(recording = %id, why, "a recording could not be made one video");
                super::sweep(recorder, id);
                parts.db.write(|tx| store::failed(tx, &wish).boxed()).await?;
            }
        }
    }
    Ok(())
}

async fn made(parts: &Parts, recorder: &Recorder, wish: &Model) -> Result<(), Stop> {
    let program = ffmpeg::find(recorder.settings.ffmpeg.as_deref())
        .ok_or_else(|| Stop::Failed("ffmpeg is not installed any more".into()))?;
    let id = wish.recording_id;
    let order = Order::read(parts, id).await?;
    let place = recorder.folder_of(id).join(format!("video-{:016x}", order.print()));
    fs::create_dir_all(&place)?;
    let files = files(recorder, &order, &place).await?;
    let work = Work { parts, recorder, wish, program, place, order, files };
    let video = work.all().await?;
    fs::rename(&video, recorder.folder_of(id).join(super::FILE))?;
    let bytes = fs::metadata(recorder.folder_of(id).join(super::FILE))?.len() as i64;
    let now = parts.clock.now();
    let done = parts
        .db
        .write(|tx| {
            async move {
                let done = store::ready(tx, wish, bytes, now).await?;
                shelving::finished(parts, tx, id, now).await?;
                Ok(done)
            }
            .boxed()
        })
        .await?;
    let _ = fs::remove_dir_all(&work.place);
    if done { Ok(()) } else { Err(Stop::Unwanted) }
}

/// Where the file of each track is; what stands on the S3 server is fetched.
async fn files(recorder: &Recorder, order: &Order, place: &Path) -> Result<Vec<PathBuf>, Stop> {
    let mut all = Vec::new();
    for (track, _) in &order.tracks {
        let here = recorder.folder_of(track.recording_id).join(&track.file);
        let Some(object) = track.object.as_ref().filter(|_| !here.is_file()) else {
            all.push(here);
            continue;
        };
        let fetched = place.join(format!("{}.webm", track.id));
        if fs::metadata(&fetched).map_or(0, |file| file.len()) != track.bytes as u64 {
            room_for(recorder, place, track.bytes as u64)?;
            fetch(recorder, object, track.bytes as u64, &fetched).await?;
        }
        all.push(fetched);
    }
    Ok(all)
}

async fn fetch(recorder: &Recorder, object: &str, bytes: u64, to: &Path) -> Result<(), Stop> {
    let shelf = recorder.shelf.as_ref().ok_or_else(shelving::no_shelf)?;
    let mut stream = shelf.range(object, 0..bytes).await.map_err(Refusal::unavailable)?;
    let mut file = tokio::fs::File::create(to).await?;
    while let Some(some) = stream.try_next().await.map_err(|error| Refusal::unavailable(error.to_string()))? {
        file.write_all(&some).await?;
    }
    Ok(file.flush().await?)
}

/// Classes come first: what they may still write is not taken by a video.
fn room_for(recorder: &Recorder, place: &Path, bytes: u64) -> Result<(), Stop> {
    let free = tape::free_bytes(place)?;
    if free > recorder.settings.reserve.saturating_add(bytes) {
        return Ok(());
    }
    Err(Stop::Failed(format!("there is too little space on the disk ({free} bytes, and a reserve to be kept)")))
}

struct Work<'a> {
    parts: &'a Parts,
    recorder: &'a Recorder,
    wish: &'a Model,
    program: PathBuf,
    place: PathBuf,
    order: Order,
    files: Vec<PathBuf>,
}

impl Work<'_> {
    /// The finished video in the working folder.
    async fn all(&self) -> Result<PathBuf, Stop> {
        let words = self.words().await?;
        let cuts = plan::cuts(&self.order.sources, self.order.ms);
        let ms = cuts.last().map_or(1, |cut| cut.until);
        let mut list = String::new();
        for (number, cut) in cuts.iter().enumerate() {
            self.tell(cut.from * CUTS_PERCENT / ms).await?;
            let name = format!("cut-{number:05}.mkv");
            if !self.place.join(&name).is_file() {
                self.cut(cut, &words, &name).await?;
            }
            list += &format!("file '{name}'\n");
        }
        self.tell(CUTS_PERCENT).await?;
        let size: u64 = fs::read_dir(&self.place)?.flatten().filter_map(|file| Some(file.metadata().ok()?.len())).sum();
        room_for(self.recorder, &self.place, size)?;
        fs::write(self.place.join("list.txt"), list)?;
        fs::write(self.place.join("chapters.txt"), &self.order.chapters)?;
        if let Some(captions) = &self.order.captions {
            fs::write(self.place.join("captions.vtt"), captions)?;
        }
        self.whole(|out| graph::join(self.order.captions.is_some(), out), "video.mp4").await.map_err(Stop::Failed)?;
        Ok(self.place.join("video.mp4"))
    }

    /// How far it is; and whether it is still wanted.
    async fn tell(&self, percent: i64) -> Result<(), Stop> {
        if recordings::need(self.parts.db.read(), self.wish.recording_id).await?.state != Stage::Ready {
            return Err(Stop::Unwanted);
        }
        let wanted = self.parts.db.write(|tx| store::making(tx, self.wish, percent as i32).boxed()).await?;
        if wanted { Ok(()) } else { Err(Stop::Unwanted) }
    }

    /// Names and title, as files; none where this ffmpeg has no fonts.
    async fn words(&self) -> Result<Words, Stop> {
        let mut names = Vec::new();
        for (number, (_, name)) in self.order.tracks.iter().enumerate() {
            let file = format!("name-{number}.txt");
            fs::write(self.place.join(&file), name)?;
            names.push(Some(file).filter(|_| !name.is_empty()));
        }
        fs::write(self.place.join("title.txt"), &self.order.title)?;
        let probe = "-f lavfi -i color=s=64x64:d=0.04 -vf drawtext=textfile=title.txt:expansion=none -f null -";
        match self.run(probe.split(' ').map(OsString::from).collect(), LONGEST_LOOK).await {
            Ok(_) => Ok(Words { names, title: Some("title.txt".into()).filter(|_| !self.order.title.is_empty()) }),
            Err(why) => {
                tracing::warn!(why, "ffmpeg cannot write: a video is made without names");
                Ok(Words { names: vec![None; self.order.tracks.len()], title: None })
            }
        }
    }

    /// Makes a cut. Tracks that cannot be played are left out; where that does not help, the picture is.
    async fn cut(&self, cut: &Cut, words: &Words, name: &str) -> Result<(), Stop> {
        room_for(self.recorder, &self.place, 0)?;
        let Err(why) = self.try_cut(cut, words, name).await else { return Ok(()) };
        tracing::info!(why, cut.from, "a cut is tried again without what cannot be played");
        let mut fewer = cut.clone();
        fewer.tiles = Vec::new();
        for tile in &cut.tiles {
            if self.plays(tile.source, cut).await {
                fewer.tiles.push(*tile);
            }
        }
        fewer.sounds = Vec::new();
        for sound in &cut.sounds {
            if self.plays(*sound, cut).await {
                fewer.sounds.push(*sound);
            }
        }
        let Err(_) = self.try_cut(&fewer, words, name).await else { return Ok(()) };
        fewer.tiles.clear();
        self.try_cut(&fewer, words, name).await.map_err(Stop::Failed)
    }

    async fn try_cut(&self, cut: &Cut, words: &Words, name: &str) -> Result<(), String> {
        let inputs: Vec<Input> =
            self.order.sources.iter().zip(&self.files).map(|(source, path)| Input { source, path }).collect();
        let script = graph::cut(cut, &inputs, words, name).1;
        fs::write(self.place.join("graph.txt"), script).map_err(|error| error.to_string())?;
        self.whole(|out| graph::cut(cut, &inputs, words, out).0, name).await
    }

    /// Whether anything of a track can be decoded during a cut.
    async fn plays(&self, number: usize, cut: &Cut) -> bool {
        let source: &Source = &self.order.sources[number];
        let skip = (cut.from - source.from).max(0) as f64 / 1000.0;
        let mut file = OsString::from("file:");
        file.push(&self.files[number]);
        let look = match source.kind {
            Kind::Sound => "-t 0.2 -ac 1 -ar 8000 -f s16le -",
            _ => "-frames:v 1 -s 16x16 -pix_fmt gray -f rawvideo -",
        };
        let mut args: Vec<OsString> = vec!["-f".into(), "matroska".into(), "-ss".into(), skip.to_string().into()];
        args.extend(["-noaccurate_seek".into(), "-i".into(), file]);
        args.extend(look.split(' ').map(OsString::from));
        self.run(args, LONGEST_LOOK).await.is_ok_and(|answer| !answer.is_empty())
    }

    /// Writes a file beside its name and gives it the name when it is whole: an ffmpeg of a server that was killed may
    /// still write to its own.
    async fn whole(&self, args: impl FnOnce(&str) -> Vec<OsString>, name: &str) -> Result<(), String> {
        let part = format!("part-{}", Uuid::now_v7());
        self.run(args(&part), LONGEST_CUT).await?;
        fs::rename(self.place.join(part), self.place.join(name)).map_err(|error| error.to_string())
    }

    async fn run(&self, args: Vec<OsString>, longest: Duration) -> Result<Vec<u8>, String> {
        ffmpeg::run(&self.program, &self.place, &args, longest).await
    }
}
