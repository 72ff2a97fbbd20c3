//! A board as it changed over a while: a Yjs document for the replay, made anew of what some people put onto the board,
//! in updates that come one after the other. What others made is not in any of them. No I/O.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use yrs::branch::BranchID;
use yrs::types::{Event, PathSegment, ToJson};
use yrs::updates::decoder::Decode;
use yrs::{Any, ArrayPrelim, DeepObservable, Doc, In, Map, MapPrelim, MapRef, Out, ReadTxn, Transact, Update};

use super::inspect::{Flaw, Read};
use super::model::DocumentKind;

/// Changes within so many milliseconds are one.
const STEP: i64 = 250;

/// What was written, and when: milliseconds after the beginning, before it less than 0.
pub struct Scene<'a> {
    pub at_ms: i64,
    pub update: &'a [u8],
}

#[derive(Debug, PartialEq)]
pub struct Frame {
    pub at_ms: i64,
    /// A Yjs update, version 1, that builds on those of the frames before.
    pub update: Vec<u8>,
}

#[derive(Debug, Default, PartialEq)]
pub struct Film {
    pub frames: Vec<Frame>,
    /// Who made each thing, by its id: a Yjs client id.
    pub makers: BTreeMap<String, u32>,
}

/// Plays `scenes`, in the order of their times, of a board. `shows` says whether things are shown that this hand put there
/// at this moment, in milliseconds.
pub fn of<'a>(scenes: impl Iterator<Item = Scene<'a>>, shows: impl Fn(u32, i64) -> bool) -> Read<Film> {
    let mut reel = Reel::new();
    let mut frame: Option<i64> = None;
    for scene in scenes {
        let at = scene.at_ms.max(0) / STEP * STEP;
        if let Some(before) = frame.replace(at).filter(|before| *before != at) {
            reel.cut(before, &shows);
        }
        let update = Update::decode_v1(scene.update).map_err(|_| Flaw::Broken)?;
        reel.board.transact_mut().apply_update(update).map_err(|_| Flaw::Broken)?;
        reel.note_new(scene.at_ms);
    }
    frame.into_iter().for_each(|at| reel.cut(at, &shows));
    Ok(reel.film)
}

/// Which things an event is about.
fn note(changed: &mut BTreeSet<Arc<str>>, change: &yrs::TransactionMut, event: &Event) {
    match (event.path().front(), event) {
        (Some(PathSegment::Key(key)), _) => drop(changed.insert(key.clone())),
        (None, Event::Map(event)) => changed.extend(event.keys(change).keys().cloned()),
        _ => {}
    }
}

/// The board as it was, and the copy of it that is shown.
struct Reel {
    board: Doc,
    elements: MapRef,
    copy: Doc,
    shown: MapRef,
    /// Things that changed since the last frame.
    changed: Rc<RefCell<BTreeSet<Arc<str>>>>,
    /// When each thing was put there.
    born: BTreeMap<Arc<str>, i64>,
    film: Film,
}

impl Reel {
    fn new() -> Reel {
        let (board, copy) = (Doc::new(), Doc::new());
        let root = DocumentKind::Board.root();
        let (elements, shown) = (board.get_or_insert_map(root), copy.get_or_insert_map(root));
        let changed: Rc<RefCell<BTreeSet<Arc<str>>>> = Rc::default();
        let heard = changed.clone();
        elements.observe_deep("film", move |change, events| {
            events.iter().for_each(|event| note(&mut heard.borrow_mut(), change, event));
        });
        Reel { board, elements, copy, shown, changed, born: BTreeMap::new(), film: Film::default() }
    }

    /// What changed just now and was not known is of this moment.
    fn note_new(&mut self, at_ms: i64) {
        for id in self.changed.borrow().iter() {
            self.born.entry(id.clone()).or_insert(at_ms);
        }
    }

    /// Brings the copy to what the board shows now; what that takes is a frame.
    fn cut(&mut self, at_ms: i64, shows: &impl Fn(u32, i64) -> bool) {
        let changed = std::mem::take(&mut *self.changed.borrow_mut());
        let (read, mut change) = (self.board.transact(), self.copy.transact_mut());
        let is_shown = |thing: &MapRef, born: Option<&i64>| {
            maker(thing).zip(born).is_some_and(|(maker, born)| shows(maker, *born))
        };
        for id in changed {
            match self.elements.get(&read, &id) {
                Some(Out::YMap(thing)) if is_shown(&thing, self.born.get(&id)) => {
                    self.film.makers.extend(maker(&thing).map(|maker| (id.to_string(), maker)));
                    self.shown.insert(&mut change, id, copied(&thing, &read));
                }
                _ => drop(self.shown.remove(&mut change, &id)),
            }
        }
        let update = change.encode_update_v1();
        // Two zeros are an update without anything in it.
        if update != [0, 0] {
            self.film.frames.push(Frame { at_ms, update });
        }
    }
}

/// The Yjs client id that put a thing onto the board.
fn maker(thing: &MapRef) -> Option<u32> {
    match AsRef::<yrs::branch::Branch>::as_ref(thing).id() {
        BranchID::Nested(id) => u32::try_from(id.client.get()).ok(),
        BranchID::Root(_) => None,
    }
}

fn copied(thing: &MapRef, read: &impl ReadTxn) -> MapPrelim {
    thing.iter(read).map(|(key, value)| (Arc::<str>::from(key), value_of(value, read))).collect()
}

fn value_of(value: Out, read: &impl ReadTxn) -> In {
    match value {
        Out::Any(value) => In::Any(value),
        Out::YArray(array) => match array.to_json(read) {
            Any::Array(items) => In::Array(items.iter().cloned().collect::<ArrayPrelim>()),
            _ => In::Any(Any::Null),
        },
        _ => In::Any(Any::Null),
    }
}
