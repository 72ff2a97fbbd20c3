//! ICE over TCP for networks that block UDP: passive, each datagram behind its length (RFC 4571).

use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Interest, Registry, Token};

/// A connection that shows nothing sensible for this long is closed.
const SILENCE: Duration = Duration::from_secs(30);
const MAX_STREAMS: usize = 4096;
/// What may wait in a slow stream: two seconds of video. Then whole datagrams are left out.
const MAX_WAITING: usize = 512 * 1024;

pub(super) struct Tcp {
    pub listener: TcpListener,
    streams: HashMap<Token, Stream>,
    by_peer: HashMap<SocketAddr, Token>,
    next: usize,
}

struct Stream {
    socket: TcpStream,
    peer: SocketAddr,
    local: SocketAddr,
    read: Vec<u8>,
    write: VecDeque<u8>,
    heard: Instant,
}

impl Tcp {
    pub fn new(listener: TcpListener, first_token: usize) -> Tcp {
        Tcp { listener, streams: HashMap::new(), by_peer: HashMap::new(), next: first_token }
    }

    pub fn accept(&mut self, registry: &Registry, now: Instant) {
        // Errors of one waiting connection must not keep the others out; the loop ends when none waits.
        loop {
            match self.listener.accept() {
                Ok((socket, peer)) => {
                    let _ = self.admit(socket, peer, registry, now);
                }
                Err(e) if e.kind() == ErrorKind::ConnectionAborted || e.kind() == ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    fn admit(&mut self, mut socket: TcpStream, peer: SocketAddr, registry: &Registry, now: Instant) -> io::Result<()> {
        if self.streams.len() >= MAX_STREAMS {
            return Ok(());
        }
        let peer = canonical(peer);
        let local = canonical(socket.local_addr()?);
        let _ = socket.set_nodelay(true);
        let token = Token(self.next);
        self.next += 1;
        registry.register(&mut socket, token, Interest::READABLE | Interest::WRITABLE)?;
        let stream = Stream { socket, peer, local, read: Vec::new(), write: VecDeque::new(), heard: now };
        self.by_peer.insert(peer, token);
        self.streams.insert(token, stream);
        Ok(())
    }

    /// Read all that is there; `take` gets peer, local address and bytes of each datagram.
    pub fn ready(&mut self, token: Token, now: Instant, mut take: impl FnMut(SocketAddr, SocketAddr, &[u8])) {
        let Some(stream) = self.streams.get_mut(&token) else { return };
        let open = stream.read_all(now).is_ok() && stream.flush().is_ok();
        while let Some(frame) = stream.next_frame() {
            take(stream.peer, stream.local, &frame);
        }
        if !open {
            self.close(token);
        }
    }

    /// Returns whether the datagram was taken.
    pub fn send(&mut self, to: SocketAddr, bytes: &[u8]) -> bool {
        let Some(token) = self.by_peer.get(&to).copied() else { return false };
        let Some(stream) = self.streams.get_mut(&token) else { return false };
        if stream.write.len() + bytes.len() > MAX_WAITING || bytes.len() > u16::MAX as usize {
            return false;
        }
        stream.write.extend((bytes.len() as u16).to_be_bytes());
        stream.write.extend(bytes);
        if stream.flush().is_err() {
            self.close(token);
        }
        true
    }

    pub fn close_silent(&mut self, now: Instant) {
        let silent = self.streams.iter().filter(|(_, s)| now.saturating_duration_since(s.heard) > SILENCE);
        for token in silent.map(|(token, _)| *token).collect::<Vec<_>>() {
            self.close(token);
        }
    }

    fn close(&mut self, token: Token) {
        let Some(stream) = self.streams.remove(&token) else { return };
        if self.by_peer.get(&stream.peer) == Some(&token) {
            self.by_peer.remove(&stream.peer);
        }
    }
}

impl Stream {
    fn read_all(&mut self, now: Instant) -> io::Result<()> {
        let mut chunk = [0; 16 * 1024];
        loop {
            match self.socket.read(&mut chunk) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(n) => {
                    self.heard = now;
                    self.read.extend_from_slice(&chunk[..n]);
                }
                Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
            // A frame is at most 64 KiB, so this is somebody who sends faster than we read.
            if self.read.len() > 1 << 20 {
                return Err(ErrorKind::InvalidData.into());
            }
        }
    }

    fn next_frame(&mut self) -> Option<Vec<u8>> {
        let head = self.read.first_chunk::<2>()?;
        let end = 2 + u16::from_be_bytes(*head) as usize;
        if self.read.len() < end {
            return None;
        }
        let frame = self.read[2..end].to_vec();
        self.read.drain(..end);
        Some(frame)
    }

    fn flush(&mut self) -> io::Result<()> {
        while !self.write.is_empty() {
            let (front, _) = self.write.as_slices();
            match self.socket.write(front) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(n) => drop(self.write.drain(..n)),
                Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
}

fn canonical(addr: SocketAddr) -> SocketAddr {
    SocketAddr::new(addr.ip().to_canonical(), addr.port())
}
