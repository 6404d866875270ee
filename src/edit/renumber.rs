//! Edits made on one state of a project, brought to another in which the same numbers have been given out meanwhile.

use std::sync::Arc;

use super::{Change, Edit, Put};
use crate::model::{Array, Building, Entity, Id, Recipe, Relation, Table, Underlay, Variant, Volume};

/// Moves the ids that edits have given out: those from `first` on, by `by`.
#[derive(Clone, Copy, Debug)]
struct Shift {
    first: u64,
    by: u64,
}

/// Edits in which every id from the first that they give out is moved up, so that they fit a project whose next id is
/// `next_id`. What was there before they began keeps its id. Edits that give out none stay as they are.
#[must_use]
pub fn renumbered(edits: &[Edit], next_id: u64) -> Vec<Edit> {
    let first = edits.iter().find_map(|edit| edit.first_id).unwrap_or(u64::MAX);
    let shift = Shift { first, by: next_id.saturating_sub(first) };
    let fit = |edit: &Edit| {
        let mut edit = shift.edit(edit);
        // The project's own counter never goes back.
        edit.next_id = edit.next_id.filter(|after| *after >= next_id);
        edit
    };
    edits.iter().map(fit).collect()
}

impl Shift {
    fn number(self, number: u64) -> u64 {
        if number >= self.first { number + self.by } else { number }
    }

    fn id(self, id: Id) -> Id {
        Id(self.number(id.0))
    }

    fn edit(self, edit: &Edit) -> Edit {
        Edit {
            label: edit.label.clone(),
            first_id: edit.first_id.map(|id| self.number(id)),
            // The counter stands behind the last id given out.
            next_id: edit.next_id.map(|id| self.number(id)),
            changes: edit.changes.iter().map(|change| self.change(change)).collect(),
        }
    }

    fn change(self, change: &Change) -> Change {
        match change {
            Change::Info(info) => Change::Info(info.clone()),
            Change::Variant { id, place, value } => Change::Variant {
                id: self.id(*id),
                place: *place,
                value: value.as_ref().map(|variant| Box::new(self.variant(variant))),
            },
            Change::VariantName { id, name, baseline } => {
                Change::VariantName { id: self.id(*id), name: name.clone(), baseline: *baseline }
            }
            Change::Context(put) => Change::Context(self.put(put, Clone::clone)),
            Change::Picture(put) => Change::Picture(self.put(put, Clone::clone)),
            Change::Underlay(put) => Change::Underlay(self.put(put, |underlay| {
                let picture = self.id(underlay.picture);
                Underlay { picture, ..Underlay::clone(underlay) }
            })),
            Change::Plot(variant, put) => Change::Plot(self.id(*variant), self.put(put, Clone::clone)),
            Change::Building(variant, put) => {
                Change::Building(self.id(*variant), self.put(put, |building| self.building(building)))
            }
            Change::Volume(variant, put) => {
                Change::Volume(self.id(*variant), self.put(put, |volume| self.volume(volume)))
            }
            Change::Surface(variant, put) => Change::Surface(self.id(*variant), self.put(put, Clone::clone)),
            Change::GoodsAccess(variant, put) => Change::GoodsAccess(self.id(*variant), self.put(put, Clone::clone)),
            Change::Entrance(variant, put) => Change::Entrance(self.id(*variant), self.put(put, Clone::clone)),
            Change::Note(variant, put) => Change::Note(self.id(*variant), self.put(put, Clone::clone)),
            Change::Mark(variant, put) => Change::Mark(self.id(*variant), self.put(put, Clone::clone)),
            Change::Array(variant, put) => Change::Array(self.id(*variant), self.put(put, |array| self.array(array))),
            Change::Relation(variant, put) => {
                Change::Relation(self.id(*variant), self.put(put, |relation| self.relation(relation)))
            }
            Change::Recipe(variant, put) => {
                Change::Recipe(self.id(*variant), self.put(put, |recipe| self.recipe(recipe)))
            }
        }
    }

    fn put<T: Entity>(self, put: &Put<T>, refer: impl Fn(&T) -> T) -> Put<T> {
        let value = put.value.as_ref().map(|value| Arc::new(self.thing(value.as_ref(), refer)));
        Put { id: self.id(put.id), value }
    }

    /// A thing under its new id, with its references to others put right by `refer`.
    fn thing<T: Entity>(self, old: &T, refer: impl Fn(&T) -> T) -> T {
        let mut new = refer(old);
        new.set_id(self.id(old.id()));
        new
    }

    fn building(self, building: &Building) -> Building {
        Building { plot: building.plot.map(|plot| self.id(plot)), ..building.clone() }
    }

    fn volume(self, volume: &Volume) -> Volume {
        Volume { building: self.id(volume.building), ..volume.clone() }
    }

    fn array(self, array: &Array) -> Array {
        let all = |ids: &Vec<Id>| ids.iter().map(|id| self.id(*id)).collect::<Vec<Id>>();
        Array { of: all(&array.of), copies: array.copies.iter().map(all).collect(), ..array.clone() }
    }

    fn relation(self, relation: &Relation) -> Relation {
        Relation { of: relation.of.iter().map(|id| self.id(*id)).collect(), ..relation.clone() }
    }

    fn recipe(self, recipe: &Recipe) -> Recipe {
        let mut new = recipe.clone();
        new.ids_mut().for_each(|id| *id = self.id(*id));
        new
    }

    fn variant(self, v: &Variant) -> Variant {
        Variant {
            id: self.id(v.id),
            name: v.name.clone(),
            baseline: v.baseline,
            plots: self.table(&v.plots, Clone::clone),
            buildings: self.table(&v.buildings, |building| self.building(building)),
            volumes: self.table(&v.volumes, |volume| self.volume(volume)),
            surfaces: self.table(&v.surfaces, Clone::clone),
            goods_access: self.table(&v.goods_access, Clone::clone),
            entrances: self.table(&v.entrances, Clone::clone),
            notes: self.table(&v.notes, Clone::clone),
            marks: self.table(&v.marks, Clone::clone),
            arrays: self.table(&v.arrays, |array| self.array(array)),
            recipes: self.table(&v.recipes, |recipe| self.recipe(recipe)),
            relations: self.table(&v.relations, |relation| self.relation(relation)),
            extra: v.extra.clone(),
        }
    }

    fn table<T: Entity>(self, table: &Table<T>, refer: impl Fn(&T) -> T + Copy) -> Table<T> {
        table.iter().map(|thing| self.thing(thing.as_ref(), refer)).collect()
    }
}
