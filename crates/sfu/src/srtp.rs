//! SRTP for what a viewer is sent, and SRTCP both ways (RFC 3711, RFC 7714).
//!
//! A connection has exactly one owner of its outgoing keys: this. What str0m would send as RTP or RTCP
//! on a viewer's connection never leaves the house (see `conn`), so no packet index is used twice. As a
//! second guard, [`Spent`] lets each index of a stream pass only once.

use str0m::config::CryptoProvider;
use str0m::crypto::dtls::SrtpProfile;
use str0m::crypto::{AeadAes128Gcm, AeadAes128GcmCipher, AeadAes256GcmCipher, Aes128CmSha1_80};
use str0m::crypto::{Aes128CmSha1_80Cipher, CryptoError, Sha1HmacProvider, SrtpProvider};

use crate::keys::Exported;

/// The most that protection adds to an RTP packet, in bytes.
pub(crate) const OVERHEAD: usize = TAG;
const TAG: usize = AeadAes128Gcm::TAG_LEN;
const HMAC_TAG: usize = Aes128CmSha1_80::HMAC_TAG_LEN;
/// In counter mode the cipher wants this much room behind its output.
const CTR_ROOM: usize = 15;
/// The first eight bytes of RTCP stay readable.
const RTCP_CLEAR: usize = 8;
/// A browser reports under one SSRC for each stream it receives.
const SENDERS: usize = 128;
const ENCRYPTED: u32 = 1 << 31;

/// Labels of the key derivation (RFC 3711, 4.3.1); those of RTCP follow three later.
const LABEL_KEY: u8 = 0;
const LABEL_AUTH: u8 = 1;
const LABEL_SALT: u8 = 2;
const RTCP: u8 = 3;

enum Gcm {
    Short(Box<dyn AeadAes128GcmCipher>),
    Long(Box<dyn AeadAes256GcmCipher>),
}

enum Cipher {
    Gcm { gcm: Gcm, salt: [u8; 12] },
    Cm { cipher: Box<dyn Aes128CmSha1_80Cipher>, auth: [u8; 20], salt: [u8; 14], hmac: &'static dyn Sha1HmacProvider },
}

/// Protects what goes out.
pub(crate) struct Sealer {
    rtp: Cipher,
    rtcp: Cipher,
    /// Counts the SRTCP packets sent.
    index: u32,
}

/// Opens the RTCP that comes in.
pub(crate) struct Opener {
    rtcp: Cipher,
    clear: Vec<u8>,
    /// Indices heard of each sender, so that a copy of an old packet says nothing (RFC 3711, 3.3.2).
    heard: Vec<(u32, Spent)>,
}

/// Both halves of a connection's SRTP; `None` if the exported keys are not of a kind we know.
pub(crate) fn from_keys(crypto: &CryptoProvider, keys: &Exported) -> Option<(Sealer, Opener)> {
    let ours = Master::of(keys, keys.client)?;
    let theirs = Master::of(keys, !keys.client)?;
    let cipher = |master: &Master, group: u8, encrypt: bool| cipher(crypto, keys.profile, master, group, encrypt);
    let sealer = Sealer { rtp: cipher(&ours, 0, true)?, rtcp: cipher(&ours, RTCP, true)?, index: 0 };
    Some((sealer, Opener { rtcp: cipher(&theirs, RTCP, false)?, clear: Vec::new(), heard: Vec::new() }))
}

/// A master key and its salt.
struct Master<'a> {
    key: &'a [u8],
    salt: &'a [u8],
}

impl Master<'_> {
    fn of(keys: &Exported, client: bool) -> Option<Master<'_>> {
        let (key, salt) = match keys.profile {
            SrtpProfile::AES128_CM_SHA1_80 => (16, 14),
            SrtpProfile::AEAD_AES_128_GCM => (16, 12),
            SrtpProfile::AEAD_AES_256_GCM => (32, 12),
            _ => return None,
        };
        let second = !client as usize;
        let (keys, salts) = keys.material.split_at_checked(2 * key)?;
        Some(Master { key: keys.get(second * key..)?.get(..key)?, salt: salts.get(second * salt..)?.get(..salt)? })
    }

    /// A session key: the salt with the label in its eighth byte, encrypted counter by counter.
    fn derive<const N: usize>(&self, srtp: &dyn SrtpProvider, label: u8) -> [u8; N] {
        let mut out = [0; N];
        let mut input = [0; 16];
        input[..self.salt.len()].copy_from_slice(self.salt);
        input[7] ^= label;
        for (round, piece) in out.chunks_mut(16).enumerate() {
            input[15] = round as u8;
            // The provider's cipher may add a block of padding behind.
            let mut block = [0; 32];
            match self.key.len() {
                16 => srtp.srtp_aes_128_ecb_round(self.key, &input, &mut block),
                _ => srtp.srtp_aes_256_ecb_round(self.key, &input, &mut block),
            }
            piece.copy_from_slice(&block[..piece.len()]);
        }
        out
    }
}

fn cipher(crypto: &CryptoProvider, profile: SrtpProfile, master: &Master, group: u8, encrypt: bool) -> Option<Cipher> {
    let srtp = crypto.srtp_provider;
    let (key, auth, salt) = (group + LABEL_KEY, group + LABEL_AUTH, group + LABEL_SALT);
    Some(match profile {
        SrtpProfile::AES128_CM_SHA1_80 => Cipher::Cm {
            cipher: srtp.aes_128_cm_sha1_80().create_cipher(master.derive(srtp, key), encrypt),
            auth: master.derive(srtp, auth),
            salt: master.derive(srtp, salt),
            hmac: crypto.sha1_hmac_provider,
        },
        SrtpProfile::AEAD_AES_128_GCM => Cipher::Gcm {
            gcm: Gcm::Short(srtp.aead_aes_128_gcm().create_cipher(master.derive(srtp, key), encrypt)),
            salt: master.derive(srtp, salt),
        },
        SrtpProfile::AEAD_AES_256_GCM => Cipher::Gcm {
            gcm: Gcm::Long(srtp.aead_aes_256_gcm().create_cipher(master.derive(srtp, key), encrypt)),
            salt: master.derive(srtp, salt),
        },
        _ => return None,
    })
}

impl Gcm {
    fn seal(&mut self, iv: &[u8; 12], aad: &[u8], clear: &[u8], out: &mut [u8]) -> Result<(), CryptoError> {
        match self {
            Gcm::Short(cipher) => cipher.encrypt(iv, aad, clear, out),
            Gcm::Long(cipher) => cipher.encrypt(iv, aad, clear, out),
        }
    }

    fn open(&mut self, iv: &[u8; 12], aad: &[&[u8]], sealed: &[u8], out: &mut [u8]) -> Result<usize, CryptoError> {
        match self {
            Gcm::Short(cipher) => cipher.decrypt(iv, aad, sealed, out),
            Gcm::Long(cipher) => cipher.decrypt(iv, aad, sealed, out),
        }
    }
}

impl Sealer {
    /// Append one protected RTP packet to `out`: the header as it is, the payload encrypted, the tag.
    /// `index` is the sequence number with its roll-over counter. Returns whether it could be done.
    pub fn rtp(&mut self, head: &[u8], ssrc: u32, index: u64, payload: &[u8], out: &mut Vec<u8>) -> bool {
        let start = out.len();
        out.extend_from_slice(head);
        let body = out.len();
        let done = match &mut self.rtp {
            Cipher::Gcm { gcm, salt } => {
                out.resize(body + payload.len() + TAG, 0);
                let iv = AeadAes128Gcm::rtp_iv(*salt, ssrc, (index >> 16) as u32, index as u16);
                gcm.seal(&iv, head, payload, &mut out[body..]).is_ok()
            }
            Cipher::Cm { cipher, auth, salt, hmac } => {
                out.resize(body + payload.len() + CTR_ROOM, 0);
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, index);
                let done = cipher.encrypt(&iv, payload, &mut out[body..]).is_ok();
                out.truncate(body + payload.len());
                let tag = hmac.sha1_hmac(&auth[..], &[&out[start..], &((index >> 16) as u32).to_be_bytes()]);
                out.extend_from_slice(&tag[..HMAC_TAG]);
                done
            }
        };
        if !done {
            out.truncate(start);
        }
        done
    }

    /// Protect a compound RTCP packet; empty if it cannot be done.
    pub fn rtcp(&mut self, packet: &[u8]) -> Vec<u8> {
        let Some((clear, body)) = packet.split_at_checked(RTCP_CLEAR) else { return Vec::new() };
        let index = self.index;
        self.index = (index + 1) & (ENCRYPTED - 1);
        let ssrc = word(packet, 4);
        let trailer = (ENCRYPTED | index).to_be_bytes();
        let mut out = clear.to_vec();
        let done = match &mut self.rtcp {
            Cipher::Gcm { gcm, salt } => {
                out.resize(packet.len() + TAG, 0);
                let aad = [clear, &trailer].concat();
                let iv = AeadAes128Gcm::rtcp_iv(*salt, ssrc, index);
                let done = gcm.seal(&iv, &aad, body, &mut out[RTCP_CLEAR..]).is_ok();
                out.extend_from_slice(&trailer);
                done
            }
            Cipher::Cm { cipher, auth, salt, hmac } => {
                out.resize(packet.len() + CTR_ROOM, 0);
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, index as u64);
                let done = cipher.encrypt(&iv, body, &mut out[RTCP_CLEAR..]).is_ok();
                out.truncate(packet.len());
                out.extend_from_slice(&trailer);
                let tag = hmac.sha1_hmac(&auth[..], &[&out]);
                out.extend_from_slice(&tag[..HMAC_TAG]);
                done
            }
        };
        if done { out } else { Vec::new() }
    }
}

impl Opener {
    /// The compound RTCP packet in a protected one; `None` if it is not from our peer, not encrypted, or
    /// was heard before.
    pub fn rtcp(&mut self, packet: &[u8]) -> Option<&[u8]> {
        let tail = match &self.rtcp {
            Cipher::Gcm { .. } => 4,
            Cipher::Cm { .. } => 4 + HMAC_TAG,
        };
        let (sealed, end) = packet.split_at_checked(packet.len().checked_sub(tail)?)?;
        let trailer = word(end, 0);
        if sealed.len() < RTCP_CLEAR || trailer & ENCRYPTED == 0 {
            return None;
        }
        let (ssrc, index) = (word(sealed, 4), trailer & !ENCRYPTED);
        let (clear, body) = sealed.split_at(RTCP_CLEAR);
        self.clear.clear();
        self.clear.extend_from_slice(clear);
        let length = match &mut self.rtcp {
            Cipher::Gcm { gcm, salt } => {
                let length = body.len().checked_sub(TAG)?;
                self.clear.resize(RTCP_CLEAR + length, 0);
                let iv = AeadAes128Gcm::rtcp_iv(*salt, ssrc, index);
                let aad = [clear, &trailer.to_be_bytes()].concat();
                gcm.open(&iv, &[&aad], body, &mut self.clear[RTCP_CLEAR..]).ok()?
            }
            Cipher::Cm { cipher, auth, salt, hmac } => {
                let (signed, tag) = packet.split_at(packet.len() - HMAC_TAG);
                let sha1_hmac = |key: &[u8], parts: &[&[u8]]| hmac.sha1_hmac(key, parts);
                if !Aes128CmSha1_80::rtcp_verify(sha1_hmac, &auth[..], signed, tag) {
                    return None;
                }
                self.clear.resize(RTCP_CLEAR + body.len() + CTR_ROOM, 0);
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, index as u64);
                cipher.decrypt(&iv, body, &mut self.clear[RTCP_CLEAR..]).ok()?;
                body.len()
            }
        };
        if !self.first_time(ssrc, index) {
            return None;
        }
        self.clear.get(..RTCP_CLEAR + length)
    }

    fn first_time(&mut self, ssrc: u32, index: u32) -> bool {
        let place = self.heard.iter().position(|(known, _)| *known == ssrc).unwrap_or_else(|| {
            if self.heard.len() == SENDERS {
                self.heard.remove(0);
            }
            self.heard.push((ssrc, Spent::default()));
            self.heard.len() - 1
        });
        self.heard[place].1.spend(index as u64)
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// Which packet indices of one stream were used: the newest, and a bit for each of the 128 before it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Spent {
    newest: Option<u64>,
    seen: u128,
}

impl Spent {
    /// Take an index for one packet. `false`: it was used before, or is too old to be sure.
    pub fn spend(&mut self, index: u64) -> bool {
        let newest = *self.newest.get_or_insert(index);
        if index > newest {
            self.seen = self.seen.checked_shl((index - newest).min(128) as u32).unwrap_or(0);
            self.newest = Some(index);
        }
        let age = self.newest.unwrap_or(index) - index;
        let Some(bit) = 1u128.checked_shl(age.min(128) as u32).filter(|bit| self.seen & bit == 0) else {
            return false;
        };
        self.seen |= bit;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(profile: SrtpProfile, client: bool) -> Exported {
        Exported { profile, material: (0..profile.keying_material_len() as u8).collect(), client }
    }

    #[test]
    fn what_one_side_seals_the_other_opens_and_a_changed_byte_is_noticed() {
        let crypto = str0m::crypto::from_feature_flags();
        for &profile in SrtpProfile::ALL {
            let (mut ours, _) = from_keys(&crypto, &keys(profile, false)).unwrap();
            let (_, mut theirs) = from_keys(&crypto, &keys(profile, true)).unwrap();
            let packet = [&[0x80, 200, 0, 3, 0, 0, 0, 7][..], &[9; 20]].concat();
            let first = ours.rtcp(&packet);
            let second = ours.rtcp(&packet);
            assert_ne!(first, second, "each has an index of its own");
            assert_eq!(theirs.rtcp(&first), Some(&packet[..]));
            assert_eq!(theirs.rtcp(&second), Some(&packet[..]));
            assert_eq!(theirs.rtcp(&first), None, "heard before");
            for at in 0..first.len() {
                let mut forged = first.clone();
                forged[at] ^= 1;
                assert_eq!(theirs.rtcp(&forged), None, "byte {at}");
            }
            assert_eq!(theirs.rtcp(&first[..9]), None);
        }
    }

    #[test]
    fn session_keys_are_those_of_the_published_vectors() {
        // RFC 3711, B.3.
        let crypto = str0m::crypto::from_feature_flags();
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
        };
        let (key, salt) = (hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));
        let master = Master { key: &key, salt: &salt };
        let derived: [u8; 16] = master.derive(crypto.srtp_provider, LABEL_KEY);
        assert_eq!(derived[..], hex("C61E7A93744F39EE10734AFE3FF7A087"));
        let derived: [u8; 14] = master.derive(crypto.srtp_provider, LABEL_SALT);
        assert_eq!(derived[..], hex("30CBBC08863D8C85D49DB34A9AE1"));
        let derived: [u8; 20] = master.derive(crypto.srtp_provider, LABEL_AUTH);
        assert_eq!(derived[..], hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    #[test]
    fn an_index_is_spent_once() {
        let mut spent = Spent::default();
        assert!(spent.spend(65_534));
        assert!(spent.spend(65_537));
        assert!(spent.spend(65_535), "late, but new");
        assert!(!spent.spend(65_535));
        assert!(!spent.spend(65_537));
        assert!(spent.spend(66_000));
        assert!(!spent.spend(65_537), "too old to tell");
        assert!(spent.spend(66_000 - 127));
        assert!(!spent.spend(66_000 - 127));
        assert!(!spent.spend(66_000 - 128));
    }
}
