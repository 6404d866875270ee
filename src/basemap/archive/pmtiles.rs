//! PMTiles, version 3: one file with a directory of tiles, read and written.
//!
//! After the specification at <https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md> (public domain). Read here
//! and not by a library, because the one there is takes lengths in a file for granted: a damaged one can end the program.
//! The tests compare with that library.

mod numbers;
mod write;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

pub use self::write::{Written, write};

use self::numbers::{number_of, tile_of};
use super::error::{ArchiveError, Part};
use super::unpack::unpacked;
use super::{ArchiveInfo, LARGEST_TILE, TileKind, cover, kind_of, kind_of_bytes, plain_text, zooms};
use crate::basemap::TileId;

/// Length of the head.
const HEAD: usize = 127;

/// The most bytes of a directory or of metadata, unpacked.
const LARGEST_LIST: usize = 16 << 20;

/// The most lines of a directory; an honest one has some thousands.
const MOST_ENTRIES: u64 = 2_000_000;

/// The most directories that are gone through for a list of all tiles.
const MOST_LEAVES: usize = 20_000;

/// A directory leads to one that leads to a tile; more steps than this are a circle.
const MOST_STEPS: usize = 4;

/// How many directories below the first are kept.
const KEPT: usize = 16;

/// An open archive.
#[derive(Debug)]
pub struct Pmtiles {
    file: Mutex<File>,
    length: u64,
    head: Head,
    root: Arc<Vec<Entry>>,
    leaves: Mutex<BTreeMap<u64, Arc<Vec<Entry>>>>,
    /// What it says of the layers of its tiles.
    pub layers: Option<serde_json::Value>,
}

/// What the head says.
#[derive(Clone, Copy, Debug)]
struct Head {
    root: Span,
    metadata: Span,
    leaves: Span,
    data: Span,
    packing: u8,
    tile_packing: u8,
    tile_type: u8,
    zooms: [u8; 2],
    cover_deg: Option<[f64; 4]>,
}

/// Where something lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    at: u64,
    length: u64,
}

/// A line of a directory: a run of tiles with the same bytes, or, with a run of 0, another directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    tile: u64,
    run: u32,
    at: u64,
    length: u32,
}

impl Pmtiles {
    pub fn open(path: &Path) -> Result<(ArchiveInfo, Self), ArchiveError> {
        let mut file = File::open(path).map_err(ArchiveError::Open)?;
        let length = file.metadata().map_err(ArchiveError::Open)?.len();
        let mut bytes = [0; HEAD];
        if super::unpack::read_up_to(&mut file, &mut bytes)? < HEAD {
            return Err(ArchiveError::Truncated);
        }
        let head = Head::read(&bytes)?;
        for span in [head.root, head.metadata, head.leaves, head.data] {
            if span.at.checked_add(span.length).is_none_or(|end| end > length) {
                return Err(ArchiveError::Truncated);
            }
        }
        let file = Mutex::new(file);
        let root = Arc::new(entries(&list(&file, head.root, head.packing, Part::Directory)?)?);
        if root.is_empty() {
            return Err(ArchiveError::Empty);
        }
        let mut archive = Self { file, length, head, root, leaves: Mutex::default(), layers: None };
        // A map without a word on itself, or with damaged ones, can still be shown.
        let metadata = list(&archive.file, head.metadata, head.packing, Part::Metadata).unwrap_or_default();
        let said: serde_json::Value = serde_json::from_slice(&metadata).unwrap_or_default();
        archive.layers = said.get("vector_layers").cloned();
        let text = |key: &str| plain_text(said.get(key).and_then(serde_json::Value::as_str).unwrap_or_default());
        let kind = match head.tile_type {
            1 => TileKind::Vector,
            2..=4 => TileKind::Raster,
            5 => return Err(ArchiveError::UnknownTiles { format: "AVIF".to_owned() }),
            6 => return Err(ArchiveError::UnknownTiles { format: "MLT".to_owned() }),
            // It does not say: its first tile does, or else what it is said to be.
            _ => match archive.root.first().filter(|entry| entry.run > 0) {
                Some(entry) => kind_of_bytes(&unpacked(archive.data(*entry)?, LARGEST_TILE)?),
                None => kind_of(&text("format"))?,
            },
        };
        let info = ArchiveInfo {
            name: text("name"),
            kind,
            zooms: head.zooms,
            cover_deg: head.cover_deg,
            attribution: text("attribution"),
        };
        Ok((info, archive))
    }

    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, ArchiveError> {
        let number = number_of(tile);
        let mut directory = Arc::clone(&self.root);
        for _ in 0..MOST_STEPS {
            let at = directory.partition_point(|entry| entry.tile <= number);
            let Some(entry) = at.checked_sub(1).and_then(|at| directory.get(at)).copied() else { return Ok(None) };
            if entry.run == 0 {
                directory = self.leaf(entry)?;
            } else if number - entry.tile < u64::from(entry.run) {
                return self.data(entry).map(Some);
            } else {
                return Ok(None);
            }
        }
        Err(ArchiveError::damaged(Part::Directory))
    }

    pub fn tiles(&self) -> Result<Vec<TileId>, ArchiveError> {
        let mut numbers = Vec::new();
        self.collect(&self.root, MOST_STEPS, &mut 0, &mut numbers)?;
        Ok(numbers.into_iter().map(tile_of).collect())
    }

    fn collect(
        &self,
        directory: &[Entry],
        steps: usize,
        leaves: &mut usize,
        numbers: &mut Vec<u64>,
    ) -> Result<(), ArchiveError> {
        /// More tiles than this are not listed: a run can claim billions.
        const MOST: usize = 20_000_000;
        for entry in directory {
            if entry.run == 0 {
                let steps = steps.checked_sub(1).ok_or(ArchiveError::damaged(Part::Directory))?;
                *leaves += 1;
                if *leaves > MOST_LEAVES {
                    return Err(ArchiveError::TooLarge);
                }
                self.collect(&self.leaf(*entry)?, steps, leaves, numbers)?;
            } else if numbers.len() + entry.run as usize > MOST {
                return Err(ArchiveError::TooLarge);
            } else {
                numbers.extend(entry.tile..entry.tile.saturating_add(u64::from(entry.run)));
            }
        }
        Ok(())
    }

    fn leaf(&self, entry: Entry) -> Result<Arc<Vec<Entry>>, ArchiveError> {
        let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(leaf) = leaves.get(&entry.at) {
            return Ok(Arc::clone(leaf));
        }
        let span = within(self.head.leaves, entry)?;
        let leaf = Arc::new(entries(&list(&self.file, span, self.head.packing, Part::Directory)?)?);
        if leaves.len() >= KEPT {
            leaves.pop_first();
        }
        leaves.insert(entry.at, Arc::clone(&leaf));
        Ok(leaf)
    }

    fn data(&self, entry: Entry) -> Result<Vec<u8>, ArchiveError> {
        let span = within(self.head.data, entry)?;
        if span.length > LARGEST_TILE as u64 || span.at + span.length > self.length {
            return Err(ArchiveError::TooLarge);
        }
        let bytes = read(&self.file, span)?;
        match self.head.tile_packing {
            3 => Err(ArchiveError::Packing { name: "Brotli" }),
            4 => Err(ArchiveError::Packing { name: "Zstandard" }),
            // Not packed, gzip, or not said: its first bytes tell gzip.
            _ => Ok(bytes),
        }
    }
}

impl Head {
    fn read(bytes: &[u8; HEAD]) -> Result<Self, ArchiveError> {
        if bytes[7] != 3 {
            return Err(ArchiveError::Version { version: bytes[7] });
        }
        let long = |at: usize| {
            let mut eight = [0; 8];
            eight.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(eight)
        };
        let degrees = |at: usize| {
            let mut four = [0; 4];
            four.copy_from_slice(&bytes[at..at + 4]);
            f64::from(i32::from_le_bytes(four)) / 1e7
        };
        let span = |at: usize| Span { at: long(at), length: long(at + 8) };
        match bytes[97] {
            3 => return Err(ArchiveError::Packing { name: "Brotli" }),
            4 => return Err(ArchiveError::Packing { name: "Zstandard" }),
            _ => {}
        }
        Ok(Self {
            root: span(8),
            metadata: span(24),
            leaves: span(40),
            data: span(56),
            packing: bytes[97],
            tile_packing: bytes[98],
            tile_type: bytes[99],
            zooms: zooms(bytes[100], bytes[101]),
            cover_deg: cover([degrees(102), degrees(106), degrees(110), degrees(114)]),
        })
    }
}

/// Where what an entry leads to lies, inside the section it must lie in.
fn within(section: Span, entry: Entry) -> Result<Span, ArchiveError> {
    let end = entry.at.checked_add(u64::from(entry.length));
    if end.is_none_or(|end| end > section.length) {
        return Err(ArchiveError::damaged(Part::Directory));
    }
    Ok(Span { at: section.at + entry.at, length: u64::from(entry.length) })
}

/// Bytes of the file. Their length has been checked against that of the file.
fn read(file: &Mutex<File>, span: Span) -> Result<Vec<u8>, ArchiveError> {
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(span.at)).map_err(ArchiveError::Open)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut *file).take(span.length).read_to_end(&mut bytes).map_err(ArchiveError::Open)?;
    if (bytes.len() as u64) < span.length { Err(ArchiveError::Truncated) } else { Ok(bytes) }
}

/// A directory or the metadata, unpacked.
fn list(file: &Mutex<File>, span: Span, packing: u8, part: Part) -> Result<Vec<u8>, ArchiveError> {
    if span.length > LARGEST_LIST as u64 {
        return Err(ArchiveError::TooLarge);
    }
    let bytes = read(file, span)?;
    let bytes = if packing == 1 { Ok(bytes) } else { unpacked(bytes, LARGEST_LIST) };
    bytes.map_err(|error| match error {
        ArchiveError::Damaged { .. } => ArchiveError::damaged(part),
        other => other,
    })
}

/// The entries of a directory, in order.
fn entries(bytes: &[u8]) -> Result<Vec<Entry>, ArchiveError> {
    let damaged = ArchiveError::damaged(Part::Directory);
    let mut rest = bytes;
    let count = varint(&mut rest).ok_or(ArchiveError::damaged(Part::Directory))?;
    // Each has four numbers of a byte at least.
    if count > (bytes.len() as u64 / 4).min(MOST_ENTRIES) {
        return Err(damaged);
    }
    let mut entries = vec![Entry { tile: 0, run: 0, at: 0, length: 0 }; count as usize];
    let parsed = (|| {
        let mut tile = 0_u64;
        for entry in &mut entries {
            tile = tile.checked_add(varint(&mut rest)?)?;
            entry.tile = tile;
        }
        for entry in &mut entries {
            entry.run = u32::try_from(varint(&mut rest)?).ok()?;
        }
        for entry in &mut entries {
            entry.length = u32::try_from(varint(&mut rest)?).ok()?;
        }
        let mut next = 0_u64;
        for entry in &mut entries {
            let at = varint(&mut rest)?;
            entry.at = if at == 0 { next } else { at - 1 };
            next = entry.at.checked_add(u64::from(entry.length))?;
        }
        Some(())
    })();
    parsed.map(|()| entries).ok_or(damaged)
}

/// A number of seven bits a byte, the least first.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::write::{put_varint, serialized};
    use super::*;

    #[test]
    fn a_directory_that_claims_more_than_it_holds_is_damaged() {
        let mut claims = Vec::new();
        put_varint(&mut claims, u64::MAX);
        assert!(entries(&claims).is_err());
        let mut short = Vec::new();
        put_varint(&mut short, 2);
        short.extend([1, 1, 1, 1, 1, 1, 1]);
        assert!(entries(&short).is_err());
        let list = [Entry { tile: 3, run: 2, at: 0, length: 9 }, Entry { tile: 8, run: 1, at: 9, length: 4 }];
        assert_eq!(entries(&serialized(&list)).unwrap(), list);
    }
}
