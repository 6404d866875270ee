//! What is selected: things of the open variant, and storeys of the volumes among them by their level.

use std::collections::BTreeSet;

use super::levels::Levels;
use crate::model::{Id, Variant, Volume};

/// The selected things, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ids: BTreeSet<Id>,
    levels: Levels,
    storey: Option<usize>,
}

impl Selection {
    /// The selected ids in order.
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.ids.iter().copied()
    }

    /// The selected ids as a list.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Id> {
        self.ids.iter().copied().collect()
    }

    /// How many things are selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether nothing is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether that thing is selected.
    #[must_use]
    pub fn contains(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }

    /// The one selected thing, when there is just one.
    #[must_use]
    pub fn single(&self) -> Option<Id> {
        if self.ids.len() == 1 { self.ids.first().copied() } else { None }
    }

    /// The selected storey of the one selected volume, counted from the bottom.
    #[must_use]
    pub fn storey(&self) -> Option<usize> {
        self.storey
    }

    /// The levels that are selected in every selected volume; none when whole volumes are.
    #[must_use]
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Whether a storey of a selected volume is selected.
    #[must_use]
    pub fn has_storey(&self, volume: &Volume, at: usize) -> bool {
        self.contains(volume.id) && self.levels.hold(volume, at)
    }

    /// Selects one storey of the selected volume.
    pub fn set_storey(&mut self, storey: Option<usize>, variant: &Variant) {
        let volume = self.single().and_then(|id| variant.volumes.get(id));
        let level = storey.zip(volume).map(|(at, volume)| volume.level(at));
        self.set_levels(level.map_or_else(Levels::default, Levels::one), variant);
    }

    /// Selects levels in every selected volume; those that none of them has are as none.
    pub fn set_levels(&mut self, levels: Levels, variant: &Variant) {
        self.levels = levels;
        self.settle(variant);
    }

    fn settle(&mut self, variant: &Variant) {
        let volumes = || self.ids.iter().filter_map(|id| variant.volumes.get(*id));
        if !volumes().any(|volume| self.levels.storeys_of(volume).next().is_some()) {
            self.levels = Levels::default();
        }
        let volume = self.single().and_then(|id| variant.volumes.get(id));
        self.storey = volume.and_then(|volume| {
            let mut storeys = self.levels.storeys_of(volume);
            storeys.next().filter(|_| storeys.next().is_none())
        });
    }

    fn forget_storeys(&mut self) {
        self.levels = Levels::default();
        self.storey = None;
    }

    /// Selects just these.
    pub fn set(&mut self, ids: impl IntoIterator<Item = Id>) {
        let ids: BTreeSet<Id> = ids.into_iter().collect();
        if ids != self.ids {
            self.forget_storeys();
        }
        self.ids = ids;
    }

    /// Selects these too.
    pub fn add(&mut self, ids: impl IntoIterator<Item = Id>) {
        self.ids.extend(ids);
        self.forget_storeys();
    }

    /// Selects a thing or, when it is selected, lets it go.
    pub fn toggle(&mut self, id: Id) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
        self.forget_storeys();
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.forget_storeys();
    }

    /// Lets go of what is no longer there.
    pub fn prune(&mut self, variant: &Variant) {
        self.ids.retain(|&id| variant.has(id));
        if !self.levels.is_empty() {
            self.settle(variant);
        }
    }
}
