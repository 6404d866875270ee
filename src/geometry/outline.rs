//! The closed shapes a project stores: outlines that may have courts.
//!
//! Rings are kept as they came, even when they cross themselves: a file with such a ring must load, show it and say
//! so. What cannot be measured answers `None`.

use geo::{Area as _, Contains as _, InteriorPoint as _, Intersects as _, TriangulateEarcut as _, Validation as _};

mod stored;

use super::{Bounds, FARTHEST_M, Point, Ring, RingFault, TOLERANCE_M, distance_m, nearest_on_segment, point};

/// An area: one outer ring and any number of holes (courts).
///
/// In files it is a list of rings, the outer one first, each a list of `[x, y]` in local metres.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    rings: Vec<Ring>,
}

impl Outline {
    /// An outline without courts.
    #[must_use]
    pub fn new(outer: &Ring) -> Self {
        Self { rings: vec![outer.turned(true)] }
    }

    /// An outline with courts.
    #[must_use]
    pub fn with_holes(outer: &Ring, holes: impl IntoIterator<Item = Ring>) -> Self {
        let mut rings = vec![outer.turned(true)];
        rings.extend(holes.into_iter().map(|hole| hole.turned(false)));
        Self { rings }
    }

    /// An outline from the points of its outer ring.
    ///
    /// ```
    /// use maakblok::geometry::{Outline, point};
    /// let hall = Outline::from_points([point(0.0, 0.0), point(60.0, 0.0), point(60.0, 14.0), point(0.0, 14.0)]);
    /// assert_eq!(hall.area_m2(), 840.0);
    /// ```
    #[must_use]
    pub fn from_points(points: impl IntoIterator<Item = Point>) -> Self {
        Self::new(&Ring::new(points))
    }

    /// An upright rectangle between two opposite corners.
    #[must_use]
    pub fn rectangle(a: Point, b: Point) -> Self {
        Self::from_points([a, Point { x: b.x, y: a.y }, b, Point { x: a.x, y: b.y }])
    }

    /// The largest of some by its area, the last of equals.
    #[must_use]
    pub fn largest(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts.into_iter().max_by(|a, b| a.area_m2().total_cmp(&b.area_m2()))
    }

    /// Puts some in order of their area, the largest first.
    pub fn sort_by_area(parts: &mut [Self]) {
        parts.sort_by(|a, b| b.area_m2().total_cmp(&a.area_m2()));
    }

    /// All rings, the outer one first.
    #[must_use]
    pub fn rings(&self) -> &[Ring] {
        &self.rings
    }

    /// The points of the outer ring.
    #[must_use]
    pub fn outer(&self) -> &[Point] {
        self.rings.first().map_or(&[], Ring::points)
    }

    /// The courts.
    #[must_use]
    pub fn holes(&self) -> &[Ring] {
        self.rings.get(1..).unwrap_or_default()
    }

    /// Area in m², courts excluded; meaningless for an outline with a [`fault`](Self::fault).
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        let outer = self.rings.first().map_or(0.0, |ring| ring.signed_area_m2().abs());
        let holes: f64 = self.holes().iter().map(|ring| ring.signed_area_m2().abs()).sum();
        outer - holes
    }

    /// Length of all rings in metres.
    #[must_use]
    pub fn perimeter_m(&self) -> f64 {
        self.edges().map(|(a, b)| distance_m(a, b)).sum()
    }

    /// Every edge of every ring.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.rings.iter().flat_map(Ring::edges)
    }

    /// Every point of every ring with its ring and place in it.
    pub fn vertices(&self) -> impl Iterator<Item = (VertexAt, Point)> + '_ {
        self.rings
            .iter()
            .enumerate()
            .flat_map(|(ring, r)| r.points().iter().enumerate().map(move |(index, &p)| (VertexAt { ring, index }, p)))
    }

    /// The smallest upright rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.outer().iter().copied())
    }

    /// What keeps it from being measured, if anything.
    #[must_use]
    pub fn fault(&self) -> Option<RingFault> {
        for ring in &self.rings {
            let near = |p: &Point| p.x.abs() <= FARTHEST_M && p.y.abs() <= FARTHEST_M;
            if !ring.points().iter().all(near) {
                return Some(RingFault::OutOfReach);
            }
            if ring.points().len() < 3 {
                return Some(RingFault::TooFewPoints);
            }
        }
        if self.rings.is_empty() {
            return Some(RingFault::TooFewPoints);
        }
        if !self.is_convex() && !self.polygon().is_valid() {
            return Some(RingFault::SelfCrossing);
        }
        if self.area_m2() < TOLERANCE_M * TOLERANCE_M {
            return Some(RingFault::NoArea);
        }
        None
    }

    /// Whether a corner lies on an edge that does not end there, to ten steps of the storage grid. Such an outline may be
    /// without a [fault](Self::fault) where it is and have one a metre on, by rounding alone: nothing should be drawn so.
    #[must_use]
    pub fn touches_itself(&self) -> bool {
        const CLEAR_M: f64 = 10.0 * super::QUANTUM_M;
        if self.is_convex() {
            return false;
        }
        self.edges().any(|(a, b)| {
            let Some(near) = Bounds::around([a, b]).map(|bounds| bounds.grown(CLEAR_M)) else { return false };
            let others = self.vertices().map(|(_, p)| p).filter(|&p| p != a && p != b && near.contains(p));
            others.into_iter().any(|p| distance_m(p, nearest_on_segment(p, a, b)) <= CLEAR_M)
        })
    }

    /// Whether it is one convex ring without courts, counter-clockwise and without straight corners: the commonest
    /// footprints, which are proved sound, triangulated and clipped without further ado.
    #[must_use]
    pub fn is_convex(&self) -> bool {
        let [ring] = self.rings.as_slice() else { return false };
        let points = ring.points();
        let n = points.len();
        let mut x_turns = 0;
        for i in 0..n {
            let (a, b, c) = (points[i], points[(i + 1) % n], points[(i + 2) % n]);
            let cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
            if cross <= 0.0 {
                return false;
            }
            // A convex ring turns from eastward to westward once and back once.
            if (b.x - a.x < 0.0) != (c.x - b.x < 0.0) {
                x_turns += 1;
            }
        }
        x_turns == 2
    }

    /// Whether `p` lies inside (and not in a court).
    #[must_use]
    pub fn contains(&self, p: Point) -> bool {
        self.bounds().is_some_and(|b| b.contains(p)) && self.polygon().contains(&geo::Point(p))
    }

    /// Whether `p` lies inside or on an edge, to within the tolerance.
    #[must_use]
    pub fn reaches(&self, p: Point) -> bool {
        let is_near = || self.bounds().is_some_and(|b| b.grown(TOLERANCE_M).contains(p));
        self.contains(p) || (is_near() && self.distance_to_edge_m(p) <= TOLERANCE_M)
    }

    /// Whether it shares a point with an upright rectangle; a rectangle within a court shares none.
    #[must_use]
    pub fn meets(&self, bounds: &Bounds) -> bool {
        self.bounds().is_some_and(|own| own.meets(bounds))
            && self.polygon().intersects(&geo::Rect::new(bounds.min, bounds.max))
    }

    /// The distance from `p` to the nearest edge, in metres.
    #[must_use]
    pub fn distance_to_edge_m(&self, p: Point) -> f64 {
        self.edges().map(|(a, b)| distance_m(p, nearest_on_segment(p, a, b))).fold(f64::INFINITY, f64::min)
    }

    /// A point well inside, for labels and for asking which plot this stands on; `None` when there is no inside.
    #[must_use]
    pub fn inner_point(&self) -> Option<Point> {
        if self.is_convex() {
            let points = self.outer();
            return Some(points.iter().fold(Point::zero(), |sum, &p| sum + p) / points.len() as f64);
        }
        self.polygon().interior_point().map(|p| p.0)
    }

    /// The same outline moved.
    #[must_use]
    pub fn translated(&self, by: Point) -> Self {
        let rings = self.rings.iter().map(|ring| Ring::new(ring.points().iter().map(|&p| p + by))).collect();
        Self { rings }
    }

    /// The same outline with one vertex elsewhere; `None` when there is no such vertex.
    #[must_use]
    pub fn with_vertex(&self, at: VertexAt, to: Point) -> Option<Self> {
        let mut copy = self.clone();
        *copy.rings.get_mut(at.ring)?.0.get_mut(at.index)? = point(to.x, to.y);
        Some(copy)
    }

    /// The same outline without one vertex; `None` when the ring would fall under three points.
    #[must_use]
    pub fn without_vertex(&self, at: VertexAt) -> Option<Self> {
        let mut copy = self.clone();
        let ring = &mut copy.rings.get_mut(at.ring)?.0;
        if ring.len() <= 3 || at.index >= ring.len() {
            return None;
        }
        ring.remove(at.index);
        Some(copy)
    }

    /// The same outline with a vertex put in after `at`; `None` when there is no such vertex.
    #[must_use]
    pub fn with_vertex_after(&self, at: VertexAt, new: Point) -> Option<Self> {
        let mut copy = self.clone();
        let ring = &mut copy.rings.get_mut(at.ring)?.0;
        if at.index >= ring.len() {
            return None;
        }
        ring.insert(at.index + 1, point(new.x, new.y));
        Some(copy)
    }

    /// Triangles that fill it, as points and indices in threes; none where a ring has fewer than three points.
    #[must_use]
    pub fn triangles(&self) -> (Vec<Point>, Vec<u32>) {
        if self.is_convex() {
            let points = self.outer().to_vec();
            let last = points.len() as u32 - 1;
            return (points, (1..last).flat_map(|i| [0, i, i + 1]).collect());
        }
        if self.rings.is_empty() || self.rings.iter().any(|ring| ring.points().len() < 3) {
            return (Vec::new(), Vec::new());
        }
        let raw = self.polygon().earcut_triangles_raw();
        let points = raw.vertices.iter().map(|v| Point { x: v[0], y: v[1] }).collect();
        (points, raw.triangle_indices.iter().map(|&i| i as u32).collect())
    }

    /// As `geo` sees it.
    #[must_use]
    pub fn polygon(&self) -> geo::Polygon<f64> {
        let outer = self.rings.first().map_or_else(|| geo::LineString(vec![]), Ring::line_string);
        geo::Polygon::new(outer, self.holes().iter().map(Ring::line_string).collect())
    }

    /// From `geo`.
    #[must_use]
    pub fn from_polygon(polygon: &geo::Polygon<f64>) -> Self {
        let ring = |line: &geo::LineString<f64>| Ring::new(line.0.iter().copied());
        Self::with_holes(&ring(polygon.exterior()), polygon.interiors().iter().map(ring))
    }

    /// The valid outlines that a faulty one falls apart into (a bow tie gives two); empty when nothing can be saved.
    #[must_use]
    pub fn repaired(&self) -> Vec<Self> {
        use geo::MakeValid as _;
        let finite = self.rings.iter().flat_map(Ring::points).all(|p| p.x.is_finite() && p.y.is_finite());
        if !finite {
            return Vec::new();
        }
        match self.polygon().make_valid() {
            Ok(parts) => {
                let parts = parts.0.iter().filter(|part| part.unsigned_area() > TOLERANCE_M * TOLERANCE_M);
                parts.map(Self::from_polygon).filter(|outline| outline.fault().is_none()).collect()
            }
            Err(_) => Vec::new(),
        }
    }
}

/// Which vertex of an outline: the ring (0 is the outer one) and the place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VertexAt {
    /// The ring, 0 for the outer one.
    pub ring: usize,
    /// The place in the ring.
    pub index: usize,
}

#[cfg(test)]
mod tests;
