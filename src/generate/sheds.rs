//! Sheds in units at the back of a yard: the yard is as deep as lorries need to turn.

use super::knobs::{Grows, Spot};
use super::made::{Plan, at_front, numbered};
use super::params::{Param, Values};
use super::site::Site;
use crate::geometry::Point;
use crate::model::SurfaceKind;

pub(super) static PARAMS: [Param; 5] = [
    Param::metres("shed_m", 10.0, 40.0, 90.0),
    Param::metres("unit_m", 6.0, 20.0, 80.0),
    Param::metres("yard_m", 8.0, 35.0, 60.0),
    Param::count("levels", 1, 1, 6),
    Param::choice("sheds_at", &["back", "front"], 0),
];

/// Shallower pieces are no shed, in metres.
const LEAST_M: f64 = 5.0;

pub(super) fn draw(plan: &mut Plan, site: &Site, values: &Values<'_>) {
    let bounds = site.bounds();
    let (from, to) = (bounds.min, bounds.max);
    let depth_m = to.y - from.y;
    // Of a plot too shallow for both the yard gives way first, then the sheds.
    let shed_m = values.get("shed_m").min((depth_m - 8.0).max(LEAST_M)).min(depth_m);
    let yard_m = values.get("yard_m").min(depth_m - shed_m);
    plan.give_up("yard_m", values.get("yard_m"), yard_m.max(0.0));
    let is_back = values.get("sheds_at") == 0.0;
    let inward = if is_back { Grows::South } else { Grows::North };
    let sheds = if is_back { [to.y - shed_m, to.y] } else { [from.y, from.y + shed_m] };
    let length_m = to.x - from.x;
    let count = (length_m / values.get("unit_m")).round().clamp(1.0, 60.0) as u32;
    let unit_m = length_m / f64::from(count);
    for at in 0..count {
        let x = from.x + f64::from(at) * unit_m;
        let pieces = site.within(Point { x, y: sheds[0] }, Point { x: x + unit_m, y: sheds[1] }, LEAST_M);
        for (piece, outline) in pieces.into_iter().enumerate() {
            plan.knob("unit_m", &outline, Grows::East);
            plan.knob("shed_m", &outline, inward);
            plan.count("levels", &outline, Spot::Middle);
            plan.block(
                numbered(&format!("unit {}", at + 1), piece + 1),
                "shed",
                "sheds",
                outline,
                values.count("levels"),
            );
        }
    }
    let yard = if is_back { [sheds[0] - yard_m, sheds[0]] } else { [sheds[1], sheds[1] + yard_m] };
    if yard_m > 1.0 {
        let pieces = site.within(Point { x: from.x, y: yard[0] }, Point { x: to.x, y: yard[1] }, 0.0);
        plan.ground(("yard", SurfaceKind::Yard), pieces, ("yard_m", inward), at_front);
    }
}
