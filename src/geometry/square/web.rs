//! The walls of one or several outlines as one web: corners that lie together are one joint, and a corner on the wall
//! of a neighbour is a joint of that wall.
//!
//! All points here are metres in a frame whose x axis is the common direction, so that "square" means "level or
//! upright". Joints move together, so what touched still touches.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::{Along, SNAP_M};
use crate::geometry::{Outline, Point, QUANTUM_M, distance_m, nearest_on_segment};

/// A straight wall, with all the joints on it from end to end.
#[derive(Clone, Debug)]
pub(in crate::geometry) struct Wall {
    /// How it is to lie.
    pub along: Along,
    /// The places of its joints, its two ends included.
    pub joints: Vec<usize>,
}

/// The joints and walls of several outlines.
#[derive(Debug)]
pub(super) struct Web {
    /// Where the joints lie.
    pub joints: Vec<Point>,
    /// The walls of all rings, one after the other.
    pub walls: Vec<Wall>,
    /// The joint of every corner, by outline, ring and place.
    corners: Vec<Vec<Vec<usize>>>,
}

impl Web {
    /// The web of outlines whose points `to_frame` brings into the frame.
    pub fn of(outlines: &[&Outline], to_frame: impl Fn(Point) -> Point) -> Self {
        let owned = outlines.iter().enumerate().flat_map(|(o, outline)| outline.vertices().map(move |(_, p)| (o, p)));
        let (owners, points): (Vec<usize>, Vec<Point>) = owned.map(|(o, p)| (o, to_frame(p))).unzip();
        let (joint_of, joints) = clustered(&points);
        let mut owners_of: Vec<Vec<usize>> = vec![Vec::new(); joints.len()];
        for (&joint, &owner) in joint_of.iter().zip(&owners) {
            owners_of[joint].push(owner);
        }
        let tree = RTree::bulk_load(joints.iter().enumerate().map(|(j, p)| GeomWithData::new([p.x, p.y], j)).collect());
        let mut web = Self { joints, walls: Vec::new(), corners: Vec::new() };
        let mut left = joint_of.as_slice();
        for (o, outline) in outlines.iter().enumerate() {
            let mut rings = Vec::new();
            for ring in outline.rings() {
                let (corners, rest) = left.split_at(ring.points().len());
                left = rest;
                for (i, &from) in corners.iter().enumerate() {
                    let to = corners[(i + 1) % corners.len()];
                    let foreign = |joint: usize| !owners_of[joint].contains(&o);
                    web.walls.push(web.wall(from, to, &tree, foreign));
                }
                rings.push(corners.to_vec());
            }
            web.corners.push(rings);
        }
        web
    }

    /// The wall between two joints with the joints of others on it.
    fn wall(&self, from: usize, to: usize, tree: &Tree, foreign: impl Fn(usize) -> bool) -> Wall {
        let (a, b) = (self.joints[from], self.joints[to]);
        let low = [a.x.min(b.x) - SNAP_M, a.y.min(b.y) - SNAP_M];
        let high = [a.x.max(b.x) + SNAP_M, a.y.max(b.y) + SNAP_M];
        let near = tree.locate_in_envelope(&AABB::from_corners(low, high)).map(|found| found.data);
        let touches = |&joint: &usize| {
            let p = self.joints[joint];
            joint != from && joint != to && foreign(joint) && distance_m(p, nearest_on_segment(p, a, b)) <= SNAP_M
        };
        let mut between: Vec<usize> = near.filter(touches).collect();
        let way = |joint: usize| distance_m(a, self.joints[joint]);
        between.sort_by(|&p, &q| way(p).total_cmp(&way(q)).then(p.cmp(&q)));
        let joints = [from].into_iter().chain(between).chain([to]).collect();
        Wall { along: Along::of(b - a), joints }
    }

    /// The rings of each outline with the joints at `places`.
    ///
    /// A joint of a neighbour becomes a corner only where it would not lie on the wall otherwise.
    pub fn rings(&self, places: &[Point]) -> Vec<Vec<Vec<Point>>> {
        let mut walls = self.walls.iter();
        let mut ring = |corners: &Vec<usize>| {
            let mut points = Vec::with_capacity(corners.len());
            for wall in walls.by_ref().take(corners.len()) {
                let ends = wall.joints.first().zip(wall.joints.last());
                let Some((a, b)) = ends.map(|(&a, &b)| (places[a], places[b])) else { continue };
                points.push(a);
                let inner = wall.joints.iter().skip(1).take(wall.joints.len().saturating_sub(2)).map(|&j| places[j]);
                points.extend(inner.filter(|&p| distance_m(p, nearest_on_segment(p, a, b)) > QUANTUM_M));
            }
            points
        };
        self.corners.iter().map(|rings| rings.iter().map(&mut ring).collect()).collect()
    }
}

type Tree = RTree<GeomWithData<[f64; 2], usize>>;

/// For every point its joint, and where the joints lie: in the middle of the points that lie within [`SNAP_M`].
fn clustered(points: &[Point]) -> (Vec<usize>, Vec<Point>) {
    let mut sets = Sets::new(points.len());
    let mut by_x: Vec<usize> = (0..points.len()).collect();
    by_x.sort_by(|&a, &b| points[a].x.total_cmp(&points[b].x).then(a.cmp(&b)));
    for (i, &a) in by_x.iter().enumerate() {
        for &b in by_x.iter().skip(i + 1).take_while(|&&b| points[b].x - points[a].x <= SNAP_M) {
            if distance_m(points[a], points[b]) <= SNAP_M {
                sets.join(a, b);
            }
        }
    }
    let mut joint_of = vec![usize::MAX; points.len()];
    let mut sums: Vec<(Point, f64)> = Vec::new();
    for (i, &p) in points.iter().enumerate() {
        // The first of a set has the lowest place, so it has its joint before the others ask for it.
        let first = sets.root(i);
        if first == i {
            joint_of[i] = sums.len();
            sums.push((Point::zero(), 0.0));
        } else {
            joint_of[i] = joint_of[first];
        }
        let sum = &mut sums[joint_of[i]];
        *sum = (sum.0 + p, sum.1 + 1.0);
    }
    (joint_of, sums.into_iter().map(|(sum, count)| sum / count).collect())
}

/// Where the joints go so that every wall lies as it is to.
///
/// Walls that meet end to end on one line share its place: the mean of their middles, weighted by their lengths, which
/// keeps areas but for the little that ends are drawn along. Slanting walls keep their line; their ends slide on it.
pub(in crate::geometry) fn settled(joints: &[Point], walls: &[Wall]) -> Vec<Point> {
    let mut levels = Lines::new(joints.len());
    let mut uprights = Lines::new(joints.len());
    for wall in walls {
        for pair in wall.joints.windows(2) {
            let &[a, b] = pair else { continue };
            let (middle, run) = ((joints[a] + joints[b]) / 2.0, joints[b] - joints[a]);
            match wall.along {
                Along::X => levels.join(a, b, run.x.abs(), middle.y),
                Along::Y => uprights.join(a, b, run.y.abs(), middle.x),
                Along::Slant => {}
            }
        }
    }
    let (xs, ys) = (uprights.places(), levels.places());
    let places = joints.iter().zip(xs.iter().zip(&ys));
    let mut places: Vec<Point> = places.map(|(p, (x, y))| Point { x: x.unwrap_or(p.x), y: y.unwrap_or(p.y) }).collect();
    for wall in walls.iter().filter(|wall| wall.along == Along::Slant) {
        let (Some(&a), Some(&b)) = (wall.joints.first(), wall.joints.last()) else { continue };
        let is_held = |joint: usize| xs[joint].is_some() && ys[joint].is_some();
        let run = joints[b] - joints[a];
        let (anchor, run) = match (is_held(a), is_held(b)) {
            (true, true) => (places[a], places[b] - places[a]),
            (true, false) => (places[a], run),
            (false, true) => (places[b], run),
            (false, false) => (joints[a], run),
        };
        let on_line = |p: Point, keeps_x: bool| {
            let (at_x, at_y) =
                (anchor.y + (p.x - anchor.x) * run.y / run.x, anchor.x + (p.y - anchor.y) * run.x / run.y);
            let p = if keeps_x { Point { y: at_x, ..p } } else { Point { x: at_y, ..p } };
            (p.x.is_finite() && p.y.is_finite()).then_some(p)
        };
        for &joint in &wall.joints {
            let (p, is_end) = (places[joint], joint == a || joint == b);
            let moved = match (xs[joint], ys[joint]) {
                (Some(_), None) => on_line(p, true),
                (None, Some(_)) => on_line(p, false),
                // A neighbour's corner that nothing else holds follows the wall.
                (None, None) if !is_end => on_line(p, run.x.abs() > run.y.abs()),
                _ => None,
            };
            places[joint] = moved.unwrap_or(p);
        }
    }
    places
}

/// Joints that share one coordinate.
struct Lines {
    sets: Sets,
    /// Of each wall on a line: one of its joints, its length and its place.
    walls: Vec<(usize, f64, f64)>,
}

impl Lines {
    fn new(count: usize) -> Self {
        Self { sets: Sets::new(count), walls: Vec::new() }
    }

    fn join(&mut self, a: usize, b: usize, length_m: f64, place_m: f64) {
        self.sets.join(a, b);
        // A wall without length still has its place when it is alone.
        self.walls.push((a, length_m + 1e-9, place_m));
    }

    /// The coordinate of each joint that lies on a line.
    fn places(mut self) -> Vec<Option<f64>> {
        let count = self.sets.first_of.len();
        let mut sums = vec![(0.0, 0.0); count];
        for (joint, length_m, place_m) in self.walls {
            let sum = &mut sums[self.sets.root(joint)];
            *sum = (sum.0 + length_m, sum.1 + length_m * place_m);
        }
        let place = |(length_m, moment): (f64, f64)| (length_m > 0.0).then(|| moment / length_m);
        (0..count).map(|joint| place(sums[self.sets.root(joint)])).collect()
    }
}

/// Sets of places that are joined two by two; each is known by its lowest member.
struct Sets {
    first_of: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { first_of: (0..count).collect() }
    }

    fn root(&mut self, mut place: usize) -> usize {
        while self.first_of[place] != place {
            self.first_of[place] = self.first_of[self.first_of[place]];
            place = self.first_of[place];
        }
        place
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.first_of[a.max(b)] = a.min(b);
    }
}
