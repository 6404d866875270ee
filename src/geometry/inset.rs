//! Drawing an outline in on itself, and sweeping it along a direction.

use geo::{BooleanOps as _, Buffer as _, unary_union};

use super::{FARTHEST_M, Outline, Point, Ring, TOLERANCE_M};

/// Corners with a smaller angle inside than that of this cosine have no mitre, or it would run away.
const SHARPEST: f64 = 0.9;

impl Outline {
    /// The outline drawn in by `by_m` metres on all sides with sharp corners, courts drawn out; empty when nothing is
    /// left, several when it falls apart. Empty as well for no number and for what would be out of reach.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
    /// let inner = hall.inset(1.0);
    /// assert_eq!(inner.len(), 1);
    /// assert!((inner[0].area_m2() - 32.0).abs() < 1e-6);
    /// assert!(hall.inset(3.1).is_empty());
    /// ```
    #[must_use]
    pub fn inset(&self, by_m: f64) -> Vec<Self> {
        if by_m.is_nan() || by_m.abs() > 2.0 * FARTHEST_M {
            return Vec::new();
        }
        // Parallel edges that meet at their mitres are right as long as none of them turns round.
        let parallel: Option<Vec<Ring>> = self.rings().iter().map(|ring| parallel_ring(ring.points(), by_m)).collect();
        if let Some(rings) = parallel.filter(|rings| !rings.is_empty()) {
            let inner = Self::with_holes(&rings[0], rings[1..].iter().cloned());
            if inner.fault().is_none() {
                return vec![inner];
            }
        }
        let style = geo::buffer::BufferStyle::new(-by_m).line_join(geo::buffer::LineJoin::Miter(SHARPEST.acos()));
        let parts = self.polygon().buffer_with_style(style).0;
        let parts = parts.iter().map(Self::from_polygon).filter(|part| part.area_m2() > TOLERANCE_M);
        parts.filter(|part| part.fault().is_none()).collect()
    }

    /// What the outline covers while it is moved from `from` to `to`, such as its shadow on a level.
    #[must_use]
    pub fn swept(&self, from: Point, to: Point) -> Self {
        let along = to - from;
        if along == Point::zero() {
            return self.translated(from);
        }
        if self.is_convex() {
            return Self::from_points(swept_convex(self.outer(), from, to));
        }
        let mut parts = vec![self.translated(from).polygon(), self.translated(to).polygon()];
        for (a, b) in self.edges() {
            // Each edge leaves a parallelogram behind it; those along the way leave none.
            let cross = (b.x - a.x) * along.y - (b.y - a.y) * along.x;
            if cross.abs() > TOLERANCE_M {
                parts.push(Self::from_points([a + from, b + from, b + to, a + to]).polygon());
            }
        }
        let covered = unary_union(&parts);
        covered.0.iter().max_by(|a, b| area(a).total_cmp(&area(b))).map_or_else(Self::default, Self::from_polygon)
    }

    /// What both cover.
    #[must_use]
    pub fn common(&self, other: &Self) -> Vec<Self> {
        match (self.bounds(), other.bounds()) {
            (Some(a), Some(b)) if a.meets(&b) => {}
            _ => return Vec::new(),
        }
        if self.is_convex() && other.is_convex() {
            let part = Self::from_points(clipped_convex(self.outer(), other.outer()));
            return if part.outer().len() > 2 && part.area_m2() > TOLERANCE_M { vec![part] } else { Vec::new() };
        }
        let parts = self.polygon().intersection(&other.polygon());
        parts.0.iter().map(Self::from_polygon).filter(|part| part.area_m2() > TOLERANCE_M).collect()
    }
}

fn area(polygon: &geo::Polygon<f64>) -> f64 {
    geo::Area::unsigned_area(polygon)
}

/// The ring with every edge moved to its left by `by_m`; `None` when an edge turns round or vanishes.
fn parallel_ring(points: &[Point], by_m: f64) -> Option<Ring> {
    let n = points.len();
    if n < 3 {
        return None;
    }
    let direction = |i: usize| {
        let d = points[(i + 1) % n] - points[i];
        let length = d.x.hypot(d.y);
        (length > TOLERANCE_M).then(|| d / length)
    };
    let mut moved = Vec::with_capacity(n);
    let mut before = direction(n - 1)?;
    for (i, &p) in points.iter().enumerate() {
        let after = direction(i)?;
        // The mitre: p + by × (n₁ + n₂) / (1 + n₁·n₂) with the left normals of both edges.
        let cosine = before.x * after.x + before.y * after.y;
        if cosine < -SHARPEST {
            return None;
        }
        let normals = Point { x: -before.y - after.y, y: before.x + after.x };
        moved.push(p + normals * (by_m / (1.0 + cosine)));
        before = after;
    }
    let keeps_direction = (0..n).all(|i| {
        let (old, new) = (points[(i + 1) % n] - points[i], moved[(i + 1) % n] - moved[i]);
        old.x * new.x + old.y * new.y > 0.0
    });
    keeps_direction.then(|| Ring::new(moved))
}

/// The convex ring around two places of a convex, counter-clockwise one.
fn swept_convex(points: &[Point], from: Point, to: Point) -> Vec<Point> {
    let along = to - from;
    let n = points.len();
    // An edge leads when its outer side looks along the way.
    let leads = |i: usize| {
        let d = points[(i + 1) % n] - points[i];
        d.y * along.x - d.x * along.y > 0.0
    };
    let mut swept = Vec::with_capacity(n + 2);
    let mut before = leads(n - 1);
    for (i, &p) in points.iter().enumerate() {
        let after = leads(i);
        swept.push(p + if before { to } else { from });
        if before != after {
            swept.push(p + if after { to } else { from });
        }
        before = after;
    }
    swept
}

/// The part of a convex ring within another, both counter-clockwise (Sutherland and Hodgman).
fn clipped_convex(subject: &[Point], clip: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = subject.to_vec();
    let mut next = Vec::with_capacity(kept.len() + clip.len());
    for (i, &a) in clip.iter().enumerate() {
        let d = clip[(i + 1) % clip.len()] - a;
        let side = |p: Point| d.x * (p.y - a.y) - d.y * (p.x - a.x);
        for (j, &p) in kept.iter().enumerate() {
            let q = kept[(j + 1) % kept.len()];
            let (at_p, at_q) = (side(p), side(q));
            if at_p >= 0.0 {
                next.push(p);
            }
            if (at_p >= 0.0) != (at_q >= 0.0) {
                next.push(p + (q - p) * (at_p / (at_p - at_q)));
            }
        }
        std::mem::swap(&mut kept, &mut next);
        next.clear();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn l_shape() -> Outline {
        Outline::from_points([
            point(0.0, 0.0),
            point(20.0, 0.0),
            point(20.0, 8.0),
            point(8.0, 8.0),
            point(8.0, 20.0),
            point(0.0, 20.0),
        ])
    }

    #[test]
    fn an_inset_keeps_its_distance_and_falls_apart_where_it_is_narrow() {
        let inner = l_shape().inset(1.0);
        assert_eq!(inner.len(), 1);
        // 18 × 6 below and 6 × 12 above it.
        assert!((inner[0].area_m2() - (18.0 * 6.0 + 6.0 * 12.0)).abs() < 1e-6);
        let dumbbell = Outline::from_points([
            point(0.0, 0.0),
            point(10.0, 0.0),
            point(10.0, 4.5),
            point(20.0, 4.5),
            point(20.0, 0.0),
            point(30.0, 0.0),
            point(30.0, 10.0),
            point(20.0, 10.0),
            point(20.0, 5.5),
            point(10.0, 5.5),
            point(10.0, 10.0),
            point(0.0, 10.0),
        ]);
        assert_eq!(dumbbell.inset(1.0).len(), 2, "the neck of one metre goes");
        let court = Outline::with_holes(
            &Ring::new([point(0.0, 0.0), point(30.0, 0.0), point(30.0, 30.0), point(0.0, 30.0)]),
            [Ring::new([point(10.0, 10.0), point(20.0, 10.0), point(20.0, 20.0), point(10.0, 20.0)])],
        );
        assert!((court.inset(1.0)[0].area_m2() - (28.0 * 28.0 - 12.0 * 12.0)).abs() < 1e-6);
    }

    #[test]
    fn a_shape_drawn_out_over_its_own_bay_keeps_its_sharp_corners() {
        let corners = [(0.0, 0.0), (30.0, 0.0), (30.0, 20.0), (16.0, 20.0), (16.0, 15.0), (15.0, 15.0), (15.0, 20.0)];
        let u = Outline::from_points(corners.into_iter().chain([(0.0, 20.0)]).map(|(x, y)| point(x, y)));
        let areas: Vec<f64> = u.inset(-1.0).iter().map(Outline::area_m2).collect();
        assert!(areas.len() == 1 && (areas[0] - 32.0 * 22.0).abs() < 1e-5, "{areas:?}");
    }

    #[test]
    fn a_distance_that_is_none_leaves_nothing() {
        for shape in [l_shape(), Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0))] {
            for by_m in [f64::NAN, f64::INFINITY, -f64::INFINITY, f64::MAX, -f64::MAX, 1e5, -1e5] {
                assert!(shape.inset(by_m).is_empty(), "{by_m}");
            }
        }
    }

    #[test]
    fn a_sweep_covers_both_ends_and_the_way_between() {
        let house = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
        let way = point(3.0, 4.0);
        assert!((house.swept(Point::zero(), way).area_m2() - (100.0 + 10.0 * 3.0 + 10.0 * 4.0)).abs() < 1e-6);
        // The L shades part of its own corner: 36 + … is checked by its parts' union.
        let swept = l_shape().swept(Point::zero(), point(2.0, 0.0));
        assert!((swept.area_m2() - (l_shape().area_m2() + 2.0 * 20.0)).abs() < 1e-6);
    }

    #[test]
    fn what_is_common_does_not_depend_on_the_way_it_is_found() {
        let a = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
        let b = Outline::from_points([point(5.0, -5.0), point(15.0, 5.0), point(5.0, 15.0), point(-5.0, 5.0)]);
        let quick: f64 = a.common(&b).iter().map(Outline::area_m2).sum();
        assert!((quick - crate::geometry::overlap_area_m2(&a, &b)).abs() < 1e-5);
        assert!(a.common(&a.translated(point(10.0, 0.0))).is_empty());
    }
}
