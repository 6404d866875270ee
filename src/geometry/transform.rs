//! Moving, turning, mirroring and scaling outlines by one kind of map.
//!
//! A [`Transform`] keeps straight lines straight. It is in local metres; turns are in degrees, clockwise as bearings
//! are. Quarter turns and mirrors in upright or diagonal lines are exact on the storage grid, so that turning a
//! building round and back leaves no trace in the file. Choosing the point to turn about is left to the caller.

use super::{Outline, Point, Ring, direction, point};

/// Factors at or below this would fold a shape to nothing.
const LEAST_FACTOR: f64 = 1e-6;

/// A map of the plane that keeps lines straight and parallels parallel.
///
/// ```
/// use maakblok::geometry::{Transform, point};
/// let turn = Transform::rotation(point(1.0, 1.0), 90.0);
/// // Clockwise: what lay north of the centre lies east of it.
/// assert_eq!(turn.apply(point(1.0, 3.0)), point(3.0, 1.0));
/// let there_and_back = turn.then(Transform::rotation(point(1.0, 1.0), -90.0));
/// assert_eq!(there_and_back, Transform::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Where a step of one metre east goes.
    east: Point,
    /// Where a step of one metre north goes.
    north: Point,
    /// Where the origin goes.
    origin: Point,
}

impl Default for Transform {
    /// The map that leaves all in place.
    fn default() -> Self {
        Self { east: Point { x: 1.0, y: 0.0 }, north: Point { x: 0.0, y: 1.0 }, origin: Point::zero() }
    }
}

impl Transform {
    /// Moves by a vector in metres, in whole steps of the storage grid, so that a shape stays what it is to the digit; leaves
    /// all in place when it is not finite.
    #[must_use]
    pub fn translation(by: Point) -> Self {
        if is_finite(by) { Self { origin: point(by.x, by.y), ..Self::default() } } else { Self::default() }
    }

    /// Turns about a point; leaves all in place when a number is not finite.
    ///
    /// Whole quarter turns use no sine: they map the storage grid onto itself.
    #[must_use]
    pub fn rotation(about: Point, clockwise_deg: f64) -> Self {
        if !is_finite(about) || !clockwise_deg.is_finite() {
            return Self::default();
        }
        let turn_deg = clockwise_deg.rem_euclid(360.0);
        let (sin, cos) = match turn_deg {
            0.0 | 360.0 => (0.0, 1.0),
            90.0 => (1.0, 0.0),
            180.0 => (0.0, -1.0),
            270.0 => (-1.0, 0.0),
            other => other.to_radians().sin_cos(),
        };
        Self::about(about, Point { x: cos, y: -sin }, Point { x: sin, y: cos })
    }

    /// Mirrors in the line through `a` and `b`; `None` when they are closer than [`TOLERANCE_M`](super::TOLERANCE_M) or not finite.
    #[must_use]
    pub fn mirror(a: Point, b: Point) -> Option<Self> {
        let along = direction(b - a)?;
        // The direction may have been rounded: upright and diagonal lines get their whole numbers back.
        let d = b - a;
        let (cos2, sin2) = if d.x == 0.0 || d.y == 0.0 {
            (if d.y == 0.0 { 1.0 } else { -1.0 }, 0.0)
        } else if d.x.abs() == d.y.abs() {
            (0.0, d.x.signum() * d.y.signum())
        } else {
            (along.x * along.x - along.y * along.y, 2.0 * along.x * along.y)
        };
        Some(Self::about(a, Point { x: cos2, y: sin2 }, Point { x: sin2, y: -cos2 }))
    }

    /// Scales alike in all directions; `None` unless `factor` is finite and above 1e-6.
    #[must_use]
    pub fn scaling(about: Point, factor: f64) -> Option<Self> {
        let usable = is_finite(about) && factor.is_finite() && factor > LEAST_FACTOR;
        usable.then(|| Self::about(about, Point { x: factor, y: 0.0 }, Point { x: 0.0, y: factor }))
    }

    /// The map that takes three points to three others; `None` where the first lie on a line.
    #[must_use]
    pub fn of_three(from: [Point; 3], to: [Point; 3]) -> Option<Self> {
        let sides = |of: [Point; 3]| Self { east: of[1] - of[0], north: of[2] - of[0], origin: of[0] };
        Some(sides(from).inverse()?.then(sides(to)))
    }

    /// This, and then `next`.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self {
            east: next.turned(self.east),
            north: next.turned(self.north),
            origin: next.turned(self.origin) + next.origin,
        }
    }

    /// Where a point goes. It is not put on the storage grid.
    #[must_use]
    pub fn apply(&self, p: Point) -> Point {
        self.turned(p) + self.origin
    }

    /// The map that undoes this; `None` when scalings in a row have folded the plane to a line.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let by = self.determinant();
        if !by.is_normal() {
            return None;
        }
        let east = Point { x: self.north.y / by + 0.0, y: -self.east.y / by + 0.0 };
        let north = Point { x: -self.north.x / by + 0.0, y: self.east.x / by + 0.0 };
        let back = Self { east, north, origin: Point::zero() };
        let origin = back.turned(self.origin);
        let all = [east, north, origin].into_iter().all(is_finite);
        all.then(|| Self { origin: Point::zero() - origin, ..back })
    }

    /// How many times larger an area becomes, without unit; 1 for moves, turns and mirrors.
    #[must_use]
    pub fn area_factor(&self) -> f64 {
        self.determinant().abs()
    }

    /// Whether left and right change places.
    #[must_use]
    pub fn is_mirroring(&self) -> bool {
        self.determinant() < 0.0
    }

    fn determinant(&self) -> f64 {
        self.east.x * self.north.y - self.north.x * self.east.y
    }

    /// Where a vector goes.
    fn turned(&self, v: Point) -> Point {
        // Adding zero makes a plus of a minus zero.
        let x = self.east.x * v.x + self.north.x * v.y + 0.0;
        Point { x, y: self.east.y * v.x + self.north.y * v.y + 0.0 }
    }

    /// The map with these columns that leaves `fixed` in place.
    fn about(fixed: Point, east: Point, north: Point) -> Self {
        let still = Self { east, north, origin: Point::zero() };
        let origin = fixed - still.turned(fixed);
        let whole = [east.x, east.y, north.x, north.y].into_iter().all(|v| v == 0.0 || v.abs() == 1.0);
        // The middle of a shape often lies halfway between two places of the grid: a whole step keeps turns exact.
        Self { origin: if whole { point(origin.x, origin.y) } else { origin }, ..still }
    }
}

impl Outline {
    /// The same outline mapped, on the storage grid, its outer ring counter-clockwise also after a mirror.
    ///
    /// A strong reduction can fold thin parts together: ask [`fault`](Self::fault) after scaling.
    #[must_use]
    pub fn transformed(&self, t: &Transform) -> Self {
        let mut rings = self.rings().iter().map(|ring| Ring::new(ring.points().iter().map(|&p| t.apply(p))));
        rings.next().map_or_else(Self::default, |outer| Self::with_holes(&outer, rings))
    }
}

/// Whether both coordinates are numbers that can be reckoned with.
pub(super) fn is_finite(p: Point) -> bool {
    p.x.is_finite() && p.y.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::distance_m;

    /// An L of 20 × 20 m with a court, off the origin and with odd digits.
    fn building() -> Outline {
        let at = |x: f64, y: f64| point(x + 1_234.567_890_1, y - 987.654_321_3);
        Outline::with_holes(
            &Ring::new([at(0.0, 0.0), at(20.0, 0.1), at(20.0, 8.0), at(8.0, 8.3), at(8.0, 20.0), at(0.0, 20.0)]),
            [Ring::new([at(2.0, 2.0), at(4.0, 2.0), at(4.0, 5.0)])],
        )
    }

    #[test]
    fn a_quarter_turn_four_times_gives_back_exactly_the_same_outline() {
        // The second and third centres lie between the places of the grid.
        for about in
            [point(3.0, 4.0), Point { x: 1_240.123_456_75, y: -980.000_000_05 }, Point { x: 0.1, y: 1.0 / 3.0 }]
        {
            for turn_deg in [90.0, -90.0, 450.0, 270.0] {
                let turn = Transform::rotation(about, turn_deg);
                let mut turned = building();
                for _ in 0..4 {
                    turned = turned.transformed(&turn);
                    assert!((turned.area_m2() - building().area_m2()).abs() < 1e-9);
                }
                assert_eq!(turned, building());
            }
        }
    }

    #[test]
    fn mirroring_twice_gives_back_the_same_outline() {
        let lines = [
            (point(1.0, 2.0), point(1.0, 9.0)),
            (point(1.0, 2.000_000_1), point(5.0, 2.000_000_1)),
            (point(0.3, 0.7), point(4.3, 4.7)),
            (point(0.0, 5.0), point(5.0, 0.0)),
        ];
        for (a, b) in lines {
            let mirror = Transform::mirror(a, b).unwrap();
            assert!(mirror.is_mirroring());
            let once = building().transformed(&mirror);
            assert_ne!(once, building());
            assert_eq!(once.transformed(&mirror), building());
        }
        // In an oblique line all but the last digit of the grid comes back.
        let oblique = Transform::mirror(point(0.0, 0.0), point(3.0, 1.0)).unwrap();
        let twice = building().transformed(&oblique).transformed(&oblique);
        for ((_, a), (_, b)) in twice.vertices().zip(building().vertices()) {
            assert!(distance_m(a, b) < 3e-7);
        }
    }

    #[test]
    fn a_mirrored_outline_still_runs_counter_clockwise() {
        let hall = Outline::rectangle(point(0.0, 0.0), point(6.0, 2.0));
        let mirrored = hall.transformed(&Transform::mirror(point(0.0, 0.0), point(0.0, 1.0)).unwrap());
        assert!(mirrored.is_convex());
        assert_eq!(mirrored.bounds().unwrap().min, point(-6.0, 0.0));
    }

    #[test]
    fn a_turn_is_clockwise_and_a_scaling_goes_from_its_point() {
        let turned = Transform::rotation(point(0.0, 0.0), 30.0).apply(point(0.0, 2.0));
        assert!((turned.x - 1.0).abs() < 1e-12 && (turned.y - 3.0_f64.sqrt()).abs() < 1e-12);
        let scaled = Transform::scaling(point(2.0, 0.0), 0.5).unwrap();
        assert_eq!(scaled.apply(point(4.0, 6.0)), point(3.0, 3.0));
        assert_eq!(scaled.area_factor(), 0.25);
    }

    #[test]
    fn an_inverse_undoes_and_a_folded_plane_has_none() {
        let t = Transform::rotation(point(40.0, 7.0), 33.0)
            .then(Transform::scaling(point(1.0, 2.0), 1.7).unwrap())
            .then(Transform::translation(point(-3.0, 9.0)));
        let p = point(12.3, -4.5);
        assert!(distance_m(t.inverse().unwrap().apply(t.apply(p)), p) < 1e-12);
        let mut small = Transform::scaling(point(0.0, 0.0), 1e-5).unwrap();
        for _ in 0..6 {
            small = small.then(small);
        }
        assert_eq!(small.inverse(), None);
    }

    #[test]
    fn numbers_that_are_none_give_none_or_leave_all_in_place() {
        let (p, nan) = (point(1.0, 2.0), Point { x: f64::NAN, y: 0.0 });
        assert_eq!(Transform::translation(nan), Transform::default());
        assert_eq!(Transform::rotation(p, f64::INFINITY), Transform::default());
        assert_eq!(Transform::rotation(nan, 10.0), Transform::default());
        assert_eq!(Transform::rotation(p, -1e-300), Transform::default());
        assert_eq!(Transform::mirror(p, p), None);
        assert_eq!(Transform::mirror(p, nan), None);
        for factor in [0.0, -1.0, 1e-6, f64::NAN, f64::INFINITY] {
            assert_eq!(Transform::scaling(p, factor), None);
        }
        assert_eq!(Outline::default().transformed(&Transform::default()), Outline::default());
    }
}
