//! Giving things other outlines: what falls apart becomes several things, what is put together becomes one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::Names;
use super::tool::carry::made_on;
use super::tool::{Ctx, Purpose};
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::generate::hands_on;
use crate::geometry::{Outline, overlap_area_m2};
use crate::model::{Building, Id, Plot, Recipe, Surface, Variant, Volume, attributes_in_common, attributes_of_another};

/// What a thing is, if it has an outline.
pub(super) fn purpose_of(variant: &Variant, id: Id) -> Option<Purpose> {
    let is = |there: bool, purpose| there.then_some(purpose);
    is(variant.volumes.contains(id), Purpose::Volume)
        .or(is(variant.plots.contains(id), Purpose::Plot))
        .or(is(variant.surfaces.contains(id), Purpose::Surface))
}

/// The edit that gives a thing another outline.
pub(super) fn with_outline(ctx: &Ctx<'_>, id: Id, outline: Outline, key: &str) -> Edit {
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, Label::new(key));
    edit.outline(ctx.variant, id, outline);
    edit.finish()
}

/// The edit that gives things other outlines, and what is then there of them. The largest part of a thing stays that thing;
/// others are new ones like it, in the same building, under the next name. Of several parts each has its share of the known
/// dwellings. A thing without an outline goes.
pub(super) fn reshaped(ctx: &Ctx<'_>, label: Label, parts_of: &[(Id, Vec<Outline>)]) -> (Edit, Vec<Id>) {
    let v = ctx.variant;
    let mut edit = EditBuilder::new(ctx.project, v.id, label);
    let mut there = Vec::new();
    let mut volume_names = Names::new(v.volumes.iter().map(|volume| &volume.name));
    let mut plot_names = Names::new(v.plots.iter().map(|plot| &plot.name));
    let gone: Vec<Id> = parts_of.iter().filter(|(_, parts)| parts.is_empty()).map(|(id, _)| *id).collect();
    edit.remove(v, &gone);
    for (id, parts) in parts_of.iter().filter(|(_, parts)| !parts.is_empty()) {
        let areas_m2: Vec<f64> = parts.iter().map(Outline::area_m2).collect();
        // Parts of one size stand in the order of the cuts.
        let size = |part: usize| (areas_m2[part] * 1e3).round();
        let first = (0..parts.len()).max_by(|&a, &b| size(a).total_cmp(&size(b)).then(b.cmp(&a))).unwrap_or(0);
        let ids: Vec<Id> = (0..parts.len()).map(|i| if i == first { *id } else { edit.take_id() }).collect();
        there.extend(&ids);
        if let Some(old) = v.volumes.get(*id) {
            let dwellings = shares(old.dwellings, &areas_m2);
            for (i, footprint) in parts.iter().cloned().enumerate() {
                let (id, dwellings) = (ids[i], dwellings.get(i).copied().flatten());
                let (name, code) = if i == first {
                    (old.name.clone(), old.code.clone())
                } else {
                    (volume_names.give(&old.name), String::new())
                };
                edit.volume(Volume { id, name, code, footprint, dwellings, ..Volume::clone(old) });
            }
        } else if let Some(old) = v.plots.get(*id) {
            for (i, outline) in parts.iter().cloned().enumerate() {
                let id = ids[i];
                if i == first {
                    edit.plot(Plot { id, outline, ..Plot::clone(old) });
                    continue;
                }
                // It is another parcel: the number stays with the first.
                let (name, attributes) = (plot_names.give(&old.name), attributes_of_another(&old.attributes));
                edit.plot(Plot { id, name, code: String::new(), attributes, outline, ..Plot::clone(old) });
            }
            if parts.len() > 1 {
                let of_parts: Vec<(Id, &Outline)> = ids.iter().copied().zip(parts).collect();
                let mut built_on = rehouse(ctx, *id, &of_parts, &mut edit);
                for recipe in v.recipes.iter().filter(|recipe| recipe.plot == *id) {
                    if recipe.has_taken_over() {
                        // A hall that was converted is one: it stays as it stands.
                        edit.push(Change::Recipe(v.id, Put::gone(recipe.id)));
                        continue;
                    }
                    built_on.extend(let_go_of_strays(ctx, recipe, &of_parts, &mut edit));
                    // The typology of the whole goes on on every part that nothing else stands on.
                    for part in ids.iter().filter(|part| *part != id && !built_on.contains(part)) {
                        let (elements, away, aside) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
                        let begun =
                            Recipe { id: edit.take_id(), plot: *part, elements, away, aside, ..Recipe::clone(recipe) };
                        edit.push(Change::Recipe(v.id, Put::value(begun)));
                    }
                }
            }
        } else if let Some(old) = v.surfaces.get(*id) {
            for (i, outline) in parts.iter().cloned().enumerate() {
                let code = if i == first { old.code.clone() } else { String::new() };
                edit.surface(Surface { id: ids[i], code, outline, ..Surface::clone(old) });
            }
        }
    }
    (edit.finish(), there)
}

/// The outlines that an edit puts.
pub(super) fn outlines_of(edit: &Edit) -> impl Iterator<Item = &Outline> {
    edit.changes.iter().filter_map(|change| match change {
        Change::Plot(_, put) => put.value.as_ref().map(|plot| &plot.outline),
        Change::Volume(_, put) => put.value.as_ref().map(|volume| &volume.footprint),
        Change::Surface(_, put) => put.value.as_ref().map(|surface| &surface.outline),
        _ => None,
    })
}

/// Whether all outlines that an edit puts enclose a clear area: turned or made small, a thin corner may fold.
pub(super) fn is_sound(edit: &Edit) -> bool {
    outlines_of(edit).all(|outline| outline.fault().is_none() && !outline.touches_itself())
}

/// A known number in proportion to areas; whole numbers that add up.
fn shares(known: Option<u32>, areas_m2: &[f64]) -> Vec<Option<u32>> {
    let Some(known) = known else { return vec![None; areas_m2.len()] };
    let whole_m2: f64 = areas_m2.iter().sum();
    let parts: Vec<f64> = areas_m2.iter().map(|area_m2| f64::from(known) * area_m2 / whole_m2).collect();
    crate::num::round_parts(&parts, 0).into_iter().map(|share| Some(share as u32)).collect()
}

/// Buildings of a plot that fell apart stand on the part that holds most of their ground; those of a typology are made anew.
/// Returns the parts that others stand on.
fn rehouse(ctx: &Ctx<'_>, plot: Id, parts: &[(Id, &Outline)], edit: &mut EditBuilder) -> BTreeSet<Id> {
    let v = ctx.variant;
    let taken_over = v.recipes.iter().any(|recipe| recipe.plot == plot && recipe.has_taken_over());
    let made: BTreeSet<Id> = made_on(v, &[plot]).into_iter().filter(|_| !taken_over).collect();
    let mut built_on = BTreeSet::new();
    for building in v.buildings.iter().filter(|building| building.plot == Some(plot)) {
        let (of_recipe, own): (Vec<&Volume>, Vec<&Volume>) =
            ctx.volumes_of(building.id).partition(|volume| made.contains(&volume.id));
        if own.is_empty() && !of_recipe.is_empty() {
            continue;
        }
        let on_ground: Vec<_> = own.iter().filter(|volume| volume.begins_on_ground()).collect();
        let held_m2 =
            |part: &Outline| -> f64 { on_ground.iter().map(|volume| overlap_area_m2(&volume.footprint, part)).sum() };
        let held = parts.iter().map(|(part, outline)| (part, held_m2(outline))).filter(|(_, m2)| *m2 > 0.0);
        let Some((part, _)) = held.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0))) else { continue };
        built_on.insert(*part);
        if *part != plot && of_recipe.is_empty() {
            edit.building(Building { plot: Some(*part), ..Building::clone(building) });
        } else if *part != plot {
            // What was made stays in it with the typology; what was drawn goes in a building of its own.
            let other = edit.take_id();
            edit.building(Building { id: other, plot: Some(*part), ..Building::clone(building) });
            for volume in own {
                edit.volume(Volume { building: other, ..Volume::clone(volume) });
            }
        }
    }
    built_on
}

/// What was put by hand where another part of its plot lies now belongs to that part, as a plain thing. Returns these parts.
fn let_go_of_strays(ctx: &Ctx<'_>, recipe: &Recipe, parts: &[(Id, &Outline)], edit: &mut EditBuilder) -> BTreeSet<Id> {
    let v = ctx.variant;
    let (mut now, mut on) = (recipe.clone(), BTreeSet::new());
    for (key, hand) in hands_on(recipe, ctx.library, v) {
        let volume = recipe.elements.get(&key).and_then(|id| v.volumes.get(*id)).filter(|_| hand.outline.is_some());
        let Some(volume) = volume else { continue };
        let lies_on = volume.footprint.inner_point().and_then(|at| parts.iter().find(|(_, part)| part.contains(at)));
        let Some((part, _)) = lies_on.filter(|(part, _)| *part != recipe.plot) else { continue };
        let building = Building::new(edit.take_id(), volume.name.clone(), Some(*part));
        edit.volume(Volume { building: building.id, ..Volume::clone(volume) });
        edit.building(building);
        now.elements.insert(key, edit.take_id());
        on.insert(*part);
    }
    if !on.is_empty() {
        edit.push(Change::Recipe(v.id, Put::value(now)));
    }
    on
}

/// What becomes of typologies on plots that become one: one of them goes on over all of it, what the others made goes. Where
/// something else stands there, too, none goes on, and what they made stays as plain things.
#[derive(Default)]
struct JoinedRecipes<'a> {
    goes_on: Option<&'a Arc<Recipe>>,
    lets_go: Vec<Id>,
    gone: BTreeSet<Id>,
}

impl<'a> JoinedRecipes<'a> {
    fn new(ctx: &Ctx<'a>, stays: Id, go: &[Id]) -> Self {
        let v = ctx.variant;
        let plots: BTreeSet<Id> = go.iter().copied().chain([stays]).filter(|id| v.plots.contains(*id)).collect();
        let recipes: Vec<&Arc<Recipe>> = v.recipes.iter().filter(|recipe| plots.contains(&recipe.plot)).collect();
        if recipes.is_empty() {
            return Self::default();
        }
        let lets_go = || Self { lets_go: recipes.iter().map(|recipe| recipe.id).collect(), ..Self::default() };
        let made: BTreeSet<Id> = recipes.iter().flat_map(|recipe| recipe.elements.values().copied()).collect();
        let buildings = v.buildings.iter().filter(|building| building.plot.is_some_and(|plot| plots.contains(&plot)));
        if buildings.flat_map(|building| ctx.volumes_of(building.id)).any(|volume| !made.contains(&volume.id)) {
            return lets_go();
        }
        let area_m2 = |recipe: &Recipe| v.outline(recipe.plot).map_or(0.0, Outline::area_m2);
        let largest = recipes.iter().max_by(|a, b| area_m2(a).total_cmp(&area_m2(b)).then(b.id.cmp(&a.id)));
        let goes_on = recipes.iter().find(|recipe| recipe.plot == stays).or(largest).copied();
        let others = recipes.iter().filter(|recipe| goes_on.is_none_or(|one| one.id != recipe.id));
        // What was done by hand to others is not thrown away, and a hall that stood there before is no typology's.
        let is_worked_on = |recipe: &Recipe| !recipe.aside.is_empty() || !hands_on(recipe, ctx.library, v).is_empty();
        if recipes.iter().any(|recipe| recipe.has_taken_over()) || others.clone().any(|recipe| is_worked_on(recipe)) {
            return lets_go();
        }
        let gone =
            others.clone().flat_map(|recipe| recipe.elements.values().copied()).filter(|id| v.has(*id)).collect();
        Self { goes_on, lets_go: others.map(|recipe| recipe.id).collect(), gone }
    }

    fn put(&self, v: &Variant, stays: Id, edit: &mut EditBuilder) {
        for id in &self.lets_go {
            edit.push(Change::Recipe(v.id, Put::gone(*id)));
        }
        if let Some(recipe) = self.goes_on {
            edit.push(Change::Recipe(v.id, Put::value(Recipe { plot: stays, ..Recipe::clone(recipe) })));
        }
    }
}

/// The edit that puts things together in one that is there already, which gets the outline. Buildings of plots that go stand
/// on the one that stays.
pub(super) fn joined(ctx: &Ctx<'_>, label: Label, stays: Id, go: &[Id], outline: Outline) -> Edit {
    let v = ctx.variant;
    let mut edit = EditBuilder::new(ctx.project, v.id, label);
    let recipes = JoinedRecipes::new(ctx, stays, go);
    let all: Vec<Id> = go.iter().copied().chain(recipes.gone.iter().copied()).collect();
    edit.remove(v, &all);
    if let Some(old) = v.volumes.get(stays) {
        let all = go.iter().chain([&stays]).filter_map(|id| v.volumes.get(*id));
        // Known only where it is known of all.
        let dwellings = all.map(|volume| volume.dwellings).try_fold(0, |sum, known| known.map(|known| sum + known));
        edit.volume(Volume { footprint: outline, dwellings, ..Volume::clone(old) });
    } else if let Some(old) = v.plots.get(stays) {
        let all = [stays].into_iter().chain(go.iter().copied()).filter_map(|id| v.plots.get(id));
        let attributes = attributes_in_common(all.map(|plot| &plot.attributes));
        edit.plot(Plot { outline, attributes, ..Plot::clone(old) });
        let homeless = |building: &&Arc<Building>| building.plot.is_some_and(|plot| go.contains(&plot));
        let stands = |building: &&Arc<Building>| ctx.volumes_of(building.id).any(|x| !recipes.gone.contains(&x.id));
        for building in v.buildings.iter().filter(homeless).filter(stands) {
            edit.building(Building { plot: Some(stays), ..Building::clone(building) });
        }
        recipes.put(v, stays, &mut edit);
    } else if let Some(old) = v.surfaces.get(stays) {
        edit.surface(Surface { outline, ..Surface::clone(old) });
    }
    edit.finish()
}
