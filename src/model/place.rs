//! What lies on and around the plots: surfaces, goods access, entrances, notes, context.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::geometry::{Bounds, Outline, Point};
use crate::record::record;

record! {
    /// A piece of ground between the buildings.
    pub struct Surface {
        /// Its number.
        pub id: Id,
        /// What it is called; may be empty.
        pub name: String = default,
        /// The reference that others know it by.
        pub code: String = default,
        /// What it is.
        pub kind: SurfaceKind,
        /// Its boundary.
        pub outline: Outline,
    }
}

/// What a piece of ground is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SurfaceKind {
    /// A working yard.
    Yard,
    /// A street.
    Street,
    /// Planted ground.
    Green,
    /// Water.
    Water,
    /// Open ground that rain sinks into.
    OpenGround,
    /// Paved ground without a stated use.
    Paved,
}

impl SurfaceKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Yard, Self::Street, Self::Green, Self::Water, Self::OpenGround, Self::Paved];

    /// Its name in files and messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Yard => "yard",
            Self::Street => "street",
            Self::Green => "green",
            Self::Water => "water",
            Self::OpenGround => "open_ground",
            Self::Paved => "paved",
        }
    }
}

record! {
    /// A point where goods come onto a plot.
    pub struct GoodsAccess {
        /// Its number.
        pub id: Id,
        /// What it is called; may be empty.
        pub name: String = default,
        /// Where, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        pub at: At,
    }
}

record! {
    /// A door or another place where people come into a building.
    pub struct Entrance {
        /// Its number.
        pub id: Id,
        /// What it is called; may be empty.
        pub name: String = default,
        /// Where, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        pub at: At,
    }
}

record! {
    /// A remark pinned to the drawing.
    pub struct Note {
        /// Its number.
        pub id: Id,
        /// What it says.
        pub text: String,
        /// Who said it; may be empty.
        pub author: String = default,
        /// Where, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        pub at: At,
    }
}

record! {
    /// Something that stands around the site and is not part of the design.
    pub struct Context {
        /// Its number.
        pub id: Id,
        /// What it is called; may be empty.
        pub name: String = default,
        /// What it is.
        pub kind: ContextKind,
        /// Where it is.
        pub shape: ContextShape,
        /// Its height in metres, where it is known.
        pub height_m: Option<f64> = default,
        /// Whom it owes to wherever it is shown, such as `© OpenStreetMap contributors`; may be empty.
        pub credit: String = default,
    }
}

/// Whom surroundings owe to, each once, in the order in which they are met.
#[must_use]
pub fn credits_of<'a>(context: impl IntoIterator<Item = &'a Context>) -> Vec<String> {
    let mut credits: Vec<String> = Vec::new();
    for one in context {
        // Thousands in a row owe to the same.
        if !one.credit.is_empty() && !credits.contains(&one.credit) {
            credits.push(one.credit.clone());
        }
    }
    credits
}

/// How far those surroundings reach that were brought in from maps, which is known by the credit that they carry: a
/// rectangle for each area of them.
#[must_use]
pub fn reaches_of_credited<'a>(context: impl IntoIterator<Item = &'a Context>) -> Vec<Bounds> {
    /// What lies nearer to one another than this was brought in together, in metres.
    const NEAR_M: f64 = 100.0;
    let mut reaches: Vec<Bounds> = Vec::new();
    for bounds in context.into_iter().filter(|one| !one.credit.is_empty()).filter_map(Context::bounds) {
        match reaches.iter_mut().find(|reach| reach.grown(NEAR_M).meets(&bounds)) {
            Some(reach) => *reach = reach.union(bounds),
            None => reaches.push(bounds),
        }
    }
    reaches
}

/// What a piece of context is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContextKind {
    /// A building.
    Building,
    /// Water.
    Water,
    /// A railway.
    Rail,
    /// A road.
    Road,
    /// Planted ground.
    Green,
}

impl Context {
    /// A piece of context of which no more is known.
    #[must_use]
    pub fn new(id: Id, name: String, kind: ContextKind, shape: ContextShape) -> Self {
        Self { id, name, kind, shape, height_m: None, credit: String::new(), extra: Default::default() }
    }

    /// What it takes up, in local metres; nothing of a shape without points.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        match &self.shape {
            ContextShape::Area(outline) => outline.bounds(),
            ContextShape::Line(points) => Bounds::around(points.iter().map(|at| at.0)),
        }
    }

    /// How many edges each of its lines has: of an area its outer ring and its holes.
    pub fn edge_counts(&self) -> impl Iterator<Item = usize> + '_ {
        let (outline, line) = match &self.shape {
            ContextShape::Area(outline) => (Some(outline), None),
            ContextShape::Line(points) => (None, Some(points.len().saturating_sub(1))),
        };
        let rings = outline.into_iter().flat_map(Outline::rings).map(|ring| ring.points().len());
        rings.chain(line)
    }

    /// An edge by its line and its place in it.
    #[must_use]
    pub fn edge(&self, line: usize, place: usize) -> Option<(Point, Point)> {
        match &self.shape {
            ContextShape::Area(outline) => {
                let points = outline.rings().get(line)?.points();
                Some((*points.get(place)?, points[(place + 1) % points.len()]))
            }
            ContextShape::Line(points) => Some((points.get(place)?.0, points.get(place + 1)?.0)),
        }
    }
}

impl ContextKind {
    /// Its name in files and messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Building => "building",
            Self::Water => "water",
            Self::Rail => "rail",
            Self::Road => "road",
            Self::Green => "green",
        }
    }
}

/// An area or a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContextShape {
    /// An area.
    Area(Outline),
    /// A line through points `[x, y]` in local metres.
    Line(#[schemars(with = "Vec<[f64; 2]>")] Vec<At>),
}

/// A point in files: `[x, y]` in local metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct At(pub Point);

impl From<[f64; 2]> for At {
    fn from([x, y]: [f64; 2]) -> Self {
        Self(Point { x, y })
    }
}

impl From<At> for [f64; 2] {
    fn from(at: At) -> Self {
        [at.0.x, at.0.y]
    }
}
