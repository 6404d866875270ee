//! Setbacks: what is left of a plot when each of its edges keeps a distance of its own.

use super::{Outline, Point, Ring, TOLERANCE_M, direction, distance_m, left_of, nearest_on_segment};

/// Outward corners of neighbouring setbacks are mitred up to this turn; sharper ones are cut square, as a tangent.
const STEEPEST: f64 = 2.0;

impl Outline {
    /// What lies at least so far from the edges that it faces, a distance in metres for each, in the order of
    /// [`edges`](Self::edges); edges without one keep none. Lines are parallel to the edges and meet in
    /// mitres. Empty when nothing is left, several when it falls apart, the largest first.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(60.0, 40.0));
    /// // Five metres from the street in the south, two from the neighbour in the east.
    /// let buildable = plot.set_back(&[5.0, 2.0]);
    /// assert_eq!((buildable.len(), buildable[0].area_m2()), (1, 58.0 * 35.0));
    /// ```
    #[must_use]
    pub fn set_back(&self, by_m: &[f64]) -> Vec<Self> {
        let mut strips = Vec::new();
        let mut first = 0;
        for ring in self.rings() {
            let points = ring.points();
            let n = points.len();
            let by = |i: usize| by_m.get(first + i % n).copied().filter(|by| *by > TOLERANCE_M).unwrap_or(0.0);
            for i in 0..n {
                if by(i) > 0.0 {
                    strips.extend(strip(points, i, by(i)));
                }
            }
            first += n;
        }
        if strips.is_empty() {
            return vec![self.clone()];
        }
        let left = self.without(&strips.iter().collect::<Vec<_>>());
        let mut left: Vec<Self> = left.iter().map(Self::without_spikes).collect();
        left.retain(|part| part.fault().is_none());
        Self::sort_by_area(&mut left);
        left
    }
}

impl Outline {
    /// The same without corners from which one comes straight back, and without points that lie on the one before: rounding
    /// leaves them where what was taken away ends at an edge.
    fn without_spikes(&self) -> Self {
        let mut rings = self.rings().iter().map(|ring| Ring::new(without_spikes(ring.points())));
        rings.next().map_or_else(Self::default, |outer| Self::with_holes(&outer, rings))
    }
}

fn without_spikes(points: &[Point]) -> Vec<Point> {
    let mut kept = points.to_vec();
    let mut at = 0;
    // Whatever goes may leave another spike before it.
    let mut looked_at = 0;
    while kept.len() > 3 && looked_at <= kept.len() {
        let n = kept.len();
        let (a, b, c) = (kept[(at + n - 1) % n], kept[at % n], kept[(at + 1) % n]);
        let is_back = |p: Point, from: Point, to: Point| distance_m(p, nearest_on_segment(p, from, to)) < TOLERANCE_M;
        let turns_back = (b - a).x * (c - b).x + (b - a).y * (c - b).y < 0.0;
        if distance_m(a, b) < TOLERANCE_M || (turns_back && (is_back(c, a, b) || is_back(a, b, c))) {
            kept.remove(at % n);
            at = (at + n - 2) % (n - 1);
            looked_at = 0;
        } else {
            at = (at + 1) % n;
            looked_at += 1;
        }
    }
    kept
}

/// The strip along an edge that its setback takes. At a corner that turns inward it goes on to the mitre, and at one where the
/// next edge leans outward as far as that does, but no farther than it is wide: a sliver beside its end is as near to it.
fn strip(points: &[Point], i: usize, by_m: f64) -> Option<Outline> {
    let n = points.len();
    let (a, b) = (points[i], points[(i + 1) % n]);
    let along = direction(b - a)?;
    let before = direction(a - points[(i + n - 1) % n]).map_or(0.0, |before| beyond(before, along));
    let after = direction(points[(i + 2) % n] - b).map_or(0.0, |after| beyond(along, after));
    let (from, to) = (a - along * (by_m * before), b + along * (by_m * after));
    let (in_, out) = (left_of(along) * by_m, left_of(along) * -TOLERANCE_M);
    Some(Outline::from_points([from + out, to + out, to + in_, from + in_]))
}

/// How far a strip goes on beyond a corner, in widths of it.
fn beyond(before: Point, after: Point) -> f64 {
    let (sine, cosine) = (before.x * after.y - before.y * after.x, before.x * after.x + before.y * after.y);
    if sine < 0.0 {
        // The tangent of half the turn.
        (-sine / (1.0 + cosine).max(1e-9)).min(STEEPEST)
    } else {
        (cosine / sine.max(1e-9)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::point;
    use super::*;

    #[test]
    fn every_point_left_keeps_its_distance() {
        // An L with a court: sixteen corners of every kind.
        let outer = [(0.0, 0.0), (80.0, 0.0), (80.0, 30.0), (40.0, 34.0), (38.0, 70.0), (0.0, 66.0)];
        let outer = Ring::new(outer.map(|(x, y)| point(x, y)));
        let hole = Ring::new([(12.0, 12.0), (24.0, 12.0), (24.0, 22.0)].map(|(x, y)| point(x, y)));
        let plot = Outline::with_holes(&outer, [hole]);
        let by = [5.0, 3.0, 6.0, 0.0, 4.0, 2.0, 1.0, 2.0, 3.0];
        let left = plot.set_back(&by);
        assert_eq!(left.len(), 1);
        assert!(left[0].area_m2() < plot.area_m2());
        for (_, p) in left[0].vertices() {
            for ((a, b), by_m) in plot.edges().zip(by) {
                let near = nearest_on_segment(p, a, b);
                let faces = near != a && near != b;
                let far_m = distance_m(p, near);
                assert!(!faces || far_m > by_m - 1e-6, "{p:?} is {far_m} m from {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn rectangles_that_lie_askew_stay_rectangles() {
        let rectangle = Outline::rectangle(point(0.0, 0.0), point(60.0, 70.0));
        for step in 0..200 {
            let angle_deg = f64::from(step) * 1.7 + 1e-5;
            let map = super::super::Transform::rotation(point(-300.0 - f64::from(step), 12.5), angle_deg);
            let left = rectangle.transformed(&map).set_back(&[0.0, 3.0, 3.0, 3.0]);
            assert_eq!((left.len(), left[0].vertices().count()), (1, 4), "{angle_deg}° {:?}", left[0]);
        }
    }

    #[test]
    fn no_sliver_is_left_beside_the_end_of_an_edge() {
        // The east edge leans outward by 1 m over 40.
        let plot = Outline::from_points([(0.0, 0.0), (60.0, 0.0), (61.0, 40.0), (0.0, 40.0)].map(|(x, y)| point(x, y)));
        let left = plot.set_back(&[5.0]);
        let least_y = left[0].vertices().map(|(_, p)| p.y).fold(f64::INFINITY, f64::min);
        assert!((least_y - 5.0).abs() < 1e-6, "{least_y}");
    }

    #[test]
    fn what_is_too_narrow_falls_apart_or_goes() {
        let bar = Outline::rectangle(point(0.0, 0.0), point(60.0, 8.0));
        assert_eq!(bar.set_back(&[4.0, 0.0, 4.0, 0.0]), [], "nothing is left between two setbacks");
        let dumbbell = [
            (0.0, 0.0),
            (20.0, 0.0),
            (20.0, 8.0),
            (40.0, 8.0),
            (40.0, 0.0),
            (60.0, 0.0),
            (60.0, 20.0),
            (40.0, 20.0),
            (40.0, 12.0),
            (20.0, 12.0),
            (20.0, 20.0),
            (0.0, 20.0),
        ];
        let dumbbell = Outline::from_points(dumbbell.map(|(x, y)| point(x, y)));
        let parts = dumbbell.set_back(&[2.0; 12]);
        assert_eq!(parts.len(), 2);
        assert!((parts[0].area_m2() - 16.0 * 16.0).abs() < 1e-6, "the neck of 4 m is gone");
        assert_eq!(dumbbell.set_back(&[]), std::slice::from_ref(&dumbbell));
    }
}
