//! HTTPS by the binary itself: it serves its certificate, reads it again when told to, and says what is wrong with one.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Certificate, Client};

use super::command_line::{Folder, refused, vdp};
use crate::util::until;

/// A certificate for this machine that signs itself, and its key.
struct Pair {
    cert: Vec<u8>,
    key: Vec<u8>,
}

impl Pair {
    fn new() -> Pair {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_string()]).unwrap();
        Pair { cert: made.cert.der().to_vec(), key: made.signing_key.serialize_der() }
    }

    /// Somebody who believes this certificate and no other, on a connection of their own.
    fn believer(&self) -> Client {
        Client::builder().tls_certs_only([Certificate::from_der(&self.cert).unwrap()]).build().unwrap()
    }
}

fn pem(kind: &str, der: &[u8]) -> String {
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", STANDARD.encode(der))
}

struct Files {
    folder: Folder,
    cert: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new(pair: &Pair) -> Files {
        let folder = Folder::new();
        let (cert, key) = (folder.0.join("cert.pem"), folder.0.join("key.pem"));
        let files = Files { folder, cert, key };
        files.write(pair);
        files
    }

    fn write(&self, pair: &Pair) {
        std::fs::write(&self.cert, pem("CERTIFICATE", &pair.cert)).unwrap();
        std::fs::write(&self.key, pem("PRIVATE KEY", &pair.key)).unwrap();
    }

    fn serve(&self) -> Command {
        let (cert, key) = (self.cert.to_str().unwrap(), self.key.to_str().unwrap());
        let variables = [("VDP_LISTEN", "127.0.0.1:0"), ("VDP_TLS_CERT", cert), ("VDP_TLS_KEY", key)];
        vdp(&self.folder, &["serve"], &variables)
    }
}

/// A server that is stopped when the test ends, however it ends.
struct Server(Child);

impl Server {
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads lines until one has these words.
fn line_with(lines: &mut impl Iterator<Item = std::io::Result<String>>, words: &str) -> String {
    let found = lines.map(|line| line.unwrap()).find(|line| line.contains(words));
    found.unwrap_or_else(|| panic!("it never said “{words}”"))
}

type Log = std::io::Lines<BufReader<ChildStderr>>;

/// The server, its address, and what it logs.
fn start(files: &Files) -> (Server, String, Log) {
    let mut child = files.serve().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let log = BufReader::new(child.stderr.take().unwrap()).lines();
    let server = Server(child);
    let line = line_with(&mut said, "Virtual Day Program is at ");
    // Whoever prints more must not find the pipe closed.
    std::thread::spawn(move || said.for_each(drop));
    (server, line.rsplit(' ').next().unwrap().to_string(), log)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_served_and_read_again_on_hangup() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let (first, second) = (Pair::new(), Pair::new());
    let files = Files::new(&first);
    let (mut server, url, mut log) = start(&files);
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let answer = first.believer().get(format!("{url}/healthz")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    assert!(second.believer().get(format!("{url}/healthz")).send().await.is_err(), "it is another certificate");

    files.write(&second);
    server.signal("-HUP");
    let greeted =
        async || second.believer().get(format!("{url}/healthz")).send().await.is_ok_and(|a| a.status() == 200);
    until("the new certificate is served", greeted).await;
    assert!(first.believer().get(format!("{url}/healthz")).send().await.is_err(), "the old one is not served any more");

    std::fs::write(&files.cert, "not a certificate").unwrap();
    server.signal("-HUP");
    let log = tokio::task::spawn_blocking(move || {
        let line = line_with(&mut log, "could not be read");
        (line, log)
    });
    let (line, mut log) = log.await.unwrap();
    assert!(line.contains("the old one stays") && line.contains("cert.pem"), "{line}");
    assert!(greeted().await, "a wrong file takes nothing away");

    server.signal("-TERM");
    let stopped = tokio::task::spawn_blocking(move || {
        log.by_ref().for_each(drop);
        server.0.wait().unwrap()
    });
    assert!(stopped.await.unwrap().success());
}

#[test]
fn what_is_wrong_with_a_certificate_stops_the_start_with_a_sentence() {
    let (one, other) = (Pair::new(), Pair::new());
    let refusal = |cert: Option<&str>, key: Option<&str>| {
        let files = Files::new(&one);
        let put = |path: &PathBuf, text: Option<&str>| match text {
            Some(text) => std::fs::write(path, text).unwrap(),
            None => std::fs::remove_file(path).unwrap(),
        };
        put(&files.cert, cert);
        put(&files.key, key);
        refused(&files.serve().output().unwrap())
    };
    let (cert, key) = (pem("CERTIFICATE", &one.cert), pem("PRIVATE KEY", &one.key));
    let another = pem("PRIVATE KEY", &other.key);
    for (files, named) in [
        ((None, Some(key.as_str())), "VDP_TLS_CERT"),
        ((Some(cert.as_str()), None), "VDP_TLS_KEY"),
        ((Some("nothing"), Some(&key)), "VDP_TLS_CERT"),
        ((Some(&key), Some(&key)), "VDP_TLS_CERT"),
        ((Some(&cert), Some("nothing")), "VDP_TLS_KEY"),
        ((Some(&cert), Some(&cert)), "VDP_TLS_KEY"),
        ((Some(&cert), Some(&another)), "VDP_TLS_KEY"),
    ] {
        let text = refusal(files.0, files.1);
        let last = text.lines().last().unwrap();
        assert!(last.starts_with("vdp: ") && last.ends_with('.'), "a sentence: {text}");
        assert!(last.contains(named) && last.contains(".pem"), "{named}: {text}");
        assert!(!text.contains("BEGIN"), "a key is never shown: {text}");
    }
}
