//! The same work without the house: the fewest instructions that anybody would write for it by hand.
//!
//! Times move with the machine; the ratio to these loops does not move much.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use maakblok::geometry::{Bounds, Outline, Point};
use maakblok::model::{Id, Project, Variant};
use serde::{Deserialize, Serialize};
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Stroke, Transform};

type Ring = Vec<[f64; 2]>;

fn shoelace(ring: &[[f64; 2]]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>().abs() / 2.0
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    features: Vec<Feature<'a>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow)]
    properties: Properties<'a>,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties<'a> {
    #[serde(borrow)]
    maakblok: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    storeys: Vec<Run<'a>>,
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow)]
    uses: BTreeMap<&'a str, f64>,
    count: f64,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: Vec<Ring>,
}

#[derive(Serialize)]
struct PlotOut<'a> {
    id: &'a str,
    plot_area_m2: f64,
    footprint_m2: f64,
    gfa_m2: f64,
    fsi: f64,
    gfa_by_use_m2: BTreeMap<&'a str, f64>,
}

/// Exchange GeoJSON → floor space by plot as JSON: a typed parse, a flat projection, the shoelace formula. A volume
/// belongs to the plot before it; nothing is checked.
pub fn exchange(text: &[u8], out: impl Write) -> serde_json::Result<()> {
    let file: Collection<'_> = serde_json::from_slice(text)?;
    let area = |feature: &Feature<'_>| {
        let rings = feature.geometry.coordinates.iter();
        let flat = rings.map(|ring| {
            let lat = ring[0][1].to_radians().cos();
            shoelace(&ring.iter().map(|p| [p[0] * 111_320.0 * lat, p[1] * 111_320.0]).collect::<Ring>())
        });
        flat.enumerate().map(|(i, area)| if i == 0 { area } else { -area }).sum::<f64>()
    };
    let mut plots: Vec<PlotOut<'_>> = Vec::new();
    for feature in &file.features {
        let area = area(feature);
        if feature.properties.maakblok == "plot" {
            plots.push(PlotOut {
                id: &feature.properties.id,
                plot_area_m2: area,
                footprint_m2: 0.0,
                gfa_m2: 0.0,
                fsi: 0.0,
                gfa_by_use_m2: BTreeMap::new(),
            });
        } else if let Some(plot) = plots.last_mut() {
            plot.footprint_m2 += area;
            for run in &feature.properties.storeys {
                plot.gfa_m2 += area * run.count;
                for (id, share) in &run.uses {
                    *plot.gfa_by_use_m2.entry(id).or_default() += area * run.count * share;
                }
            }
            plot.fsi = plot.gfa_m2 / plot.plot_area_m2;
        }
    }
    serde_json::to_writer_pretty(out, &plots)
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    variants: Vec<VariantIn<'a>>,
}

#[derive(Deserialize)]
struct VariantIn<'a> {
    #[serde(borrow)]
    plots: Vec<PlotIn<'a>>,
    #[serde(borrow)]
    volumes: Vec<VolumeIn<'a>>,
}

#[derive(Deserialize)]
struct PlotIn<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    outline: Vec<Ring>,
}

#[derive(Deserialize)]
struct VolumeIn<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    footprint: Vec<Ring>,
    #[serde(borrow)]
    storeys: Vec<StoreyIn<'a>>,
}

#[derive(Deserialize)]
struct StoreyIn<'a> {
    #[serde(borrow)]
    uses: BTreeMap<&'a str, f64>,
    height_m: f64,
}

/// A project file → its shapes and storeys in memory, typed, and how much there is of them.
pub fn load(path: &std::path::Path) -> io::Result<f64> {
    let text = std::fs::read(path)?;
    let file: File<'_> = serde_json::from_slice(&text)?;
    let mut sum = 0.0;
    for variant in &file.variants {
        for plot in &variant.plots {
            sum += plot.name.len() as f64 + plot.outline.len() as f64;
        }
        for volume in &variant.volumes {
            sum += volume.name.len() as f64 + volume.footprint.len() as f64;
            sum += volume.storeys.iter().map(|storey| storey.height_m * storey.uses.len() as f64).sum::<f64>();
        }
    }
    Ok(sum)
}

/// Bytes → a file that is safe on the disk.
pub fn save(bytes: &[u8], path: &std::path::Path) -> io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A project in memory → floor space of the whole by use.
pub fn report(project: &Project) -> BTreeMap<&str, f64> {
    let mut by_use = BTreeMap::new();
    for volume in project.variants[0].volumes.iter() {
        let area = area(&volume.footprint);
        for storey in &volume.storeys {
            for share in storey.uses.shares() {
                *by_use.entry(share.id.as_str()).or_default() += area * share.share;
            }
        }
    }
    by_use
}

fn area(outline: &Outline) -> f64 {
    let ring = outline.outer();
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>().abs() / 2.0
}

/// The volume at a point, asked of every volume in turn.
pub fn hit(variant: &Variant, at: Point) -> Option<Id> {
    let inside = |ring: &[Point]| {
        let mut odd = false;
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
                odd = !odd;
            }
        }
        odd
    };
    variant.volumes.iter().find(|volume| inside(volume.footprint.outer())).map(|volume| volume.id)
}

/// Every footprint filled and outlined with `tiny-skia`, and packed as PNG.
pub fn png(variant: &Variant, size_px: [u32; 2]) -> Vec<u8> {
    let [width, height] = size_px.map(|side| side as f32);
    let bounds = variant.bounds().unwrap_or(Bounds { min: Point::default(), max: Point::default() });
    let scale = (f64::from(width) / bounds.width_m()).min(f64::from(height) / bounds.height_m()) as f32 * 0.8;
    let centre = bounds.centre();
    let mut pixmap = Pixmap::new(size_px[0], size_px[1]).unwrap();
    pixmap.fill(Color::WHITE);
    let mut paint = Paint::default();
    let stroke = Stroke { width: 1.0, ..Stroke::default() };
    for (i, volume) in variant.volumes.iter().enumerate() {
        let mut path = PathBuilder::new();
        for (i, p) in volume.footprint.outer().iter().enumerate() {
            let x = width / 2.0 + (p.x - centre.x) as f32 * scale;
            let y = height / 2.0 - (p.y - centre.y) as f32 * scale;
            if i == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
        let Some(path) = path.finish() else { continue };
        paint.set_color_rgba8(200, 80, (i % 200) as u8, 255);
        pixmap.fill_path(&path, &paint, FillRule::EvenOdd, Transform::identity(), None);
        paint.set_color_rgba8(20, 20, 20, 255);
        pixmap.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
    }
    maakblok::io::png::encode(&pixmap).unwrap()
}
