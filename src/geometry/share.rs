//! Cutting an outline into parts of a given area by parallel straight lines.
//!
//! For parcels of equal size and for a part of so many square metres. Lengths in local metres, areas in m². The cutting
//! itself is done by [`super::faces`], cuts along a drawn line are in [`super::cut`].

use super::cut::adds_up;
use super::faces::{Fit, faces};
use super::{Outline, Point, QUANTUM_M, TOLERANCE_M, distance_m};

/// More parts than this are not made.
const MOST_PARTS: usize = 1000;

impl Outline {
    /// `n` parts of equal area, made by parallel straight cuts along `across` (any vector but zero).
    ///
    /// The sweep goes at right angles to `across`, to its right: with `across` northward the parts come from west to
    /// east. Each part is a list, for one that reaches over a bay of the outline is in pieces. Equal within 1e-6 of
    /// their area, or within three steps of the storage grid along their cuts where that is more, as for parts of a few
    /// square metres. Empty for no parts, more than a thousand, parts below a square decimetre, or no direction.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(60.0, 20.0));
    /// let parts = plot.cut_evenly(3, point(0.0, 1.0));
    /// assert_eq!(parts[0], [Outline::rectangle(point(0.0, 0.0), point(20.0, 20.0))]);
    /// ```
    #[must_use]
    pub fn cut_evenly(&self, n: usize, across: Point) -> Vec<Vec<Self>> {
        let part_m2 = self.area_m2() / n as f64;
        if n == 0 || n > MOST_PARTS || !part_m2.is_finite() || part_m2 < 0.01 {
            return Vec::new();
        }
        let Some(sweep) = Sweep::new(self, across) else { return Vec::new() };
        if n == 1 {
            return vec![vec![self.clone()]];
        }
        let at: Vec<f64> = (1..n).map(|i| sweep.offset_of(part_m2 * i as f64)).collect();
        sweep.cut(self, &at, part_m2)
    }

    /// A part of `area_m2` cut off by one straight line along `across`, and the rest; each in one or more pieces.
    ///
    /// The part lies where the sweep of [`cut_evenly`](Self::cut_evenly) begins, to the left of `across`. `None` when
    /// the area is not between nothing and the whole, or `across` is no direction.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let plot = Outline::rectangle(point(0.0, 0.0), point(60.0, 20.0));
    /// let (part, rest) = plot.cut_off(300.0, point(0.0, 1.0)).unwrap();
    /// assert_eq!((part[0].area_m2(), rest[0].area_m2()), (300.0, 900.0));
    /// ```
    #[must_use]
    pub fn cut_off(&self, area_m2: f64, across: Point) -> Option<(Vec<Self>, Vec<Self>)> {
        let whole_m2 = self.area_m2();
        if !(area_m2 > 0.0 && area_m2 < whole_m2) {
            return None;
        }
        let sweep = Sweep::new(self, across)?;
        let at = sweep.offset_of(area_m2);
        let parts = sweep.cut(self, &[at], area_m2.min(whole_m2 - area_m2));
        let [part, rest] = <[Vec<Self>; 2]>::try_from(parts).ok()?;
        Some((part, rest))
    }
}

/// An outline seen along a direction: areas on the left of a line that moves to the right.
struct Sweep {
    /// Where the frame begins: the middle of the bounds.
    origin: Point,
    /// The direction of the cuts, of length one.
    across: Point,
    /// The way the line moves, of length one.
    way: Point,
    /// Each ring as offsets along the way and along the cut, with 1 for the outer ring and −1 for a court.
    rings: Vec<(f64, Vec<(f64, f64)>)>,
    /// From the middle to beyond every corner, in metres.
    reach_m: f64,
}

impl Sweep {
    fn new(outline: &Outline, across: Point) -> Option<Self> {
        // A huge vector would overflow in its length.
        let largest = across.x.abs().max(across.y.abs());
        if !(largest > 0.0 && largest.is_finite()) {
            return None;
        }
        let scaled = Point { x: across.x / largest, y: across.y / largest };
        let across = scaled / scaled.x.hypot(scaled.y);
        let way = Point { x: across.y, y: -across.x };
        let bounds = outline.bounds()?;
        let origin = bounds.centre();
        let dot = |p: Point, q: Point| p.x * q.x + p.y * q.y;
        let seen = |p: &Point| (dot(*p - origin, way), dot(*p - origin, across));
        let rings = outline
            .rings()
            .iter()
            .enumerate()
            .map(|(i, ring)| (if i == 0 { 1.0 } else { -1.0 }, ring.points().iter().map(seen).collect::<Vec<_>>()));
        let reach_m = distance_m(bounds.min, bounds.max);
        reach_m.is_finite().then(|| Self { origin, across, way, rings: rings.collect(), reach_m })
    }

    /// The area on the left of the line at `offset`, in m².
    fn left_m2(&self, offset: f64) -> f64 {
        // Green's theorem: the closing edge along the line adds nothing, for there the offset does not change.
        let ring_m2 = |ring: &[(f64, f64)]| {
            let mut sum = 0.0;
            let mut before = ring.last().copied().unwrap_or_default();
            for &after in ring {
                let (mut a, mut b) = (before, after);
                before = after;
                if a.0 > offset && b.0 > offset {
                    continue;
                }
                let crossing = (offset, a.1 + (b.1 - a.1) * ((offset - a.0) / (b.0 - a.0)));
                if a.0 > offset {
                    a = crossing;
                } else if b.0 > offset {
                    b = crossing;
                }
                sum += (b.0 - a.0) * (a.1 + b.1) / 2.0;
            }
            sum.abs()
        };
        self.rings.iter().map(|(sign, ring)| sign * ring_m2(ring)).sum()
    }

    /// Where the line has `area_m2` on its left.
    fn offset_of(&self, area_m2: f64) -> f64 {
        let (mut low, mut high) = (-self.reach_m, self.reach_m);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if self.left_m2(middle) < area_m2 {
                low = middle;
            } else {
                high = middle;
            }
        }
        (low + high) / 2.0
    }

    /// The parts between lines at the offsets, which rise; empty when the outline cannot be parted soundly.
    fn cut(&self, outline: &Outline, at: &[f64], least_m2: f64) -> Vec<Vec<Outline>> {
        let along = self.across * (self.reach_m + 1.0);
        let line = |&offset: &f64| {
            let middle = self.origin + self.way * offset;
            vec![middle - along, middle + along]
        };
        let lines: Vec<Vec<Point>> = at.iter().map(line).collect();
        // A line goes through a corner near by only where that leaves the areas equal.
        let near_m = (1e-7 * least_m2 / self.reach_m.max(1.0)).clamp(2.5 * QUANTUM_M, TOLERANCE_M);
        for snap_m in [near_m, 2.5 * QUANTUM_M] {
            let pieces = faces(outline, &lines, Fit { snap_m, shift: 2 });
            if !adds_up(outline, &pieces) {
                continue;
            }
            let mut parts = vec![Vec::new(); at.len() + 1];
            for piece in pieces {
                let offset = |p: &Point| (p.x - self.origin.x) * self.way.x + (p.y - self.origin.y) * self.way.y;
                let reach = piece.outer().iter().map(offset);
                let (least, most) = reach.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), o| (l.min(o), m.max(o)));
                let middle = f64::midpoint(least, most);
                if let Some(part) = parts.get_mut(at.partition_point(|&o| o < middle)) {
                    part.push(piece);
                }
            }
            if parts.iter().all(|part| !part.is_empty()) {
                return parts;
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn area_m2(part: &[Outline]) -> f64 {
        part.iter().map(Outline::area_m2).sum()
    }

    /// A U of 30 × 20 with a bay of 10 × 15 open to the north.
    fn u_shape() -> Outline {
        let corners =
            [(0.0, 0.0), (30.0, 0.0), (30.0, 20.0), (20.0, 20.0), (20.0, 5.0), (10.0, 5.0), (10.0, 20.0), (0.0, 20.0)];
        Outline::from_points(corners.map(|(x, y)| point(x, y)))
    }

    #[test]
    fn parts_of_a_u_come_in_the_order_of_the_sweep_and_in_pieces_where_it_has_two_arms() {
        // Westward cuts sweep north: half of 450 m² is the foot of 150 and 3.75 m of both arms.
        let parts = u_shape().cut_evenly(2, point(-1.0, 0.0));
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert!((area_m2(&parts[0]) - 225.0).abs() < 1e-6);
        assert_eq!(parts[0][0].bounds().unwrap().max.y, 8.75);
        // Eastward cuts sweep south.
        let parts = u_shape().cut_evenly(2, point(5.0, 0.0));
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn a_cut_off_part_has_its_area() {
        let (part, rest) = u_shape().cut_off(200.0, point(0.0, 1.0)).unwrap();
        // The west arm whole and nothing more: the line goes through its corners.
        assert_eq!((area_m2(&part), area_m2(&rest)), (200.0, 250.0));
        // The corner that is now on a straight side stays.
        let west = [(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (10.0, 20.0), (0.0, 20.0)];
        assert_eq!(part, [Outline::from_points(west.map(|(x, y)| point(x, y)))]);
        for none in [0.0, -1.0, 450.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(u_shape().cut_off(none, point(0.0, 1.0)), None);
        }
    }

    #[test]
    fn what_cannot_be_shared_out_gives_nothing() {
        let hall = u_shape();
        assert!(hall.cut_evenly(0, point(0.0, 1.0)).is_empty());
        assert!(hall.cut_evenly(usize::MAX, point(0.0, 1.0)).is_empty());
        assert!(hall.cut_evenly(2, point(0.0, 0.0)).is_empty());
        assert!(hall.cut_evenly(2, Point { x: f64::NAN, y: 1.0 }).is_empty());
        assert!(Outline::default().cut_evenly(2, point(0.0, 1.0)).is_empty());
        assert_eq!(hall.cut_evenly(1, point(0.0, 1.0)), [[hall.clone()]]);
        assert_eq!(hall.cut_evenly(2, Point { x: 1e300, y: 1e300 }).len(), 2);
    }

    #[test]
    fn two_hundred_parts_are_equal() {
        let parts = u_shape().cut_evenly(200, point(1.0, 3.0));
        assert_eq!(parts.len(), 200);
        assert!(parts.iter().all(|part| (area_m2(part) / 2.25 - 1.0).abs() < 1e-6));
    }
}
