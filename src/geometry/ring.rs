//! A ring: the closed line that outlines are made of.

use super::{Point, point};

/// A closed line of points in local metres; the last point is joined to the first and is not repeated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ring(pub(super) Vec<Point>);

/// Why a ring or an outline encloses no clear area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingFault {
    /// Fewer than three different points.
    #[error("it has fewer than three different points")]
    TooFewPoints,
    /// A coordinate that is no number or lies beyond [`FARTHEST_M`](super::FARTHEST_M).
    #[error("a coordinate is not a number or lies more than 100 km from the project's origin")]
    OutOfReach,
    /// The line crosses or touches itself, or a court crosses the outer line.
    #[error("its outline crosses itself")]
    SelfCrossing,
    /// It encloses nothing.
    #[error("it encloses no area")]
    NoArea,
}

impl Ring {
    /// A ring through the points, put on the storage grid; a repeated last point and neighbouring doubles are dropped.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = Point>) -> Self {
        let mut ring: Vec<Point> = points.into_iter().map(|p| point(p.x, p.y)).collect();
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        Self(ring)
    }

    /// The points, each once.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.0
    }

    /// The edges, each as its two ends, the closing one last.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        (0..self.0.len()).map(|i| (self.0[i], self.0[(i + 1) % self.0.len()]))
    }

    /// Twice the signed area by the shoelace formula, relative to the first point to keep digits; positive when
    /// counter-clockwise.
    pub(super) fn signed_area_m2(&self) -> f64 {
        let Some(&origin) = self.0.first() else { return 0.0 };
        self.edges()
            .map(|(a, b)| {
                let (a, b) = (a - origin, b - origin);
                a.x * b.y - b.x * a.y
            })
            .sum::<f64>()
            / 2.0
    }

    pub(super) fn line_string(&self) -> geo::LineString<f64> {
        let mut line = geo::LineString(self.0.clone());
        line.close();
        line
    }

    pub(super) fn turned(&self, counter_clockwise: bool) -> Self {
        let mut ring = self.clone();
        ring.turn(counter_clockwise);
        ring
    }

    pub(super) fn turn(&mut self, counter_clockwise: bool) {
        let area_m2 = self.signed_area_m2();
        // Where the sign is rounding alone it would change with every turn: such a ring stays as it came.
        let noise_m2 = 1e-12 * self.0.first().map_or(0.0, |&origin| self.0.iter().map(|&p| square(p - origin)).sum());
        if area_m2.is_finite() && area_m2.abs() > noise_m2 && (area_m2 > 0.0) != counter_clockwise {
            self.0.reverse();
        }
    }
}

fn square(d: Point) -> f64 {
    d.x * d.x + d.y * d.y
}
