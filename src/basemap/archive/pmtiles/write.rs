//! Archives written: the same tiles give the same file.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use super::numbers::number_of;
use super::{Entry, HEAD};
use crate::basemap::TileId;
use crate::basemap::archive::TileKind;
use crate::basemap::archive::unpack::packed;

/// The first directory and the head must fit into this.
const FIRST_ROOM: usize = 16_384;

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

/// Writes an archive of tiles, packed as they are to lie in the file (shapes with gzip, see [`packed`]).
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

pub(super) fn serialized(list: &[Entry]) -> Vec<u8> {
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

/// A number of seven bits a byte, the least first.
pub(super) fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
