//! Rows with working streets between them: halls, workshops, slabs. Smaller blocks may stand on their roofs, in turn at their
//! front and their back.

use super::knobs::{Grows, Spot};
use super::made::{Plan, numbered};
use super::params::{Param, Values};
use super::site::{Site, is_wide};
use super::spacing::{fitting, spread};
use crate::geometry::{Bounds, Outline, Point};
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 9] = [
    Param::choice("direction", &["across", "along"], 0),
    Param::metres("row_depth_m", 8.0, 24.0, 80.0),
    Param::metres("street_m", 6.0, 16.0, 60.0),
    Param::count("rows", 1, 8, 30),
    Param::count("levels", 1, 1, 20),
    Param::count("roof_blocks", 0, 0, 12),
    Param::count("roof_levels", 1, 4, 20),
    Param::metres("roof_length_m", 8.0, 24.0, 80.0),
    Param::metres("roof_depth_m", 8.0, 13.0, 40.0),
];

/// Narrower pieces are no row, in metres.
const LEAST_ROW_M: f64 = 6.0;

/// Roof blocks keep at least this between them, in metres.
const BETWEEN_BLOCKS_M: f64 = 12.0;

/// A rectangle of the frame by its sides along and across the rows.
#[derive(Clone, Copy)]
struct Lay {
    across: bool,
}

impl Lay {
    /// Which way what is measured across the rows grows, and what is measured along them.
    fn across_it(self) -> Grows {
        if self.across { Grows::East } else { Grows::North }
    }

    fn along_it(self) -> Grows {
        if self.across { Grows::North } else { Grows::East }
    }

    /// From (side of the rows, along them) to the frame.
    fn point(self, side: f64, along: f64) -> Point {
        if self.across { Point { x: side, y: along } } else { Point { x: along, y: side } }
    }
}

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let lay = Lay { across: values.get("direction") == 0.0 };
    let bounds = site.bounds();
    let (from, to) = (bounds.min, bounds.max);
    let [side, along] = if lay.across { [[from.x, to.x], [from.y, to.y]] } else { [[from.y, to.y], [from.x, to.x]] };
    let (depth_m, street_m) = (values.get("row_depth_m"), values.get("street_m"));
    let length_m = side[1] - side[0];
    let most = fitting(length_m, depth_m, street_m);
    // A plot narrower than a row has one that is as wide as it is.
    let (count, depth_m) = if most == 0 { (1, length_m) } else { (values.count("rows").min(most), depth_m) };
    let begin = |at: u32| spread(side[0], length_m, depth_m, at, count);
    let mut blocks = 0;
    for at in 0..count {
        let pieces = site.within(lay.point(begin(at), along[0]), lay.point(begin(at) + depth_m, along[1]), LEAST_ROW_M);
        for (piece, row) in pieces.into_iter().enumerate() {
            let name = numbered(&format!("row {}", at + 1), piece + 1);
            plan.knob("row_depth_m", &row, lay.across_it());
            plan.count("levels", &row, Spot::Middle);
            plan.count("rows", &row, Spot::Back);
            plan.count("roof_blocks", &row, Spot::Front);
            let below = plan.block(name.clone(), "row", format!("row {}", at + 1), row.clone(), values.count("levels"));
            blocks += roof(plan, (below, &name, &row), lay, at, values);
        }
        if at + 1 < count {
            street(plan, site, lay, [begin(at) + depth_m, begin(at + 1)], along, at);
        }
    }
    plan.there_are("rows", count as usize);
    let asked = values.count("roof_blocks");
    plan.give_up("roof_blocks", f64::from(asked * count), f64::from(blocks));
}

/// Blocks on the roof of a row, spread over its length; how many there are.
fn roof(plan: &mut Plan, (below, name, row): (usize, &str, &Outline), lay: Lay, at: u32, values: &Values<'_>) -> u32 {
    let Some(bounds) = row.bounds() else { return 0 };
    let [side, along] = if lay.across {
        [[bounds.min.x, bounds.max.x], [bounds.min.y, bounds.max.y]]
    } else {
        [[bounds.min.y, bounds.max.y], [bounds.min.x, bounds.max.x]]
    };
    let length_m = values.get("roof_length_m").min(along[1] - along[0]);
    let count = values.count("roof_blocks").min(fitting(along[1] - along[0], length_m, BETWEEN_BLOCKS_M));
    let mut made = 0;
    for block in 0..count {
        let begin = spread(along[0], along[1] - along[0], length_m, block, count);
        // In turn at one side of the row and at the other.
        let depth_m = values.get("roof_depth_m").min(side[1] - side[0]);
        let near = if (at + block).is_multiple_of(2) { side[0] } else { side[1] - depth_m };
        let place = Outline::rectangle(lay.point(near, begin), lay.point(near + depth_m, begin + length_m));
        let pieces = row.common(&place).into_iter();
        let whole = Outline::largest(pieces.filter(|piece| is_wide(piece, LEAST_ROW_M)));
        if let Some(piece) = whole {
            let element = format!("{name} roof {}", block + 1);
            plan.knob("roof_depth_m", &piece, lay.across_it());
            plan.knob("roof_length_m", &piece, lay.along_it());
            plan.count("roof_levels", &piece, Spot::Middle);
            plan.block_on(below, element, "roof", piece, values.count("roof_levels"));
            made += 1;
        }
    }
    made
}

/// The street between two rows, with goods access where it meets the front.
fn street(plan: &mut Plan, site: &Site, lay: Lay, side: [f64; 2], along: [f64; 2], at: u32) {
    if side[1] - side[0] < 1.0 {
        return;
    }
    let pieces = site.within(lay.point(side[0], along[0]), lay.point(side[1], along[1]), 0.0);
    let middle = (side[0] + side[1]) / 2.0;
    let access = |bounds: Bounds| lay.point(middle, if lay.across { bounds.min.y } else { bounds.min.x });
    let street = format!("street {}", at + 1);
    plan.ground((&street, SurfaceKind::Street), pieces, ("street_m", lay.across_it()), access);
}
