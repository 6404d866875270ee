//! The closed shapes a project stores: a ring, and an outline that may have courts.
//!
//! Rings are kept as they came, even when they cross themselves: a file with such a ring must load, show it and say
//! so. What cannot be measured answers `None`.

use geo::{Area as _, Contains as _, InteriorPoint as _, Intersects as _, TriangulateEarcut as _, Validation as _};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Bounds, FARTHEST_M, Point, TOLERANCE_M, distance_m, nearest_on_segment, point};

/// A closed line of points in local metres; the last point is joined to the first and is not repeated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ring(Vec<Point>);

/// Why a ring or an outline encloses no clear area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingFault {
    /// Fewer than three different points.
    #[error("it has fewer than three different points")]
    TooFewPoints,
    /// A coordinate that is no number or lies beyond [`FARTHEST_M`].
    #[error("a coordinate is not a number or lies more than 100 km from the project's origin")]
    OutOfReach,
    /// The line crosses or touches itself, or a court crosses the outer line.
    #[error("its outline crosses itself")]
    SelfCrossing,
    /// It encloses nothing.
    #[error("it encloses no area")]
    NoArea,
}

impl Ring {
    /// A ring through the points, put on the storage grid; a repeated last point and neighbouring doubles are dropped.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = Point>) -> Self {
        let mut ring: Vec<Point> = points.into_iter().map(|p| point(p.x, p.y)).collect();
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        Self(ring)
    }

    /// The points, each once.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.0
    }

    /// The edges, each as its two ends, the closing one last.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        (0..self.0.len()).map(|i| (self.0[i], self.0[(i + 1) % self.0.len()]))
    }

    /// Twice the signed area by the shoelace formula, relative to the first point to keep digits; positive when
    /// counter-clockwise.
    fn signed_area_m2(&self) -> f64 {
        let Some(&origin) = self.0.first() else { return 0.0 };
        self.edges()
            .map(|(a, b)| {
                let (a, b) = (a - origin, b - origin);
                a.x * b.y - b.x * a.y
            })
            .sum::<f64>()
            / 2.0
    }

    fn line_string(&self) -> geo::LineString<f64> {
        let mut line = geo::LineString(self.0.clone());
        line.close();
        line
    }

    fn turned(&self, counter_clockwise: bool) -> Self {
        let mut ring = self.clone();
        ring.turn(counter_clockwise);
        ring
    }

    fn turn(&mut self, counter_clockwise: bool) {
        let area_m2 = self.signed_area_m2();
        // Where the sign is rounding alone it would change with every turn: such a ring stays as it came.
        let noise_m2 = 1e-12 * self.0.first().map_or(0.0, |&origin| self.0.iter().map(|&p| square(p - origin)).sum());
        if area_m2.is_finite() && area_m2.abs() > noise_m2 && (area_m2 > 0.0) != counter_clockwise {
            self.0.reverse();
        }
    }
}

fn square(d: Point) -> f64 {
    d.x * d.x + d.y * d.y
}

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

impl Serialize for Ring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for p in &self.0 {
            seq.serialize_element(&[p.x, p.y])?;
        }
        seq.end()
    }
}

impl<'de> Deserialize<'de> for Ring {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Points;
        impl<'de> Visitor<'de> for Points {
            type Value = Vec<Point>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of points [x, y] in metres")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut points = Vec::with_capacity(4);
                while let Some([x, y]) = seq.next_element::<[f64; 2]>()? {
                    points.push(Point { x, y });
                }
                points.shrink_to_fit();
                Ok(points)
            }
        }
        let points = deserializer.deserialize_seq(Points)?;
        if points.iter().any(|p| !p.x.is_finite() || !p.y.is_finite()) {
            return Err(D::Error::custom("a coordinate is not a finite number"));
        }
        Ok(Self(points))
    }
}

impl Serialize for Outline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rings.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Others write rings that run either way; here the inside is on the left.
        let mut rings: Vec<Ring> = Vec::deserialize(deserializer)?;
        for (place, ring) in rings.iter_mut().enumerate() {
            ring.turn(place == 0);
        }
        Ok(Self { rings })
    }
}

impl schemars::JsonSchema for Outline {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Outline".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Rings of [x, y] in metres from the project's origin, x east, y north; the first ring is the outer line, the others are courts. The last point is joined to the first and not repeated.",
            "type": "array",
            "items": {
                "type": "array",
                "items": { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courts_are_left_out_of_the_area() {
        let outer = Ring::new([point(0.0, 0.0), point(40.0, 0.0), point(40.0, 30.0), point(0.0, 30.0)]);
        let court = Ring::new([point(10.0, 10.0), point(30.0, 10.0), point(30.0, 20.0), point(10.0, 20.0)]);
        let block = Outline::with_holes(&outer, [court]);
        assert_eq!(block.area_m2(), 1000.0);
        assert_eq!(block.fault(), None);
        assert!(!block.contains(point(20.0, 15.0)), "the court is not inside");
        assert!(block.contains(point(5.0, 5.0)));
        let (_, indices) = block.triangles();
        assert_eq!(indices.len(), 8 * 3, "a ring of four with a hole of four gives eight triangles");
    }

    #[test]
    fn a_bow_tie_is_a_fault_and_falls_apart_in_two() {
        let tie = Outline::from_points([point(0.0, 0.0), point(10.0, 10.0), point(10.0, 0.0), point(0.0, 10.0)]);
        assert_eq!(tie.fault(), Some(RingFault::SelfCrossing));
        let parts = tie.repaired();
        assert_eq!(parts.len(), 2);
        assert!((parts.iter().map(Outline::area_m2).sum::<f64>() - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_pentagram_that_always_turns_left_is_not_taken_for_convex() {
        let star = (0..5).map(|i| {
            let angle = std::f64::consts::TAU * f64::from(i * 2) / 5.0;
            point(10.0 * angle.cos(), 10.0 * angle.sin())
        });
        assert_eq!(Outline::from_points(star).fault(), Some(RingFault::SelfCrossing));
    }

    #[test]
    fn a_clockwise_ring_from_a_file_has_its_inside_on_the_left() {
        use serde::de::{IntoDeserializer, value::Error};
        let read = |ring: &[[f64; 2]]| {
            let rings = vec![ring.iter().map(|p| p.to_vec()).collect::<Vec<_>>()];
            Outline::deserialize(IntoDeserializer::<Error>::into_deserializer(rings)).unwrap()
        };
        let hall = read(&[[0.0, 0.0], [0.0, 6.0], [10.0, 6.0], [10.0, 0.0]]);
        assert_eq!(hall.inset(1.0).iter().map(Outline::area_m2).collect::<Vec<_>>(), [32.0]);
        let beside = Outline::rectangle(point(5.0, 0.0), point(15.0, 6.0));
        assert!((crate::geometry::union_area_m2(&[&hall, &beside]) - 90.0).abs() < 1e-6);
        let line = [[0.0, 0.0], [5.0, 0.0], [2.0, 0.0]];
        assert_eq!(read(&line).outer(), line.map(|[x, y]| point(x, y)), "what encloses nothing stays as it came");
    }

    #[test]
    fn degenerate_rings_are_named() {
        assert_eq!(Outline::from_points([point(0.0, 0.0), point(1.0, 0.0)]).fault(), Some(RingFault::TooFewPoints));
        let far = Outline::from_points([point(0.0, 0.0), point(1e6, 0.0), point(0.0, 1.0)]);
        assert_eq!(far.fault(), Some(RingFault::OutOfReach));
        let flat = Outline::from_points([point(0.0, 0.0), point(1.0, 0.0), point(2.0, 0.0)]);
        assert!(flat.fault().is_some());
    }
}
