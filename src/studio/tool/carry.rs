//! Moving, turning, mirroring and scaling what is selected, and copying it on the way: one map of the plane for everything
//! that has a place.

use std::collections::{BTreeMap, BTreeSet};

use super::Ctx;
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::geometry::{Outline, Point, Transform, part_inside};
use crate::model::limits::MEETS_M;
use crate::model::{Array, ArrayRule, At, Building, GoodsAccess, Id, Mark, Note, Plot, Surface, Variant, Volume};
use crate::record::Extra;
use crate::studio::index::Kind;
use crate::studio::names::Names;

/// Things and the volumes that stand on them: who moves a plinth means the house on it too. One that stands for
/// the greater part elsewhere stays.
pub(in crate::studio) fn with_carried(ctx: &Ctx<'_>, ids: &[Id]) -> Vec<Id> {
    let v = ctx.variant;
    let mut all = ids.to_vec();
    let mut known: BTreeSet<Id> = ids.iter().copied().collect();
    let mut at = 0;
    while let Some(&id) = all.get(at) {
        at += 1;
        let Some(volume) = v.volumes.get(id) else { continue };
        let Some((bounds, (_, top_m))) = volume.footprint.bounds().zip(volume.standing_levels_m()) else { continue };
        for (_, upper) in ctx.index.meeting(bounds).into_iter().filter(|(kind, _)| *kind == Kind::Volume) {
            let Some(upper) = v.volumes.get(upper).filter(|upper| !known.contains(&upper.id)) else { continue };
            let meets = !upper.begins_on_ground() && (upper.base_m - top_m).abs() <= MEETS_M;
            // The greater part of it stands here.
            if meets && part_inside(&upper.footprint, &volume.footprint) > 0.5 {
                known.insert(upper.id);
                all.push(upper.id);
            }
        }
    }
    all
}

/// The edit that moves things by a vector.
pub(super) fn moved_by(ctx: &Ctx<'_>, ids: &[Id], by: Point) -> Edit {
    transformed_by(ctx, ids, &Transform::translation(by), "edit-move")
}

/// The edit that maps things. Volumes whose building ends up on another plot take it along.
pub(super) fn transformed_by(ctx: &Ctx<'_>, ids: &[Id], map: &Transform, key: &str) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new(key));
    map_into(&mut edit, ctx, ids, map);
    edit.finish()
}

/// The edit that maps several groups of things, each in its own way; what is in two groups goes with the first.
pub(in crate::studio) fn mapped(ctx: &Ctx<'_>, label: Label, groups: &[(Vec<Id>, Transform)]) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
    let mut known = BTreeSet::new();
    for (ids, map) in groups {
        let own: Vec<Id> = ids.iter().copied().filter(|id| known.insert(*id)).collect();
        map_into(&mut edit, ctx, &own, map);
    }
    edit.finish()
}

fn map_into(edit: &mut EditBuilder, ctx: &Ctx<'_>, ids: &[Id], map: &Transform) {
    let v = ctx.variant;
    for &id in ids {
        if let Some(old) = v.volumes.get(id) {
            let footprint = old.footprint.transformed(map);
            edit.volume(Volume { footprint, ..Volume::clone(old) });
        } else if let Some(old) = v.plots.get(id) {
            edit.plot(Plot { outline: old.outline.transformed(map), ..Plot::clone(old) });
        } else if let Some(old) = v.surfaces.get(id) {
            edit.surface(Surface { outline: old.outline.transformed(map), ..Surface::clone(old) });
        } else if let Some(old) = v.goods_access.get(id) {
            edit.goods_access(GoodsAccess { at: At(map.apply(old.at.0)), ..GoodsAccess::clone(old) });
        } else if let Some(old) = v.notes.get(id) {
            edit.note(Note { at: At(map.apply(old.at.0)), ..Note::clone(old) });
        } else if let Some(old) = v.marks.get(id) {
            edit.mark(mapped_mark(old, map));
        }
    }
    rehouse(ctx, ids, map, edit);
}

/// A mark mapped; its dimension stays as far aside in proportion, and on its side unless that is mirrored.
fn mapped_mark(old: &Mark, map: &Transform) -> Mark {
    let aside_m = old.aside_m * map.area_factor().sqrt() * if map.is_mirroring() { -1.0 } else { 1.0 };
    Mark { a: At(map.apply(old.a.0)), b: At(map.apply(old.b.0)), aside_m, ..Mark::clone(old) }
}

/// Buildings of which all that stands on the ground moves now stand on the plot they came to, or on none.
fn rehouse(ctx: &Ctx<'_>, ids: &[Id], map: &Transform, edit: &mut EditBuilder) {
    let v = ctx.variant;
    let moved: BTreeSet<Id> = ids.iter().copied().collect();
    let mut on_ground_of: BTreeMap<Id, Vec<&Volume>> =
        ids.iter().filter_map(|id| v.volumes.get(*id)).map(|volume| (volume.building, Vec::new())).collect();
    for volume in v.volumes.iter().filter(|volume| volume.begins_on_ground()) {
        if let Some(on_ground) = on_ground_of.get_mut(&volume.building) {
            on_ground.push(volume);
        }
    }
    for (id, on_ground) in on_ground_of {
        let Some(building) = v.buildings.get(id) else { continue };
        // The ground volumes decide; a plot that moves along takes its buildings with it.
        let plot_moves = building.plot.is_some_and(|plot| moved.contains(&plot));
        let all_move = on_ground.iter().all(|volume| moved.contains(&volume.id));
        let Some(at) = on_ground.first().and_then(|volume| volume.footprint.inner_point()) else { continue };
        // Whoever put the building on a plot that it does not stand on meant it.
        let by_hand = v.plot_at(at) != building.plot;
        if plot_moves || !all_move || by_hand {
            continue;
        }
        let plot = v.plot_at(map.apply(at));
        if plot != building.plot {
            edit.building(Building { plot, ..Building::clone(building) });
        }
    }
}

/// The edit that puts a copy of things through each of some maps, and the ids of the copies. Volumes of one building stay one
/// building in each copy.
pub(in crate::studio) fn copies(ctx: &Ctx<'_>, ids: &[Id], maps: &[Transform], label: Label) -> (Edit, Vec<Id>) {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
    let made = copies_into(&mut edit, ctx, ids, maps);
    (edit.finish(), made.into_iter().flatten().collect())
}

/// The edit that does the same and keeps the copies as an array by the rule that the maps follow: how many there are and
/// how far apart can be changed later.
pub(super) fn arrayed(
    ctx: &Ctx<'_>,
    of: Vec<Id>,
    rule: ArrayRule,
    maps: &[Transform],
    label: Label,
) -> (Edit, Vec<Id>) {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
    let copies = copies_into(&mut edit, ctx, &of, maps);
    let (id, all) = (edit.take_id(), copies.iter().flatten().copied().collect());
    let array = Array { id, of, copies, rule, extra: Extra::default() };
    edit.push(Change::Array(ctx.variant.id, Put::value(array)));
    (edit.finish(), all)
}

/// Puts a copy of things through each of some maps; the ids of each map's copies, in the order of the things.
pub(in crate::studio) fn copies_into(
    edit: &mut EditBuilder,
    ctx: &Ctx<'_>,
    ids: &[Id],
    maps: &[Transform],
) -> Vec<Vec<Id>> {
    let v = ctx.variant;
    let mut made = Vec::new();
    let mut names = Names::new(v.volumes.iter().map(|volume| &volume.name));
    let mut building_names = Names::new(v.buildings.iter().map(|building| &building.name));
    let mut plot_names = Names::new(v.plots.iter().map(|plot| &plot.name));
    for map in maps {
        let mut step = Vec::with_capacity(ids.len());
        let outline = |old: &Outline| old.transformed(map);
        let mut buildings: BTreeMap<Id, Id> = BTreeMap::new();
        // A plot that is copied too takes the copies of its buildings; else they stand on what lies under them.
        let plots: BTreeMap<Id, Id> =
            ids.iter().filter(|id| v.plots.contains(**id)).map(|&id| (id, edit.take_id())).collect();
        for &id in ids {
            let copy = plots.get(&id).copied().unwrap_or_else(|| edit.take_id());
            if let Some(old) = v.volumes.get(id) {
                let building = *buildings.entry(old.building).or_insert_with(|| {
                    let building = edit.take_id();
                    if let Some(of) = v.buildings.get(old.building) {
                        let here = old.footprint.inner_point().and_then(|at| v.plot_at(map.apply(at)));
                        let plot = of.plot.and_then(|plot| plots.get(&plot).copied()).or(here);
                        let name = building_names.give(&of.name);
                        edit.building(Building { id: building, plot, name, ..Building::clone(of) });
                    }
                    building
                });
                let (name, footprint) = (names.give(&old.name), outline(&old.footprint));
                edit.volume(Volume { id: copy, building, name, footprint, code: String::new(), ..Volume::clone(old) });
            } else if let Some(old) = v.plots.get(id) {
                let (name, outline) = (plot_names.give(&old.name), outline(&old.outline));
                edit.plot(Plot { id: copy, name, outline, code: String::new(), ..Plot::clone(old) });
            } else if let Some(old) = v.surfaces.get(id) {
                let outline = outline(&old.outline);
                edit.surface(Surface { id: copy, outline, code: String::new(), ..Surface::clone(old) });
            } else if let Some(old) = v.goods_access.get(id) {
                let at = At(map.apply(old.at.0));
                edit.goods_access(GoodsAccess { id: copy, at, ..GoodsAccess::clone(old) });
            } else if let Some(old) = v.notes.get(id) {
                let at = At(map.apply(old.at.0));
                edit.note(Note { id: copy, at, ..Note::clone(old) });
            } else if let Some(old) = v.marks.get(id) {
                edit.mark(Mark { id: copy, ..mapped_mark(old, map) });
            } else {
                continue;
            }
            step.push(copy);
        }
        made.push(step);
    }
    made
}

/// Makes what is a copy already what the thing is now, through a map; its name and where it belongs stay its own.
pub(in crate::studio) fn copy_of(edit: &mut EditBuilder, v: &Variant, of: Id, copy: Id, map: &Transform) {
    if let (Some(old), Some(there)) = (v.volumes.get(of), v.volumes.get(copy)) {
        let own = Volume::clone(there);
        let footprint = old.footprint.transformed(map);
        let (id, name, code, building, extra) = (own.id, own.name, own.code, own.building, own.extra);
        edit.volume(Volume { id, name, code, building, extra, footprint, ..Volume::clone(old) });
    } else if let (Some(old), Some(there)) = (v.plots.get(of), v.plots.get(copy)) {
        edit.plot(Plot { outline: old.outline.transformed(map), ..Plot::clone(there) });
    } else if let (Some(old), Some(there)) = (v.surfaces.get(of), v.surfaces.get(copy)) {
        edit.surface(Surface { outline: old.outline.transformed(map), kind: old.kind, ..Surface::clone(there) });
    } else if let (Some(old), Some(there)) = (v.goods_access.get(of), v.goods_access.get(copy)) {
        edit.goods_access(GoodsAccess { at: At(map.apply(old.at.0)), ..GoodsAccess::clone(there) });
    } else if let (Some(old), Some(there)) = (v.notes.get(of), v.notes.get(copy)) {
        edit.note(Note { at: At(map.apply(old.at.0)), ..Note::clone(there) });
    } else if let (Some(old), Some(_)) = (v.marks.get(of), v.marks.get(copy)) {
        edit.mark(Mark { id: copy, ..mapped_mark(old, map) });
    }
}
