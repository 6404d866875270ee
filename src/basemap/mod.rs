//! The map under the drawing: the built-in schematic of the canal zone, a gazetteer, typed coordinates, online services
//! and the numbers of their tiles.
//!
//! Floor 7. The schematic is compiled in, so there is a map at first start and without a network. It is drawn from
//! `assets/basemap/canal-zone.geojson`, simplified facts under the Open Database Licence: it orients to 50–200 m and is
//! no survey. Whatever shows it shows [`CREDIT`]. It knows nothing of windows; what fetches tiles lives above.
//!
//! A frame is laid under it once ([`Schematic::place`]); the result gives a scene for any view and scale in a fraction
//! of a millisecond.

mod archive;
mod coordinates;
mod curve;
mod fault;
mod gazetteer;
mod labels;
mod laid;
mod named;
pub mod online;
mod schematic;
mod tiles;
mod vector;

pub use archive::{
    Archive, ArchiveError, ArchiveInfo, LARGEST_TILE, TileKind, Written, packed, unpacked, write_pmtiles,
};
pub use coordinates::{Coordinates, Grid};
pub use curve::clipped as clipped_line;
pub use fault::{MapFault, TileReader};
pub use gazetteer::{Place, PlaceKind, find, gazetteer};
pub use laid::{LaidMap, lay};
pub use named::Names;
pub use online::{OnlineSource, Service, service, services};
pub use schematic::{Placed, Schematic, schematic};
pub use tiles::{
    COARSEST_LAID, DEEPEST, MAX_TILES, MAX_ZOOM, TileGrid, TileId, covers_view, part_of_tile, tile_corners_local,
    tiles_in_view,
};
pub use vector::{
    Drawn, Form, Key, LayerWriter, MapClass, MapFeature, MapLook, MapShape, MvtTile, NameStyle, VectorTile, class_of,
    class_of_tags, draw_tile, draw_tiles, name_tiles, rank_of_tags, ring_inside,
};

use crate::model::Region;

/// The names among OpenStreetMap's tags, given by `word`.
pub fn names_of_tags<'a>(word: &impl Fn(&str) -> Option<&'a str>) -> Names {
    vector::names_of_words(word).map(|names| *names).unwrap_or_default()
}

/// The JSON in a small file; `None` where there is none that can be read.
fn json_of_file(path: &std::path::Path) -> Option<serde_json::Value> {
    serde_json::from_slice(&bytes_of_file(path, 4 << 20).ok()?).ok()
}

/// Opens a regular file: whoever opens a pipe waits for the other end.
///
/// # Errors
/// When the file system refuses, or it is no regular file.
pub fn open_file(path: &std::path::Path) -> std::io::Result<std::fs::File> {
    use std::io::{Error, ErrorKind};
    if std::fs::metadata(path)?.is_file() {
        std::fs::File::open(path)
    } else {
        Err(Error::new(ErrorKind::IsADirectory, "no regular file"))
    }
}

/// The bytes of a regular file of at most so many; what a file says of its length is not believed.
///
/// # Errors
/// When the file system refuses, it is no regular file, or it is longer.
pub fn bytes_of_file(path: &std::path::Path, most: u64) -> std::io::Result<Vec<u8>> {
    use std::io::{Error, ErrorKind, Read as _};
    let file = open_file(path)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(Error::new(ErrorKind::FileTooLarge, "too large")) } else { Ok(bytes) }
}

/// Who is to be named wherever the schematic is shown.
pub const CREDIT: &str = "© OpenStreetMap contributors, UrbIS, Infrabel";

/// The rectangle the schematic is made for, in degrees WGS 84: west, south, east, north.
pub const COVER_DEG: [f64; 4] = [4.27, 50.81, 4.47, 50.95];

/// On which side of the regional border a place lies, in degrees WGS 84.
///
/// Known inside [`COVER_DEG`] only, and near the border good to about 200 m, because the border is simplified to
/// 180 m: a plot that close to it wants a look at the real line. Elsewhere, also elsewhere in Brussels or Flanders, the
/// answer is [`Region::None`].
///
/// ```
/// use maakblok::{basemap::region_at, model::Region};
/// assert_eq!(region_at(4.2875, 50.8170), Region::Brussels);
/// assert_eq!(region_at(4.4328, 50.9246), Region::Flanders);
/// assert_eq!(region_at(2.3522, 48.8566), Region::None);
/// ```
#[must_use]
pub fn region_at(lon_deg: f64, lat_deg: f64) -> Region {
    let [west, south, east, north] = COVER_DEG;
    if !((west..=east).contains(&lon_deg) && (south..=north).contains(&lat_deg)) {
        return Region::None;
    }
    if schematic().is_in_brussels([lon_deg, lat_deg]) { Region::Brussels } else { Region::Flanders }
}
