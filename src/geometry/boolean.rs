//! Shapes put together, taken apart and cleaned of points that say nothing.
//!
//! What lies within [`TOLERANCE_M`] of a wall of an earlier shape counts as lying on it (see [`super::weld`]), so no
//! slivers and no hairline gaps stay. In local metres. Plain areas of overlaps are in [`super::overlap`].

use geo::BooleanOps as _;

use super::weld::{Welded, union};
use super::{Bounds, Outline, Point, QUANTUM_M, Ring, TOLERANCE_M, distance_m, groups_that_meet, nearest_on_segment};

/// A point so near to the line of its neighbours lies on it, in metres, unless area would be lost.
const STRAIGHT_M: f64 = 1e-4;

/// So much area may a straightened point change, in m².
const STRAIGHT_M2: f64 = 1e-6;

/// The outlines that cover what these cover, without overlaps.
///
/// Walls that neighbours share within a millimetre go, and so do the points left on straight walls. Those that stand
/// alone come back as they are. In order of the first outline of each group that meets; empty for none. Outlines with a
/// fault must be left out by the caller.
///
/// ```
/// use maakblok::geometry::{Outline, point, united};
/// let a = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
/// let b = Outline::rectangle(point(10.0005, 0.0), point(20.0, 10.0));
/// let both = united(&[&a, &b]);
/// assert_eq!((both.len(), both[0].outer().len()), (1, 4));
/// assert!((both[0].area_m2() - 200.0).abs() < 0.01);
/// ```
#[must_use]
pub fn united(outlines: &[&Outline]) -> Vec<Outline> {
    let known: Vec<(Bounds, &Outline)> =
        outlines.iter().filter_map(|outline| Some((outline.bounds()?.grown(TOLERANCE_M), *outline))).collect();
    let bounds: Vec<Bounds> = known.iter().map(|(bounds, _)| *bounds).collect();
    let mut parts = Vec::with_capacity(known.len());
    for group in groups_that_meet(&bounds) {
        let group: Vec<&Outline> = group.iter().filter_map(|&place| known.get(place)).map(|(_, o)| *o).collect();
        if let [alone] = group.as_slice() {
            parts.push((*alone).clone());
        } else {
            let welded = Welded::new(&group);
            parts.extend(welded.outlines(&union(&welded.polygons)));
        }
    }
    parts
}

/// What all of the outlines cover; empty for none, a copy for one.
///
/// Parts less than a millimetre wide do not count. Outlines with a fault must be left out by the caller.
///
/// ```
/// use maakblok::geometry::{Outline, point, shared_by_all};
/// let square = |x: f64| Outline::rectangle(point(x, 0.0), point(x + 10.0, 10.0));
/// let common = shared_by_all(&[&square(0.0), &square(3.0), &square(6.0)]);
/// assert_eq!((common.len(), common[0].area_m2()), (1, 40.0));
/// ```
#[must_use]
pub fn shared_by_all(outlines: &[&Outline]) -> Vec<Outline> {
    match outlines {
        [] => return Vec::new(),
        [alone] => return vec![(*alone).clone()],
        _ => {}
    }
    let Some(bounds) = outlines.iter().map(|outline| outline.bounds()).collect::<Option<Vec<Bounds>>>() else {
        return Vec::new();
    };
    if bounds.iter().enumerate().any(|(i, a)| bounds[i + 1..].iter().any(|b| !a.meets(b))) {
        return Vec::new();
    }
    let welded = Welded::new(outlines);
    let mut polygons = welded.polygons.iter();
    let Some(first) = polygons.next() else { return Vec::new() };
    let mut common = geo::MultiPolygon(vec![first.clone()]);
    for polygon in polygons {
        common = common.intersection(polygon);
        if common.0.is_empty() {
            break;
        }
    }
    welded.outlines(&common)
}

impl Outline {
    /// What is left without the cutters: a cutter within becomes a court, one right across gives several parts.
    ///
    /// Parts and gaps less than a millimetre wide do not stay. The outline alone when no cutter comes near, empty when
    /// all of it is cut away. Cutters with a fault must be left out by the caller.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(40.0, 30.0));
    /// let court = Outline::rectangle(point(10.0, 10.0), point(30.0, 20.0));
    /// let block = plot.without(&[&court]);
    /// assert_eq!((block.len(), block[0].holes().len(), block[0].area_m2()), (1, 1, 1000.0));
    /// ```
    #[must_use]
    pub fn without(&self, cutters: &[&Self]) -> Vec<Self> {
        let Some(own) = self.bounds() else { return Vec::new() };
        let near = cutters.iter().copied().filter(|cutter| cutter.bounds().is_some_and(|b| b.meets(&own)));
        let shapes: Vec<&Self> = std::iter::once(self).chain(near).collect();
        if shapes.len() == 1 {
            return vec![self.clone()];
        }
        let welded = Welded::new(&shapes);
        let left = match welded.polygons.as_slice() {
            [whole, cutter] => whole.difference(cutter),
            [whole, cutters @ ..] => whole.difference(&union(cutters)),
            [] => return Vec::new(),
        };
        let parts = welded.outlines(&left);
        // What is only touched is as it was, to the point that its ring begins at.
        match parts.as_slice() {
            [same] if same.vertices().count() == self.vertices().count() && is_same_area(same, self) => {
                vec![self.clone()]
            }
            _ => parts,
        }
    }

    /// The outline without the points at which a ring goes straight on.
    ///
    /// A point goes when it lies within a tenth of a millimetre of the line of its neighbours and takes no more than a
    /// square millimetre along, or is off that line by the storage grid alone. Every ring keeps three points; nothing
    /// changes where the result would have a fault.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let hall = [(0.0, 0.0), (4.0, 0.0), (10.0, 0.0), (10.0, 6.0), (0.0, 6.0)].map(|(x, y)| point(x, y));
    /// let plain = Outline::from_points(hall).simplified_straight();
    /// assert_eq!(plain, Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0)));
    /// ```
    #[must_use]
    pub fn simplified_straight(&self) -> Self {
        let rings: Vec<Option<Ring>> = self.rings().iter().map(|ring| straightened(ring.points())).collect();
        if rings.iter().all(Option::is_none) {
            return self.clone();
        }
        let mut rings = rings.into_iter().zip(self.rings()).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
        let Some(outer) = rings.next() else { return self.clone() };
        let new = Self::with_holes(&outer, rings);
        if new.fault().is_none() { new } else { self.clone() }
    }
}

fn is_same_area(a: &Outline, b: &Outline) -> bool {
    (a.area_m2() - b.area_m2()).abs() <= 1e-9 * b.area_m2()
}

/// The ring without points on straight edges; `None` when all are corners.
fn straightened(points: &[Point]) -> Option<Ring> {
    let n = points.len();
    if n < 4 {
        return None;
    }
    let at = |i: usize| points[i % n];
    // A point to begin at that stays, or all would depend on where the ring happens to begin.
    let first = (0..n).find(|&i| !goes_straight(at(i + n - 1), &[at(i)], at(i + 1)))?;
    let mut is_kept = vec![true; n];
    let mut from = first;
    for i in first + 1..first + n {
        // All the points since the last corner, or many small bends would add up.
        let run: Vec<Point> = (from + 1..=i).map(at).collect();
        if goes_straight(at(from), &run, at(i + 1)) {
            is_kept[i % n] = false;
        } else {
            from = i;
        }
    }
    let kept: Vec<Point> = points.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(p, _)| *p).collect();
    (kept.len() < n && kept.len() >= 3).then(|| Ring::new(kept))
}

/// Whether the line from `a` to `b` by way of the points is straight.
fn goes_straight(a: Point, by_way_of: &[Point], b: Point) -> bool {
    let d = b - a;
    let length_m = d.x.hypot(d.y);
    if length_m <= TOLERANCE_M {
        return false;
    }
    let mut before = a;
    let mut area_m2 = 0.0;
    let mut is_on_grid = true;
    for &p in by_way_of.iter().chain([&b]) {
        let step = p - before;
        if step.x * d.x + step.y * d.y < 0.0 {
            return false;
        }
        let off_m = distance_m(p, nearest_on_segment(p, a, b));
        if off_m > STRAIGHT_M {
            return false;
        }
        is_on_grid &= off_m <= 2.0 * QUANTUM_M;
        area_m2 += ((before.x - a.x) * (p.y - a.y) - (before.y - a.y) * (p.x - a.x)) / 2.0;
        before = p;
    }
    is_on_grid || area_m2.abs() <= STRAIGHT_M2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn rectangle(x: f64, y: f64, width_m: f64, depth_m: f64) -> Outline {
        Outline::rectangle(point(x, y), point(x + width_m, y + depth_m))
    }

    #[test]
    fn neighbours_half_a_millimetre_apart_or_over_each_other_share_their_wall() {
        let long = rectangle(0.0, 0.0, 10.0, 20.0);
        for off_m in [-0.0005, 0.0005] {
            let short = rectangle(10.0 + off_m, 5.0, 6.0, 10.0);
            let both = united(&[&long, &short]);
            assert_eq!(both.len(), 1, "{both:?}");
            let corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (16.0 + off_m, 5.0), (16.0 + off_m, 15.0)];
            let corners = corners.into_iter().chain([(10.0, 15.0), (10.0, 20.0), (0.0, 20.0)]);
            let expected = Outline::from_points(corners.map(|(x, y)| point(x, y)));
            assert!(both[0].outer().len() == 8 && expected.outer().iter().all(|p| both[0].outer().contains(p)));
        }
        assert_eq!(united(&[&long, &rectangle(10.002, 5.0, 6.0, 10.0)]).len(), 2, "two millimetres are a gap");
    }

    #[test]
    fn a_spike_left_by_welding_does_not_hide_the_rest() {
        // The west corner of the second is near both walls at that of the first, but not near the corner.
        let kite = [(0.0, 0.0), (11.0, -10.0), (12.0, -8.0), (10.0, 4.0)];
        let kite = Outline::from_points(kite.map(|(x, y)| point(x, y)));
        let twin = kite.translated(point(0.000_5, -0.000_9));
        let house = rectangle(4.0, -15.0, 4.0, 20.0);
        let united_m2: f64 = united(&[&kite, &twin, &house]).iter().map(Outline::area_m2).sum();
        let expected_m2 = kite.area_m2() + 80.0 - shared_by_all(&[&kite, &house])[0].area_m2();
        assert!((united_m2 - expected_m2).abs() < 0.02, "{united_m2} {expected_m2}");
        let rest_m2: f64 = house.without(&[&kite, &twin]).iter().map(Outline::area_m2).sum();
        assert!((united_m2 - kite.area_m2() - rest_m2).abs() < 0.02, "{rest_m2}");
    }

    #[test]
    fn four_around_a_yard_leave_a_court_and_a_hairline_yard_goes() {
        let around = |hole_m: f64| {
            let s = 10.0 + hole_m;
            let four = [
                rectangle(0.0, 0.0, s, 10.0),
                rectangle(s, 0.0, 10.0, s),
                rectangle(10.0, s, s, 10.0),
                rectangle(0.0, 10.0, 10.0, s),
            ];
            united(&four.each_ref())
        };
        let block = around(5.0);
        assert_eq!((block.len(), block[0].holes().len(), block[0].area_m2()), (1, 1, 600.0));
        assert!(around(0.0008).iter().all(|o| o.holes().is_empty()));
    }

    #[test]
    fn what_is_cut_near_a_wall_leaves_no_sliver() {
        let hall = rectangle(0.0, 0.0, 30.0, 10.0);
        let rest = hall.without(&[&rectangle(0.0005, 0.0005, 10.0, 9.999)]);
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].bounds().map(|b| (b.min.x, b.min.y, b.max.y)), Some((10.0005, 0.0, 10.0)));
        assert_eq!(rest[0].outer().len(), 4);
        assert!(hall.without(&[&rectangle(-1.0, -1.0, 32.0, 12.0)]).is_empty());
        assert_eq!(hall.without(&[&rectangle(30.0, 0.0, 5.0, 5.0)]), std::slice::from_ref(&hall));
        assert_eq!(hall.without(&[&rectangle(10.0, -1.0, 5.0, 12.0), &rectangle(14.0, -1.0, 6.0, 12.0)]).len(), 2);
        assert_eq!(hall.without(&[]), std::slice::from_ref(&hall));
    }

    #[test]
    fn a_wall_with_many_shallow_bends_stays_bent() {
        let arc = (0..200).map(|i| {
            let angle = std::f64::consts::TAU * f64::from(i) / 200.0;
            point(10.0 * angle.cos(), 10.0 * angle.sin())
        });
        let circle = Outline::from_points(arc);
        assert_eq!(circle.simplified_straight(), circle);
        let bent = [(0.0, 0.0), (5.0, -0.000_05), (10.0, 0.0), (10.0, 6.0), (0.0, 6.0)].map(|(x, y)| point(x, y));
        assert_eq!(Outline::from_points(bent).simplified_straight().outer().len(), 5, "250 mm² would go");
        let tiny = [(0.0, 0.0), (0.01, -0.000_05), (0.02, 0.0), (10.0, 6.0), (0.0, 6.0)].map(|(x, y)| point(x, y));
        assert_eq!(Outline::from_points(tiny).simplified_straight().outer().len(), 4);
    }

    #[test]
    fn nothing_is_shared_by_shapes_apart() {
        let (a, b) = (rectangle(0.0, 0.0, 10.0, 10.0), rectangle(9.9995, 0.0, 10.0, 10.0));
        assert!(shared_by_all(&[&a, &b]).is_empty(), "half a millimetre is a shared wall");
        assert!(shared_by_all(&[]).is_empty());
        assert!(shared_by_all(&[&a, &Outline::default()]).is_empty());
        assert_eq!(shared_by_all(&[&a]), [a]);
    }
}
