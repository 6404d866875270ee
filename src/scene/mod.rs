//! A drawing as shapes with roles, for every painter.
//!
//! Floor 6. A [`Scene`] is a list of shapes in painter's order, in local metres, with roles instead of colours and
//! weights instead of pixels. The window, SVG and PNG paint the same scene; that is why screen and print agree.

mod axo;
mod camera;
mod grid;
mod ground;
mod hatch;
mod occupied;
mod pins;
mod pixels;
mod plan;
mod scale_bar;
mod shadow;
mod sign;
mod volumes;

pub use axo::axo;
pub use camera::Camera;
pub use grid::{GridOf, grid};
pub use hatch::HatchMarks;
pub use occupied::{occupied, rectangle};
pub use pixels::{LARGEST_PX as LARGEST_PICTURE_PX, LARGEST_TILE_PX, Pixels, grey};
pub use plan::{PlanOptions, PlanPart, plan};
pub use scale_bar::ScaleBar;
pub use sign::{SIGN_LINE_PX, SignPart};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::geometry::{Bounds, Outline, Point};
use crate::library::{Family, UseLook};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::model::Id;

/// Shapes in painter's order: the first is painted first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// Where layers begin: the index of the first shape of each, ascending. Shapes before the first have no layer.
    pub layers: Vec<(usize, Layer)>,
    /// What shapes stand for, by index, ascending; only where it was asked for.
    pub subjects: Vec<(usize, Subject)>,
}

/// A part of a drawing that programs which open it should be able to switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// What lies around.
    Map,
    /// Yards, green, water.
    Ground,
    /// Plot boundaries.
    Plots,
    /// Shadows on the ground.
    Shadows,
    /// Volumes with what lies on them.
    Volumes,
    /// What is below ground, goes, or cannot be measured.
    Hidden,
    /// Signs and names.
    Signs,
}

impl Layer {
    /// Its name in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Ground => "ground",
            Self::Plots => "plots",
            Self::Shadows => "shadows",
            Self::Volumes => "volumes",
            Self::Hidden => "hidden",
            Self::Signs => "signs",
        }
    }
}

/// What a shape stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The thing in the project.
    pub id: Id,
    /// Its name; may be empty.
    pub name: String,
}

/// What fills a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// A colour of the look.
    Role(Role),
    /// The colour of a use.
    Use(UseLook),
    /// The colour of a use on a wall of an axonometry.
    Face(UseLook, FaceSide),
}

/// Which walls of an axonometry: those that face left and those that face right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceSide {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Its colour.
    pub role: Role,
    /// Its weight.
    pub stroke: Stroke,
    /// Its rhythm, when broken.
    pub dash: Option<Dash>,
    /// Whether its ends are round, as those of roads are where they meet. Files have it; on the screen such lines come in pictures.
    pub round: bool,
}

impl Pen {
    /// A whole line.
    #[must_use]
    pub fn new(role: Role, stroke: Stroke) -> Self {
        Self { role, stroke, dash: None, round: false }
    }

    /// A broken line.
    #[must_use]
    pub fn dashed(role: Role, stroke: Stroke, dash: Dash) -> Self {
        Self { role, stroke, dash: Some(dash), round: false }
    }

    /// The same line with round ends.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self { round: true, ..self }
    }
}

/// Where text stands relative to its point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// In the middle of it.
    #[default]
    Centre,
    /// To its right, on the same height.
    Left,
    /// Right above it.
    Below,
}

/// How far the casing of text reaches out, in logical pixels, where nothing asks for more.
pub const HALO_PX: f64 = 1.5;

/// Text in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where.
    pub at: Point,
    /// What.
    pub text: String,
    /// How it is set.
    pub style: TypeRole,
    /// Its colour.
    pub ink: Ink,
    /// A casing that keeps it readable on lines.
    pub halo: Option<Role>,
    /// How far that reaches out, in logical pixels.
    pub halo_px: f64,
    /// Counter-clockwise from east, in degrees; painters keep it upright.
    pub angle_deg: f64,
    /// Where it stands.
    pub anchor: Anchor,
    /// The room it has, in metres of ground: left out when the text is wider or higher than that on the picture.
    pub room_m: Option<f64>,
}

/// The colour of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Ink {
    /// A colour of the look.
    Role(Role),
    /// What reads on the colour of a use.
    OnUse(UseLook),
}

/// A piece of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled area, with or without an outline.
    Area {
        /// Its shape.
        outline: Arc<Outline>,
        /// Its fill.
        fill: Option<Paint>,
        /// Hatched over the fill, in the pattern of this family.
        hatch: Option<Family>,
        /// Its outline.
        pen: Option<Pen>,
    },
    /// A line.
    Line {
        /// Its points.
        points: Vec<Point>,
        /// Its pen.
        pen: Pen,
        /// For roads and canals: the line is this wide, in metres of ground, and never thinner than its pen. `None` for
        /// a mere line.
        width_m: Option<f64>,
    },
    /// A sign of constant size on the picture.
    Sign {
        /// Where.
        at: Point,
        /// Which.
        kind: SignKind,
        /// Its colour.
        role: Role,
    },
    /// Text.
    Label(Label),
    /// A picture laid over the ground.
    Picture {
        /// What it shows.
        pixels: Arc<Pixels>,
        /// Where its corners are: upper left, upper right, lower right, lower left. The third follows from the others where
        /// a painter knows parallelograms only.
        corners: [Point; 4],
        /// How much it covers, from 0 to 1.
        opacity: f32,
    },
    /// A drawing in a drawing, as one sheet that lets something through.
    Sheet {
        /// What is on it.
        scene: Arc<Scene>,
        /// How it is seen.
        tone: Tone,
    },
}

/// How strongly a sheet of a map is seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tone {
    /// How much it covers, from 0 to 1.
    pub opacity: f32,
    /// How much of its colour is gone, from 0 (as it is) to 1 (greys).
    pub grey: f32,
}

impl Default for Tone {
    fn default() -> Self {
        Self { opacity: 1.0, grey: 0.0 }
    }
}

impl Tone {
    /// From one strength between 0 and 1: weaker takes the colour first, then the ink.
    ///
    /// ```
    /// use maakblok::scene::Tone;
    /// assert_eq!(Tone::of_strength(1.0), Tone { opacity: 1.0, grey: 0.0 });
    /// assert_eq!(Tone::of_strength(0.5), Tone { opacity: 1.0, grey: 1.0 });
    /// assert_eq!(Tone::of_strength(0.25), Tone { opacity: 0.5, grey: 1.0 });
    /// ```
    #[must_use]
    pub fn of_strength(strength: f32) -> Self {
        let strength = if strength.is_finite() { strength.clamp(0.0, 1.0) } else { 1.0 };
        Self { opacity: (2.0 * strength).min(1.0), grey: (2.0 - 2.0 * strength).min(1.0) }
    }

    /// This tone on something that has another one already: ink fades twice, what is grey stays so.
    ///
    /// ```
    /// use maakblok::scene::Tone;
    /// let faded = Tone { opacity: 0.5, grey: 1.0 };
    /// assert_eq!(faded.on(Tone { opacity: 0.5, grey: 0.2 }), Tone { opacity: 0.25, grey: 1.0 });
    /// ```
    #[must_use]
    pub fn on(self, other: Self) -> Self {
        Self { opacity: self.opacity * other.opacity, grey: self.grey.max(other.grey) }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }
}

/// A sign of constant size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignKind {
    /// A station or a place.
    Dot,
    /// A corner of a plot.
    Corner,
    /// A goods access, with the way that goods go in.
    Access(Heading),
    /// A note.
    Note,
}

/// One of four ways on a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Heading {
    /// To the right.
    #[default]
    East,
    /// Up.
    North,
    /// To the left.
    West,
    /// Down.
    South,
}

impl Heading {
    /// The one nearest to a direction.
    #[must_use]
    pub fn of(way: Point) -> Self {
        match (way.x.abs() >= way.y.abs(), way.x >= 0.0, way.y >= 0.0) {
            (true, true, _) => Self::East,
            (true, false, _) => Self::West,
            (false, _, true) => Self::North,
            (false, _, false) => Self::South,
        }
    }
}

impl Scene {
    /// Adds a shape on top.
    pub fn push(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// Adds all shapes of another scene on top.
    pub fn append(&mut self, mut other: Self) {
        let before = self.shapes.len();
        self.shapes.append(&mut other.shapes);
        self.layers.extend(other.layers.into_iter().map(|(at, layer)| (at + before, layer)));
        self.subjects.extend(other.subjects.into_iter().map(|(at, subject)| (at + before, subject)));
    }

    /// Begins a layer: what is added from here on belongs to it.
    pub fn begin(&mut self, layer: Layer) {
        self.layers.push((self.shapes.len(), layer));
    }

    /// Says what the next shape stands for.
    pub fn name_next(&mut self, id: Id, name: &str) {
        self.subjects.push((self.shapes.len(), Subject { id, name: name.to_owned() }));
    }

    /// The smallest rectangle around all shapes but text.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.shapes.iter().filter_map(Shape::bounds).reduce(Bounds::union)
    }
}

impl Shape {
    /// The smallest rectangle around it, ignoring widths and text.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::Area { outline, .. } => outline.bounds(),
            Self::Line { points, .. } => Bounds::around(points.iter().copied()),
            Self::Sign { at, .. } => Some(Bounds { min: *at, max: *at }),
            Self::Picture { corners, .. } => Bounds::around(*corners),
            Self::Sheet { scene, .. } => scene.bounds(),
            Self::Label(_) => None,
        }
    }
}
