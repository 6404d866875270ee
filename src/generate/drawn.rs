//! A block that was drawn, put on another plot as it stands: where it fits, turned and shifted as asked.

use std::collections::BTreeMap;

use super::knobs::Grows;
use super::made::{Block, Plan};
use super::params::{Param, Values};
use super::site::{Site, is_wide, setback};
use crate::geometry::{Bounds, Outline, Point, Transform, distance_m, nearest_on_segment};
use crate::model::limits::MEETS_M;
use crate::model::{At, Drawn, DrawnSurface, DrawnVolume, EdgeRole, Id, Variant, Volume, height_above_m};
use crate::record::Extra;

pub(super) static PARAMS: [Param; 3] = [
    Param::percent("along_percent", 0.0, 50.0, 100.0),
    Param::percent("into_percent", 0.0, 50.0, 100.0),
    Param::choice("turned", &["as-drawn", "quarter", "half", "three-quarters"], 0),
];

/// Of what is drawn at least this part has to lie on ground that may be built on.
const LEAST_PART: f64 = 0.5;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>, drawn: &Drawn) {
    let turn = Transform::rotation(Point::default(), 90.0 * values.get("turned"));
    let all = drawn.volumes.iter().map(|volume| &volume.footprint);
    let all = all.chain(drawn.surfaces.iter().map(|surface| &surface.outline));
    let bounds = all.filter_map(|outline| outline.transformed(&turn).bounds()).reduce(Bounds::union);
    let Some(bounds) = bounds else { return };
    let free = site.bounds();
    let (spare_x_m, spare_y_m) = (free.width_m() - bounds.width_m(), free.height_m() - bounds.height_m());
    let to = |along: f64, into: f64| Point { x: free.min.x + spare_x_m * along, y: free.min.y + spare_y_m * into };
    let map_to = |to: Point| turn.then(Transform::translation(to - bounds.min));
    let asked = (values.part("along_percent"), values.part("into_percent"));
    let to = best_place(asked, |(along, into)| part_placed(site, drawn, &map_to(to(along, into))));
    let to = Point { x: free.min.x + spare_x_m * to.0, y: free.min.y + spare_y_m * to.1 };
    let map = map_to(to);
    // One handle for both: each pulls its own way.
    let placed = Bounds { min: to, max: Point { x: to.x + bounds.width_m(), y: to.y + bounds.height_m() } };
    if spare_x_m > 0.5 {
        plan.knob_of("along_percent", placed, Grows::East, 100.0 / spare_x_m);
    }
    if spare_y_m > 0.5 {
        plan.knob_of("into_percent", placed, Grows::North, 100.0 / spare_y_m);
    }
    let mut places: Vec<Option<usize>> = Vec::with_capacity(drawn.volumes.len());
    for (at, volume) in drawn.volumes.iter().enumerate() {
        let Some(footprint) = on_free_ground(site, &volume.footprint.transformed(&map)) else {
            places.push(None);
            continue;
        };
        let on = below(drawn, at).map(|below| places[below]);
        // What stood on something that has no place has none either.
        let place = if on == Some(None) {
            None
        } else {
            plan.blocks.push(Block {
                element: format!("part {}", at + 1),
                part: "",
                building: volume.building_name().to_owned(),
                footprint,
                on: on.flatten(),
                levels: volume.storeys.len() as u32,
                skipped: 0,
                mezzanine: 0.0,
                drawn: Some(at),
            });
            Some(plan.blocks.len() - 1)
        };
        places.push(place);
    }
    let there = places.iter().flatten().count();
    plan.give_up("parts", drawn.volumes.len() as f64, there as f64);
    let area_m2: f64 = drawn.volumes.iter().map(|volume| volume.footprint.area_m2()).sum();
    let placed_m2: f64 = plan.blocks.iter().map(|block| block.footprint.area_m2()).sum();
    if placed_m2 < area_m2 - 0.5 {
        plan.give_up("drawn_m2", area_m2.round(), placed_m2.round());
    }
    for (at, surface) in drawn.surfaces.iter().enumerate() {
        let outline = surface.outline.transformed(&map);
        let inside = Outline::largest(outline.common(&site.outline)).filter(|piece| piece.fault().is_none());
        plan.surfaces.extend(inside.map(|piece| (format!("ground {}", at + 1), surface.kind, piece)));
    }
    let accesses =
        drawn.accesses.iter().enumerate().map(|(at, access)| (format!("gate {}", at + 1), map.apply(access.0)));
    plan.accesses.extend(accesses.filter(|(_, at)| site.outline.reaches(*at)));
    // Where something had no room its walls are elsewhere by now.
    let walls: Vec<&Outline> = plan.blocks.iter().map(|block| &block.footprint).collect();
    let is_whole = placed_m2 > area_m2 - 0.5;
    let in_wall = |at: Point| if is_whole { Some(at) } else { nearest_wall(&walls, at) };
    for (at, door) in drawn.entrances.iter().enumerate() {
        let place = in_wall(map.apply(door.0)).filter(|place| site.outline.reaches(*place));
        plan.entrances.extend(place.map(|place| (format!("door {}", at + 1), place, None)));
    }
}

/// The place in a wall that is nearest to a door; nothing where none is near.
fn nearest_wall(walls: &[&Outline], at: Point) -> Option<Point> {
    /// Farther away it is the door of something else, in metres.
    const NEAR_M: f64 = 3.0;
    let places = walls.iter().flat_map(|outline| outline.edges()).map(|(a, b)| nearest_on_segment(at, a, b));
    let near = places.filter(|place| distance_m(*place, at) <= NEAR_M);
    near.min_by(|a, b| distance_m(*a, at).total_cmp(&distance_m(*b, at)))
}

/// The place that was asked for where all of the block has room; else, of places all over the ground, the nearest of those
/// with most room.
fn best_place(asked: (f64, f64), part_at: impl Fn((f64, f64)) -> f64) -> (f64, f64) {
    /// So many places each way are tried.
    const TRIED: usize = 9;
    let here = part_at(asked);
    if here > 0.999 {
        return asked;
    }
    let step = |at: usize| at as f64 / (TRIED - 1) as f64;
    let places = (0..TRIED * TRIED).map(|at| (step(at % TRIED), step(at / TRIED)));
    let far = |(x, y): (f64, f64)| (x - asked.0).hypot(y - asked.1);
    let best = places.map(|place| (place, part_at(place))).fold((asked, here), |best, next| {
        let is_better = next.1 > best.1 + 1e-6 || (next.1 > best.1 - 1e-6 && far(next.0) < far(best.0));
        if is_better { next } else { best }
    });
    best.0
}

/// Which part of what a block covers lies on ground that may be built on, through a map.
fn part_placed(site: &Site, drawn: &Drawn, map: &Transform) -> f64 {
    let (mut whole_m2, mut inside_m2) = (0.0, 0.0);
    for volume in &drawn.volumes {
        let outline = volume.footprint.transformed(map);
        whole_m2 += outline.area_m2();
        let pieces = site.buildable.iter().flat_map(|part| part.common(&outline));
        inside_m2 += pieces.map(|piece| piece.area_m2()).sum::<f64>();
    }
    if whole_m2 > 0.0 { inside_m2 / whole_m2 } else { 0.0 }
}

/// What of a shape lies on ground that may be built on; nothing where that is too little.
fn on_free_ground(site: &Site, outline: &Outline) -> Option<Outline> {
    let pieces = site.buildable.iter().flat_map(|part| part.common(outline));
    let piece = Outline::largest(pieces)?;
    let part = piece.area_m2() / outline.area_m2();
    // Whole but for rounding it keeps its corners.
    if part > 1.0 - 1e-4 {
        return Some(outline.clone());
    }
    (part >= LEAST_PART && is_wide(&piece, 3.0)).then_some(piece)
}

/// The volume that one was drawn on: the one that ends where it begins and has most of it.
fn below(drawn: &Drawn, at: usize) -> Option<usize> {
    let upper = drawn.volumes.get(at)?;
    let top_m = |volume: &DrawnVolume| volume.base_m + height_above_m(&volume.storeys);
    let shared_m2 = |lower: &DrawnVolume| crate::geometry::overlap_area_m2(&lower.footprint, &upper.footprint);
    let lower =
        drawn.volumes[..at].iter().enumerate().filter(|(_, lower)| (top_m(lower) - upper.base_m).abs() < MEETS_M);
    let lower = lower.map(|(at, lower)| (at, shared_m2(lower))).filter(|(_, m2)| *m2 > 0.5);
    lower.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(at, _)| at)
}

/// The volumes on a plot as they stand, in local metres, with their numbers in the same order: those on the ground first. `None`
/// where nothing stands there.
#[must_use]
pub fn standing_on(v: &Variant, plot: Id) -> Option<(Drawn, Vec<Id>)> {
    let volumes = volumes_on(v, plot);
    if volumes.is_empty() {
        return None;
    }
    let drawn = volumes.iter().map(|volume| drawn_volume(v, volume, &Transform::default())).collect();
    let ids = volumes.iter().map(|volume| volume.id).collect();
    Some((Drawn { volumes: drawn, ..Drawn::default() }, ids))
}

/// The volumes on a plot, those on the ground first.
fn volumes_on(v: &Variant, plot: Id) -> Vec<&Volume> {
    let on_plot = v.volumes.iter().filter(|volume| v.plot_of(volume) == Some(plot));
    let mut volumes: Vec<&Volume> = on_plot.map(|volume| &**volume).collect();
    volumes.sort_by(|a, b| a.base_m.total_cmp(&b.base_m).then(a.id.cmp(&b.id)));
    volumes
}

fn drawn_volume(v: &Variant, volume: &Volume, map: &Transform) -> DrawnVolume {
    DrawnVolume {
        name: volume.name.clone(),
        building: v.buildings.get(volume.building).map(|building| building.name.clone()).unwrap_or_default(),
        footprint: volume.footprint.transformed(map),
        base_m: volume.base_m,
        storeys: volume.storeys.clone(),
        dwellings: volume.dwellings,
        extra: Extra::default(),
    }
}

/// What stands and lies on a plot as a block of its own, and the values that put it back where it is; `None` where nothing
/// stands there, or the plot has a fault.
#[must_use]
pub fn drawn_on(v: &Variant, plot: Id, roles: &[EdgeRole]) -> Option<(Drawn, BTreeMap<&'static str, f64>)> {
    let outline = &v.plots.get(plot)?.outline;
    let volumes = volumes_on(v, plot);
    let kept = distances(&volumes, outline, roles);
    let given: BTreeMap<String, f64> = kept.iter().map(|(key, m)| ((*key).to_owned(), *m)).collect();
    let values = Values::new(super::Generator::Drawn.params(), &given);
    let site = Site::new(outline, super::Sides { roles, ..super::Sides::default() }, &values).ok()?;
    let map = site.local_from_site.inverse()?;
    let inside = |shape: &Outline| shape.inner_point().is_some_and(|at| outline.contains(at));
    let surfaces: Vec<_> = v.surfaces.iter().filter(|surface| inside(&surface.outline)).collect();
    let all = volumes.iter().map(|volume| &volume.footprint).chain(surfaces.iter().map(|surface| &surface.outline));
    let bounds = all.filter_map(|shape| shape.transformed(&map).bounds()).reduce(Bounds::union)?;
    if volumes.is_empty() {
        return None;
    }
    let free = site.bounds();
    let percent =
        |from: f64, spare_m: f64| if spare_m > 0.01 { (100.0 * from / spare_m).clamp(0.0, 100.0) } else { 50.0 };
    let at = [
        ("along_percent", percent(bounds.min.x - free.min.x, free.width_m() - bounds.width_m())),
        ("into_percent", percent(bounds.min.y - free.min.y, free.height_m() - bounds.height_m())),
    ];
    let here = map.then(Transform::translation(Point::default() - bounds.min));
    let pin = |at: At| outline.reaches(at.0).then(|| At(here.apply(at.0)));
    let drawn = Drawn {
        volumes: volumes.iter().map(|volume| drawn_volume(v, volume, &here)).collect(),
        surfaces: surfaces
            .iter()
            .map(|surface| DrawnSurface {
                name: surface.name.clone(),
                kind: surface.kind,
                outline: surface.outline.transformed(&here),
                extra: Extra::default(),
            })
            .collect(),
        accesses: v.goods_access.iter().filter_map(|access| pin(access.at)).collect(),
        entrances: v.entrances.iter().filter_map(|entrance| pin(entrance.at)).collect(),
        extra: Extra::default(),
    };
    Some((drawn, kept.into_iter().chain(at).collect()))
}

/// How far what stands on a plot keeps from its edges, for each kind of edge where that is less than what is usual.
fn distances(volumes: &[&Volume], outline: &Outline, roles: &[EdgeRole]) -> BTreeMap<&'static str, f64> {
    let mut least: BTreeMap<&'static str, f64> = BTreeMap::new();
    let corners: Vec<Point> = volumes.iter().flat_map(|volume| volume.footprint.outer().to_vec()).collect();
    for (at, (a, b)) in outline.edges().enumerate() {
        let Some(key) = setback(roles.get(at).copied().unwrap_or_default()) else { continue };
        let usual_m = super::Generator::Drawn.param(key).map_or(0.0, |param| param.usual);
        let far_m = corners.iter().map(|p| distance_m(*p, nearest_on_segment(*p, a, b))).fold(usual_m, f64::min);
        let known = least.entry(key).or_insert(usual_m);
        *known = known.min((far_m * 10.0).floor() / 10.0);
    }
    least.retain(|key, m| super::Generator::Drawn.param(key).is_some_and(|param| *m < param.usual));
    least
}
