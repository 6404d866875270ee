//! Recipes: a typology at work on a plot. What it made stays tied to it, so that other values make it anew; what was done by
//! hand is whatever differs from what it made, and is put on top again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{At, Drawn, Id, Start, Storey, SurfaceKind};
use crate::geometry::{Outline, Transform};
use crate::i18n::Lang;
use crate::library::{Library, Programme};
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
        /// The block that it puts, if it is one that was drawn.
        pub drawn: Option<Drawn> = default,
        /// Gross floor of a dwelling in m², where it is known; else the rates say it.
        pub dwelling_m2: Option<f64> = default,
        /// The outline of the plot that it was made for.
        pub outline: Outline,
        /// What lies behind each edge of that outline, in the order of its edges.
        pub roles: Vec<EdgeRole> = default,
        /// The number of each edge, which it keeps when others come or go; left out while they count from 0 in order.
        pub edges: Vec<u32> = default,
        /// Whether what it makes is laid out as in a mirror: it was mirrored together with its plot.
        pub mirrored: bool = default,
        /// The language of the names that it gives.
        #[schemars(with = "Option<String>")]
        pub lang: Option<Lang> = default,
        /// The version of the generators that made what stands; left out for the first.
        pub made_by: Option<u32> = default,
        /// What it made, by the names of its elements; also what has been removed by hand since.
        pub elements: BTreeMap<String, Id> = default,
        /// The numbers of elements that there are none of just now: they get them again when they come back.
        pub away: BTreeMap<String, Id> = default,
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
        /// The reference that others know it by.
        pub code: Option<String> = default,
        /// Its outline.
        pub outline: Option<Outline> = default,
        /// The base level of a volume in metres.
        pub base_m: Option<f64> = default,
        /// How many storeys above ground a volume has more than were made, or fewer.
        pub more_levels: Option<i32> = default,
        /// How many storeys it has below ground.
        pub below: Option<u32> = default,
        /// Its storeys that are others, by their levels: 0 is the lowest above ground.
        pub storeys: BTreeMap<i32, Storey> = default,
        /// The number of dwellings, where it is known; 0 where it was taken away, to be estimated from the floor.
        pub dwellings: Option<u32> = default,
        /// What the building is called that it belongs to; only of what is set aside.
        pub building: Option<String> = default,
        /// What a surface is.
        pub kind: Option<SurfaceKind> = default,
        /// Where an access is.
        #[schemars(with = "Option<[f64; 2]>")]
        pub at: Option<At> = default,
    }
}

/// One thing of what was done by hand to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HandPart {
    /// It was removed.
    Removed,
    /// Its name.
    Name,
    /// Its reference.
    Code,
    /// Its outline.
    Outline,
    /// Its base level.
    Base,
    /// How many storeys above ground it has.
    Levels,
    /// How many below ground.
    Below,
    /// A storey, by its level.
    Storey(i32),
    /// The number of its dwellings.
    Dwellings,
    /// What its building is called.
    Building,
    /// What a surface is.
    Kind,
    /// Where an access is.
    At,
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
        start: impl Into<Start>,
        outline: Outline,
        roles: Vec<EdgeRole>,
        library: &Library,
    ) -> Self {
        let Start { typology, generator, values, programme, drawn, dwelling_m2 } = start.into();
        Self {
            id,
            plot,
            typology,
            generator,
            values,
            programme: programme.with_heights(library),
            drawn,
            dwelling_m2,
            outline,
            roles,
            edges: Vec::new(),
            mirrored: false,
            lang: None,
            made_by: None,
            elements: BTreeMap::new(),
            away: BTreeMap::new(),
            aside: BTreeMap::new(),
            extra: Extra::default(),
        }
    }

    /// All that it refers to: its plot, and what it made.
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        std::iter::once(self.plot).chain(self.elements.values().copied()).chain(self.away.values().copied())
    }

    /// The same for changing them.
    pub fn ids_mut(&mut self) -> impl Iterator<Item = &mut Id> {
        std::iter::once(&mut self.plot).chain(self.elements.values_mut()).chain(self.away.values_mut())
    }

    /// Whether what it works on stood there before: a hall that is converted.
    #[must_use]
    pub fn has_taken_over(&self) -> bool {
        self.generator == "conversion" && self.drawn.is_some()
    }

    /// The number of an edge, by its place in the outline.
    #[must_use]
    pub fn edge_number(&self, at: usize) -> u32 {
        self.edges.get(at).copied().unwrap_or(at as u32)
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

    /// What of it there is, one by one.
    #[must_use]
    pub fn parts(&self) -> Vec<HandPart> {
        let mut parts = Vec::new();
        let mut add = |is: bool, part| parts.extend(is.then_some(part));
        add(self.removed, HandPart::Removed);
        add(self.name.is_some(), HandPart::Name);
        add(self.building.is_some(), HandPart::Building);
        add(self.code.is_some(), HandPart::Code);
        add(self.outline.is_some(), HandPart::Outline);
        add(self.base_m.is_some(), HandPart::Base);
        add(self.more_levels.is_some(), HandPart::Levels);
        add(self.below.is_some(), HandPart::Below);
        self.storeys.keys().for_each(|at| add(true, HandPart::Storey(*at)));
        add(self.dwellings.is_some(), HandPart::Dwellings);
        add(self.kind.is_some(), HandPart::Kind);
        add(self.at.is_some(), HandPart::At);
        parts
    }

    /// The same without one thing of it.
    #[must_use]
    pub fn without(mut self, part: HandPart) -> Self {
        match part {
            HandPart::Removed => self.removed = false,
            HandPart::Name => self.name = None,
            HandPart::Code => self.code = None,
            HandPart::Outline => self.outline = None,
            HandPart::Base => self.base_m = None,
            HandPart::Levels => self.more_levels = None,
            HandPart::Below => self.below = None,
            HandPart::Storey(at) => drop(self.storeys.remove(&at)),
            HandPart::Dwellings => self.dwellings = None,
            HandPart::Building => self.building = None,
            HandPart::Kind => self.kind = None,
            HandPart::At => self.at = None,
        }
        self
    }

    /// The same on a plot that was moved, turned or mirrored.
    #[must_use]
    pub fn mapped(mut self, map: &Transform) -> Self {
        self.outline = self.outline.map(|outline| outline.transformed(map));
        self.at = self.at.map(|At(at)| At(map.apply(at)));
        self
    }
}
