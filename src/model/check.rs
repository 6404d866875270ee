//! What is wrong with a project, in the words of its reader.
//!
//! An error makes a figure wrong or leaves something out of it; a warning leaves the figures right as they are defined
//! but the drawing may not be what was meant.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, FaultKind, Severity, Where};
use super::limits::{
    BASE_M, GROUND_M, LEAST_HOME_M2, MOST_HOME_M2, MOST_LOAD_KN_M2, MOST_STOREYS, REACH_UP_M, USUAL_STOREY_M,
};
use super::overlaps::{ByWest, OVERLAP_TOLERANCE_M2, Placed, overlaps};
use super::{At, Context, ContextShape, Entity, Id, Project, State, Storey, Table, Uses, Variant, Volume};
use crate::crs::Frame;
use crate::geometry::{FARTHEST_M, Outline, outside_m2};
use crate::library::{Library, is_storey_height};

/// Everything wrong with a project, in the order of the file; overlaps come after what is wrong with single things.
#[must_use]
pub fn check(project: &Project) -> Vec<Fault> {
    let mut found = Found { faults: Vec::new(), here: Where::default() };
    let library = Library::with_overrides(&project.uses);
    found.here = Where { kind: "project", name: project.name.clone(), ..Where::default() };
    check_project(project, &mut found);
    for (index, thing) in project.context.iter().enumerate() {
        found.here = Where { path: format!("/context/{index}"), ..at("context", thing.id, &thing.name, None) };
        check_context(thing, &mut found);
    }
    let mut names = BTreeSet::new();
    for (index, variant) in project.variants.iter().enumerate() {
        let path = format!("/variants/{index}");
        found.here = Where { path: path.clone(), ..at("variant", variant.id, &variant.name, Some(variant.id)) };
        if variant.name.trim().is_empty() {
            found.warning(FaultKind::NoName);
        } else if !names.insert(variant.name.trim().to_lowercase()) {
            found.warning(FaultKind::NameTwice);
        }
        check_variant(variant, &path, &library, &mut found);
    }
    found.faults
}

/// The faults so far and the thing that is looked at.
struct Found {
    faults: Vec<Fault>,
    here: Where,
}

impl Found {
    fn error(&mut self, kind: FaultKind) {
        self.faults.push(Fault { kind, severity: Severity::Error, at: self.here.clone() });
    }

    fn warning(&mut self, kind: FaultKind) {
        self.faults.push(Fault { kind, severity: Severity::Warning, at: self.here.clone() });
    }

    fn far(&mut self, point: &At) {
        let near = |v: f64| v.abs() <= FARTHEST_M;
        if !(near(point.0.x) && near(point.0.y)) {
            self.warning(FaultKind::PointTooFar);
        }
    }
}

fn at(kind: &'static str, id: Id, name: &str, variant: Option<Id>) -> Where {
    Where { variant, id: Some(id), path: String::new(), kind, name: name.to_owned(), is_use_id: false, storey: None }
}

fn check_project(project: &Project, found: &mut Found) {
    let here = found.here.clone();
    found.here.path = "/origin".to_owned();
    if Frame::new(project.origin.lon_deg, project.origin.lat_deg).is_err() {
        found.error(FaultKind::OriginNotOnEarth);
    }
    for (key, rate, own) in project.rates.iter() {
        if let Some(why) = rate.and_then(|rate| rate.info().fault(own.value())) {
            found.here.path = format!("/rates/{key}");
            found.error(FaultKind::Rate { field: key.to_owned(), why });
        }
    }
    let built_in = Library::built_in();
    let mut own = BTreeSet::new();
    for (index, change) in project.uses.iter().enumerate() {
        found.here = Where {
            path: format!("/uses/{index}"),
            kind: "use",
            name: change.name.clone().unwrap_or_else(|| change.id.to_string()),
            is_use_id: change.name.is_none(),
            ..Where::default()
        };
        if change.family.is_some() {
            own.insert(&change.id);
        } else if built_in.get(&change.id).is_none() && !own.contains(&change.id) {
            found.error(FaultKind::UseWithoutFamily);
        }
        for field in change.faults() {
            match (field, change.skills) {
                ("skills", Some(skills)) => found.error(FaultKind::Skills { sum: skills.shares().iter().sum() }),
                ("m2_per_job" | "goods_per_1000m2_day", _) => found.error(FaultKind::UseNumber { field }),
                _ => found.warning(FaultKind::UseNumber { field }),
            }
        }
    }
    found.here = Where { path: "/variants".to_owned(), ..here };
    if project.variants.is_empty() {
        found.error(FaultKind::NoVariants);
    }
}

fn check_context(thing: &Context, found: &mut Found) {
    match &thing.shape {
        ContextShape::Area(outline) => {
            if let Some(fault) = outline.fault() {
                found.warning(FaultKind::Outline(fault));
            }
        }
        ContextShape::Line(points) => {
            let near = |p: &At| p.0.x.abs() <= FARTHEST_M && p.0.y.abs() <= FARTHEST_M;
            if !points.iter().all(near) {
                found.warning(FaultKind::PointTooFar);
            }
        }
    }
    if let Some(height_m) = thing.height_m
        && !(0.0..=1000.0).contains(&height_m)
    {
        found.warning(FaultKind::Height { height_m });
    }
}

fn check_variant(variant: &Variant, path: &str, library: &Library, found: &mut Found) {
    let here = |kind, id, name: &str, table: &str, index: usize| Where {
        path: format!("{path}/{table}/{index}"),
        ..at(kind, id, name, Some(variant.id))
    };
    // The plots that can be measured: what stands on a faulty one is not blamed for it.
    let mut sound_plots: BTreeMap<Id, (usize, &Outline)> = BTreeMap::new();
    for (index, plot) in variant.plots.iter().enumerate() {
        match plot.outline.fault() {
            Some(fault) => {
                found.here = here("plot", plot.id, &plot.name, "plots", index);
                found.error(FaultKind::Outline(fault));
            }
            None => drop(sound_plots.insert(plot.id, (index, &plot.outline))),
        }
    }
    for (index, building) in variant.buildings.iter().enumerate() {
        if let Some(plot) = building.plot.filter(|plot| !variant.plots.contains(*plot)) {
            found.here = here("building", building.id, &building.name, "buildings", index);
            found.error(FaultKind::MissingPlot { plot });
        }
    }
    // By plot; of a hundred thousand plots a list of its own for each would take more room than the volumes.
    let mut standing: Vec<(Option<Id>, Placed<'_>)> = Vec::with_capacity(variant.volumes.len());
    // Who may stand where another plot's volumes do; whoever keeps to a plot of its own meets nobody of another.
    let mut strays: BTreeSet<usize> = BTreeSet::new();
    for (index, volume) in variant.volumes.iter().enumerate() {
        found.here = here("volume", volume.id, &volume.name, "volumes", index);
        let sound = check_volume(volume, library, found);
        let Some(building) = variant.buildings.get(volume.building) else {
            found.error(FaultKind::MissingBuilding { building: volume.building });
            continue;
        };
        let plot = building.plot.and_then(|plot| variant.plots.get(plot));
        if building.plot.is_none() {
            found.warning(FaultKind::NoPlot);
        }
        let (true, Some(bounds)) = (sound, volume.footprint.bounds()) else { continue };
        let outline = plot.and_then(|plot| sound_plots.get(&plot.id));
        if let (Some(plot), Some((_, outline))) = (plot, outline) {
            let outside_m2 = outside_m2(&volume.footprint, outline);
            if outside_m2 > OVERLAP_TOLERANCE_M2 {
                found.warning(FaultKind::OutsidePlot { plot: plot.called(), outside_m2 });
                strays.insert(index);
            }
        } else {
            strays.insert(index);
        }
        if let Some(levels_m) = volume.standing_levels_m() {
            let placed = Placed { outline: &volume.footprint, bounds, index, levels_m };
            standing.push((plot.map(|plot| plot.id), placed));
        }
    }
    standing.sort_by_key(|(plot, _)| *plot);
    check_ground(variant, path, found);
    check_recipes(variant, path, found);
    let grounds = sound_plots.values().filter_map(|&(index, outline)| {
        outline.bounds().map(|bounds| Placed { outline, bounds, index, levels_m: (0.0, 1.0) })
    });
    let plots: Vec<_> = variant.plots.iter().collect();
    for (first, second, area_m2) in overlaps(grounds.collect()) {
        let (other, plot) = (plots[first], plots[second]);
        found.here = here("plot", plot.id, &plot.name, "plots", second);
        let of_both = [other.id, plot.id].into_iter().flat_map(|id| {
            let first = standing.partition_point(|(plot, _)| *plot < Some(id));
            standing[first..].iter().take_while(move |(plot, _)| *plot == Some(id))
        });
        strays.extend(of_both.map(|(_, placed)| placed.index));
        found.warning(FaultKind::PlotsOverlap { other: other.id, name: other.name.clone(), area_m2 });
    }
    let volumes: Vec<_> = variant.volumes.iter().collect();
    // A bridge may stand on the buildings of two plots, so all are looked at.
    let is_upper = |placed: &&Placed<'_>| !volumes[placed.index].begins_on_ground();
    let all = LazyCell::new(|| ByWest::new(standing.iter().map(|(_, placed)| *placed).collect()));
    for upper in standing.iter().map(|(_, placed)| placed).filter(is_upper) {
        let volume = volumes[upper.index];
        if !all.carry(upper, volume.base_m) {
            found.here = here("volume", volume.id, &volume.name, "volumes", upper.index);
            found.warning(FaultKind::Floating { base_m: volume.base_m });
        }
    }
    let of_strays = standing.iter().map(|(_, placed)| placed).filter(|placed| strays.contains(&placed.index));
    let mut pairs: Vec<_> = of_strays.flat_map(|stray| all.overlaps_with(stray)).collect();
    let of_plots = standing.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    pairs.extend(of_plots.flat_map(|group| overlaps(group.iter().map(|(_, placed)| *placed).collect())));
    pairs.sort_by_key(|&(first, second, _)| (second, first));
    pairs.dedup_by_key(|&mut (first, second, _)| (second, first));
    for (first, second, area_m2) in pairs {
        let (other, volume) = (volumes[first], volumes[second]);
        found.here = here("volume", volume.id, &volume.name, "volumes", second);
        found.warning(FaultKind::VolumesOverlap { other: other.id, name: other.name.clone(), area_m2 });
    }
}

/// What lies on the ground beside the volumes.
fn check_ground(variant: &Variant, path: &str, found: &mut Found) {
    fn each<T: Entity>(table: &Table<T>, mut look: impl FnMut(usize, &T)) {
        for (index, thing) in table.iter().enumerate() {
            look(index, thing);
        }
    }
    let here = |found: &mut Found, kind, id, name: &str, table: &str, index: usize| {
        found.here = Where { path: format!("{path}/{table}/{index}"), ..at(kind, id, name, Some(variant.id)) };
    };
    each(&variant.surfaces, |index, surface| {
        if let Some(fault) = surface.outline.fault() {
            here(found, "surface", surface.id, &surface.name, "surfaces", index);
            found.warning(FaultKind::Outline(fault));
        }
    });
    each(&variant.goods_access, |index, access| {
        here(found, "access", access.id, &access.name, "goods_access", index);
        found.far(&access.at);
    });
    each(&variant.entrances, |index, entrance| {
        here(found, "entrance", entrance.id, &entrance.name, "entrances", index);
        found.far(&entrance.at);
    });
    each(&variant.notes, |index, note| {
        here(found, "note", note.id, "", "notes", index);
        found.far(&note.at);
    });
    each(&variant.marks, |index, mark| {
        here(found, "mark", mark.id, "", "marks", index);
        found.far(&mark.a);
        found.far(&mark.b);
    });
}

/// Typologies at work: each on a plot of its own that is there, and of what it made each thing made by one alone.
fn check_recipes(variant: &Variant, path: &str, found: &mut Found) {
    let (mut plots, mut made) = (BTreeSet::new(), BTreeSet::new());
    for (index, recipe) in variant.recipes.iter().enumerate() {
        let place = format!("{path}/recipes/{index}");
        found.here = Where { path: place, ..at("recipe", recipe.plot, &recipe.typology, Some(variant.id)) };
        let plot = variant.plots.get(recipe.plot);
        let of_two = recipe.elements.values().filter(|id| variant.has(**id)).any(|id| !made.insert(*id));
        let of_two = of_two || recipe.away.values().any(|id| !made.insert(*id));
        if plot.is_none() {
            found.warning(FaultKind::MissingPlot { plot: recipe.plot });
        } else if !plots.insert(recipe.plot) {
            found.warning(FaultKind::RecipeTwice);
        } else if of_two {
            found.warning(FaultKind::MadeTwice);
        }
    }
}

/// Looks at a volume by itself; says whether it can be set beside others.
fn check_volume(volume: &Volume, library: &Library, found: &mut Found) -> bool {
    let outline = volume.footprint.fault();
    if let Some(fault) = outline {
        found.error(FaultKind::Outline(fault));
    }
    let base_m = volume.base_m;
    if !base_m.is_finite() || base_m.abs() > REACH_UP_M {
        found.error(FaultKind::Base { base_m });
    } else if !(BASE_M.0..=BASE_M.1).contains(&base_m) {
        found.warning(FaultKind::Base { base_m });
    }
    if volume.storeys.is_empty() {
        found.warning(FaultKind::NoStoreys);
    } else if volume.storeys.len() > MOST_STOREYS {
        found.warning(FaultKind::TooManyStoreys { count: volume.storeys.len() });
    }
    if !volume.begins_on_ground() && volume.storeys.iter().any(|storey| storey.below_ground) {
        found.warning(FaultKind::BasementInAir);
    }
    if let Some(count) = volume.dwellings.filter(|count| *count > 0) {
        let floors = volume.floors_of(|id| library.is_home(id));
        if floors == 0.0 {
            found.warning(FaultKind::HomesWithoutHousing { count });
        } else if outline.is_none() {
            let each_m2 = volume.footprint.area_m2() * floors / f64::from(count);
            if !(LEAST_HOME_M2..=MOST_HOME_M2).contains(&each_m2) {
                found.warning(FaultKind::HomeSize { count, each_m2 });
            }
        }
    }
    let mut above = false;
    let mut under: Option<&Storey> = None;
    for (index, (storey, (_, top_m))) in volume.storeys.iter().zip(volume.levels_m()).enumerate() {
        let misplaced = above && storey.below_ground;
        above |= !storey.below_ground;
        let buried = storey.stands_above() && storey.height_m > 0.0 && top_m <= GROUND_M;
        let removed_under = under.is_some_and(|under| !under.below_ground && under.state == State::Removed);
        let hangs = removed_under && storey.state != State::Removed;
        under = Some(storey);
        if !misplaced && !buried && !hangs && is_sound(storey, library) {
            continue;
        }
        let volume_here = found.here.clone();
        found.here.path = format!("{}/storeys/{index}", found.here.path);
        found.here.storey = Some(index);
        check_storey(storey, library, found);
        if misplaced {
            found.warning(FaultKind::StoreyOrder);
        }
        if buried {
            found.warning(FaultKind::Buried);
        }
        if hangs {
            found.warning(FaultKind::OnRemoved);
        }
        found.here = volume_here;
    }
    outline.is_none()
}

fn is_usual(height_m: f64) -> bool {
    (USUAL_STOREY_M.0..=USUAL_STOREY_M.1).contains(&height_m)
}

/// The common case, without any text.
fn is_sound(storey: &Storey, library: &Library) -> bool {
    is_usual(storey.height_m)
        && storey.uses.are_whole()
        && storey.uses.shares().iter().all(|share| library.ix(&share.id).is_some())
        && storey.mezzanine.is_none()
        && storey.load_kn_m2 == 0.0
}

fn check_storey(storey: &Storey, library: &Library, found: &mut Found) {
    let height_m = storey.height_m;
    if !is_storey_height(height_m) {
        found.error(FaultKind::Height { height_m });
    } else if !is_usual(height_m) {
        found.warning(FaultKind::StoreyHeight { height_m });
    }
    if !storey.uses.are_whole() {
        found.error(FaultKind::Shares { sum: storey.uses.sum() });
    }
    check_uses(&storey.uses, library, found);
    if let Some(mezzanine) = &storey.mezzanine {
        if !mezzanine.is_part() {
            found.error(FaultKind::MezzanineShare { share: mezzanine.share });
        }
        if !mezzanine.uses.are_whole() {
            found.error(FaultKind::Shares { sum: mezzanine.uses.sum() });
        }
        check_uses(&mezzanine.uses, library, found);
    }
    if !(0.0..=MOST_LOAD_KN_M2).contains(&storey.load_kn_m2) {
        found.warning(FaultKind::Load { load_kn_m2: storey.load_kn_m2 });
    }
}

fn check_uses(uses: &Uses, library: &Library, found: &mut Found) {
    for share in uses.shares() {
        if library.ix(&share.id).is_none() && !share.id.is_void() {
            found.error(FaultKind::UnknownUse { id: share.id.clone() });
        }
    }
}
