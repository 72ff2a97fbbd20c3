//! One shard's UDP socket: many datagrams per receive call, a frame's packets in one send (GSO).

use std::collections::VecDeque;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use mio::net::UdpSocket;
use quinn_udp::{BATCH_SIZE, RecvMeta, Transmit, UdpSockRef, UdpSocketState};
use socket2::{Domain, Protocol, Socket, Type};

/// Kernel buffers: half a second of a busy shard.
const BUFFER: usize = 8 << 20;
/// The kernel may hand over several datagrams of one sender glued together.
const RECV_BYTES: usize = 64 * 1024;
/// One GSO send is at most this big.
const SEND_BYTES: usize = 60_000;
/// Batches that wait for a full socket; beyond that the oldest media is worthless.
const MAX_WAITING: usize = 4096;

pub(super) struct Udp {
    pub socket: UdpSocket,
    state: UdpSocketState,
    /// Bound to all interfaces: tell the kernel which address to send from.
    any: bool,
    ipv6: bool,
    buffers: Vec<Vec<u8>>,
    waiting: VecDeque<Batch>,
    spare: Vec<Vec<u8>>,
    open: Option<Batch>,
}

/// Datagrams to one destination; all but the last of the same size.
struct Batch {
    to: SocketAddr,
    from: IpAddr,
    segment: usize,
    count: usize,
    ended: bool,
    bytes: Vec<u8>,
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
            spare: Vec::new(),
            open: None,
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

    /// Queue a datagram behind others to the same destination, if it fits into their batch.
    pub fn send(&mut self, to: SocketAddr, from: IpAddr, bytes: &[u8]) {
        let limit = self.state.max_gso_segments().min(64);
        if let Some(batch) = &mut self.open {
            let fits = batch.to == to && batch.from == from && !batch.ended && batch.count < limit;
            if fits && bytes.len() <= batch.segment && batch.bytes.len() + bytes.len() <= SEND_BYTES {
                batch.bytes.extend_from_slice(bytes);
                batch.count += 1;
                // Only the last may be shorter.
                batch.ended = bytes.len() < batch.segment;
                return;
            }
        }
        self.close_batch();
        let mut buffer = self.spare.pop().unwrap_or_default();
        buffer.clear();
        buffer.extend_from_slice(bytes);
        self.open = Some(Batch { to, from, segment: bytes.len(), count: 1, ended: false, bytes: buffer });
    }

    /// Send what is queued as far as the socket takes it. Returns how many datagrams were given up.
    pub fn flush(&mut self) -> u64 {
        self.close_batch();
        while let Some(batch) = self.waiting.front() {
            if self.transmit(batch).is_err_and(|e| e.kind() == io::ErrorKind::WouldBlock) {
                break;
            }
            if let Some(batch) = self.waiting.pop_front() {
                self.spare.push(batch.bytes);
            }
        }
        let excess = self.waiting.len().saturating_sub(MAX_WAITING);
        self.waiting.drain(..excess).map(|b| b.count as u64).sum()
    }

    fn close_batch(&mut self) {
        let Some(batch) = self.open.take() else { return };
        if !self.waiting.is_empty() || self.transmit(&batch).is_err_and(|e| e.kind() == io::ErrorKind::WouldBlock) {
            self.waiting.push_back(batch);
        } else {
            self.spare.push(batch.bytes);
        }
    }

    /// Errors other than a full buffer are the network's: media gets lost, the rest is sent again.
    fn transmit(&self, batch: &Batch) -> io::Result<()> {
        let transmit = Transmit {
            destination: self.mapped(batch.to),
            ecn: None,
            contents: &batch.bytes,
            segment_size: (batch.count > 1).then_some(batch.segment),
            src_ip: self.any.then(|| self.mapped(SocketAddr::new(batch.from, 0)).ip()),
        };
        self.state.try_send(UdpSockRef::from(&self.socket), &transmit)
    }

    /// A dual-stack socket wants IPv4 addresses in IPv6 clothes.
    fn mapped(&self, addr: SocketAddr) -> SocketAddr {
        match addr.ip() {
            IpAddr::V4(ip) if self.ipv6 => SocketAddr::new(ip.to_ipv6_mapped().into(), addr.port()),
            _ => addr,
        }
    }
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
