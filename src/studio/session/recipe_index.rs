//! Which recipe is on a plot and which made a thing, looked up: with ten thousand of them nobody can go through all for each
//! plot. Follows edits like the other caches.

use std::collections::HashMap;
use std::sync::Arc;

use crate::edit::{Change, Edit};
use crate::model::{Id, Project, Recipe, Variant};

/// The recipes of the open variant, by plot and by what they made.
#[derive(Default)]
pub struct RecipeIndex {
    by_plot: HashMap<Id, Vec<Id>>,
    by_thing: HashMap<Id, Id>,
    known: HashMap<Id, Arc<Recipe>>,
}

impl RecipeIndex {
    /// Of all recipes of a variant.
    #[must_use]
    pub fn new(v: &Variant) -> Self {
        let mut index = Self::default();
        v.recipes.iter().for_each(|recipe| index.insert(recipe));
        index
    }

    /// The recipe on a plot: the first, where two say they are.
    #[must_use]
    pub fn on(&self, plot: Id) -> Option<Id> {
        self.by_plot.get(&plot)?.iter().min().copied()
    }

    /// The recipe that made a thing.
    #[must_use]
    pub fn of(&self, thing: Id) -> Option<Id> {
        self.by_thing.get(&thing).copied()
    }

    /// Brings it up to what was applied.
    pub fn follow(&mut self, project: &Project, variant: Id, inverse: &Edit) {
        let Some(v) = project.variant(variant) else { return };
        if inverse.changes.iter().any(|change| matches!(change, Change::Variant { id, .. } if *id == variant)) {
            *self = Self::new(v);
            return;
        }
        for change in &inverse.changes {
            if let Change::Recipe(of, put) = change
                && *of == variant
            {
                self.remove(put.id);
                if let Some(recipe) = v.recipes.get(put.id) {
                    self.insert(recipe);
                }
            }
        }
    }

    fn insert(&mut self, recipe: &Arc<Recipe>) {
        self.by_plot.entry(recipe.plot).or_default().push(recipe.id);
        for id in recipe.elements.values() {
            self.by_thing.entry(*id).or_insert(recipe.id);
        }
        self.known.insert(recipe.id, Arc::clone(recipe));
    }

    fn remove(&mut self, id: Id) {
        let Some(recipe) = self.known.remove(&id) else { return };
        if let Some(on) = self.by_plot.get_mut(&recipe.plot) {
            on.retain(|of| *of != id);
            if on.is_empty() {
                self.by_plot.remove(&recipe.plot);
            }
        }
        for thing in recipe.elements.values() {
            if self.by_thing.get(thing) == Some(&id) {
                self.by_thing.remove(thing);
            }
        }
    }
}
