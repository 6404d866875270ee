//! Archives: every tile as an independent reader has it, and every damage survived.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use maakblok::basemap::{
    Archive, ArchiveError, MapClass, MapLook, NameStyle, TileId, TileKind, VectorTile, Written, lay, packed,
    write_pmtiles,
};
use maakblok::crs::Frame;
use maakblok::geometry::{Bounds, Point, point};
use maakblok::i18n::Lang;
use maakblok::scene::{Scene, Shape};

use super::data;

/// What there is of test archives, with what they are and how many tiles each has.
const ARCHIVES: [(&str, TileKind, usize); 8] = [
    ("derived-canal-base-z8-14", TileKind::Vector, 147),
    ("firenze-protomaps-v3schema-z0-14", TileKind::Vector, 108),
    ("osm2026-boundaries", TileKind::Vector, 186),
    ("osm2026-landuse", TileKind::Vector, 153),
    ("osm2026-railway", TileKind::Vector, 6_344),
    ("osm2026-water", TileKind::Vector, 6_797),
    ("raster-png-world-z0-1", TileKind::Raster, 5),
    ("raster-webp512-whitney-z8-15", TileKind::Raster, 50),
];

fn archives() -> impl Iterator<Item = (Archive, std::path::PathBuf, TileKind, usize)> {
    ARCHIVES.into_iter().filter_map(|(name, kind, tiles)| {
        let path = data(&format!("pmtiles/{name}.pmtiles"))?;
        Some((Archive::open(&path).unwrap(), path, kind, tiles))
    })
}

/// The `pmtiles` crate and `mvt-reader` read the same tiles, layer by layer and feature by feature.
#[test]
fn an_independent_reader_finds_the_same_tiles_and_features() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (archive, path, kind, count) in archives() {
        assert_eq!(archive.info().kind, kind, "{path:?}");
        let tiles = archive.tiles().unwrap();
        assert_eq!(tiles.len(), count, "{path:?}");
        let other = runtime.block_on(pmtiles::AsyncPmTilesReader::new_with_path(&path)).unwrap();
        let header = other.get_header();
        assert_eq!(archive.info().zooms, [header.min_zoom, header.max_zoom]);
        // All of the small ones, some of the large.
        for &tile in tiles.iter().step_by(tiles.len().div_ceil(400)) {
            let bytes = archive.tile(tile).unwrap().expect("it is listed");
            let id = pmtiles::TileCoord::new(tile.zoom, tile.x, tile.y).unwrap();
            let others = runtime.block_on(other.get_tile_decompressed(id)).unwrap().expect("it has it too");
            assert!(bytes == others.to_vec(), "{path:?} {tile:?}");
            match kind {
                TileKind::Vector => assert_same_features(&bytes, tile),
                TileKind::Raster => assert!(maakblok::scene::Pixels::read(&bytes).is_some()),
            }
        }
    }
}

/// Buildings are in every schema one layer of areas, so they can be counted without knowing anything of classes; those below
/// the ground are not drawn.
fn assert_same_features(bytes: &[u8], tile: TileId) {
    let read = VectorTile::read(bytes).unwrap();
    assert_eq!(read.damaged, 0, "{tile:?}");
    let other = mvt_reader::Reader::new(bytes.to_vec()).unwrap();
    let layers = other.get_layer_metadata().unwrap();
    let buildings = layers.iter().find(|layer| matches!(layer.name.as_str(), "building" | "buildings"));
    let others = buildings.map_or(0, |layer| {
        let features = other.get_features(layer.layer_index).unwrap();
        let is_below = |feature: &&mvt_reader::feature::Feature| {
            let layer = feature.properties.as_ref().and_then(|properties| properties.get("layer"));
            matches!(layer, Some(mvt_reader::feature::Value::String(level)) if level.starts_with('-'))
        };
        features.len() - features.iter().filter(is_below).count()
    });
    assert_eq!(read.of(MapClass::Building).len(), others, "{tile:?}");
    assert!(read.features.len() <= layers.iter().map(|layer| layer.feature_count).sum());
}

fn view_of(archive: &Archive, zoom: u8) -> (Frame, Bounds, f64) {
    let [west, south, east, north] = archive.info().cover_deg.expect("it says what it covers");
    let frame = Frame::new(f64::midpoint(west, east), f64::midpoint(south, north).clamp(-80.0, 80.0)).unwrap();
    let px_per_m = 512.0 / TileId::at(f64::midpoint(west, east), f64::midpoint(south, north), zoom).side_m();
    let half = point(640.0 / px_per_m, 400.0 / px_per_m);
    (frame, Bounds { min: Point { x: -half.x, y: -half.y }, max: half }, px_per_m)
}

fn drawn(archive: &Archive, zoom: u8) -> (Scene, Scene) {
    let (frame, view, px_per_m) = view_of(archive, zoom);
    let laid =
        lay(archive, &frame, (&view, px_per_m, 1.0), NameStyle::new(Lang::Nl, MapLook::Quiet), &|| true).unwrap();
    assert!(laid.tiles > 0 && laid.damaged == 0);
    (laid.ground, laid.names)
}

#[test]
fn every_archive_is_drawn_at_every_zoom_it_has_and_deeper() {
    for (archive, path, kind, _) in archives() {
        let [least, most] = archive.info().zooms;
        for zoom in (least.max(8)..=most + 4).step_by(3) {
            let (ground, _) = drawn(&archive, zoom);
            assert!(!ground.shapes.is_empty() || zoom > most, "{path:?} at {zoom}");
            let pictures = ground.shapes.iter().filter(|shape| matches!(shape, Shape::Picture { .. })).count();
            assert_eq!(pictures > 0, kind == TileKind::Raster && !ground.shapes.is_empty());
        }
    }
}

#[test]
fn names_stand_once_along_their_streets_in_both_languages() {
    let Some(path) = data("pmtiles/derived-canal-base-z8-14.pmtiles") else { return };
    let (_, names) = drawn(&Archive::open(&path).unwrap(), 16);
    let mut texts: Vec<&str> = Vec::new();
    for shape in &names.shapes {
        if let Shape::Label(label) = shape {
            assert!((-90.0..=90.0).contains(&label.angle_deg), "upright: {label:?}");
            texts.push(&label.text);
        }
    }
    assert!(texts.len() > 5, "{texts:?}");
    assert!(texts.iter().any(|text| text.contains(" · ")), "{texts:?}");
}

/// Tiles of half a continent cannot be laid into the frame of a site by their corners: they are laid part by part.
#[test]
fn a_map_of_the_world_lies_where_a_site_is() {
    let Some(path) = data("pmtiles/raster-png-world-z0-1.pmtiles") else { return };
    let archive = Archive::open(&path).unwrap();
    let frame = Frame::new(4.3476, 50.8655).unwrap();
    let view = Bounds { min: point(-5_000.0, -5_000.0), max: point(5_000.0, 5_000.0) };
    let style = NameStyle::new(Lang::Nl, MapLook::Quiet);
    let laid = lay(&archive, &frame, (&view, 0.05, 1.0), style, &|| true).unwrap();
    let mut covered = false;
    for shape in &laid.ground.shapes {
        let Shape::Picture { corners, pixels, .. } = shape else { panic!("pictures alone") };
        let bounds = Bounds::around(*corners).unwrap();
        assert!(bounds.width_m() < 60_000.0 && bounds.width_m() > 20_000.0, "{bounds:?}");
        assert!(pixels.size.iter().all(|side| *side <= 2), "the 512th part of a tile: {:?}", pixels.size);
        covered |= bounds.contains(point(0.0, 0.0));
    }
    assert!(covered, "the site lies on it");
}

/// A building that lies across the sides of tiles is as large as the whole of it, wherever it was cut.
#[test]
fn tiles_meet_without_gap_or_overlap() {
    let Some(path) = data("pmtiles/derived-canal-base-z8-14.pmtiles") else { return };
    let archive = Archive::open(&path).unwrap();
    // Tour & Taxis at two zooms: the same buildings, cut by other tiles.
    let frame = Frame::new(4.348, 50.866).unwrap();
    let view = Bounds { min: point(-250.0, -250.0), max: point(250.0, 250.0) };
    let area = |px_per_m: f64| {
        let ground =
            lay(&archive, &frame, (&view, px_per_m, 1.0), NameStyle::new(Lang::Nl, MapLook::FigureGround), &|| true)
                .unwrap()
                .ground;
        let within = |shape: &Shape| match shape {
            Shape::Area { outline, fill: Some(maakblok::scene::Paint::Role(maakblok::look::Role::Ink1)), .. } => {
                Some((**outline).clone())
            }
            _ => None,
        };
        let all: Vec<_> = ground.shapes.iter().filter_map(within).collect();
        let view = maakblok::geometry::Outline::rectangle(view.min, view.max);
        all.iter().map(|outline| maakblok::geometry::overlap_area_m2(outline, &view)).sum::<f64>()
    };
    let (fine, coarse) = (area(0.5), area(0.3));
    // Coarser tiles are simplified by the one who made them.
    assert!(fine > 20_000.0 && (fine / coarse - 1.0).abs() < 0.05, "{fine} m² and {coarse} m²");
}

fn small() -> BTreeMap<TileId, Arc<[u8]>> {
    let bytes: Arc<[u8]> = packed(b"\x1a\x00").into();
    let tiles = (10_u8..=12).flat_map(|zoom| (0..6).map(move |x| TileId { zoom, x: (1 << zoom) / 2 + x, y: 300 }));
    tiles.map(|tile| (tile, Arc::clone(&bytes))).collect()
}

fn about(name: &str) -> Written<'_> {
    Written {
        name,
        attribution: "© OpenStreetMap contributors",
        kind: TileKind::Vector,
        tile_type: 1,
        cover_deg: [4.2, 50.7, 4.5, 51.0],
        more: serde_json::Map::new(),
    }
}

#[test]
fn what_is_written_an_independent_reader_reads_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.pmtiles");
    // Enough of them, each with bytes of its own, for a list of lists.
    let tiles: BTreeMap<TileId, Arc<[u8]>> = (0..40_000_u32)
        .map(|n| (TileId { zoom: 14, x: 8_000 + n % 200, y: 5_000 + n / 200 }, packed(&n.to_le_bytes()).into()))
        .collect();
    let mut bytes = Vec::new();
    write_pmtiles(&tiles, &about("Many"), &mut bytes).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let other = runtime.block_on(pmtiles::AsyncPmTilesReader::new_with_path(&path)).unwrap();
    let own = Archive::open(&path).unwrap();
    assert_eq!((own.info().name.as_str(), own.info().zooms), ("Many", [14, 14]));
    assert_eq!(own.tiles().unwrap().len(), 40_000);
    for (&tile, _) in tiles.iter().step_by(997) {
        let id = pmtiles::TileCoord::new(tile.zoom, tile.x, tile.y).unwrap();
        let others = runtime.block_on(other.get_tile_decompressed(id)).unwrap().expect("it is there");
        assert_eq!(own.tile(tile).unwrap().unwrap(), others.to_vec());
    }
    assert_eq!(own.tile(TileId { zoom: 14, x: 1, y: 1 }).unwrap(), None);
    // The same tiles once more: the same file; and equal tiles are stored once.
    let mut again = Vec::new();
    write_pmtiles(&tiles, &about("Many"), &mut again).unwrap();
    assert!(bytes == again);
    let mut equal = Vec::new();
    write_pmtiles(&small(), &about("Few"), &mut equal).unwrap();
    assert!(equal.len() < 400, "{}", equal.len());
}

#[test]
fn what_is_no_map_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Archive::open(&path).expect_err(name)
    };
    assert!(matches!(refused("empty", b""), ArchiveError::NotAnArchive));
    assert!(matches!(refused("text", b"PMtiles, but not quite"), ArchiveError::NotAnArchive));
    assert!(matches!(refused("head", b"PMTiles\x03 and no more"), ArchiveError::Truncated));
    assert!(matches!(refused("sqlite", b"SQLite format 3\0 and no more"), ArchiveError::Database(_)));
    assert!(matches!(Archive::open(&folder.path().join("none")), Err(ArchiveError::Open(_))));
    assert!(matches!(Archive::open(folder.path()), Err(ArchiveError::NotAnArchive)));
    let mut bytes = Vec::new();
    write_pmtiles(&small(), &about("Few"), &mut bytes).unwrap();
    let with = |at: usize, value: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = value;
        bytes
    };
    assert!(matches!(refused("version", &with(7, b'3')), ArchiveError::Version { version: 51 }));
    assert!(matches!(refused("mlt", &with(99, 6)), ArchiveError::UnknownTiles { .. }));
    assert!(matches!(refused("zstd", &with(97, 4)), ArchiveError::Packing { name: "Zstandard" }));
    assert!(matches!(refused("cut", &bytes[..bytes.len() - 1]), ArchiveError::Truncated));
    for error in [refused("a", b""), refused("b", &with(7, 1)), refused("c", &with(99, 6))] {
        for lang in Lang::ALL {
            assert!(error.text(lang).len() > 20);
        }
    }
    if let Some(path) = data("pmtiles/bad-version-byte-toner.pmtiles") {
        assert!(matches!(Archive::open(&path), Err(ArchiveError::Version { version: 0x33 })));
    }
}

/// Whatever byte is wrong, and wherever a file ends: an answer, not a crash.
#[test]
fn a_damaged_archive_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    let square = VectorSquare::tile();
    let tiles = small().into_keys().map(|tile| (tile, Arc::clone(&square))).collect();
    write_pmtiles(&tiles, &about("Few"), &mut bytes).unwrap();
    let path = folder.path().join("damaged.pmtiles");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut read = 0;
    for round in 0..1_500 {
        let mut damaged = bytes.clone();
        for _ in 0..=round % 4 {
            let at = random() as usize % damaged.len();
            damaged[at] = random() as u8;
        }
        if round % 5 == 0 {
            damaged.truncate(random() as usize % damaged.len());
        }
        read += usize::from(survives(&path, &damaged));
    }
    assert!(read > 100, "some damage hurts nobody: {read}");
}

fn survives(path: &Path, bytes: &[u8]) -> bool {
    std::fs::write(path, bytes).unwrap();
    let Ok(archive) = Archive::open(path) else { return false };
    let _ = archive.tiles();
    small().into_keys().all(|tile| {
        let bytes = archive.tile(tile);
        bytes.is_ok_and(|bytes| bytes.is_some_and(|bytes| VectorTile::read(&bytes).is_some()))
    })
}

/// A tile with one building.
struct VectorSquare;

impl VectorSquare {
    fn tile() -> Arc<[u8]> {
        // Layer "building", version 2, extent 4096, one polygon: (0,0) (100,0) (100,100) (0,100).
        let geometry = [9, 0, 0, 26, 200, 1, 0, 0, 200, 1, 199, 1, 0, 15];
        let mut feature = vec![0x18, 3, 0x22, geometry.len() as u8];
        feature.extend(geometry);
        let mut layer = b"\x78\x02\x0a\x08building\x12".to_vec();
        layer.push(feature.len() as u8);
        layer.extend(feature);
        let mut tile = vec![0x1a, layer.len() as u8];
        tile.extend(layer);
        assert_eq!(VectorTile::read(&tile).unwrap().of(MapClass::Building).len(), 1);
        packed(&tile).into()
    }
}

#[test]
fn a_tile_that_grows_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let bomb: Arc<[u8]> = packed(&vec![0; 64 << 20]).into();
    assert!(bomb.len() < 100_000);
    let tile = TileId { zoom: 3, x: 1, y: 2 };
    let mut bytes = Vec::new();
    write_pmtiles(&BTreeMap::from([(tile, bomb)]), &about("Bomb"), &mut bytes).unwrap();
    let path = folder.path().join("bomb.pmtiles");
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(Archive::open(&path).unwrap().tile(tile), Err(ArchiveError::TooLarge)));
}

#[test]
fn a_folder_of_tiles_is_a_map_too() {
    let folder = tempfile::tempdir().unwrap();
    let tile = TileId::at(4.35, 50.86, 14);
    for (id, name) in [(tile, "pbf"), (TileId { x: tile.x + 1, ..tile }, "pbf")] {
        let column = folder.path().join(format!("{}/{}", id.zoom, id.x));
        std::fs::create_dir_all(&column).unwrap();
        std::fs::write(column.join(format!("{}.{name}", id.y)), &*VectorSquare::tile()).unwrap();
    }
    let said = r#"{"name": "Folder", "attribution": "<b>© A</b>"}"#;
    std::fs::write(folder.path().join("metadata.json"), said).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let info = archive.info();
    assert_eq!((info.name.as_str(), info.attribution.as_str(), info.zooms), ("Folder", "© A", [14, 14]));
    assert!(info.may_have(tile) && !info.may_have(TileId { y: 1, ..tile }));
    assert_eq!(archive.tiles().unwrap().len(), 2);
    assert!(archive.tile(tile).unwrap().is_some());
    assert_eq!(archive.tile(TileId { y: tile.y + 1, ..tile }).unwrap(), None);
}
