//! A bar: a line drawn out to both sides, as slabs and rows of houses are drawn.

use super::{Outline, Point, TOLERANCE_M, distance_m};

/// Sharper bends than this have no mitre: the corner would run away, as a cosine of the turn.
const SHARPEST: f64 = -0.9;

impl Outline {
    /// The outline of a bar of some width along a line of two or more points, with square ends and mitred bends; `None` for
    /// a line that goes nowhere, bends too sharply, or is too short for its width, so that the bar would cross itself.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let slab = Outline::bar(&[point(0.0, 0.0), point(60.0, 0.0)], 14.0).unwrap();
    /// assert_eq!(slab.area_m2(), 840.0);
    /// ```
    #[must_use]
    pub fn bar(line: &[Point], width_m: f64) -> Option<Self> {
        let half_m = width_m.abs() / 2.0;
        Self::bar_between(line, -half_m, half_m)
    }

    /// The same from so far beside the line to so far, in metres, to its left positive: a line may be the middle of a bar, its
    /// front or its back.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let along_the_street = Outline::bar_between(&[point(0.0, 0.0), point(60.0, 0.0)], 0.0, 14.0).unwrap();
    /// assert_eq!(along_the_street, Outline::rectangle(point(0.0, 0.0), point(60.0, 14.0)));
    /// ```
    #[must_use]
    pub fn bar_between(line: &[Point], from_m: f64, to_m: f64) -> Option<Self> {
        let mut points: Vec<Point> = Vec::with_capacity(line.len());
        for &p in line {
            if points.last().is_none_or(|&last| distance_m(last, p) > TOLERANCE_M) {
                points.push(p);
            }
        }
        let width_m = (to_m - from_m).abs();
        if points.len() < 2 || !width_m.is_finite() || width_m < 2.0 * TOLERANCE_M {
            return None;
        }
        let directions: Vec<Point> =
            points.windows(2).map(|ends| (ends[1] - ends[0]) / distance_m(ends[0], ends[1])).collect();
        let mut left = Vec::with_capacity(points.len());
        let mut right = Vec::with_capacity(points.len());
        for (i, &p) in points.iter().enumerate() {
            let before = directions.get(i.wrapping_sub(1)).or(directions.first())?;
            let after = directions.get(i).or(directions.last())?;
            let cosine = before.x * after.x + before.y * after.y;
            if cosine < SHARPEST {
                return None;
            }
            // A point on the way straight on makes no corner.
            let turn = before.x * after.y - before.y * after.x;
            if i > 0 && i + 1 < points.len() && turn.abs() < 1e-9 {
                continue;
            }
            let normals = Point { x: -before.y - after.y, y: before.x + after.x };
            let aside = normals / (1.0 + cosine);
            left.push(p + aside * to_m);
            right.push(p + aside * from_m);
        }
        right.extend(left.into_iter().rev());
        Some(Self::from_points(right)).filter(|outline| outline.fault().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn a_bend_keeps_the_width_on_both_sides() {
        let bar = Outline::bar(&[point(0.0, 0.0), point(30.0, 0.0), point(30.0, 20.0)], 10.0).unwrap();
        // The mitre takes from the inside what it gives to the outside: the middle line times the width.
        assert!((bar.area_m2() - 500.0).abs() < 1e-9);
        assert_eq!(bar.outer().len(), 6);
        assert!(bar.outer().contains(&point(35.0, -5.0)) && bar.outer().contains(&point(25.0, 5.0)));
    }

    #[test]
    fn what_would_cross_itself_is_none() {
        assert_eq!(Outline::bar(&[point(0.0, 0.0)], 10.0), None);
        assert_eq!(Outline::bar(&[point(0.0, 0.0), point(0.0, 0.0)], 10.0), None);
        assert_eq!(Outline::bar(&[point(0.0, 0.0), point(30.0, 0.0), point(0.0, 1.0)], 10.0), None, "too sharp");
        assert_eq!(Outline::bar(&[point(0.0, 0.0), point(30.0, 0.0), point(30.0, 4.0), point(0.0, 4.0)], 10.0), None);
        assert_eq!(Outline::bar(&[point(0.0, 0.0), point(30.0, 0.0)], f64::NAN), None);
    }
}
