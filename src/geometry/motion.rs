//! How an outline came to be another, corner by corner: moved, turned, mirrored or stretched as a whole.

use super::{Outline, Point, Ring, Transform, distance_m};

/// Corners that lie no farther from where the map puts them are there, in metres.
const SAME_M: f64 = 2e-3;

/// A map that takes an outline to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motion {
    /// The map.
    pub map: Transform,
    /// Whether all lengths are as they were: moved, turned or mirrored, not stretched.
    pub is_rigid: bool,
}

impl Motion {
    /// Whether a shape lies after it as it lay before, corner by corner.
    #[must_use]
    pub fn leaves(&self, outline: &Outline) -> bool {
        outline.vertices().all(|(_, p)| distance_m(self.map.apply(p), p) <= SAME_M)
    }

    /// The maps by which one outline may have become another; none where it is another shape. A rectangle that was turned
    /// round and one that was mirrored are the same: then there are two, and what lies in it says which.
    #[must_use]
    pub fn between(was: &Outline, now: &Outline) -> Vec<Self> {
        let counts = |outline: &Outline| outline.rings().iter().map(|ring| ring.points().len()).collect::<Vec<_>>();
        let Some(three) = far_apart(was.outer()).filter(|_| counts(was) == counts(now)) else { return Vec::new() };
        let by = |mirrors: bool| {
            let to = |ring: usize, at: usize| {
                let points = now.rings()[ring].points();
                points[if mirrors { points.len() - 1 - at } else { at }]
            };
            let (from, onto) = (three.map(|at| was.outer()[at]), three.map(|at| to(0, at)));
            let map = Transform::of_three(from, onto)?;
            let is_there = was.vertices().all(|(at, p)| distance_m(map.apply(p), to(at.ring, at.index)) <= SAME_M);
            if map.is_mirroring() != mirrors || !is_there {
                return None;
            }
            let is_rigid = (0..3).all(|i| {
                let j = (i + 1) % 3;
                (distance_m(from[i], from[j]) - distance_m(onto[i], onto[j])).abs() <= SAME_M
            });
            Some(Self { map, is_rigid })
        };
        [false, true].into_iter().filter_map(by).collect()
    }
}

impl Outline {
    /// Whether every corner lies where the corner of another does, in the same order, within a distance in metres.
    #[must_use]
    pub fn lies_as(&self, other: &Self, within_m: f64) -> bool {
        let is_same_ring = |(a, b): (&Ring, &Ring)| {
            let mut pairs = a.points().iter().zip(b.points());
            a.points().len() == b.points().len() && pairs.all(|(a, b)| distance_m(*a, *b) <= within_m)
        };
        self.rings().len() == other.rings().len() && self.rings().iter().zip(other.rings()).all(is_same_ring)
    }

    /// Which edge of an outline each edge of the mapped one comes from: a mirror turns the order of its rings round.
    #[must_use]
    pub fn edges_mapped(&self, mirrors: bool) -> Vec<usize> {
        let mut order = Vec::new();
        for ring in self.rings() {
            let (first, n) = (order.len(), ring.points().len());
            order.extend((0..n).map(|at| first + if mirrors { (2 * n - 2 - at) % n } else { at }));
        }
        order
    }
}

/// Three corners of a ring that say most of where it lies.
fn far_apart(ring: &[Point]) -> Option<[usize; 3]> {
    let first = *ring.first()?;
    let farthest = |of: &dyn Fn(Point) -> f64| (0..ring.len()).max_by(|a, b| of(ring[*a]).total_cmp(&of(ring[*b])));
    let second = farthest(&|p| distance_m(first, p))?;
    let along = ring[second] - first;
    let third = farthest(&|p| ((p - first).x * along.y - (p - first).y * along.x).abs())?;
    Some([0, second, third])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn plot() -> Outline {
        Outline::from_points([(0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (20.0, 55.0)].map(|(x, y)| point(x, y)))
    }

    #[test]
    fn what_was_moved_turned_or_mirrored_is_known_again() {
        let turn = Transform::rotation(point(7.0, 3.0), 31.7).then(Transform::translation(point(803.5, -12.25)));
        let mirror = Transform::mirror(point(10.0, 0.0), point(13.0, 40.0)).expect("a line");
        for map in [turn, mirror, turn.then(mirror)] {
            let motions = Motion::between(&plot(), &plot().transformed(&map));
            let [motion] = motions.as_slice() else { panic!("it is the same shape: {motions:?}") };
            assert!(motion.is_rigid);
            assert_eq!(motion.map.is_mirroring(), map.is_mirroring());
            assert!(distance_m(motion.map.apply(point(33.0, 21.0)), map.apply(point(33.0, 21.0))) < 1e-3);
        }
        let larger = Transform::scaling(point(1.0, 1.0), 1.2).expect("it is one");
        assert!(Motion::between(&plot(), &plot().transformed(&larger)).iter().all(|motion| !motion.is_rigid));
        assert_eq!(Motion::between(&plot(), &plot().transformed(&larger)).len(), 1);
        let mut pulled: Vec<Point> = plot().outer().to_vec();
        pulled[2] = point(66.0, 40.0);
        assert_eq!(Motion::between(&plot(), &Outline::from_points(pulled)), []);
    }

    #[test]
    fn of_a_rectangle_turned_round_or_mirrored_there_are_both_maps() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(60.0, 40.0));
        let mirror = Transform::mirror(point(30.0, 0.0), point(30.0, 40.0)).expect("a line");
        let motions = Motion::between(&plot, &plot.transformed(&mirror));
        assert_eq!(motions.iter().map(|motion| motion.map.is_mirroring()).collect::<Vec<_>>(), [false, true]);
        assert_eq!(motions[0].map.apply(point(10.0, 10.0)), point(50.0, 30.0));
        assert_eq!(motions[1].map.apply(point(10.0, 10.0)), point(50.0, 10.0));
    }

    #[test]
    fn edges_keep_their_places_and_a_mirror_turns_their_order_round() {
        let mirror = Transform::mirror(point(0.0, 0.0), point(0.0, 1.0)).expect("a line");
        let mirrored: Vec<_> = plot().transformed(&mirror).edges().collect();
        let edges: Vec<_> = plot().edges().collect();
        for (at, from) in plot().edges_mapped(true).into_iter().enumerate() {
            let (a, b) = edges[from];
            assert_eq!(mirrored[at], (mirror.apply(b), mirror.apply(a)));
        }
        assert_eq!(plot().edges_mapped(false), [0, 1, 2, 3]);
    }
}
