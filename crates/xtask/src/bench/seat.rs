//! One person in a class, as a browser is: a seat, its line, a connection that sends and one that receives.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use super::media::{Media, Received, Sends};
use super::product::{Person, Product};
use super::socket::{Heard, Socket};

pub struct Seat {
    pub id: String,
    pub media: Media,
    line: Socket,
    tasks: [tokio::task::JoinHandle<()>; 2],
}

impl Seat {
    /// Joins and sends; returns once the sending connection is up.
    pub async fn take(product: &Product, person: &Person, session: &str, sends: Sends) -> Result<Seat> {
        let joined = person.act(&format!("/sessions/{session}/join")).await?;
        let id = joined["seat_id"].as_str().context("a seat has an id")?.to_string();
        let token = joined["token"].as_str().context("a seat has a token")?;
        let (line, heard) = Socket::connect(&product.address, token).await?;
        let media = Media::start(sends).await?;
        let tasks = [tokio::spawn(answer(line.clone(), heard, media.clone())), tokio::spawn(beat(line.clone()))];
        let (offer, mids) = media.offer().await?;
        let tracks = json!([{"mid": mids[0], "source": "microphone"}, {"mid": mids[1], "source": "camera"}]);
        let said = line.ask("publish", json!({"sdp": offer, "tracks": tracks})).await?;
        media.accept(said["sdp"].as_str().context("an answer")?)?;
        line.ask("state", json!({"microphone": true, "camera": true, "screen": false})).await?;
        Ok(Seat { id, media, line, tasks })
    }

    /// Shows these people's cameras at a height in pixels.
    pub async fn watch(&self, people: impl Iterator<Item = &str>, height: u32) -> Result<()> {
        let tiles: Vec<_> = people.map(|id| json!({"seat_id": id, "source": "camera", "height": height})).collect();
        self.line.ask("watch", json!({"tiles": tiles})).await.map(drop)
    }

    /// Waits until both connections are up.
    pub async fn connected(&self) -> Result<()> {
        let both = async {
            while !self.media.connected() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), both).await.context("a seat's media did not come up")
    }

    pub async fn received(&self) -> Result<Received> {
        self.media.received().await
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

async fn answer(line: Socket, mut heard: Heard, media: Media) {
    while let Some((event, payload)) = heard.recv().await {
        let (Some(sdp), "offer") = (payload["sdp"].as_str(), event.as_str()) else { continue };
        let fresh = payload["fresh"] == true;
        let said = match media.answer(sdp, fresh).await {
            Ok(sdp) => line.ask("answer", json!({"offer_id": payload["offer_id"], "sdp": sdp})).await,
            Err(error) => Err(error),
        };
        if let Err(error) = said {
            eprintln!("bench: an offer could not be answered: {error:#}");
        }
    }
}

async fn beat(line: Socket) {
    while line.ask("beat", json!({})).await.is_ok() {
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
}
