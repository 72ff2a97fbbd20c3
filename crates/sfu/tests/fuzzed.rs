//! What `make fuzz` begins with and what it ever found, taken in as an ordinary test.

#[path = "../../../fuzz/inputs/descriptions.rs"]
mod descriptions;
#[path = "../../../fuzz/inputs/packets.rs"]
mod packets;

fn each_of(target: &str, take: fn(&[u8])) {
    let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut taken = 0;
    for entry in std::fs::read_dir(&folder).expect("the corpus is there") {
        take(&std::fs::read(entry.unwrap().path()).unwrap());
        taken += 1;
    }
    assert!(taken > 3, "{taken} inputs in {folder}");
}

#[test]
fn packets_of_the_corpus_do_no_harm() {
    each_of("packets", packets::take);
}

#[test]
fn descriptions_of_the_corpus_do_no_harm() {
    each_of("descriptions", descriptions::take);
}
