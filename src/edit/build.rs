//! Putting an edit together against a project: new ids, and the plain verbs that tools and panels need.

use std::collections::BTreeSet;

use super::{Change, Edit, Info, Label, Put};
use crate::geometry::Outline;
use crate::model::{
    Array, At, Building, Context, Entrance, GoodsAccess, Id, Mark, Note, Picture, Plot, Project, Relation, Surface,
    Underlay, Variant, Volume,
};

/// Collects the changes of one edit to one variant.
pub struct EditBuilder {
    variant: Id,
    next_id: u64,
    first_id: u64,
    edit: Edit,
}

impl EditBuilder {
    /// Starts an edit of a variant.
    #[must_use]
    pub fn new(project: &Project, variant: Id, label: Label) -> Self {
        Self { variant, next_id: project.next_id, first_id: project.next_id, edit: Edit::new(label) }
    }

    /// The next id of the project, given out by this edit.
    pub fn take_id(&mut self) -> Id {
        let id = Id(self.next_id);
        self.next_id += 1;
        id
    }

    /// The edit.
    #[must_use]
    pub fn finish(mut self) -> Edit {
        if self.next_id != self.first_id {
            self.edit.first_id = Some(self.first_id);
            self.edit.next_id = Some(self.next_id);
        }
        self.edit
    }

    /// Adds any change.
    pub fn push(&mut self, change: Change) -> &mut Self {
        self.edit.changes.push(change);
        self
    }

    /// Puts a plot.
    pub fn plot(&mut self, plot: Plot) -> &mut Self {
        self.push(Change::Plot(self.variant, Put::value(plot)))
    }

    /// Puts a goods access, an entrance or a note elsewhere.
    pub fn place(&mut self, variant: &Variant, id: Id, at: At) -> &mut Self {
        if let Some(old) = variant.goods_access.get(id) {
            self.goods_access(GoodsAccess { at, ..GoodsAccess::clone(old) })
        } else if let Some(old) = variant.entrances.get(id) {
            self.entrance(Entrance { at, ..Entrance::clone(old) })
        } else if let Some(old) = variant.notes.get(id) {
            self.note(Note { at, ..Note::clone(old) })
        } else {
            self
        }
    }

    /// Gives a plot, a volume or a surface another outline.
    pub fn outline(&mut self, variant: &Variant, id: Id, outline: Outline) -> &mut Self {
        if let Some(old) = variant.volumes.get(id) {
            self.volume(Volume { footprint: outline, ..Volume::clone(old) })
        } else if let Some(old) = variant.plots.get(id) {
            self.plot(Plot { outline, ..Plot::clone(old) })
        } else if let Some(old) = variant.surfaces.get(id) {
            self.surface(Surface { outline, ..Surface::clone(old) })
        } else {
            self
        }
    }

    /// Puts a building.
    pub fn building(&mut self, building: Building) -> &mut Self {
        self.push(Change::Building(self.variant, Put::value(building)))
    }

    /// Puts a volume.
    pub fn volume(&mut self, volume: Volume) -> &mut Self {
        self.push(Change::Volume(self.variant, Put::value(volume)))
    }

    /// Puts a surface.
    pub fn surface(&mut self, surface: Surface) -> &mut Self {
        self.push(Change::Surface(self.variant, Put::value(surface)))
    }

    /// Puts a goods access.
    pub fn goods_access(&mut self, access: GoodsAccess) -> &mut Self {
        self.push(Change::GoodsAccess(self.variant, Put::value(access)))
    }

    /// Puts an entrance.
    pub fn entrance(&mut self, entrance: Entrance) -> &mut Self {
        self.push(Change::Entrance(self.variant, Put::value(entrance)))
    }

    /// Puts a note.
    pub fn note(&mut self, note: Note) -> &mut Self {
        self.push(Change::Note(self.variant, Put::value(note)))
    }

    /// Puts a guide line or a dimension.
    pub fn mark(&mut self, mark: Mark) -> &mut Self {
        self.push(Change::Mark(self.variant, Put::value(mark)))
    }

    /// Puts a piece of context.
    pub fn context(&mut self, context: Context) -> &mut Self {
        self.push(Change::Context(Put::value(context)))
    }

    /// Puts a picture under the drawing.
    pub fn underlay(&mut self, underlay: Underlay) -> &mut Self {
        self.push(Change::Underlay(Put::value(underlay)))
    }

    /// Puts what a picture under the drawing shows.
    pub fn picture(&mut self, picture: Picture) -> &mut Self {
        self.push(Change::Picture(Put::value(picture)))
    }

    /// Sets the project's own data.
    pub fn info(&mut self, info: Info) -> &mut Self {
        self.push(Change::Info(Box::new(info)))
    }

    /// Changes a volume that is there; does nothing when it is not.
    pub fn change_volume(&mut self, project: &Project, id: Id, change: impl FnOnce(&mut Volume)) -> &mut Self {
        if let Some(old) = project.variant(self.variant).and_then(|variant| variant.volumes.get(id)) {
            let mut volume = Volume::clone(old);
            change(&mut volume);
            if volume != **old {
                self.volume(volume);
            }
        }
        self
    }

    /// Changes a plot that is there; does nothing when it is not.
    pub fn change_plot(&mut self, project: &Project, id: Id, change: impl FnOnce(&mut Plot)) -> &mut Self {
        if let Some(old) = project.variant(self.variant).and_then(|variant| variant.plots.get(id)) {
            let mut plot = Plot::clone(old);
            change(&mut plot);
            if plot != **old {
                self.plot(plot);
            }
        }
        self
    }

    /// Removes what has that id, with what hangs on it: a building loses its last volume and goes too; a plot leaves
    /// its buildings standing on no plot.
    pub fn remove(&mut self, variant: &Variant, ids: &[Id]) -> &mut Self {
        let gone: BTreeSet<Id> = ids.iter().copied().collect();
        // A relation of what is gone is between the others, where enough are left.
        for relation in variant.relations.iter().filter(|relation| relation.of.iter().any(|id| gone.contains(id))) {
            let of: Vec<Id> = relation.of.iter().copied().filter(|id| !gone.contains(id)).collect();
            let left = (of.len() >= relation.kind.least()).then(|| Relation { of, ..Relation::clone(relation) });
            let put = left.map_or_else(|| Put::gone(relation.id), Put::value);
            self.push(Change::Relation(self.variant, put));
        }
        self.remove_for_now(variant, ids)
    }

    /// The same for what may come back under its number: relations wait for it.
    pub fn remove_for_now(&mut self, variant: &Variant, ids: &[Id]) -> &mut Self {
        if ids.is_empty() {
            return self;
        }
        for &id in ids {
            if variant.volumes.contains(id) {
                self.push(Change::Volume(self.variant, Put::gone(id)));
            }
            if variant.surfaces.contains(id) {
                self.push(Change::Surface(self.variant, Put::gone(id)));
            }
            if variant.goods_access.contains(id) {
                self.push(Change::GoodsAccess(self.variant, Put::gone(id)));
            }
            if variant.entrances.contains(id) {
                self.push(Change::Entrance(self.variant, Put::gone(id)));
            }
            if variant.notes.contains(id) {
                self.push(Change::Note(self.variant, Put::gone(id)));
            }
            if variant.marks.contains(id) {
                self.push(Change::Mark(self.variant, Put::gone(id)));
            }
            if variant.plots.contains(id) {
                self.push(Change::Plot(self.variant, Put::gone(id)));
            }
        }
        let gone: BTreeSet<Id> = ids.iter().copied().collect();
        // Of what is gone nothing can be copied any more: what stands, stays, and the array is of the others.
        for array in variant.arrays.iter().filter(|array| array.of.iter().any(|id| gone.contains(id))) {
            let left = |ids: &[Id]| -> Vec<Id> {
                let with_source = ids.iter().zip(&array.of).filter(|(_, of)| !gone.contains(of));
                with_source.map(|(id, _)| *id).collect()
            };
            let (of, copies) = (left(&array.of), array.copies.iter().map(|step| left(step)).collect());
            let is_empty = of.is_empty();
            let others = Array { of, copies, ..Array::clone(array) };
            let put = if is_empty { Put::gone(array.id) } else { Put::value(others) };
            self.push(Change::Array(self.variant, put));
        }
        // A recipe whose plot is gone, or all that it made, is at work no more.
        for recipe in variant.recipes.iter() {
            let all_gone = || recipe.elements.values().all(|id| gone.contains(id) || !variant.has(*id));
            if gone.contains(&recipe.plot) || (recipe.ids().any(|id| gone.contains(&id)) && all_gone()) {
                self.push(Change::Recipe(self.variant, Put::gone(recipe.id)));
            }
        }
        // One pass over the volumes: which buildings lose some, and which keep some.
        let (mut losing, mut keeping) = (BTreeSet::new(), BTreeSet::new());
        for volume in variant.volumes.iter() {
            if gone.contains(&volume.id) { &mut losing } else { &mut keeping }.insert(volume.building);
        }
        for building in variant.buildings.iter() {
            let asked = gone.contains(&building.id) || losing.contains(&building.id);
            if asked && !keeping.contains(&building.id) {
                self.push(Change::Building(self.variant, Put::gone(building.id)));
            } else if building.plot.is_some_and(|plot| gone.contains(&plot)) {
                let homeless = Building { plot: None, ..Building::clone(building) };
                self.push(Change::Building(self.variant, Put::value(homeless)));
            }
        }
        self
    }
}
