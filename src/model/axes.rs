//! The project's own axes: which way its north looks. A site along a canal is drawn along the quay, not along the meridian.

use crate::geometry::Point;

/// Two directions square to one another that drawing goes along.
///
/// ```
/// use maakblok::model::Axes;
/// let axes = Axes::new(90.0);
/// assert_eq!((axes.north().x, axes.east().y), (1.0, -1.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    north: Point,
}

impl Default for Axes {
    fn default() -> Self {
        Self { north: Point { x: 0.0, y: 1.0 } }
    }
}

impl Axes {
    /// With north at a bearing, in degrees clockwise from grid north. Quarter turns are exact.
    #[must_use]
    pub fn new(north_deg: f64) -> Self {
        let (x, y) = match north_deg.rem_euclid(360.0) {
            0.0 => (0.0, 1.0),
            90.0 => (1.0, 0.0),
            180.0 => (0.0, -1.0),
            270.0 => (-1.0, 0.0),
            deg if deg.is_finite() => deg.to_radians().sin_cos(),
            _ => (0.0, 1.0),
        };
        Self { north: Point { x, y } }
    }

    /// The direction of its north, of length 1.
    #[must_use]
    pub fn north(self) -> Point {
        self.north
    }

    /// The direction of its east, of length 1.
    #[must_use]
    pub fn east(self) -> Point {
        Point { x: self.north.y, y: -self.north.x }
    }

    /// Local metres as metres along its east and north.
    #[must_use]
    pub fn own_from_local(self, p: Point) -> Point {
        let east = self.east();
        Point { x: p.x * east.x + p.y * east.y, y: p.x * self.north.x + p.y * self.north.y }
    }

    /// Metres along its east and north as local metres.
    #[must_use]
    pub fn local_from_own(self, p: Point) -> Point {
        self.east() * p.x + self.north * p.y
    }
}
