//! Round shapes as the straight edges that are stored: circles, regular polygons and arcs.
//!
//! The model knows no curves. An arc becomes chords whose ends lie on it and whose middle lies off it by no more than
//! a tolerance in metres, [`FLATTEN_M`] unless said otherwise. What that loses of an arc of radius `r` and length `l`:
//! at most `2/3 · l · tolerance` of area and `l · tolerance / 3r` of length. A full circle of 10 m loses at most
//! 0.13 % of its area and 0.03 % of its length at 1 cm. Points are local metres, bearings clockwise from north.

use super::transform::is_finite;
use super::{Outline, Point, bearing_deg, direction, distance_m, point};

/// How far a flattened curve may lie off the true one when nothing else is said: one centimetre, in metres.
pub const FLATTEN_M: f64 = 0.01;

/// Flatter arcs than this count as straight, in metres.
const LARGEST_RADIUS_M: f64 = 1e5;

/// No curve becomes more chords than this.
const MOST_CHORDS: usize = 360;

/// A full circle becomes no fewer chords than this.
const LEAST_IN_CIRCLE: usize = 8;

/// A part of a circle, to be read out and to be flattened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// The middle of its circle, in local metres; not on the storage grid.
    pub centre: Point,
    /// The radius in metres.
    pub radius_m: f64,
    /// The bearing from the centre to where it begins, in degrees clockwise from north, in `[0, 360)`.
    pub start_deg: f64,
    /// How far it runs, in degrees, within ±360; positive clockwise.
    pub sweep_deg: f64,
}

impl Arc {
    /// The arc from `a` through `on` to `b`.
    ///
    /// `None` where that is straight: the three on one line, two of them closer than a millimetre, or a radius beyond
    /// 100 km; also when a number is not finite.
    #[must_use]
    pub fn through(a: Point, on: Point, b: Point) -> Option<Self> {
        direction(on - a)?;
        direction(b - on)?;
        direction(b - a)?;
        // The middle of the circle through the three, reckoned from `a` to keep digits.
        let (u, v) = (on - a, b - a);
        let (uu, vv) = (u.x * u.x + u.y * u.y, v.x * v.x + v.y * v.y);
        let twice_cross = 2.0 * (u.x * v.y - u.y * v.x);
        let to_centre = Point { x: (v.y * uu - u.y * vv) / twice_cross, y: (u.x * vv - v.x * uu) / twice_cross };
        let turns_left = twice_cross > 0.0;
        Self::around(a + to_centre, a, |start_deg, centre| {
            let clockwise_deg = (bearing_deg(centre, b) - start_deg).rem_euclid(360.0);
            if turns_left { clockwise_deg - 360.0 } else { clockwise_deg }
        })
    }

    /// The arc that leaves `from` along the vector `heading` and ends at `to`.
    ///
    /// `None` where that is straight or undefined: `to` straight ahead, straight behind or at `from`, no heading, or a
    /// radius beyond 100 km; also when a number is not finite.
    #[must_use]
    pub fn tangent(from: Point, heading: Point, to: Point) -> Option<Self> {
        let (ahead, chord) = (direction(heading)?, to - from);
        direction(chord)?;
        let left = Point { x: -ahead.y, y: ahead.x };
        let (along, across) = (chord.x * ahead.x + chord.y * ahead.y, chord.x * left.x + chord.y * left.y);
        // The centre is as far from `from` as from `to`; it lies on the side to which the arc turns.
        let to_centre_m = (along * along + across * across) / (2.0 * across);
        // An arc turns by twice the angle between its beginning and its chord.
        Self::around(from + left * to_centre_m, from, |_, _| -2.0 * across.atan2(along).to_degrees())
    }

    fn around(centre: Point, start: Point, sweep_deg: impl Fn(f64, Point) -> f64) -> Option<Self> {
        let radius_m = distance_m(centre, start);
        if !is_finite(centre) || radius_m.is_nan() || radius_m > LARGEST_RADIUS_M {
            return None;
        }
        let start_deg = bearing_deg(centre, start);
        Some(Self { centre, radius_m, start_deg, sweep_deg: sweep_deg(start_deg, centre) })
    }

    /// Its length in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.radius_m * self.sweep_deg.to_radians().abs()
    }

    /// The point at a share of the way, 0 at the beginning and 1 at the end; not on the storage grid.
    #[must_use]
    pub fn at(&self, share: f64) -> Point {
        let (sin, cos) = (self.start_deg + share * self.sweep_deg).to_radians().sin_cos();
        self.centre + Point { x: sin, y: cos } * self.radius_m
    }

    /// The points between its ends, on the storage grid, and then `end` as it is given.
    fn flattened(&self, end: Point, tolerance_m: f64) -> Vec<Point> {
        let chords = segments_for(self.radius_m, self.sweep_deg, tolerance_m);
        let between = (1..chords).map(|i| self.at(i as f64 / chords as f64));
        between.map(|p| point(p.x, p.y)).chain([end]).collect()
    }
}

/// The least number of chords for an arc so that none of them lies off it by more than `tolerance_m`.
///
/// At least 1, and 8 for a full circle; at most 360, which for radii beyond 260 m may be more than 1 cm off. A
/// tolerance that is not a number above zero counts as [`FLATTEN_M`]; a radius or sweep that is not finite gives 1.
///
/// ```
/// use maakblok::geometry::segments_for;
/// // A chord of 90° in a circle of 10 m lies 2.93 m off it, one of 45° only 0.76 m.
/// assert_eq!(segments_for(10.0, 90.0, 3.0), 1);
/// assert_eq!(segments_for(10.0, 90.0, 0.8), 2);
/// ```
#[must_use]
pub fn segments_for(radius_m: f64, sweep_deg: f64, tolerance_m: f64) -> usize {
    if !radius_m.is_finite() || radius_m <= 0.0 || !sweep_deg.is_finite() {
        return 1;
    }
    let sweep_deg = sweep_deg.abs().min(360.0);
    let tolerance_m = if tolerance_m.is_finite() && tolerance_m > 0.0 { tolerance_m } else { FLATTEN_M };
    let least = if sweep_deg >= 360.0 { LEAST_IN_CIRCLE } else { 1 };
    // r (1 − cos δ/2) = 2 r sin² δ/4 for a chord of δ; an error of the last digit must not cost a chord.
    let chord_rad = 4.0 * (tolerance_m / (2.0 * radius_m)).sqrt().min(1.0).asin();
    let chords = (sweep_deg.to_radians() / chord_rad - 1e-9).ceil();
    // `as` turns what is negative or no number into zero and saturates.
    (chords as usize).clamp(least, MOST_CHORDS)
}

/// A full circle whose first corner is `through`; the corners lie on it, counter-clockwise.
///
/// `None` when the radius is below a millimetre, or when the circle is out of reach of the local frame.
#[must_use]
pub fn circle(centre: Point, through: Point, tolerance_m: f64) -> Option<Outline> {
    regular(centre, through, segments_for(distance_m(centre, through), 360.0, tolerance_m))
}

/// A regular polygon of 3 to 360 sides whose first corner is `corner`; the others follow counter-clockwise.
///
/// `None` for another number of sides, a radius below a millimetre, or out of reach of the local frame.
#[must_use]
pub fn regular(centre: Point, corner: Point, sides: usize) -> Option<Outline> {
    let arm = corner - centre;
    direction(arm)?;
    if !(3..=MOST_CHORDS).contains(&sides) {
        return None;
    }
    let corners = (0..sides).map(|i| {
        if i == 0 {
            return corner;
        }
        let (sin, cos) = (i as f64 / sides as f64 * std::f64::consts::TAU).sin_cos();
        centre + Point { x: cos * arm.x - sin * arm.y, y: sin * arm.x + cos * arm.y }
    });
    Some(Outline::from_points(corners)).filter(|outline| outline.fault().is_none())
}

/// The points that follow `a` on the arc through `on` to `b`: `a` left out, `b` last and as it is given.
///
/// Only `b` where the arc is straight (see [`Arc::through`]); empty when a number is not finite.
#[must_use]
pub fn arc_through(a: Point, on: Point, b: Point, tolerance_m: f64) -> Vec<Point> {
    if ![a, on, b].into_iter().all(is_finite) {
        return Vec::new();
    }
    Arc::through(a, on, b).map_or_else(|| vec![b], |arc| arc.flattened(b, tolerance_m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_as_few_as_the_tolerance_allows() {
        // In a circle of 1 m a chord of 60° lies 1 − cos 30° = 0.134 m off it.
        assert_eq!(segments_for(1.0, 360.0, 0.2), 8, "never fewer than eight in a circle");
        assert_eq!(segments_for(1.0, 180.0, 1.0 - 30.0_f64.to_radians().cos()), 3);
        assert_eq!(segments_for(1.0, 180.0, 0.133), 4);
        // 10 m at 1 cm: 2 acos(0.999) = 5.126°, so 71 chords.
        assert_eq!(segments_for(10.0, 360.0, FLATTEN_M), 71);
        assert_eq!(segments_for(10.0, -360.0, f64::NAN), 71);
        assert_eq!(segments_for(5000.0, 360.0, FLATTEN_M), 360);
        assert_eq!(segments_for(f64::NAN, 90.0, FLATTEN_M), 1);
        assert_eq!(segments_for(10.0, f64::INFINITY, FLATTEN_M), 1);
        assert_eq!(segments_for(10.0, f64::NAN, FLATTEN_M), 1);
        assert_eq!(segments_for(0.001, 200.0, 1.0), 1);
    }

    #[test]
    fn a_circle_loses_no_more_than_its_tolerance_says() {
        let round = circle(point(5.0, 5.0), point(15.0, 5.0), FLATTEN_M).unwrap();
        assert_eq!(round.outer()[0], point(15.0, 5.0));
        assert_eq!((round.outer().len(), round.is_convex()), (71, true));
        let (area_m2, length_m) = (std::f64::consts::PI * 100.0, std::f64::consts::TAU * 10.0);
        let lost_m2 = area_m2 - round.area_m2();
        assert!(lost_m2 > 0.0 && lost_m2 < 2.0 / 3.0 * length_m * FLATTEN_M);
        let lost_m = length_m - round.perimeter_m();
        assert!(lost_m > 0.0 && lost_m < length_m * FLATTEN_M / 30.0);
    }

    #[test]
    fn a_regular_polygon_begins_at_its_corner() {
        let square = regular(point(0.0, 0.0), point(3.0, 3.0), 4).unwrap();
        assert_eq!(square.outer(), [point(3.0, 3.0), point(-3.0, 3.0), point(-3.0, -3.0), point(3.0, -3.0)]);
        let hexagon = regular(point(0.0, 0.0), point(2.0, 0.0), 6).unwrap();
        assert!((hexagon.area_m2() - 6.0 * 3.0_f64.sqrt()).abs() < 1e-6);
        for sides in [0, 2, 361, usize::MAX] {
            assert_eq!(regular(point(0.0, 0.0), point(2.0, 0.0), sides), None);
        }
        assert_eq!(regular(point(1.0, 1.0), point(1.0, 1.0), 6), None);
        assert_eq!(circle(point(1.0, 1.0), Point { x: f64::NAN, y: 0.0 }, FLATTEN_M), None);
        assert_eq!(circle(point(0.0, 0.0), point(2e5, 0.0), FLATTEN_M), None);
    }

    #[test]
    fn an_arc_goes_through_its_middle_point_on_the_right_side() {
        // The upper half of a circle of 5 m, walked clockwise; and the large part of it the other way.
        let over = Arc::through(point(-5.0, 0.0), point(0.0, 5.0), point(5.0, 0.0)).unwrap();
        assert_eq!((over.centre, over.radius_m), (point(0.0, 0.0), 5.0));
        assert!((over.start_deg - 270.0).abs() < 1e-9 && (over.sweep_deg - 180.0).abs() < 1e-9);
        assert!((over.length_m() - 5.0 * std::f64::consts::PI).abs() < 1e-9);
        let large = Arc::through(point(0.0, 5.0), point(0.0, -5.0), point(5.0, 0.0)).unwrap();
        assert!((large.sweep_deg + 270.0).abs() < 1e-9, "{large:?}");
        let points = arc_through(point(-5.0, 0.0), point(0.0, 5.0), point(5.0, 0.0), 1.0);
        // A chord of 90° lies 1.46 m off, one of 60° 0.67 m: three.
        assert_eq!(points.len(), 3);
        assert_eq!(points[2], point(5.0, 0.0));
        assert!(distance_m(points[0], point(-2.5, 4.330_127)) < 1e-6);
    }

    #[test]
    fn three_points_on_a_line_give_the_straight_edge() {
        let (a, b) = (point(0.0, 0.0), point(10.0, 0.0));
        let far = Point { x: f64::INFINITY, y: 0.0 };
        for on in [point(5.0, 0.0), point(5.0, 1e-6), a, b, point(20.0, 0.0)] {
            assert_eq!(arc_through(a, on, b, FLATTEN_M), [b]);
        }
        assert_eq!(arc_through(a, point(3.0, 3.0), a, FLATTEN_M), [a]);
        assert!(arc_through(a, far, b, FLATTEN_M).is_empty());
    }

    #[test]
    fn a_tangent_arc_leaves_along_its_heading() {
        // North and then to the east: a quarter of a circle of 4 m, clockwise.
        let (from, to) = (point(0.0, 0.0), point(4.0, 4.0));
        let quarter = Arc::tangent(from, point(0.0, 9.0), to).unwrap();
        assert_eq!((quarter.centre, quarter.radius_m), (point(4.0, 0.0), 4.0));
        assert!((quarter.sweep_deg - 90.0).abs() < 1e-9 && (quarter.start_deg - 270.0).abs() < 1e-9);
        // The same chord with the heading reversed takes the long way round, to the left.
        let long = Arc::tangent(from, point(0.0, -9.0), to).unwrap();
        assert!((long.sweep_deg + 270.0).abs() < 1e-9 && distance_m(long.at(1.0), to) < 1e-9);
    }
}
