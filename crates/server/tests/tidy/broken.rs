//! Each rule, broken once.

use super::*;

/// What `check_floors` says about a file, as `line: rule`.
fn said(file: &str, code: &str) -> Vec<String> {
    let room = room_of(file).expect("a file of the house");
    check_floors(file, room, &code_only(code)).iter().map(|f| format!("{}: {}", f.line, f.rule)).collect()
}

#[test]
fn a_room_uses_the_floors_below_it() {
    let code = "use crate::plumbing::db;\nuse crate::{accounts, events::Fact, kit::{ids, time}};\nfn f() { crate::programs::confirm() }";
    assert_eq!(said("crates/server/src/live/join.rs", code), Vec::<String>::new());
    assert_eq!(said("crates/server/src/live/join.rs", "use crate::live::model::Seat;"), Vec::<String>::new());
}

#[test]
fn a_floor_above_is_refused() {
    let found =
        said("crates/server/src/programs/enroll.rs", "//! Enrolls.\nuse crate::kit;\nuse crate::billing::charge;\n");
    assert_eq!(found, ["3: `programs` uses `billing`, a floor above it: calls go down, facts go up"]);
}

#[test]
fn a_neighbour_is_refused() {
    let found = said("crates/server/src/accounts/mod.rs", "fn f() { crate::resources::list() }");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("1: `accounts` uses `resources`, its neighbour"));
}

#[test]
fn the_roof_is_refused() {
    for roof in ROOF {
        assert_eq!(said("crates/server/src/live/mod.rs", &format!("use crate::{roof}::x;")).len(), 1, "{roof}");
        assert_eq!(said(&format!("crates/server/src/{roof}.rs"), "use crate::live::x;").len(), 0, "{roof}");
    }
}

#[test]
fn groups_are_read_name_by_name() {
    let code =
        "use crate::{\n    kit::{analytics, ids},\n    attendance::{self, Interval},\n    r#live,\n    self,\n};";
    let found = said("crates/server/src/programs/http.rs", code);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("3: `programs` uses `attendance`"));
    assert!(found[1].starts_with("4: "));
}

#[test]
fn spaces_and_wildcards_hide_nothing() {
    assert_eq!(said("crates/server/src/kit/mod.rs", "use crate :: \n live :: x;").len(), 1);
    assert_eq!(said("crates/server/src/kit/mod.rs", "use crate::*;").len(), 1);
    assert_eq!(said("crates/server/src/kit/mod.rs", "pub(in crate::app) fn f() {}").len(), 1);
    assert_eq!(said("crates/server/src/kit/mod.rs", "use super::live::x;").len(), 1);
    assert_eq!(said("crates/server/src/kit/mod.rs", "use crate::Program;").len(), 1);
    assert_eq!(said("crates/server/src/kit/mod.rs", "pub(crate) fn f() { crate::on_both! {} }").len(), 0);
}

#[test]
fn what_is_only_written_about_is_no_use() {
    let code = "/// See `crate::app`.\n/* crate::app /* crate::app */ crate::app */\nconst A: &str = \"\\\"crate::app\";\n\
                const B: &str = r#\"\"crate::app\"#; const C: char = '\"'; fn f<'a>(x: &'a str) { /* crate::app */ }";
    assert_eq!(said("crates/server/src/kit/mod.rs", code), Vec::<String>::new());
    let after = format!("{code}\nuse crate::app;");
    assert_eq!(said("crates/server/src/kit/mod.rs", &after).len(), 1, "reading went on after the strings");
}

#[test]
fn a_room_without_a_floor_is_told() {
    let found = said("crates/server/src/gamification/mod.rs", "");
    assert_eq!(found, ["1: the room `gamification` stands on no floor: give it a place in FLOORS of tests/tidy.rs"]);
}

#[test]
fn tests_and_other_crates_stand_outside_the_floors() {
    for file in ["crates/server/tests/it/main.rs", "crates/server/build.rs", "crates/sfu/src/lib.rs"] {
        assert_eq!(check_rust(file, "//! Uses what it likes.\nuse crate::app::x;\nuse server::billing;\n"), []);
    }
}

#[test]
fn six_hundred_lines_pass_and_one_more_does_not() {
    assert_eq!(check_length("a.rs", &"x\n".repeat(600)), []);
    let found = check_length("a.rs", &"x\n".repeat(601));
    assert_eq!(found[0].to_string(), "a.rs:601: the file has 601 lines, 600 is the most: split it by what it does");
}

#[test]
fn a_file_says_first_what_it_is() {
    for silent in [
        "",
        "use std::fs;\n//! Late words.",
        "//!\n//! Too late.",
        "//! Words",
        "//! an unfinished thing\n",
        "// A sentence.",
    ] {
        assert_eq!(check_opening("a.rs", silent).len(), 1, "{silent:?}");
    }
    assert_eq!(check_opening("a.rs", "//! A sentence over\n//! two lines.\n\nfn f() {}"), []);
}

#[test]
fn super_super_is_refused_and_super_is_not() {
    let found = check_rust(
        "crates/sfu/src/a.rs",
        "//! A file.\nuse super::super::b;\n// super::super\nuse super :: super::c;\n",
    );
    assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(check_rust("crates/sfu/src/a.rs", "//! A file.\nuse super::*;\n"), []);
}

#[test]
fn the_engines_manifest_is_read_table_by_table() {
    let bad = "[package]\nname = \"sfu\"\n[dependencies]\nstr0m = \"1\"\ntokio = { version = \"1\" }\naxum.workspace = true\n\
               [target.'cfg(unix)'.dependencies]\nsea-orm-migration = \"2\"\n[dev-dependencies.tokio-util]\nversion = \"1\"\n";
    let lines: Vec<usize> = check_sfu_manifest("Cargo.toml", bad).iter().map(|f| f.line).collect();
    assert_eq!(lines, [5, 6, 8, 9]);
    assert_eq!(check_sfu_manifest("Cargo.toml", "[features]\ntokio = []\n[dependencies]\ntracing = \"1\"\n"), []);
}
