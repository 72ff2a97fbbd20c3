//! The architect as a test: floors are one-way, no file is too long, each file says what it is.
//!
//! It reads the sources as text and depends on nothing, so `make check` can also build it by itself with `rustc --test`.
//! The checks are plain functions from a file's path and text to findings; `tidy/broken.rs` breaks each of them once.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use reading::{code_only, line_of, path_continues, paths_from, words};

#[path = "tidy/broken.rs"]
mod broken;
#[path = "tidy/reading.rs"]
mod reading;

/// The diagram of the house, ground floor first. A room uses the floors below its own: never a neighbour, never a floor above.
const FLOORS: &[&[&str]] = &[
    &["kit"],
    &["events"],
    &["plumbing"],
    &["accounts", "resources"],
    &["programs"],
    &["learning", "live"],
    &["attendance", "billing", "communication"],
    &["analytics"],
];

/// What stands on top and may use every room: it builds the parts and fills the sample house. No room may use it.
const ROOF: &[&str] = &["app", "config", "demo", "lib", "main"];

/// The longest a file may be, in lines.
const LONGEST: usize = 600;

/// What the media engine must not know: people, SQL, HTTP and somebody else's event loop.
const NOT_FOR_SFU: &[&str] =
    &["axum", "hyper", "reqwest", "sea-orm", "server", "socketioxide", "sqlx", "tokio", "tower"];

/// One broken rule, with the place to mend.
#[derive(Debug, PartialEq)]
struct Finding {
    file: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

/// Everything that holds for a Rust file; `file` is its path from the repository's root.
fn check_rust(file: &str, text: &str) -> Vec<Finding> {
    let code = code_only(text);
    let mut findings = check_length(file, text);
    findings.extend(check_opening(file, text));
    findings.extend(check_super(file, &code));
    if let Some(room) = room_of(file) {
        findings.extend(check_floors(file, room, &code));
    }
    findings
}

fn check_length(file: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().count();
    if lines <= LONGEST {
        return Vec::new();
    }
    vec![finding(file, lines, format!("the file has {lines} lines, {LONGEST} is the most: split it by what it does"))]
}

fn check_opening(file: &str, text: &str) -> Vec<Finding> {
    let paragraph: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    let sentence = paragraph.join(" ");
    if sentence.contains(' ') && sentence.ends_with(['.', ':', '?']) {
        return Vec::new();
    }
    vec![finding(file, 1, "the file must open with a `//!` sentence that says what it is".into())]
}

fn check_super(file: &str, code: &str) -> Vec<Finding> {
    words(code)
        .filter(|(at, word)| *word == "super" && path_continues(code, at + "super".len()) == Some("super"))
        .map(|(at, _)| finding(file, line_of(code, at), "`super::super`: write the path from `crate::`".into()))
        .collect()
}

fn check_floors(file: &str, room: &str, code: &str) -> Vec<Finding> {
    if ROOF.contains(&room) {
        return Vec::new();
    }
    let Some(own) = floor_of(room) else {
        let rule = format!("the room `{room}` stands on no floor: give it a place in FLOORS of tests/tidy.rs");
        return vec![finding(file, 1, rule)];
    };
    let room_file = file.ends_with(&format!("src/{room}/mod.rs")) || file.ends_with(&format!("src/{room}.rs"));
    let mut used = paths_from("crate", code);
    if room_file {
        // In a room's own file `super` is the house itself: a way around the rule, unless it is a nested module's own.
        used.extend(paths_from("super", code).into_iter().filter(|(_, name)| is_room(name)));
    }
    used.into_iter()
        .filter(|(_, name)| name != room)
        .filter_map(|(line, name)| {
            let rule = if ROOF.contains(&name.as_str()) {
                format!("`{room}` uses `{name}`, which is the roof: only app, config, demo and main stand there")
            } else {
                match floor_of(&name) {
                    None => format!("`{room}` uses `crate::{name}`, which is no room in FLOORS: name the room itself"),
                    Some(other) if other == own => {
                        format!("`{room}` uses `{name}`, its neighbour: go through a fact, or through the floor above")
                    }
                    Some(other) if other > own => {
                        format!("`{room}` uses `{name}`, a floor above it: calls go down, facts go up")
                    }
                    Some(_) => return None,
                }
            };
            Some(finding(file, line, rule))
        })
        .collect()
}

/// The media engine's manifest: no dependency table may name what it must not know.
fn check_sfu_manifest(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_dependencies = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let mut named = None;
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            let (before, last) = table.rsplit_once('.').unwrap_or(("", table));
            in_dependencies = last.ends_with("dependencies");
            if before.ends_with("dependencies") {
                named = Some(last);
            }
        } else if in_dependencies {
            named = line.split(['=', '.', ' ']).next();
        }
        let Some(name) = named.map(|name| name.trim_matches('"')) else {
            continue;
        };
        if NOT_FOR_SFU.iter().any(|no| name == *no || name.strip_prefix(no).is_some_and(|rest| rest.starts_with('-'))) {
            let rule = format!("`sfu` depends on `{name}`: the engine knows no people, SQL, HTTP or runtime");
            findings.push(finding(file, number + 1, rule));
        }
    }
    findings
}

fn finding(file: &str, line: usize, rule: String) -> Finding {
    Finding { file: file.into(), line, rule }
}

/// The room a file of the house belongs to; nothing for tests, build scripts and other crates.
fn room_of(file: &str) -> Option<&str> {
    if file.starts_with("crates/server/migrations/") {
        return Some("plumbing"); // its module names them by `#[path]`
    }
    let inside = file.strip_prefix("crates/server/src/")?;
    let first = inside.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

fn is_room(name: &str) -> bool {
    ROOF.contains(&name) || floor_of(name).is_some()
}

/// The repository's root: two folders above this crate, or where the test was started when built by itself.
fn root() -> PathBuf {
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => Path::new(&folder).join("../.."),
        None => PathBuf::from("."),
    }
}

/// All files under `folder` with one of these endings, as (path from the root, text).
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a folder can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if !["target", "node_modules", "dist", "output"].contains(&name.as_ref()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                let file = path.strip_prefix(&root).expect("it is under the root");
                found.push((file.to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

fn is_generated(file: &str) -> bool {
    file.ends_with(".gen.ts") || file.contains("/contract/") && file.ends_with(".d.ts") || file.contains("/locales/")
}

fn assert_none(findings: &[Finding]) {
    let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "\n{}\n", list.join("\n"));
}

#[test]
fn the_rust_sources_are_tidy() {
    let files = sources("crates", &[".rs"]);
    assert!(files.iter().any(|(file, _)| file == "crates/server/src/lib.rs"), "the sources were not found");
    assert_none(&files.iter().flat_map(|(file, text)| check_rust(file, text)).collect::<Vec<_>>());
}

#[test]
fn no_source_of_the_web_is_too_long() {
    let mut files = sources("web/src", &[".ts", ".tsx", ".js", ".mjs", ".css"]);
    files.extend(sources("e2e", &[".ts", ".js", ".mjs"]));
    files.retain(|(file, _)| !is_generated(file));
    assert_none(&files.iter().flat_map(|(file, text)| check_length(file, text)).collect::<Vec<_>>());
}

#[test]
fn the_media_engine_depends_on_nothing_of_the_house() {
    let file = "crates/sfu/Cargo.toml";
    let text = fs::read_to_string(root().join(file)).expect("the engine has a manifest");
    assert_none(&check_sfu_manifest(file, &text));
}
