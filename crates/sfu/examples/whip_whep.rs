//! A tiny WHIP and WHEP front for measuring the engine by itself: one room, one shard.
//!
//!     cargo run --release -p sfu --example whip_whep -- 127.0.0.1 7070

use std::net::IpAddr;
use std::sync::mpsc::channel;
use std::time::Duration;

use sfu::{Config, RoomId, SeatId, SeatOptions};
use tiny_http::{Header, Method, Response, Server};

const ROOM: RoomId = RoomId(1);

/// One tick per `period`, for ever.
fn ticks_every(period: Duration) -> impl Iterator<Item = ()> {
    let (keep, ticks) = channel::<()>();
    std::iter::from_fn(move || {
        let _ = (&keep, ticks.recv_timeout(period));
        Some(())
    })
}

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut args = std::env::args().skip(1);
    let ip: IpAddr = args.next().unwrap_or("127.0.0.1".into()).parse()?;
    let port: u16 = args.next().unwrap_or("7070".into()).parse()?;
    let config = Config { shards: 1, port: 0, ips: vec![ip], room_seats: 10_000 };
    let media = sfu::start(config, |event| {
        if std::env::var_os("SFU_EVENTS").is_some() {
            eprintln!("{event:?}");
        }
    })?;
    if std::env::var_os("SFU_COUNTERS").is_some() {
        let report = media.clone();
        std::thread::spawn(move || {
            for _ in ticks_every(Duration::from_secs(5)) {
                eprintln!("{:?}", report.counters());
            }
        });
    }
    let mut seats = 0;
    for mut request in Server::http((ip, port))?.incoming_requests() {
        if *request.method() != Method::Post {
            let _ = request.respond(Response::empty(200));
            continue;
        }
        let mut offer = String::new();
        let _ = request.as_reader().read_to_string(&mut offer);
        seats += 1;
        let seat = SeatId(seats);
        let publish = request.url().starts_with("/whip");
        media.open_seat(ROOM, seat, SeatOptions { publish, subscribe: false, priority: publish });
        let (tell, answer) = channel();
        let reply = move |result| drop(tell.send(result));
        if publish {
            media.publish(ROOM, seat, offer, vec![], reply);
        } else {
            media.watch_whep(ROOM, seat, offer, reply);
        }
        let header = |text: &str| text.parse::<Header>().expect("a header");
        let _ = match answer.recv()? {
            Ok(sdp) => request.respond(
                Response::from_string(sdp)
                    .with_status_code(201)
                    .with_header(header("content-type: application/sdp"))
                    .with_header(header("location: /resource/1")),
            ),
            Err(refusal) => request.respond(Response::from_string(refusal.to_string()).with_status_code(400)),
        };
    }
    Ok(())
}
