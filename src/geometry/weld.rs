//! Making outlines share the walls that they nearly share, before they are put together or taken apart.
//!
//! Drawn neighbours miss each other by fractions of a millimetre; a boolean operation would leave hairs there. What lies
//! within [`TOLERANCE_M`] of something earlier is moved onto it, so the first outline stays as it is. The boolean
//! operations work on whole numbers, so afterwards corners are put back exactly where they were.

use geo::BooleanOps as _;
use geo::algorithm::bool_ops::{FillRule, OpType};
use rstar::primitives::Line;
use rstar::{AABB, RTree};

use super::faces::nearest_on_grid;
use super::{Outline, Point, QUANTUM_M, Ring, TOLERANCE_M, distance_m, nearest_on_segment, point};

type Corners = RTree<[f64; 2]>;
type Walls = RTree<Line<[f64; 2]>>;

/// Outlines that share their nearly shared corners and walls.
pub(super) struct Welded {
    /// In the order given; thin necks may touch themselves.
    pub polygons: Vec<geo::Polygon<f64>>,
    corners: Corners,
    /// Boolean results may be so far off, in metres.
    rounding_m: f64,
}

impl Welded {
    pub fn new(outlines: &[&Outline]) -> Self {
        let mut corners = Corners::new();
        let mut walls = Walls::new();
        let mut placed: Vec<Vec<Vec<Point>>> = Vec::with_capacity(outlines.len());
        for outline in outlines {
            let rings: Vec<Vec<Point>> = outline
                .rings()
                .iter()
                .map(|ring| ring.points().iter().map(|&p| onto(p, &mut corners, &walls)).collect())
                .collect();
            for ring in &rings {
                for (a, b) in edges(ring).filter(|(a, b)| a != b) {
                    walls.insert(Line::new([a.x, a.y], [b.x, b.y]));
                }
            }
            placed.push(rings);
        }
        let polygon = |rings: &Vec<Vec<Point>>| {
            let mut rings = rings.iter().map(|ring| Ring::new(with_corners_on_walls(ring, &corners)));
            let outer = rings.next().unwrap_or_default();
            Outline::with_holes(&outer, rings).polygon()
        };
        let polygons = placed.iter().map(polygon).collect();
        let bounds = outlines.iter().filter_map(|outline| outline.bounds()).reduce(super::Bounds::union);
        let extent_m = bounds.map_or(0.0, |b| b.width_m().max(b.height_m()));
        // The grid of `geo` has half the extent in 2^29 to 2^30 steps.
        let rounding_m = (extent_m / f64::from(1 << 28)).clamp(3.0 * QUANTUM_M, TOLERANCE_M / 2.0);
        Self { polygons, corners, rounding_m }
    }

    /// The result of an operation as outlines: corners where they were, straight walls without points, no slivers.
    pub fn outlines(&self, result: &geo::MultiPolygon<f64>) -> Vec<Outline> {
        result.0.iter().flat_map(|polygon| self.outline(polygon)).collect()
    }

    fn outline(&self, polygon: &geo::Polygon<f64>) -> Vec<Outline> {
        let ring = |line: &geo::LineString<f64>| Ring::new(line.0.iter().map(|&p| self.exactly(p)));
        let outer = ring(polygon.exterior());
        if is_sliver(&outer) {
            return Vec::new();
        }
        let holes = polygon.interiors().iter().map(ring).filter(|hole| !is_sliver(hole));
        let outline = Outline::with_holes(&outer, holes).simplified_straight();
        if outline.fault().is_none() {
            return vec![outline];
        }
        let rough = Outline::from_polygon(polygon);
        let sound = if rough.fault().is_none() { vec![rough] } else { outline.repaired() };
        sound.into_iter().filter(|part| part.rings().first().is_some_and(|outer| !is_sliver(outer))).collect()
    }

    /// The corner that the rounded point stands for, or the point itself.
    fn exactly(&self, p: Point) -> Point {
        match self.corners.nearest_neighbor(&[p.x, p.y]) {
            Some(&[x, y]) if distance_m(p, Point { x, y }) <= self.rounding_m => Point { x, y },
            _ => p,
        }
    }
}

/// All that at least one of the polygons covers; outer rings counter-clockwise, as those of [`Welded`] are.
///
/// `geo::unary_union` asks the first ring for its sense at one corner, which a spike left by welding there hides: it
/// would then answer with nothing.
pub(super) fn union(polygons: &[geo::Polygon<f64>]) -> geo::MultiPolygon<f64> {
    match polygons {
        [one, other] => one.union(other),
        several => {
            let all = geo::MultiPolygon(several.to_vec());
            all.boolean_op_with_fill_rule(&geo::MultiPolygon(vec![]), OpType::Union, FillRule::Positive)
        }
    }
}

fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(&a, &b)| (a, b))
}

/// The place of a corner: an earlier corner or wall within the tolerance, or its own, which then counts as a corner.
fn onto(p: Point, corners: &mut Corners, walls: &Walls) -> Point {
    let own = point(p.x, p.y);
    let key = [own.x, own.y];
    if let Some(&[x, y]) = corners.nearest_neighbor(&key)
        && distance_m(own, Point { x, y }) <= TOLERANCE_M
    {
        return Point { x, y };
    }
    let place = match walls.nearest_neighbor(&key) {
        Some(wall) => {
            let (a, b) = (wall.from, wall.to);
            let (a, b) = (Point { x: a[0], y: a[1] }, Point { x: b[0], y: b[1] });
            let foot = nearest_on_segment(own, a, b);
            if distance_m(own, foot) <= TOLERANCE_M { nearest_on_grid(foot, a, b, 2) } else { own }
        }
        None => own,
    };
    corners.insert([place.x, place.y]);
    place
}

/// The ring with the corners of all outlines that lie on its edges put in.
fn with_corners_on_walls(ring: &[Point], corners: &Corners) -> Vec<Point> {
    let mut points = Vec::with_capacity(ring.len());
    for (a, b) in edges(ring) {
        if a == b {
            continue;
        }
        points.push(a);
        let d = b - a;
        let along = |p: Point| (p.x - a.x) * d.x + (p.y - a.y) * d.y;
        let low = [a.x.min(b.x) - TOLERANCE_M, a.y.min(b.y) - TOLERANCE_M];
        let high = [a.x.max(b.x) + TOLERANCE_M, a.y.max(b.y) + TOLERANCE_M];
        let mut on: Vec<Point> = corners
            .locate_in_envelope(&AABB::from_corners(low, high))
            .map(|&[x, y]| Point { x, y })
            .filter(|&p| p != a && p != b && distance_m(p, nearest_on_segment(p, a, b)) <= TOLERANCE_M)
            .collect();
        on.sort_by(|&p, &q| along(p).total_cmp(&along(q)));
        points.extend(on);
    }
    points
}

/// Whether a ring is less than a millimetre wide, or encloses less than a square millimetre.
fn is_sliver(ring: &Ring) -> bool {
    let alone = Outline::new(ring);
    let area_m2 = alone.area_m2();
    ring.points().len() < 3 || area_m2 < TOLERANCE_M * TOLERANCE_M || 2.0 * area_m2 < TOLERANCE_M * alone.perimeter_m()
}
