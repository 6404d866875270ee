//! The lines of the schematic that a drawing may be caught by: banks, docks, rails, borders, greens. It is schematic: what is
//! drawn along it is as true as it is.

use super::placed::Placed;
use crate::geometry::{Outline, Point};

impl Placed {
    /// All its lines as edges, in local metres.
    #[must_use]
    pub fn edges(&self) -> Vec<(Point, Point)> {
        let mut edges = Vec::new();
        let mut line = |points: &[Point]| edges.extend(points.windows(2).map(|ends| (ends[0], ends[1])));
        for bank in self.ribbon.sides(0.0) {
            line(&bank);
        }
        self.rivers.iter().for_each(|river| line(&river.points));
        self.rails.iter().for_each(|rail| line(rail.axis.points()));
        line(&self.border);
        self.municipal.iter().for_each(|border| line(border));
        let areas = self.docks.iter().chain(&self.greens);
        edges.extend(areas.flat_map(|(outline, _)| Outline::edges(outline)));
        edges
    }
}
