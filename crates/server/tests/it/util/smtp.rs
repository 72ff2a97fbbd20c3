//! A real SMTP server that keeps the mails it took, and can go away and come back.

use std::process::{Command as Look, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use server::plumbing::mail;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::{House, until};

const SCRIPT: &str = include_str!("smtp.py");

pub struct Smtp {
    port: u16,
    /// Ends with this value.
    process: Option<Child>,
    taken: Arc<Mutex<Vec<Value>>>,
}

impl Smtp {
    pub async fn open() -> Smtp {
        let mut smtp = Smtp { port: 0, process: None, taken: Arc::default() };
        smtp.back().await;
        smtp
    }

    /// Listens, where it listened before.
    pub async fn back(&mut self) {
        let python = ["python3", "/usr/bin/python3"].into_iter().find(|python| has_server(python));
        let python = python.expect("Debian's package python3-aiosmtpd is there");
        let mut command = Command::new(python);
        command.args(["-c", SCRIPT, &self.port.to_string()]).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        self.port = lines.next_line().await.unwrap().expect("the SMTP server starts").parse().unwrap();
        self.process = Some(process);
        let taken = self.taken.clone();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                taken.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
    }

    /// From now on it does not answer.
    pub async fn away(&mut self) {
        self.process.take().unwrap().kill().await.unwrap();
    }

    pub fn settings(&self, who: &str) -> mail::Settings {
        mail::Settings {
            from: "Zoë's Day <post@harbour.example>".parse().unwrap(),
            way: mail::settings::smtp(&format!("smtp://{who}127.0.0.1:{}", self.port)).unwrap(),
        }
    }

    /// The same house, opened again with this server to send its mails.
    pub async fn serves(&self, house: &House) -> House {
        house.opened_with_mail(Some(self.settings(""))).await
    }

    pub fn taken(&self) -> Vec<Value> {
        self.taken.lock().unwrap().clone()
    }

    /// The only mail to this address, once it is there.
    pub async fn to(&self, address: &str) -> Value {
        let found = || self.taken().into_iter().filter(|mail| mail["to"][0] == address).collect::<Vec<_>>();
        until("the mail is taken", async || !found().is_empty()).await;
        assert_eq!(found().len(), 1, "{:?}", found());
        found().remove(0)
    }
}

fn has_server(python: &str) -> bool {
    Look::new(python).args(["-c", "import aiosmtpd"]).output().is_ok_and(|o| o.status.success())
}
