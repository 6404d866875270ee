//! Volumes find their plot, their building and their storeys.

use std::collections::BTreeMap;
use std::collections::HashMap;

use compact_str::CompactString;
use rstar::{AABB, RTree, RTreeObject};

use super::areas::{Area, Areas};
use super::build::Builder;
use super::features::Feature;
use super::notes::{NoteKind, Place};
use super::properties::{PlotReference, RawStorey, RawVolume, What};
use crate::geometry::Point;
use crate::library::UseId;
use crate::model::{Building, Id, Mezzanine, Plot, Storey, Uses, Variant, Volume};
use crate::record::Extra;

/// A plot's bounds in the index.
struct Boxed {
    min: [f64; 2],
    max: [f64; 2],
    id: Id,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.min, self.max)
    }
}

impl rstar::PointDistance for Boxed {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.envelope().distance_2(point)
    }
}

/// What is known under a reference.
enum Known {
    One(Id),
    Several(Vec<Id>),
}

/// The plots by reference and by place.
#[derive(Default)]
pub(super) struct Plots {
    by_code: HashMap<CompactString, Known>,
    by_name: HashMap<CompactString, Known>,
    by_number: HashMap<u64, Id>,
    tree: RTree<Boxed>,
}

fn put(map: &mut HashMap<CompactString, Known>, key: &str, id: Id) {
    if key.is_empty() {
        return;
    }
    match map.get_mut(key) {
        None => {
            map.insert(key.into(), Known::One(id));
        }
        Some(known) => match known {
            Known::One(first) => *known = Known::Several(vec![*first, id]),
            Known::Several(all) => all.push(id),
        },
    }
}

impl Plots {
    pub fn knows(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// Remembers under what a plot can be found: the code that the file gives, its number, its name.
    pub fn remember(&mut self, plot: &Plot, code: &str, number: Option<u64>) {
        put(&mut self.by_code, code, plot.id);
        put(&mut self.by_name, &plot.name, plot.id);
        if let Some(number) = number {
            self.by_number.insert(number, plot.id);
        }
    }

    /// Builds the index by place once all plots are there.
    pub fn index(&mut self, variant: &Variant) {
        let boxed = variant.plots.iter().filter_map(|plot| {
            let bounds = plot.outline.bounds()?;
            Some(Boxed { min: [bounds.min.x, bounds.min.y], max: [bounds.max.x, bounds.max.y], id: plot.id })
        });
        self.tree = RTree::bulk_load(boxed.collect());
    }

    /// The plot that contains a point, the smallest where several do.
    fn at(&self, variant: &Variant, at: Point) -> Option<Id> {
        let mut found: Option<(Id, Option<f64>)> = None;
        for candidate in self.tree.locate_all_at_point(&[at.x, at.y]) {
            let Some(plot) = variant.plots.get(candidate.id) else { continue };
            if !plot.outline.contains(at) {
                continue;
            }
            found = match found {
                None => Some((plot.id, None)),
                Some((id, area)) => {
                    let area_of = |id: Id| variant.plots.get(id).map_or(f64::INFINITY, |plot| plot.outline.area_m2());
                    let (known, new) = (area.unwrap_or_else(|| area_of(id)), plot.outline.area_m2());
                    // Of two equal ones the earlier, so that the order in the index does not matter.
                    let smaller = new < known || (new == known && plot.id < id);
                    Some(if smaller { (plot.id, Some(new)) } else { (id, Some(known)) })
                }
            };
        }
        found.map(|(id, _)| id)
    }
}

/// Puts volumes into their buildings.
#[derive(Default)]
pub(super) struct VolumeBuilder {
    by_name: BTreeMap<(Option<Id>, CompactString), Id>,
    /// The plot that a building of that name was first met on.
    plots_by_name: HashMap<CompactString, Option<Id>>,
    by_number: HashMap<u64, Id>,
}

impl VolumeBuilder {
    pub fn add(&mut self, builder: &mut Builder<'_>, feature: Feature, areas: Areas) {
        let (place, label) = (feature.place(), CompactString::from(feature.label()));
        let areas = builder.noted(areas, &feature, &label);
        let What::Volume(raw) = feature.what else { return };
        let mut raw = *raw;
        let storeys = storeys(builder, std::mem::take(&mut raw.storeys), place, &label);
        if storeys.is_empty() && !areas.is_empty() {
            builder.notes.add(place, &label, NoteKind::NoStoreys);
        }
        let last = areas.len().saturating_sub(1);
        let mut storeys = Some(storeys);
        for (part, Area { outline: footprint, inner, .. }) in areas.into_iter().enumerate() {
            let storeys = if part == last { storeys.take() } else { storeys.clone() }.unwrap_or_default();
            let plot = plot_of(builder, &raw, inner, place, &label);
            // The volume's own number is set aside before its building takes a new one.
            let id = builder.ids.own_or_fresh(feature.number.filter(|_| part == 0));
            let building = self.building(builder, &raw, plot, place, &label);
            let name = match &raw.name {
                Some(name) => name.to_string(),
                None if builder.is_own => String::new(),
                None => builder.variant.buildings.get(building).map(|b| b.name.clone()).unwrap_or_default(),
            };
            let mut volume = Volume::new(id, building, name, footprint);
            volume.code = builder.code_of(&raw.code, id);
            volume.base_m = raw.base_m;
            volume.storeys = storeys;
            // A known number of dwellings is that of the feature: the first part carries it, so that nothing is
            // estimated for the others.
            volume.dwellings = raw.dwellings.map(|count| if part == 0 { count } else { 0 });
            builder.variant.volumes.insert(volume);
        }
    }

    fn building(
        &mut self,
        builder: &mut Builder<'_>,
        raw: &RawVolume,
        plot: Option<Id>,
        place: Place,
        label: &str,
    ) -> Id {
        if let Some(number) = raw.building_number {
            if let Some(&id) = self.by_number.get(&number) {
                return id;
            }
            let id = builder.ids.own_or_fresh(Some(number));
            self.by_number.insert(number, id);
            let name = raw.building.as_deref().unwrap_or_default();
            builder.variant.buildings.insert(Building::new(id, name, plot));
            return id;
        }
        if let Some(name) = &raw.building {
            // A building stands on one plot: of one that reaches over several there is a part on each.
            let first = *self.plots_by_name.entry(name.clone()).or_insert(plot);
            if first != plot && !self.by_name.contains_key(&(plot, name.clone())) {
                builder.notes.add(place, label, NoteKind::BuildingOnPlots(name.to_string()));
            }
            return *self.by_name.entry((plot, name.clone())).or_insert_with(|| {
                let id = builder.ids.fresh();
                builder.variant.buildings.insert(Building::new(id, name.as_str(), plot));
                id
            });
        }
        let id = builder.ids.fresh();
        let name = match (&raw.name, raw.code.is_empty()) {
            (Some(name), _) if !name.is_empty() => name.to_string(),
            (_, false) => raw.code.to_string(),
            _ => builder.given_name("exchange-name-building", builder.variant.buildings.len() + 1),
        };
        builder.variant.buildings.insert(Building::new(id, name, plot));
        id
    }
}

/// The plot a volume stands on: by the reference it gives, else the one around it.
fn plot_of(builder: &mut Builder<'_>, raw: &RawVolume, inner: Option<Point>, place: Place, label: &str) -> Option<Id> {
    let around = |builder: &Builder<'_>| inner.and_then(|inner| builder.plots.at(&builder.variant, inner));
    if let Some(id) = raw.plot_number.and_then(|number| builder.plots.by_number.get(&number)) {
        return Some(*id);
    }
    let reference = match &raw.plot {
        PlotReference::Null if builder.is_own => return None,
        PlotReference::Absent | PlotReference::Null => None,
        PlotReference::Named(reference) => Some(reference),
    };
    let mut unknown = false;
    if let Some(reference) = reference {
        let plots = &builder.plots;
        match plots.by_code.get(reference).or_else(|| plots.by_name.get(reference)) {
            Some(Known::One(id)) => return Some(*id),
            Some(Known::Several(ids)) => {
                // Parts of one plot, or plots of one name: the one around the volume, else the first.
                let chosen = around(builder).filter(|id| ids.contains(id));
                let first = ids.first().copied();
                if chosen.is_none() {
                    builder.notes.add(place, label, NoteKind::AmbiguousPlot(reference.to_string()));
                }
                return chosen.or(first);
            }
            None => unknown = true,
        }
    }
    let found = around(builder);
    if unknown {
        let reference = reference.map(ToString::to_string).unwrap_or_default();
        builder.notes.add(place, label, NoteKind::UnknownPlot(reference));
    }
    if found.is_none() {
        builder.notes.add(place, label, NoteKind::OnNoPlot);
    }
    found
}

/// The storeys of a volume from the bottom up, those below ground first.
fn storeys(builder: &mut Builder<'_>, raw: Vec<RawStorey>, place: Place, label: &str) -> Vec<Storey> {
    let total: usize = raw.iter().map(|storey| usize::from(storey.count)).sum();
    let mut all = Vec::with_capacity(total);
    for storey in raw {
        let place = Place { storey: Some(storey.index), ..place };
        let Some(uses) = known_uses(builder, storey.uses, place, label) else { continue };
        // Uses that are known have a main one.
        let of_main = || builder.library.storey_height_m(uses.main().unwrap_or(&UseId::from("")));
        let height_m = storey.height_m.unwrap_or_else(of_main);
        let mezzanine = storey.mezzanine.filter(|(share, _)| *share > 0.0 && *share <= 1.0);
        let mezzanine = mezzanine.and_then(|(share, uses)| {
            let uses = known_uses(builder, uses, place, label)?;
            Some(Box::new(Mezzanine { share, uses, extra: Extra::default() }))
        });
        let built = Storey {
            uses,
            height_m,
            state: storey.state,
            below_ground: storey.below_ground,
            height_locked: storey.height_locked,
            mezzanine,
            load_kn_m2: storey.load_kn_m2,
            extra: Extra::default(),
        };
        for _ in 1..storey.count {
            all.push(built.clone());
        }
        all.push(built);
    }
    if all.windows(2).any(|pair| !pair[0].below_ground && pair[1].below_ground) {
        all.sort_by_key(|storey| !storey.below_ground);
    }
    all
}

/// The uses that the library has, with shares that sum to 1; `None` when nothing remains.
fn known_uses(builder: &mut Builder<'_>, uses: Uses, place: Place, label: &str) -> Option<Uses> {
    let known = |id: &UseId| id.is_void() || builder.library.ix(id).is_some();
    if uses.are_whole() && uses.shares().iter().all(|share| known(&share.id)) {
        return Some(uses);
    }
    let was_whole = uses.are_whole();
    let mut kept = Vec::with_capacity(uses.shares().len());
    for share in uses.shares() {
        if known(&share.id) {
            kept.push(share.clone());
        } else {
            builder.notes.add(place, label, NoteKind::UnknownUse(share.id.to_string()));
        }
    }
    let scaled = Uses::new(kept).scaled_to_whole();
    match &scaled {
        None => builder.notes.add(place, label, NoteKind::StoreyWithoutUse),
        Some(_) if !was_whole => builder.notes.add(place, label, NoteKind::SharesScaled),
        Some(_) => {}
    }
    scaled
}
