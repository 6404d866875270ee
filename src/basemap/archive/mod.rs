//! Maps in files: PMTiles, MBTiles and folders of tiles, read one tile at a time.
//!
//! Whoever made such a file is a stranger. Every length in it is checked before memory is asked for, what is packed is
//! unpacked up to a limit only, and what cannot be used is an [`ArchiveError`] that says so in words. Opening reads the
//! head alone; a tile is read when it is asked for.

mod error;
mod folder;
mod mbtiles;
mod pmtiles;
mod unpack;

use std::path::Path;

pub use error::ArchiveError;
pub use pmtiles::{Written, write as write_pmtiles};
pub use unpack::{packed, unpacked};

use super::{DEEPEST, TileId};

/// The most bytes that a tile may have, unpacked.
pub const LARGEST_TILE: usize = 16 << 20;

/// What the tiles of an archive are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileKind {
    /// Shapes with properties (Mapbox Vector Tiles), drawn in the look of the program.
    Vector,
    /// Pictures.
    Raster,
}

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchiveInfo {
    /// What it calls itself; may be empty.
    pub name: String,
    /// What its tiles are.
    pub kind: TileKind,
    /// The coarsest and the finest zoom it has.
    pub zooms: [u8; 2],
    /// What it covers, in degrees WGS 84: west, south, east, north; `None` where it does not say.
    pub cover_deg: Option<[f64; 4]>,
    /// Whom it owes to, as plain text; may be empty.
    pub attribution: String,
}

impl ArchiveInfo {
    /// Whether it may have a tile: its zoom, and some of what it covers.
    #[must_use]
    pub fn may_have(&self, tile: TileId) -> bool {
        (self.zooms[0]..=self.zooms[1]).contains(&tile.zoom) && self.cover_deg.is_none_or(|cover| tile.meets(cover))
    }
}

/// An archive that is open. It can be read from several threads.
#[derive(Debug)]
pub struct Archive {
    info: ArchiveInfo,
    reader: Reader,
}

#[derive(Debug)]
enum Reader {
    Pmtiles(pmtiles::Pmtiles),
    Mbtiles(mbtiles::Mbtiles),
    Folder(folder::Folder),
}

impl Archive {
    /// Opens an archive; which kind it is, its content tells.
    ///
    /// # Errors
    /// When there is none, it is damaged, or its tiles are of a kind that cannot be drawn.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        if std::fs::metadata(path).map_err(ArchiveError::Open)?.is_dir() {
            let (info, folder) = folder::Folder::open(path)?;
            return Ok(Self { info, reader: Reader::Folder(folder) });
        }
        let mut start = [0; 16];
        let read = unpack::read_up_to(&mut crate::basemap::open_file(path).map_err(ArchiveError::Open)?, &mut start)?;
        let start = &start[..read];
        if start.starts_with(b"PMTiles") {
            let (info, archive) = pmtiles::Pmtiles::open(path)?;
            Ok(Self { info, reader: Reader::Pmtiles(archive) })
        } else if start == b"SQLite format 3\0" {
            let (info, archive) = mbtiles::Mbtiles::open(path)?;
            Ok(Self { info, reader: Reader::Mbtiles(archive) })
        } else {
            Err(ArchiveError::NotAnArchive)
        }
    }

    /// What it says of itself.
    #[must_use]
    pub fn info(&self) -> &ArchiveInfo {
        &self.info
    }

    /// What it says of the layers of its tiles, as other programs want to know it (`vector_layers`).
    #[must_use]
    pub fn layers(&self) -> Option<&serde_json::Value> {
        match &self.reader {
            Reader::Pmtiles(archive) => archive.layers.as_ref(),
            Reader::Mbtiles(archive) => archive.layers.as_ref(),
            Reader::Folder(_) => None,
        }
    }

    /// The bytes of a tile, unpacked; `None` where it has none.
    ///
    /// # Errors
    /// When the place where it should be is damaged.
    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, ArchiveError> {
        if !(self.info.zooms[0]..=self.info.zooms[1]).contains(&tile.zoom) || !tile.is_sound() {
            return Ok(None);
        }
        let bytes = match &self.reader {
            Reader::Pmtiles(archive) => archive.tile(tile)?,
            Reader::Mbtiles(archive) => archive.tile(tile)?,
            Reader::Folder(folder) => folder.tile(tile)?,
        };
        // An empty tile is one that has nothing to show.
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
        unpacked(bytes, LARGEST_TILE).map(Some)
    }

    /// Numbers of all its tiles, in their own order.
    ///
    /// # Errors
    /// When the list of them is damaged.
    pub fn tiles(&self) -> Result<Vec<TileId>, ArchiveError> {
        match &self.reader {
            Reader::Pmtiles(archive) => archive.tiles(),
            Reader::Mbtiles(archive) => archive.tiles(),
            Reader::Folder(folder) => folder.tiles(),
        }
    }
}

/// The kind of tiles that a name of their format tells; `Err` with the name where they cannot be drawn.
fn kind_of(format: &str) -> Result<TileKind, ArchiveError> {
    match format {
        "pbf" | "mvt" | "application/x-protobuf" => Ok(TileKind::Vector),
        "png" | "jpg" | "jpeg" | "webp" | "image/png" | "image/jpeg" | "image/webp" => Ok(TileKind::Raster),
        other => Err(ArchiveError::UnknownTiles { format: other.chars().take(20).collect() }),
    }
}

/// The kind of a tile by its first bytes; what is no picture is taken for shapes.
fn kind_of_bytes(bytes: &[u8]) -> TileKind {
    let is_picture = image::guess_format(bytes).is_ok();
    if is_picture { TileKind::Raster } else { TileKind::Vector }
}

/// A rectangle as an archive states it; `None` where it is none.
fn cover(deg: [f64; 4]) -> Option<[f64; 4]> {
    let [west, south, east, north] = deg;
    let is_sound = deg.iter().all(|n| n.is_finite())
        && (-180.0..east).contains(&west)
        && east <= 180.0
        && (-90.0..north).contains(&south)
        && north <= 90.0;
    is_sound.then_some(deg)
}

/// Zooms as an archive states them, in order and within what there is.
pub(super) fn zooms(least: u8, most: u8) -> [u8; 2] {
    let [least, most] = [least.min(most), least.max(most)];
    [least.min(DEEPEST), most.min(DEEPEST)]
}

/// An attribution without its markup: services write links in HTML.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars().take(2_000) {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    let text = text.replace("&copy;", "©").replace("&amp;", "&").replace("&nbsp;", " ").replace("&quot;", "\"");
    let text: Vec<&str> = text.split_whitespace().collect();
    text.join(" ").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_is_read_without_its_links() {
        let html = r#"<a href="https://www.openstreetmap.org/copyright" target="_blank">&copy; OpenStreetMap</a>  contributors"#;
        assert_eq!(plain_text(html), "© OpenStreetMap contributors");
        assert_eq!(plain_text("a\u{7}b <b"), "a b");
    }

    #[test]
    fn what_is_no_rectangle_covers_nothing() {
        assert_eq!(cover([4.0, 50.0, 5.0, 51.0]), Some([4.0, 50.0, 5.0, 51.0]));
        assert_eq!(cover([0.0; 4]), None);
        assert_eq!(cover([5.0, 50.0, 4.0, 51.0]), None);
        assert_eq!(cover([f64::NAN, 50.0, 4.0, 51.0]), None);
        assert_eq!(zooms(14, 3), [3, 14]);
        assert_eq!(zooms(0, 255), [0, DEEPEST]);
    }
}
