//! Things as tiles: what each zoom shows, simplified to what can be seen there, cut to the tiles it touches.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use prost::Message as _;

use super::cut::Square;
use super::{PackError, Progress};
use crate::basemap::{Drawn, Key, LayerWriter, MapClass, MvtTile, TileId, packed};
use crate::geometry::{Bounds, Point, simplified, simplified_ring};
use crate::io::osm::{MapThing, ThingShape};

/// Tiles are drawn on so many pixels.
const SIDE_PX: f64 = 512.0;

/// Lines may leave their place by so much of a pixel at zooms that are not the finest.
const SIMPLER_PX: f64 = 0.4;

/// Areas smaller than this many square pixels are left out at zooms that are not the finest.
const SMALLEST_PX2: f64 = 1.5;

/// Parts of a tile's side; more at the finest zoom, which is enlarged: a part is then some 9 cm.
const EXTENT: f64 = 4_096.0;
const FINEST_EXTENT: f64 = 16_384.0;

/// Things lie in at most so many tiles of a zoom, each counted.
const MOST_ENTRIES: u64 = 40_000_000;

/// The zoom from which things of a class are there.
fn from_zoom(class: MapClass) -> u8 {
    match class {
        MapClass::Building => 13,
        MapClass::Path => 14,
        MapClass::Street | MapClass::Tram => 12,
        MapClass::MainRoad | MapClass::Works | MapClass::Station => 10,
        MapClass::MunicipalBorder => 9,
        _ => 0,
    }
}

/// A thing on the map of the world, whose sides are 1, y pointing south.
struct Laid<'a> {
    thing: &'a MapThing,
    parts: Vec<Vec<Vec<Point>>>,
    bounds: Bounds,
}

/// The tiles of things in an area, packed with gzip.
pub fn tiles(
    things: &[MapThing],
    cover_deg: [f64; 4],
    zooms: [u8; 2],
    progress: Progress<'_>,
) -> Result<BTreeMap<TileId, Arc<[u8]>>, PackError> {
    let laid: Vec<Laid<'_>> = things.iter().filter_map(lay).collect();
    let mut tiles = BTreeMap::new();
    let [least, most] = zooms;
    // Most of the work is at the finest zoom.
    let mut done = 0.0;
    for zoom in (least..=most).rev() {
        let part = if zoom == most { 0.7 } else { 0.3 / f64::from((most - least).max(1)) };
        zoomed(&laid, cover_deg, (zoom, zoom == most), &mut tiles, &|of| progress(done + of * part))?;
        done += part;
    }
    Ok(tiles)
}

/// What the layers are, for programs that ask.
pub fn described([least, most]: [u8; 2]) -> serde_json::Map<String, serde_json::Value> {
    let layer = |class: MapClass| {
        let fields =
            serde_json::json!({"name": "String", "name:nl": "String", "name:fr": "String", "name:en": "String"});
        serde_json::json!({
            "id": class.key(), "fields": fields, "minzoom": from_zoom(class).max(least), "maxzoom": most
        })
    };
    let mut described = serde_json::Map::new();
    described.insert("vector_layers".to_owned(), MapClass::ALL.into_iter().map(layer).collect());
    described.insert("generator".to_owned(), concat!("Maakblok ", env!("CARGO_PKG_VERSION")).into());
    described
}

fn lay(thing: &MapThing) -> Option<Laid<'_>> {
    let place = |&[lon, lat]: &[f64; 2]| {
        let [x, y] = TileId { zoom: 0, x: 0, y: 0 }.part_of(lon, lat);
        Point { x, y }
    };
    let parts: Vec<Vec<Vec<Point>>> = match &thing.shape {
        ThingShape::Point(at) => vec![vec![vec![place(at)]]],
        ThingShape::Line(line) => vec![vec![line.iter().map(place).collect()]],
        ThingShape::Area(polygons) => {
            let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(place).collect();
            polygons.iter().map(|rings| rings.iter().map(ring).collect()).collect()
        }
    };
    let bounds = Bounds::around(parts.iter().flatten().flatten().copied())?;
    Some(Laid { thing, parts, bounds })
}

/// The tiles of a zoom.
fn zoomed(
    laid: &[Laid<'_>],
    cover_deg: [f64; 4],
    (zoom, is_finest): (u8, bool),
    tiles: &mut BTreeMap<TileId, Arc<[u8]>>,
    progress: Progress<'_>,
) -> Result<(), PackError> {
    let count = f64::from(1_u32 << zoom);
    let pixel = 1.0 / count / SIDE_PX;
    let [west, south, east, north] = cover_deg;
    let [first, last] = [TileId::at(west, north, zoom), TileId::at(east, south, zoom)];
    let within = [[first.x, first.y], [last.x, last.y]];
    let mut entries = 0_u64;
    let mut touched: BTreeMap<TileId, Vec<usize>> = BTreeMap::new();
    let mut shown: Vec<Laid<'_>> = Vec::new();
    for of in laid.iter().filter(|of| from_zoom(of.thing.class) <= zoom) {
        let simple = if is_finest { Some(of.parts.clone()) } else { simpler(of, pixel) };
        let Some(parts) = simple else { continue };
        let reach = of.bounds.grown(super::cut::BEYOND / count);
        let cell = |value: f64| ((value * count).floor().max(0.0) as u32).min((1 << zoom) - 1);
        let [[left, top], [right, bottom]] = within;
        let columns = cell(reach.min.x).max(left)..=cell(reach.max.x).min(right);
        let rows = cell(reach.min.y).max(top)..=cell(reach.max.y).min(bottom);
        entries += (columns.clone().count() * rows.clone().count()) as u64;
        if entries > MOST_ENTRIES {
            return Err(PackError::TooMuch);
        }
        for y in rows {
            touched_row(&mut touched, zoom, y, columns.clone(), shown.len());
        }
        shown.push(Laid { thing: of.thing, parts, bounds: of.bounds });
    }
    let extent = if is_finest { FINEST_EXTENT } else { EXTENT };
    let jobs: Vec<(TileId, Vec<usize>)> = touched.into_iter().collect();
    let (next, called_off) = (AtomicUsize::new(0), AtomicBool::new(false));
    let made = Mutex::new(tiles);
    std::thread::scope(|scope| {
        for _ in 0..crate::cores::count().min(8) {
            scope.spawn(|| {
                while let Some((tile, things)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if called_off.load(Ordering::Relaxed) {
                        return;
                    }
                    let bytes = encoded(*tile, things.iter().map(|at| &shown[*at]), extent);
                    if let Some(bytes) = bytes {
                        made.lock().unwrap_or_else(PoisonError::into_inner).insert(*tile, bytes.into());
                    }
                    let done = next.load(Ordering::Relaxed).min(jobs.len());
                    if !progress(done as f64 / jobs.len() as f64) {
                        called_off.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    if called_off.into_inner() { Err(PackError::CalledOff) } else { Ok(()) }
}

fn touched_row(
    touched: &mut BTreeMap<TileId, Vec<usize>>,
    zoom: u8,
    y: u32,
    columns: std::ops::RangeInclusive<u32>,
    thing: usize,
) {
    for x in columns {
        touched.entry(TileId { zoom, x, y }).or_default().push(thing);
    }
}

/// A thing as it is seen at a zoom; `None` when it is too small to be seen.
fn simpler(of: &Laid<'_>, pixel: f64) -> Option<Vec<Vec<Vec<Point>>>> {
    let tolerance = SIMPLER_PX * pixel;
    match &of.thing.shape {
        ThingShape::Point(_) => Some(of.parts.clone()),
        ThingShape::Line(_) => Some(vec![of.parts[0].iter().map(|line| simplified(line, tolerance)).collect()]),
        ThingShape::Area(_) => {
            let least = SMALLEST_PX2 * pixel * pixel * 2.0;
            let area = |ring: &[Point]| {
                let flat: Vec<[f64; 2]> = ring.iter().map(|p| [p.x, p.y]).collect();
                crate::io::osm::ring_area(&flat).abs()
            };
            let polygons = of.parts.iter().filter(|rings| area(&rings[0]) >= least).filter_map(|rings| {
                let rings: Vec<Vec<Point>> = rings
                    .iter()
                    .filter(|ring| area(ring) >= least)
                    .map(|ring| simplified_ring(ring, tolerance))
                    .filter(|ring| ring.len() > 2)
                    .collect();
                (!rings.is_empty()).then_some(rings)
            });
            let polygons: Vec<_> = polygons.collect();
            (!polygons.is_empty()).then_some(polygons)
        }
    }
}

/// The bytes of a tile; `None` when nothing is left in it.
fn encoded<'a>(tile: TileId, things: impl Iterator<Item = &'a Laid<'a>>, extent: f64) -> Option<Vec<u8>> {
    let count = f64::from(1_u32 << tile.zoom);
    let at = Point { x: f64::from(tile.x) / count, y: f64::from(tile.y) / count };
    let square = Square { at, side: 1.0 / count, extent };
    let mut layers: BTreeMap<MapClass, LayerWriter> = BTreeMap::new();
    for of in things {
        let class = of.thing.class;
        let mut put = |drawn: &Drawn<'_>| {
            let layer = layers.entry(class).or_insert_with(|| LayerWriter::new(class.key(), extent as u32));
            layer.put(drawn, properties(of.thing));
        };
        match &of.thing.shape {
            ThingShape::Point(_) => {
                let p = of.parts[0][0][0];
                let part = |value: f64, from: f64| ((value - from) * count * extent).round();
                let (x, y) = (part(p.x, at.x), part(p.y, at.y));
                if (0.0..extent).contains(&x) && (0.0..extent).contains(&y) {
                    put(&Drawn::Point([x as i32, y as i32]));
                }
            }
            ThingShape::Line(_) => {
                let lines: Vec<_> = of.parts[0].iter().flat_map(|line| square.line(line)).collect();
                if !lines.is_empty() {
                    put(&Drawn::Lines(&lines));
                }
            }
            ThingShape::Area(_) => {
                let rings: Vec<_> = of.parts.iter().flat_map(|rings| square.polygon(rings)).collect();
                if !rings.is_empty() {
                    put(&Drawn::Area(&rings));
                }
            }
        }
    }
    let layers: Vec<_> = layers.into_values().filter_map(LayerWriter::finish).collect();
    (!layers.is_empty()).then(|| packed(&MvtTile { layers }.encode_to_vec()))
}

fn properties(thing: &MapThing) -> Vec<(&'static str, Key)> {
    let names = &thing.names;
    let mut properties = Vec::new();
    let mut name = |key: &'static str, name: &str| {
        if !name.is_empty() {
            properties.push((key, Key::Text(name.to_owned())));
        }
    };
    name("name", if names.nl.is_empty() { &names.en } else { &names.nl });
    if names.fr != names.nl {
        name("name:fr", &names.fr);
    }
    name("name:en", &names.en);
    if thing.class == MapClass::Place {
        let kind = ["city", "town", "suburb", "neighbourhood"][usize::from(thing.rank.clamp(1, 4)) - 1];
        properties.push(("place", Key::Text(kind.to_owned())));
    }
    if let Some(height) = thing.height_m {
        properties.push(("height", Key::Tenths((height * 10.0).round() as i64)));
    }
    properties
}
