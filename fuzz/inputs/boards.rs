//! Updates of boards and notes, as a page could send them: what is taken in must come out again, the same.

use server::live::documents::model::DocumentKind;
use server::live::documents::paper::Paper;

/// The input is a row of updates: the kind of document first, then of each its length and its bytes.
pub fn take(bytes: &[u8]) {
    let Some((kind, mut rest)) = bytes.split_first() else { return };
    let kind = if kind & 1 == 0 { DocumentKind::Board } else { DocumentKind::Notes };
    let mut paper = Paper::new(kind);
    let mut taken: Vec<&[u8]> = Vec::new();
    while let [low, high, body @ ..] = rest {
        let length = (u16::from_le_bytes([*low, *high]) as usize).min(body.len());
        let (update, after) = body.split_at(length);
        rest = after;
        let Ok(fit) = paper.check(update) else { continue };
        if paper.take(update, &fit).is_err() {
            // What broke is read anew, as the keeper does.
            paper = Paper::of(kind, taken.iter().copied()).0;
            continue;
        }
        taken.push(update);
    }
    let Ok(whole) = paper.whole() else { return };
    let (again, broken) = Paper::of(kind, [whole.as_slice()].into_iter());
    assert_eq!((broken, again.state()), (0, paper.state()), "what is stored can be read");
    let _ = paper.since(bytes);
}
