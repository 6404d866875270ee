//! PMTiles, version 3: one file with a directory of tiles, read and written.
//!
//! After the specification at <https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md> (public domain). Read here
//! and not by a library, because the one there is takes lengths in a file for granted: a damaged one can end the program.
//! The tests compare with that library.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::error::{ArchiveError, Part};
use super::unpack::{packed, unpacked};
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

/// The first directory and the head must fit into this.
const FIRST_ROOM: usize = 16_384;

/// An open archive.
#[derive(Debug)]
pub struct Pmtiles {
    file: Mutex<File>,
    length: u64,
    head: Head,
    root: Arc<Vec<Entry>>,
    leaves: Mutex<BTreeMap<u64, Arc<Vec<Entry>>>>,
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
        let archive = Self { file, length, head, root, leaves: Mutex::default() };
        // A map without a word on itself, or with damaged ones, can still be shown.
        let metadata = list(&archive.file, head.metadata, head.packing, Part::Metadata).unwrap_or_default();
        let said: serde_json::Value = serde_json::from_slice(&metadata).unwrap_or_default();
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

fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// How many tiles there are at coarser zooms.
fn before(zoom: u8) -> u64 {
    ((1_u64 << (2 * u32::from(zoom))) - 1) / 3
}

/// The number of a tile: zoom by zoom along the Hilbert curve.
fn number_of(tile: TileId) -> u64 {
    let (mut x, mut y) = (u64::from(tile.x), u64::from(tile.y));
    let mut number = 0;
    let mut half = (1_u64 << tile.zoom) / 2;
    while half > 0 {
        let (right, lower) = (u64::from(x & half > 0), u64::from(y & half > 0));
        number += half * half * ((3 * right) ^ lower);
        (x, y) = turned(half * 2, x, y, right, lower);
        half /= 2;
    }
    before(tile.zoom) + number
}

/// The tile of a number.
fn tile_of(number: u64) -> TileId {
    let mut zoom = 0;
    while zoom < 31 && before(zoom + 1) <= number {
        zoom += 1;
    }
    let mut along = number - before(zoom);
    let (mut x, mut y) = (0, 0);
    let mut side = 1;
    while side < 1_u64 << zoom {
        let right = 1 & (along / 2);
        let lower = 1 & (along ^ right);
        (x, y) = turned(side, x, y, right, lower);
        x += side * right;
        y += side * lower;
        along /= 4;
        side *= 2;
    }
    TileId { zoom, x: x as u32, y: y as u32 }
}

/// A quarter of the curve, turned as it lies in its square.
fn turned(side: u64, x: u64, y: u64, right: u64, lower: u64) -> (u64, u64) {
    if lower == 1 {
        return (x, y);
    }
    let (x, y) = if right == 1 {
        ((side - 1).wrapping_sub(x) & (side - 1), (side - 1).wrapping_sub(y) & (side - 1))
    } else {
        (x, y)
    };
    (y, x)
}

/// What is written beside the tiles.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// What the map is called.
    pub name: &'a str,
    /// Whom it owes to.
    pub attribution: &'a str,
    /// What its tiles are.
    pub kind: TileKind,
    /// The type of pictures by its number in the specification (2 PNG, 3 JPEG, 4 WEBP); 1 for shapes.
    pub tile_type: u8,
    /// What it covers, in degrees: west, south, east, north.
    pub cover_deg: [f64; 4],
    /// Further metadata, such as `vector_layers`.
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// Writes an archive of tiles, packed as they are to lie in the file (shapes with gzip, see [`super::packed`]).
/// Tiles with the same bytes are stored once. The same tiles give the same file.
///
/// # Errors
/// When `out` refuses.
pub fn write(tiles: &BTreeMap<TileId, Arc<[u8]>>, about: &Written<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let mut numbered: Vec<(u64, &Arc<[u8]>)> = tiles.iter().map(|(tile, bytes)| (number_of(*tile), bytes)).collect();
    numbered.sort_by_key(|(number, _)| *number);
    let mut list: Vec<Entry> = Vec::with_capacity(numbered.len());
    let mut seen: BTreeMap<&[u8], (u64, u32)> = BTreeMap::new();
    let mut data: Vec<&[u8]> = Vec::new();
    let mut length = 0_u64;
    for (tile, bytes) in &numbered {
        let size = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
        let (at, _) = *seen.entry(bytes).or_insert_with(|| {
            data.push(bytes);
            length += u64::from(size);
            (length - u64::from(size), size)
        });
        match list.last_mut() {
            Some(last) if last.at == at && last.length == size && last.tile + u64::from(last.run) == *tile => {
                last.run += 1;
            }
            _ => list.push(Entry { tile: *tile, run: 1, at, length: size }),
        }
    }
    let metadata = packed(&metadata(about));
    let (root, leaves) = directories(&list);
    let root_at = HEAD as u64;
    let metadata_at = root_at + root.len() as u64;
    let leaves_at = metadata_at + metadata.len() as u64;
    let data_at = leaves_at + leaves.len() as u64;
    let mut head = Vec::with_capacity(HEAD);
    head.extend(b"PMTiles\x03");
    for number in [
        root_at,
        root.len() as u64,
        metadata_at,
        metadata.len() as u64,
        leaves_at,
        leaves.len() as u64,
        data_at,
        length,
        numbered.len() as u64,
        list.len() as u64,
        data.len() as u64,
    ] {
        head.extend(number.to_le_bytes());
    }
    let zooms = tiles.keys().map(|tile| tile.zoom);
    let (least, most) = (zooms.clone().min().unwrap_or(0), zooms.max().unwrap_or(0));
    let tile_packing = if about.kind == TileKind::Vector { 2 } else { 1 };
    // Tiles lie in the order of their numbers; the lists are packed with gzip.
    head.extend([1, 2, tile_packing, about.tile_type, least, most]);
    let [west, south, east, north] = about.cover_deg;
    let degrees = |deg: f64| ((deg * 1e7).round() as i32).to_le_bytes();
    for deg in about.cover_deg {
        head.extend(degrees(deg));
    }
    head.push(most);
    head.extend(degrees(f64::midpoint(west, east)));
    head.extend(degrees(f64::midpoint(south, north)));
    for part in [&head, &root, &metadata, &leaves] {
        out.write_all(part)?;
    }
    data.into_iter().try_for_each(|bytes| out.write_all(bytes))
}

fn metadata(about: &Written<'_>) -> Vec<u8> {
    let mut said = about.more.clone();
    said.insert("name".to_owned(), about.name.into());
    said.insert("attribution".to_owned(), about.attribution.into());
    said.insert("type".to_owned(), "baselayer".into());
    serde_json::Value::Object(said).to_string().into_bytes()
}

/// The first directory, and those that it leads to when it would be too long alone.
fn directories(list: &[Entry]) -> (Vec<u8>, Vec<u8>) {
    let root = packed(&serialized(list));
    if HEAD + root.len() <= FIRST_ROOM {
        return (root, Vec::new());
    }
    let mut size = 4_096;
    loop {
        let mut leaves = Vec::new();
        let mut root = Vec::new();
        for part in list.chunks(size) {
            let leaf = packed(&serialized(part));
            let (at, length) = (leaves.len() as u64, leaf.len() as u32);
            root.push(Entry { tile: part[0].tile, run: 0, at, length });
            leaves.extend(leaf);
        }
        let root = packed(&serialized(&root));
        if HEAD + root.len() <= FIRST_ROOM {
            return (root, leaves);
        }
        size *= 2;
    }
}

fn serialized(list: &[Entry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(list.len() * 8);
    put_varint(&mut out, list.len() as u64);
    let mut last = 0;
    for entry in list {
        put_varint(&mut out, entry.tile - last);
        last = entry.tile;
    }
    list.iter().for_each(|entry| put_varint(&mut out, u64::from(entry.run)));
    list.iter().for_each(|entry| put_varint(&mut out, u64::from(entry.length)));
    let mut next = None;
    for entry in list {
        put_varint(&mut out, if next == Some(entry.at) { 0 } else { entry.at + 1 });
        next = Some(entry.at + u64::from(entry.length));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the specification: 0/0/0 is 0, 1/0/0 is 1, 1/0/1 is 2, 1/1/1 is 3, 1/1/0 is 4, 2/0/0 is 5, and 12/3423/1763
    /// is 19 078 479.
    #[test]
    fn tiles_have_the_numbers_of_the_specification() {
        for (zoom, x, y, number) in [
            (0, 0, 0, 0),
            (1, 0, 0, 1),
            (1, 0, 1, 2),
            (1, 1, 1, 3),
            (1, 1, 0, 4),
            (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ] {
            assert_eq!(number_of(TileId { zoom, x, y }), number, "{zoom}/{x}/{y}");
            assert_eq!(tile_of(number), TileId { zoom, x, y });
        }
    }

    #[test]
    fn every_number_leads_back_to_its_tile() {
        for number in (0..6_000).chain([before(20) + 12_345, before(24) + 99]) {
            assert_eq!(number_of(tile_of(number)), number);
        }
    }

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
