//! Whose word about the client's address is believed.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// Networks of trusted proxies; empty believes nobody.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Vec<ipnet::IpNet>);

impl Proxies {
    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address.to_canonical()))
    }

    /// The address of the client: the peer, or what a trusted proxy says of it. The rightmost address that is not a
    /// trusted proxy counts; what stands left of it could be made up.
    pub fn client(&self, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |c| c.0.ip());
        if !self.trusts(peer) {
            return peer.to_canonical();
        }
        let said = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
        let hops: Vec<IpAddr> = said.filter_map(|a| a.trim().parse().ok()).collect();
        hops.into_iter().rev().find(|a| !self.trusts(*a)).unwrap_or(peer).to_canonical()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxies = Proxies(vec!["10.0.0.0/8".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.1.1.1".parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 2], 1))));
        assert_eq!(proxies.client(&extensions, &headers).to_string(), "203.0.113.9");
        extensions.insert(ConnectInfo(SocketAddr::from(([198, 51, 100, 7], 1))));
        assert_eq!(proxies.client(&extensions, &headers).to_string(), "198.51.100.7");
    }
}
