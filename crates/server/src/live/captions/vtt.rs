//! A transcript as WebVTT. Pure.
//!
//! The zero of its times is the moment when the class began, which a note in its head says; who plays it beside something
//! that began at another moment shifts by the difference.

use std::fmt::Write;

use super::model::Model;
use crate::kit::At;

/// A cue is shown for so long at least, and longer by so much for each character, in microseconds: a typed line has no
/// length of its own, and nobody reads faster.
const SHORTEST: i64 = 1_500_000;
const PER_CHARACTER: i64 = 50_000;

/// The whole file, of lines in the order in which they were said.
pub fn file(title: &str, began: At, lines: &[Model]) -> String {
    let mut text = String::from("WEBVTT\n\n");
    let _ = write!(text, "NOTE\n{}\nTimes count from {}, when the class began.\n", escape(title), began.rfc3339());
    for line in lines {
        let from = (line.started_at.micros() - began.micros()).max(0);
        let to = (line.ended_at.micros() - began.micros()).max(from + shown_for(&line.text));
        let _ = write!(text, "\n{}\n{} --> {}\n{}\n", line.id, stamp(from), stamp(to), said(line));
    }
    text
}

pub fn shown_for(text: &str) -> i64 {
    SHORTEST.max(text.chars().count() as i64 * PER_CHARACTER)
}

fn said(line: &Model) -> String {
    match line.name.is_empty() {
        true => escape(&line.text),
        false => format!("<v {}>{}</v>", escape(&line.name), escape(&line.text)),
    }
}

/// Microseconds as `01:02:03.004`.
pub fn stamp(micros: i64) -> String {
    let millis = micros / 1000;
    let (seconds, millis) = (millis / 1000, millis % 1000);
    format!("{:02}:{:02}:{:02}.{millis:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Nothing of a line may be taken for markup, for an arrow, or for the end of a cue.
pub fn escape(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_milliseconds_with_hours() {
        assert_eq!(stamp(0), "00:00:00.000");
        assert_eq!(stamp(3_723_004_999), "01:02:03.004");
        assert_eq!(stamp(360_000_000_000), "100:00:00.000");
    }

    #[test]
    fn nothing_in_a_line_is_markup() {
        assert_eq!(escape("a --> b\n\n<b>&amp;"), "a --&gt; b &lt;b&gt;&amp;amp;");
    }
}
