//! Corners of an outline cut off or rounded.
//!
//! For splays at crossings and for rounded fronts. Lengths in local metres. Edges are in [`super::edges`].

use super::edges::unit;
use super::{Outline, Point, TOLERANCE_M, VertexAt, distance_m, left_of};

/// What is done to a corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Corner {
    /// A straight cut that takes `length_m` metres off both edges.
    Cut {
        /// What each edge loses at the corner, in metres.
        length_m: f64,
    },
    /// An arc that touches both edges.
    Rounded {
        /// The radius of the arc in metres.
        radius_m: f64,
        /// How far the straight pieces that stand for the arc may lie within it, in metres.
        tolerance_m: f64,
    },
}

/// An arc never has more pieces than this.
const MOST_PIECES: f64 = 256.0;

/// An arc is never drawn more finely than this, in metres.
const FINEST_M: f64 = 1e-4;

impl Outline {
    /// The outline with something done to one corner; an arc has at most 256 pieces.
    ///
    /// `None` when an edge is not long enough for it, when there is no corner at `at`, or when the outline would get a fault.
    ///
    /// ```
    /// use maakblok::geometry::{Corner, Outline, VertexAt, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
    /// let south_west = VertexAt { ring: 0, index: 0 };
    /// let splayed = plot.with_corner(south_west, Corner::Cut { length_m: 2.0 }).unwrap();
    /// assert_eq!(splayed.area_m2(), 58.0);
    /// let arc = Corner::Rounded { radius_m: 2.0, tolerance_m: 0.001 };
    /// let rounded = plot.with_corner(south_west, arc).unwrap();
    /// assert!((rounded.area_m2() - (60.0 - 4.0 + std::f64::consts::PI)).abs() < 0.01);
    /// ```
    #[must_use]
    pub fn with_corner(&self, at: VertexAt, corner: Corner) -> Option<Self> {
        let points = self.rings().get(at.ring)?.points();
        let n = points.len();
        let p = *points.get(at.index)?;
        let (before, after) = (points[(at.index + n - 1) % n], points[(at.index + 1) % n]);
        let off_m = taken_off_m(before, p, after, corner)?;
        if off_m > distance_m(before, p).min(distance_m(p, after)) - TOLERANCE_M {
            return None;
        }
        let mut new = points.to_vec();
        new.splice(at.index..=at.index, shaped(before, p, after, corner, off_m)?);
        self.with_ring(at.ring, &new)
    }

    /// The outline with the same done to every corner of every ring.
    ///
    /// Corners that do not fit stay as they are: where the two ends of an edge together need more than its length, both
    /// stay. `None` when no corner fits.
    ///
    /// ```
    /// use maakblok::geometry::{Corner, Outline, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
    /// let splayed = plot.with_all_corners(Corner::Cut { length_m: 1.0 }).unwrap();
    /// assert_eq!((splayed.outer().len(), splayed.area_m2()), (8, 58.0));
    /// ```
    #[must_use]
    pub fn with_all_corners(&self, corner: Corner) -> Option<Self> {
        let fitting: Vec<Vec<Option<Vec<Point>>>> =
            self.rings().iter().map(|ring| corners_that_fit(ring.points(), corner)).collect();
        let mut at_once = self.clone();
        let mut any = false;
        for (place, (ring, new)) in self.rings().iter().zip(&fitting).enumerate() {
            if new.iter().all(Option::is_none) {
                continue;
            }
            any = true;
            let points = ring.points().iter().zip(new);
            let points: Vec<Point> = points.flat_map(|(&old, new)| new.clone().unwrap_or_else(|| vec![old])).collect();
            match at_once.with_ring(place, &points) {
                Some(outline) => at_once = outline,
                None => return self.with_corners_one_by_one(&fitting),
            }
        }
        any.then_some(at_once)
    }

    /// The corners that give no fault, where all together would.
    fn with_corners_one_by_one(&self, new: &[Vec<Option<Vec<Point>>>]) -> Option<Self> {
        let mut copy = self.clone();
        let mut any = false;
        for (place, ring) in new.iter().enumerate() {
            // From the back, so that places before stay right.
            for (index, corner) in ring.iter().enumerate().rev() {
                let Some(corner) = corner else { continue };
                let mut points = copy.rings().get(place)?.points().to_vec();
                points.splice(index..=index, corner.iter().copied());
                if let Some(outline) = copy.with_ring(place, &points) {
                    copy = outline;
                    any = true;
                }
            }
        }
        any.then_some(copy)
    }
}

/// What stands for each corner of the ring; `None` for those that stay.
fn corners_that_fit(points: &[Point], corner: Corner) -> Vec<Option<Vec<Point>>> {
    let n = points.len();
    let around = |i: usize| (points[(i + n - 1) % n], points[i], points[(i + 1) % n]);
    let off_m: Vec<f64> = (0..n)
        .map(|i| {
            let (before, p, after) = around(i);
            let shortest_m = distance_m(before, p).min(distance_m(p, after));
            taken_off_m(before, p, after, corner).filter(|&off_m| off_m <= shortest_m - TOLERANCE_M).unwrap_or(0.0)
        })
        .collect();
    (0..n)
        .map(|i| {
            let (before, p, after) = around(i);
            // Arcs may meet in the middle of an edge, with a hair for rounding.
            let fits = |other: usize, length_m: f64| off_m[i] + off_m[other] <= length_m + TOLERANCE_M / 2.0;
            let all_fit = fits((i + n - 1) % n, distance_m(before, p)) && fits((i + 1) % n, distance_m(p, after));
            (off_m[i] > 0.0 && all_fit).then(|| shaped(before, p, after, corner, off_m[i])).flatten()
        })
        .collect()
}

/// What the corner takes off both edges, in metres; `None` where there is none to speak of.
fn taken_off_m(before: Point, p: Point, after: Point, corner: Corner) -> Option<f64> {
    let turn = turned_by(before, p, after)?;
    let off_m = match corner {
        Corner::Cut { length_m } => length_m,
        Corner::Rounded { radius_m, tolerance_m } if tolerance_m > 0.0 && radius_m > 0.0 => {
            radius_m * (turn.abs() / 2.0).tan()
        }
        Corner::Rounded { .. } => return None,
    };
    (off_m > TOLERANCE_M && off_m.is_finite()).then_some(off_m)
}

/// The turn at `p` in radians, to the left positive; `None` where the line goes straight on or straight back.
fn turned_by(before: Point, p: Point, after: Point) -> Option<f64> {
    let (a, b) = (unit(p - before)?, unit(after - p)?);
    let turn = (a.x * b.y - a.y * b.x).atan2(a.x * b.x + a.y * b.y);
    let half_a_degree = 0.5_f64.to_radians();
    (turn.abs() > half_a_degree && turn.abs() < std::f64::consts::PI - half_a_degree).then_some(turn)
}

/// The points that stand for the corner, from one edge to the other.
fn shaped(before: Point, p: Point, after: Point, corner: Corner, off_m: f64) -> Option<Vec<Point>> {
    let start = p + unit(before - p)? * off_m;
    let end = p + unit(after - p)? * off_m;
    let Corner::Rounded { radius_m, tolerance_m } = corner else { return Some(vec![start, end]) };
    let turn = turned_by(before, p, after)?;
    let along = unit(p - before)?;
    // The centre lies on the side to which the line turns.
    let centre = start + left_of(along) * (radius_m * turn.signum());
    let deepest = (tolerance_m.max(FINEST_M) / radius_m).min(1.0);
    let pieces = (turn.abs() / (2.0 * (1.0 - deepest).acos())).ceil().clamp(1.0, MOST_PIECES);
    let spoke = start - centre;
    let mut points = vec![start];
    for i in 1..pieces as u32 {
        let (sine, cosine) = (turn * f64::from(i) / pieces).sin_cos();
        points.push(centre + Point { x: spoke.x * cosine - spoke.y * sine, y: spoke.x * sine + spoke.y * cosine });
    }
    points.push(end);
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn at(index: usize) -> VertexAt {
        VertexAt { ring: 0, index }
    }

    fn l_shape() -> Outline {
        let corners = [(0.0, 0.0), (20.0, 0.0), (20.0, 8.0), (8.0, 8.0), (8.0, 20.0), (0.0, 20.0)];
        Outline::from_points(corners.map(|(x, y)| point(x, y)))
    }

    #[test]
    fn an_inner_corner_that_is_cut_or_rounded_adds_area() {
        assert_eq!(l_shape().with_corner(at(3), Corner::Cut { length_m: 2.0 }).map(|o| o.area_m2()), Some(258.0));
        let rounded = l_shape().with_corner(at(3), Corner::Rounded { radius_m: 2.0, tolerance_m: 0.0005 }).unwrap();
        assert!((rounded.area_m2() - (256.0 + 4.0 - std::f64::consts::PI)).abs() < 0.005);
    }

    #[test]
    fn the_pieces_of_an_arc_lie_within_the_tolerance() {
        for tolerance_m in [0.5, 0.1, 0.01, 0.001] {
            let rounded = l_shape().with_corner(at(0), Corner::Rounded { radius_m: 6.0, tolerance_m }).unwrap();
            let centre = point(6.0, 6.0);
            let arc: Vec<Point> = rounded.outer().iter().copied().filter(|p| p.x <= 6.0 && p.y <= 6.0).collect();
            assert!(arc.iter().all(|&p| (distance_m(p, centre) - 6.0).abs() < 1e-6));
            let depth_m = arc.windows(2).map(|e| 6.0 - distance_m((e[0] + e[1]) / 2.0, centre)).fold(0.0, f64::max);
            assert!(depth_m <= tolerance_m + 1e-6, "{depth_m} for {tolerance_m}");
        }
    }

    #[test]
    fn a_corner_that_does_not_fit_gives_nothing() {
        assert_eq!(l_shape().with_corner(at(0), Corner::Cut { length_m: 20.0 }), None);
        assert_eq!(l_shape().with_corner(at(2), Corner::Cut { length_m: 8.0 }), None);
        assert_eq!(l_shape().with_corner(at(2), Corner::Rounded { radius_m: 8.1, tolerance_m: 0.01 }), None);
        assert_eq!(l_shape().with_corner(at(6), Corner::Cut { length_m: 1.0 }), None);
        for odd in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(l_shape().with_corner(at(0), Corner::Cut { length_m: odd }), None);
            assert_eq!(l_shape().with_corner(at(0), Corner::Rounded { radius_m: odd, tolerance_m: 0.01 }), None);
            assert_eq!(l_shape().with_all_corners(Corner::Cut { length_m: odd }), None);
        }
        assert_eq!(l_shape().with_corner(at(0), Corner::Rounded { radius_m: 1.0, tolerance_m: f64::NAN }), None);
        let straight = Outline::from_points([(0.0, 0.0), (5.0, 0.0), (9.0, 0.0), (0.0, 9.0)].map(|(x, y)| point(x, y)));
        assert_eq!(straight.with_corner(at(1), Corner::Cut { length_m: 1.0 }), None);
    }

    #[test]
    fn all_corners_are_done_but_those_that_do_not_fit() {
        assert_eq!(l_shape().with_all_corners(Corner::Cut { length_m: 1.0 }).map(|o| o.outer().len()), Some(12));
        // The ends of the arms are 8 m long: two cuts of 5 m do not fit there, the other two corners do.
        let some = l_shape().with_all_corners(Corner::Cut { length_m: 5.0 }).unwrap();
        assert_eq!((some.outer().len(), some.area_m2()), (8, 256.0));
    }

    #[test]
    fn a_square_rounded_by_half_its_side_is_a_circle() {
        let square = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
        let circle = square.with_all_corners(Corner::Rounded { radius_m: 5.0, tolerance_m: 0.001 }).unwrap();
        assert!((circle.area_m2() - 25.0 * std::f64::consts::PI).abs() < 0.05);
    }

    #[test]
    fn courts_are_done_as_well_and_corners_that_would_collide_stay() {
        let outer = Outline::rectangle(point(0.0, 0.0), point(40.0, 30.0));
        let court = Outline::rectangle(point(1.0, 1.0), point(39.0, 29.0));
        let block = Outline::with_holes(&outer.rings()[0], court.rings().to_vec());
        let cut = block.with_all_corners(Corner::Cut { length_m: 1.0 }).unwrap();
        assert_eq!(cut.rings().iter().map(|r| r.points().len()).sum::<usize>(), 16);
        assert_eq!(cut.area_m2(), block.area_m2());
    }
}
