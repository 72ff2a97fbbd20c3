//! What ffmpeg is told to do for one cut, and for joining all of them.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::Path;

use super::plan::{Cut, HEIGHT, PICTURE_MS, Source, Tile, WIDTH};

/// The mocks' darkest surface.
const GROUND: &str = "0x14181f";
/// Sound is cut by samples: so many to a millisecond.
const SAMPLES: i64 = 48;

/// What a file is, for ffmpeg.
pub struct Input<'a> {
    pub source: &'a Source,
    pub path: &'a Path,
}

/// Files with words, beside the graph; a name never becomes a part of a command. None where ffmpeg cannot write.
pub struct Words {
    /// Of a source, by its number.
    pub names: Vec<Option<String>>,
    pub title: Option<String>,
}

/// Arguments and filter graph of one cut, written to `out` in the working folder.
pub fn cut(cut: &Cut, inputs: &[Input], words: &Words, out: &str) -> (Vec<OsString>, String) {
    let pictures = (cut.until - cut.from) / PICTURE_MS;
    let seconds = |ms: i64| format!("{}.{:03}", ms / 1000, ms % 1000);
    let length = seconds(cut.until - cut.from);
    let rate = 1000 / PICTURE_MS;
    let mut args: Vec<OsString> = ["-f", "lavfi", "-i"].map(OsString::from).into();
    args.push(format!("color=c={GROUND}:s={WIDTH}x{HEIGHT}:r={rate}:d={length}").into());
    let mut open = |source: usize, options: &[&str]| {
        let input = &inputs[source];
        let skip = (cut.from - input.source.from).max(0);
        args.extend(options.iter().map(OsString::from));
        args.extend([
            "-f".into(),
            "matroska".into(),
            "-t".into(),
            length.clone().into(),
            "-ss".into(),
            seconds(skip).into(),
            "-i".into(),
        ]);
        let mut file = OsString::from("file:");
        file.push(input.path);
        args.push(file);
        (input.source.from - cut.from).max(0)
    };
    let mut graph = Graph { text: String::new(), last: "0:v".into() };
    for (number, tile) in cut.tiles.iter().enumerate() {
        // A picture stands until the next one comes, so the one before the cut is wanted too.
        let late = open(tile.source, &["-reinit_filter", "0", "-noaccurate_seek"]);
        graph.picture(number + 1, tile, late);
    }
    for tile in &cut.tiles {
        graph.words(words.names[tile.source].as_deref(), tile);
    }
    if cut.tiles.is_empty() {
        graph.title(words.title.as_deref());
    }
    let sounds: Vec<i64> = cut.sounds.iter().map(|source| open(*source, &[])).collect();
    graph.sounds(cut.tiles.len() + 1, &sounds, pictures * PICTURE_MS * SAMPLES);
    let script = format!("{}[{}]null[v]", graph.text, graph.last);
    let count = pictures.to_string();
    args.extend(["-filter_complex_script", "graph.txt", "-map", "[v]", "-map", "[a]"].map(OsString::from));
    args.extend(["-frames:v".into(), count.into()]);
    let codecs = "-c:v libx264 -preset veryfast -crf 24 -bf 0 -g 100 -pix_fmt yuv420p -threads:v 1 -c:a flac";
    args.extend(codecs.split(' ').map(OsString::from));
    args.extend(["-sample_fmt", "s16", "-f", "matroska", out].map(OsString::from));
    (args, script)
}

/// Joins the cuts of `list.txt`, with the words of `captions.vtt` where there are any, and `chapters.txt`.
pub fn join(captions: bool, out: &str) -> Vec<OsString> {
    let words = if captions { "-i captions.vtt" } else { "" };
    let kept = if captions { "-map 1:s -c:s mov_text -map_metadata 2" } else { "-map_metadata 1" };
    let line = format!(
        "-f concat -safe 0 -i list.txt {words} -i chapters.txt -map 0:v -map 0:a {kept} -c:v copy -c:a aac -b:a 128k \
         -movflags +faststart -f mp4 {out}"
    );
    line.split_whitespace().map(OsString::from).collect()
}

struct Graph {
    text: String,
    /// The picture as far as it is drawn.
    last: String,
}

impl Graph {
    fn picture(&mut self, number: usize, tile: &Tile, late: i64) {
        let Tile { x, y, width, height, .. } = tile;
        let rate = 1000 / PICTURE_MS;
        let late = if late > 0 { format!("setpts=PTS+{late}/1000/TB,") } else { String::new() };
        // Senders change the size of their picture: the place it has in ours does not.
        let _ = writeln!(
            self.text,
            "[{number}:v]{late}scale={width}:{height}:force_original_aspect_ratio=decrease,\
             pad={width}:{height}:-1:-1:color={GROUND}:eval=frame,setsar=1,fps={rate}:start_time=0[p{number}];"
        );
        let last = std::mem::replace(&mut self.last, format!("o{number}"));
        let _ = writeln!(self.text, "[{last}][p{number}]overlay={x}:{y}:eof_action=repeat[o{number}];");
    }

    fn words(&mut self, file: Option<&str>, tile: &Tile) {
        let Some(file) = file else { return };
        let size = if tile.width < 400 { 15 } else { 22 };
        let (x, y) = (tile.x + 12, tile.y + tile.height - size - 16);
        let look = "fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=6";
        self.write(&format!("drawtext=textfile={file}:expansion=none:fontsize={size}:{look}:x={x}:y={y}"));
    }

    fn title(&mut self, file: Option<&str>) {
        let Some(file) = file else { return };
        let place = "fontsize=40:fontcolor=white:x=(w-text_w)/2:y=(h-text_h)/2";
        self.write(&format!("drawtext=textfile={file}:expansion=none:{place}"));
    }

    fn write(&mut self, filter: &str) {
        let next = format!("{}t", self.last.replace(':', ""));
        let _ = writeln!(self.text, "[{}]{filter}[{next}];", self.last);
        self.last = next;
    }

    fn sounds(&mut self, first: usize, late: &[i64], samples: i64) {
        for (input, late) in (first..).zip(late) {
            let _ = writeln!(
                self.text,
                "[{input}:a]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,\
                 adelay={late}:all=1[s{input}];"
            );
        }
        let all: String = (first..first + late.len()).map(|input| format!("[s{input}]")).collect();
        let mixed = match late.len() {
            0 => "anullsrc=r=48000:cl=stereo".into(),
            many => format!("{all}amix=inputs={many}:normalize=0,alimiter=limit=0.95:level=0"),
        };
        let _ = writeln!(self.text, "{mixed},apad,atrim=end_sample={samples}[a];");
    }
}
