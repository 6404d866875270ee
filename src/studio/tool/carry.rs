//! Moving, turning, mirroring and scaling what is selected, and copying it on the way: one map of the plane for everything
//! that has a place.

use std::collections::{BTreeMap, BTreeSet};

use super::Ctx;
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::generate::followed;
use crate::geometry::{Motion, Outline, Point, Ring, TOLERANCE_M, Transform, distance_m, part_inside};
use crate::model::limits::MEETS_M;
use crate::model::{
    Array, ArrayRule, At, Building, Entrance, GoodsAccess, Id, Mark, Note, Plot, Recipe, Surface, Variant, Volume,
    attributes_of_another,
};
use crate::record::Extra;
use crate::studio::index::{Index, Kind};
use crate::studio::names::Names;

/// Things with the volumes that stand on them and the doors in their walls: who moves a plinth means the house on it too. One
/// that stands for the greater part elsewhere stays.
pub(in crate::studio) fn with_carried(ctx: &Ctx<'_>, ids: &[Id]) -> Vec<Id> {
    let v = ctx.variant;
    let mut all = ids.to_vec();
    let mut known: BTreeSet<Id> = ids.iter().copied().collect();
    all.extend(made_on(v, ids).into_iter().filter(|made| known.insert(*made)));
    let mut at = 0;
    while let Some(&id) = all.get(at) {
        at += 1;
        let Some(volume) = v.volumes.get(id) else { continue };
        all.extend(standing_on(v, ctx.index, volume).filter(|upper| known.insert(*upper)));
        all.extend(doors_in(v, ctx.index, volume).filter(|door| known.insert(*door)));
    }
    all
}

/// What typologies have made on those of the plots that have one: it belongs to the plot.
pub(in crate::studio) fn made_on(v: &Variant, plots: &[Id]) -> Vec<Id> {
    let plots: BTreeSet<Id> = plots.iter().copied().filter(|id| v.plots.contains(*id)).collect();
    if plots.is_empty() {
        return Vec::new();
    }
    let recipes = v.recipes.iter().filter(|recipe| plots.contains(&recipe.plot));
    recipes.flat_map(|recipe| recipe.elements.values().copied()).filter(|id| v.has(*id)).collect()
}

/// The volumes that stand on the roof of one, for their greater part.
pub(in crate::studio) fn standing_on<'a>(
    v: &'a Variant,
    index: &Index,
    volume: &'a Volume,
) -> impl Iterator<Item = Id> + 'a {
    let roof = volume.footprint.bounds().zip(volume.standing_levels_m());
    let near = roof.map(|(bounds, _)| index.meeting(bounds)).unwrap_or_default();
    let stands = move |upper: &Volume| {
        let top_m = roof.map_or(f64::NAN, |(_, (_, top_m))| top_m);
        let meets = !upper.begins_on_ground() && (upper.base_m - top_m).abs() <= MEETS_M;
        meets && part_inside(&upper.footprint, &volume.footprint) > 0.5
    };
    let volumes = near.into_iter().filter(|(kind, _)| *kind == Kind::Volume).map(|(_, id)| id);
    volumes.filter(move |id| v.volumes.get(*id).is_some_and(|upper| stands(upper)))
}

/// The doors in the walls of a volume.
pub(in crate::studio) fn doors_in<'a>(
    v: &'a Variant,
    index: &Index,
    volume: &'a Volume,
) -> impl Iterator<Item = Id> + 'a {
    /// So far from the wall a door is still in it, in metres.
    const IN_WALL_M: f64 = 0.1;
    let bounds = volume.footprint.bounds().filter(|_| volume.begins_on_ground());
    let near = bounds.map(|bounds| index.meeting(bounds.grown(IN_WALL_M))).unwrap_or_default();
    let pins = near.into_iter().filter(|(kind, _)| *kind == Kind::Pin).map(|(_, id)| id);
    let is_in = |at: Point| volume.footprint.distance_to_edge_m(at) <= IN_WALL_M;
    pins.filter(move |id| v.entrances.get(*id).is_some_and(|door| is_in(door.at.0)))
}

/// The edit that moves things by a vector; the buildings `by_hand` stay with the plot they were put on.
pub(super) fn moved_by(ctx: &Ctx<'_>, ids: &[Id], by: Point, by_hand: &BTreeSet<Id>) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new("edit-move"));
    map_into(&mut edit, ctx, ids, &Transform::translation(by), by_hand);
    edit.finish()
}

/// The edit that maps things. Volumes whose building ends up on another plot take it along.
pub(super) fn transformed_by(ctx: &Ctx<'_>, ids: &[Id], map: &Transform, key: &str) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new(key));
    map_into(&mut edit, ctx, ids, map, &housed_by_hand(ctx, ids));
    edit.finish()
}

/// The edit that maps several groups of things, each in its own way; what is in two groups goes with the first.
pub(in crate::studio) fn mapped(ctx: &Ctx<'_>, label: Label, groups: &[(Vec<Id>, Transform)]) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
    let mut known = BTreeSet::new();
    for (ids, map) in groups {
        let own: Vec<Id> = ids.iter().copied().filter(|id| known.insert(*id)).collect();
        map_into(&mut edit, ctx, &own, map, &housed_by_hand(ctx, &own));
    }
    edit.finish()
}

fn map_into(edit: &mut EditBuilder, ctx: &Ctx<'_>, ids: &[Id], map: &Transform, by_hand: &BTreeSet<Id>) {
    let v = ctx.variant;
    for &id in ids {
        if let Some(outline) = v.outline(id) {
            edit.outline(v, id, outline.transformed(map));
        } else if let Some(At(at)) = v.place(id) {
            edit.place(v, id, At(map.apply(at)));
        } else if let Some(old) = v.marks.get(id) {
            edit.mark(mapped_mark(old, map));
        }
    }
    rehouse(ctx, ids, by_hand, &|_, at| map.apply(at), edit);
    // An array that goes as a whole goes with its rule: what its copies stand by is where they are.
    let moved: BTreeSet<Id> = ids.iter().copied().collect();
    for array in v.arrays.iter() {
        let mut members = array.members().filter(|id| v.has(*id)).peekable();
        if members.peek().is_some() && members.all(|id| moved.contains(&id)) {
            let mapped = Array { rule: array.rule.mapped(map), ..Array::clone(array) };
            edit.push(Change::Array(v.id, Put::value(mapped)));
        }
    }
}

/// A mark mapped; its dimension stays as far aside in proportion, and on its side unless that is mirrored.
fn mapped_mark(old: &Mark, map: &Transform) -> Mark {
    let aside_m = old.aside_m * map.area_factor().sqrt() * if map.is_mirroring() { -1.0 } else { 1.0 };
    Mark { a: At(map.apply(old.a.0)), b: At(map.apply(old.b.0)), aside_m, ..Mark::clone(old) }
}

/// The buildings that were put by hand on a plot they do not stand on, of those to which things belong.
pub(super) fn housed_by_hand(ctx: &Ctx<'_>, ids: &[Id]) -> BTreeSet<Id> {
    let on_ground = on_ground_of(ctx, ids);
    let stands_elsewhere = |(id, volumes): (Id, Vec<&Volume>)| {
        let at = volumes.first()?.footprint.inner_point()?;
        (ctx.plot_at(at) != ctx.variant.buildings.get(id)?.plot).then_some(id)
    };
    on_ground.into_iter().filter_map(stands_elsewhere).collect()
}

/// What stands on the ground of the buildings to which things belong, by building.
fn on_ground_of<'a>(ctx: &'a Ctx<'_>, ids: &[Id]) -> BTreeMap<Id, Vec<&'a Volume>> {
    let buildings: BTreeSet<Id> =
        ids.iter().filter_map(|id| ctx.variant.volumes.get(*id)).map(|volume| volume.building).collect();
    let on_ground = |building| ctx.volumes_of(building).filter(|volume| volume.begins_on_ground()).collect();
    buildings.into_iter().map(|building| (building, on_ground(building))).collect()
}

/// Buildings of which all that stands on the ground moves now stand on the plot they came to, or on none; those `by_hand`
/// stay with theirs. `to` says where a point within a volume goes.
fn rehouse(
    ctx: &Ctx<'_>,
    ids: &[Id],
    by_hand: &BTreeSet<Id>,
    to: &dyn Fn(&Volume, Point) -> Point,
    edit: &mut EditBuilder,
) {
    let v = ctx.variant;
    let moved: BTreeSet<Id> = ids.iter().copied().collect();
    for (id, on_ground) in on_ground_of(ctx, ids) {
        let Some(building) = v.buildings.get(id) else { continue };
        // The ground volumes decide; a plot that moves along takes its buildings with it.
        let plot_moves = building.plot.is_some_and(|plot| moved.contains(&plot));
        let all_move = on_ground.iter().all(|volume| moved.contains(&volume.id));
        let first = on_ground.first().and_then(|volume| Some((volume, volume.footprint.inner_point()?)));
        let Some((volume, at)) = first else { continue };
        if plot_moves || !all_move || by_hand.contains(&id) {
            continue;
        }
        let plot = ctx.plot_at(to(volume, at));
        if plot != building.plot {
            edit.building(Building { plot, ..Building::clone(building) });
        }
    }
}

/// The edit that puts a copy of things through each of some maps, and the ids of the copies. Volumes of one building stay one
/// building in each copy.
pub(in crate::studio) fn copies(ctx: &Ctx<'_>, ids: &[Id], maps: &[Transform], label: Label) -> (Edit, Vec<Id>) {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
    let made = copies_into(&mut edit, ctx, ctx.variant, ids, maps);
    (edit.finish(), made.into_iter().flatten().collect())
}

/// Puts typologies to work on copies of their plots where what they made was copied, too; one of another size is plain.
fn recipes_into(
    edit: &mut EditBuilder,
    ctx: &Ctx<'_>,
    from: &Variant,
    ids: &[Id],
    maps: &[Transform],
    made: &[Vec<Id>],
) {
    for (map, step) in maps.iter().zip(made).filter(|(map, _)| (map.area_factor() - 1.0).abs() < 1e-9) {
        let copied = ids.iter().copied().filter(|id| from.has(*id));
        let copies: BTreeMap<Id, Id> = copied.zip(step.iter().copied()).collect();
        for recipe in from.recipes.iter() {
            let Some(plot) = copies.get(&recipe.plot) else { continue };
            if !recipe.elements.values().any(|id| copies.contains_key(id)) {
                continue;
            }
            let motion = Motion { map: *map, is_rigid: true };
            let there = followed(recipe, &recipe.outline.transformed(map), Some(&motion), Vec::new);
            // What was removed by hand, or not copied, has a number that nothing has.
            let mut copy_of = |id: &Id| copies.get(id).copied().unwrap_or_else(|| edit.take_id());
            let elements = recipe.elements.iter().map(|(key, id)| (key.clone(), copy_of(id))).collect();
            // Numbers of what there is none of just now stay with the first.
            let copy = Recipe { id: edit.take_id(), plot: *plot, elements, away: BTreeMap::new(), ..there };
            edit.push(Change::Recipe(ctx.variant.id, Put::value(copy)));
        }
    }
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
    let of = not_made(ctx.variant, of);
    let copies = copies_with_typologies(&mut edit, ctx, &of, maps);
    let (id, all) = (edit.take_id(), copies.iter().flatten().copied().collect());
    let array = Array { id, of, copies, rule, extra: Extra::default() };
    edit.push(Change::Array(ctx.variant.id, Put::value(array)));
    (edit.finish(), all)
}

/// Things without what typologies make of plots among them: that belongs to the plots, and is more or less tomorrow.
fn not_made(v: &Variant, mut ids: Vec<Id>) -> Vec<Id> {
    let made: BTreeSet<Id> = made_on(v, &ids).into_iter().collect();
    ids.retain(|id| !made.contains(id));
    ids
}

/// Copies of things through each of some maps, those of plots with what their typologies make there; the ids of each map's copies
/// of the things themselves.
pub(in crate::studio) fn copies_with_typologies(
    edit: &mut EditBuilder,
    ctx: &Ctx<'_>,
    of: &[Id],
    maps: &[Transform],
) -> Vec<Vec<Id>> {
    let made = made_on(ctx.variant, of).into_iter().filter(|made| !of.contains(made));
    let all: Vec<Id> = of.iter().copied().filter(|id| ctx.variant.has(*id)).chain(made).collect();
    let mut copies = copies_into(edit, ctx, ctx.variant, &all, maps);
    let themselves = of.iter().filter(|id| ctx.variant.has(**id)).count();
    copies.iter_mut().for_each(|step| step.truncate(themselves));
    copies
}

/// Puts a copy of things of a variant, of this project or another, through each of some maps; the ids of each map's copies,
/// in the order of the things. Typologies go on working on copies of their plots.
pub(in crate::studio) fn copies_into(
    edit: &mut EditBuilder,
    ctx: &Ctx<'_>,
    from: &Variant,
    ids: &[Id],
    maps: &[Transform],
) -> Vec<Vec<Id>> {
    let here = ctx.variant;
    let mut made = Vec::new();
    let mut names = Names::new(here.volumes.iter().map(|volume| &volume.name));
    let mut building_names = Names::new(here.buildings.iter().map(|building| &building.name));
    let mut plot_names = Names::new(here.plots.iter().map(|plot| &plot.name));
    // What a typology has named is called so on every plot.
    let made_by_one: BTreeSet<Id> = made_on(from, ids).into_iter().collect();
    for map in maps {
        let mut step = Vec::with_capacity(ids.len());
        let outline = |old: &Outline| old.transformed(map);
        let mut buildings: BTreeMap<Id, Id> = BTreeMap::new();
        // A plot that is copied too takes the copies of its buildings; else they stand on what lies under them.
        let plots: BTreeMap<Id, Id> =
            ids.iter().filter(|id| from.plots.contains(**id)).map(|&id| (id, edit.take_id())).collect();
        for &id in ids {
            let copy = plots.get(&id).copied().unwrap_or_else(|| edit.take_id());
            if let Some(old) = from.volumes.get(id) {
                let building = *buildings.entry(old.building).or_insert_with(|| {
                    let building = edit.take_id();
                    if let Some(of) = from.buildings.get(old.building) {
                        let lies_on = old.footprint.inner_point().and_then(|at| ctx.plot_at(map.apply(at)));
                        let plot = of.plot.and_then(|plot| plots.get(&plot).copied()).or(lies_on);
                        let is_made = made_by_one.contains(&id);
                        let name = if is_made { of.name.clone() } else { building_names.give(&of.name) };
                        edit.building(Building { id: building, plot, name, ..Building::clone(of) });
                    }
                    building
                });
                let name = if made_by_one.contains(&id) { old.name.clone() } else { names.give(&old.name) };
                let footprint = outline(&old.footprint);
                edit.volume(Volume { id: copy, building, name, footprint, code: String::new(), ..Volume::clone(old) });
            } else if let Some(old) = from.plots.get(id) {
                let (name, outline) = (plot_names.give(&old.name), outline(&old.outline));
                let attributes = attributes_of_another(&old.attributes);
                edit.plot(Plot { id: copy, name, outline, code: String::new(), attributes, ..Plot::clone(old) });
            } else if let Some(old) = from.surfaces.get(id) {
                let outline = outline(&old.outline);
                edit.surface(Surface { id: copy, outline, code: String::new(), ..Surface::clone(old) });
            } else if let Some(old) = from.goods_access.get(id) {
                let at = At(map.apply(old.at.0));
                edit.goods_access(GoodsAccess { id: copy, at, ..GoodsAccess::clone(old) });
            } else if let Some(old) = from.entrances.get(id) {
                let at = At(map.apply(old.at.0));
                edit.entrance(Entrance { id: copy, at, ..Entrance::clone(old) });
            } else if let Some(old) = from.notes.get(id) {
                let at = At(map.apply(old.at.0));
                edit.note(Note { id: copy, at, ..Note::clone(old) });
            } else if let Some(old) = from.marks.get(id) {
                edit.mark(Mark { id: copy, ..mapped_mark(old, map) });
            } else {
                continue;
            }
            step.push(copy);
        }
        made.push(step);
    }
    recipes_into(edit, ctx, from, ids, maps, &made);
    made
}

/// Makes what are copies already what the things are now, through a map; their names and where they belong stay their own.
pub(in crate::studio) fn copy_again(edit: &mut EditBuilder, ctx: &Ctx<'_>, of: &[Id], step: &[Id], map: &Transform) {
    let v = ctx.variant;
    for (&of, &copy) in of.iter().zip(step) {
        if let (Some(old), Some(there)) = (v.volumes.get(of), v.volumes.get(copy)) {
            let own = Volume::clone(there);
            let footprint = old.footprint.transformed(map);
            let (id, name, code, building, extra) = (own.id, own.name, own.code, own.building, own.extra);
            edit.volume(Volume { id, name, code, building, extra, footprint, ..Volume::clone(old) });
        } else if let (Some(old), Some(there)) = (v.surfaces.get(of), v.surfaces.get(copy)) {
            edit.surface(Surface { outline: old.outline.transformed(map), kind: old.kind, ..Surface::clone(there) });
        } else if let (Some(old), Some(_)) = (v.outline(of), v.outline(copy)) {
            edit.outline(v, copy, old.transformed(map));
        } else {
            pin_again(edit, v, of, copy, map);
        }
    }
    let source: BTreeMap<Id, Id> = step.iter().copied().zip(of.iter().copied()).collect();
    let inner = |volume: &Volume| v.outline(*source.get(&volume.id)?)?.inner_point();
    rehouse(
        ctx,
        step,
        &housed_by_hand(ctx, step),
        &|volume, at| inner(volume).map_or(at, |inner| map.apply(inner)),
        edit,
    );
}

/// Brings copies from where an array's rule had them to where it has them now. A copy of the same shape as the thing stands
/// just where the rule says; one that was given a shape of its own keeps it, and so does every copy its storeys.
pub(in crate::studio) fn place_again(
    edit: &mut EditBuilder,
    ctx: &Ctx<'_>,
    of: &[Id],
    step: &[Id],
    [was, now]: [&Transform; 2],
) {
    let v = ctx.variant;
    let on = was.inverse().map_or(*now, |back| back.then(*now));
    let mut inner: BTreeMap<Id, Point> = BTreeMap::new();
    for (&of, &copy) in of.iter().zip(step) {
        if let (Some(thing), Some(own)) = (v.outline(of), v.outline(copy)) {
            let outline = if is_copy(thing, own, was) { thing.transformed(now) } else { own.transformed(&on) };
            inner.extend(outline.inner_point().map(|at| (copy, at)));
            if outline != *own {
                edit.outline(v, copy, outline);
            }
        } else {
            // Pins have no shape to tell by: they go on from where they are.
            pin_again(edit, v, copy, copy, &on);
        }
    }
    // What a typology made of a copy of a plot goes with it.
    let made: Vec<Id> = made_on(v, step).into_iter().filter(|made| !step.contains(made)).collect();
    map_into(edit, ctx, &made, &on, &housed_by_hand(ctx, &made));
    rehouse(ctx, step, &housed_by_hand(ctx, step), &|volume, at| inner.get(&volume.id).copied().unwrap_or(at), edit);
}

/// Whether an outline has the shape of another, turned as a map turns it, wherever it stands.
fn is_copy(thing: &Outline, own: &Outline, map: &Transform) -> bool {
    let points = |outline: &Outline| -> Vec<Point> { outline.rings().iter().flat_map(Ring::points).copied().collect() };
    let (thing, own) = (points(&thing.transformed(map)), points(own));
    let Some(by) = thing.first().zip(own.first()).map(|(a, b)| *b - *a) else { return false };
    thing.len() == own.len() && thing.iter().zip(&own).all(|(a, b)| distance_m(*a + by, *b) < TOLERANCE_M)
}

/// Puts what has a place and no outline where a thing like it is, through a map.
fn pin_again(edit: &mut EditBuilder, v: &Variant, of: Id, copy: Id, map: &Transform) {
    if let (Some(old), Some(there)) = (v.goods_access.get(of), v.goods_access.get(copy)) {
        edit.goods_access(GoodsAccess { at: At(map.apply(old.at.0)), ..GoodsAccess::clone(there) });
    } else if let (Some(old), Some(there)) = (v.entrances.get(of), v.entrances.get(copy)) {
        edit.entrance(Entrance { at: At(map.apply(old.at.0)), ..Entrance::clone(there) });
    } else if let (Some(old), Some(there)) = (v.notes.get(of), v.notes.get(copy)) {
        edit.note(Note { at: At(map.apply(old.at.0)), ..Note::clone(there) });
    } else if let (Some(old), Some(_)) = (v.marks.get(of), v.marks.get(copy)) {
        edit.mark(Mark { id: copy, ..mapped_mark(old, map) });
    }
}
