//! Text sealed for the database: AES-256-GCM under a key derived from the house's root, bound to the place where it stands.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::keys::{self, Keys};

const PURPOSE: &str = "sealed-text";

/// Seals `text` for `place`: the name of the key, then the nonce and what is sealed, in URL-safe base64.
pub fn seal(keys: &Keys, place: &str, text: &str) -> String {
    let nonce = keys::random::<NONCE_LEN>();
    let mut sealed = text.as_bytes().to_vec();
    key(keys.derive(PURPOSE))
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), &mut sealed)
        .expect("a text is short enough to be sealed");
    format!("{}.{}", keys.kid(), URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
}

/// Opens what was sealed for `place`; `None` where the key is gone, the place is another, or a byte was changed.
pub fn open(keys: &Keys, place: &str, sealed: &str) -> Option<String> {
    let (kid, text) = sealed.split_once('.')?;
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut sealed = sealed.to_vec();
    let open = key(keys.derive_by(kid, PURPOSE)?).open_in_place(nonce, Aad::from(place), &mut sealed).ok()?.to_vec();
    String::from_utf8(open).ok()
}

fn key(bytes: [u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).expect("the key has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_in_its_place_and_unchanged() {
        let keys = Keys::from_text("a key for tests that is long enough to be one").unwrap();
        let other = Keys::from_text("another key for tests that is long enough too").unwrap();
        let sealed = seal(&keys, "here", "Zoë's link");
        assert_eq!(open(&keys, "here", &sealed).as_deref(), Some("Zoë's link"));
        assert!(!sealed.contains("link") && sealed != seal(&keys, "here", "Zoë's link"));
        assert_eq!(open(&keys, "there", &sealed), None);
        assert_eq!(open(&other, "here", &sealed), None);
        let mut broken = sealed.clone().into_bytes();
        let last = broken.len() - 3;
        broken[last] = if broken[last] == b'A' { b'B' } else { b'A' };
        assert_eq!(open(&keys, "here", &String::from_utf8(broken).unwrap()), None);
        assert_eq!(open(&keys, "here", "nonsense"), None);
        assert_eq!(open(&keys, "here", &format!("{}.AAAA", keys.kid())), None);
    }
}
