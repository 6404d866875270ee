//! Recipes: a typology at work on a plot. What it made stays tied to it, so that other values make it anew; what was done by
//! hand is whatever differs from what it made, and is put on top again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{At, Id, Storey, SurfaceKind};
use crate::geometry::Outline;
use crate::library::{Library, Programme, Typology};
use crate::record::{Extra, record};

record! {
    /// A typology at work on a plot.
    pub struct Recipe {
        /// Its number.
        pub id: Id,
        /// The plot that it stands on.
        pub plot: Id,
        /// The number or the name of the typology that it began as.
        pub typology: String = default,
        /// The generator that makes it, by name.
        pub generator: String,
        /// The values of the generator's parameters that are not the usual ones.
        pub values: BTreeMap<String, f64> = default,
        /// What goes on its floors.
        pub programme: Programme = default,
        /// The outline of the plot that it was made for.
        pub outline: Outline,
        /// What lies behind each edge of that outline, in the order of its edges.
        pub roles: Vec<EdgeRole> = default,
        /// What it made, by the names of its elements; also what has been removed by hand since.
        pub elements: BTreeMap<String, Id> = default,
        /// The buildings that its volumes belong to, in order.
        pub buildings: Vec<Id> = default,
        /// What was done by hand to elements that there are none of just now: it is put on them when they come back.
        pub aside: BTreeMap<String, ByHand> = default,
    }
}

record! {
    /// What was done by hand to an element: everything that is not as it was made.
    #[derive(Default)]
    pub struct ByHand {
        /// It was removed.
        pub removed: bool = default,
        /// What it is called.
        pub name: Option<String> = default,
        /// Its outline.
        pub outline: Option<Outline> = default,
        /// The base level of a volume in metres.
        pub base_m: Option<f64> = default,
        /// How many storeys a volume has.
        pub levels: Option<u32> = default,
        /// Its storeys that are others, by their places from the bottom up.
        pub storeys: BTreeMap<u32, Storey> = default,
        /// What a surface is.
        pub kind: Option<SurfaceKind> = default,
        /// Where an access is.
        #[schemars(with = "Option<[f64; 2]>")]
        pub at: Option<At> = default,
    }
}

/// What lies behind an edge of a plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EdgeRole {
    /// A street: entrances and goods come from it.
    Street,
    /// Water.
    Water,
    /// A railway.
    Rail,
    /// A wall shared with a neighbour: one builds up to it.
    Party,
    /// A neighbour's ground.
    #[default]
    Neighbour,
}

impl EdgeRole {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Street, Self::Water, Self::Rail, Self::Party, Self::Neighbour];

    /// Its name in files and messages.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Water => "water",
            Self::Rail => "rail",
            Self::Party => "party",
            Self::Neighbour => "neighbour",
        }
    }
}

impl Recipe {
    /// A typology that begins its work on a plot of an outline, with what the uses say now of heights; nothing is made yet.
    #[must_use]
    pub fn new(
        id: Id,
        plot: Id,
        typology: &Typology,
        outline: Outline,
        roles: Vec<EdgeRole>,
        library: &Library,
    ) -> Self {
        Self {
            id,
            plot,
            typology: typology.id.clone(),
            generator: typology.generator.clone(),
            values: typology.values.clone(),
            programme: typology.programme.with_heights(library),
            outline,
            roles,
            elements: BTreeMap::new(),
            buildings: Vec::new(),
            aside: BTreeMap::new(),
            extra: Extra::default(),
        }
    }

    /// All that it refers to: its plot, what it made and what that belongs to.
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        std::iter::once(self.plot).chain(self.elements.values().copied()).chain(self.buildings.iter().copied())
    }

    /// The same for changing them.
    pub fn ids_mut(&mut self) -> impl Iterator<Item = &mut Id> {
        std::iter::once(&mut self.plot).chain(self.elements.values_mut()).chain(&mut self.buildings)
    }

    /// The element that a thing is.
    #[must_use]
    pub fn element_of(&self, id: Id) -> Option<&str> {
        self.elements.iter().find(|(_, of)| **of == id).map(|(element, _)| element.as_str())
    }
}

impl ByHand {
    /// Whether nothing was done.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
