//! Unpacking up to a limit: a few bytes of a stranger may unpack to more than a machine has.

use std::io::Read;

use super::error::{ArchiveError, Part};

/// Bytes as they are, or unpacked when they begin as gzip does; at most `largest` of them.
///
/// # Errors
/// When they are more than that, or what is packed is damaged.
pub fn unpacked(bytes: Vec<u8>, largest: usize) -> Result<Vec<u8>, ArchiveError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return if bytes.len() > largest { Err(ArchiveError::TooLarge) } else { Ok(bytes) };
    }
    let mut out = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(largest as u64 + 1);
    reader.read_to_end(&mut out).map_err(|_| ArchiveError::damaged(Part::Tile))?;
    if out.len() > largest { Err(ArchiveError::TooLarge) } else { Ok(out) }
}

/// Bytes packed with gzip, always the same for the same bytes.
#[must_use]
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut reader = flate2::read::GzEncoder::new(bytes, flate2::Compression::new(6));
    let mut out = Vec::new();
    // Memory does not refuse to be read.
    let _ = reader.read_to_end(&mut out);
    out
}

/// Reads until a buffer is full or the file ends; how much was read.
pub(super) fn read_up_to(file: &mut std::fs::File, buffer: &mut [u8]) -> Result<usize, ArchiveError> {
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..]) {
            Ok(0) => break,
            Ok(n) => read += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ArchiveError::Open(error)),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_what_grows_too_large_is_refused() {
        let bytes = vec![7; 100_000];
        let small = packed(&bytes);
        assert!(small.len() < 1_000);
        assert_eq!(unpacked(small.clone(), 100_000).unwrap(), bytes);
        assert!(matches!(unpacked(small.clone(), 99_999), Err(ArchiveError::TooLarge)));
        assert!(matches!(unpacked(small[..small.len() / 2].to_vec(), 100_000), Err(ArchiveError::Damaged { .. })));
        assert_eq!(unpacked(b"plain".to_vec(), 5).unwrap(), b"plain");
    }
}
