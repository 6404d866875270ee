//! One edge of an outline at a time: moved, pulled out, made so many metres long.
//!
//! For the drawing tools that push walls. Lengths in local metres. An edge is named by the vertex it starts at. Outward
//! is away from the inside of the area: for a court that is into the court. Corners are in [`super::corners`].

use super::{Outline, Point, Ring, TOLERANCE_M, VertexAt, distance_m, point};

/// Neighbours within half a degree of an edge's direction count as parallel to it: the sine of that.
const PARALLEL_SINE: f64 = 0.008_726_5;

/// Neighbours within five degrees of an edge's direction go on in it rather than bound it: the sine of that.
const GOES_ON_SINE: f64 = 0.087_155_7;

/// What stays where it is when an edge gets another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The vertex at which the edge starts.
    Start,
    /// The vertex at which it ends.
    End,
}

impl Outline {
    /// The two ends of the edge that starts at `at`; `None` when there is no such vertex.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, VertexAt, point};
    /// let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
    /// assert_eq!(hall.edge(VertexAt { ring: 0, index: 3 }), Some((point(0.0, 6.0), point(0.0, 0.0))));
    /// ```
    #[must_use]
    pub fn edge(&self, at: VertexAt) -> Option<(Point, Point)> {
        let points = self.rings().get(at.ring)?.points();
        let start = *points.get(at.index)?;
        Some((start, points[(at.index + 1) % points.len()]))
    }

    /// The outline with one edge moved parallel to itself by `by_m` metres, outward when positive.
    ///
    /// Both neighbours keep their direction and become longer or shorter. A neighbour within half a degree of the edge's
    /// direction stays, and a step is put in between. A neighbour that the edge is moved past goes. As long as none goes
    /// `at` still names the edge. `None` when there is no such edge, when it would vanish or turn round, or when the
    /// outline would get a fault.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, VertexAt, point};
    /// let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
    /// let east = VertexAt { ring: 0, index: 1 };
    /// assert_eq!(hall.with_edge_moved(east, 2.0), Some(Outline::rectangle(point(0.0, 0.0), point(12.0, 6.0))));
    /// assert_eq!(hall.with_edge_moved(east, -10.0), None);
    /// ```
    #[must_use]
    pub fn with_edge_moved(&self, at: VertexAt, by_m: f64) -> Option<Self> {
        let walls = Walls::new(self, at)?;
        if by_m == 0.0 {
            return Some(self.clone());
        }
        if !by_m.is_finite() {
            return None;
        }
        let plain = walls.moved(by_m, 0, 0).and_then(|points| self.with_ring_from(at, points));
        if plain.is_some() {
            return plain;
        }
        let before = walls.passed_before(by_m);
        let after = walls.passed_after(by_m);
        if before + after == 0 {
            return None;
        }
        self.with_ring_from(at, walls.moved(by_m, before, after)?)
    }

    /// The outline with one edge pulled out at right angles by `by_m` metres, pushed in when negative.
    ///
    /// The old ends stay and two vertices are put in; but where the way in runs along a neighbour, its vertex moves
    /// along instead, so that no wall is doubled. `None` when there is no such edge or the outline would get a fault.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, VertexAt, point};
    /// let hall = Outline::from_points([point(0.0, 0.0), point(6.0, 0.0), point(0.0, 6.0)]);
    /// let bay = hall.with_edge_extruded(VertexAt { ring: 0, index: 0 }, 2.0).unwrap();
    /// assert_eq!((bay.outer().len(), bay.area_m2()), (5, 18.0 + 12.0));
    /// ```
    #[must_use]
    pub fn with_edge_extruded(&self, at: VertexAt, by_m: f64) -> Option<Self> {
        let walls = Walls::new(self, at)?;
        if by_m == 0.0 {
            return Some(self.clone());
        }
        if !by_m.is_finite() {
            return None;
        }
        self.with_ring_from(at, walls.extruded(by_m))
    }

    /// The outline with one edge made `length_m` metres long in its own direction.
    ///
    /// The wall at a moved end moves with it, parallel to itself, so that a rectangle stays a rectangle; only where that
    /// wall goes on within five degrees of the edge's direction does the vertex move alone. `None` when there is no such
    /// edge, for a length of a millimetre or less, or when the outline would get a fault.
    ///
    /// ```
    /// use maakblok::geometry::{Keep, Outline, VertexAt, point};
    /// let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
    /// let longer = hall.with_edge_length(VertexAt { ring: 0, index: 0 }, 12.0, Keep::Start);
    /// assert_eq!(longer, Some(Outline::rectangle(point(0.0, 0.0), point(12.0, 6.0))));
    /// ```
    #[must_use]
    pub fn with_edge_length(&self, at: VertexAt, length_m: f64, keep: Keep) -> Option<Self> {
        let (start, end) = self.edge(at)?;
        let old_m = distance_m(start, end);
        if old_m <= TOLERANCE_M || !length_m.is_finite() || length_m <= TOLERANCE_M {
            return None;
        }
        let longer = (end - start) * ((length_m - old_m) / old_m);
        let (start_by, end_by) = match keep {
            Keep::Start => (Point::zero(), longer),
            Keep::End => (longer * -1.0, Point::zero()),
        };
        let mut copy = self.clone();
        if end_by != Point::zero() {
            copy = copy.with_end_moved(at, end_by, true)?;
        }
        if start_by != Point::zero() {
            // Vertices before it may have come or gone.
            let index =
                copy.rings().get(at.ring)?.points().iter().position(|&p| distance_m(p, start) <= TOLERANCE_M)?;
            copy = copy.with_end_moved(VertexAt { index, ..at }, start_by, false)?;
        }
        Some(copy)
    }

    /// One end of an edge moved along the edge together with the wall there.
    fn with_end_moved(&self, at: VertexAt, by: Point, is_end: bool) -> Option<Self> {
        let n = self.rings().get(at.ring)?.points().len();
        let (start, end) = self.edge(at)?;
        let wall = VertexAt { index: (at.index + if is_end { 1 } else { n - 1 }) % n, ..at };
        let (a, b) = self.edge(wall)?;
        let (d, e) = (unit(end - start)?, unit(b - a)?);
        if cross(d, e).abs() <= GOES_ON_SINE {
            let vertex = VertexAt { index: if is_end { wall.index } else { at.index }, ..at };
            let moved = self.with_vertex(vertex, if is_end { end + by } else { start + by })?;
            let (new_start, new_end) = moved.edge(at)?;
            return (dot(new_end - new_start, d) > 0.0 && moved.fault().is_none()).then_some(moved);
        }
        self.with_edge_moved(wall, dot(by, Walls::new(self, wall)?.outward))
    }

    /// As [`with_ring`](Self::with_ring), the ring turned so that its first point comes to `at`.
    fn with_ring_from(&self, at: VertexAt, mut points: Vec<Point>) -> Option<Self> {
        let places = at.index % points.len().max(1);
        points.rotate_right(places);
        self.with_ring(at.ring, &points)
    }

    /// The outline with one ring replaced, when that keeps its sense and gives no fault.
    pub(super) fn with_ring(&self, place: usize, points: &[Point]) -> Option<Self> {
        if !points.iter().all(|p| p.x.is_finite() && p.y.is_finite()) {
            return None;
        }
        let old = self.rings().get(place)?;
        let mut points: Vec<Point> = points.iter().map(|p| point(p.x, p.y)).collect();
        points.dedup_by(|b, a| distance_m(*a, *b) <= TOLERANCE_M);
        while points.len() > 1
            && points.first().zip(points.last()).is_some_and(|(a, b)| distance_m(*a, *b) <= TOLERANCE_M)
        {
            points.pop();
        }
        if points.len() < 3 || (turn(&points) > 0.0) != (turn(old.points()) > 0.0) {
            return None;
        }
        let mut rings: Vec<Ring> = self.rings().to_vec();
        *rings.get_mut(place)? = Ring::new(points);
        let (outer, holes) = rings.split_first()?;
        let new = Self::with_holes(outer, holes.iter().cloned());
        new.fault().is_none().then_some(new)
    }
}

/// An edge with its ring turned so that the edge comes first.
struct Walls {
    /// The ring from the start of the edge on.
    points: Vec<Point>,
    /// The edge's direction, of length one.
    along: Point,
    /// Away from the inside, of length one.
    outward: Point,
}

impl Walls {
    fn new(outline: &Outline, at: VertexAt) -> Option<Self> {
        let ring = outline.rings().get(at.ring)?.points();
        if at.index >= ring.len() || ring.len() < 3 {
            return None;
        }
        let mut points = ring.to_vec();
        points.rotate_left(at.index);
        if distance_m(points[0], points[1]) <= TOLERANCE_M {
            return None;
        }
        let along = unit(points[1] - points[0])?;
        // The inside is left of a counter-clockwise outer ring and of a clockwise court.
        let inside_is_left = (turn(ring) > 0.0) == (at.ring == 0);
        let right = Point { x: along.y, y: -along.x };
        Some(Self { points, along, outward: if inside_is_left { right } else { right * -1.0 } })
    }

    /// Where the line of the moved edge meets the line `p`–`q`; `None` when they are parallel.
    fn meeting(&self, by_m: f64, p: Point, q: Point) -> Option<Point> {
        let way = unit(q - p)?;
        let sine = cross(self.along, way);
        if sine.abs() <= PARALLEL_SINE {
            return None;
        }
        let from = self.points[0] + self.outward * by_m;
        Some(p + way * (cross(self.along, from - p) / sine))
    }

    /// The ring with the edge moved and so many vertices before its start and after its end left out.
    fn moved(&self, by_m: f64, before: usize, after: usize) -> Option<Vec<Point>> {
        let n = self.points.len();
        let rest = self.points.get(2 + after..n - before).filter(|_| before + after + 3 <= n)?;
        let (before_start, after_end) = (*rest.last()?, *rest.first()?);
        let last = self.points[if before == 0 { 0 } else { n - before }];
        let first = self.points[1 + after];
        let out = self.outward * by_m;
        let (start, step_before) = match self.meeting(by_m, before_start, last) {
            Some(p) => (p, None),
            None if before == 0 => (last + out, Some(last)),
            None => return None,
        };
        let (end, step_after) = match self.meeting(by_m, first, after_end) {
            Some(p) => (p, None),
            None if after == 0 => (first + out, Some(first)),
            None => return None,
        };
        if dot(end - start, self.along) <= TOLERANCE_M {
            return None;
        }
        // The start comes first, so a step before it closes the ring.
        Some([start, end].into_iter().chain(step_after).chain(rest.iter().copied()).chain(step_before).collect())
    }

    /// How many vertices before the start the moved edge has passed.
    fn passed_before(&self, by_m: f64) -> usize {
        let n = self.points.len();
        let passed = |&k: &usize| {
            let (far, near) = (self.points[n - 1 - k], self.points[(n - k) % n]);
            self.meeting(by_m, far, near)
                .is_some_and(|p| dot(p - far, near - far) <= TOLERANCE_M * distance_m(far, near))
        };
        (0..n - 2).take_while(passed).count()
    }

    /// How many vertices after the end the moved edge has passed.
    fn passed_after(&self, by_m: f64) -> usize {
        let n = self.points.len();
        let passed = |&k: &usize| {
            let (near, far) = (self.points[1 + k], self.points[(2 + k) % n]);
            self.meeting(by_m, near, far)
                .is_some_and(|p| dot(p - far, near - far) <= TOLERANCE_M * distance_m(far, near))
        };
        (0..n - 2).take_while(passed).count()
    }

    fn extruded(&self, by_m: f64) -> Vec<Point> {
        let n = self.points.len();
        let (start, end) = (self.points[0], self.points[1]);
        let out = self.outward * by_m;
        // A step that runs back along a neighbour is that neighbour, shortened.
        let runs_along = |corner: Point, far: Point| {
            unit(far - corner)
                .zip(unit(out))
                .is_some_and(|(a, b)| dot(a, b) > 0.0 && cross(a, b).abs() <= PARALLEL_SINE)
        };
        let along_before = runs_along(start, self.points[n - 1]);
        let along_after = runs_along(end, self.points[2]);
        let new_start = self.meeting(by_m, self.points[n - 1], start).filter(|_| along_before).unwrap_or(start + out);
        let new_end = self.meeting(by_m, end, self.points[2]).filter(|_| along_after).unwrap_or(end + out);
        let mut points = vec![new_start, new_end];
        points.extend((!along_after).then_some(end));
        points.extend(&self.points[2..]);
        points.extend((!along_before).then_some(start));
        points
    }
}

fn dot(a: Point, b: Point) -> f64 {
    a.x * b.x + a.y * b.y
}

fn cross(a: Point, b: Point) -> f64 {
    a.x * b.y - a.y * b.x
}

/// The direction of a vector as a vector of length one; `None` for one without length.
pub(super) fn unit(v: Point) -> Option<Point> {
    let length = v.x.hypot(v.y);
    (length > 0.0 && length.is_finite()).then(|| v / length)
}

/// Twice the signed area of a ring in m², positive when counter-clockwise.
fn turn(points: &[Point]) -> f64 {
    let Some(&origin) = points.first() else { return 0.0 };
    points.windows(2).map(|edge| cross(edge[0] - origin, edge[1] - origin)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Outline {
        Outline::from_points(corners.iter().map(|&(x, y)| point(x, y)))
    }

    fn at(index: usize) -> VertexAt {
        VertexAt { ring: 0, index }
    }

    #[test]
    fn slanting_neighbours_keep_their_direction() {
        let roof = ring(&[(0.0, 0.0), (10.0, 0.0), (8.0, 4.0), (2.0, 4.0)]);
        assert_eq!(roof.with_edge_moved(at(2), 2.0), Some(ring(&[(0.0, 0.0), (10.0, 0.0), (7.0, 6.0), (3.0, 6.0)])));
        assert_eq!(roof.with_edge_moved(at(2), 6.0), None, "they meet at a height of ten");
    }

    #[test]
    fn an_edge_of_a_court_moves_outward_into_the_court() {
        let outer = Outline::rectangle(point(0.0, 0.0), point(40.0, 30.0));
        let court = Outline::rectangle(point(10.0, 10.0), point(30.0, 20.0));
        let block = Outline::with_holes(&outer.rings()[0], court.rings().to_vec());
        for index in 0..4 {
            let at = VertexAt { ring: 1, index };
            let length_m = block.edge(at).map_or(0.0, |(a, b)| distance_m(a, b));
            assert_eq!(block.with_edge_moved(at, 2.0).map(|o| o.area_m2()), Some(1000.0 + 2.0 * length_m));
        }
        assert_eq!(block.with_edge_moved(VertexAt { ring: 1, index: 0 }, -20.0), None, "out of the block");
    }

    #[test]
    fn a_neighbour_in_line_gets_a_step() {
        let hall = ring(&[(0.0, 0.0), (4.0, 0.0), (10.0, 0.0), (10.0, 6.0), (0.0, 6.0)]);
        let stepped = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, -1.0), (10.0, -1.0), (10.0, 6.0), (0.0, 6.0)]);
        assert_eq!(hall.with_edge_moved(at(1), 1.0).map(|o| o.area_m2()), Some(stepped.area_m2()));
        assert_eq!(hall.with_edge_moved(at(0), 1.0).map(|o| (o.area_m2(), o.outer().len())), Some((64.0, 6)));
    }

    #[test]
    fn a_neighbour_that_is_passed_goes() {
        // The splay of one metre at the south-east corner goes when the east wall is moved in by two.
        let splayed = ring(&[(0.0, 0.0), (9.0, 0.0), (10.0, 1.0), (10.0, 6.0), (0.0, 6.0)]);
        let moved = splayed.with_edge_moved(at(2), -2.0).unwrap();
        assert_eq!((moved.outer().len(), moved.area_m2()), (4, 48.0));
        // On the other side of the edge the same.
        let splayed = ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (9.0, 6.0), (0.0, 6.0)]);
        let moved = splayed.with_edge_moved(at(1), -2.0).unwrap();
        assert_eq!((moved.outer().len(), moved.area_m2()), (4, 48.0));
        // The inner wall of an L moved out to the end of the other arm and past it.
        let l = ring(&[(0.0, 0.0), (20.0, 0.0), (20.0, 8.0), (8.0, 8.0), (8.0, 20.0), (0.0, 20.0)]);
        assert_eq!(l.with_edge_moved(at(2), 12.0).map(|o| o.area_m2()), Some(400.0));
        assert_eq!(l.with_edge_moved(at(2), 13.0).map(|o| o.area_m2()), Some(412.0));
    }

    #[test]
    fn an_edge_is_pulled_out_and_pushed_in() {
        let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
        let out = hall.with_edge_extruded(at(1), 2.0).unwrap();
        assert_eq!((out.outer().len(), out.area_m2()), (6, 72.0));
        assert_eq!(out.edge(at(1)), Some((point(12.0, 0.0), point(12.0, 6.0))), "the same place names the edge");
        let pushed = hall.with_edge_extruded(at(1), -2.0).unwrap();
        assert_eq!((pushed.outer().len(), pushed.area_m2()), (4, 48.0), "no wall is doubled");
        let wide = ring(&[(0.0, 0.0), (10.0, 0.0), (12.0, 6.0), (-2.0, 6.0)]);
        assert_eq!(wide.with_edge_extruded(at(0), -2.0).map(|o| o.area_m2()), Some(72.0 - 20.0));
        assert_eq!(wide.with_edge_extruded(at(0), -7.0), None, "through the other wall");
    }

    #[test]
    fn a_length_takes_the_wall_at_the_moved_end_along() {
        let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
        let bounds = |keep| hall.with_edge_length(at(0), 14.0, keep).unwrap().bounds().map(|b| (b.min.x, b.max.x));
        assert_eq!(bounds(Keep::Start), Some((0.0, 14.0)));
        assert_eq!(bounds(Keep::End), Some((-4.0, 10.0)));
        // A wall that goes on within five degrees: only the vertex moves.
        let kinked = ring(&[(0.0, 0.0), (5.0, 0.0), (10.0, 0.1), (10.0, 6.0), (0.0, 6.0)]);
        let longer = kinked.with_edge_length(at(0), 6.0, Keep::Start).unwrap();
        assert_eq!(longer.outer()[1..3], [point(6.0, 0.0), point(10.0, 0.1)]);
        let split = ring(&[(0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (10.0, 6.0), (0.0, 6.0)]);
        assert_eq!(split.with_edge_length(at(0), 11.0, Keep::Start), None, "past the end of the next");
    }

    #[test]
    fn what_is_no_edge_or_no_number_gives_nothing() {
        let hall = Outline::rectangle(point(0.0, 0.0), point(10.0, 6.0));
        for nowhere in [at(4), VertexAt { ring: 1, index: 0 }] {
            assert_eq!(hall.edge(nowhere), None);
            assert_eq!(hall.with_edge_moved(nowhere, 1.0), None);
            assert_eq!(hall.with_edge_extruded(nowhere, 1.0), None);
            assert_eq!(hall.with_edge_length(nowhere, 1.0, Keep::Start), None);
        }
        for by_m in [f64::NAN, f64::INFINITY, -1e300, 1e300] {
            assert_eq!(hall.with_edge_moved(at(0), by_m), None);
            assert_eq!(hall.with_edge_extruded(at(0), by_m), None);
            assert_eq!(hall.with_edge_length(at(0), by_m, Keep::End), None);
        }
        assert_eq!(hall.with_edge_moved(at(0), 0.0), Some(hall.clone()));
    }
}
