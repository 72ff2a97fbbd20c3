//! The command line: what is wrong stops the start with a sentence that names it.

use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// An empty folder that goes away with its test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("vdp-cli-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The binary in an empty folder, with no setting but the given ones.
pub fn vdp(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vdp"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("VDP_")) {
        command.env_remove(name);
    }
    command.current_dir(&folder.0).args(arguments).envs(variables.iter().copied()).stdin(Stdio::null());
    command
}

/// What it said when it would not start.
pub fn refused(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).to_string();
    assert_eq!(output.status.code(), Some(1), "{text}");
    text
}

#[test]
fn an_unknown_setting_stops_the_start_and_is_named() {
    let folder = Folder::new();
    let text = refused(&vdp(&folder, &["serve"], &[("VDP_LISTN", "x")]).output().unwrap());
    assert!(text.contains("VDP_LISTN"), "{text}");
    std::fs::write(folder.0.join("vdp.toml"), "colour = \"red\"\n").unwrap();
    let text = refused(&vdp(&folder, &["serve"], &[]).output().unwrap());
    assert!(text.contains("colour") && text.contains("vdp.toml"), "{text}");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    let text = refused(&vdp(&folder, &["serve"], &[("VDP_DATA_DIR", "/dev/null/data")]).output().unwrap());
    assert!(text.contains("/dev/null/data") && text.contains("VDP_DATA_DIR"), "{text}");
}

#[test]
fn a_taken_port_is_named() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let text = refused(&vdp(&folder, &["serve"], &[("VDP_LISTEN", &address.to_string())]).output().unwrap());
    assert!(text.contains(&address.port().to_string()) && text.contains("taken"), "{text}");
}

#[test]
fn a_secret_key_is_read_from_a_file_and_a_short_one_refused() {
    let folder = Folder::new();
    let file = folder.0.join("key");
    std::fs::write(&file, "short").unwrap();
    let text = refused(
        &vdp(&folder, &["serve"], &[("VDP_SECRET_KEY_FILE", file.to_str().unwrap()), ("VDP_LISTEN", "127.0.0.1:0")])
            .output()
            .unwrap(),
    );
    assert!(text.contains("32") && !text.contains("“short”"), "{text}");
    let text = refused(
        &vdp(&folder, &["serve"], &[("VDP_SECRET_KEY_FILE", "nowhere"), ("VDP_LISTEN", "127.0.0.1:0")])
            .output()
            .unwrap(),
    );
    assert!(text.contains("VDP_SECRET_KEY_FILE"), "{text}");
}

#[test]
fn a_database_that_stays_down_is_waited_for_and_then_said() {
    let folder = Folder::new();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://nobody:hidden-word@{closed}/vdp");
    let output =
        vdp(&folder, &["serve"], &[("VDP_DATABASE_URL", &url), ("VDP_LISTEN", "127.0.0.1:0")]).output().unwrap();
    let text = refused(&output);
    assert!(text.contains("trying again") && text.contains("VDP_DATABASE_URL"), "{text}");
    assert!(!text.contains("hidden-word"), "a password is never logged: {text}");
}

#[test]
fn an_admin_is_made_from_the_command_line_and_migrating_again_changes_nothing() {
    let folder = Folder::new();
    assert!(vdp(&folder, &["migrate"], &[]).status().unwrap().success());
    let create = ["admin", "create", "--email", "Helen@Example.org", "--name", "Helen", "--password-stdin"];
    let mut child = vdp(&folder, &create, &[]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"three plain words\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("helen@example.org"), "{output:?}");
    let again = ["admin", "create", "--email", "helen@example.org", "--name", "Helen"];
    let text = refused(&vdp(&folder, &again, &[]).output().unwrap());
    assert!(text.contains("account with this email"), "{text}");
    assert!(vdp(&folder, &["migrate"], &[]).status().unwrap().success());
}

#[test]
fn the_api_describes_itself_without_a_database() {
    let folder = Folder::new();
    let output = vdp(&folder, &["openapi"], &[]).output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(std::fs::read_dir(&folder.0).unwrap().next().is_none(), "nothing is written");
}
