//! An area of a map packed for use without a network: things of OpenStreetMap or GeoJSON as tiles of shapes in one PMTiles
//! file, or the tiles of another archive.
//!
//! Part of floor 8. The classes of `basemap` are the layers of the file, so what is packed is drawn as it was meant. The same
//! sources give the same file, byte for byte.

mod cut;
mod geojson;
mod tiles;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::osm::{self, MapThing, OsmError, ThingShape};
use crate::basemap::{Archive, ArchiveError, TileId, TileKind, Written, packed, write_pmtiles};
use crate::i18n::{Lang, tr, tr_with};

/// What is to be packed.
#[derive(Clone, Debug, Default)]
pub struct PackOptions {
    /// What of the sources, in degrees: west, south, east, north; all of it when `None`.
    pub cover_deg: Option<[f64; 4]>,
    /// The coarsest and the finest zoom.
    pub zooms: Option<[u8; 2]>,
    /// What the map is called.
    pub name: String,
    /// Whom it owes to, besides OpenStreetMap's contributors where they do.
    pub attribution: String,
}

/// How the work goes: told which part of it is done, answers whether to go on. Called from several threads.
pub type Progress<'a> = &'a (dyn Fn(f64) -> bool + Sync);

/// A packed area.
#[derive(Debug)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many tiles it has.
    pub tiles: usize,
    /// How many things are in it.
    pub things: usize,
    /// What there is to say about the sources.
    pub notes: Vec<PackNote>,
}

/// Something said about a source that was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackNote {
    /// So many areas do not close; they are left out.
    OpenAreas(usize),
    /// So many features are of no class; they are left out.
    Unknown(usize),
    /// So many features have no geometry that can be used; they are left out.
    Faulty(usize),
    /// Nobody is named to whom the map owes.
    NoAttribution,
}

impl PackNote {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let count = |key: &str, n: usize| {
            let shown = crate::i18n::number(lang, n as f64, 0);
            tr_with(lang, key, &[("n", n.into()), ("count", shown.into())])
        };
        match self {
            Self::OpenAreas(n) => count("pack-note-open", *n),
            Self::Unknown(n) => count("pack-note-unknown", *n),
            Self::Faulty(n) => count("pack-note-faulty", *n),
            Self::NoAttribution => tr(lang, "pack-note-attribution"),
        }
    }
}

/// Why an area cannot be packed. The texts begin in lower case.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum PackError {
    /// An OpenStreetMap file that cannot be read.
    Osm(PathBuf, OsmError),
    /// An archive that cannot be read.
    Archive(PathBuf, ArchiveError),
    /// GeoJSON that cannot be read.
    GeoJson(PathBuf, String),
    /// An archive among other sources.
    Mixed,
    /// There is nothing to pack.
    Nothing,
    /// It would be far too many tiles.
    TooMuch,
    /// It was called off.
    CalledOff,
}

impl PackError {
    /// The sentence for people, the file first.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Osm(path, error) => format!("{}: {}", path.display(), error.text(lang)),
            Self::Archive(path, error) => format!("{}: {}", path.display(), error.text(lang)),
            Self::GeoJson(path, why) => {
                format!("{}: {}", path.display(), tr_with(lang, "pack-error-geojson", &[("why", why.as_str().into())]))
            }
            Self::Mixed => tr(lang, "pack-error-mixed"),
            Self::Nothing => tr(lang, "pack-error-nothing"),
            Self::TooMuch => tr(lang, "pack-error-too-much"),
            Self::CalledOff => tr(lang, "pack-called-off"),
        }
    }
}

/// The zooms that a map is packed for where nobody says others.
const USUAL_ZOOMS: [u8; 2] = [8, 14];

/// Packs sources.
///
/// # Errors
/// When one cannot be read, there is nothing in them, or it was called off.
pub fn pack(sources: &[PathBuf], options: &PackOptions, progress: Progress<'_>) -> Result<Packed, PackError> {
    // One that is called so is told that it is none; any other may be something else.
    let is_called_so = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        matches!(extension.as_str(), "pmtiles" | "mbtiles")
    };
    let is_archive = |path: &PathBuf| {
        is_called_so(path)
            || !osm::is_osm(path)
                && !matches!(Archive::open(path), Err(ArchiveError::NotAnArchive | ArchiveError::Open(_)))
    };
    if sources.iter().any(is_archive) {
        let [path] = sources else { return Err(PackError::Mixed) };
        return repacked(path, options, progress);
    }
    let zooms = options.zooms.unwrap_or(USUAL_ZOOMS);
    let goes_on = || progress(0.0);
    let mut things: Vec<MapThing> = Vec::new();
    let mut notes = Vec::new();
    let mut credits: Vec<String> = Vec::new();
    for path in sources {
        if osm::is_osm(path) {
            let read = osm::read(path, options.cover_deg, &goes_on).map_err(|error| match error {
                OsmError::CalledOff => PackError::CalledOff,
                other => PackError::Osm(path.clone(), other),
            })?;
            things.extend(read.things);
            notes.extend((read.open_areas > 0).then_some(PackNote::OpenAreas(read.open_areas)));
            credits.push(osm::CREDIT.to_owned());
        } else {
            let read = geojson::read(path).map_err(|why| match why {
                geojson::Fault::Open(error) => PackError::Osm(path.clone(), OsmError::Open(error)),
                geojson::Fault::Syntax(why) => PackError::GeoJson(path.clone(), why),
            })?;
            things.extend(read.things);
            notes.extend((read.unknown > 0).then_some(PackNote::Unknown(read.unknown)));
            notes.extend((read.faulty > 0).then_some(PackNote::Faulty(read.faulty)));
            credits.extend(read.credit);
        }
    }
    let cover_deg = options.cover_deg.or_else(|| cover_of(&things)).ok_or(PackError::Nothing)?;
    if !options.attribution.is_empty() {
        credits.push(options.attribution.clone());
    }
    credits.dedup();
    notes.extend(credits.is_empty().then_some(PackNote::NoAttribution));
    let tiles = tiles::tiles(&things, cover_deg, zooms, progress)?;
    if tiles.is_empty() {
        return Err(PackError::Nothing);
    }
    let about = Written {
        name: &options.name,
        attribution: &credits.join(" · "),
        kind: TileKind::Vector,
        tile_type: 1,
        cover_deg,
        more: tiles::described(zooms),
    };
    let bytes = written(&tiles, &about);
    Ok(Packed { bytes, tiles: tiles.len(), things: things.len(), notes })
}

fn written(tiles: &BTreeMap<TileId, Arc<[u8]>>, about: &Written<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Memory takes what is written.
    let _ = write_pmtiles(tiles, about, &mut bytes);
    bytes
}

/// The tiles of another archive that lie in the area.
fn repacked(path: &Path, options: &PackOptions, progress: Progress<'_>) -> Result<Packed, PackError> {
    let fault = |error| PackError::Archive(path.to_owned(), error);
    let archive = Archive::open(path).map_err(fault)?;
    let info = archive.info().clone();
    let wanted: Vec<TileId> = archive.tiles().map_err(fault)?;
    let meets = |tile: &TileId| {
        options.cover_deg.is_none_or(|cover| tile.meets(cover))
            && options.zooms.is_none_or(|[least, most]| (least..=most).contains(&tile.zoom))
    };
    let wanted: Vec<TileId> = wanted.into_iter().filter(meets).collect();
    let mut tiles: BTreeMap<TileId, Arc<[u8]>> = BTreeMap::new();
    // PNG, JPEG, WEBP by their numbers in an archive: some have more than one, and say what most are.
    let mut types = [0_usize; 5];
    for (done, tile) in wanted.iter().enumerate() {
        if !progress(done as f64 / wanted.len() as f64) {
            return Err(PackError::CalledOff);
        }
        let Some(bytes) = archive.tile(*tile).map_err(fault)? else { continue };
        if info.kind == TileKind::Raster {
            types[match image::guess_format(&bytes) {
                Ok(image::ImageFormat::Jpeg) => 3,
                Ok(image::ImageFormat::WebP) => 4,
                _ => 2,
            }] += 1;
            tiles.insert(*tile, bytes.into());
        } else {
            types[1] += 1;
            tiles.insert(*tile, packed(&bytes).into());
        }
    }
    if tiles.is_empty() {
        return Err(PackError::Nothing);
    }
    let name = if options.name.is_empty() { info.name.clone() } else { options.name.clone() };
    let credit = if options.attribution.is_empty() { info.attribution.clone() } else { options.attribution.clone() };
    let cover_deg = options.cover_deg.or(info.cover_deg).unwrap_or([-180.0, -85.0, 180.0, 85.0]);
    let about = Written {
        name: &name,
        attribution: &credit,
        kind: info.kind,
        tile_type: (1..=4).max_by_key(|of| (types[usize::from(*of)], 4 - *of)).unwrap_or(1),
        cover_deg,
        more: archive.layers().map(|layers| ("vector_layers".to_owned(), layers.clone())).into_iter().collect(),
    };
    let bytes = written(&tiles, &about);
    let notes = if credit.is_empty() { vec![PackNote::NoAttribution] } else { Vec::new() };
    Ok(Packed { bytes, tiles: tiles.len(), things: 0, notes })
}

/// The rectangle around things, in degrees: west, south, east, north.
#[must_use]
pub fn cover_of(things: &[MapThing]) -> Option<[f64; 4]> {
    let mut cover: Option<[f64; 4]> = None;
    let mut take = |[lon, lat]: [f64; 2]| {
        let [west, south, east, north] = cover.unwrap_or([lon, lat, lon, lat]);
        cover = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    };
    for thing in things {
        match &thing.shape {
            ThingShape::Point(at) => take(*at),
            ThingShape::Line(line) => line.iter().copied().for_each(&mut take),
            ThingShape::Area(polygons) => polygons.iter().flatten().flatten().copied().for_each(&mut take),
        }
    }
    cover
}
