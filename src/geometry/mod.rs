//! Plane geometry in local metres: outlines with courts, areas, validity, overlap.
//!
//! Floor 1. Everything is in the project's local frame (metres, x east, y north; see [`crate::crs`]). Boolean
//! operations, triangulation and validity come from [`geo`]; this module gives them the one tolerance of the program
//! and the shapes that the model stores. It knows nothing of plots or storeys.

mod arc;
mod bar;
mod boolean;
mod corners;
mod cut;
mod edges;
mod faces;
mod freehand;
mod inset;
mod motion;
mod outline;
mod overlap;
mod ring;
mod runs;
mod setback;
mod share;
mod simplify;
mod square;
mod ties;
mod transform;
mod weld;

pub use arc::{Arc, FLATTEN_M, arc_through, circle, regular, segments_for};
pub use boolean::{shared_by_all, united};
pub use corners::Corner;
pub use edges::Keep;
pub use freehand::outline_from_stroke;
pub use motion::Motion;
pub use outline::{Outline, VertexAt};
pub use overlap::{
    groups_that_meet, merged, outside_m2, overlap_area_m2, part_inside, parted_by_an_edge, seen_m2, union_area_m2,
};
pub use ring::{Ring, RingFault};
pub use runs::runs_without;
pub use simplify::{simplified, simplified_ring};
pub use square::{SQUARE_WITHIN_DEG, SquareFault, main_direction, squared, squared_to};
pub use ties::{MOST_TOLD, TieFit, WorldFromPixel, distortion, met, pixel_from_world, tied, world_from_pixel};
pub use transform::Transform;

/// A point or vector in local metres.
pub type Point = geo::Coord<f64>;

/// Lengths below this do not count: one millimetre, in metres.
pub const TOLERANCE_M: f64 = 1e-3;

/// Coordinates are stored as multiples of this: a hundredth of a micrometre, in metres.
///
/// Fine enough that cutting a plot of 400 m² or more in parts keeps its area to better than 1e-9; coarse enough that a
/// saved number has no noise digits and that every point survives the way to degrees and back.
pub const QUANTUM_M: f64 = 1e-8;

/// Coordinates farther than this from the project's origin are a fault (the local frame is made for a site), in metres.
pub const FARTHEST_M: f64 = 100_000.0;

/// A point from its coordinates, put on the storage grid of [`QUANTUM_M`].
#[must_use]
pub fn point(x: f64, y: f64) -> Point {
    Point { x: quantised(x), y: quantised(y) }
}

/// `value` on the storage grid. Minus zero becomes zero so that files do not flicker between the two.
#[must_use]
pub fn quantised(value: f64) -> f64 {
    // Beyond this a number has no digits as fine as the grid, and the very large would overflow to infinity.
    if value.abs() > 1e9 {
        return value;
    }
    (value / QUANTUM_M).round() / (1.0 / QUANTUM_M).round() + 0.0
}

/// Distance between two points in metres.
#[must_use]
pub fn distance_m(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The direction of a vector, of length 1; `None` when it is no longer than [`TOLERANCE_M`] or not finite.
#[must_use]
pub fn direction(v: Point) -> Option<Point> {
    let length_m = v.x.hypot(v.y);
    (length_m.is_finite() && length_m > TOLERANCE_M).then(|| v / length_m)
}

/// A vector turned a quarter to the left.
#[must_use]
pub fn left_of(v: Point) -> Point {
    Point { x: -v.y, y: v.x }
}

/// Bearing from `a` to `b` in degrees, clockwise from grid north, in `[0, 360)`.
///
/// ```
/// use maakblok::geometry::{bearing_deg, point};
/// assert_eq!(bearing_deg(point(0.0, 0.0), point(1.0, 0.0)), 90.0);
/// ```
#[must_use]
pub fn bearing_deg(a: Point, b: Point) -> f64 {
    (b.x - a.x).atan2(b.y - a.y).to_degrees().rem_euclid(360.0)
}

/// The point of the segment `a`–`b` nearest to `p`.
#[must_use]
pub fn nearest_on_segment(p: Point, a: Point, b: Point) -> Point {
    let d = b - a;
    let length2 = d.x * d.x + d.y * d.y;
    if length2 == 0.0 {
        return a;
    }
    let t = (((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length2).clamp(0.0, 1.0);
    a + d * t
}

/// An upright rectangle in local metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The south-west corner.
    pub min: Point,
    /// The north-east corner.
    pub max: Point,
}

impl Bounds {
    /// The smallest rectangle around the points, or `None` for no points.
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let mut bounds = Self { min: first, max: first };
        for p in points {
            bounds.include(p);
        }
        Some(bounds)
    }

    /// Grows to hold `p`.
    pub fn include(&mut self, p: Point) {
        self.min = Point { x: self.min.x.min(p.x), y: self.min.y.min(p.y) };
        self.max = Point { x: self.max.x.max(p.x), y: self.max.y.max(p.y) };
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        self.include(other.min);
        self.include(other.max);
        self
    }

    /// Whether the two share a point.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    /// Whether `other` lies within this.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.min.x <= other.min.x && self.min.y <= other.min.y && other.max.x <= self.max.x && other.max.y <= self.max.y
    }

    /// Whether `p` lies within.
    #[must_use]
    pub fn contains(&self, p: Point) -> bool {
        self.min.x <= p.x && p.x <= self.max.x && self.min.y <= p.y && p.y <= self.max.y
    }

    /// Grown on all sides.
    #[must_use]
    pub fn grown(self, by_m: f64) -> Self {
        let d = Point { x: by_m, y: by_m };
        Self { min: self.min - d, max: self.max + d }
    }

    /// Its middle.
    #[must_use]
    pub fn centre(&self) -> Point {
        (self.min + self.max) / 2.0
    }

    /// West to east, in metres.
    #[must_use]
    pub fn width_m(&self) -> f64 {
        self.max.x - self.min.x
    }

    /// South to north, in metres.
    #[must_use]
    pub fn height_m(&self) -> f64 {
        self.max.y - self.min.y
    }
}
