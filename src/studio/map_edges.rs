//! Where the lines of the built-in map are, to be caught by.

use rstar::primitives::Line;
use rstar::{AABB, RTree};

use crate::basemap::schematic;
use crate::crs::Frame;
use crate::geometry::{Bounds, Point};

/// The lines of the built-in map in a project's frame.
#[derive(Clone, Debug, Default)]
pub struct MapEdges(RTree<Line<[f64; 2]>>);

impl MapEdges {
    /// Those of the schematic; none where it is far away.
    #[must_use]
    pub fn new(frame: &Frame) -> Self {
        let lines = schematic().place(frame).edges().into_iter().map(|(a, b)| Line::new([a.x, a.y], [b.x, b.y]));
        Self(RTree::bulk_load(lines.collect()))
    }

    /// Those whose box meets a rectangle.
    pub fn meeting(&self, bounds: Bounds) -> impl Iterator<Item = (Point, Point)> + '_ {
        let envelope = AABB::from_corners([bounds.min.x, bounds.min.y], [bounds.max.x, bounds.max.y]);
        let point = |[x, y]: [f64; 2]| Point { x, y };
        self.0.locate_in_envelope_intersecting(&envelope).map(move |line| (point(line.from), point(line.to)))
    }
}
