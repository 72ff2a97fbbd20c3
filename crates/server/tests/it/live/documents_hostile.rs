//! Updates that nobody's page would send: the fuzzer's corpus, and what becomes of it when bytes are changed.

#[path = "../../../../../fuzz/inputs/boards.rs"]
mod inputs;

use server::live::documents::index::Index;
use server::live::documents::inspect::{self, Flaw};
use server::live::documents::model::DocumentKind;
use server::live::documents::paper::Paper;

fn corpus() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/boards");
    let inputs = std::fs::read_dir(folder).expect("the corpus is there");
    let inputs: Vec<_> = inputs.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect();
    assert!(inputs.len() > 3);
    inputs
}

#[test]
fn updates_of_the_corpus_are_taken_in_and_come_out_again() {
    for input in corpus() {
        inputs::take(&input);
        let kind = if input[0] == 0 { DocumentKind::Board } else { DocumentKind::Notes };
        let (mut paper, mut rest) = (Paper::new(kind), &input[1..]);
        while let [low, high, body @ ..] = rest {
            let (update, after) = body.split_at(u16::from_le_bytes([*low, *high]) as usize);
            rest = after;
            let fit = paper.check(update).expect("a page has sent it");
            paper.take(update, &fit).unwrap();
        }
    }
}

#[test]
fn what_becomes_of_updates_when_bytes_are_changed_does_no_harm() {
    let mut seed = 1u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    let corpus = corpus();
    for round in 0..4000 {
        let mut input = corpus[round % corpus.len()].clone();
        for _ in 0..1 + random(4) {
            let at = 1 + random(input.len() - 1);
            match random(4) {
                0 => input[at] = random(256) as u8,
                1 => input[at] ^= 1 << random(8),
                2 => drop(input.remove(at)),
                _ => input.insert(at, random(256) as u8),
            }
            if input.len() < 4 {
                break;
            }
        }
        inputs::take(&input);
    }
}

/// A number as the encoding has them.
fn number(mut number: u64, to: &mut Vec<u8>) {
    while number > 0x7f {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// An update of client 1 with so many structs, each made by `one`.
fn update(count: u32, one: impl Fn(u32, &mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = vec![1];
    number(u64::from(count), &mut bytes);
    bytes.extend([1, 0]);
    (0..count).for_each(|clock| one(clock, &mut bytes));
    bytes.push(0);
    bytes
}

#[test]
fn a_chain_of_maps_is_refused_before_it_is_deep() {
    // Each in the one before: whoever walks down such a chain falls off the stack.
    let chain = update(20_000, |clock, to| match clock {
        0 => to.extend([7, 1, 8, b'e', b'l', b'e', b'm', b'e', b'n', b't', b's', 1]),
        clock => {
            to.extend([7, 0, 1]);
            number(u64::from(clock - 1), to);
            to.push(1);
        }
    });
    assert_eq!(Paper::new(DocumentKind::Board).check(&chain).err(), Some(Flaw::Foreign));
    let chain = update(20_000, |clock, to| match clock {
        0 => to.extend([7, 1, 5, b'n', b'o', b't', b'e', b's', 6]),
        clock => {
            to.extend([7, 0, 1]);
            number(u64::from(clock - 1), to);
            to.push(6);
        }
    });
    assert_eq!(Paper::new(DocumentKind::Notes).check(&chain).err(), Some(Flaw::Deep));
    // Values in values.
    let mut value = update(1, |_, to| {
        to.extend([8, 1, 8, b'e', b'l', b'e', b'm', b'e', b'n', b't', b's', 1]);
        (0..30_000).for_each(|_| to.extend([117, 1]));
        to.push(126);
    });
    value.push(0);
    assert_eq!(inspect::read(&value, DocumentKind::Board).err(), Some(Flaw::Deep));
}

#[test]
fn a_document_takes_so_much_and_no_more() {
    let mut paper = Paper::new(DocumentKind::Board);
    let mut clock = 0;
    let objects = |from: u64, count: u32| {
        let mut bytes = vec![1];
        number(u64::from(count), &mut bytes);
        bytes.push(1);
        number(from, &mut bytes);
        for at in 0..u64::from(count) {
            let name = format!("{:06}", from + at);
            bytes.extend([7 | 0x20, 1, 8, b'e', b'l', b'e', b'm', b'e', b'n', b't', b's']);
            bytes.push(name.len() as u8);
            bytes.extend(name.as_bytes());
            bytes.push(1);
        }
        bytes.push(0);
        bytes
    };
    let full = loop {
        let update = objects(clock, 1000);
        let fit = paper.check(&update).unwrap();
        let tally = fit.tallies[0].1;
        assert_eq!(tally.objects, 1000);
        if !paper.has_room_for(update.len(), tally) {
            break clock;
        }
        paper.take(&update, &fit).unwrap();
        clock += 1000;
    };
    assert_eq!(full, 20_000);
}

#[test]
fn sections_that_build_on_each_other_are_read_in_any_order() {
    // Sixteen hands that each wait for the next one, item by item.
    let hands = 16u64;
    let items = 400u64;
    let mut bytes = Vec::new();
    number(hands, &mut bytes);
    for hand in 0..hands {
        number(items, &mut bytes);
        number(hand + 1, &mut bytes);
        bytes.push(0);
        for item in 0..items {
            let (client, clock) = if hand + 1 < hands { (hand + 2, item) } else { (1, item.wrapping_sub(1)) };
            if hand + 1 == hands && item == 0 {
                bytes.extend([8, 1, 8, b'e', b'l', b'e', b'm', b'e', b'n', b't', b's']);
            } else {
                bytes.push(8 | 0x80);
                number(client, &mut bytes);
                number(clock, &mut bytes);
            }
            bytes.extend([1, 126]);
        }
    }
    bytes.push(0);
    let update = inspect::read(&bytes, DocumentKind::Board).unwrap();
    let fit = Index::default().fit(&update, Some(DocumentKind::Board)).unwrap();
    assert_eq!(fit.tallies.len() as u64, hands);
}
