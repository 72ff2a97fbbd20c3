//! Reads a Yjs update (version 1 of its encoding) strictly, before anything else touches it: which client ids wrote what,
//! on what it builds, and that there is nothing in it that this kind of document has no use for. Pure.
//!
//! The encoding is Yjs's own (https://docs.yjs.dev/api/document-updates): for each client its structs in the order of
//! their clocks, then what was deleted. A struct is an item with its neighbours or its parent, or a gap left by the
//! garbage collector. Lengths are checked against what is there, and nesting is bounded, so that no few bytes become much
//! memory or a deep call.

use std::collections::HashSet;

use super::model::DocumentKind;

/// The most bytes of one update.
pub const LONGEST: usize = 256 * 1024;
/// Clocks stay below this; Yjs counts in 32 bits.
const LAST_CLOCK: u64 = 1 << 31;
/// So deep may a value be.
const VALUE_DEPTH: u8 = 8;
/// The longest name of a key or a node.
const NAME: usize = 100;

/// What is wrong with an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is not an update.
    Unreadable,
    /// Something is in it that this kind of document does not have.
    Foreign,
    /// Nested too deeply.
    Deep,
    /// It builds on something that the server does not know.
    Ahead,
    /// The engine could not join it.
    Broken,
}

pub type Read<T> = Result<T, Flaw>;

/// A place in what a client wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id {
    pub client: u32,
    pub clock: u32,
}

/// What one client wrote, in order and without gaps.
#[derive(Debug, PartialEq)]
pub struct Section {
    pub client: u32,
    pub clock: u32,
    pub structs: Vec<Struct>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    pub len: u32,
    pub on: On,
    pub what: What,
}

/// On what an item builds.
#[derive(Clone, Debug, PartialEq)]
pub enum On {
    /// A gap: nothing.
    Nothing,
    /// Its neighbours, whose parent is its own.
    Beside(Option<Id>, Option<Id>),
    /// In the document itself, under its one name.
    Root,
    /// In something that an item made.
    In(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Collected, or deleted.
    Gone,
    /// Values, or a mark of text.
    Values,
    /// Text; as many UTF-16 units as the struct is long.
    Text,
    /// Something that holds others.
    Holder(Holder),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Array,
    Map,
    Element,
    Text,
}

/// A deleted range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deleted {
    pub from: Id,
    pub len: u32,
}

/// An update, as far as it matters here.
#[derive(Debug, PartialEq)]
pub struct Update {
    pub sections: Vec<Section>,
    pub deleted: Vec<Deleted>,
}

impl DocumentKind {
    /// The one name that a document of this kind has at its top.
    pub fn root(self) -> &'static str {
        match self {
            DocumentKind::Board => "elements",
            DocumentKind::Notes => "notes",
        }
    }

    /// Whether a holder may stand in one of this depth; the top is 0.
    pub fn holds(self, depth: u8, holder: Holder) -> bool {
        match self {
            DocumentKind::Board => matches!((depth, holder), (0, Holder::Map) | (1, Holder::Array)),
            DocumentKind::Notes => matches!(holder, Holder::Element | Holder::Text),
        }
    }

    /// The deepest holder.
    pub fn depth(self) -> u8 {
        match self {
            DocumentKind::Board => 2,
            DocumentKind::Notes => 32,
        }
    }
}

/// Reads an update for a document of this kind.
pub fn read(bytes: &[u8], kind: DocumentKind) -> Read<Update> {
    let mut reader = Reader { left: bytes };
    let count = reader.count(4)?;
    let (mut sections, mut clients) = (Vec::new(), HashSet::new());
    for _ in 0..count {
        let section = reader.section(kind)?;
        if !clients.insert(section.client) {
            return Err(Flaw::Unreadable);
        }
        sections.push(section);
    }
    let deleted = reader.deleted()?;
    if reader.left.is_empty() { Ok(Update { sections, deleted }) } else { Err(Flaw::Unreadable) }
}

/// The clocks up to which somebody knows a document: a Yjs state vector.
pub fn read_state(bytes: &[u8]) -> Read<Vec<(u32, u32)>> {
    let mut reader = Reader { left: bytes };
    let count = reader.count(2)?;
    let state = (0..count).map(|_| Ok((reader.client()?, reader.clock()?))).collect::<Read<_>>()?;
    if reader.left.is_empty() { Ok(state) } else { Err(Flaw::Unreadable) }
}

struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Read<u8> {
        let (first, rest) = self.left.split_first().ok_or(Flaw::Unreadable)?;
        self.left = rest;
        Ok(*first)
    }

    fn take(&mut self, len: u64) -> Read<&'a [u8]> {
        let len = usize::try_from(len).ok().filter(|len| *len <= self.left.len()).ok_or(Flaw::Unreadable)?;
        let (taken, rest) = self.left.split_at(len);
        self.left = rest;
        Ok(taken)
    }

    /// Seven bits a byte, the lowest first, at most 53 bits.
    fn number(&mut self) -> Read<u64> {
        let mut number = 0u64;
        for shift in (0..56).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return if number < 1 << 53 { Ok(number) } else { Err(Flaw::Unreadable) };
            }
        }
        Err(Flaw::Unreadable)
    }

    /// How many things follow, of at least so many bytes each.
    fn count(&mut self, least: u64) -> Read<u64> {
        let count = self.number()?;
        if count.saturating_mul(least) <= self.left.len() as u64 { Ok(count) } else { Err(Flaw::Unreadable) }
    }

    fn client(&mut self) -> Read<u32> {
        u32::try_from(self.number()?).map_err(|_| Flaw::Unreadable)
    }

    fn clock(&mut self) -> Read<u32> {
        let clock = self.number()?;
        if clock < LAST_CLOCK { Ok(clock as u32) } else { Err(Flaw::Unreadable) }
    }

    fn len(&mut self) -> Read<u32> {
        self.clock().and_then(|len| if len > 0 { Ok(len) } else { Err(Flaw::Unreadable) })
    }

    fn id(&mut self) -> Read<Id> {
        Ok(Id { client: self.client()?, clock: self.clock()? })
    }

    fn text(&mut self) -> Read<&'a str> {
        let len = self.number()?;
        std::str::from_utf8(self.take(len)?).map_err(|_| Flaw::Unreadable)
    }

    fn name(&mut self) -> Read<&'a str> {
        let name = self.text()?;
        if name.len() <= NAME && name != "__proto__" { Ok(name) } else { Err(Flaw::Foreign) }
    }

    fn section(&mut self, kind: DocumentKind) -> Read<Section> {
        let count = self.count(2)?;
        let (client, clock) = (self.client()?, self.clock()?);
        let mut structs = Vec::new();
        let mut end = u64::from(clock);
        for _ in 0..count {
            let one = self.one(kind)?;
            end += u64::from(one.len);
            structs.push(one);
        }
        if end < LAST_CLOCK { Ok(Section { client, clock, structs }) } else { Err(Flaw::Unreadable) }
    }

    fn one(&mut self, kind: DocumentKind) -> Read<Struct> {
        let info = self.byte()?;
        if info == 0 {
            return Ok(Struct { len: self.len()?, on: On::Nothing, what: What::Gone });
        }
        let (left, right, keyed) = (info & 0x80 != 0, info & 0x40 != 0, info & 0x20 != 0);
        let left_id = if left { Some(self.id()?) } else { None };
        let right_id = if right { Some(self.id()?) } else { None };
        let on = if left || right { On::Beside(left_id, right_id) } else { self.parent(kind)? };
        if keyed && !left && !right {
            self.name()?;
        }
        let (len, what) = self.content(info & 0x1f, kind)?;
        Ok(Struct { len, on, what })
    }

    fn parent(&mut self, kind: DocumentKind) -> Read<On> {
        match self.number()? {
            1 if self.name()? == kind.root() => Ok(On::Root),
            1 => Err(Flaw::Foreign),
            0 => Ok(On::In(self.id()?)),
            _ => Err(Flaw::Unreadable),
        }
    }

    fn content(&mut self, form: u8, kind: DocumentKind) -> Read<(u32, What)> {
        let notes = kind == DocumentKind::Notes;
        match form {
            1 => Ok((self.len()?, What::Gone)),
            4 if notes => {
                let units = self.text()?.encode_utf16().count() as u32;
                if units > 0 { Ok((units, What::Text)) } else { Err(Flaw::Unreadable) }
            }
            6 if notes => {
                self.name()?;
                let value = self.text()?;
                let sound = serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok();
                if sound { Ok((1, What::Values)) } else { Err(Flaw::Unreadable) }
            }
            7 => Ok((1, What::Holder(self.holder()?))),
            8 => {
                let count = self.count(1)?;
                for _ in 0..count {
                    self.value(VALUE_DEPTH)?;
                }
                if count > 0 { Ok((count as u32, What::Values)) } else { Err(Flaw::Unreadable) }
            }
            // JSON of old, bytes, embedded things, documents in documents, moves, links, and gaps in the middle.
            _ => Err(Flaw::Foreign),
        }
    }

    fn holder(&mut self) -> Read<Holder> {
        match self.byte()? {
            0 => Ok(Holder::Array),
            1 => Ok(Holder::Map),
            3 => self.name().map(|_| Holder::Element),
            6 => Ok(Holder::Text),
            _ => Err(Flaw::Foreign),
        }
    }

    /// A value as JSON has them.
    fn value(&mut self, depth: u8) -> Read<()> {
        let deeper = || depth.checked_sub(1).ok_or(Flaw::Deep);
        match self.byte()? {
            127 | 126 | 121 | 120 => Ok(()),
            125 => self.whole_number(),
            124 => self.take(4).map(|_| ()),
            123 => self.take(8).map(|_| ()),
            119 => self.text().map(|_| ()),
            118 => {
                let depth = deeper()?;
                for _ in 0..self.count(2)? {
                    self.name()?;
                    self.value(depth)?;
                }
                Ok(())
            }
            117 => {
                let depth = deeper()?;
                for _ in 0..self.count(1)? {
                    self.value(depth)?;
                }
                Ok(())
            }
            _ => Err(Flaw::Foreign),
        }
    }

    /// Six bits and a sign, then seven bits a byte.
    fn whole_number(&mut self) -> Read<()> {
        for _ in 0..8 {
            if self.byte()? & 0x80 == 0 {
                return Ok(());
            }
        }
        Err(Flaw::Unreadable)
    }

    fn deleted(&mut self) -> Read<Vec<Deleted>> {
        let mut deleted = Vec::new();
        for _ in 0..self.count(2)? {
            let client = self.client()?;
            for _ in 0..self.count(2)? {
                let (clock, len) = (self.clock()?, self.len()?);
                deleted.push(Deleted { from: Id { client, clock }, len });
            }
        }
        Ok(deleted)
    }
}
