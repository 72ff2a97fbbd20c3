//! The last step of a file: its duration, its size and its cues, in place. Also what mends it after a crash, and may be
//! done again at any time.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::deck::is_full;
use crate::webm::{
    self, CLUSTER, CUES, DURATION, EBML, INFO, SEEK_HEAD, SEEK_ROOM, SEGMENT, SIMPLE_BLOCK, TIMESTAMP, TRACKS, VOID,
};

/// Sound can be entered anywhere: a cue for every so many milliseconds is enough.
const CUE_EVERY_MS: i64 = 5_000;
/// How long the last frame lasts.
const LAST_MS: i64 = 20;

/// What a finished file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    pub ms: i64,
    pub bytes: u64,
    /// Clusters that can be sought to; none where the disk had no room for their places.
    pub cues: usize,
}

struct Head {
    id: u32,
    /// `None`: until the end of the file.
    size: Option<u64>,
    body: u64,
}

#[derive(Default)]
struct Found {
    segment: u64,
    seek: Option<u64>,
    info: Option<u64>,
    duration: Option<u64>,
    tracks: Option<u64>,
    /// Time, place, and whether it can be entered.
    clusters: Vec<(i64, u64, bool)>,
    end: u64,
}

/// Finishes a file: what is cut off at its end is taken away, then it is told how long it is and where to find what.
/// `None`, and the file is empty, when not a single cluster of it was written. Reads a few bytes of each cluster.
/// Errors are those of the disk.
pub fn finish(path: &Path) -> io::Result<Option<Finished>> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let found = look(&file)?;
    let (Some(seek), Some(duration), Some(tracks), Some(info)) = (found.seek, found.duration, found.tracks, found.info)
    else {
        file.set_len(0)?;
        return Ok(None);
    };
    let Some(&(last, place, _)) = found.clusters.last() else {
        file.set_len(0)?;
        return Ok(None);
    };
    let ms = last + last_block(&file, place)? + LAST_MS;
    file.write_all_at(&(ms as f64).to_be_bytes(), duration)?;
    let points = cue_points(&found);
    let places = [(INFO, info), (TRACKS, tracks)];
    let (bytes, cues) = match seal(&file, &found, seek, &places, &webm::cues(&points)) {
        // What was recorded while there was room is played without cues too: a player looks for the place itself.
        Err(error) if is_full(&error) => (seal(&file, &found, seek, &places, &[])?, 0),
        sealed => (sealed?, points.len()),
    };
    Ok(Some(Finished { ms, bytes, cues }))
}

/// The end of a file: its cues after the last whole cluster, its size, and where to find what. How many bytes it has.
fn seal(file: &File, found: &Found, seek: u64, places: &[(u32, u64)], cues: &[u8]) -> io::Result<u64> {
    file.set_len(found.end)?;
    file.write_all_at(cues, found.end)?;
    let at_end = (!cues.is_empty()).then_some((CUES, found.end));
    let places: Vec<(u32, u64)> =
        places.iter().copied().chain(at_end).map(|(id, at)| (id, at - found.segment)).collect();
    file.write_all_at(&webm::seek_head(&places), seek)?;
    let bytes = found.end + cues.len() as u64;
    file.write_all_at(&webm::size8(Some(bytes - found.segment)), found.segment - 8)?;
    file.sync_data()?;
    Ok(bytes)
}

fn cue_points(found: &Found) -> Vec<(i64, u64)> {
    let mut points: Vec<(i64, u64)> = Vec::new();
    let all_open = found.clusters.iter().all(|(_, _, open)| *open);
    for (ms, place, _) in found.clusters.iter().filter(|(_, _, open)| *open) {
        let near = points.last().is_some_and(|(before, _)| ms - before < CUE_EVERY_MS);
        if !(all_open && near) {
            points.push((*ms, place - found.segment));
        }
    }
    points
}

fn look(file: &File) -> io::Result<Found> {
    let length = file.metadata()?.len();
    let mut found = Found::default();
    let Some(ebml) = head(file, 0)?.filter(|head| head.id == EBML) else { return Ok(found) };
    let Some(segment) = head(file, ebml.body + ebml.size.unwrap_or(0))?.filter(|head| head.id == SEGMENT) else {
        return Ok(found);
    };
    (found.segment, found.end) = (segment.body, segment.body);
    let mut at = segment.body;
    while let Some(Head { id, size: Some(size), body }) = head(file, at)? {
        // What is cut off, and what an earlier end wrote, goes.
        if body + size > length || id == CUES {
            break;
        }
        match id {
            SEEK_HEAD | VOID => found.seek = found.seek.or(Some(at)),
            INFO => (found.info, found.duration) = (Some(at), child(file, body, size, DURATION)?),
            TRACKS => found.tracks = Some(at),
            CLUSTER => match opening(file, body)? {
                Some((ms, open)) => found.clusters.push((ms, at, open)),
                None => break,
            },
            _ => break,
        }
        at = body + size;
        // The head and its room belong together: only one that is whole counts.
        found.end = at;
    }
    if found.seek.is_some_and(|seek| length < seek + SEEK_ROOM as u64) {
        found.seek = None;
    }
    Ok(found)
}

/// Where the body of the first child with this id begins.
fn child(file: &File, body: u64, size: u64, id: u32) -> io::Result<Option<u64>> {
    let mut at = body;
    while at < body + size {
        let Some(Head { id: found, size: Some(size), body }) = head(file, at)? else { return Ok(None) };
        if found == id {
            return Ok(Some(body));
        }
        at = body + size;
    }
    Ok(None)
}

/// The time of a cluster, and whether its first frame is a key frame.
fn opening(file: &File, body: u64) -> io::Result<Option<(i64, bool)>> {
    let Some(time) = head(file, body)?.filter(|head| head.id == TIMESTAMP && head.size == Some(8)) else {
        return Ok(None);
    };
    let mut ms = [0; 8];
    if !read(file, time.body, &mut ms)? {
        return Ok(None);
    }
    let Some(block) = head(file, time.body + 8)?.filter(|head| head.id == SIMPLE_BLOCK) else { return Ok(None) };
    let mut front = [0; 4];
    Ok(read(file, block.body, &mut front)?.then(|| (i64::from_be_bytes(ms), front[3] & 0x80 != 0)))
}

/// When the last frame of the cluster at `place` is, after the cluster's beginning, in milliseconds.
fn last_block(file: &File, place: u64) -> io::Result<i64> {
    let Some(Head { size: Some(size), body, .. }) = head(file, place)? else { return Ok(0) };
    let (mut at, mut last) = (body, 0);
    while at < body + size {
        let Some(Head { id, size: Some(size), body }) = head(file, at)? else { break };
        let mut front = [0; 4];
        if id == SIMPLE_BLOCK && read(file, body, &mut front)? {
            last = i16::from_be_bytes([front[1], front[2]]).into();
        }
        at = body + size;
    }
    Ok(last)
}

/// The id and the size of the element at a place; `None` at the end, and where there is no element.
fn head(file: &File, at: u64) -> io::Result<Option<Head>> {
    let mut bytes = [0; 12];
    let got = read_some(file, at, &mut bytes)?;
    let bytes = &bytes[..got];
    let Some(id_len) = bytes.first().map(|first| first.leading_zeros() as usize + 1).filter(|len| *len <= 4) else {
        return Ok(None);
    };
    let Some(size_len) = bytes.get(id_len).map(|first| first.leading_zeros() as usize + 1).filter(|len| *len <= 8)
    else {
        return Ok(None);
    };
    let Some(size) = bytes.get(id_len..id_len + size_len) else { return Ok(None) };
    let id = bytes[..id_len].iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    let mask = (1u64 << (7 * size_len)) - 1;
    let size = size.iter().fold(0u64, |size, byte| size << 8 | u64::from(*byte)) & mask;
    let size = (size != mask).then_some(size);
    Ok(Some(Head { id, size, body: at + (id_len + size_len) as u64 }))
}

fn read(file: &File, at: u64, bytes: &mut [u8]) -> io::Result<bool> {
    Ok(read_some(file, at, bytes)? == bytes.len())
}

fn read_some(file: &File, at: u64, bytes: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < bytes.len() {
        match file.read_at(&mut bytes[got..], at + got as u64)? {
            0 => break,
            more => got += more,
        }
    }
    Ok(got)
}
