//! One shard's UDP socket: many datagrams per receive call, and as many per send (GSO) as come together.

use std::collections::VecDeque;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use mio::net::UdpSocket;
use quinn_udp::{BATCH_SIZE, RecvMeta, UdpSockRef, UdpSocketState};
use socket2::{Domain, Protocol, Socket, Type};

use crate::conn::Transmit;

/// Kernel buffers: half a second of a busy shard.
const BUFFER: usize = 8 << 20;
/// The kernel may hand over several datagrams of one sender glued together.
const RECV_BYTES: usize = 64 * 1024;
/// Batches that wait for a full socket; beyond that the oldest media is worthless.
const MAX_WAITING: usize = 4096;

pub(super) struct Udp {
    pub socket: UdpSocket,
    state: UdpSocketState,
    /// Bound to all interfaces: tell the kernel which address to send from.
    any: bool,
    ipv6: bool,
    buffers: Vec<Vec<u8>>,
    waiting: VecDeque<Transmit>,
}

impl Udp {
    /// Bind to the only address, or to all when there are several or it is not ours (behind NAT).
    pub fn bind(ips: &[IpAddr], port: u16) -> io::Result<Udp> {
        let any = if ips.iter().any(IpAddr::is_ipv6) {
            IpAddr::V6(Ipv6Addr::UNSPECIFIED)
        } else {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED)
        };
        let bound = match ips {
            [ip] => open(SocketAddr::new(*ip, port)),
            _ => open(SocketAddr::new(any, port)),
        };
        let socket = match bound {
            Err(e) if e.kind() == io::ErrorKind::AddrNotAvailable => open(SocketAddr::new(any, port))?,
            other => other?,
        };
        let local = socket.local_addr()?;
        let state = UdpSocketState::new(UdpSockRef::from(&socket))?;
        Ok(Udp {
            socket: UdpSocket::from_std(socket),
            state,
            any: local.ip().is_unspecified(),
            ipv6: local.is_ipv6(),
            buffers: vec![vec![0; RECV_BYTES]; BATCH_SIZE],
            waiting: VecDeque::new(),
        })
    }

    pub fn port(&self) -> io::Result<u16> {
        Ok(self.socket.local_addr()?.port())
    }

    /// One receive call. `take` gets source, destination address (if known) and bytes of each datagram.
    pub fn receive(&mut self, mut take: impl FnMut(SocketAddr, Option<IpAddr>, &[u8])) -> io::Result<usize> {
        let mut meta = [RecvMeta::default(); BATCH_SIZE];
        let mut slices: Vec<IoSliceMut> = self.buffers.iter_mut().map(|b| IoSliceMut::new(b)).collect();
        let count = self.state.recv(UdpSockRef::from(&self.socket), &mut slices, &mut meta)?;
        for (meta, buffer) in meta.iter().zip(&self.buffers).take(count) {
            let source = SocketAddr::new(meta.addr.ip().to_canonical(), meta.addr.port());
            let to = meta.dst_ip.filter(|_| self.any).map(|ip| ip.to_canonical());
            for datagram in buffer[..meta.len].chunks(meta.stride.max(1)) {
                take(source, to, datagram);
            }
        }
        Ok(count)
    }

    /// Send, or put behind what waits already. A buffer that was sent comes back.
    pub fn send(&mut self, transmit: Transmit) -> Option<Vec<u8>> {
        let most = (transmit.segment * self.state.max_gso_segments()).max(1);
        if transmit.bytes.len() <= most {
            return self.send_one(transmit);
        }
        for piece in transmit.bytes.chunks(most) {
            self.send_one(Transmit { bytes: piece.to_vec(), ..transmit });
        }
        Some(transmit.bytes)
    }

    fn send_one(&mut self, transmit: Transmit) -> Option<Vec<u8>> {
        if !self.waiting.is_empty() || blocked(self.try_send(&transmit)) {
            self.waiting.push_back(transmit);
            return None;
        }
        Some(transmit.bytes)
    }

    /// Send what waits as far as the socket takes it. Returns how many datagrams were given up.
    pub fn flush(&mut self) -> u64 {
        while self.waiting.front().is_some_and(|transmit| !blocked(self.try_send(transmit))) {
            self.waiting.pop_front();
        }
        let excess = self.waiting.len().saturating_sub(MAX_WAITING);
        self.waiting.drain(..excess).map(|transmit| transmit.datagrams().count() as u64).sum()
    }

    /// Errors other than a full buffer are the network's: media gets lost, the rest is sent again.
    fn try_send(&self, transmit: &Transmit) -> io::Result<()> {
        let several = transmit.bytes.len() > transmit.segment;
        let wire = quinn_udp::Transmit {
            destination: self.mapped(transmit.destination),
            ecn: None,
            contents: &transmit.bytes,
            segment_size: several.then_some(transmit.segment),
            src_ip: self.any.then(|| self.mapped(SocketAddr::new(transmit.source.ip(), 0)).ip()),
        };
        self.state.try_send(UdpSockRef::from(&self.socket), &wire)
    }

    /// A dual-stack socket wants IPv4 addresses in IPv6 clothes.
    fn mapped(&self, addr: SocketAddr) -> SocketAddr {
        match addr.ip() {
            IpAddr::V4(ip) if self.ipv6 => SocketAddr::new(ip.to_ipv6_mapped().into(), addr.port()),
            _ => addr,
        }
    }
}

fn blocked(sent: io::Result<()>) -> bool {
    sent.is_err_and(|e| e.kind() == io::ErrorKind::WouldBlock)
}

fn open(addr: SocketAddr) -> io::Result<std::net::UdpSocket> {
    let socket = Socket::new(Domain::for_address(addr), Type::DGRAM, Some(Protocol::UDP))?;
    if addr.is_ipv6() {
        socket.set_only_v6(!addr.ip().is_unspecified())?;
    }
    // The kernel caps these at its own limits, which is fine.
    let _ = socket.set_recv_buffer_size(BUFFER);
    let _ = socket.set_send_buffer_size(BUFFER);
    socket.set_nonblocking(true)?;
    socket.bind(&addr.into())?;
    Ok(socket.into())
}
