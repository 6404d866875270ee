//! Writing a variant as exchange GeoJSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::to_writer;

use super::features::Header;
use super::parcels::PLOT_KEYS;
use crate::crs::{CrsError, Frame, SYSTEMS};
use crate::geometry::{Outline, Point};
use crate::i18n::{Lang, tr, tr_with};
use crate::model::{ContextShape, Id, Plot, Project, Storey, Variant, Volume};

/// What goes wrong while exporting.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum ExportError {
    /// The project has no such variant.
    NoVariant(Id),
    /// The project's origin is no place on earth.
    Origin(#[from] CrsError),
    /// The text could not be written.
    Write(#[from] io::Error),
}

impl ExportError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::NoVariant(_) => tr(lang, "export-no-variant"),
            Self::Origin(error) => tr_with(lang, "export-error-origin", &[("error", error.text(lang).into())]),
            Self::Write(error) => tr_with(lang, "save-error-system", &[("error", error.to_string().into())]),
        }
    }
}

/// The number of the system that RFC 7946 asks for.
const WGS_84: u32 = 4326;

/// What was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// How many features were written.
    pub features: usize,
    /// The numbers of things left out because their shape has no place on earth or fewer than three points.
    pub left_out: Vec<Id>,
}

/// Writes a variant and the project's context, one feature a line, in the order plots, volumes, surfaces, goods access,
/// entrances, notes, context.
///
/// Coordinates carry all their digits, so that a re-import finds every point again to a millionth of a metre.
///
/// # Errors
/// When there is no such variant, the origin cannot be used, or the writer fails.
pub fn export(project: &Project, variant: Id, writer: impl Write) -> Result<Exported, ExportError> {
    export_in(project, variant, WGS_84, writer)
}

/// [`export`] with coordinates in another system: `epsg` is one of [`crate::crs::SYSTEMS`]. Other than RFC 7946 asks, the
/// text then names its system in a member `crs`, as older GeoJSON did; a re-import understands it.
///
/// # Errors
/// As [`export`], and when the system is not known.
pub fn export_in(project: &Project, variant: Id, epsg: u32, writer: impl Write) -> Result<Exported, ExportError> {
    if !SYSTEMS.iter().any(|system| system.epsg == epsg) {
        return Err(CrsError::UnknownSystem(epsg).into());
    }
    let variant = project.variant(variant).ok_or(ExportError::NoVariant(variant))?;
    let frame = Frame::new(project.origin.lon_deg, project.origin.lat_deg)?;
    let mut out =
        Features { frame, epsg, out: io::BufWriter::with_capacity(1 << 16, writer), done: Exported::default() };
    out.out.write_all(b"{\"type\":\"FeatureCollection\",\n")?;
    if epsg != WGS_84 {
        let name = format!("urn:ogc:def:crs:EPSG::{epsg}");
        writeln!(out.out, "\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{name}\"}}}},")?;
    }
    out.out.write_all(b"\"maakblok\":")?;
    to_writer(&mut out.out, &header(project, variant)).map_err(io::Error::from)?;
    out.out.write_all(b",\n\"features\":[")?;
    let references = references(variant);
    for plot in variant.plots.iter() {
        out.plot(plot)?;
    }
    for volume in variant.volumes.iter() {
        out.volume(variant, volume, &references)?;
    }
    for surface in variant.surfaces.iter() {
        out.feature(surface.id, "surface", &Shape::Area(&surface.outline), |put| {
            put.text("id", &code_or_number(&surface.code, surface.id))?;
            put.text("name", &surface.name)?;
            put.text("kind", surface.kind.key())
        })?;
    }
    for access in variant.goods_access.iter() {
        out.feature(access.id, "goods_access", &Shape::Point(access.at.0), |put| put.text("name", &access.name))?;
    }
    for entrance in variant.entrances.iter() {
        out.feature(entrance.id, "entrance", &Shape::Point(entrance.at.0), |put| put.text("name", &entrance.name))?;
    }
    for note in variant.notes.iter() {
        out.feature(note.id, "note", &Shape::Point(note.at.0), |put| {
            put.text("text", &note.text)?;
            put.text("author", &note.author)
        })?;
    }
    for context in project.context.iter() {
        let shape = match &context.shape {
            ContextShape::Area(outline) => Shape::Area(outline),
            ContextShape::Line(points) => Shape::Line(points.iter().map(|at| at.0).collect()),
        };
        out.feature(context.id, "context", &shape, |put| {
            put.text("name", &context.name)?;
            put.text("kind", context.kind.key())?;
            put.text("credit", &context.credit)?;
            context.height_m.map_or(Ok(()), |height| put.value("height_m", &height))
        })?;
    }
    out.out.write_all(b"\n]}\n")?;
    out.out.flush()?;
    Ok(out.done)
}

fn header(project: &Project, variant: &Variant) -> Header {
    Header {
        origin: Some([project.origin.lon_deg, project.origin.lat_deg]),
        name: project.name.clone(),
        description: project.description.clone(),
        sources: project.sources.clone(),
        variant: variant.name.clone(),
        variant_id: Some(variant.id.0),
        baseline: variant.baseline,
        rates: project.rates.clone(),
        uses: project.uses.clone(),
        brief: project.brief.clone(),
    }
}

fn code_or_number(code: &str, id: Id) -> String {
    if code.is_empty() { id.to_string() } else { code.to_owned() }
}

/// How often each reference to a plot occurs: one that is not alone needs the number beside it.
fn references(variant: &Variant) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for plot in variant.plots.iter() {
        *count.entry(code_or_number(&plot.code, plot.id)).or_insert(0) += 1;
    }
    count
}

enum Shape<'a> {
    Area(&'a Outline),
    Line(Vec<Point>),
    Point(Point),
}

struct Features<W: Write> {
    frame: Frame,
    epsg: u32,
    out: io::BufWriter<W>,
    done: Exported,
}

/// Puts properties one after the other.
struct Properties<'a, W: Write> {
    out: &'a mut io::BufWriter<W>,
}

impl<W: Write> Properties<'_, W> {
    fn value(&mut self, key: &str, value: &(impl serde::Serialize + ?Sized)) -> io::Result<()> {
        write!(self.out, ",\"{key}\":")?;
        to_writer(&mut *self.out, value).map_err(io::Error::from)
    }

    /// One that came with a plot, under its own name.
    fn attribute(&mut self, key: &str, value: &serde_json::Value) -> io::Result<()> {
        if PLOT_KEYS.contains(&key) {
            return Ok(());
        }
        self.out.write_all(b",")?;
        to_writer(&mut *self.out, key).map_err(io::Error::from)?;
        self.out.write_all(b":")?;
        to_writer(&mut *self.out, value).map_err(io::Error::from)
    }

    fn text(&mut self, key: &str, text: &str) -> io::Result<()> {
        self.value(key, text)
    }
}

impl<W: Write> Features<W> {
    fn plot(&mut self, plot: &Plot) -> io::Result<()> {
        self.feature(plot.id, "plot", &Shape::Area(&plot.outline), |put| {
            put.text("id", &code_or_number(&plot.code, plot.id))?;
            put.text("name", &plot.name)?;
            put.text("region", plot.region.key())?;
            plot.attributes.iter().try_for_each(|(key, value)| put.attribute(key, value))
        })
    }

    fn volume(&mut self, variant: &Variant, volume: &Volume, references: &BTreeMap<String, usize>) -> io::Result<()> {
        let building = variant.buildings.get(volume.building);
        let plot = building.and_then(|building| building.plot).and_then(|plot| variant.plots.get(plot));
        self.feature(volume.id, "volume", &Shape::Area(&volume.footprint), |put| {
            put.text("id", &code_or_number(&volume.code, volume.id))?;
            put.text("name", &volume.name)?;
            put.text("building", building.map_or("", |building| &building.name))?;
            put.value("building_id", &volume.building)?;
            let reference = plot.map(|plot| code_or_number(&plot.code, plot.id));
            put.value("plot", &reference)?;
            if let (Some(plot), Some(reference)) = (plot, &reference)
                && references.get(reference) != Some(&1)
            {
                put.value("plot_id", &plot.id)?;
            }
            if volume.base_m != 0.0 {
                put.value("base_m", &volume.base_m)?;
            }
            if let Some(dwellings) = volume.dwellings {
                put.value("dwellings", &dwellings)?;
            }
            put.out.write_all(b",\"storeys\":[")?;
            let mut first = true;
            for run in volume.storeys.chunk_by(|a, b| a == b) {
                if !std::mem::take(&mut first) {
                    put.out.write_all(b",")?;
                }
                if let Some(storey) = run.first() {
                    write_storey(put.out, storey, run.len())?;
                }
            }
            put.out.write_all(b"]")
        })
    }

    fn feature(
        &mut self,
        id: Id,
        kind: &str,
        shape: &Shape<'_>,
        properties: impl FnOnce(&mut Properties<'_, W>) -> io::Result<()>,
    ) -> io::Result<()> {
        let Some(geometry) = self.geometry(shape) else {
            self.done.left_out.push(id);
            return Ok(());
        };
        let comma = if self.done.features == 0 { "" } else { "," };
        write!(self.out, "{comma}\n{{\"type\":\"Feature\",\"id\":{id},\"properties\":{{\"maakblok\":\"{kind}\"")?;
        properties(&mut Properties { out: &mut self.out })?;
        write!(self.out, "}},\"geometry\":")?;
        geometry.write(&mut self.out)?;
        self.out.write_all(b"}")?;
        self.done.features += 1;
        Ok(())
    }

    fn place(&self, at: Point) -> Option<[f64; 2]> {
        self.frame.epsg_from_local(self.epsg, at).ok()
    }

    fn places(&self, points: impl Iterator<Item = Point>) -> Option<Vec<[f64; 2]>> {
        points.map(|p| self.place(p)).collect()
    }

    /// The shape in the system of the file: outer rings counter-clockwise, courts clockwise, both closed.
    fn geometry(&self, shape: &Shape<'_>) -> Option<Geometry> {
        Some(match shape {
            Shape::Point(at) => Geometry::Point(self.place(*at)?),
            Shape::Line(points) if points.len() < 2 => return None,
            Shape::Line(points) => Geometry::Line(self.places(points.iter().copied())?),
            Shape::Area(outline) => {
                let mut rings = Vec::with_capacity(outline.rings().len());
                for (place, ring) in outline.rings().iter().enumerate() {
                    if ring.points().len() < 3 {
                        return None;
                    }
                    let mut ring = self.places(ring.points().iter().copied())?;
                    if (twice_signed_area(&ring) >= 0.0) != (place == 0) {
                        ring.reverse();
                    }
                    ring.push(ring[0]);
                    rings.push(ring);
                }
                if rings.is_empty() {
                    return None;
                }
                Geometry::Area(rings)
            }
        })
    }
}

fn twice_signed_area(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let relative = |p: [f64; 2]| [p[0] - x0, p[1] - y0];
    ring.windows(2)
        .map(|pair| {
            let (a, b) = (relative(pair[0]), relative(pair[1]));
            a[0] * b[1] - b[0] * a[1]
        })
        .sum()
}

enum Geometry {
    Point([f64; 2]),
    Line(Vec<[f64; 2]>),
    Area(Vec<Vec<[f64; 2]>>),
}

impl Geometry {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let kind = match self {
            Self::Point(_) => "Point",
            Self::Line(_) => "LineString",
            Self::Area(_) => "Polygon",
        };
        write!(out, "{{\"type\":\"{kind}\",\"coordinates\":")?;
        let written = match self {
            Self::Point(at) => to_writer(&mut *out, at),
            Self::Line(points) => to_writer(&mut *out, points),
            Self::Area(rings) => to_writer(&mut *out, rings),
        };
        written.map_err(io::Error::from)?;
        out.write_all(b"}")
    }
}

fn write_storey(out: &mut impl Write, storey: &Storey, count: usize) -> io::Result<()> {
    out.write_all(b"{")?;
    match storey.uses.shares() {
        [only] if only.share == 1.0 => {
            out.write_all(b"\"use\":")?;
            to_writer(&mut *out, &only.id).map_err(io::Error::from)?;
        }
        _ => {
            out.write_all(b"\"uses\":")?;
            to_writer(&mut *out, &storey.uses).map_err(io::Error::from)?;
        }
    }
    out.write_all(b",\"height_m\":")?;
    to_writer(&mut *out, &storey.height_m).map_err(io::Error::from)?;
    if count != 1 {
        write!(out, ",\"count\":{count}")?;
    }
    if storey.state != crate::model::State::New {
        write!(out, ",\"state\":\"{}\"", storey.state.key())?;
    }
    if storey.below_ground {
        out.write_all(b",\"below_ground\":true")?;
    }
    if storey.height_locked {
        out.write_all(b",\"height_locked\":true")?;
    }
    if storey.load_kn_m2 != 0.0 {
        out.write_all(b",\"load_kn_m2\":")?;
        to_writer(&mut *out, &storey.load_kn_m2).map_err(io::Error::from)?;
    }
    if let Some(mezzanine) = &storey.mezzanine {
        out.write_all(b",\"mezzanine\":")?;
        to_writer(&mut *out, mezzanine).map_err(io::Error::from)?;
    }
    out.write_all(b"}")
}
