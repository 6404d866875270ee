//! The faces an outline falls into when lines are drawn across it.
//!
//! Cutting must lose no area, so the two sides of a cut share the very same points: the edges and the lines are split
//! where they meet, each meeting point is put on the storage grid once, and the faces are walked in that one net. In
//! local metres. What the lines should be is left to [`super::cut`].

use std::collections::{BTreeSet, HashMap};

use geo::Contains as _;
use geo::kernels::{Kernel as _, Orientation, RobustKernel};

use super::{Bounds, Outline, Point, QUANTUM_M, Ring, TOLERANCE_M, distance_m, nearest_on_segment, point};

/// How closely lines are fitted to an outline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// A line that passes a corner this near goes through it, in metres.
    pub snap_m: f64,
    /// How many grid steps a cut point may shift along an edge to lie better on it: more keeps the edge straighter,
    /// fewer the line.
    pub shift: i32,
}

/// The faces of `outline` between the lines, in the order in which its rings meet them.
///
/// Only pieces of line that part one face from another count. Faces below a square millimetre are left out.
pub(super) fn faces(outline: &Outline, lines: &[Vec<Point>], fit: Fit) -> Vec<Outline> {
    let mut net = Net::new(outline, fit);
    for line in lines {
        net.add_line(line);
    }
    net.split();
    let mut sides = net.half_edges(outline);
    let walks = sides.walks(&net.nodes);
    if sides.drop_bridges(&walks) {
        let walks = sides.walks(&net.nodes);
        return faces_of(&sides, &walks, &net.nodes);
    }
    faces_of(&sides, &walks, &net.nodes)
}

/// A straight piece between two nodes with the nodes found on it.
struct Segment {
    ends: (usize, usize),
    /// Where along it, 0 to 1, and which node.
    on: Vec<(f64, usize)>,
}

struct Net {
    fit: Fit,
    nodes: Vec<Point>,
    on_grid: HashMap<(i64, i64), usize>,
    /// The edges of the outline come first.
    segments: Vec<Segment>,
    outline_edges: usize,
}

impl Net {
    fn new(outline: &Outline, fit: Fit) -> Self {
        let mut net = Self { fit, nodes: vec![], on_grid: HashMap::new(), segments: vec![], outline_edges: 0 };
        for (a, b) in outline.edges() {
            let ends = (net.node(point(a.x, a.y)), net.node(point(b.x, b.y)));
            if ends.0 != ends.1 {
                net.segments.push(Segment { ends, on: vec![] });
            }
        }
        net.outline_edges = net.segments.len();
        net
    }

    fn node(&mut self, p: Point) -> usize {
        let key = ((p.x / QUANTUM_M).round() as i64, (p.y / QUANTUM_M).round() as i64);
        *self.on_grid.entry(key).or_insert_with(|| {
            self.nodes.push(p);
            self.nodes.len() - 1
        })
    }

    /// Adds a line; its first and last point lie outside the outline and are never part of a face.
    fn add_line(&mut self, line: &[Point]) {
        let mut before = None;
        for (i, &p) in line.iter().enumerate() {
            let is_end = i == 0 || i + 1 == line.len();
            let near = self.nodes.iter().position(|&q| !is_end && distance_m(p, q) <= self.fit.snap_m);
            let here = match near {
                Some(node) => node,
                None if is_end => {
                    self.nodes.push(p);
                    self.nodes.len() - 1
                }
                None => self.node(point(p.x, p.y)),
            };
            if let Some(before) = before.filter(|&before| before != here) {
                self.segments.push(Segment { ends: (before, here), on: vec![] });
            }
            before = Some(here);
        }
    }

    fn split(&mut self) {
        let bounds: Vec<Option<Bounds>> = self
            .segments
            .iter()
            .map(|s| Bounds::around([self.nodes[s.ends.0], self.nodes[s.ends.1]]).map(|b| b.grown(self.fit.snap_m)))
            .collect();
        for j in self.outline_edges..self.segments.len() {
            for i in 0..j {
                if let (Some(a), Some(b)) = (&bounds[i], &bounds[j])
                    && a.meets(b)
                {
                    self.meet(i, j);
                }
            }
        }
    }

    /// Puts a node where two segments meet: at an end that lies on the other, or else where they cross.
    fn meet(&mut self, i: usize, j: usize) {
        let (ends_i, ends_j) = (self.segments[i].ends, self.segments[j].ends);
        let mut touched = false;
        for (ends, other, other_ends) in [(ends_i, j, ends_j), (ends_j, i, ends_i)] {
            let (a, b) = (self.nodes[other_ends.0], self.nodes[other_ends.1]);
            for node in [ends.0, ends.1] {
                if node == other_ends.0 || node == other_ends.1 {
                    touched = true;
                } else if distance_m(self.nodes[node], nearest_on_segment(self.nodes[node], a, b)) <= self.fit.snap_m {
                    touched = true;
                    let t = along(self.nodes[node], a, b);
                    self.segments[other].on.push((t, node));
                }
            }
        }
        if touched {
            return;
        }
        let (a, b) = (self.nodes[ends_i.0], self.nodes[ends_i.1]);
        let (p, q) = (self.nodes[ends_j.0], self.nodes[ends_j.1]);
        let side = RobustKernel::orient2d;
        if side(p, q, a) == side(p, q, b) || side(a, b, p) == side(a, b, q) {
            return;
        }
        let (d, e) = (b - a, q - p);
        let t = ((p.x - a.x) * e.y - (p.y - a.y) * e.x) / (d.x * e.y - d.y * e.x);
        if !t.is_finite() {
            return;
        }
        let cut = nearest_on_grid(a + d * t.clamp(0.0, 1.0), a, b, self.fit.shift);
        let node = self.node(cut);
        self.segments[i].on.push((t, node));
        self.segments[j].on.push((along(cut, p, q), node));
    }

    /// Both sides of every piece: all of the outline, and of the lines what lies inside.
    fn half_edges(&mut self, outline: &Outline) -> HalfEdges {
        let polygon = outline.polygon();
        let bounds = outline.bounds();
        let mut known = BTreeSet::new();
        let mut sides = HalfEdges { ends: vec![], of_outline: 0, alive: vec![] };
        for (place, segment) in self.segments.iter_mut().enumerate() {
            let is_outline = place < self.outline_edges;
            segment.on.sort_by(|a, b| a.0.total_cmp(&b.0));
            let stops = segment.on.iter().map(|&(_, node)| node).chain([segment.ends.1]);
            let mut from = segment.ends.0;
            for to in stops {
                if from == to {
                    continue;
                }
                let middle = (self.nodes[from] + self.nodes[to]) / 2.0;
                let is_new = !known.contains(&(from.min(to), from.max(to)));
                let is_inside = || bounds.is_some_and(|b| b.contains(middle)) && polygon.contains(&geo::Point(middle));
                if is_new && (is_outline || is_inside()) {
                    known.insert((from.min(to), from.max(to)));
                    sides.ends.extend([(from, to), (to, from)]);
                    sides.alive.extend([true, true]);
                }
                from = to;
            }
            if is_outline {
                sides.of_outline = sides.ends.len();
            }
        }
        sides
    }
}

/// How far along `a`–`b` the point lies, 0 at `a` and 1 at `b`.
fn along(p: Point, a: Point, b: Point) -> f64 {
    let d = b - a;
    ((p.x - a.x) * d.x + (p.y - a.y) * d.y) / (d.x * d.x + d.y * d.y)
}

/// The grid point near `p` that lies best on the line through `a` and `b`; among equals the nearest to `p`.
pub(super) fn nearest_on_grid(p: Point, a: Point, b: Point, shift: i32) -> Point {
    let d = b - a;
    let length = d.x.hypot(d.y);
    let mut best = (f64::INFINITY, point(p.x, p.y));
    for i in -shift..=shift {
        for j in -shift..=shift {
            let q = point(p.x + f64::from(i) * QUANTUM_M, p.y + f64::from(j) * QUANTUM_M);
            let off_m = ((q.x - a.x) * d.y - (q.y - a.y) * d.x).abs() / length;
            // A hundredth of the way to `p` keeps the choice near where nothing is won.
            let cost = off_m + 0.01 * distance_m(p, q);
            if cost < best.0 {
                best = (cost, q);
            }
        }
    }
    best.1
}

/// Directed pieces in pairs, there and back: the other side of `i` is `i ^ 1`.
struct HalfEdges {
    ends: Vec<(usize, usize)>,
    /// Those below are of the outline: even ones have its inside on the left, odd ones its outside.
    of_outline: usize,
    alive: Vec<bool>,
}

impl HalfEdges {
    /// Every walk that keeps one face on its left, as places in `ends`.
    fn walks(&self, nodes: &[Point]) -> Vec<Vec<usize>> {
        let mut leaving: Vec<Vec<usize>> = vec![vec![]; nodes.len()];
        for (i, &(from, _)) in self.ends.iter().enumerate().filter(|&(i, _)| self.alive[i]) {
            leaving[from].push(i);
        }
        let mut place = vec![0; self.ends.len()];
        for (from, around) in leaving.iter_mut().enumerate() {
            let at = nodes[from];
            around.sort_by(|&a, &b| turn_order(at, nodes[self.ends[a].1], nodes[self.ends[b].1]));
            for (i, &side) in around.iter().enumerate() {
                place[side] = i;
            }
        }
        let mut seen = vec![false; self.ends.len()];
        let mut walks = Vec::new();
        for start in 0..self.ends.len() {
            let mut walk = Vec::new();
            let mut side = start;
            while self.alive[side] && !seen[side] {
                seen[side] = true;
                walk.push(side);
                // At the end of a side the next one clockwise from the way back.
                let around = &leaving[self.ends[side].1];
                side = around[(place[side ^ 1] + around.len() - 1) % around.len()];
            }
            if !walk.is_empty() {
                walks.push(walk);
            }
        }
        walks
    }

    /// Takes out pieces with the same face on both sides, which part nothing; says whether there were any.
    fn drop_bridges(&mut self, walks: &[Vec<usize>]) -> bool {
        let mut walk_of = vec![usize::MAX; self.ends.len()];
        for (i, walk) in walks.iter().enumerate() {
            for &side in walk {
                walk_of[side] = i;
            }
        }
        let mut any = false;
        for side in self.of_outline..self.ends.len() {
            if walk_of[side] == walk_of[side ^ 1] {
                self.alive[side] = false;
                any = true;
            }
        }
        any
    }

    fn is_inside(&self, walk: &[usize]) -> bool {
        walk.iter().all(|&side| side >= self.of_outline || side % 2 == 0)
    }
}

/// Orders directions from `at` counter-clockwise, beginning in the east.
fn turn_order(at: Point, a: Point, b: Point) -> std::cmp::Ordering {
    let is_lower = |p: Point| p.y < at.y || (p.y == at.y && p.x < at.x);
    is_lower(a).cmp(&is_lower(b)).then_with(|| match RobustKernel::orient2d(at, a, b) {
        Orientation::CounterClockwise => std::cmp::Ordering::Less,
        Orientation::Clockwise => std::cmp::Ordering::Greater,
        Orientation::Collinear => std::cmp::Ordering::Equal,
    })
}

fn faces_of(sides: &HalfEdges, walks: &[Vec<usize>], nodes: &[Point]) -> Vec<Outline> {
    let mut outers: Vec<(Ring, Outline)> = Vec::new();
    let mut courts = Vec::new();
    for walk in walks.iter().filter(|walk| sides.is_inside(walk)) {
        for ring in simple_loops(walk.iter().map(|&side| sides.ends[side].0), nodes) {
            let outline = Outline::new(&ring);
            if outline.outer().len() < 3 || outline.area_m2() < TOLERANCE_M * TOLERANCE_M {
                continue;
            }
            // An outline turns its ring counter-clockwise: a ring that was turned was the edge of a court.
            if outline.outer() == ring.points() {
                outers.push((ring, outline));
            } else {
                courts.push(ring);
            }
        }
    }
    let mut holes: Vec<Vec<Ring>> = vec![vec![]; outers.len()];
    for court in courts {
        let filled = Outline::new(&court);
        let Some(p) = filled.inner_point() else { continue };
        // What lies within the court holds the point as well, but is no larger than the court.
        let least_m2 = filled.area_m2() * (1.0 + 1e-12);
        let is_around = |outline: &Outline| outline.area_m2() > least_m2 && outline.contains(p);
        let around = outers.iter().enumerate().filter(|(_, (_, outline))| is_around(outline));
        if let Some((i, _)) = around.min_by(|a, b| a.1.1.area_m2().total_cmp(&b.1.1.area_m2())) {
            holes[i].push(court);
        }
    }
    outers.iter().zip(holes).map(|((ring, _), holes)| Outline::with_holes(ring, holes)).collect()
}

/// A walk parted where it comes back to the same node, as it does where a court touches the outer ring.
fn simple_loops(walk: impl Iterator<Item = usize>, nodes: &[Point]) -> Vec<Ring> {
    let mut loops = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut depth: HashMap<usize, usize> = HashMap::new();
    for node in walk {
        if let Some(&start) = depth.get(&node) {
            loops.push(Ring::new(open[start..].iter().map(|&n| nodes[n])));
            for gone in open.drain(start..) {
                depth.remove(&gone);
            }
        }
        depth.insert(node, open.len());
        open.push(node);
    }
    loops.push(Ring::new(open.iter().map(|&n| nodes[n])));
    loops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_of_a_line_is_a_face_of_its_own_and_loose_ends_go() {
        let plot = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
        // In from the west, once round the middle, and out to the east over the line itself.
        let round =
            [(-5.0, 2.0), (6.0, 2.0), (6.0, 6.0), (3.0, 6.0), (3.0, 1.0), (20.0, 1.0)].map(|(x, y)| point(x, y));
        let parts = faces(&plot, &[round.to_vec()], Fit { snap_m: TOLERANCE_M, shift: 4 });
        let mut areas: Vec<f64> = parts.iter().map(Outline::area_m2).collect();
        areas.sort_by(f64::total_cmp);
        // The loop is 3 × 4. Below: 3 × 2 in the west and 7 × 1 in the east.
        assert_eq!(areas, [12.0, 13.0, 75.0]);
        let ends_inside = [point(-5.0, 2.0), point(5.0, 2.0), point(5.0, 5.0)];
        assert_eq!(faces(&plot, &[ends_inside.to_vec()], Fit { snap_m: TOLERANCE_M, shift: 4 }).len(), 1);
    }

    #[test]
    fn a_grid_point_is_chosen_that_lies_on_a_slanting_edge() {
        let (a, b) = (point(0.0, 0.0), point(30.0, 10.0));
        // One in three is on the grid, so within two steps there is a point right on the line.
        let p = nearest_on_grid(Point { x: 10.000_000_12, y: 3.333_333_37 }, a, b, 2);
        assert!((p.x - 3.0 * p.y).abs() < 1e-12, "{p:?}");
    }
}
