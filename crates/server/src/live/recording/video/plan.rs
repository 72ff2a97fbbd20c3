//! Who is seen where, and when: a recording cut where that changes. Nothing here knows files or ffmpeg.

use std::cmp::Reverse;

pub const WIDTH: i64 = 1280;
pub const HEIGHT: i64 = 720;
/// Milliseconds of a picture; every cut begins and ends with one, so that cuts joined together have no gap.
pub const PICTURE_MS: i64 = 40;
/// A longer cut is made in pieces: that is how far a restart throws the work back.
const LONGEST_MS: i64 = 60_000;
/// Changes closer together are one.
const SHORTEST_MS: i64 = 400;
const MOST_PEOPLE: usize = 16;
/// Beside a screen.
const MOST_BESIDE: usize = 5;
const BESIDE: i64 = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Sound,
    Camera,
    Screen,
}

/// One file of a recording, in milliseconds of the recording's time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    pub kind: Kind,
    pub from: i64,
    pub until: i64,
    /// Whose: a camera of who can be heard comes before others.
    pub seat: u128,
}

/// Where a source's picture is, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    pub source: usize,
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
}

/// A piece of the video in which the same pictures are in the same places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    pub from: i64,
    pub until: i64,
    pub tiles: Vec<Tile>,
    pub sounds: Vec<usize>,
}

/// Without a gap from 0 to the end, in order.
pub fn cuts(sources: &[Source], ms: i64) -> Vec<Cut> {
    marks(sources, ms).windows(2).map(|pair| cut(sources, pair[0], pair[1])).collect()
}

fn marks(sources: &[Source], ms: i64) -> Vec<i64> {
    let whole = |ms: i64| (ms + PICTURE_MS / 2) / PICTURE_MS * PICTURE_MS;
    let end = whole(ms).max(SHORTEST_MS);
    let pictures = sources.iter().filter(|source| source.kind != Kind::Sound);
    let mut changes: Vec<i64> = pictures.flat_map(|source| [whole(source.from), whole(source.until)]).collect();
    changes.sort_unstable();
    let mut marks = vec![0];
    for change in changes.into_iter().chain([end]) {
        let last = *marks.last().unwrap_or(&0);
        if change - last < SHORTEST_MS || (change != end && end - change < SHORTEST_MS) {
            continue;
        }
        let pieces = (change - last + LONGEST_MS - 1) / LONGEST_MS;
        marks.extend((1..pieces).map(|piece| last + LONGEST_MS * piece));
        marks.push(change);
    }
    marks
}

fn cut(sources: &[Source], from: i64, until: i64) -> Cut {
    let during = |kind: Kind| {
        sources.iter().enumerate().filter(move |(_, one)| one.kind == kind && one.from < until && one.until > from)
    };
    // Where a change was left out, what is there in the middle counts.
    let middle = (from + until) / 2;
    let there = |kind| during(kind).filter(move |(_, one)| one.from <= middle && one.until > middle);
    let sounds: Vec<usize> = during(Kind::Sound).map(|(index, _)| index).collect();
    let heard = |seat: u128| sounds.iter().any(|sound| sources[*sound].seat == seat);
    let mut cameras: Vec<(usize, &Source)> = there(Kind::Camera).collect();
    cameras.sort_by_key(|(index, one)| (Reverse(heard(one.seat)), one.from, *index));
    let cameras: Vec<usize> = cameras.into_iter().map(|(index, _)| index).collect();
    // Of two screens the newer one, as in the room.
    let screen = there(Kind::Screen).max_by_key(|(index, one)| (one.from, *index)).map(|(index, _)| index);
    Cut { from, until, tiles: tiles(screen, &cameras), sounds }
}

fn tiles(screen: Option<usize>, cameras: &[usize]) -> Vec<Tile> {
    let Some(screen) = screen else { return grid(&cameras[..cameras.len().min(MOST_PEOPLE)]) };
    let beside = &cameras[..cameras.len().min(MOST_BESIDE)];
    let strip = if beside.is_empty() { 0 } else { BESIDE };
    let height = BESIDE * 9 / 16;
    let people = beside.iter().zip(0..).map(|(source, row)| Tile {
        source: *source,
        x: WIDTH - strip,
        y: row * height,
        width: strip,
        height,
    });
    let main = Tile { source: screen, x: 0, y: 0, width: WIDTH - strip, height: HEIGHT };
    std::iter::once(main).chain(people).collect()
}

/// As many columns as rows, or one more; a last row that is not full stands in the middle.
fn grid(cameras: &[usize]) -> Vec<Tile> {
    let many = cameras.len() as i64;
    let columns = (1..).find(|columns| columns * columns >= many).unwrap_or(1);
    let rows = ((many + columns - 1) / columns).max(1);
    let width = even(WIDTH / columns);
    let height = even((HEIGHT / rows).min(width * 9 / 16));
    let top = (HEIGHT - rows * height) / 2;
    let place = |(source, n): (&usize, i64)| {
        let (row, column) = (n / columns, n % columns);
        let in_row = (many - row * columns).min(columns);
        let left = (WIDTH - in_row * width) / 2;
        Tile { source: *source, x: left + column * width, y: top + row * height, width, height }
    };
    cameras.iter().zip(0..).map(place).collect()
}

/// Pictures of half the colours have an even number of pixels.
fn even(pixels: i64) -> i64 {
    pixels / 2 * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn source(kind: Kind, from: i64, until: i64, seat: u128) -> Source {
        Source { kind, from, until, seat }
    }

    #[test]
    fn a_screen_is_large_and_people_stand_beside_it() {
        let all = [
            source(Kind::Sound, 0, 10_000, 1),
            source(Kind::Camera, 0, 10_000, 2),
            source(Kind::Camera, 1, 10_000, 1),
            source(Kind::Screen, 4_010, 8_000, 1),
        ];
        let cuts = cuts(&all, 10_000);
        assert_eq!(
            cuts.iter().map(|cut| (cut.from, cut.until)).collect::<Vec<_>>(),
            [(0, 4_000), (4_000, 8_000), (8_000, 10_000)]
        );
        // Who can be heard comes first.
        assert_eq!(cuts[0].tiles.iter().map(|tile| tile.source).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(cuts[1].tiles[0], Tile { source: 3, x: 0, y: 0, width: 1024, height: 720 });
        assert_eq!(cuts[1].tiles[1], Tile { source: 2, x: 1024, y: 0, width: 256, height: 144 });
        assert_eq!(cuts[2].tiles, cuts[0].tiles);
        assert!(cuts.iter().all(|cut| cut.sounds == [0]));
    }

    #[test]
    fn nobody_to_be_seen_is_a_cut_without_tiles() {
        let cuts = cuts(&[], 130_000);
        assert_eq!(cuts.iter().map(|cut| cut.until).collect::<Vec<_>>(), [60_000, 120_000, 130_000]);
        assert!(cuts.iter().all(|cut| cut.tiles.is_empty()));
    }

    proptest! {
        #[test]
        fn cuts_have_no_gap_and_tiles_no_overlap(
            all in proptest::collection::vec((0..3u8, 0..200_000i64, 0..90_000i64, 0..40u128), 0..120),
            ms in 0..300_000i64,
        ) {
            let kinds = [Kind::Sound, Kind::Camera, Kind::Screen];
            let all: Vec<Source> = all
                .into_iter()
                .map(|(kind, from, ms, seat)| source(kinds[usize::from(kind)], from, from + ms, seat))
                .collect();
            let cuts = cuts(&all, ms);
            let mut at = 0;
            for cut in &cuts {
                prop_assert_eq!(cut.from, at);
                prop_assert!(cut.until > at && cut.until % PICTURE_MS == 0 && cut.until - cut.from < LONGEST_MS + SHORTEST_MS);
                at = cut.until;
                for (n, tile) in cut.tiles.iter().enumerate() {
                    prop_assert!(tile.x >= 0 && tile.y >= 0 && tile.width > 0 && tile.height > 0);
                    prop_assert!(tile.x + tile.width <= WIDTH && tile.y + tile.height <= HEIGHT);
                    let apart = |other: &Tile| {
                        other.x >= tile.x + tile.width || tile.x >= other.x + other.width
                            || other.y >= tile.y + tile.height || tile.y >= other.y + other.height
                    };
                    prop_assert!(cut.tiles[n + 1..].iter().all(apart));
                }
            }
            prop_assert!((at - ms.max(SHORTEST_MS)).abs() <= SHORTEST_MS);
        }
    }
}
