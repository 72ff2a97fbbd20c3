//! The driver over real loopback: sockets, threads and clocks.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use sfu::{Config, Direction, Event, Media, RoomId, SeatId, SeatOptions, start};
use str0m::change::SdpAnswer;
use str0m::format::Codec;
use str0m::media::{Direction as Way, MediaKind, Mid};
use str0m::net::{Protocol, Receive, TcpType};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Input, Output, Rtc};

const ROOM: RoomId = RoomId(1);

enum Wire {
    Udp(UdpSocket),
    Tcp { stream: TcpStream, read: Vec<u8> },
}

struct Client {
    rtc: Rtc,
    wire: Wire,
    local: SocketAddr,
    remote: SocketAddr,
    mid: Mid,
    connected: bool,
    got: usize,
    seq: u64,
}

fn engine(port: u16, shards: usize) -> (Media, Receiver<Event>) {
    str0m::crypto::from_feature_flags().install_process_default();
    let (tell, events) = channel();
    let config = Config { shards, port, ips: vec!["127.0.0.1".parse().unwrap()], room_seats: 10 };
    (start(config, move |e| drop(tell.send(e))).unwrap(), events)
}

impl Client {
    fn new(media: &Media, wire: Protocol, seat: u128, way: Way) -> Client {
        let remote = media.addresses()[media.shard_of(ROOM)];
        let mut rtc = Rtc::builder().set_rtp_mode(true).clear_codecs().enable_vp8(true).build(Instant::now());
        let (wire, local) = match wire {
            Protocol::Tcp => {
                let stream = TcpStream::connect(remote).unwrap();
                stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
                let local = stream.local_addr().unwrap();
                let candidate = Candidate::builder().tcp().host(local).tcptype(TcpType::Active).build().unwrap();
                rtc.add_local_candidate(candidate);
                (Wire::Tcp { stream, read: vec![] }, local)
            }
            _ => {
                let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
                socket.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
                let local = socket.local_addr().unwrap();
                rtc.add_local_candidate(Candidate::host(local, "udp").unwrap());
                (Wire::Udp(socket), local)
            }
        };
        let mut change = rtc.sdp_api();
        let mid = change.add_media(MediaKind::Video, way, None, None, None);
        let (offer, pending) = change.apply().unwrap();
        let options = SeatOptions { publish: true, subscribe: false, priority: false };
        media.open_seat(ROOM, SeatId(seat), options);
        let (tell, answer) = channel();
        let offer = offer.to_sdp_string();
        match way {
            Way::SendOnly => media.publish(ROOM, SeatId(seat), offer, vec![], move |r| tell.send(r).unwrap()),
            _ => media.watch_whep(ROOM, SeatId(seat), offer, move |r| tell.send(r).unwrap()),
        }
        let answer = answer.recv_timeout(Duration::from_secs(5)).unwrap().unwrap();
        rtc.sdp_api().accept_answer(pending, SdpAnswer::from_sdp_string(&answer).unwrap()).unwrap();
        Client { rtc, wire, local, remote, mid, connected: false, got: 0, seq: 100 }
    }

    fn turn(&mut self) {
        self.drain();
        let mut buffer = [0; 2000];
        let mut datagrams: Vec<Vec<u8>> = vec![];
        match &mut self.wire {
            Wire::Udp(socket) => {
                while let Ok((n, _)) = socket.recv_from(&mut buffer) {
                    datagrams.push(buffer[..n].to_vec());
                }
            }
            Wire::Tcp { stream, read } => {
                while let Ok(n) = stream.read(&mut buffer) {
                    read.extend_from_slice(&buffer[..n]);
                }
                while read.len() >= 2 && read.len() >= 2 + u16::from_be_bytes([read[0], read[1]]) as usize {
                    let end = 2 + u16::from_be_bytes([read[0], read[1]]) as usize;
                    datagrams.push(read[2..end].to_vec());
                    read.drain(..end);
                }
            }
        }
        for bytes in datagrams {
            let proto = if matches!(self.wire, Wire::Udp(_)) { Protocol::Udp } else { Protocol::Tcp };
            let Ok(contents) = bytes.as_slice().try_into() else { continue };
            let receive = Receive { proto, source: self.remote, destination: self.local, contents };
            self.rtc.handle_input(Input::Receive(Instant::now(), receive)).unwrap();
            self.drain();
        }
        self.rtc.handle_input(Input::Timeout(Instant::now())).unwrap();
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(_) => return,
                Output::Transmit(t) => match &mut self.wire {
                    Wire::Udp(socket) => drop(socket.send_to(&t.contents, t.destination)),
                    Wire::Tcp { .. } if t.proto != Protocol::Tcp => {}
                    Wire::Tcp { stream, .. } => {
                        stream.write_all(&(t.contents.len() as u16).to_be_bytes()).unwrap();
                        stream.write_all(&t.contents).unwrap();
                    }
                },
                Output::Event(str0m::Event::Connected) => self.connected = true,
                Output::Event(str0m::Event::RtpPacket(_)) => self.got += 1,
                Output::Event(_) => {}
            }
        }
    }

    /// A frame of three packets, always a key frame.
    fn frame(&mut self, number: u32) {
        let params = self.rtc.codec_config().params();
        let pt = params.iter().find(|p| p.spec().codec == Codec::Vp8).unwrap().pt();
        for packet in 0..3u64 {
            self.seq += 1;
            let mut body = vec![if packet == 0 { 0x10 } else { 0 }, 0x10, 0, 0, 0x9d, 1, 0x2a, 0, 1, 0, 1];
            body.resize(1000, 1);
            let write = RtpWrite::new(pt, self.seq.into(), number * 3600, Instant::now(), body).marker(packet == 2);
            self.rtc.direct_api().stream_tx_by_mid(self.mid, None).unwrap().write_rtp(write);
        }
        self.turn();
    }
}

fn stream_over(wire: Protocol) {
    let (media, events) = engine(0, 2);
    let mut publisher = Client::new(&media, wire, 1, Way::SendOnly);
    let mut viewer = Client::new(&media, wire, 2, Way::RecvOnly);
    let start = Instant::now();
    let mut frame = 0;
    while viewer.got < 300 {
        assert!(start.elapsed() < Duration::from_secs(20), "got {} packets", viewer.got);
        publisher.turn();
        viewer.turn();
        if publisher.connected && start.elapsed().as_millis() as u32 / 20 > frame {
            frame += 1;
            publisher.frame(frame);
        }
    }
    let told: Vec<Event> = events.try_iter().collect();
    for (seat, direction) in [(1, Direction::Publish), (2, Direction::Subscribe)] {
        assert!(told.contains(&Event::Connected { room: ROOM, seat: SeatId(seat), direction }));
    }
    assert!(media.healthy());
    media.stop();
    assert!(!media.healthy());
    let (tell, answer) = channel();
    media.publish(ROOM, SeatId(1), "v=0".into(), vec![], move |r| tell.send(r).unwrap());
    assert_eq!(answer.recv().unwrap().unwrap_err(), sfu::Refusal::Unavailable);
}

#[test]
fn media_flows_over_loopback_udp() {
    stream_over(Protocol::Udp);
}

#[test]
fn media_flows_over_ice_tcp_where_udp_is_blocked() {
    stream_over(Protocol::Tcp);
}

#[test]
fn a_taken_port_is_an_error_and_leaves_nothing_behind() {
    let (media, _events) = engine(0, 1);
    let port = media.addresses()[0].port();
    let config = Config { shards: 1, port, ips: vec!["127.0.0.1".parse().unwrap()], room_seats: 10 };
    let error = start(config, |_| {}).err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    media.stop();
    engine(port, 1).0.stop();
}

#[test]
fn an_address_that_is_not_ours_is_told_to_clients_but_not_bound() {
    let config = Config { shards: 1, port: 0, ips: vec!["203.0.113.9".parse().unwrap()], room_seats: 10 };
    let media = start(config, |_| {}).unwrap();
    assert_eq!(media.addresses()[0].ip().to_string(), "203.0.113.9");
    media.stop();
}
