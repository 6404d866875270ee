//! Telling whether bytes are still the same bytes.
//!
//! A digest notices accidents (a torn line, a file that somebody else saved); it is no protection against malice. It
//! is written into journals, so its values never change: a test holds some of them.

use std::fmt;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// 64 bits that differ when bytes differ, for all that chance can do. In files 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub u64);

impl Digest {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        // Two lanes of multiply-and-fold over 16 bytes at a time: about as fast as memory.
        const KEYS: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];
        let fold = |a: u64, b: u64| {
            let wide = u128::from(a) * u128::from(b);
            (wide as u64) ^ ((wide >> 64) as u64)
        };
        let word = |part: &[u8]| {
            let mut eight = [0u8; 8];
            eight[..part.len()].copy_from_slice(part);
            u64::from_le_bytes(eight)
        };
        let mut state = KEYS[2] ^ bytes.len() as u64;
        for chunk in bytes.chunks(16) {
            let (a, b) = chunk.split_at(chunk.len().min(8));
            state = fold(word(a) ^ KEYS[0] ^ state, word(b) ^ KEYS[1] ^ state.rotate_left(29)) ^ state.rotate_left(17);
        }
        state ^= state >> 31;
        state = state.wrapping_mul(KEYS[1]);
        Self(state ^ (state >> 29))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let sound = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        match u64::from_str_radix(&text, 16) {
            Ok(value) if sound => Ok(Self(value)),
            _ => Err("a digest is 16 hexadecimal digits"),
        }
    }
}

/// What a file looked like when it was read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Its length in bytes.
    pub length: u64,
    /// When it was last changed, where the file system says.
    pub modified: Option<SystemTime>,
    /// The digest of its content.
    pub digest: Digest,
}

impl Fingerprint {
    /// Of content that is not, or not yet, a file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, modified: None, digest: Digest::of(bytes) }
    }

    /// The same content as the file that was just read or written.
    #[must_use]
    pub(crate) fn dated(mut self, metadata: std::io::Result<std::fs::Metadata>) -> Self {
        self.modified = metadata.and_then(|m| m.modified()).ok();
        self
    }

    /// Whether both are the same content, whenever it was written.
    #[must_use]
    pub fn same_content(&self, other: &Self) -> bool {
        self.length == other.length && self.digest == other.digest
    }

    /// Whether the file still holds this content. Cheap while its length and time are the same; when only the time
    /// differs the content decides.
    ///
    /// # Errors
    /// When the file cannot be read, also when it is gone.
    pub fn matches_file(&self, path: &Path) -> std::io::Result<bool> {
        let metadata = std::fs::metadata(path)?;
        if metadata.len() != self.length {
            return Ok(false);
        }
        if self.modified.is_some() && metadata.modified().ok() == self.modified {
            return Ok(true);
        }
        Ok(self.same_content(&Self::of(&std::fs::read(path)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_change_because_journals_hold_them() {
        assert_eq!(Digest::of(b"").to_string(), "38e319b33bc919e2");
        assert_eq!(Digest::of(b"maakblok").to_string(), "931211d76679c866");
        assert_eq!(Digest::of(b"a workshop under homes").to_string(), "8faf9be02d596c14");
    }

    #[test]
    fn every_bit_counts() {
        let text = b"{\"sum\":\"\",\"n\":1,\"edit\":{\"label\":{\"key\":\"edit-move\"},\"changes\":[]}}".to_vec();
        let whole = Digest::of(&text);
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut other = text.clone();
                other[at] ^= 1 << bit;
                assert_ne!(Digest::of(&other), whole, "byte {at}, bit {bit}");
            }
            assert_ne!(Digest::of(&text[..at]), whole, "cut at {at}");
        }
        assert_ne!(Digest::of(b"a"), Digest::of(b"a\0"), "zeros at the end count");
    }

    #[test]
    fn a_digest_is_text_in_files() {
        let digest = Digest(0xabc);
        let text = serde_json::to_string(&digest).unwrap();
        assert_eq!(text, "\"0000000000000abc\"");
        assert_eq!(serde_json::from_str::<Digest>(&text).unwrap(), digest);
        assert!(serde_json::from_str::<Digest>("\"+00000000000000a\"").is_err());
    }
}
