//! What goes into a video: the tracks of those who may be shown now, with their names, and the words said.

use std::collections::HashMap;
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};

use sea_orm::ConnectionTrait;

use super::plan::{Kind, Source};
use crate::kit::{Answer, RecordingId, TrackId};
use crate::live::captions::vtt;
use crate::live::recording::model::track;
use crate::live::recording::wire::{Replay, ReplayCaption, TrackSource};
use crate::live::recording::{replay, store};
use crate::plumbing::Parts;
use crate::programs;

pub struct Order {
    pub title: String,
    pub ms: i64,
    pub sources: Vec<Source>,
    /// Of each source: its row, and whose it is.
    pub tracks: Vec<(track::Model, String)>,
    pub captions: Option<String>,
    pub chapters: String,
}

impl Order {
    pub async fn read(parts: &Parts, id: RecordingId) -> Answer<Order> {
        let conn = parts.db.read();
        let row = store::need(conn, id).await?;
        let (session, program) = programs::store::need_session(conn, row.session_id).await?;
        let seen = replay::replay(parts, &row, &session, &program).await?;
        Ok(Order {
            title: one_line(&seen.title),
            ms: row.ms,
            sources: seen.tracks.iter().map(source).collect(),
            tracks: rows(conn, id, &seen).await?,
            captions: Some(&seen.captions).filter(|lines| !lines.is_empty()).map(|lines| captions(lines)),
            chapters: chapters(&seen, row.ms),
        })
    }

    /// Cuts made for the same order may be taken up again.
    pub fn print(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.title, self.ms, &self.sources).hash(&mut hasher);
        self.tracks.iter().for_each(|(track, name)| (track.id, name).hash(&mut hasher));
        hasher.finish()
    }
}

fn source(track: &crate::live::recording::wire::ReplayTrack) -> Source {
    let kind = match track.source {
        TrackSource::Microphone => Kind::Sound,
        TrackSource::Camera => Kind::Camera,
        TrackSource::Screen => Kind::Screen,
    };
    Source { kind, from: track.starts_ms, until: track.starts_ms + track.ms, seat: track.seat_id.0.as_u128() }
}

async fn rows(conn: &impl ConnectionTrait, id: RecordingId, seen: &Replay) -> Answer<Vec<(track::Model, String)>> {
    let rows = store::tracks(conn, id).await?;
    let mut by_id: HashMap<TrackId, track::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let row = |(id, name): (TrackId, &str)| by_id.remove(&id).map(|row| (row, one_line(name)));
    Ok(seen.tracks.iter().map(|track| (track.id, track.name.as_str())).filter_map(row).collect())
}

/// A picture has one line for a name, and it ends somewhere.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(40).collect()
}

fn captions(lines: &[ReplayCaption]) -> String {
    let mut text = String::from("WEBVTT\n");
    for line in lines {
        let until = (line.until_ms * 1000).max(line.at_ms * 1000 + vtt::shown_for(&line.text));
        let name = if line.name.is_empty() { String::new() } else { format!("{}: ", vtt::escape(&line.name)) };
        let (from, until) = (vtt::stamp(line.at_ms * 1000), vtt::stamp(until));
        let _ = write!(text, "\n{from} --> {until}\n{name}{}\n", vtt::escape(&line.text));
    }
    text
}

/// In ffmpeg's own form.
fn chapters(seen: &Replay, ms: i64) -> String {
    let mut text = format!(";FFMETADATA1\ntitle={}\n", plain(&format!("{} – {}", seen.title, seen.program.title)));
    let ends = seen.chapters.iter().skip(1).map(|chapter| chapter.at_ms).chain([ms]);
    for (chapter, end) in seen.chapters.iter().zip(ends).filter(|(chapter, end)| chapter.at_ms < *end) {
        let label = if chapter.label.is_empty() { &seen.title } else { &chapter.label };
        let (start, label) = (chapter.at_ms, plain(label));
        let _ = write!(text, "[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={end}\ntitle={label}\n");
    }
    text
}

fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '=' | ';' | '#' | '\\') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(plain("a=b;\n[CHAPTER]\\#"), "a\\=b\\; [CHAPTER]\\\\\\#");
        assert_eq!(one_line("Ada\n  of\u{7} the\tHill"), "Ada of the Hill");
    }
}
