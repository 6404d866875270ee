//! From compact features to a project: projected, repaired, related.

use compact_str::CompactString;

use super::areas::{Area, Areas, Job, made_ahead, out_of_reach};
use super::coordinates::{Flat, Form, Geometry};
use super::error::ImportError;
use super::features::{Feature, Header, Parsed, PlainAreas};
use super::notes::{ImportNote, NoteKind, Notes};
use super::properties::{RawPlot, What};
use super::volumes::{Plots, VolumeBuilder};
use crate::crs::Frame;
use crate::geometry::{Outline, Point};
use crate::i18n::{Arg, Lang, tr, tr_with};
use crate::library::Library;
use crate::model::{
    At, Context, ContextShape, Entrance, GoodsAccess, Id, Note, Origin, Plot, Project, Region, Surface, Variant,
};
use crate::record::Extra;

/// Tells the region of a longitude and latitude.
pub type RegionAt<'a> = &'a (dyn Fn(f64, f64) -> Region + Sync);

/// What an import needs to know beside the text.
#[derive(Clone, Copy, Default)]
pub struct ImportOptions<'a> {
    /// Where the local frame touches the earth, as longitude and latitude; else the file's own origin, else the middle
    /// of what is in it.
    pub origin: Option<[f64; 2]>,
    /// What to call the project when the file does not say.
    pub name: Option<&'a str>,
    /// The region of plots that do not say theirs; without it they have none.
    pub region_at: Option<RegionAt<'a>>,
    /// What areas are that say nothing of themselves.
    pub plain: PlainAreas,
    /// The language of the names given to what has none.
    pub lang: Lang,
}

/// What an import gives.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The project, with one variant.
    pub project: Project,
    /// What was left out, repaired or assumed, in the order of the file.
    pub notes: Vec<ImportNote>,
}

/// The middle of the canal zone, for a file with nothing in it.
const BRUSSELS_DEG: [f64; 2] = [4.34, 50.86];

/// Puts a project together.
///
/// # Errors
/// When the origin asked for is no place on earth.
pub fn build(parsed: Parsed, options: &ImportOptions<'_>) -> Result<Imported, ImportError> {
    let Parsed { mut flat, features, header, mut notes, .. } = parsed;
    let is_own = header.is_some();
    let header = header.unwrap_or_default();
    let wanted = options.origin.or(header.origin);
    let [lon_deg, lat_deg] = wanted.unwrap_or_else(|| middle_deg(&flat, &features));
    let frame = Frame::new(lon_deg, lat_deg).map_err(ImportError::Origin)?;
    frame.local_from_wgs84_many(&mut flat.points);

    let (project, ids) = empty_project(header, [lon_deg, lat_deg], options);
    let mut builder = Builder {
        flat: &flat,
        frame: &frame,
        options,
        is_own,
        library: Library::with_overrides(&project.uses),
        project,
        variant: Variant::new(ids.0, ""),
        notes: &mut notes,
        ids: Ids::new(ids.0, if is_own { &features } else { &[] }),
        plots: Plots::default(),
    };
    builder.variant.name = ids.1;
    builder.variant.baseline = ids.2;
    builder.run(features);
    let Builder { mut project, variant, ids, .. } = builder;
    project.next_id = ids.next;
    project.variants = vec![variant];
    Ok(Imported { project, notes: notes.finish() })
}

/// A project without things, and the number, name and baseline mark of its variant.
fn empty_project(header: Header, [lon, lat]: [f64; 2], options: &ImportOptions<'_>) -> (Project, (Id, String, bool)) {
    let or = |said: String, other: String| if said.is_empty() { other } else { said };
    let unnamed = || tr(options.lang, "exchange-name-project");
    let name = or(header.name, options.name.map_or_else(unnamed, str::to_owned));
    let variant = or(header.variant, tr(options.lang, "exchange-name-variant"));
    let mut project = Project::new(name, Origin::new(lon, lat), "");
    project.description = header.description;
    project.sources = header.sources;
    project.rates = header.rates;
    project.uses = header.uses;
    project.brief = header.brief;
    let id = header.variant_id.filter(|id| (1..HIGHEST_ID).contains(id)).unwrap_or(1);
    (project, (Id(id), variant, header.baseline))
}

/// The middle of all coordinates on a grid of a millionth of a degree; of a file that spans more than a project can,
/// the place where most of it is.
fn middle_deg(flat: &Flat, features: &[Feature]) -> [f64; 2] {
    let on_earth = |p: &&[f64; 2]| p[0].abs() <= 180.0 && p[1].abs() <= 85.0;
    let (mut min, mut max) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for feature in features {
        for p in points_of(flat, feature.geometry).filter(on_earth) {
            for axis in 0..2 {
                min[axis] = min[axis].min(p[axis]);
                max[axis] = max[axis].max(p[axis]);
            }
        }
    }
    if min[0] > max[0] {
        return BRUSSELS_DEG;
    }
    let mut middle = [0, 1].map(|axis| (min[axis] + max[axis]) / 2.0);
    if max[0] - min[0] > 2.0 || max[1] - min[1] > 1.5 {
        for (axis, middle) in middle.iter_mut().enumerate() {
            let firsts = features.iter().filter_map(|f| points_of(flat, f.geometry).find(on_earth));
            let mut values: Vec<f64> = firsts.map(|p| p[axis]).collect();
            values.sort_by(f64::total_cmp);
            *middle = values[values.len() / 2];
        }
    }
    middle.map(|degrees| (degrees * 1e6).round() / 1e6)
}

fn points_of(flat: &Flat, geometry: Geometry) -> impl Iterator<Item = &[f64; 2]> {
    (geometry.first_part..geometry.end_part).flat_map(|part| flat.rings_of(part)).flatten()
}

/// Numbers above this are not taken over: a counter must have room.
const HIGHEST_ID: u64 = 1 << 53;

/// Gives out numbers: a feature's own where the file is ours, new ones else.
pub(super) struct Ids {
    taken: std::collections::BTreeSet<u64>,
    variant: Id,
    next: u64,
}

impl Ids {
    fn new(variant: Id, features: &[Feature]) -> Self {
        let own = |feature: &Feature| {
            let building = match &feature.what {
                What::Volume(volume) => volume.building_number,
                _ => None,
            };
            feature.number.max(building).filter(|number| *number < HIGHEST_ID)
        };
        let highest = features.iter().filter_map(own).max().unwrap_or(0);
        Self { taken: std::collections::BTreeSet::new(), variant, next: highest.max(variant.0) + 1 }
    }

    pub fn fresh(&mut self) -> Id {
        self.next += 1;
        Id(self.next - 1)
    }

    /// That number where it is free, else a new one.
    pub fn own_or_fresh(&mut self, number: Option<u64>) -> Id {
        match number {
            Some(number)
                if (1..HIGHEST_ID).contains(&number) && number != self.variant.0 && self.taken.insert(number) =>
            {
                Id(number)
            }
            _ => self.fresh(),
        }
    }
}

/// Features in blocks, of which each is given back when it is through: what is made of them takes its room.
#[derive(Default)]
struct Blocks(Vec<Vec<Feature>>);

impl Blocks {
    fn push(&mut self, feature: Feature) {
        const SIZE: usize = 4096;
        match self.0.last_mut().filter(|block| block.len() < SIZE) {
            Some(block) => block.push(feature),
            None => self.0.push(vec![feature]),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Feature> {
        self.0.iter().flatten()
    }

    fn into_iter(self) -> impl Iterator<Item = Feature> {
        self.0.into_iter().flatten()
    }
}

pub(super) struct Builder<'a> {
    pub flat: &'a Flat,
    pub frame: &'a Frame,
    pub options: &'a ImportOptions<'a>,
    pub is_own: bool,
    pub library: std::sync::Arc<Library>,
    pub project: Project,
    pub variant: Variant,
    pub notes: &'a mut Notes,
    pub ids: Ids,
    pub plots: Plots,
}

impl Builder<'_> {
    /// Plots first, because volumes ask for them wherever they stand in the file.
    fn run(&mut self, mut features: Vec<Feature>) {
        if !self.is_own {
            features.iter_mut().for_each(Feature::forget_numbers);
        }
        let (mut plots, mut rest) = (Blocks::default(), Blocks::default());
        for feature in features {
            if matches!(feature.what, What::Plot(_)) { &mut plots } else { &mut rest }.push(feature);
        }
        let job = |feature: &Feature| {
            let with_region = matches!(&feature.what, What::Plot(plot) if plot.region.is_none());
            let by_place = matches!(&feature.what, What::Volume(volume) if volume.plot_number.is_none());
            Job { geometry: feature.geometry, with_inner: with_region || by_place, with_region }
        };
        let jobs: Vec<Job> = plots.iter().chain(rest.iter()).map(job).collect();
        let (flat, frame, region_at) = (self.flat, self.frame, self.options.region_at);
        let region_of = |at: Point| {
            let place = region_at.and_then(|region_at| Some((region_at, frame.wgs84_from_local(at).ok()?)));
            place.map_or(Region::None, |(region_at, [lon, lat])| region_at(lon, lat))
        };
        made_ahead(flat, &jobs, &region_of, |areas| {
            for feature in plots.into_iter() {
                self.add_plot(feature, areas.next().unwrap_or_default());
            }
            self.plots.index(&self.variant);
            let mut volumes = VolumeBuilder::default();
            for feature in rest.into_iter() {
                let areas = areas.next().unwrap_or_default();
                match feature.what {
                    What::Volume(_) => volumes.add(self, feature, areas),
                    _ => self.add_other(&feature, areas),
                }
            }
        });
    }

    fn add_plot(&mut self, feature: Feature, areas: Areas) {
        let (place, label) = (feature.place(), CompactString::from(feature.label()));
        let areas = self.noted(areas, &feature, &label);
        let What::Plot(raw) = feature.what else { return };
        let RawPlot { name, code, region, attributes } = *raw;
        if !code.is_empty() && self.plots.knows(&code) {
            self.notes.add(place, &label, NoteKind::DoubleId(code.to_string()));
        }
        for (part, Area { outline, region: there, .. }) in areas.into_iter().enumerate() {
            let id = self.ids.own_or_fresh(feature.number.filter(|_| part == 0));
            let named = match &name {
                Some(name) => name.to_string(),
                None if self.is_own => String::new(),
                None if !code.is_empty() => code.to_string(),
                None => self.given_name("exchange-name-plot", self.variant.plots.len() + 1),
            };
            let mut plot = Plot::new(id, named, outline);
            plot.region = region.unwrap_or(there);
            let sought = region.is_none() && self.options.region_at.is_some();
            if sought && plot.region == Region::None {
                self.notes.add(place, &label, NoteKind::RegionUnknown);
            }
            plot.code = self.code_of(&code, id);
            plot.attributes = attributes.clone();
            self.plots.remember(&plot, &code, feature.number.filter(|_| part == 0));
            self.variant.plots.insert(plot);
        }
    }

    /// What is kept as code: a mere repetition of the number is none.
    pub fn code_of(&self, code: &str, id: Id) -> String {
        if self.is_own && id.0.to_string() == code { String::new() } else { code.to_owned() }
    }

    pub fn given_name(&self, key: &str, number: usize) -> String {
        tr_with(self.options.lang, key, &[("number", Arg::from(number.to_string()))])
    }

    fn add_other(&mut self, feature: &Feature, areas: Areas) {
        let label = CompactString::from(feature.label());
        let place = feature.place();
        let mut number = feature.number;
        match feature.geometry.form {
            Form::Areas => {
                for area in self.noted(areas, feature, &label) {
                    let id = self.ids.own_or_fresh(number.take());
                    self.put_area(&feature.what, id, area.outline);
                }
            }
            Form::Lines => {
                let flat = self.flat;
                let parts = feature.geometry.first_part..feature.geometry.end_part;
                for line in parts.flat_map(|part| flat.rings_of(part)) {
                    match usable_line(line) {
                        Ok(points) => {
                            let id = self.ids.own_or_fresh(number.take());
                            if let What::Context { name, kind, height_m, credit } = &feature.what {
                                self.project.context.insert(Context {
                                    id,
                                    name: name.to_string(),
                                    kind: *kind,
                                    shape: ContextShape::Line(points),
                                    height_m: *height_m,
                                    credit: credit.to_string(),
                                    extra: Extra::default(),
                                });
                            }
                        }
                        Err(kind) => self.notes.add(place, &label, kind),
                    }
                }
            }
            Form::Points => {
                let flat = self.flat;
                for &p in points_of(flat, feature.geometry) {
                    if let Some(kind) = out_of_reach(&[p]) {
                        self.notes.add(place, &label, kind);
                        continue;
                    }
                    let id = self.ids.own_or_fresh(number.take());
                    self.put_point(&feature.what, id, crate::geometry::point(p[0], p[1]));
                }
            }
        }
    }

    fn put_area(&mut self, what: &What, id: Id, outline: Outline) {
        match what {
            What::Surface { name, code, kind } => self.variant.surfaces.insert(Surface {
                id,
                name: name.to_string(),
                code: self.code_of(code, id),
                kind: *kind,
                outline,
                extra: Extra::default(),
            }),
            What::Context { name, kind, height_m, credit } => self.project.context.insert(Context {
                id,
                name: name.to_string(),
                kind: *kind,
                shape: ContextShape::Area(outline),
                height_m: *height_m,
                credit: credit.to_string(),
                extra: Extra::default(),
            }),
            _ => {}
        }
    }

    fn put_point(&mut self, what: &What, id: Id, at: Point) {
        let at = At(at);
        match what {
            What::GoodsAccess { name } => {
                let access = GoodsAccess { id, name: name.to_string(), at, extra: Extra::default() };
                self.variant.goods_access.insert(access);
            }
            What::Entrance { name } => {
                let entrance = Entrance { id, name: name.to_string(), at, extra: Extra::default() };
                self.variant.entrances.insert(entrance);
            }
            What::Note { text, author } => {
                let note = Note { id, text: text.clone(), author: author.clone(), at, extra: Extra::default() };
                self.variant.notes.insert(note);
            }
            _ => {}
        }
    }

    /// What can be used of a feature's areas; what there is to say about them is noted.
    pub fn noted(&mut self, areas: Areas, feature: &Feature, label: &str) -> Vec<Area> {
        let place = feature.place();
        areas.notes.into_iter().for_each(|kind| self.notes.add(place, label, kind));
        let several = feature.geometry.end_part - feature.geometry.first_part > 1;
        if several && areas.list.len() > 1 {
            self.notes.add(place, label, NoteKind::SeveralParts(areas.list.len()));
        }
        areas.list
    }
}

fn usable_line(line: &[[f64; 2]]) -> Result<Vec<At>, NoteKind> {
    if let Some(kind) = out_of_reach(line) {
        return Err(kind);
    }
    let mut points: Vec<At> = line.iter().map(|p| At(crate::geometry::point(p[0], p[1]))).collect();
    points.dedup();
    if points.len() < 2 { Err(NoteKind::TooFewPoints) } else { Ok(points) }
}
