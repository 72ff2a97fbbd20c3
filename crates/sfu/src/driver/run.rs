//! A shard's thread: wait, take in everything that waits, then give out everything that follows.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token, Waker};
use str0m::net::Protocol;

use super::tcp::Tcp;
use super::udp::Udp;
use super::{Config, Ears, Message, Status};
use crate::identity::Identity;
use crate::shard::{Input, Output, Shard, ShardConfig};

const UDP: Token = Token(0);
const LISTENER: Token = Token(1);
const WAKER: Token = Token(2);
const FIRST_STREAM: usize = 3;
/// Receive calls per turn. More would let output wait, fewer would split frames.
const RECEIVES: usize = 16;
/// Ports tried until UDP and TCP are both free, when any will do.
const TRIES: usize = 32;
/// How old the counters that others see may be.
const REPORT: Duration = Duration::from_millis(250);
/// Between turns only commands are listened to for a moment, while datagrams gather. Else each viewer's
/// feedback would cost a wake-up of its own.
const BREATH: Duration = Duration::from_millis(1);
const LONGEST_SLEEP: Duration = Duration::from_millis(250);

pub(super) struct Worker {
    poll: Poll,
    waker: Arc<Waker>,
    udp: Udp,
    tcp: Tcp,
    shard: Shard,
    inbox: Receiver<Message>,
    ears: Ears,
    status: Arc<Status>,
    /// The addresses told to clients; a datagram to any other is taken as sent to the first that fits.
    addresses: Vec<SocketAddr>,
    dropped: u64,
    reported: Instant,
}

impl Worker {
    pub fn new(
        config: &Config,
        index: usize,
        identity: Identity,
        inbox: Receiver<Message>,
        ears: Ears,
        status: Arc<Status>,
    ) -> io::Result<Worker> {
        if config.ips.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the media engine needs an address"));
        }
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        let port = if config.port == 0 { 0 } else { config.port + index as u16 };
        let (mut udp, mut tcp) = bind(&config.ips, port)?;
        let port = udp.port()?;
        poll.registry().register(&mut udp.socket, UDP, Interest::READABLE | Interest::WRITABLE)?;
        poll.registry().register(&mut tcp, LISTENER, Interest::READABLE)?;
        let addresses: Vec<SocketAddr> = config.ips.iter().map(|ip| SocketAddr::new(*ip, port)).collect();
        let shard = Shard::new(ShardConfig {
            udp: addresses.clone(),
            tcp: addresses.clone(),
            room_seats: config.room_seats,
            seed: u64::from_be_bytes(random()?),
            secret: random()?,
            identity,
        });
        let tcp = Tcp::new(tcp, FIRST_STREAM);
        let reported = Instant::now();
        Ok(Worker { poll, waker, udp, tcp, shard, inbox, ears, status, addresses, dropped: 0, reported })
    }

    pub fn waker(&self) -> Arc<Waker> {
        self.waker.clone()
    }

    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.addresses.clone()
    }

    pub fn run(mut self) {
        // A panic here is a bug outside any one connection. The thread ends and says so.
        let status = self.status.clone();
        let result = crate::panics::guard(move || self.serve());
        if !matches!(result, Ok(Ok(()))) {
            tracing::error!(?result, "a media thread ended");
        }
        status.dead.store(true, Ordering::Relaxed);
    }

    fn serve(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(256);
        let mut more = false;
        let mut turned = Instant::now();
        loop {
            let wake_at = self.give_out();
            let sleep = wake_at.saturating_duration_since(Instant::now()).min(LONGEST_SLEEP);
            let sleep = if more { Duration::ZERO } else { sleep };
            if !more && let Ok(message) = self.inbox.recv_timeout(BREATH.saturating_sub(turned.elapsed())) {
                if self.take_message(message) {
                    return Ok(());
                }
                continue;
            }
            match self.poll.poll(&mut events, Some(round_up(sleep))) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            }
            let now = Instant::now();
            turned = now;
            for event in &events {
                match event.token() {
                    UDP | WAKER => {}
                    LISTENER => self.tcp.accept(self.poll.registry(), now),
                    token => self.take_stream(token, now),
                }
            }
            more = self.take_datagrams();
            if self.take_messages() {
                return Ok(());
            }
            self.report(now);
        }
    }

    /// Returns whether there may be more to receive.
    fn take_datagrams(&mut self) -> bool {
        for _ in 0..RECEIVES {
            let now = Instant::now();
            let (shard, addresses) = (&mut self.shard, &self.addresses);
            let received = self.udp.receive(|source, to, bytes| {
                let destination = told_as(addresses, to, source);
                shard.handle(now, Input::Datagram { proto: Protocol::Udp, source, destination, bytes });
            });
            if received.is_err() {
                return false;
            }
        }
        true
    }

    fn take_stream(&mut self, token: Token, now: Instant) {
        let (shard, addresses) = (&mut self.shard, &self.addresses);
        self.tcp.ready(token, now, |source, local, bytes| {
            let destination = told_as(addresses, Some(local.ip()), source);
            shard.handle(now, Input::Datagram { proto: Protocol::Tcp, source, destination, bytes });
        });
    }

    /// Returns whether to stop.
    fn take_messages(&mut self) -> bool {
        while let Ok(message) = self.inbox.try_recv() {
            if self.take_message(message) {
                return true;
            }
        }
        false
    }

    fn take_message(&mut self, message: Message) -> bool {
        let Message::Command(command, reply) = message else { return true };
        reply(self.shard.command(Instant::now(), command));
        false
    }

    /// Returns when the shard wants to be looked at again.
    fn give_out(&mut self) -> Instant {
        loop {
            match self.shard.poll(Instant::now()) {
                Output::Transmit(t) if t.proto == Protocol::Udp => {
                    self.udp.send(t).into_iter().for_each(|sent| self.shard.recycle(sent))
                }
                Output::Transmit(t) => {
                    for datagram in t.datagrams() {
                        self.dropped += !self.tcp.send(t.destination, datagram) as u64;
                    }
                }
                Output::Event(event) => (self.ears.event)(event),
                Output::Taped(taped) => (self.ears.tape)(taped),
                Output::Timeout(at) => {
                    self.dropped += self.udp.flush();
                    return at;
                }
            }
        }
    }

    fn report(&mut self, now: Instant) {
        if now.saturating_duration_since(self.reported) < REPORT {
            return;
        }
        self.reported = now;
        self.tcp.close_silent(now);
        let mut counters = self.shard.counters();
        counters.drops += self.dropped;
        *self.status.counters.lock().unwrap_or_else(PoisonError::into_inner) = counters;
    }
}

/// Bytes from the operating system's randomness.
fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| io::Error::other("there is no randomness"))?;
    Ok(bytes)
}

/// mio sleeps whole milliseconds; rounding down would spin until the time has come.
fn round_up(sleep: Duration) -> Duration {
    Duration::from_millis(sleep.as_micros().div_ceil(1000) as u64)
}

/// The address the client knows us by. Behind NAT that is not the one the datagram came to.
fn told_as(addresses: &[SocketAddr], to: Option<IpAddr>, source: SocketAddr) -> SocketAddr {
    let exact = to.and_then(|ip| addresses.iter().find(|a| a.ip() == ip));
    let family = || addresses.iter().find(|a| a.is_ipv4() == source.is_ipv4());
    *exact.or_else(family).unwrap_or(&addresses[0])
}

fn bind(ips: &[IpAddr], port: u16) -> io::Result<(Udp, TcpListener)> {
    for _ in 0..TRIES {
        let udp = Udp::bind(ips, port)?;
        let local = SocketAddr::new(udp.socket.local_addr()?.ip(), udp.port()?);
        match TcpListener::bind(local) {
            Ok(tcp) => return Ok((udp, tcp)),
            Err(e) if port != 0 => return Err(e),
            Err(_) => {}
        }
    }
    Err(io::Error::new(io::ErrorKind::AddrInUse, "no port is free for both UDP and TCP"))
}
