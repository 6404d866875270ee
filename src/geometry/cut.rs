//! Cutting an outline along a line, and the direction in which it is long.
//!
//! Plots and floors are parted so that their areas add up: the parts share their cut points exactly. Points and
//! lengths in local metres. Cuts that make parts of a given area are in [`super::share`].

use geo::ConvexHull as _;

use super::faces::{Fit, faces};
use super::{FARTHEST_M, Outline, Point, QUANTUM_M, TOLERANCE_M, direction, distance_m, left_of};

/// Points of a path farther out than this are taken for a mistake, in metres.
const FARTHEST_PATH_M: f64 = 10.0 * FARTHEST_M;

impl Outline {
    /// The parts left and right of an open line of two points or more.
    ///
    /// The first and the last segment go on straight until they leave the bounds. Courts stay open: a cut may end at one
    /// and goes on behind it. A line that passes a corner within [`TOLERANCE_M`] goes through it, so that a cut along a
    /// wall leaves no sliver. The areas add up to that of the whole within 1e-9 of it, or within half a step of the
    /// storage grid along its walls where that is more. When the line does not part the outline (it passes beside it, or
    /// is no line), the outline comes back alone.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(40.0, 20.0));
    /// let parts = plot.cut_along(&[point(10.0, 5.0), point(10.0, 6.0)]);
    /// assert_eq!(parts.iter().map(Outline::area_m2).collect::<Vec<_>>(), [200.0, 600.0]);
    /// ```
    #[must_use]
    pub fn cut_along(&self, path: &[Point]) -> Vec<Self> {
        let Some(line) = extended(self, path) else { return vec![self.clone()] };
        let lines = [line];
        for snap_m in [TOLERANCE_M, 3.0 * QUANTUM_M] {
            let parts = faces(self, &lines, Fit { snap_m, shift: 4 });
            if adds_up(self, &parts) {
                return if parts.len() > 1 { parts } else { vec![self.clone()] };
            }
        }
        vec![self.clone()]
    }

    /// The direction of the long side of the smallest rectangle around it, turned as it fits best: a vector of one
    /// metre, eastward or due north.
    ///
    /// Of rectangles equally small, and of the sides of a square, the direction nearest to east, counted
    /// counter-clockwise, is taken. `None` without an extent.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 60.0));
    /// assert_eq!(hall.long_direction(), Some(point(0.0, 1.0)));
    /// ```
    #[must_use]
    pub fn long_direction(&self) -> Option<Point> {
        if !self.edges().all(|(a, _)| a.x.is_finite() && a.y.is_finite()) {
            return None;
        }
        let hull = self.polygon().convex_hull();
        let corners = &hull.exterior().0;
        let mut best: Option<(f64, f64, Point)> = None;
        for edge in corners.windows(2) {
            let &[a, b] = edge else { continue };
            let Some(u) = direction(b - a) else { continue };
            let v = left_of(u);
            let (u_m, v_m) = (extent_m(corners, u), extent_m(corners, v));
            let area_m2 = u_m * v_m;
            let is_square = (u_m - v_m).abs() <= 1e-6 * u_m;
            for way in [(is_square || u_m > v_m).then_some(u), (is_square || v_m > u_m).then_some(v)] {
                let Some(way) = way.map(eastward) else { continue };
                let angle = way.y.atan2(way.x).rem_euclid(std::f64::consts::PI);
                let is_better = best.is_none_or(|(least_m2, least_angle, _)| {
                    let hair_m2 = 1e-6 * least_m2.max(area_m2);
                    area_m2 < least_m2 - hair_m2 || (area_m2 <= least_m2 + hair_m2 && angle < least_angle - 1e-9)
                });
                if is_better {
                    best = Some((area_m2, angle, way));
                }
            }
        }
        best.map(|(_, _, way)| way)
    }
}

/// How far the points reach along a direction, in metres.
fn extent_m(points: &[Point], along: Point) -> f64 {
    let reach = points.iter().map(|p| p.x * along.x + p.y * along.y);
    let (least, most) = reach.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), v| (l.min(v), m.max(v)));
    most - least
}

/// The same direction or its opposite, the one in `[0°, 180°)` counter-clockwise from east.
fn eastward(way: Point) -> Point {
    const HAIR: f64 = 1e-9;
    if way.y.abs() < HAIR {
        return Point { x: 1.0, y: 0.0 };
    }
    if way.x.abs() < HAIR {
        return Point { x: 0.0, y: 1.0 };
    }
    if way.y < 0.0 { way * -1.0 } else { way }
}

/// Whether parts are sound and cover the whole; a line with loops that the grid cannot hold fails here.
pub(super) fn adds_up(whole: &Outline, parts: &[Outline]) -> bool {
    let area_m2 = whole.area_m2();
    let sum_m2: f64 = parts.iter().map(Outline::area_m2).sum();
    let allowed_m2 = (1e-9 * area_m2).max(QUANTUM_M * whole.perimeter_m());
    (sum_m2 - area_m2).abs() <= allowed_m2 && parts.iter().all(|part| part.fault().is_none())
}

/// The path without doubles, drawn out at both ends until it is outside; `None` when it is no line.
fn extended(outline: &Outline, path: &[Point]) -> Option<Vec<Point>> {
    if !path.iter().all(|p| p.x.abs() <= FARTHEST_PATH_M && p.y.abs() <= FARTHEST_PATH_M) {
        return None;
    }
    let mut line = path.to_vec();
    line.dedup_by(|b, a| distance_m(*a, *b) <= TOLERANCE_M);
    let bounds = outline.bounds()?;
    let diagonal_m = distance_m(bounds.min, bounds.max);
    let outside = |end: Point, before: Point| {
        let reach_m = diagonal_m + distance_m(end, bounds.centre()) + 1.0;
        end + (end - before) * (reach_m / distance_m(end, before))
    };
    let [first, second, ..] = line.as_slice() else { return None };
    let start = outside(*first, *second);
    let [.., before, last] = line.as_slice() else { return None };
    let end = outside(*last, *before);
    *line.first_mut()? = start;
    *line.last_mut()? = end;
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Ring, point};

    fn areas(parts: &[Outline]) -> Vec<f64> {
        let mut areas: Vec<f64> = parts.iter().map(Outline::area_m2).collect();
        areas.sort_by(f64::total_cmp);
        areas
    }

    fn block() -> Outline {
        let outer = Outline::rectangle(point(0.0, 0.0), point(40.0, 30.0));
        let court = Outline::rectangle(point(10.0, 10.0), point(30.0, 20.0));
        Outline::with_holes(&outer.rings()[0], court.rings().to_vec())
    }

    #[test]
    fn a_cut_through_a_court_gives_two_halves() {
        let parts = block().cut_along(&[point(20.0, 12.0), point(20.0, 13.0)]);
        assert_eq!(areas(&parts), [500.0, 500.0]);
        assert!(parts.iter().all(|part| part.holes().is_empty() && part.outer().len() == 8));
    }

    #[test]
    fn a_cut_beside_a_court_leaves_it_in_its_part() {
        let parts = block().cut_along(&[point(5.0, 0.0), point(5.0, 30.0)]);
        assert_eq!(areas(&parts), [150.0, 850.0]);
        assert_eq!(parts.iter().map(|part| part.holes().len()).sum::<usize>(), 1);
        // Along a wall of the court it touches the court, which then is a bay.
        let parts = block().cut_along(&[point(10.0, 0.0), point(10.0, 30.0)]);
        assert_eq!(areas(&parts), [300.0, 700.0]);
        assert!(parts.iter().all(|part| part.holes().is_empty()));
        // Through one corner of it: the court touches the outer line there.
        let parts = block().cut_along(&[point(0.0, 20.0), point(10.0, 10.0)]);
        assert_eq!(areas(&parts), [200.0, 800.0]);
    }

    #[test]
    fn a_bent_cut_keeps_its_corners() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(40.0, 20.0));
        let parts = plot.cut_along(&[point(10.0, -5.0), point(10.0, 5.0), point(20.0, 5.0), point(20.0, 6.0)]);
        assert_eq!(areas(&parts), [350.0, 450.0]);
        assert!(parts.iter().all(|part| part.outer().len() == 6));
    }

    #[test]
    fn a_line_that_does_not_part_the_outline_leaves_it_alone() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(40.0, 20.0));
        let nan = Point { x: f64::NAN, y: 0.0 };
        for line in [
            vec![],
            vec![point(5.0, 5.0)],
            vec![point(5.0, 5.0); 3],
            vec![point(-5.0, 0.0), point(-5.0, 9.0)],
            vec![nan, point(5.0, 5.0)],
            vec![point(1e300, 0.0), point(0.0, 1.0)],
            // Along a wall, half a millimetre within it, and past a corner.
            vec![point(0.0, 0.000_5), point(1.0, 0.000_5)],
            vec![point(-1.0, 1.0), point(1.0, -1.0)],
        ] {
            assert_eq!(plot.cut_along(&line), std::slice::from_ref(&plot), "{line:?}");
        }
        assert_eq!(Outline::default().cut_along(&[point(0.0, 0.0), point(1.0, 0.0)]), [Outline::default()]);
    }

    #[test]
    fn a_cut_past_a_corner_within_a_millimetre_goes_through_it() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(40.0, 20.0));
        let parts = plot.cut_along(&[Point { x: 0.000_4, y: 0.0 }, Point { x: 40.0, y: 19.999_7 }]);
        assert_eq!(areas(&parts), [400.0, 400.0]);
        assert!(parts.iter().all(|part| part.outer().len() == 3));
    }

    #[test]
    fn the_long_direction_of_a_square_is_its_side_nearest_to_east() {
        let square = Outline::from_points([point(0.0, 0.0), point(4.0, 3.0), point(1.0, 7.0), point(-3.0, 4.0)]);
        assert_eq!(square.long_direction().map(|d| point(d.x, d.y)), Some(point(0.8, 0.6)));
        let upright = Outline::rectangle(point(3.0, 3.0), point(9.0, 9.0));
        assert_eq!(upright.long_direction(), Some(point(1.0, 0.0)));
        let long = Outline::from_points([point(0.0, 0.0), point(40.0, -30.0), point(43.0, -26.0), point(3.0, 4.0)]);
        assert_eq!(long.long_direction().map(|d| point(d.x, d.y)), Some(point(-0.8, 0.6)));
        assert_eq!(
            Outline::from_points([Ring::default()].iter().flat_map(|r| r.points().to_vec())).long_direction(),
            None
        );
    }
}
