//! What is selected: things of the open variant, and one storey of a volume.

use std::collections::BTreeSet;

use crate::model::{Id, Variant};

/// The selected things, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ids: BTreeSet<Id>,
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

    /// Selects one storey of the selected volume.
    pub fn set_storey(&mut self, storey: Option<usize>) {
        self.storey = storey;
    }

    /// Selects just these.
    pub fn set(&mut self, ids: impl IntoIterator<Item = Id>) {
        let ids: BTreeSet<Id> = ids.into_iter().collect();
        if ids != self.ids {
            self.storey = None;
        }
        self.ids = ids;
    }

    /// Selects these too.
    pub fn add(&mut self, ids: impl IntoIterator<Item = Id>) {
        self.ids.extend(ids);
        self.storey = None;
    }

    /// Selects a thing or, when it is selected, lets it go.
    pub fn toggle(&mut self, id: Id) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
        self.storey = None;
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.storey = None;
    }

    /// Lets go of what is no longer there.
    pub fn prune(&mut self, variant: &Variant) {
        self.ids.retain(|&id| variant.has(id));
        let storeys = self.single().and_then(|id| variant.volumes.get(id)).map_or(0, |volume| volume.storeys.len());
        self.storey = self.storey.filter(|&storey| storey < storeys);
    }
}
